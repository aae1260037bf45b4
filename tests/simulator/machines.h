/*
 * machines.h - what is true of the end systems that FortiNAC and EMS list.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each simulator makes rows of its own from them, some machines with more than one. The oddities
 * come at fixed places of every MACHINES_PERIOD machines, so that a few dozen have all of them.
 * Sections are those of the reference on the sibling APIs.
 */
#ifndef SIMULATOR_MACHINES_H
#define SIMULATOR_MACHINES_H

#include <stddef.h>
#include <stdint.h>

#define MACHINE_TEXT_SIZE 64
#define MACHINE_MAC_SIZE  18
#define MACHINES_PERIOD   25

/* What the serial of a machine is worth (G.4). */
enum machine_identity {
    MACHINE_KNOWN,       /* its maker's */
    MACHINE_SERIALLESS,  /* none is reported */
    MACHINE_PLACEHOLDER, /* what a maker of boards left in place of one */
    MACHINE_SHARED       /* that of another machine, with another name and another MAC */
};

struct machine {
    enum machine_identity identity;
    char name[MACHINE_TEXT_SIZE];
    char serial[MACHINE_TEXT_SIZE]; /* as the machine reports it; "": none */
    char key[MACHINE_TEXT_SIZE];    /* as an inventory spells it; "" unless MACHINE_KNOWN */
    char mac[MACHINE_MAC_SIZE];
    char dock_mac[MACHINE_MAC_SIZE]; /* of its dock, or of a VPN (which many machines have) */
    char ip[16];
    char user[MACHINE_TEXT_SIZE];
    const char *maker; /* as the machine reports them */
    const char *model;
    const char *os;
    int64_t last_seen; /* Unix seconds; no two machines have the same */
};

struct machines {
    struct machine *items;
    size_t count;
};

/* Grows them from a seed; the newest was seen at `now`, each other one earlier. */
void machines_grow(struct machines *machines, uint64_t seed, size_t count, int64_t now);

void machines_release(struct machines *machines);

#endif
