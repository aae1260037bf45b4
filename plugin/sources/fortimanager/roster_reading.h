/*
 * roster_reading.h - what the readings of all rosters share, and what an answer is worth.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ROSTER_READING_H
#define ROSTER_READING_H

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
    take_pack *take; /* asks for a pack of rosters and takes the answers; context: this */
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

/* Memory of what stays of the rosters that were read. */
size_t rosters_bytes(const struct rosters *rosters);

/* Notes that a table with so many rows was read. */
int32_t rosters_note_reading(struct rosters *rosters, const struct roster_reading *reading,
                             struct failure *reterr);

/* How many rows an answer has: a list, or one object. */
size_t rosters_row_count(struct json_object *rows);

/* Around the reading of a roster: what is known of its units from elsewhere. */
void rosters_begin_facts(struct rosters *rosters);
void rosters_end_facts(struct rosters *rosters);

/* The roster's scope was not read completely, and why. */
int32_t rosters_incomplete(struct rosters *rosters, const struct roster *roster,
                           const struct failure *failure, struct failure *reterr);

/*
 * What an answer other than a table means: DATA, or PERMISSION in the words of the administrator.
 */
int32_t rosters_fail_answer(struct run *run, const struct roster *roster,
                            const struct rpc_param *param, struct failure *reterr);
#endif
