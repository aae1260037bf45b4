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

struct rosters {
    struct run *run;
    struct buffer fields[DEVICE_TYPE_COUNT];
    bool cache_needed;
    struct live live;
    struct failure lost;   /* the connection is gone: nothing more is asked; cause 0 = it is not */
    int32_t failed_in_row; /* packs that gave nothing, one behind the other */
    uint64_t done;

    /* of the roster in hand */
    struct facts cached, asked;
    struct index listed; /* units by serial and gate, in per-device mode */
};

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
