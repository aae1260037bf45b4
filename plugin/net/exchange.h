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
#include "base/buffer.h"
#include "json/json_guard.h"

/*
 * A header that authenticates a request. What precedes the secret decides whether it is a bearer
 * token, a raw value or a cookie. A session of a web page needs more than one: its cookies, and
 * what proves that the request is not forged.
 */
struct http_credential {
    const char *lead;                   /* HTTP_BEARER */
    const char *secret;                 /* borrowed; NULL or "" = the request has no such header */
    const struct http_credential *next; /* a further header, borrowed; NULL = none */
};

#define HTTP_BEARER "Authorization: Bearer "

/* A cookie that the caller wants to know from the reply; no other cookie is read, kept or sent. */
struct http_cookie {
    const char *name; /* "sessionid" */
    /*
     * The caller's, emptied first: the value as the reply writes it, with its quotes if it has any;
     * the last one counts. Hidden in all later texts. Empty = the reply does not set the cookie, or
     * its value is empty, longer than COOKIE_MAX or no text of a cookie [RFC 6265, 4.1.1].
     */
    struct buffer *value;
};

struct failure;

/*
 * Who takes the rows of a reply of any length: json_guard_rows() has the limits. Only a reply of
 * status 200 has rows. They are handed over while the reply arrives: until http_exchange() returns
 * OK with a reply whose `fault` is JSON_OK, they are provisional.
 */
struct http_rows {
    const char *const *names; /* of the members that have them, ended by NULL */
    /*
     * Takes one row, borrowed for the call; of any type, NULL for null. Anything but OK, with
     * `failure`, ends the exchange, which fails with it. Must not send a request itself.
     */
    int32_t (*take)(void *context, struct json_object *row, struct failure *failure);
    /* The request is about to be sent, perhaps again: rows so far do not count. */
    void (*restart)(void *context);
    void *context;
};

struct http_request {
    const char *path; /* "/jsonrpc" */
    const char *body; /* JSON, sent by POST; NULL = GET */
    struct http_credential credential;
    const struct http_cookie *cookies; /* borrowed; also read if the exchange fails later */
    size_t cookie_count;
    const struct http_rows *rows; /* borrowed; NULL = the reply is one tree */
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
    uint64_t rows;            /* handed over; `json` has an empty array in their place */
    bool repaired;            /* json_guard repaired a string */
    size_t bytes;             /* of the body that arrived */
    bool html;                /* the body looks like HTML */
};
#endif
