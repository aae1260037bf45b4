/*
 * roster_reading.c - what the readings of all rosters share, and what an answer is worth.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "roster_reading.h"

#include "json/json_read.h"

size_t rosters_bytes(const struct rosters *rosters)
{
    return rosters->reading_capacity * sizeof(*rosters->readings) + rosters->searched_bytes;
}

int32_t rosters_incomplete(struct rosters *rosters, const struct roster *roster,
                           const struct failure *failure, struct failure *reterr)
{
    return inventory_end_scope(rosters->run->inventory,
                               rosters->run->topology.adoms[roster->adom].scope, roster->type,
                               failure, reterr);
}

int32_t rosters_fail_answer(struct run *run, const struct roster *roster,
                            const struct rpc_param *param, struct failure *reterr)
{
    struct operation *operation = run->call->operation;
    struct failure why;

    if (param->code == RPC_OK) {
        return fail(operation, reterr, HECTOR_DATA, TEXT_reply_invalid,
                    "an answer that is no table",
                    ARGUMENTS(run->call->settings->origin, roster_table(roster->type)));
    }
    if (rpc_fail(&run->rpc, param, &why) == HECTOR_PERMISSION) {
        return fail(
            operation, reterr, HECTOR_PERMISSION, TEXT_roster_refused, why.detail,
            ARGUMENTS(run->topology.adoms[roster->adom].name,
                      text_template(operation->wording.language, device_type_units(roster->type))));
    }
    *reterr = why;
    return why.cause;
}

size_t rosters_row_count(struct json_object *rows)
{
    return json_object_is_type(rows, json_type_object) ? 1 : json_count(rows);
}

int32_t rosters_note_reading(struct rosters *rosters, const struct roster_reading *reading,
                             struct failure *reterr)
{
    struct roster_reading *larger;

    if (reading->roster.alone || (reading->roster.databases && reading->vdom == NULL)) {
        return HECTOR_OK; /* its rows are counted with the roster that should have listed them */
    }
    larger = array_room(rosters->readings, rosters->reading_count, &rosters->reading_capacity,
                        sizeof(*rosters->readings));
    if (larger == NULL) {
        return fail_memory(rosters->run->call->operation, reterr);
    }
    rosters->readings = larger;
    rosters->readings[rosters->reading_count] = *reading;
    rosters->readings[rosters->reading_count++].count = COUNT_NONE;
    return run_room(rosters->run, rosters_bytes(rosters), reterr);
}

void rosters_begin_facts(struct rosters *rosters)
{
    index_init(&rosters->listed);
    facts_init(&rosters->cached);
    facts_init(&rosters->asked);
}

void rosters_end_facts(struct rosters *rosters)
{
    facts_release(&rosters->asked);
    facts_release(&rosters->cached);
    index_release(&rosters->listed);
}
