/*
 * unit_list_reading.c - what the readings of all unit lists share.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "unit_list_reading.h"

size_t fmg_unit_lists_bytes(const struct unit_lists *unit_lists)
{
    return unit_lists->readings.capacity * sizeof(*unit_lists->readings.items) +
           unit_lists->searched_bytes;
}

int32_t fmg_unit_lists_incomplete(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                                  const struct failure *why, struct failure *failure)
{
    return inventory_end_scope(unit_lists->run->inventory,
                               unit_lists->run->topology.adoms.items[unit_list->adom].scope,
                               unit_list->type, why, failure);
}

int32_t fmg_unit_lists_fail_answer(struct fmg_run *run, const struct unit_list *unit_list,
                                   const struct rpc_param *param, struct failure *failure)
{
    struct operation *operation = run->operation;
    struct failure why;

    if (param->code == RPC_OK) {
        return fail(operation, failure, REASON_reply_invalid, "an answer that is no table",
                    ARGUMENTS(run->settings->origin, fmg_unit_list_table(unit_list->type)));
    }
    if (fmg_rpc_fail(&run->rpc, param, &why) == HECTOR_PERMISSION) {
        return fail(operation, failure, REASON_roster_refused, why.detail,
                    ARGUMENTS(run->topology.adoms.items[unit_list->adom].name,
                              message_template(operation->wording.language,
                                               device_type_units(unit_list->type))));
    }
    *failure = why;
    return why.cause;
}

int32_t fmg_unit_lists_note_reading(struct unit_lists *unit_lists,
                                    const struct unit_list_reading *reading,
                                    struct failure *failure)
{
    if (reading->unit_list.alone || (reading->unit_list.databases && reading->vdom == NULL)) {
        return HECTOR_OK; /* its rows count in the reading of the unit list that it follows up */
    }
    if (!reading_list_add(&unit_lists->readings, *reading)) {
        return fail_memory(unit_lists->run->operation, failure);
    }
    unit_lists->readings.items[unit_lists->readings.count - 1].count = COUNT_NONE;
    return fmg_run_room(unit_lists->run, fmg_unit_lists_bytes(unit_lists), failure);
}

void fmg_unit_lists_begin_facts(struct unit_lists *unit_lists)
{
    strmap_init(&unit_lists->listed);
    overlay_init(&unit_lists->cached);
    overlay_init(&unit_lists->asked);
}

void fmg_unit_lists_end_facts(struct unit_lists *unit_lists)
{
    overlay_release(&unit_lists->asked);
    overlay_release(&unit_lists->cached);
    strmap_release(&unit_lists->listed);
}
