/*
 * roster_answer.c - what a roster's table, cache, gates and device databases say, into the
 * inventory. SPDX-License-Identifier: Apache-2.0
 */
#include "roster_answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device_database.h"
#include "envelope.h"
#include "roster_rows.h"
#include "status_cache.h"
#include "system.h"
#include "json/json_read.h"

static int compare_rows(const void *a, const void *b)
{
    struct json_object *const *left = a, *const *right = b;

    return strcmp(roster_row_gate(*left), roster_row_gate(*right));
}

/*
 * Asks gates for what only they know: those that manage rows of an answer sorted by gate, or, in
 * per-device mode, all of the roster, since their own databases list more.
 */
static int32_t ask_gates(struct rosters *rosters, const struct roster *roster,
                         struct json_object *rows, struct failure *reterr)
{
    struct run *run = rosters->run;
    const struct adom *adom = &run->topology.adoms[roster->adom];
    bool all = adom->per_device[roster->type];
    size_t most = all ? roster->gate_count : json_count(rows), count = 0;
    const char *last = "";
    uint32_t *gates;
    int32_t code;

    if (!rosters->live.needed[roster->type] || rosters->live.stopped || most == 0) {
        return HECTOR_OK;
    }
    gates = calloc(most, sizeof(*gates));
    if (gates == NULL) {
        return fail_memory(run->call->operation, reterr);
    }
    if (all) {
        memcpy(gates, adom->gates + roster->first, most * sizeof(*gates));
        count = most;
    }
    for (size_t i = 0; i < json_count(rows) && !all; i++) {
        const char *name = roster_row_gate(json_element(rows, i));
        const struct gate *gate = topology_find_gate(&run->topology, name);

        if (gate != NULL && strcmp(name, last) != 0) {
            gates[count++] = (uint32_t)(gate - run->topology.gates);
        }
        last = name;
    }
    code =
        live_ask(&rosters->live, adom->name, roster->type, gates, count, &rosters->asked, reterr);
    free(gates);
    return code;
}

/*
 * Makes room for facts before they fill it: FACTS_MAX, or as much as a run that remembers a lot has
 * left.
 */
static int32_t make_room(struct rosters *rosters, size_t *ret_room, struct failure *reterr)
{
    int32_t code;

    *ret_room = 2 * FACTS_MAX;
    do {
        *ret_room /= 2;
        code = run_room(rosters->run, *ret_room, reterr);
    } while (code == HECTOR_LIMIT && *ret_room > 0);
    return code;
}

/*
 * A gate that is read by its name and its VDOMs may have others than `root` where its row names
 * none, and cannot be asked for by a name that is damaged: its units were not read.
 */
static int32_t judge_names(struct rosters *rosters, const struct roster *roster,
                           struct failure *reterr)
{
    const struct run *run = rosters->run;
    const struct adom *adom = &run->topology.adoms[roster->adom];
    int32_t code = HECTOR_OK;

    /* One that is asked alone was read with its ADOM before. */
    if (roster->alone || roster->databases || (roster->whole && !adom->per_device[roster->type])) {
        return HECTOR_OK;
    }
    for (size_t i = 0; code == HECTOR_OK && i < roster->gate_count; i++) {
        const struct gate *gate = &run->topology.gates[adom->gates[roster->first + i]];
        struct failure why;

        if (gate->ours &&
            (gate->first_vdom == INDEX_NONE || gate->vdoms_damaged || name_damaged(gate->name))) {
            (void)envelope_invalid(&run->rpc, "/dvmdb/device",
                                   gate->first_vdom == INDEX_NONE && !gate->vdoms_damaged
                                       ? "a FortiGate without a VDOM"
                                       : "a name that is no text",
                                   &why);
            code = rosters_incomplete(rosters, roster, &why, reterr);
        }
    }
    return code;
}

/* What the status cache and the gates say of the units that the roster lists. */
static int32_t read_facts(struct rosters *rosters, const struct roster *roster,
                          struct json_object *rows, const struct rpc_param *cache,
                          struct failure *reterr)
{
    size_t room;
    int32_t code;

    if (json_count(cache->data) == 0 && !rosters->live.needed[roster->type]) {
        return HECTOR_OK;
    }
    code = make_room(rosters, &room, reterr);
    if (code != HECTOR_OK) {
        return code;
    }
    rosters->cached.max_bytes = room;
    if (cache->code == RPC_OK && !status_cache_read(cache->data, &rosters->cached)) {
        return fail_memory(rosters->run->call->operation, reterr);
    }
    rosters->asked.max_bytes =
        room > facts_bytes(&rosters->cached) ? room - facts_bytes(&rosters->cached) : 0;
    return ask_gates(rosters, roster, rows, reterr);
}

int32_t rosters_take_answer(struct rosters *rosters, const struct roster *roster,
                            const struct rpc_param *table, const struct rpc_param *cache,
                            struct failure *reterr)
{
    const struct adom *adom = &rosters->run->topology.adoms[roster->adom];
    struct failure failure;
    int32_t code;

    if (table->code != RPC_OK || !json_is_table(table->data)) {
        (void)rosters_fail_answer(rosters->run, roster, table, &failure);
        return rosters_incomplete(rosters, roster, &failure, reterr);
    }
    code = judge_names(rosters, roster, reterr);
    code =
        code == HECTOR_OK
            ? rosters_note_reading(rosters,
                                   &(struct roster_reading){.roster = *roster,
                                                            .rows = rosters_row_count(table->data)},
                                   reterr)
            : code;
    if (code != HECTOR_OK) {
        return code;
    }
    /* In the order of their gates, so that a run over the same data gives the same. */
    if (json_count(table->data) > 1) {
        json_object_array_sort(table->data, compare_rows);
    }
    rosters_begin_facts(rosters);
    code = read_facts(rosters, roster, table->data, cache, reterr);
    if (code == HECTOR_OK) {
        code = rosters_take_rows(rosters, roster, NULL, table->data, reterr);
    }
    if (code == HECTOR_OK && adom->per_device[roster->type]) {
        code = device_database_read(rosters, roster, adom->gates + roster->first,
                                    roster->gate_count, reterr);
    }
    if (code == HECTOR_OK && (rosters->asked.full || rosters->cached.full)) {
        code = inventory_problem(rosters->run->inventory,
                                 PROBLEM(SEVERITY_WARNING, TEXT_facts_full, adom->name,
                                         ARGUMENTS(adom->name), .scope = adom->scope,
                                         .device_type = device_type_id(roster->type)),
                                 reterr);
    }
    rosters_end_facts(rosters);
    return code;
}
