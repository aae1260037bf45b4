/*
 * unit_list_answer.c - imports the answer for one unit list: table, status cache, device databases.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "unit_list_answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device_database.h"
#include "envelope.h"
#include "status_cache.h"
#include "system.h"
#include "unit_rows.h"
#include "json/json_read.h"

static int compare_rows(const void *a, const void *b)
{
    struct json_object *const *left = a, *const *right = b;

    return strcmp(fmg_unit_row_gate(*left), fmg_unit_row_gate(*right));
}

/*
 * Queries FortiGates for what only they know: in per-device mode all of the unit list, since their
 * databases list more units, else those that manage rows of the answer. `rows` is sorted by
 * FortiGate.
 */
static int32_t ask_gates(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                         struct json_object *rows, struct failure *reterr)
{
    struct run *run = unit_lists->run;
    const struct adom *adom = &run->topology.adoms[unit_list->adom];
    bool all = adom->per_device[unit_list->type];
    size_t most = all ? unit_list->gate_count : json_count(rows), count = 0;
    const char *last = "";
    uint32_t *gates;
    int32_t code;

    if (!unit_lists->live.needed[unit_list->type] || unit_lists->live.stopped || most == 0) {
        return HECTOR_OK;
    }
    gates = calloc(most, sizeof(*gates));
    if (gates == NULL) {
        return fail_memory(run->call->operation, reterr);
    }
    if (all) {
        memcpy(gates, adom->gates + unit_list->first, most * sizeof(*gates));
        count = most;
    }
    for (size_t i = 0; i < json_count(rows) && !all; i++) {
        const char *name = fmg_unit_row_gate(json_element(rows, i));
        const struct gate *gate = fmg_topology_find_gate(&run->topology, name);

        if (gate != NULL && strcmp(name, last) != 0) {
            gates[count++] = (uint32_t)(gate - run->topology.gates);
        }
        last = name;
    }
    code = fmg_live_ask(&unit_lists->live, adom->name, unit_list->type, gates, count,
                        &unit_lists->asked, reterr);
    free(gates);
    return code;
}

/* Reserves memory for the overlays: OVERLAY_MAX bytes, or less if the run has less left. */
static int32_t make_room(struct unit_lists *unit_lists, size_t *ret_room, struct failure *reterr)
{
    int32_t code;

    *ret_room = 2 * OVERLAY_MAX;
    do {
        *ret_room /= 2;
        code = fmg_run_room(unit_lists->run, *ret_room, reterr);
    } while (code == HECTOR_LIMIT && *ret_room > 0);
    return code;
}

/*
 * Marks the unit list as incomplete if a FortiGate that was requested by its name and VDOMs has no
 * VDOM in its row (it may have others than `root`), or a damaged name, which cannot be requested.
 */
static int32_t judge_names(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                           struct failure *reterr)
{
    const struct run *run = unit_lists->run;
    const struct adom *adom = &run->topology.adoms[unit_list->adom];
    int32_t code = HECTOR_OK;

    /* A follow-up of one FortiGate: the unit list of its ADOM was checked before. */
    if (unit_list->alone || unit_list->databases ||
        (unit_list->whole && !adom->per_device[unit_list->type])) {
        return HECTOR_OK;
    }
    for (size_t i = 0; code == HECTOR_OK && i < unit_list->gate_count; i++) {
        const struct gate *gate = &run->topology.gates[adom->gates[unit_list->first + i]];
        struct failure why;

        if (gate->ours && (gate->first_vdom == STRMAP_NONE || gate->vdoms_damaged ||
                           fmg_name_damaged(gate->name))) {
            (void)fmg_envelope_invalid(&run->rpc, "/dvmdb/device",
                                       gate->first_vdom == STRMAP_NONE && !gate->vdoms_damaged
                                           ? "a FortiGate without a VDOM"
                                           : "a name that is no text",
                                       &why);
            code = fmg_unit_lists_incomplete(unit_lists, unit_list, &why, reterr);
        }
    }
    return code;
}

/* Fills the overlays of the unit list from the status cache and the FortiGates. */
static int32_t read_facts(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                          struct json_object *rows, const struct rpc_param *cache,
                          struct failure *reterr)
{
    size_t room;
    int32_t code;

    if (json_count(cache->data) == 0 && !unit_lists->live.needed[unit_list->type]) {
        return HECTOR_OK;
    }
    code = make_room(unit_lists, &room, reterr);
    if (code != HECTOR_OK) {
        return code;
    }
    unit_lists->cached.max_bytes = room;
    if (cache->code == RPC_OK && !fmg_status_cache_read(cache->data, &unit_lists->cached)) {
        return fail_memory(unit_lists->run->call->operation, reterr);
    }
    unit_lists->asked.max_bytes =
        room > overlay_bytes(&unit_lists->cached) ? room - overlay_bytes(&unit_lists->cached) : 0;
    return ask_gates(unit_lists, unit_list, rows, reterr);
}

int32_t fmg_unit_lists_take_answer(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                                   const struct rpc_param *table, const struct rpc_param *cache,
                                   struct failure *reterr)
{
    const struct adom *adom = &unit_lists->run->topology.adoms[unit_list->adom];
    struct failure failure;
    int32_t code;

    if (table->code != RPC_OK || !json_is_table(table->data)) {
        (void)fmg_unit_lists_fail_answer(unit_lists->run, unit_list, table, &failure);
        return fmg_unit_lists_incomplete(unit_lists, unit_list, &failure, reterr);
    }
    code = judge_names(unit_lists, unit_list, reterr);
    code = code == HECTOR_OK
               ? fmg_unit_lists_note_reading(
                     unit_lists,
                     &(struct unit_list_reading){.unit_list = *unit_list,
                                                 .rows = fmg_unit_lists_row_count(table->data)},
                     reterr)
               : code;
    if (code != HECTOR_OK) {
        return code;
    }
    /* Sorted by FortiGate, so that equal data gives equal output. */
    if (json_count(table->data) > 1) {
        json_object_array_sort(table->data, compare_rows);
    }
    fmg_unit_lists_begin_facts(unit_lists);
    code = read_facts(unit_lists, unit_list, table->data, cache, reterr);
    if (code == HECTOR_OK) {
        code = fmg_unit_lists_take_rows(unit_lists, unit_list, NULL, table->data, reterr);
    }
    if (code == HECTOR_OK && adom->per_device[unit_list->type]) {
        code = fmg_device_database_read(unit_lists, unit_list, adom->gates + unit_list->first,
                                        unit_list->gate_count, reterr);
    }
    if (code == HECTOR_OK && (unit_lists->asked.full || unit_lists->cached.full)) {
        code = inventory_problem(unit_lists->run->inventory,
                                 PROBLEM(SEVERITY_WARNING, TEXT_facts_full, adom->name,
                                         ARGUMENTS(adom->name), .scope = adom->scope,
                                         .device_type = device_type_id(unit_list->type)),
                                 reterr);
    }
    fmg_unit_lists_end_facts(unit_lists);
    return code;
}
