/*
 * closing.c - whether everything that a run has read is one snapshot of the FortiManager.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Builds and sends the closing request, and reads again what has changed. closing_compare.c and
 * closing_counts.c take the answers.
 */
#include "closing.h"

#include <stdlib.h>
#include <string.h>

#include "closing_compare.h"
#include "closing_counts.h"
#include "device_database.h"
#include "devices.h"
#include "host/repeat.h"
#include "system.h"
#include "table.h"

/* What a query of the closing request is about: the ADOM table, a reading, an ADOM, a device. */
enum subject { SUBJECT_ADOMS, SUBJECT_READING, SUBJECT_EMPTY, SUBJECT_FGT };

struct query {
    enum subject subject;
    size_t number; /* index in readings, ADOMs or devices, by subject */
};

VECTOR_TYPE(query_list, struct query)

struct closing {
    struct unit_lists *unit_lists;
    struct fmg_run *run;
    struct query_list queries;
    struct rpc_batch batch;    /* those that go into one request */
    const struct query *first; /* of `batch` */
};

/* ---- the queries */

/*
 * Adds the queries for the ADOM table, the readings and the ADOMs that this run reads although they
 * list no device. Marks the ADOMs of which a reading named FortiGates and VDOMs as narrowed.
 */
static bool add_counts(struct closing *closing)
{
    const struct fmg_run *run = closing->run;
    const struct reading_list *readings = &closing->unit_lists->readings;
    struct query_list *queries = &closing->queries;
    bool added = !run->adoms_known || query_list_add(queries, (struct query){SUBJECT_ADOMS, 0});

    for (size_t i = 0; added && i < readings->count; i++) {
        const struct unit_list *unit_list = &readings->items[i].unit_list;
        struct adom *adom = fmg_unit_list_adom(run, unit_list);

        if (!readings->items[i].superseded) {
            added = query_list_add(queries, (struct query){SUBJECT_READING, i});
            adom->narrowed |= !unit_list->whole || adom->per_device[unit_list->type];
        }
    }
    for (size_t i = 0; added && i < run->topology.adoms.count; i++) {
        const struct adom *adom = &run->topology.adoms.items[i];

        if (run->members_known && adom->listed && adom->wanted && !adom->outside && !adom->failed &&
            adom->fgts.count == 0) {
            added = query_list_add(queries, (struct query){SUBJECT_EMPTY, i});
        }
    }
    return added;
}

/*
 * Whether the VDOMs of a FortiGate must be compared: it or they are in several ADOMs, or it is in a
 * narrowed one.
 */
static bool is_placement_relevant(const struct topology *topology, const struct fgt *fgt)
{
    uint32_t first = STRMAP_NONE;

    for (uint32_t v = fgt->first_vdom; v != STRMAP_NONE; v = topology->vdoms.items[v].next) {
        if (first != STRMAP_NONE && topology->vdoms.items[v].adom != first) {
            return true;
        }
        first = topology->vdoms.items[v].adom;
    }
    return fgt->adom_count > 1 ||
           (fgt->adom_count == 1 &&
            topology->adoms.items[topology->memberships.items[fgt->first_adom].adom].narrowed);
}

/*
 * Adds the queries for the FortiGates whose VDOMs must be compared. `*ret_by_name` is false, and
 * there are none, if they are more than BY_NAME_MAX. False without memory.
 */
static bool add_fgts(struct closing *closing, bool *ret_by_name)
{
    const struct topology *topology = &closing->run->topology;
    size_t before = closing->queries.count;

    for (size_t i = 0; i < topology->fgts.count; i++) {
        const struct fgt *fgt = &topology->fgts.items[i];

        if (!fgt->is_fgt || !fgt->read || !is_placement_relevant(topology, fgt)) {
            continue;
        }
        if (closing->queries.count - before == BY_NAME_MAX) {
            closing->queries.count = before;
            *ret_by_name = false;
            return true;
        }
        if (!query_list_add(&closing->queries, (struct query){SUBJECT_FGT, i})) {
            return false;
        }
    }
    return true;
}

/* ---- the requests */

/* Writes the query for the ADOM table, the i-th of the request. */
static void write_adoms(struct closing *closing, size_t i)
{
    const struct rpc_param table = fmg_adom_table(closing->run->members_known);

    buffer_clear(&closing->batch.urls[i]);
    buffer_clear(&closing->batch.rests[i]);
    buffer_append_text(&closing->batch.urls[i], table.url);
    buffer_append_text(&closing->batch.rests[i], table.rest);
    closing->batch.params[i].fields = table.fields;
}

/* Appends a query to the request. */
static void write_query(struct closing *closing, const struct query *query)
{
    const struct fmg_run *run = closing->run;
    struct rpc_batch *batch = &closing->batch;
    const struct unit_list_reading *reading;
    size_t i = batch->count;

    switch (query->subject) {
    case SUBJECT_ADOMS:
        (void)fmg_rpc_batch_add(batch, "");
        write_adoms(closing, i);
        break;
    case SUBJECT_EMPTY:
        (void)fmg_rpc_batch_add(batch, RPC_COUNT_OPTION);
        fmg_table_url(run->topology.adoms.items[query->number].name, &batch->urls[i]);
        break;
    case SUBJECT_FGT:
        (void)fmg_rpc_batch_add(batch, DEVICE_REST);
        fmg_rpc_path(&batch->urls[i], "/dvmdb/device/",
                     run->topology.fgts.items[query->number].name, "");
        batch->params[i].fields = CLOSING_ROW_FIELDS;
        break;
    case SUBJECT_READING:
    default:
        reading = &closing->unit_lists->readings.items[query->number];
        if (reading->vdom != NULL) {
            fmg_device_database_add(batch, reading->fgt, reading->vdom, reading->unit_list.type,
                                    NULL);
        } else {
            (void)fmg_unit_list_add(run, &reading->unit_list,
                                    fmg_kinds[reading->unit_list.type].table, RPC_COUNT_OPTION ",",
                                    batch);
        }
    }
}

static int32_t take_answer(struct closing *closing, size_t i, struct failure *failure)
{
    const struct rpc_param *param = &closing->batch.params[i];
    struct topology *topology = &closing->run->topology;
    size_t number = closing->first[i].number;

    switch (closing->first[i].subject) {
    case SUBJECT_ADOMS: return fmg_closing_compare_adoms(closing->run, param, failure);
    case SUBJECT_EMPTY:
        return fmg_closing_compare_empty(closing->run, &topology->adoms.items[number], param,
                                         failure);
    case SUBJECT_FGT:
        return fmg_closing_compare_fgt(closing->run, &topology->fgts.items[number], param, failure);
    case SUBJECT_READING:
    default:
        closing->unit_lists->readings.items[number].count = fmg_rpc_count(param);
        return HECTOR_OK;
    }
}

/*
 * Sends a range of the queries; if there is no usable answer, in halves. If the answer is too large
 * with the members of the ADOMs, these are dropped from the query.
 */
static int32_t send_range(struct closing *closing, size_t first, size_t count,
                          struct failure *failure)
{
    struct fmg_run *run = closing->run;
    struct rpc_param *params = closing->batch.params + first;
    bool has_adoms = first == 0 && closing->first->subject == SUBJECT_ADOMS;
    int32_t code = fmg_rpc_batch_get(&closing->batch, first, count, failure);

    if (has_adoms && run->members_known && code == HECTOR_LIMIT &&
        failure->reason == REASON_reply_too_large) {
        run->members_known = false;
        write_adoms(closing, 0);
        fmg_rpc_release(params, count);
        code = fmg_rpc_batch_get(&closing->batch, first, count, failure);
    }
    if (count > 1 &&
        (code == HECTOR_DATA || (code == HECTOR_LIMIT && !failure_ends(code, failure)))) {
        fmg_rpc_release(params, count);
        operation_log(run->operation, HECTOR_LOG_DEBUG, "%zu closing queries in halves: %s", count,
                      message_slug(failure->reason));
        code = send_range(closing, first, count / 2, failure);
        return code == HECTOR_OK
                   ? send_range(closing, first + count / 2, count - count / 2, failure)
                   : code;
    }
    if (has_adoms && code == HECTOR_OK) {
        code = fmg_adom_table_repeat(run, params, failure);
    }
    for (size_t i = 0; code == HECTOR_OK && i < count; i++) {
        code = take_answer(closing, first + i, failure);
    }
    operation_progress(run->operation, PHASE_closing_queries, count, 0);
    fmg_rpc_release(params, count);
    return code;
}

/* Sends the queries, as many in one request as fit. */
static int32_t send_queries(struct closing *closing, struct failure *failure)
{
    struct rpc_batch *batch = &closing->batch;
    const struct query_list *queries = &closing->queries;
    int32_t code = HECTOR_OK;

    for (size_t sent = 0, count = 0; code == HECTOR_OK && sent < queries->count; sent += count) {
        closing->first = queries->items + sent;
        for (count = 0; count < CLOSING_URLS_MAX && sent + count < queries->count; count++) {
            write_query(closing, &closing->first[count]);
            if (count > 0 && batch->rests[count].state == BUFFER_FULL) {
                break;
            }
        }
        code = send_range(closing, 0, count, failure);
        fmg_rpc_batch_release(batch);
    }
    return code;
}

/* Sends all queries and marks what has changed. */
static int32_t query_all(struct closing *closing, struct failure *failure)
{
    struct fmg_run *run = closing->run;
    bool by_name = run->members_known; /* else the device tables show the VDOMs as well */

    if (!add_counts(closing) || (by_name && !add_fgts(closing, &by_name))) {
        return fail_memory(run->operation, failure);
    }
    operation_progress(run->operation, PHASE_closing_queries, 0, closing->queries.count);
    run->snapshot++;
    int32_t code = send_queries(closing, failure);
    return code != HECTOR_OK || (by_name && run->members_known)
               ? code
               : fmg_closing_compare_rows(closing->run, failure);
}

/* ---- reading again */

/* Marks the FortiGates of changed readings. */
static void mark_shifted(const struct unit_lists *unit_lists)
{
    const struct fmg_run *run = unit_lists->run;
    const struct fgt_list *fgts = &run->topology.fgts;
    struct fgt *fgt;

    for (size_t i = 0; i < fgts->count; i++) {
        fgts->items[i].shift = SHIFT_NONE;
    }
    for (size_t r = 0; r < unit_lists->readings.count; r++) {
        const struct unit_list_reading *reading = &unit_lists->readings.items[r];

        if (!fmg_closing_counts_differ(reading)) {
            continue;
        }
        if (reading->vdom != NULL) {
            fgt = fmg_topology_find_fgt(&run->topology, reading->fgt);
            fgt->shift = fgt->shift == SHIFT_NONE ? SHIFT_DATABASE : fgt->shift;
            continue;
        }
        for (size_t i = 0; (fgt = fmg_unit_list_fgt(run, &reading->unit_list, i)) != NULL; i++) {
            fgt->shift = SHIFT_TABLE;
        }
    }
}

/*
 * Whether a changed table, of either type, lists units of a FortiGate that this unit list
 * requested.
 */
static bool is_table_shifted(const struct fmg_run *run, const struct unit_list *unit_list)
{
    const struct fgt *fgt;
    size_t i = 0;

    while ((fgt = fmg_unit_list_fgt(run, unit_list, i)) != NULL && fgt->shift != SHIFT_TABLE) {
        i++;
    }
    return fgt != NULL;
}

/* A unit list of one FortiGate, to read its device databases and status cache again. */
static struct unit_list databases_of(const struct fmg_run *run,
                                     const struct unit_list_reading *reading)
{
    const struct fgt *fgt;
    struct unit_list unit_list = {.adom = reading->unit_list.adom,
                                  .type = reading->unit_list.type,
                                  .databases = true,
                                  .fgt_count = 1,
                                  .units = reading->rows};

    while ((fgt = fmg_unit_list_fgt(run, &unit_list, 0)) != NULL &&
           strcmp(fgt->name, reading->fgt) != 0) {
        unit_list.first++;
    }
    return unit_list;
}

/* Whether both are device databases of one FortiGate. They are adjacent: one per VDOM. */
static bool is_same_fgt(const struct unit_list_reading *a, const struct unit_list_reading *b)
{
    return a->vdom != NULL && b->vdom != NULL && a->unit_list.adom == b->unit_list.adom &&
           a->unit_list.type == b->unit_list.type && strcmp(a->fgt, b->fgt) == 0;
}

/*
 * Marks readings as superseded: those of changed ADOMs and, where one list has changed, all
 * readings that list units of its FortiGates, because units of both types may have moved there
 * while as many left. Stores in `ret` the unit lists to request again; changed ADOMs are planned
 * anew instead. Returns how many there are.
 */
static size_t supersede(struct unit_lists *unit_lists, struct unit_list *ret)
{
    const struct topology *topology = &unit_lists->run->topology;
    size_t count = 0;

    mark_shifted(unit_lists);
    for (size_t i = 0; i < unit_lists->readings.count; i++) {
        struct unit_list_reading *reading = &unit_lists->readings.items[i];
        bool changed = topology->adoms.items[reading->unit_list.adom].changed;
        bool table =
            is_table_shifted(unit_lists->run, &reading->unit_list); /* with its databases */
        bool database = reading->vdom != NULL &&
                        fmg_topology_find_fgt(topology, reading->fgt)->shift != SHIFT_NONE;

        if (reading->superseded || (!changed && !table && !database)) {
            continue;
        }
        reading->superseded = true;
        if (!changed && table && reading->vdom == NULL) {
            ret[count++] = reading->unit_list;
        } else if (!changed && !table && (i == 0 || !is_same_fgt(reading - 1, reading))) {
            ret[count++] = databases_of(unit_lists->run, reading);
        }
    }
    return count;
}

/*
 * Reads again the unit lists of changed ADOMs, including those that a device row has just revealed,
 * and the superseded ones.
 */
static int32_t read_unit_lists_again(struct unit_lists *unit_lists, struct failure *failure)
{
    struct unit_list *again = calloc(unit_lists->readings.count + 1, sizeof(*again));
    int32_t code;

    if (again == NULL) {
        return fail_memory(unit_lists->run->operation, failure);
    }
    size_t count = supersede(unit_lists, again);
    if ((code = fmg_unit_list_plan(&unit_lists->plan, true, failure)) == HECTOR_OK) {
        code = fmg_unit_list_plan_again(&unit_lists->plan, again, count, failure);
    }
    free(again);
    return code;
}

/* Reads again what has changed. Marks what cannot be read as incomplete. */
static int32_t read_again(struct unit_lists *unit_lists, struct failure *failure)
{
    struct fmg_run *run = unit_lists->run;
    int32_t code;

    repeat_reading(run->operation, HECTOR_LOG_WARNING,
                   "the FortiManager changed while it was read");
    inventory_read_again(run->inventory, true);
    if ((code = fmg_devices_read_changed(run, failure)) == HECTOR_OK &&
        (code = read_unit_lists_again(unit_lists, failure)) == HECTOR_OK) {
        code = fmg_unit_lists_settle(unit_lists, failure);
    }
    inventory_read_again(run->inventory, false);
    for (size_t i = 0; i < run->topology.adoms.count; i++) {
        run->topology.adoms.items[i].changed = run->topology.adoms.items[i].narrowed = false;
    }
    run->none_changed = false;
    return code;
}

/* ---- both passes */

/* Marks every scope as incomplete: without a closing request, nothing is known to be a snapshot. */
static int32_t fail_everything(struct fmg_run *run, const struct failure *why,
                               struct failure *failure)
{
    int32_t code = run->all_read ? fmg_scope_fail(run, SCOPE_NONE, why, failure) : HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < run->topology.adoms.count; i++) {
        const struct adom *adom = &run->topology.adoms.items[i];

        if (adom->wanted && !adom->outside) {
            code = fmg_scope_fail(run, adom->scope, why, failure);
        }
    }
    return code;
}

int32_t fmg_closing_settle(struct unit_lists *unit_lists, struct failure *failure)
{
    struct fmg_run *run = unit_lists->run;
    struct closing closing = {.unit_lists = unit_lists, .run = run, .batch.rpc = &run->rpc};
    int32_t code = HECTOR_OK;

    for (int pass = 1; code == HECTOR_OK && pass <= PASSES_MAX; pass++) {
        struct failure why;

        run->last_pass = pass == PASSES_MAX;
        code = query_all(&closing, &why);
        free(closing.queries.items);
        closing.queries = (struct query_list){0};
        if (failure_ends(code, &why)) {
            return fail_as(failure, &why);
        }
        if (code != HECTOR_OK) {
            return fail_everything(run, &why, failure);
        }
        if (run->last_pass) {
            code = fmg_closing_counts_check(unit_lists, failure);
            break;
        }
        bool changed = fmg_closing_counts_compare(unit_lists) || run->none_changed;
        for (size_t i = 0; !changed && i < run->topology.adoms.count; i++) {
            changed = run->topology.adoms.items[i].changed;
        }
        if (!changed) {
            break;
        }
        code = read_again(unit_lists, failure);
    }
    for (size_t i = 0; code == HECTOR_OK && i < run->topology.adoms.count; i++) {
        code = fmg_adom_expect(run, &run->topology.adoms.items[i], failure);
    }
    return code;
}
