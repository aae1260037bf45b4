/*
 * peer.h - http_exchange() with a fake appliance that changes during the run.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The linker redirects the calls of http.h to peer.c (--wrap, see Makefile.inc); nothing is sent.
 * Requests are counted from 0.
 */
#ifndef PEER_H
#define PEER_H

#include "fake.h"

#define PEER_REQUESTS 512 /* a run with more requests would not end */
#define PEER_LISTS    48  /* lists in one answer */
#define PEER_STATES   3
#define PEER_HIDDEN   64

/* What an answer lacks: the rows from one on, or one row; in that answer only, or in every later
 * one, too. */
enum peer_loss {
    PEER_LOSES_NOTHING,
    PEER_CUTS_ONCE,
    PEER_CUTS_ALWAYS,
    PEER_SKIPS_ONCE,
    PEER_SKIPS_ALWAYS
};

struct peer {
    bool fortigate;
    struct fake states[PEER_STATES];
    size_t since[PEER_STATES]; /* the request before which each state begins; the first one at 0 */
    size_t state_count;

    enum peer_loss loss;
    size_t loss_request, loss_list, loss_row;
    char hidden[PEER_HIDDEN][160]; /* table and row of what every answer lacks */
    size_t hidden_count;

    /* Results */
    size_t requests;
    char asked[PEER_REQUESTS][120];
    size_t list_count[PEER_REQUESTS], rows[PEER_REQUESTS][PEER_LISTS];
    bool trace; /* print requests and answers */
};

/* Answers the requests from here on; clears the counts. Borrowed until the next call. */
void peer_use(struct peer *peer);

#endif
