/*
 * oauth.h - FortiCloud's tokens: one per API, for the API user of the settings.
 * SPDX-License-Identifier: Apache-2.0
 *
 * FortiCloud issues a token for one client id, which names the API: "FortiManager",
 * "assetmanagement", "flexvm" [FortiCloud Identity & Access Management]. The password is sent to
 * FortiCloud only.
 */
#ifndef FORTICLOUD_OAUTH_H
#define FORTICLOUD_OAUTH_H

#include "settings/settings.h"

/*
 * How to connect to a host of FortiCloud, such as "support.fortinet.com", or to the stand-in for
 * all of them. It has its own certificate, which is always verified: pin, authority and disabled
 * verification are settings for another one.
 */
struct http_policy forticloud_policy(const struct settings *settings, const char *host);

/* A token, and how long it lasts. Initially {BUFFER(HECTOR_SECRET_MAX)}. */
struct forticloud_token {
    struct buffer text; /* its owner releases it with buffer_release_secret() */
    int32_t lasts_s;    /* from the login on */
};

/*
 * Logs in and sets `ret`. The token is hidden in all later texts, until secrets_remove(), and may
 * be sent in a header. Refused credentials are never sent again. CONFIG (password_missing), AUTH
 * (forticloud_refused), UNREACHABLE (server_error), DATA (forticloud_invalid), and the errors of
 * http_open() and http_exchange().
 */
int32_t forticloud_login(struct operation *operation, const struct settings *settings,
                         const char *client_id, struct forticloud_token *ret,
                         struct failure *failure);
#endif
