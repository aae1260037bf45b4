/*
 * exchange.h - an HTTP request and its reply.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EXCHANGE_H
#define EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <json-c/json.h>

#include "base/budget.h"
#include "json/json_guard.h"

/*
 * A header that authenticates a request. What precedes the secret decides whether it is a bearer
 * token, a raw value or a cookie.
 */
struct http_credential {
    const char *lead;   /* HTTP_BEARER */
    const char *secret; /* borrowed; NULL or "" = the request has no such header */
};

#define HTTP_BEARER "Authorization: Bearer "

struct http_request {
    const char *path; /* "/jsonrpc" */
    const char *body; /* JSON, sent by POST; NULL = GET */
    struct http_credential credential;
    bool repeatable;
    bool has_grace; /* login, logout: may go on for limits->grace_ms after a stop */
};

struct http_reply {
    int32_t status;           /* HTTP status */
    char content_type[64];    /* lower case, without parameters; "" = none, or too long */
    char server_auth[32];     /* the first WWW-Authenticate, cut; "" = none, or empty */
    int32_t server_auths;     /* number of WWW-Authenticate headers */
    uint32_t retry_after_s;   /* Retry-After, sent as seconds or as a date; 0 = none */
    enum json_fault fault;    /* why `json` is NULL although the body was read */
    struct json_object *json; /* owned by the reply */
    struct budget_share tree; /* estimated memory of `json` */
    bool repaired;            /* json_guard repaired a string */
    size_t bytes;             /* of the body that arrived */
    bool html;                /* the body looks like HTML */
};
#endif
