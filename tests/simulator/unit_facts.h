/*
 * unit_facts.h - values of a switch or access point that are not in the unit lists.
 * SPDX-License-Identifier: Apache-2.0
 *
 * FortiManager's cache has the values of its last poll, the FortiGate the current ones; some
 * differ. Computed from the unit, so that the answers and what is expected agree.
 */
#ifndef SIMULATOR_UNIT_FACTS_H
#define SIMULATOR_UNIT_FACTS_H

#include "topology.h"

#define UNKNOWN_ADDRESS "0.0.0.0"
#define UNKNOWN_MAC     "00:00:00:00:00:00"

struct unit_facts {
    bool connected;
    const char *release;      /* "7.6.1", of an access point only "7.0"; NULL: never connected */
    int build;                /* 0: never connected */
    char os_version[64];      /* both as the unit reports them; "" when it never connected */
    char address[16];         /* the unit's own address, or UNKNOWN_ADDRESS */
    char connecting_from[16]; /* as seen by the FortiGate, or UNKNOWN_ADDRESS */
    char mac[18];             /* or UNKNOWN_MAC */
    const char *location;
    const char *peer_interface; /* of a switch: the FortiGate's interface to it */
    int64_t joined;             /* Unix seconds; 0 while not connected */
};

void unit_facts_cached(const struct unit *unit, struct unit_facts *ret);
void unit_facts_live(const struct unit *unit, struct unit_facts *ret);

#endif
