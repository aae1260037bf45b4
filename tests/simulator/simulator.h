/*
 * simulator.h - the state of one simulator: what it was told, what it knows, what it saw.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Everything below the start-up is touched only by the one thread that libmicrohttpd polls in.
 */
#ifndef SIMULATOR_SIMULATOR_H
#define SIMULATOR_SIMULATOR_H

#include "faults.h"
#include "report.h"
#include "sessions.h"
#include "settings.h"
#include "topology.h"

/* Of FortiCloud: recorded tokens have 30 characters (cloud_oauth_token). */
#define CLOUD_TOKEN_SIZE 31

struct simulator;

/* One change of the topology (change.h). */
struct change {
    void (*grow)(struct simulator *simulator, struct random *random); /* another small topology */
    struct random random;
    uint64_t before;   /* the request before which it comes; 0: none does */
    uint64_t requests; /* since the topology was grown */
    size_t kind;
    const char *name; /* what has changed; NULL: nothing */
    bool edge_away;   /* one stands behind the last of the topology */
};

struct simulator {
    struct settings settings;
    struct topology topology;
    struct faults faults;
    struct report report;
    struct sessions sessions;
    struct random order; /* in which gates answer */
    char cloud_token[CLOUD_TOKEN_SIZE];
    /* What this account may see: all devices but those of ADOMs denied by name. */
    struct rows visible_by_name;
    struct rows visible_by_oid;
    struct rows moving; /* devices that come and go (motion.h) */
    struct change change;
};

/* Chooses anew, from the topology as it is, what the account may see. */
void simulator_see(struct simulator *simulator);

/* True when --deny holds `what`, or `what`@`adom`; adom may be NULL. */
bool simulator_denies(const struct simulator *simulator, const char *what, const char *adom);

/* True when --deny holds devices@`adom`: the ADOM lies outside of the account. */
bool simulator_denies_adom(const struct simulator *simulator, const char *adom);

#endif
