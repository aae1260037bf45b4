/*
 * http_peer.h - the server of the HTTP tests: scripted, in a thread of its own.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Listens on 127.0.0.1, reads each request to its end, and sends the next answer of its script byte
 * for byte. Of HTTP it only detects the end of a request.
 */
#ifndef HTTP_PEER_H
#define HTTP_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct identity;

enum peer_after {
    PEER_KEEP,  /* waits for the next request */
    PEER_CLOSE, /* closes the connection */
    PEER_STALL, /* sends nothing more, and keeps the connection open */
};

struct peer_answer {
    const char *text; /* NULL = nothing is sent */
    enum peer_after after;
    const char *again; /* sent repeatedly after `text`, until the client closes */
    int32_t pause_ms;  /* before each byte of `text` */
};

struct peer_script {
    const struct peer_answer *answers; /* ends with a zeroed one; the last is repeated for ever */
    const struct identity *identity;   /* TLS with this certificate; NULL = none */
    bool mute;                         /* accepts connections and never sends anything */
    bool old_tls;                      /* speaks TLS 1.1 at most */
    bool weak_exchange;                /* negotiates keys by a Diffie-Hellman group of 512 bits */
};

/* What a peer has received. */
struct peer_record {
    uint32_t connections, requests;
    char text[16384]; /* the requests, concatenated */
};

struct http_peer;

/* Starts a peer. Ends the program when it cannot listen. */
struct http_peer *http_peer_start(const struct peer_script *script);
uint16_t http_peer_port(const struct http_peer *peer);

/* Ends the thread, frees the peer, and returns what it received. */
void http_peer_stop(struct http_peer *peer, struct peer_record *ret);
#endif
