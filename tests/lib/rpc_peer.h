/*
 * rpc_peer.h - the server of the JSON-RPC tests, in a thread of its own.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Listens on 127.0.0.1, plain HTTP. One request a connection, one connection at a time: the peer
 * reads each request to its end, passes it to the test's function, and sends the answer. The test
 * reads the requests after rpc_peer_stop(), when the thread has ended.
 */
#ifndef RPC_PEER_H
#define RPC_PEER_H

#include <stddef.h>
#include <stdint.h>

#include <json-c/json.h>

#include "base/buffer.h"

struct rpc_answer {
    int32_t status;     /* HTTP; 200 unless changed; 0 = the connection closes unanswered */
    struct buffer body; /* its first byte gives the content type: '<' is HTML */
    const char *header; /* one more header, with its line end; NULL = none */
    const char *head;   /* the request's first line and headers */
};

/* Answers one request; `request` is NULL for a GET. Called in the peer's thread. */
typedef void rpc_answerer(void *context, struct json_object *request, struct rpc_answer *ret);

#define RPC_REQUESTS_MAX 128

struct rpc_record {
    size_t count;
    char *requests[RPC_REQUESTS_MAX]; /* head and body */
};

struct rpc_peer;

/* Starts a peer. Ends the program when it cannot listen. */
struct rpc_peer *rpc_peer_start(rpc_answerer *answer, void *context);
uint16_t rpc_peer_port(const struct rpc_peer *peer);

/* Ends the thread, frees the peer, and returns the requests; rpc_record_release() frees them. */
void rpc_peer_stop(struct rpc_peer *peer, struct rpc_record *ret);
void rpc_record_release(struct rpc_record *record);

/* The body of the `i`-th request; "" when there is none. */
const char *rpc_record_body(const struct rpc_record *record, size_t i);
#endif
