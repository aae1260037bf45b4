/*
 * devices.c - reads the device tables to the end.
 * SPDX-License-Identifier: Apache-2.0
 *
 * /dvmdb/device shows the devices of all ADOMs that the account may see. An ADOM's own device table
 * is read instead if that table is refused or the setting `adoms` narrows the import, and in
 * addition if the ADOM lists a device that the table did not show.
 */
#include "devices.h"

#include "device_import.h"
#include "ha_members.h"
#include "host/repeat.h"
#include "system.h"
#include "table.h"

#define DEVICE_REST_META                                                                           \
    "\"sub fetch\":{\"vdom\":{\"fields\":[\"name\"]}},\"option\":[\"extra info\",\"get meta\"]"

/*
 * Requests the name through `rest`: `fields` would be dropped in a repeat, and a whole row contains
 * secrets.
 */
#define DEVICE_NAME "\"fields\":[\"name\"],\"loadsub\":0"

/*
 * Reads the device table of one ADOM, or of all ADOMs (NULL). `again`: its rows were read before
 * and are counted separately.
 */
static int32_t read_table(struct fmg_run *run, const char *adom, bool again,
                          struct failure *failure)
{
    struct device_import import = {.run = run, .adom = adom};
    struct buffer fields = fmg_fields_device(run->settings, run->status_refused);
    const struct table table = {.adom = adom,
                                .again = again,
                                .fields = buffer_text(&fields),
                                .rest =
                                    run->settings->meta_count > 0 ? DEVICE_REST_META : DEVICE_REST};
    int32_t code = fail_buffer(run->operation, failure, &fields);

    if (code == HECTOR_OK) {
        code = fmg_table_read(run, &table, fmg_device_import_row, &import, failure);
    }
    buffer_release(&fields);
    return code;
}

/*
 * Returns the failure if it ends the run. Else all scopes of the ADOM are incomplete: the
 * FortiGates whose units they list are unknown, and the device table also lists switches and access
 * points that are registered by themselves.
 */
static int32_t fail_adom(struct fmg_run *run, size_t number, const struct failure *why,
                         struct failure *failure)
{
    struct adom *adom = &run->topology.adoms.items[number];

    if (failure_ends(why->cause, why)) {
        return fail_as(failure, why);
    }
    adom->failed = true;
    return fmg_scope_fail(run, adom->scope, why, failure);
}

/* ---- each ADOM's own table */

/*
 * Reads an ADOM's table. If it is refused, the ADOM is outside of the account and no scope
 * (read_each_adom() fails if no ADOM answers).
 */
static int32_t read_adom(struct fmg_run *run, size_t number, struct failure *failure)
{
    struct failure why;
    int32_t code = read_table(run, run->topology.adoms.items[number].name, false, &why);

    if (code == HECTOR_PERMISSION) {
        run->topology.adoms.items[number].outside = true;
        return HECTOR_OK;
    }
    return code == HECTOR_OK ? HECTOR_OK : fail_adom(run, number, &why, failure);
}

/* Reports an ADOM without devices if the settings name it. */
static int32_t report_chosen(struct fmg_run *run, const struct adom *adom, enum message_id reason,
                             struct failure *failure)
{
    return run->settings->adoms != NULL
               ? inventory_problem(run->inventory,
                                   PROBLEM(SEVERITY_INFO, reason, adom->name, ARGUMENTS(adom->name),
                                           .scope = adom->scope),
                                   failure)
               : HECTOR_OK;
}

/* Withdraws the scopes of an ADOM outside of the account. */
static int32_t withdraw_outside(struct fmg_run *run, const struct adom *adom,
                                struct failure *failure)
{
    for (enum device_type type = FIREWALL; type < DEVICE_TYPE_COUNT; type++) {
        inventory_withdraw(run->inventory, adom->scope, type);
    }
    return report_chosen(run, adom, REASON_adom_outside, failure);
}

/*
 * Whether the table of a wanted ADOM is read: it lists a member, members are unknown, or the
 * settings name ADOMs.
 */
static bool is_asked(const struct fmg_run *run, const struct adom *adom)
{
    return adom->wanted && ((!run->members_known && adom->listed) || adom->fgts.count > 0 ||
                            run->settings->adoms != NULL);
}

static int32_t read_each_adom(struct fmg_run *run, struct failure *failure)
{
    size_t devices = 0, asked = 0, failed = 0, outside = 0;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; run->members_known && i < run->topology.adoms.count; i++) {
        const struct adom *adom = &run->topology.adoms.items[i];

        devices += adom->wanted ? adom->fgts.count : 0;
    }
    operation_progress(run->operation, PHASE_devices, 0, devices);
    for (size_t i = 0; i < run->topology.adoms.count; i++) {
        if (!is_asked(run, &run->topology.adoms.items[i])) {
            continue;
        }
        if ((code = read_adom(run, i, failure)) != HECTOR_OK) {
            return code;
        }
        asked++;
        failed += run->topology.adoms.items[i].failed ? 1 : 0;
        outside += run->topology.adoms.items[i].outside ? 1 : 0;
    }
    /* None asked: the table of all ADOMs was refused, and no ADOM lists a member. */
    if (asked == failed + outside && (outside > 0 || asked == 0)) {
        return fail(run->operation, failure, REASON_devices_refused, NULL,
                    ARGUMENTS(run->settings->origin));
    }
    for (size_t i = 0; code == HECTOR_OK && i < run->topology.adoms.count; i++) {
        struct adom *adom = &run->topology.adoms.items[i];

        if (adom->outside) {
            code = withdraw_outside(run, adom, failure);
        } else if (is_asked(run, adom) && !adom->failed && adom->fgts.count == 0) {
            adom->empty = true;
            code = report_chosen(run, adom, REASON_adom_empty, failure);
        }
    }
    return code;
}

/* ---- the table of all ADOMs */

static int32_t read_all(struct fmg_run *run, struct failure *failure)
{
    struct failure why;
    int32_t code = read_table(run, NULL, false, &why);

    if (code == HECTOR_OK) {
        run->all_read = true;
        return HECTOR_OK;
    }
    if (code == HECTOR_PERMISSION && run->adoms_known) {
        run->none_refused = true;
        return read_each_adom(run, failure);
    }
    /* Without an expected scope to mark as incomplete, the failure is that of the run. */
    if (failure_ends(code, &why) || inventory_complete(run->inventory)) {
        return fail_as(failure, &why);
    }
    for (size_t i = 0; i < run->topology.adoms.count; i++) {
        if (run->topology.adoms.items[i].wanted &&
            (code = fail_adom(run, i, &why, failure)) != HECTOR_OK) {
            return code;
        }
    }
    return inventory_expects(run->inventory, SCOPE_NONE, FIREWALL)
               ? fmg_scope_fail(run, SCOPE_NONE, &why, failure)
               : HECTOR_OK;
}

/*
 * Reads the table of all ADOMs for devices in no ADOM, which no ADOM's table shows. A refusal only
 * means that they are outside of the account.
 */
static int32_t read_rest(struct fmg_run *run, struct failure *failure)
{
    struct failure why;
    int32_t code = read_table(run, NULL, true, &why);

    run->all_read = code == HECTOR_OK;
    run->none_refused = code == HECTOR_PERMISSION;
    if (run->all_read || run->none_refused) {
        return HECTOR_OK;
    }
    return failure_ends(code, &why) ? fail_as(failure, &why)
                                    : fmg_scope_fail(run, SCOPE_NONE, &why, failure);
}

/* ---- members that no table showed */

static bool members_missing(const struct fmg_run *run, const struct adom *adom)
{
    for (size_t i = 0; i < adom->fgts.count; i++) {
        const struct fgt *fgt = &run->topology.fgts.items[adom->fgts.items[i]];

        if (!fgt->read && !fgt->gone) {
            return true;
        }
    }
    return false;
}

/*
 * Asks for missing members by name. Only "does not exist" proves that a device has gone since the
 * ADOM listed it; it is then no FortiGate of this run. `*ret_name` is one that still exists; NULL =
 * none. Beyond GONE_MAX, devices count as existing.
 */
static int32_t ask_missing(struct fmg_run *run, const struct adom *adom, const char **ret_name,
                           struct failure *failure)
{
    struct rpc_batch batch = {.rpc = &run->rpc};
    struct fgt *missing[GONE_MAX] = {NULL};

    *ret_name = NULL;
    for (size_t i = 0; i < adom->fgts.count; i++) {
        struct fgt *fgt = &run->topology.fgts.items[adom->fgts.items[i]];

        if (fgt->read || fgt->gone) {
            continue;
        }
        if (batch.count == GONE_MAX) {
            *ret_name = fgt->name;
            break;
        }
        size_t number = fmg_rpc_batch_add(&batch, DEVICE_NAME);
        fmg_rpc_path(&batch.urls[number], "/dvmdb/device/", fgt->name, "");
        missing[number] = fgt;
    }
    int32_t code = fmg_rpc_batch_get(&batch, 0, batch.count, failure);
    for (size_t i = 0; code == HECTOR_OK && i < batch.count; i++) {
        struct fgt *fgt = missing[i];

        /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): there are batch.count of them */
        fgt->gone = batch.params[i].code == RPC_NOT_FOUND && !fmg_name_damaged(fgt->name);
        fgt->is_fgt = fgt->is_fgt && !fgt->gone;
        *ret_name = fgt->gone ? *ret_name : fgt->name;
    }
    fmg_rpc_batch_release(&batch);
    return code;
}

/*
 * Reads an ADOM's own table because a member that it lists is missing. DATA (device_missing) if a
 * member is missing there as well and still exists.
 */
static int32_t seek_members(struct fmg_run *run, size_t number, struct failure *failure)
{
    const struct adom *adom = &run->topology.adoms.items[number];
    const char *name;

    repeat_reading(run->operation, HECTOR_LOG_INFO, "the device table lacks members of an ADOM");
    int32_t code = read_table(run, adom->name, true, failure);
    adom = &run->topology.adoms.items[number];
    if (code != HECTOR_OK || (code = ask_missing(run, adom, &name, failure)) != HECTOR_OK ||
        name == NULL) {
        return code;
    }
    return fail(run->operation, failure, REASON_device_missing, NULL, ARGUMENTS(adom->name, name));
}

static int32_t seek_missing(struct fmg_run *run, struct failure *failure)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < run->topology.adoms.count; i++) {
        const struct adom *adom = &run->topology.adoms.items[i];
        struct failure why;

        if (adom->wanted && !adom->outside && !adom->failed && members_missing(run, adom) &&
            seek_members(run, i, &why) != HECTOR_OK) {
            code = fail_adom(run, i, &why, failure);
        }
    }
    return code;
}

/* ---- ADOMs that device rows name */

/*
 * Takes the answer of an ADOM's device table, which was asked for its count because a device row
 * names the ADOM although it lists no device or is not in the ADOM table. If it is refused or does
 * not exist, the ADOM is outside of the account.
 */
static int32_t take_count(struct fmg_run *run, size_t number, const struct rpc_param *param,
                          struct failure *failure)
{
    struct adom *adom = &run->topology.adoms.items[number];
    struct failure why;

    if (param->code == RPC_OK) {
        return read_adom(run, number, failure);
    }
    if ((param->code == RPC_NO_PERMISSION || param->code == RPC_NOT_FOUND) &&
        !fmg_name_damaged(adom->name)) {
        adom->outside = true;
        return withdraw_outside(run, adom, failure);
    }
    (void)fmg_rpc_fail(&run->rpc, param, &why);
    return fail_adom(run, number, &why, failure);
}

/*
 * Asks up to PACK_MAX such ADOMs. `*ret_asked`: there were any; their devices may name further
 * ADOMs.
 */
static int32_t ask_some_named(struct fmg_run *run, bool *ret_asked, struct failure *failure)
{
    struct rpc_batch batch = {.rpc = &run->rpc};
    size_t numbers[PACK_MAX] = {0};
    struct failure why;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; i < run->topology.adoms.count && batch.count < PACK_MAX; i++) {
        struct adom *adom = &run->topology.adoms.items[i];

        if (adom->wanted && adom->named_by_row && !adom->asked) {
            size_t added = fmg_rpc_batch_add(&batch, RPC_COUNT_OPTION);

            adom->asked = true;
            fmg_table_url(adom->name, &batch.urls[added]);
            numbers[added] = i;
        }
    }
    *ret_asked = batch.count > 0;
    bool answered = fmg_rpc_batch_get(&batch, 0, batch.count, &why) == HECTOR_OK;
    for (size_t i = 0; code == HECTOR_OK && i < batch.count; i++) {
        code = answered ? take_count(run, numbers[i], &batch.params[i], failure)
                        : fail_adom(run, numbers[i], &why, failure);
    }
    fmg_rpc_batch_release(&batch);
    return code;
}

static int32_t ask_named(struct fmg_run *run, struct failure *failure)
{
    bool asked = true;
    int32_t code = HECTOR_OK;

    while (code == HECTOR_OK && asked) {
        code = ask_some_named(run, &asked, failure);
    }
    return code;
}

/* ---- all device tables */

/*
 * Seeks what the tables lack. Expects the scopes that will be read, or they would have no coverage
 * status.
 */
static int32_t end_devices(struct fmg_run *run, struct failure *failure)
{
    int32_t code;

    if ((code = seek_missing(run, failure)) != HECTOR_OK ||
        (code = fmg_ha_members_ask(run, failure)) != HECTOR_OK) {
        return code;
    }
    for (size_t i = 0; code == HECTOR_OK && i < run->topology.adoms.count; i++) {
        code = fmg_adom_expect(run, &run->topology.adoms.items[i], failure);
    }
    return code;
}

int32_t fmg_devices_read(struct fmg_run *run, struct failure *failure)
{
    bool narrowed = run->settings->adoms != NULL;
    bool each = narrowed || (run->adoms_known && !run->members_known);
    int32_t code;

    if ((code = each ? read_each_adom(run, failure) : read_all(run, failure)) != HECTOR_OK ||
        (each && !narrowed && (code = read_rest(run, failure)) != HECTOR_OK) ||
        (!each && (code = ask_named(run, failure)) != HECTOR_OK) ||
        (run->all_read && (code = fmg_scope_expect(run, SCOPE_NONE, failure)) != HECTOR_OK)) {
        return code;
    }
    return end_devices(run, failure);
}

int32_t fmg_devices_read_changed(struct fmg_run *run, struct failure *failure)
{
    struct topology *topology = &run->topology;
    struct failure why;
    int32_t code;

    /* For all ADOMs before the first is read: a FortiGate may have VDOMs in several. */
    for (size_t i = 0; i < topology->adoms.count; i++) {
        const struct adom *adom = &topology->adoms.items[i];

        for (size_t g = 0; adom->changed && g < adom->fgts.count; g++) {
            fmg_fgt_forget(&topology->fgts.items[adom->fgts.items[g]]);
        }
    }
    for (size_t i = 0; i < topology->adoms.count; i++) {
        if (!topology->adoms.items[i].changed) {
            continue;
        }
        code = read_table(run, topology->adoms.items[i].name, false, &why);
        topology->adoms.items[i].empty =
            code == HECTOR_OK && topology->adoms.items[i].fgts.count == 0;
        if (code != HECTOR_OK && (code = fail_adom(run, i, &why, failure)) != HECTOR_OK) {
            return code;
        }
    }
    if ((run->none_changed && (code = read_rest(run, failure)) != HECTOR_OK) ||
        (run->members_known && (code = ask_named(run, failure)) != HECTOR_OK)) {
        return code;
    }
    return end_devices(run, failure);
}
