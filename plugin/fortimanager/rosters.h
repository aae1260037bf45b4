/*
 * rosters.h - what the readings of one roster share: table, device database, cache, gates.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ROSTERS_H
#define ROSTERS_H

#include "facts.h"
#include "live.h"
#include "roster_plan.h"
#include "roster_row.h"
#include "run.h"

#define UNIT_BYTES 256 /* text of one row with the fields that are asked for */

/* A gate whose device database lists no unit of a type, though the gate counts some. */
struct silent_gate {
    uint32_t adom, gate;
    enum device_type type;
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
    bool cache_needed;
    struct live live;
    struct failure lost;   /* the connection is gone: nothing more is asked; cause 0 = it is not */
    int32_t failed_in_row; /* packs that gave nothing, one behind the other */
    uint64_t done;
    struct roster *empty; /* that came empty though gates count units: they have no verdict yet */
    size_t empty_count, empty_capacity;
    struct silent_gate *silent; /* asked twice: no verdict yet either */
    size_t silent_count, silent_capacity;
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
 * One row of a roster into the census. `gate` is the gate whose device database it comes from; NULL
 * = the ADOM's table, whose rows name their gate. What the ADOM's table has listed is passed over.
 */
int32_t rosters_take_row(struct rosters *rosters, const struct roster *roster, const char *gate,
                         struct json_object *json, struct failure *reterr);

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
