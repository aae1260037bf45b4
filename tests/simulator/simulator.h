/*
 * simulator.h - the state of one simulator: its options, its topology, and its counts.
 * SPDX-License-Identifier: Apache-2.0
 *
 * After the start, only the thread in which libmicrohttpd polls may touch it.
 */
#ifndef SIMULATOR_SIMULATOR_H
#define SIMULATOR_SIMULATOR_H

#include "faults.h"
#include "report.h"
#include "sessions.h"
#include "settings.h"
#include "topology.h"

/* FortiCloud's tokens; recorded ones have 30 characters (cloud_oauth_token). */
#define CLOUD_TOKEN_SIZE 31

struct simulator;

/* One change of the topology (change.h). */
struct change {
    void (*grow)(struct simulator *simulator, struct random *random); /* another small one */
    struct random random;
    uint64_t before;   /* the request before which it happens; 0: never */
    uint64_t requests; /* since the topology was grown */
    size_t kind;
    const char *name; /* the change that happened; NULL: none */
    bool unit_away;   /* a removed unit is kept after the last one of the topology */
};

struct simulator {
    struct settings settings;
    struct topology topology;
    struct faults faults;
    struct report report;
    struct sessions sessions;
    struct random order; /* the order in which FortiGates answer */
    char cloud_token[CLOUD_TOKEN_SIZE];
    /* The devices that this account may see: all except those of ADOMs denied by name. */
    struct rows visible_by_name;
    struct rows visible_by_oid;
    struct rows moving; /* devices that come and go (motion.h) */
    struct change change;
};

/* Updates what the account may see, from the current topology. */
void simulator_see(struct simulator *simulator);

/* True when --deny lists `what`, or `what`@`adom`; adom may be NULL. */
bool simulator_denies(const struct simulator *simulator, const char *what, const char *adom);

/* True when --deny lists devices@`adom`: the ADOM is outside of the account. */
bool simulator_denies_adom(const struct simulator *simulator, const char *adom);

#endif
