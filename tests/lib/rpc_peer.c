/*
 * rpc_peer.c - the server of the JSON-RPC tests, in a thread of its own.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "rpc_peer.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/limits.h"
#include "loopback.h"

/* Seconds; a request that pauses for longer is given up. */
#define SILENCE_S 10

struct rpc_peer {
    int listener;
    uint16_t port;
    rpc_answerer *answer;
    void *context;
    struct rpc_record record;
    pthread_t thread;
};

static void die(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

/* The body when the request is complete, otherwise NULL. */
static const char *complete_body(const char *request)
{
    const char *end = strstr(request, "\r\n\r\n");
    const char *length = strcasestr(request, "\r\nContent-Length:");

    if (end != NULL && strncmp(request, "GET ", 4) == 0) {
        return end + 4;
    }
    if (end == NULL || length == NULL || length > end ||
        strlen(end + 4) < strtoul(length + 17, NULL, 10)) {
        return NULL;
    }
    return end + 4;
}

/* True when the buffer holds a whole request. */
static bool receive(int fd, struct buffer *request)
{
    char piece[4096];
    ssize_t got;

    do {
        got = recv(fd, piece, sizeof(piece), 0);
        if (got <= 0) {
            return false;
        }
        buffer_append(request, piece, (size_t)got);
    } while (complete_body(buffer_text(request)) == NULL);
    return true;
}

static void send_all(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t sent = send(fd, bytes, size, MSG_NOSIGNAL);

        if (sent <= 0) {
            return; /* the client gave up and closed */
        }
        bytes += sent;
        size -= (size_t)sent;
    }
}

static void respond(int fd, const struct rpc_answer *answer)
{
    const char *body = buffer_text(&answer->body);
    struct buffer head = BUFFER(KIB(1));

    buffer_printf(&head,
                  "HTTP/1.1 %d Some Reason\r\nContent-Type: %s\r\nContent-Length: %zu\r\n"
                  "%sConnection: close\r\n\r\n",
                  (int)answer->status, *body == '<' ? "text/html" : "application/json",
                  answer->body.size, answer->header != NULL ? answer->header : "");
    send_all(fd, head.data, head.size);
    send_all(fd, body, answer->body.size);
    buffer_release(&head);
}

static void serve(struct rpc_peer *peer, int fd)
{
    struct timeval silence = {.tv_sec = SILENCE_S};
    struct rpc_answer answer = {.status = 200, .body = BUFFER(MIB(16))};
    struct buffer text = BUFFER(MIB(4));
    struct json_object *request;

    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &silence, sizeof(silence));
    if (receive(fd, &text) && peer->record.count < RPC_REQUESTS_MAX) {
        peer->record.requests[peer->record.count++] = strdup(buffer_text(&text));
        answer.head = buffer_text(&text);
        request = json_tokener_parse(complete_body(buffer_text(&text)));
        peer->answer(peer->context, request, &answer);
        json_object_put(request);
        if (answer.status != 0) {
            respond(fd, &answer);
        }
    }
    buffer_release(&text);
    buffer_release(&answer.body);
}

static void *peer_main(void *context)
{
    struct rpc_peer *peer = context;

    for (;;) {
        int fd = accept(peer->listener, NULL, NULL);

        if (fd < 0) {
            return NULL; /* the listener was shut down */
        }
        serve(peer, fd);
        close(fd);
    }
}

struct rpc_peer *rpc_peer_start(rpc_answerer *answer, void *context)
{
    struct rpc_peer *peer = calloc(1, sizeof(*peer));

    if (peer == NULL) {
        die("calloc");
    }
    signal(SIGPIPE, SIG_IGN); /* as the contract requires of a host */
    peer->answer = answer;
    peer->context = context;
    peer->listener = loopback_listen(16, &peer->port);
    if (pthread_create(&peer->thread, NULL, peer_main, peer) != 0) {
        die("thread");
    }
    return peer;
}

uint16_t rpc_peer_port(const struct rpc_peer *peer)
{
    return peer->port;
}

void rpc_peer_stop(struct rpc_peer *peer, struct rpc_record *ret)
{
    shutdown(peer->listener, SHUT_RDWR);
    pthread_join(peer->thread, NULL);
    close(peer->listener);
    *ret = peer->record;
    free(peer);
}

void rpc_record_release(struct rpc_record *record)
{
    for (size_t i = 0; i < record->count; i++) {
        free(record->requests[i]);
    }
    record->count = 0;
}

const char *rpc_record_body(const struct rpc_record *record, size_t i)
{
    const char *body = i < record->count ? complete_body(record->requests[i]) : NULL;

    return body != NULL ? body : "";
}
