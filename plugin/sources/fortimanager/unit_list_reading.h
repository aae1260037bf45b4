/*
 * unit_list_reading.h - what the readings of all unit lists share, and what an answer is worth.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef UNIT_LIST_READING_H
#define UNIT_LIST_READING_H

#include "live.h"
#include "run.h"
#include "sources/overlay.h"
#include "unit_list_plan.h"
#include "unit_row.h"

#define UNIT_BYTES 256 /* text of one row with the fields that are asked for */

#define COUNT_NONE (-1) /* FortiManager did not say */

/* A unit list that was read: the closing request counts its units once more. */
struct unit_list_reading {
    struct unit_list unit_list;
    const char *gate, *vdom; /* of a device database; NULL = the ADOM's table */
    size_t rows;
    int64_t count;   /* at the last closing request; COUNT_NONE */
    bool superseded; /* it was read again since */
    bool moved;      /* units left it since, and others may have come */
};

/* A row whose serial is looked for (serial_search.c). */
struct searched_row {
    struct unit_list unit_list;
    uint32_t gate;
    char *row; /* its text */
    size_t size;
    char serial[SERIAL_MAX + 1]; /* once it was found */
};

struct unit_lists {
    struct run *run;
    take_pack *take; /* asks for a pack of unit lists and takes the answers; context: this */
    struct buffer fields[DEVICE_TYPE_COUNT];
    size_t unit_bytes[DEVICE_TYPE_COUNT]; /* text of one unit; 0 = of a type that is not read */
    bool cache_needed;
    struct live live;
    struct failure lost;   /* the connection is gone: nothing more is asked; cause 0 = it is not */
    int32_t failed_in_row; /* packs that gave nothing, one behind the other */
    struct unit_list_reading *readings;
    size_t reading_count, reading_capacity;
    struct searched_row *searched; /* whose serials are looked for after all unit lists */
    size_t searched_count, searched_capacity, searched_bytes;
    bool searching; /* that is being done: a row without a serial has none */

    /* of the unit list in hand */
    struct overlay cached, asked;
    struct strmap listed; /* units by serial and gate, in per-device mode */
};

/* Memory of what stays of the unit lists that were read. */
size_t unit_lists_bytes(const struct unit_lists *unit_lists);

/* Notes that a table with so many rows was read. */
int32_t unit_lists_note_reading(struct unit_lists *unit_lists,
                                const struct unit_list_reading *reading, struct failure *reterr);

/* How many rows an answer has: a list, or one object. */
size_t unit_lists_row_count(struct json_object *rows);

/* Around the reading of a unit list: what is known of its units from elsewhere. */
void unit_lists_begin_facts(struct unit_lists *unit_lists);
void unit_lists_end_facts(struct unit_lists *unit_lists);

/* The unit list's scope was not read completely, and why. */
int32_t unit_lists_incomplete(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                              const struct failure *failure, struct failure *reterr);

/*
 * What an answer other than a table means: DATA, or PERMISSION in the words of the administrator.
 */
int32_t unit_lists_fail_answer(struct run *run, const struct unit_list *unit_list,
                               const struct rpc_param *param, struct failure *reterr);
#endif
