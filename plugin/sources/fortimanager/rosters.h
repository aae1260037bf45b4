/*
 * rosters.h - what the readings of one roster share: table, device database, cache, gates.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ROSTERS_H
#define ROSTERS_H

#include "live.h"
#include "roster_plan.h"
#include "roster_row.h"
#include "run.h"
#include "sources/facts.h"

#define UNIT_BYTES 256 /* text of one row with the fields that are asked for */

#define COUNT_NONE (-1) /* FortiManager did not say */

/* A roster that was read: the closing request counts its units once more. */
struct roster_reading {
    struct roster roster;
    const char *gate, *vdom; /* of a device database; NULL = the ADOM's table */
    size_t rows;
    int64_t count;   /* at the last closing request; COUNT_NONE */
    bool superseded; /* it was read again since */
    bool moved;      /* units left it since, and others may have come */
};

/* A row whose serial is looked for (serial_search.c). */
struct searched_row {
    struct roster roster;
    uint32_t gate;
    char *row; /* its text */
    size_t size;
    char serial[SERIAL_MAX + 1]; /* once it was found */
};

struct rosters {
    struct run *run;
    struct buffer fields[DEVICE_TYPE_COUNT];
    size_t unit_bytes[DEVICE_TYPE_COUNT]; /* text of one unit; 0 = of a type that is not read */
    bool cache_needed;
    struct live live;
    struct failure lost;   /* the connection is gone: nothing more is asked; cause 0 = it is not */
    int32_t failed_in_row; /* packs that gave nothing, one behind the other */
    struct roster_reading *readings;
    size_t reading_count, reading_capacity;
    struct searched_row *searched; /* whose serials are looked for after all rosters */
    size_t searched_count, searched_capacity, searched_bytes;
    bool searching; /* that is being done: a row without a serial has none */

    /* of the roster in hand */
    struct facts cached, asked;
    struct index listed; /* units by serial and gate, in per-device mode */
};

/*
 * roster_answer.c: the answer of a roster's table, and of its status cache, where it has one, into
 * the census. What cannot be read makes the roster's scope incomplete; OK unless the run ends.
 */
int32_t rosters_take_answer(struct rosters *rosters, const struct roster *roster,
                            const struct rpc_param *table, const struct rpc_param *cache,
                            struct failure *reterr);

/*
 * The rows of a roster into the census. `gate` is the gate whose device database they come from;
 * NULL = the ADOM's table, whose rows name their gate. What the ADOM's table has listed is passed
 * over. A row that is no object leaves the roster's scope incomplete.
 */
int32_t rosters_take_rows(struct rosters *rosters, const struct roster *roster, const char *gate,
                          struct json_object *rows, struct failure *reterr);

/* Notes that a table with so many rows was read. */
int32_t rosters_note_reading(struct rosters *rosters, const struct roster_reading *reading,
                             struct failure *reterr);

/* How many rows an answer has: a list, or one object. */
size_t rosters_row_count(struct json_object *rows);

/* Around the reading of a roster: what is known of its units from elsewhere. */
void rosters_begin_facts(struct rosters *rosters);
void rosters_end_facts(struct rosters *rosters);

/*
 * rosters.c: the switches and access points of all gates read, into the census. What cannot be read
 * is incomplete. OK unless the run ends. rosters_close() also after a failure.
 */
int32_t rosters_open(struct run *run, struct rosters **ret, struct failure *reterr);
int32_t rosters_read(struct rosters *rosters, struct failure *reterr);
void rosters_close(struct rosters *rosters);

/* rosters.c: takes a pack (a take_pack, context: struct rosters). */
int32_t rosters_take_pack(void *context, struct pack *pack, struct failure *reterr);

/*
 * roster_counters.c: FortiGates that count units and of which no roster has listed a row are asked
 * alone once more, then their device databases. OK unless the run ends.
 */
int32_t rosters_settle_counters(struct rosters *rosters, struct failure *reterr);

/* The roster's scope was not read completely, and why. */
int32_t rosters_incomplete(struct rosters *rosters, const struct roster *roster,
                           const struct failure *failure, struct failure *reterr);

/*
 * What an answer other than a table means: DATA, or PERMISSION, which is told in the words of the
 * administrator.
 */
int32_t rosters_fail_answer(struct run *run, const struct roster *roster,
                            const struct rpc_param *param, struct failure *reterr);
#endif
