/*
 * exchange.h - a request and its reply.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EXCHANGE_H
#define EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <json-c/json.h>

#include "json/json_guard.h"

struct http_request {
    const char *path; /* "/jsonrpc" */
    const char *body; /* JSON, sent by POST; NULL = GET */
    size_t body_size;
    const char *bearer; /* Authorization: Bearer ...; NULL = no header */
    bool repeatable;
    bool has_grace; /* login, logout: after cancel or deadline they have limits->grace_ms */
};

struct http_reply {
    int32_t status;            /* HTTP status */
    char content_type[64];     /* lower case, without parameters; "" when it is none so short */
    char content_encoding[16]; /* lower case; "" = none. None was asked for: `json` is NULL then */
    char server_auth[32];      /* the first WWW-Authenticate, cut; "" = none, or an empty one */
    int32_t server_auths;      /* how many of them there are */
    enum json_fault fault;     /* why `json` is NULL though the body was read */
    struct json_object *json;  /* owned by the reply */
    size_t tree_bytes;         /* its memory, as estimated */
    bool repaired;             /* a string held bytes that are no text */
    char start[64];            /* of a body that is no JSON: its first bytes, printable ones only */
    bool html;                 /* the body begins like HTML */
    bool empty;                /* no body, or one of no bytes */
};
#endif
