/*
 * http_scene.h - an operation, a struct http and a peer to talk to, as the HTTP tests need them.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HTTP_SCENE_H
#define HTTP_SCENE_H

#include "http_peer.h"
#include "net/http.h"

struct http_scene {
    struct limits limits;
    struct hector_host host;
    struct operation operation;
    struct http_policy policy;
    struct http *http;
    struct http_peer *peer;
    struct peer_record record; /* of the peer, once it has been stopped */
    struct http_reply reply;
    struct failure failure;
    int64_t cancel_at_ms;              /* on monotonic_ms(); 0 = never */
    bool cancel_amid;                  /* a while after the first request has begun */
    char document[65536];              /* the last one emitted */
    char phase[ADDRESS_TEXT_MAX + 16]; /* the last one told */
    uint64_t done;
};

/*
 * Loopback allowed, TLS unchecked, and time enough for a machine that is busy: a test of a time
 * limit shortens that one. With a script the policy's address is the peer's. The caller changes the
 * policy and the limits, then asks; `http` is opened at the first request.
 */
void scene_begin(struct http_scene *scene, const struct peer_script *script);

/* GET with repeats, POST of {} with repeats, POST without. The reply is in the scene. */
int32_t scene_get(struct http_scene *scene);
int32_t scene_post(struct http_scene *scene);
int32_t scene_post_once(struct http_scene *scene);
int32_t scene_ask(struct http_scene *scene, const struct http_request *request);

/* "connection_failed": why the last request failed. */
const char *scene_reason(const struct http_scene *scene);

/* Stops the peer, then releases everything. */
void scene_end(struct http_scene *scene);
void scene_stop_peer(struct http_scene *scene);

/* An answer of HTTP: status line, headers, body with its length. */
#define ANSWER_JSON(length, body)                                                                  \
    "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n"                         \
    "Content-Length: " #length "\r\n\r\n" body
#define ANSWER_STATUS(status, headers)                                                             \
    "HTTP/1.1 " #status " Some Reason\r\nContent-Length: 0\r\n" headers "\r\n"
#endif
