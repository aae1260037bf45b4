/*
 * peer.h - a far side without sockets: what http_exchange() gives comes from the input.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The linker hands what connects, by its name in http.h, to peer.c (--wrap, see Makefile.am);
 * nothing can be sent. Each line of the input is one reply: a body, or "STATUS body". A line "!" is
 * a connection that breaks, "!!" a reply that is too large, "!?" one that took too long. Behind the
 * last line every connection breaks.
 */
#ifndef FUZZ_PEER_H
#define FUZZ_PEER_H

#include "fuzz.h"
#include "sources/source.h"

/* More requests than any script of lines can want: a run that goes on for ever is a find. */
#define FUZZ_REQUESTS_MAX 5000

/* The replies to come. Borrowed until the next call. */
void fuzz_peer_script(struct fuzz_input lines);

/* What was asked since. Each request was checked to be JSON that only reads. */
struct fuzz_peer_count {
    size_t requests, logins, logouts;
    size_t sessions; /* logins that were answered by a session */
};
void fuzz_peer_counts(struct fuzz_peer_count *ret);
#endif
