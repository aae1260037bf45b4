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

/*
 * Logs in and appends the token to `ret`, which its owner releases with buffer_release_secret(). It
 * is hidden in all later texts, and may be sent in a header. Refused credentials are never sent
 * again. CONFIG (password_missing), AUTH (forticloud_refused), UNREACHABLE (server_error), DATA
 * (forticloud_invalid), and the errors of http_open() and http_exchange().
 */
int32_t forticloud_token(struct operation *operation, const struct settings *settings,
                         const char *client_id, struct buffer *ret, struct failure *failure);
#endif
