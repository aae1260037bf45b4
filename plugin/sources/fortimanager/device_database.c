/*
 * device_database.c - switches and access points from each FortiGate's own configuration database.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "device_database.h"

#include "envelope.h"
#include "unit_rows.h"
#include "json/json_read.h"

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
    struct buffer urls[PACK_MAX];
    const char *fgts[PACK_MAX], *vdoms[PACK_MAX];
    size_t count, most; /* limit of count: 1 in the first batch */
    bool stopped;
};

void fmg_device_database_url(const char *fgt, const char *vdom, enum device_type type,
                             struct buffer *out)
{
    buffer_append_text(out, "/pm/config/device/");
    fmg_rpc_escape(out, fgt);
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
static int32_t database_unread(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                               const char *fgt, const struct failure *why, struct failure *failure)
{
    const struct operation *operation = unit_lists->run->operation;
    const char *adom = unit_lists->run->topology.adoms[unit_list->adom].name;
    struct failure unread;

    if (why->cause == HECTOR_PERMISSION) {
        (void)fail(operation, &unread, REASON_roster_refused, why->detail,
                   ARGUMENTS(adom, message_template(operation->wording.language,
                                                    device_type_units(unit_list->type))));
    } else {
        (void)fail(operation, &unread, REASON_roster_unread, why->detail, ARGUMENTS(adom, fgt));
    }
    return fmg_unit_lists_incomplete(unit_lists, unit_list, &unread, failure);
}

/*
 * Imports one table. The device table lists the VDOM, so "does not exist" is a failure too: it does
 * not mean that there are no units.
 */
static int32_t take_table(struct batch *batch, const struct rpc_param *param, size_t i,
                          struct failure *failure)
{
    const struct rpc *rpc = &batch->unit_lists->run->rpc;
    const char *fgt = batch->fgts[i];
    struct failure why;

    if (param->code == RPC_OK && json_is_table(param->data)) {
        const struct unit_list_reading reading = {.unit_list = *batch->unit_list,
                                                  .fgt = fgt,
                                                  .vdom = batch->vdoms[i],
                                                  .rows = fmg_unit_lists_row_count(param->data)};
        int32_t code = fmg_unit_lists_note_reading(batch->unit_lists, &reading, failure);

        return code == HECTOR_OK ? fmg_unit_lists_take_rows(batch->unit_lists, batch->unit_list,
                                                            fgt, param->data, failure)
                                 : code;
    }
    if (param->code == RPC_OK) {
        (void)fmg_envelope_invalid(rpc, param->url, "no table", &why);
    } else {
        (void)fmg_rpc_fail(rpc, param, &why);
    }
    return database_unread(batch->unit_lists, batch->unit_list, fgt, &why, failure);
}

/* Handles a failed request: it ends the run, or the reading of this unit list's databases. */
static int32_t stop(struct batch *batch, const struct failure *why, struct failure *failure)
{
    batch->stopped = true;
    if (failure_ends(why->cause, why)) {
        *failure = *why;
        return why->cause;
    }
    return fmg_unit_lists_incomplete(batch->unit_lists, batch->unit_list, why, failure);
}

/* Reads a range of the batch's tables; if they are too large for one answer, in halves. */
static int32_t read_tables(struct batch *batch, size_t first, size_t count, struct failure *failure)
{
    struct rpc_param params[PACK_MAX] = {0};
    struct failure why;
    int32_t code;

    if (count == 0 || batch->stopped) {
        return HECTOR_OK;
    }
    for (size_t i = 0; i < count; i++) {
        params[i].url = buffer_text(&batch->urls[first + i]);
        params[i].fields = fields_of(batch);
        params[i].rest = "\"loadsub\":0";
    }
    code = fmg_rpc_get(&batch->unit_lists->run->rpc, params, count, &why);
    if (code != HECTOR_OK) {
        fmg_rpc_release(params, count);
        if (why.reason != REASON_reply_too_large || count == 1) {
            return stop(batch, &why, failure);
        }
        code = read_tables(batch, first, count / 2, failure);
        return code == HECTOR_OK ? read_tables(batch, first + count / 2, count - count / 2, failure)
                                 : code;
    }
    for (size_t i = 0; code == HECTOR_OK && i < count && !batch->stopped; i++) {
        code = take_table(batch, &params[i], first + i, failure);
        batch->stopped = batch->most == 1 && params[i].code == RPC_NO_PERMISSION;
    }
    operation_progress(batch->unit_lists->run->operation, PHASE_device_databases, count, 0);
    fmg_rpc_release(params, count);
    return code;
}

static int32_t flush(struct batch *batch, struct failure *failure)
{
    int32_t code = read_tables(batch, 0, batch->count, failure);

    for (size_t i = 0; i < batch->count; i++) {
        buffer_clear(&batch->urls[i]);
    }
    batch->count = 0;
    batch->most = PACK_MAX;
    return code;
}

static int32_t add(struct batch *batch, const char *fgt, const char *vdom, struct failure *failure)
{
    struct buffer *url = &batch->urls[batch->count];
    int32_t code;

    fmg_device_database_url(fgt, vdom, batch->unit_list->type, url);
    code = fail_buffer(batch->unit_lists->run->operation, failure, url);
    if (code != HECTOR_OK) {
        return code;
    }
    batch->vdoms[batch->count] = vdom;
    batch->fgts[batch->count++] = fgt;
    return batch->count >= batch->most ? flush(batch, failure) : HECTOR_OK;
}

static int32_t add_fgt(struct batch *batch, const struct fgt *fgt, struct failure *failure)
{
    const struct topology *topology = &batch->unit_lists->run->topology;
    int32_t code = HECTOR_OK;

    if (fgt->is_fgt && fgt->first_vdom == STRMAP_NONE) {
        code = add(batch, fgt->name, "root", failure);
    }
    for (uint32_t v = fgt->first_vdom; code == HECTOR_OK && fgt->is_fgt && v != STRMAP_NONE;
         v = topology->vdoms[v].next) {
        if (topology->vdoms[v].adom == STRMAP_NONE ||
            topology->vdoms[v].adom == batch->unit_list->adom) {
            code = add(batch, fgt->name, topology->vdoms[v].name, failure);
        }
    }
    return code;
}

/* How many tables add_fgt() adds for a FortiGate in an ADOM. */
static size_t tables_of(const struct fmg_run *run, uint32_t adom, uint32_t number)
{
    const struct fgt *fgt = &run->topology.fgts[number];
    size_t tables = fgt->first_vdom == STRMAP_NONE ? 1 : 0;

    for (uint32_t v = fgt->first_vdom; v != STRMAP_NONE; v = run->topology.vdoms[v].next) {
        tables += fmg_vdom_lies_in(&run->topology.vdoms[v], adom) ? 1 : 0;
    }
    return fgt->is_fgt ? tables : 0;
}

static void expect_tables(const struct fmg_run *run, size_t tables)
{
    if (tables > 0) {
        operation_progress(run->operation, PHASE_device_databases, 0, tables);
    }
}

void fmg_device_database_expect(const struct unit_lists *unit_lists)
{
    const struct fmg_run *run = unit_lists->run;
    size_t tables = 0;

    for (size_t i = 0; i < run->topology.adom_count; i++) {
        const struct adom *adom = &run->topology.adoms[i];

        for (int type = SWITCH; adom->wanted && !adom->outside && type <= ACCESS_POINT; type++) {
            for (size_t g = 0;
                 unit_lists->unit_bytes[type] > 0 && adom->per_device[type] && g < adom->fgt_count;
                 g++) {
                tables += tables_of(run, (uint32_t)i, adom->fgts[g]);
            }
        }
    }
    expect_tables(run, tables);
}

int32_t fmg_device_database_read(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                                 const uint32_t *fgts, size_t count, struct failure *failure)
{
    struct batch batch = {.unit_lists = unit_lists, .unit_list = unit_list, .most = 1};
    size_t tables = 0;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; i < count; i++) {
        tables += tables_of(unit_lists->run, unit_list->adom, fgts[i]);
    }
    expect_tables(unit_lists->run, tables);
    for (size_t i = 0; i < PACK_MAX; i++) {
        batch.urls[i] = BUFFER(FMG_URL_MAX);
    }
    for (size_t i = 0; code == HECTOR_OK && i < count; i++) {
        code = add_fgt(&batch, &unit_lists->run->topology.fgts[fgts[i]], failure);
    }
    if (code == HECTOR_OK) {
        code = flush(&batch, failure);
    }
    for (size_t i = 0; i < PACK_MAX; i++) {
        buffer_release(&batch.urls[i]);
    }
    return code;
}
