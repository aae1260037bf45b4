/*
 * api.h - the calls of FortiCloud's Asset Management and FortiFlex: tokens, errors and pace.
 * SPDX-License-Identifier: Apache-2.0
 *
 * All calls are POST, with a JSON object each way. The table in api.c has the few that are allowed,
 * all of which only list: others of these APIs change licences or hand them out.
 *
 * What a reply means is in its members, not in its HTTP status: an expired token is 400, 401 or
 * 403, "no product found" is an error object beside status 0. "Invalid security token." is a reason
 * to log in again, once; FortiFlex also says it in passing, so there the call is repeated first.
 * "Access denied." is none: it is a right that is missing, and FortiCloud locks out who makes ten
 * errors in an hour. Each reply repeats the access token in `token`, so no reply is ever logged.
 */
#ifndef FORTICLOUD_API_H
#define FORTICLOUD_API_H

#include "net/rest.h"
#include "oauth.h"
#include "pace.h"
#include "sources/source.h"

enum forticloud_call {
    FORTICLOUD_PRODUCTS, /* Asset Management */
    FORTICLOUD_PROGRAMS, /* FortiFlex, as all that follow */
    FORTICLOUD_CONFIGS,
    FORTICLOUD_ENTITLEMENTS,
};

/* The calls of one of the two for one operation; its token is none for the other. */
struct forticloud_api {
    struct operation *operation;
    const struct settings *settings;
    const char *product;         /* "FortiFlex": for people, borrowed */
    char host[ADDRESS_TEXT_MAX]; /* for people */
    struct http *http;
    struct forticloud_token token;
    int64_t renew_ms; /* in terms of clock_ms(): a new token is needed from then on */
    struct forticloud_pace pace;
};

/* A list. */
struct forticloud_list {
    struct http_reply reply;
    struct json_object *rows; /* an array, borrowed from the reply; NULL = an empty list */
};

/*
 * Prepares calls, without any request; `product` is for messages. Errors of http_open();
 * forticloud_api_close() in any case.
 */
int32_t forticloud_api_open(struct forticloud_api *api, const struct source_call *call,
                            const char *product, struct failure *failure);
void forticloud_api_close(struct forticloud_api *api);

/*
 * Calls with the JSON text `body`, when the pace allows it, after a login if there is no token. The
 * caller releases the list after OK. PERMISSION (forticloud_access_denied), CONFIG
 * (forticloud_account_needed), AUTH (forticloud_token_refused), DATA (forticloud_error,
 * forticloud_unreadable), UNREACHABLE (server_error), and the errors of forticloud_login(),
 * forticloud_pace_wait() and rest_post().
 */
int32_t forticloud_api_call(struct forticloud_api *api, enum forticloud_call call,
                            const struct buffer *body, struct forticloud_list *ret,
                            struct failure *failure);
void forticloud_list_release(struct forticloud_list *list);
#endif
