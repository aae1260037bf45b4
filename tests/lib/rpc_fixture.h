/*
 * rpc_fixture.h - a host, a struct rpc and its peer for the JSON-RPC tests.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RPC_FIXTURE_H
#define RPC_FIXTURE_H

#include "host.h"
#include "rpc_peer.h"
#include "sources/fortimanager/rpc.h"

/* One answer of a script. */
struct rpc_reply {
    int32_t status; /* HTTP status; RPC_LOST = the connection closes without an answer */
    const char *body;
};

#define RPC_LOST (-1)

struct rpc_fixture {
    struct test_host host;
    struct rpc_peer *peer;
    const struct rpc_reply *script; /* ends with a zeroed one; every later answer is HTTP 500 */
    size_t next;
    struct http *http;
    struct rpc rpc;
    struct rpc_record record; /* set by rpc_fixture_close() */
};

/* Begins a fixture with a key, or with the user hector and a password. Answers come from the script
 * or from `answer`. Limits and secrets may be changed before rpc_fixture_open(). */
void rpc_fixture_begin_key(struct rpc_fixture *fixture, const struct rpc_reply *script);
void rpc_fixture_begin_user(struct rpc_fixture *fixture, const struct rpc_reply *script);
void rpc_fixture_begin_answerer(struct rpc_fixture *fixture, rpc_answerer *answer, void *context);

/* Calls fmg_rpc_open(). */
int32_t rpc_fixture_open(struct rpc_fixture *fixture);

/* The reason of the last call's failure: "login_refused". */
const char *rpc_fixture_reason(const struct rpc_fixture *fixture);

/* Calls fmg_rpc_close() and stops the peer: from here on `record` has the requests. */
void rpc_fixture_close(struct rpc_fixture *fixture);
void rpc_fixture_end(struct rpc_fixture *fixture);

/* The number of requests whose head or body contains a text. */
size_t rpc_fixture_asked(const struct rpc_fixture *fixture, const char *text);
#endif
