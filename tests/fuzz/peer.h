/*
 * peer.h - a server without sockets: http_exchange() takes its replies from the input.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The linker redirects the functions of http.h that connect to peer.c (--wrap, see Makefile.inc);
 * nothing can be sent. Each line of the input is one reply: a body, or "STATUS body". A line "!" is
 * a connection that breaks, "!!" a reply that is too large, "!?" one that took too long. After the
 * last line every connection breaks.
 */
#ifndef FUZZ_PEER_H
#define FUZZ_PEER_H

#include "fuzz.h"
#include "sources/source.h"

/* More requests than any run needs: a run that sends more is endless, and a find. */
#define FUZZ_REQUESTS_MAX 5000

/* Sets the replies to come. Borrowed until the next call. */
void fuzz_peer_script(struct fuzz_input lines);

/* Counts since then. Each request was checked to be read-only JSON. */
struct fuzz_peer_count {
    size_t requests, logins, logouts;
    size_t sessions; /* logins that were answered with a session */
};
void fuzz_peer_counts(struct fuzz_peer_count *ret);
#endif
