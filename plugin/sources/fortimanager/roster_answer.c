/*
 * roster_answer.c - what a roster's table, cache, gates and device databases say, into the census.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device_database.h"
#include "envelope.h"
#include "rosters.h"
#include "serial_search.h"
#include "status_cache.h"
#include "json/json_read.h"

/* What stays of the rosters that were read. */
static size_t rosters_bytes(const struct rosters *rosters)
{
    return rosters->reading_capacity * sizeof(*rosters->readings) + rosters->searched_bytes;
}

static int compare_rows(const void *a, const void *b)
{
    struct json_object *const *left = a, *const *right = b;

    return strcmp(roster_row_gate(*left), roster_row_gate(*right));
}

/*
 * In per-device mode: whether a row is the first of its unit at its gate. What the ADOM's table has
 * listed already stands in the gate's device database as well; a unit at two gates is for the
 * census to settle.
 */
static bool is_first(struct rosters *rosters, const struct roster_row *row, const char *gate,
                     bool *ret_first)
{
    char key[2 * NAME_MAX_BYTES + 2];

    (void)snprintf(key, sizeof(key), "%.*s\n%s", NAME_MAX_BYTES,
                   row->serial[0] != '\0' ? row->serial : row->id, gate != NULL ? gate : "");
    return index_put(&rosters->listed, key, 0, NULL, ret_first) != NULL;
}

/* Units of two FortiGates may have the same name. */
static int32_t skip_row(struct rosters *rosters, const struct roster *roster,
                        const struct roster_row *row, const char *gate, struct failure *reterr)
{
    const struct run *run = rosters->run;
    const struct secrets *secrets = &run->call->operation->secrets;
    char id[NAME_MAX_BYTES], manager[NAME_MAX_BYTES], subject[TEXT_MAX];

    secrets_copy(secrets, row->id, id, sizeof(id));
    secrets_copy(secrets, gate != NULL ? gate : "?", manager, sizeof(manager));
    (void)snprintf(subject, sizeof(subject), "%s (%s)", id, manager);
    return census_skip(run->census,
                       &(struct census_row){roster->type, run->estate.adoms[roster->adom].scope,
                                            row->skip, subject, row->serial},
                       reterr);
}

static int32_t take_row(struct rosters *rosters, const struct roster *roster, const char *gate,
                        struct json_object *json, struct failure *reterr)
{
    struct run *run = rosters->run;
    const struct adom *adom = &run->estate.adoms[roster->adom];
    const struct roster_kind kind = {roster->type, fmg_ids_are_serials(&run->version)};
    struct gate *manager;
    struct roster_row row;
    struct device device;
    bool first = true, kept = false;
    int32_t code = run_room(run,
                            index_bytes(&rosters->listed) + facts_bytes(&rosters->cached) +
                                facts_bytes(&rosters->asked) + rosters_bytes(rosters),
                            reterr);

    if (code != HECTOR_OK) {
        return code;
    }
    roster_row_read(json, &kind, run->call->settings, &row, &device);
    if (adom->per_device[roster->type] &&
        !is_first(rosters, &row, gate != NULL ? gate : row.gate, &first)) {
        return fail_memory(run->call->operation, reterr);
    }
    if (!first && gate != NULL) {
        return HECTOR_OK;
    }
    manager = estate_find_gate(&run->estate, gate != NULL ? gate : roster_row_gate(json));
    if (manager != NULL && !rosters->searching) {
        manager->listed[roster->type]++;
    }
    if (row.skip != TEXT_COUNT) {
        code = serial_search_note(rosters, roster, &row, json, &kept, reterr);
        if (code != HECTOR_OK || kept) {
            return code;
        }
        return skip_row(rosters, roster, &row, gate != NULL ? gate : row.gate, reterr);
    }
    if (gate != NULL) {
        device.manager = gate;
        device_set_text(&device, ATTRIBUTE_managed_by, gate);
    }
    device.scope = adom->scope;
    device_set_text(&device, ATTRIBUTE_adom, adom->name);
    device_set_text(&device, ATTRIBUTE_managed_by_serials,
                    manager != NULL ? manager->serials : NULL);
    facts_merge(&rosters->cached, &device);
    facts_merge(&rosters->asked, &device);
    if (row.model_guessed) {
        code = census_unknown_prefix(run->census, row.serial, reterr);
    }
    return code == HECTOR_OK ? census_sighting(run->census, &device, reterr) : code;
}

/*
 * Asks gates for what only they know: those that manage rows of an answer sorted by gate, or, in
 * per-device mode, all of the roster, since their own databases list more.
 */
static int32_t ask_gates(struct rosters *rosters, const struct roster *roster,
                         struct json_object *rows, struct failure *reterr)
{
    struct run *run = rosters->run;
    const struct adom *adom = &run->estate.adoms[roster->adom];
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
        const struct gate *gate = estate_find_gate(&run->estate, name);

        if (gate != NULL && strcmp(name, last) != 0) {
            gates[count++] = (uint32_t)(gate - run->estate.gates);
        }
        last = name;
    }
    code =
        live_ask(&rosters->live, adom->name, roster->type, gates, count, &rosters->asked, reterr);
    free(gates);
    return code;
}

/* No answer is no row: what should have stood there is not known. */
static int32_t fail_row(struct rosters *rosters, const struct roster *roster,
                        struct failure *reterr)
{
    struct failure why;

    (void)envelope_invalid(&rosters->run->rpc, roster_table(roster->type),
                           "a row that is no object", &why);
    return rosters_incomplete(rosters, roster, &why, reterr);
}

int32_t rosters_take_rows(struct rosters *rosters, const struct roster *roster, const char *gate,
                          struct json_object *rows, struct failure *reterr)
{
    bool broken = false;
    int32_t code = HECTOR_OK;

    if (json_object_is_type(rows, json_type_object)) {
        return take_row(rosters, roster, gate, rows, reterr);
    }
    for (size_t i = 0; code == HECTOR_OK && i < json_count(rows); i++) {
        struct json_object *row = json_element(rows, i);

        if (json_object_is_type(row, json_type_object)) {
            code = take_row(rosters, roster, gate, row, reterr);
        } else if (!broken) {
            broken = true;
            code = fail_row(rosters, roster, reterr);
        }
    }
    return code;
}

int32_t rosters_incomplete(struct rosters *rosters, const struct roster *roster,
                           const struct failure *failure, struct failure *reterr)
{
    return census_end_scope(rosters->run->census, rosters->run->estate.adoms[roster->adom].scope,
                            roster->type, failure, reterr);
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
            ARGUMENTS(run->estate.adoms[roster->adom].name,
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
    const struct adom *adom = &run->estate.adoms[roster->adom];
    int32_t code = HECTOR_OK;

    /* One that is asked alone was read with its ADOM before. */
    if (roster->alone || roster->databases || (roster->whole && !adom->per_device[roster->type])) {
        return HECTOR_OK;
    }
    for (size_t i = 0; code == HECTOR_OK && i < roster->gate_count; i++) {
        const struct gate *gate = &run->estate.gates[adom->gates[roster->first + i]];
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

int32_t rosters_take_answer(struct rosters *rosters, const struct roster *roster,
                            const struct rpc_param *table, const struct rpc_param *cache,
                            struct failure *reterr)
{
    const struct adom *adom = &rosters->run->estate.adoms[roster->adom];
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
        code = census_problem(rosters->run->census,
                              PROBLEM(SEVERITY_WARNING, TEXT_facts_full, adom->name,
                                      ARGUMENTS(adom->name), .scope = adom->scope,
                                      .device_type = device_type_id(roster->type)),
                              reterr);
    }
    rosters_end_facts(rosters);
    return code;
}
