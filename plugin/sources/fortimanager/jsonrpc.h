/*
 * jsonrpc.h - a connection to FortiManager's JSON-RPC, and one url of a request.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef JSONRPC_H
#define JSONRPC_H

#include <stdbool.h>
#include <stdint.h>

#include <json-c/json.h>

#include "base/buffer.h"
#include "host/operation.h"
#include "net/http.h"
#include "settings/settings.h"

/* FortiManager's own codes [fortinet-ansible-dev and live tests of 7.6.7]. */
#define RPC_OK            0
#define RPC_RUNTIME       (-1)
#define RPC_NOT_FOUND     (-3)
#define RPC_NO_PERMISSION (-11)
#define RPC_LOGIN_FAIL    (-22)

/* No code of FortiManager's: there was no answer to this url, although there was to others. */
#define RPC_INVALID INT32_MIN

/* One url of a request, and its answer. Texts are borrowed until the answer was used. */
struct rpc_param {
    const char *url;      /* names in it are escaped by rpc_escape() */
    const char *fields;   /* JSON array of the row's members wanted, or NULL */
    const char *rest;     /* further members as JSON, without braces, or NULL */
    bool status_optional; /* the status cache answers rows without `status` */

    int32_t code;             /* RPC_OK or what FortiManager said */
    char message[96];         /* its words */
    struct json_object *data; /* owned; NULL when absent or null */
    bool fields_dropped;      /* answered only without `fields` */
    bool sound, bare;         /* the row: an answer; nothing but its url (envelope.c) */
};

struct rpc {
    struct operation *operation;
    const struct settings *settings;
    struct http *http;
    struct buffer token;   /* secret; empty with a session */
    struct buffer session; /* secret; empty with a key */
    bool logged_in;
    bool login_lost;         /* a login may have opened a session that nobody knows */
    bool worked;             /* some url answered in this run */
    const char *alive;       /* a light url that answered: asked to tell a dead session; static */
    bool key_is_sound;       /* this version does not refuse a key at random */
    int32_t key_waits;       /* pauses so far, before urls that a key was refused */
    int32_t logins;          /* again, after the first */
    struct failure no_login; /* why the last of them failed; cause 0 = it did not */
    int64_t last_id;
    size_t tree_bytes; /* of the answers that were asked for last, until they are released */
};
#endif
