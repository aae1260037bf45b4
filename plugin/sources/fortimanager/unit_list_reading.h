/*
 * unit_list_reading.h - what the readings of all unit lists share: their state, and their rows.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef UNIT_LIST_READING_H
#define UNIT_LIST_READING_H

#include "base/vector.h"
#include "proxied.h"
#include "run.h"
#include "sources/overlay.h"
#include "unit_list_plan.h"
#include "unit_row.h"

#define UNIT_BYTES 256 /* size of one row with the requested fields */

/* A unit list that was read; the closing request counts its units again. */
struct unit_list_reading {
    struct unit_list unit_list;
    const char *fgt, *vdom; /* of a device database; NULL = the ADOM's table; borrowed */
    size_t rows;
    int64_t count;   /* from the last closing request, or COUNT_NONE */
    bool superseded; /* it has been read again since */
    bool moved;      /* units have left it since, and others may have joined */
};

/* A row whose serial is to be found (serial_search.c). */
struct searched_row {
    struct unit_list unit_list;
    uint32_t fgt;
    char *row; /* JSON text, owned */
    size_t size;
    struct json_object *json;    /* the row while it is searched for, owned; else NULL */
    char serial[SERIAL_MAX + 1]; /* once found, else "" */
};

VECTOR_TYPE(reading_list, struct unit_list_reading)
VECTOR_TYPE(searched_list, struct searched_row)

struct unit_lists {
    struct fmg_run *run;
    struct unit_list_plan plan; /* context: this struct */
    struct buffer fields[DEVICE_TYPE_COUNT];
    bool cache_needed;
    struct proxied proxied;
    struct failure lost;   /* why the remaining unit lists are not requested; cause 0 = they are */
    int32_t failed_in_row; /* packs without a usable answer, in a row */
    struct reading_list readings;
    struct searched_list searched; /* rows to search serials for after all unit lists */
    size_t searched_bytes;
    bool searching; /* that search is running: its rows are not kept again */

    /* state of the current unit list; all zero between two */
    struct overlay cached, asked;
    struct strmap listed; /* per-device mode: units by serial and FortiGate */
};

/* Adds a reading, except of a unit list that only follows up another one. NO_MEMORY, LIMIT. */
int32_t fmg_unit_lists_note_reading(struct unit_lists *unit_lists,
                                    const struct unit_list_reading *reading,
                                    struct failure *failure);

/* Marks the unit list's scope as incomplete because of `why`. */
int32_t fmg_unit_lists_incomplete(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                                  const struct failure *why, struct failure *failure);

/*
 * Turns an answer that is no table into a failure: DATA, or PERMISSION with a message that names
 * the ADOM and the kind of unit. Returns its cause.
 */
int32_t fmg_unit_lists_fail_answer(struct fmg_run *run, const struct unit_list *unit_list,
                                   const struct rpc_param *param, struct failure *failure);

/*
 * Imports the rows of a table. `fgt` is the FortiGate whose device database they come from; NULL =
 * the ADOM's table, whose rows name their FortiGate. Units that the ADOM's table has listed are
 * skipped; rows whose serial is to be found are kept in `searched`. A row that is no object makes
 * the unit list's scope incomplete. Returns OK unless the run ends.
 */
int32_t fmg_unit_lists_take_rows(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                                 const char *fgt, struct json_object *rows,
                                 struct failure *failure);

/* Frees the rows in `searched`. */
void fmg_unit_lists_release_searched(struct unit_lists *unit_lists);
#endif
