/*
 * http_fixture.h - an operation, a struct http and a peer for the HTTP tests.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HTTP_FIXTURE_H
#define HTTP_FIXTURE_H

#include "http_peer.h"
#include "net/http.h"

struct http_fixture {
    struct limits limits;
    struct hector_host host;
    struct operation operation;
    struct http_policy policy;
    struct http *http;
    struct http_peer *peer;
    struct peer_record record; /* set when the peer has stopped */
    struct http_reply reply;
    struct failure failure;
    int64_t cancel_at_ms;              /* on clock_ms(); 0 = never */
    bool cancel_amid;                  /* cancels a while after the first request has begun */
    char document[65536];              /* the last one emitted */
    char phase[ADDRESS_TEXT_MAX + 16]; /* the last phase reported */
    uint64_t done;
};

/* Sets up an operation with loopback allowed, TLS verification off, and limits long enough for a
 * busy machine; a test of a time limit shortens that one. With a script the policy's address is
 * that of the peer. The caller may change the policy and the limits before the first request, which
 * opens `http`. */
void http_fixture_begin(struct http_fixture *fixture, const struct peer_script *script);

/* GET with repeats, POST of {} with repeats, POST without repeats. The reply is in the fixture. */
int32_t http_fixture_get(struct http_fixture *fixture);
int32_t http_fixture_post(struct http_fixture *fixture);
int32_t http_fixture_post_once(struct http_fixture *fixture);
int32_t http_fixture_ask(struct http_fixture *fixture, const struct http_request *request);

/* The reason of the last request's failure: "connection_failed". */
const char *http_fixture_reason(const struct http_fixture *fixture);

/* Stops the peer, then releases everything. */
void http_fixture_end(struct http_fixture *fixture);
void http_fixture_stop_peer(struct http_fixture *fixture);

/* An HTTP answer: status line, headers, and the body with its length. */
#define ANSWER_JSON(length, body)                                                                  \
    "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n"                         \
    "Content-Length: " #length "\r\n\r\n" body
#define ANSWER_STATUS(status, headers)                                                             \
    "HTTP/1.1 " #status " Some Reason\r\nContent-Length: 0\r\n" headers "\r\n"
#endif
