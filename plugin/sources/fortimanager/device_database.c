/*
 * device_database.c - switches and access points from each FortiGate's own configuration database.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "device_database.h"

#include "kinds.h"
#include "json/json_read.h"

/* Tables of (FortiGate, VDOM) pairs for the next request. */
struct table_batch {
    struct unit_lists *unit_lists;
    const struct unit_list *unit_list;
    struct rpc_batch requests;
    const char *fgts[PACK_MAX], *vdoms[PACK_MAX];
    size_t most; /* limit of their number: 1 in the first batch */
    bool stopped;
};

void fmg_device_database_add(struct rpc_batch *batch, const char *fgt, const char *vdom,
                             enum device_type type, const char *fields)
{
    size_t i = fmg_rpc_batch_add(batch, fields != NULL ? "\"loadsub\":0" : RPC_COUNT_OPTION);

    fmg_rpc_path(&batch->urls[i], "/pm/config/device/", fgt, "/vdom/");
    fmg_rpc_path(&batch->urls[i], "", vdom, fortios_kinds[type].table);
    batch->params[i].fields = fields;
}

/* Marks the unit list as incomplete because the i-th database was not read. */
static int32_t fail_database(struct table_batch *batch, size_t i, const struct failure *why,
                             struct failure *failure)
{
    struct fmg_run *run = batch->unit_lists->run;
    struct failure unread;

    if (why->cause == HECTOR_PERMISSION) {
        (void)fmg_unit_lists_fail_answer(run, batch->unit_list, &batch->requests.params[i],
                                         &unread);
    } else {
        (void)fail(run->operation, &unread, REASON_roster_unread, why->detail,
                   ARGUMENTS(fmg_unit_list_adom(run, batch->unit_list)->name, batch->fgts[i]));
    }
    return fmg_unit_lists_incomplete(batch->unit_lists, batch->unit_list, &unread, failure);
}

/*
 * Imports one table. The device table lists the VDOM, so "does not exist" is a failure too: it does
 * not mean that there are no units.
 */
static int32_t take_table(struct table_batch *batch, size_t i, struct failure *failure)
{
    const struct rpc_param *param = &batch->requests.params[i];
    const struct unit_list_reading reading = {.unit_list = *batch->unit_list,
                                              .fgt = batch->fgts[i],
                                              .vdom = batch->vdoms[i],
                                              .rows = json_row_count(param->data)};
    struct failure why;

    if (fmg_rpc_table(batch->requests.rpc, param, &why) != HECTOR_OK) {
        return fail_database(batch, i, &why, failure);
    }
    int32_t code = fmg_unit_lists_note_reading(batch->unit_lists, &reading, failure);
    return code != HECTOR_OK ? code
                             : fmg_unit_lists_take_rows(batch->unit_lists, batch->unit_list,
                                                        reading.fgt, param->data, failure);
}

/*
 * Reads a range of the batch's tables; if they are too large for one answer, in halves. Another
 * failure ends the run, or the reading of this unit list's databases.
 */
static int32_t read_tables(struct table_batch *batch, size_t first, size_t count,
                           struct failure *failure)
{
    struct rpc_param *params = batch->requests.params + first;
    struct failure why;
    int32_t code = HECTOR_OK;

    if (count == 0 || batch->stopped) {
        return HECTOR_OK;
    }
    if (fmg_rpc_batch_get(&batch->requests, first, count, &why) != HECTOR_OK) {
        fmg_rpc_release(params, count);
        if (why.reason != REASON_reply_too_large || count == 1) {
            batch->stopped = true;
            return failure_ends(why.cause, &why)
                       ? fail_as(failure, &why)
                       : fmg_unit_lists_incomplete(batch->unit_lists, batch->unit_list, &why,
                                                   failure);
        }
        operation_log(batch->unit_lists->run->operation, HECTOR_LOG_DEBUG,
                      "%zu device databases in halves: %s", count, message_slug(why.reason));
        code = read_tables(batch, first, count / 2, failure);
        return code != HECTOR_OK
                   ? code
                   : read_tables(batch, first + count / 2, count - count / 2, failure);
    }
    for (size_t i = 0; code == HECTOR_OK && i < count && !batch->stopped; i++) {
        code = take_table(batch, first + i, failure);
        batch->stopped = batch->most == 1 && params[i].code == RPC_NO_PERMISSION;
    }
    operation_progress(batch->unit_lists->run->operation, PHASE_device_databases, count, 0);
    fmg_rpc_release(params, count);
    return code;
}

static int32_t read_batch(struct table_batch *batch, struct failure *failure)
{
    int32_t code = read_tables(batch, 0, batch->requests.count, failure);

    fmg_rpc_batch_release(&batch->requests);
    batch->most = PACK_MAX;
    return code;
}

static int32_t add_fgt(struct table_batch *batch, const struct fgt *fgt, struct failure *failure)
{
    const struct fmg_kind *kind = &fmg_kinds[batch->unit_list->type];
    bool older =
        kind->database_fields_old != NULL && !fmg_knows_switch_sn(batch->unit_lists->run->version);
    struct rpc_batch *requests = &batch->requests;
    struct vdom_cursor vdoms =
        fmg_vdoms_of(&batch->unit_lists->run->topology, fgt, batch->unit_list->adom);
    int32_t code;

    for (const char *vdom; fgt->is_fgt && (vdom = fmg_vdom_next(&vdoms)) != NULL;) {
        size_t i = requests->count;

        fmg_device_database_add(requests, fgt->name, vdom, batch->unit_list->type,
                                older ? kind->database_fields_old : kind->database_fields);
        batch->fgts[i] = fgt->name;
        batch->vdoms[i] = vdom;
        if (requests->count == batch->most && (code = read_batch(batch, failure)) != HECTOR_OK) {
            return code;
        }
    }
    return HECTOR_OK;
}

/* How many tables add_fgt() adds for the FortiGates of a unit list. */
static size_t tables_of(const struct fmg_run *run, const struct unit_list *unit_list)
{
    const struct fgt *fgt;
    size_t tables = 0;

    for (size_t i = 0; (fgt = fmg_unit_list_fgt(run, unit_list, i)) != NULL; i++) {
        struct vdom_cursor vdoms = fmg_vdoms_of(&run->topology, fgt, unit_list->adom);

        while (fgt->is_fgt && fmg_vdom_next(&vdoms) != NULL) {
            tables++;
        }
    }
    return tables;
}

void fmg_device_database_expect(const struct unit_lists *unit_lists)
{
    const struct fmg_run *run = unit_lists->run;
    size_t tables = 0;

    for (uint32_t i = 0; i < run->topology.adoms.count; i++) {
        const struct adom *adom = &run->topology.adoms.items[i];

        for (int type = FIREWALL; adom->wanted && !adom->outside && type < DEVICE_TYPE_COUNT;
             type++) {
            if (unit_lists->plan.unit_bytes[type] > 0 && adom->per_device[type]) {
                tables +=
                    tables_of(run, &(struct unit_list){.adom = i, .fgt_count = adom->fgts.count});
            }
        }
    }
    source_expect(run->operation, PHASE_device_databases, tables);
}

int32_t fmg_device_database_read(struct unit_lists *unit_lists, const struct unit_list *lists,
                                 size_t count, struct failure *failure)
{
    struct fmg_run *run = unit_lists->run;
    struct table_batch batch = {
        .unit_lists = unit_lists, .unit_list = lists, .requests = {.rpc = &run->rpc}, .most = 1};
    const struct fgt *fgt;
    size_t tables = 0;
    int32_t code = HECTOR_OK;

    for (size_t l = 0; l < count; l++) {
        tables += tables_of(run, &lists[l]);
    }
    source_expect(run->operation, PHASE_device_databases, tables);
    for (size_t l = 0; l < count; l++) {
        for (size_t i = 0;
             code == HECTOR_OK && (fgt = fmg_unit_list_fgt(run, &lists[l], i)) != NULL; i++) {
            code = add_fgt(&batch, fgt, failure);
        }
    }
    return code != HECTOR_OK ? code : read_batch(&batch, failure);
}
