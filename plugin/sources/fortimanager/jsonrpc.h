/*
 * jsonrpc.h - a connection to FortiManager's JSON-RPC, and one URL of a request.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef JSONRPC_H
#define JSONRPC_H

#include <stdbool.h>
#include <stdint.h>

#include <json-c/json.h>

#include "base/buffer.h"
#include "host/operation.h"
#include "net/rest.h"
#include "settings/settings.h"

/* FortiManager's own status codes [fortinet-ansible-dev and live tests of 7.6.7]. */
#define RPC_OK            0
#define RPC_RUNTIME       (-1)
#define RPC_NOT_FOUND     (-3)
#define RPC_NO_PERMISSION (-11)
#define RPC_LOGIN_FAIL    (-22)

/* Not a code of FortiManager's: this URL got no answer although others of the request did. */
#define RPC_INVALID INT32_MIN

/* Further member of a request: the number of rows instead of the rows. */
#define RPC_COUNT_OPTION "\"option\":[\"count\"]"

#define COUNT_NONE (-1) /* FortiManager reported no count */

/* One URL of a request, and its answer. The texts are borrowed until the answer has been used. */
struct rpc_param {
    const char *url;      /* names in it are escaped by fmg_rpc_path() */
    const char *fields;   /* JSON array of the requested fields, or NULL */
    const char *rest;     /* further members as JSON text, without braces, or NULL */
    bool status_optional; /* the status cache sends rows without `status` */

    int32_t code;             /* RPC_OK, FortiManager's code, or RPC_INVALID */
    char message[96];         /* FortiManager's message for `code` */
    struct json_object *data; /* owned; NULL when absent or null */
    struct budget_share tree; /* of the first param: memory of the answers to all */
    bool fields_dropped;      /* the URL is asked once more, without `fields` (rpc.c) */
    bool sound, bare;         /* the row is an answer; it holds only its URL (envelope.c) */
};

struct rpc {
    struct operation *operation;
    const struct settings *settings;
    struct rest rest;      /* the connection, with the API key if there is one */
    struct buffer token;   /* the API key, secret; empty with a session */
    struct buffer session; /* secret; empty with an API key */
    bool logged_in;
    bool login_lost;               /* a login may have opened a session that we cannot close */
    bool worked;                   /* some URL was answered in this run */
    const struct rpc_param *alive; /* a light URL that worked: probes the session; static */
    bool key_is_sound;             /* this version accepts a key in parallel use */
    int32_t key_waits;             /* pauses so far before a refused key was tried again */
    int32_t logins;                /* further logins after the first */
    struct failure no_login;       /* why the last further login failed; cause 0 = it worked */
    int64_t last_id;
};
#endif
