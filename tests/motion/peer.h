/*
 * peer.h - what http_exchange() gives comes from a fake appliance that changes meanwhile.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The linker hands the calls of http.h to peer.c (--wrap, see Makefile.am); nothing is sent.
 * Requests are counted from 0.
 */
#ifndef PEER_H
#define PEER_H

#include "fake.h"

#define PEER_REQUESTS 512 /* a run that asks for more does not end */
#define PEER_LISTS    48  /* in one answer */
#define PEER_STATES   3
#define PEER_HIDDEN   64

/* What an answer lacks: the rows from one on, or one row; once, or in every answer from then on. */
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
    size_t since[PEER_STATES]; /* the request before which each state begins; the first at 0 */
    size_t state_count;

    enum peer_loss loss;
    size_t loss_request, loss_list, loss_row;
    char hidden[PEER_HIDDEN][160]; /* table and row of what is lost in every answer */
    size_t hidden_count;

    /* What was asked */
    size_t requests;
    char asked[PEER_REQUESTS][120];
    size_t list_count[PEER_REQUESTS], rows[PEER_REQUESTS][PEER_LISTS];
    bool trace; /* prints requests and answers */
};

/* Answers the requests that come from here on; what was asked before is forgotten. */
void peer_use(struct peer *peer);

#endif
