/*
 * endpoints.h - the endpoints of an EMS: a registration or more for each machine, and what a
 * directory adds.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EMS_ENDPOINTS_H
#define EMS_ENDPOINTS_H

#include "machines.h"
#include "random.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ENDPOINT_UID_SIZE 33

/* How the last contact is reported (G.2). */
enum contact { CONTACT_KNOWN, CONTACT_ZERO, CONTACT_NULL };

/* What details lack in place of a serial (G.0). */
enum lacking { LACKING_NOTHING, LACKING_HARDWARE, LACKING_NULL, LACKING_EMPTY, LACKING_SERIAL };

struct endpoint {
    uint32_t device_id;
    const struct machine *machine; /* NULL: of the directory, without FortiClient */
    bool stale;                    /* another registration of its machine is newer */
    bool alone;                    /* it is the only registration of its machine */
    bool moves;                    /* it comes or goes (faults row-added and row-removed) */
    bool moved;
    bool away; /* not there: it has gone, or has not come yet */
    bool online;
    enum contact contact;
    enum lacking lacking;
    int64_t last_seen;           /* Unix seconds; 0: never */
    char uid[ENDPOINT_UID_SIZE]; /* "" in the directory, as the next but one */
    char name[MACHINE_TEXT_SIZE];
    char mac[MACHINE_MAC_SIZE];
};

enum endpoint_order { ENDPOINTS_BY_ID, ENDPOINTS_BY_UID, ENDPOINTS_BY_NAME };

struct endpoints {
    struct machines machines;
    struct endpoint *items;
    size_t count;
    struct endpoint **sorted; /* those that are there (endpoints_sort()) */
};

/* Grows them for `machines` machines that were last seen at `now` or before, with `directory` rows
 * more that only the directory knows. */
void endpoints_grow(struct endpoints *endpoints, uint64_t seed, uint32_t machines,
                    uint32_t directory);
void endpoints_release(struct endpoints *endpoints);

/* The endpoint that is there, or NULL. */
const struct endpoint *endpoints_find(const struct endpoints *endpoints, uint64_t device_id);

/* Sorts those that are there into `endpoints->sorted` and returns their number. Equal names or
 * uids have no order: `random` draws one. */
size_t endpoints_sort(struct endpoints *endpoints, enum endpoint_order order,
                      struct random *random);

/* Chooses `count` endpoints that will move; those that will come are not there before. */
void endpoints_choose_moving(struct endpoints *endpoints, uint64_t count, bool come);

/* Moves the next one. */
void endpoints_move(struct endpoints *endpoints);

#endif
