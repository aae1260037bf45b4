/*
 * closing.c - whether everything that a run has read is one snapshot of the FortiManager.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Builds and sends the closing request. closing_compare.c and closing_counts.c take the answers;
 * closing_again.c reads again what has changed.
 */
#include "closing.h"

#include "closing_again.h"
#include "closing_compare.h"
#include "closing_counts.h"
#include "device_database.h"
#include "devices.h"
#include "system.h"
#include "unit_lists.h"
#include "json/json_read.h"

/* What a query of the closing request is about: the ADOM table, a reading, an ADOM, a device. */
enum subject { SUBJECT_ADOMS, SUBJECT_READING, SUBJECT_EMPTY, SUBJECT_FGT };

struct query {
    enum subject subject;
    size_t number; /* index in readings, ADOMs or devices, by subject */
    struct buffer url, rest;
};

struct closing {
    struct unit_lists *unit_lists;
    struct fmg_run *run;
    struct comparison comparison;

    /* the request being built */
    struct query queries[CLOSING_URLS_MAX];
    struct rpc_param params[CLOSING_URLS_MAX]; /* of the queries */
    size_t count, left;                        /* queries; bytes left for their `rest` */
};

/* ---- sending */

static int32_t take_answer(struct closing *closing, size_t i, struct failure *failure)
{
    const struct rpc_param *param = &closing->params[i];
    struct topology *topology = &closing->run->topology;
    size_t number = closing->queries[i].number;

    switch (closing->queries[i].subject) {
    case SUBJECT_ADOMS: return fmg_closing_compare_adoms(&closing->comparison, param, failure);
    case SUBJECT_EMPTY:
        return fmg_closing_compare_empty(&closing->comparison, &topology->adoms.items[number],
                                         param, failure);
    case SUBJECT_FGT:
        return fmg_closing_compare_fgt(&closing->comparison, &topology->fgts.items[number], param,
                                       failure);
    case SUBJECT_READING:
    default:
        closing->unit_lists->readings.items[number].count = fmg_rpc_count(param);
        return HECTOR_OK;
    }
}

/*
 * Drops the ADOMs' members from the request if the answer with them was too large; returns whether
 * it did.
 */
static bool drop_members(struct closing *closing, const struct failure *failure)
{
    if (closing->queries[0].subject != SUBJECT_ADOMS || failure->reason != REASON_reply_too_large ||
        !closing->run->members_known) {
        return false;
    }
    closing->run->members_known = false;
    closing->params[0] = fmg_adom_table(false);
    return true;
}

/* Repeats the query for the ADOM table if it was empty: there is always one ADOM. */
static int32_t repeat_adoms(struct closing *closing, struct failure *failure)
{
    struct rpc_param *param = &closing->params[0];

    if (closing->queries[0].subject != SUBJECT_ADOMS || param->code != RPC_OK ||
        json_count(param->data) > 0) {
        return HECTOR_OK;
    }
    closing->run->operation->repeats++;
    fmg_rpc_release(param, 1);
    return fmg_rpc_get(&closing->run->rpc, param, 1, failure);
}

/* Sends a range of the queries; if there is no usable answer, in halves. */
static int32_t send_range(struct closing *closing, size_t first, size_t count,
                          struct failure *failure)
{
    struct rpc_param *params = closing->params + first;
    int32_t code = fmg_rpc_get(&closing->run->rpc, params, count, failure);

    if (code == HECTOR_LIMIT && first == 0 && drop_members(closing, failure)) {
        fmg_rpc_release(params, count);
        code = fmg_rpc_get(&closing->run->rpc, params, count, failure);
    }
    if (count > 1 &&
        (code == HECTOR_DATA || (code == HECTOR_LIMIT && !failure_ends(code, failure)))) {
        fmg_rpc_release(params, count);
        code = send_range(closing, first, count / 2, failure);
        return code == HECTOR_OK
                   ? send_range(closing, first + count / 2, count - count / 2, failure)
                   : code;
    }
    if (code == HECTOR_OK && first == 0) {
        code = repeat_adoms(closing, failure);
    }
    for (size_t i = 0; code == HECTOR_OK && i < count; i++) {
        code = take_answer(closing, first + i, failure);
    }
    operation_progress(closing->run->operation, PHASE_closing_queries, count, 0);
    fmg_rpc_release(params, count);
    return code;
}

static void release_queries(struct closing *closing)
{
    for (size_t i = 0; i < closing->count; i++) {
        buffer_release(&closing->queries[i].url);
        buffer_release(&closing->queries[i].rest);
    }
    closing->count = 0;
    closing->left = REQUEST_BODY_MAX;
}

static int32_t send_queries(struct closing *closing, struct failure *failure)
{
    int32_t code = closing->count > 0 ? send_range(closing, 0, closing->count, failure) : HECTOR_OK;

    release_queries(closing);
    return code;
}

/* ---- building */

/* Writes a query and returns its param, still without URL and rest where `query` has them. */
static struct rpc_param write_query(const struct closing *closing, struct query *query)
{
    const struct fmg_run *run = closing->run;
    const struct unit_list_reading *reading;

    switch (query->subject) {
    case SUBJECT_ADOMS: return fmg_adom_table(run->members_known);
    case SUBJECT_EMPTY:
        fmg_devices_url(run->topology.adoms.items[query->number].name, &query->url);
        buffer_append_text(&query->rest, RPC_COUNT_OPTION);
        break;
    case SUBJECT_FGT:
        fmg_device_url(run->topology.fgts.items[query->number].name, &query->url);
        buffer_append_text(&query->rest, DEVICE_REST);
        return (struct rpc_param){.fields = CLOSING_ROW_FIELDS};
    case SUBJECT_READING:
    default:
        reading = &closing->unit_lists->readings.items[query->number];
        if (reading->vdom != NULL) {
            fmg_device_database_url(reading->fgt, reading->vdom, reading->unit_list.type,
                                    &query->url);
            buffer_append_text(&query->rest, RPC_COUNT_OPTION);
        } else {
            fmg_unit_list_url(run, &reading->unit_list,
                              fmg_unit_list_table(reading->unit_list.type), &query->url);
            fmg_unit_list_scope(run, &reading->unit_list, RPC_COUNT_OPTION ",", &query->rest);
        }
    }
    return (struct rpc_param){0};
}

/* Adds a query to the request; sends the queries before it if there is no room for one more. */
static int32_t add_query(struct closing *closing, enum subject subject, size_t number,
                         struct failure *failure)
{
    struct query query = {subject, number, BUFFER(FMG_URL_MAX), BUFFER(REQUEST_BODY_MAX)};
    struct rpc_param param = write_query(closing, &query);
    int32_t code;

    if ((code = fail_buffer(closing->run->operation, failure, &query.url)) != HECTOR_OK ||
        (code = fail_buffer(closing->run->operation, failure, &query.rest)) != HECTOR_OK) {
        goto fail;
    }
    if (closing->count == CLOSING_URLS_MAX || query.rest.size > closing->left) {
        code = send_queries(closing, failure);
        if (code != HECTOR_OK) {
            goto fail;
        }
    }
    if (subject != SUBJECT_ADOMS) {
        param.url = buffer_text(&query.url);
        param.rest = buffer_text(&query.rest);
    }
    closing->params[closing->count] = param;
    closing->queries[closing->count++] = query;
    closing->left -= query.rest.size;
    return HECTOR_OK;
fail:
    buffer_release(&query.url);
    buffer_release(&query.rest);
    return code;
}

/* Whether to ask how many devices an ADOM has: this run reads it, and it lists none. */
static bool is_asked_for_count(const struct fmg_run *run, const struct adom *adom)
{
    return run->members_known && adom->listed && adom->wanted && !adom->outside &&
           adom->failure == NULL && adom->fgts.count == 0;
}

/* ADOMs with unit lists that were requested by names of FortiGates and VDOMs, not as a whole. */
static void find_narrowed(const struct unit_lists *unit_lists)
{
    struct topology *topology = &unit_lists->run->topology;

    for (size_t i = 0; i < topology->adoms.count; i++) {
        topology->adoms.items[i].narrowed = false;
    }
    for (size_t i = 0; i < unit_lists->readings.count; i++) {
        const struct unit_list *unit_list = &unit_lists->readings.items[i].unit_list;
        struct adom *adom = &topology->adoms.items[unit_list->adom];

        if (!unit_lists->readings.items[i].superseded &&
            (!unit_list->whole || adom->per_device[unit_list->type])) {
            adom->narrowed = true;
        }
    }
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
    for (uint32_t m = fgt->first_adom; m != STRMAP_NONE; m = topology->memberships.items[m].next) {
        if (topology->memberships.items[m].next != STRMAP_NONE ||
            topology->adoms.items[topology->memberships.items[m].adom].narrowed) {
            return true;
        }
    }
    return false;
}

/*
 * Finds the FortiGates whose VDOMs must be compared. Returns how many there are; BY_NAME_MAX + 1:
 * more than `ret` can hold.
 */
static size_t find_fgts(const struct unit_lists *unit_lists, size_t ret[static BY_NAME_MAX])
{
    const struct topology *topology = &unit_lists->run->topology;
    size_t count = 0;

    find_narrowed(unit_lists);
    for (size_t i = 0; i < topology->fgts.count && count <= BY_NAME_MAX; i++) {
        const struct fgt *fgt = &topology->fgts.items[i];

        if (fgt->is_fgt && fgt->read && is_placement_relevant(topology, fgt)) {
            if (count < BY_NAME_MAX) {
                ret[count] = i;
            }
            count++;
        }
    }
    return count;
}

/* Number of queries, without those for FortiGates by name. */
static size_t count_queries(const struct closing *closing)
{
    const struct fmg_run *run = closing->run;
    size_t count = run->adoms_known ? 1 : 0;

    for (size_t i = 0; i < closing->unit_lists->readings.count; i++) {
        count += closing->unit_lists->readings.items[i].superseded ? 0 : 1;
    }
    for (size_t i = 0; i < run->topology.adoms.count; i++) {
        count += is_asked_for_count(run, &run->topology.adoms.items[i]) ? 1 : 0;
    }
    return count;
}

/* Adds the queries for the ADOM table, the readings and the ADOMs without devices. */
static int32_t add_counts(struct closing *closing, struct failure *failure)
{
    const struct fmg_run *run = closing->run;
    int32_t code = run->adoms_known ? add_query(closing, SUBJECT_ADOMS, 0, failure) : HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < closing->unit_lists->readings.count; i++) {
        if (!closing->unit_lists->readings.items[i].superseded) {
            code = add_query(closing, SUBJECT_READING, i, failure);
        }
    }
    for (size_t i = 0; code == HECTOR_OK && i < run->topology.adoms.count; i++) {
        if (is_asked_for_count(run, &run->topology.adoms.items[i])) {
            code = add_query(closing, SUBJECT_EMPTY, i, failure);
        }
    }
    return code;
}

/* Sends one closing request, in as many parts as needed, and marks what has changed. */
static int32_t query_all(struct closing *closing, struct failure *failure)
{
    struct fmg_run *run = closing->run;
    bool by_name = run->members_known; /* else the device tables show the VDOMs as well */
    size_t fgts[BY_NAME_MAX], fgt_count;
    int32_t code;

    operation_progress(run->operation, PHASE_closing_queries, 0, count_queries(closing));
    run->snapshot++;
    code = add_counts(closing, failure);
    if (code == HECTOR_OK && by_name) {
        fgt_count = find_fgts(closing->unit_lists, fgts);
        by_name = fgt_count <= BY_NAME_MAX;
        operation_progress(run->operation, PHASE_closing_queries, 0,
                           closing->count + (by_name ? fgt_count : 0));
        for (size_t i = 0; code == HECTOR_OK && by_name && i < fgt_count; i++) {
            code = add_query(closing, SUBJECT_FGT, fgts[i], failure);
        }
    }
    if (code != HECTOR_OK || (code = send_queries(closing, failure)) != HECTOR_OK ||
        (code = fmg_closing_compare_uncounted(&closing->comparison, failure)) != HECTOR_OK) {
        return code;
    }
    return by_name && run->members_known ? HECTOR_OK
                                         : fmg_closing_compare_rows(&closing->comparison, failure);
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
    struct closing closing = {
        .unit_lists = unit_lists, .run = run, .comparison.run = run, .left = REQUEST_BODY_MAX};
    int32_t code = HECTOR_OK;

    for (int pass = 1; code == HECTOR_OK && pass <= PASSES_MAX; pass++) {
        struct failure why;

        closing.comparison.last = pass == PASSES_MAX;
        code = query_all(&closing, &why);
        release_queries(&closing);
        if (failure_ends(code, &why)) {
            *failure = why;
            return code;
        }
        if (code != HECTOR_OK) {
            return fail_everything(run, &why, failure);
        }
        if (closing.comparison.last) {
            code = fmg_closing_counts_check(unit_lists, failure);
            break;
        }
        code = fmg_closing_counts_compare(unit_lists, failure);
        if (code != HECTOR_OK || !fmg_closing_again_needed(unit_lists)) {
            break;
        }
        code = fmg_closing_again_read(unit_lists, failure);
    }
    for (size_t i = 0; code == HECTOR_OK && i < run->topology.adoms.count; i++) {
        code = fmg_adom_expect(run, &run->topology.adoms.items[i], failure);
    }
    return code;
}
