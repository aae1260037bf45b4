/*
 * device_database.c - switches and access points from each FortiGate's own configuration database.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "device_database.h"

#include "envelope.h"
#include "unit_rows.h"
#include "json/json_read.h"

#define BATCH 32 /* tables in one request */

/*
 * A configuration has no status: only identifying fields are requested, so that no secrets come
 * along.
 */
#define SWITCH_FIELDS       "[\"name\",\"switch-id\",\"sn\",\"fsw-wan1-admin\"]"
#define SWITCH_FIELDS_OLD   "[\"name\",\"switch-id\",\"fsw-wan1-admin\"]" /* before 7.4.3 */
#define ACCESS_POINT_FIELDS "[\"name\",\"wtp-id\",\"admin\"]"

/* Tables of (FortiGate, VDOM) pairs for the next request. */
struct batch {
    struct unit_lists *unit_lists;
    const struct unit_list *unit_list;
    struct buffer urls[BATCH];
    const char *gates[BATCH], *vdoms[BATCH];
    size_t count, most; /* limit of count: 1 in the first batch */
    bool stopped;
};

void fmg_device_database_url(const char *gate, const char *vdom, enum device_type type,
                             struct buffer *out)
{
    buffer_append_text(out, "/pm/config/device/");
    fmg_rpc_escape(out, gate);
    buffer_append_text(out, "/vdom/");
    fmg_rpc_escape(out, vdom);
    buffer_append_text(out, type == SWITCH ? "/switch-controller/managed-switch"
                                           : "/wireless-controller/wtp");
}

static const char *fields_of(const struct batch *batch)
{
    const struct fmg_version *version = &batch->unit_lists->run->version;

    if (batch->unit_list->type == ACCESS_POINT) {
        return ACCESS_POINT_FIELDS;
    }
    return version->major == 0 || fmg_version_at_least(version, 7, 4, 3) ? SWITCH_FIELDS
                                                                         : SWITCH_FIELDS_OLD;
}

/* Marks the unit list as incomplete because a FortiGate's database was not read. */
static int32_t unread(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                      const char *gate, const struct failure *why, struct failure *reterr)
{
    const struct operation *operation = unit_lists->run->call->operation;
    const char *adom = unit_lists->run->topology.adoms[unit_list->adom].name;
    struct failure failure;

    if (why->cause == HECTOR_PERMISSION) {
        (void)fail(operation, &failure, HECTOR_PERMISSION, TEXT_roster_refused, why->detail,
                   ARGUMENTS(adom, text_template(operation->wording.language,
                                                 device_type_units(unit_list->type))));
    } else {
        (void)fail(operation, &failure, HECTOR_DATA, TEXT_roster_unread, why->detail,
                   ARGUMENTS(adom, gate));
    }
    return fmg_unit_lists_incomplete(unit_lists, unit_list, &failure, reterr);
}

/*
 * Imports one table. The device table lists the VDOM, so "does not exist" is a failure too: it does
 * not mean that there are no units.
 */
static int32_t take_table(struct batch *batch, const struct rpc_param *param, size_t i,
                          struct failure *reterr)
{
    const struct rpc *rpc = &batch->unit_lists->run->rpc;
    const char *gate = batch->gates[i];
    struct failure why;

    if (param->code == RPC_OK && json_is_table(param->data)) {
        const struct unit_list_reading reading = {.unit_list = *batch->unit_list,
                                                  .gate = gate,
                                                  .vdom = batch->vdoms[i],
                                                  .rows = fmg_unit_lists_row_count(param->data)};
        int32_t code = fmg_unit_lists_note_reading(batch->unit_lists, &reading, reterr);

        return code == HECTOR_OK ? fmg_unit_lists_take_rows(batch->unit_lists, batch->unit_list,
                                                            gate, param->data, reterr)
                                 : code;
    }
    if (param->code == RPC_OK) {
        (void)fmg_envelope_invalid(rpc, param->url, "no table", &why);
    } else {
        (void)fmg_rpc_fail(rpc, param, &why);
    }
    return unread(batch->unit_lists, batch->unit_list, gate, &why, reterr);
}

/* Handles a failed request: it ends the run, or the reading of this unit list's databases. */
static int32_t stop(struct batch *batch, const struct failure *failure, struct failure *reterr)
{
    batch->stopped = true;
    if (failure_ends(failure->cause, failure)) {
        *reterr = *failure;
        return failure->cause;
    }
    return fmg_unit_lists_incomplete(batch->unit_lists, batch->unit_list, failure, reterr);
}

/* Reads a range of the batch's tables; if they are too large for one answer, in halves. */
static int32_t read_tables(struct batch *batch, size_t first, size_t count, struct failure *reterr)
{
    struct rpc_param params[BATCH] = {0};
    struct failure failure;
    int32_t code;

    if (count == 0 || batch->stopped) {
        return HECTOR_OK;
    }
    for (size_t i = 0; i < count; i++) {
        params[i].url = buffer_text(&batch->urls[first + i]);
        params[i].fields = fields_of(batch);
        params[i].rest = "\"loadsub\":0";
    }
    code = fmg_rpc_get(&batch->unit_lists->run->rpc, params, count, &failure);
    if (code != HECTOR_OK) {
        fmg_rpc_release(params, count);
        if (failure.reason != TEXT_reply_too_large || count == 1) {
            return stop(batch, &failure, reterr);
        }
        code = read_tables(batch, first, count / 2, reterr);
        return code == HECTOR_OK ? read_tables(batch, first + count / 2, count - count / 2, reterr)
                                 : code;
    }
    for (size_t i = 0; code == HECTOR_OK && i < count && !batch->stopped; i++) {
        code = take_table(batch, &params[i], first + i, reterr);
        batch->stopped = batch->most == 1 && params[i].code == RPC_NO_PERMISSION;
    }
    operation_progress(batch->unit_lists->run->call->operation, PHASE_device_databases, count, 0);
    fmg_rpc_release(params, count);
    return code;
}

static int32_t flush(struct batch *batch, struct failure *reterr)
{
    int32_t code = read_tables(batch, 0, batch->count, reterr);

    for (size_t i = 0; i < batch->count; i++) {
        buffer_clear(&batch->urls[i]);
    }
    batch->count = 0;
    batch->most = BATCH;
    return code;
}

static int32_t add(struct batch *batch, const char *gate, const char *vdom, struct failure *reterr)
{
    struct buffer *url = &batch->urls[batch->count];
    int32_t code;

    fmg_device_database_url(gate, vdom, batch->unit_list->type, url);
    code = fail_buffer(batch->unit_lists->run->call->operation, reterr, url);
    if (code != HECTOR_OK) {
        return code;
    }
    batch->vdoms[batch->count] = vdom;
    batch->gates[batch->count++] = gate;
    return batch->count >= batch->most ? flush(batch, reterr) : HECTOR_OK;
}

static int32_t add_gate(struct batch *batch, const struct gate *gate, struct failure *reterr)
{
    const struct topology *topology = &batch->unit_lists->run->topology;
    int32_t code = HECTOR_OK;

    if (gate->ours && gate->first_vdom == STRMAP_NONE) {
        code = add(batch, gate->name, "root", reterr);
    }
    for (uint32_t v = gate->first_vdom; code == HECTOR_OK && gate->ours && v != STRMAP_NONE;
         v = topology->vdoms[v].next) {
        if (topology->vdoms[v].adom == STRMAP_NONE ||
            topology->vdoms[v].adom == batch->unit_list->adom) {
            code = add(batch, gate->name, topology->vdoms[v].name, reterr);
        }
    }
    return code;
}

/* How many tables add_gate() adds for a FortiGate in an ADOM. */
static size_t tables_of(const struct run *run, uint32_t adom, uint32_t number)
{
    const struct gate *gate = &run->topology.gates[number];
    size_t tables = gate->first_vdom == STRMAP_NONE ? 1 : 0;

    for (uint32_t v = gate->first_vdom; v != STRMAP_NONE; v = run->topology.vdoms[v].next) {
        tables += fmg_vdom_lies_in(&run->topology.vdoms[v], adom) ? 1 : 0;
    }
    return gate->ours ? tables : 0;
}

static void expect_tables(const struct run *run, size_t tables)
{
    if (tables > 0) {
        operation_progress(run->call->operation, PHASE_device_databases, 0, tables);
    }
}

void fmg_device_database_expect(const struct unit_lists *unit_lists)
{
    const struct run *run = unit_lists->run;
    size_t tables = 0;

    for (size_t i = 0; i < run->topology.adom_count; i++) {
        const struct adom *adom = &run->topology.adoms[i];

        for (int type = SWITCH; adom->wanted && !adom->outside && type <= ACCESS_POINT; type++) {
            for (size_t g = 0;
                 unit_lists->unit_bytes[type] > 0 && adom->per_device[type] && g < adom->gate_count;
                 g++) {
                tables += tables_of(run, (uint32_t)i, adom->gates[g]);
            }
        }
    }
    expect_tables(run, tables);
}

int32_t fmg_device_database_read(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                                 const uint32_t *gates, size_t count, struct failure *reterr)
{
    struct batch batch = {.unit_lists = unit_lists, .unit_list = unit_list, .most = 1};
    size_t tables = 0;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; i < count; i++) {
        tables += tables_of(unit_lists->run, unit_list->adom, gates[i]);
    }
    expect_tables(unit_lists->run, tables);
    for (size_t i = 0; i < BATCH; i++) {
        batch.urls[i] = BUFFER(KIB(2));
    }
    for (size_t i = 0; code == HECTOR_OK && i < count; i++) {
        code = add_gate(&batch, &unit_lists->run->topology.gates[gates[i]], reterr);
    }
    if (code == HECTOR_OK) {
        code = flush(&batch, reterr);
    }
    for (size_t i = 0; i < BATCH; i++) {
        buffer_release(&batch.urls[i]);
    }
    return code;
}
