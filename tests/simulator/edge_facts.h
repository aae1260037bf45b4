/*
 * edge_facts.h - what is known of a switch or access point beyond the unit_lists.
 * SPDX-License-Identifier: Apache-2.0
 *
 * FortiManager's cache tells of its last poll, the gate itself of now: the two differ here and
 * there. Computed from the edge, and the same for the answers and for the truth.
 */
#ifndef SIMULATOR_EDGE_FACTS_H
#define SIMULATOR_EDGE_FACTS_H

#include "topology.h"

#define UNKNOWN_ADDRESS "0.0.0.0"
#define UNKNOWN_MAC     "00:00:00:00:00:00"

struct edge_facts {
    bool connected;
    const char *release;      /* "7.6.1", of an access point only "7.0"; NULL: never connected */
    int build;                /* 0: never connected */
    char os_version[64];      /* both as the unit says it; "" when it never connected */
    char address[16];         /* the unit's own, or UNKNOWN_ADDRESS */
    char connecting_from[16]; /* as the gate sees it, or UNKNOWN_ADDRESS */
    char mac[18];             /* or UNKNOWN_MAC */
    const char *location;
    const char *peer_interface; /* of a switch: where the gate reaches it */
    int64_t joined;             /* Unix seconds; 0 while it is not connected */
};

void edge_facts_cached(const struct edge *edge, struct edge_facts *ret);
void edge_facts_live(const struct edge *edge, struct edge_facts *ret);

#endif
