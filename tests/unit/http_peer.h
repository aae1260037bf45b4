/*
 * http_peer.h - the far side of the HTTP tests: a scripted server in a thread of its own.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Listens on 127.0.0.1, takes each request whole, and sends the next answer of its script, byte by
 * byte as written there. It knows no HTTP but where a request ends.
 */
#ifndef HTTP_PEER_H
#define HTTP_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct identity;

enum peer_after {
    PEER_KEEP,  /* waits for the next request */
    PEER_CLOSE, /* ends the connection */
    PEER_STALL, /* says nothing more, and keeps the connection */
};

struct peer_answer {
    const char *text; /* may be NULL: nothing is sent */
    enum peer_after after;
    const char *again; /* sent over and over behind `text`, until the other side has enough */
    int32_t pause_ms;  /* before each byte of `text` */
};

struct peer_script {
    const struct peer_answer *answers; /* ends with a zeroed one; the last is given for ever */
    const struct identity *identity;   /* TLS with this certificate; NULL = none */
    bool mute;                         /* accepts connections and never says a word */
    bool old_tls;                      /* speaks TLS 1.1 at most */
    bool weak_exchange;                /* agrees on keys by a Diffie-Hellman group of 512 bits */
};

/* What a peer has seen. */
struct peer_record {
    uint32_t connections, requests;
    char text[16384]; /* the requests, one behind the other */
};

struct http_peer;

/* Ends the program when it cannot listen. */
struct http_peer *http_peer_start(const struct peer_script *script);
uint16_t http_peer_port(const struct http_peer *peer);

/* Ends the thread and tells what was seen. */
void http_peer_stop(struct http_peer *peer, struct peer_record *ret);

/* A port of 127.0.0.1 where nobody listens. */
uint16_t closed_port(void);
#endif
