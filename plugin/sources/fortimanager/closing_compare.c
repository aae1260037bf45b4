/*
 * closing_compare.c - compares ADOMs and devices with what was read of them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "closing_compare.h"

#include <string.h>

#include "device_row.h"
#include "devices.h"
#include "envelope.h"
#include "system.h"
#include "table.h"
#include "json/json_read.h"

/* ---- what has changed */

/* Marks an ADOM, or the devices in no ADOM (NULL), as incomplete. */
static int32_t fail_changed(struct fmg_run *run, const struct adom *adom, struct failure *failure)
{
    const char *what =
        adom != NULL ? adom->name : operation_text(run->operation, LABEL_label_no_adom);
    struct failure why;

    (void)fail(run->operation, &why, REASON_changed_meanwhile, NULL,
               ARGUMENTS(what, run->settings->origin));
    return fmg_scope_fail(run, adom != NULL ? adom->scope : SCOPE_NONE, &why, failure);
}

/*
 * Marks an ADOM, or the devices in no ADOM (NULL), to be read again or, in the last pass, as
 * incomplete, if they are a scope of this run.
 */
static int32_t note_changed(struct fmg_run *run, struct adom *adom, struct failure *failure)
{
    if (adom != NULL ? !adom->wanted || adom->outside : !run->all_read) {
        return HECTOR_OK;
    }
    if (run->last_pass) {
        return fail_changed(run, adom, failure);
    }
    if (adom != NULL) {
        adom->changed = true;
        adom->empty = false;
    } else {
        run->none_changed = true;
    }
    return HECTOR_OK;
}

/* Calls note_changed() for each ADOM of a device. */
static int32_t note_fgt_changed(struct fmg_run *run, const struct fgt *fgt, struct failure *failure)
{
    struct topology *topology = &run->topology;
    uint32_t i = fgt->first_adom;
    int32_t code = i == STRMAP_NONE ? note_changed(run, NULL, failure) : HECTOR_OK;

    for (; code == HECTOR_OK && i != STRMAP_NONE; i = topology->memberships.items[i].next) {
        code =
            note_changed(run, &topology->adoms.items[topology->memberships.items[i].adom], failure);
    }
    return code;
}

/*
 * Whether a row is the device that was read: same oid, and its serial or that of a cluster member.
 */
static bool is_same(const struct fgt *fgt, struct json_object *row)
{
    const char *sn = json_member_text(row, "sn");
    int64_t oid = fmg_row_number(row, "oid");

    if (oid > 0 && fgt->oid > 0 && oid != fgt->oid) {
        return false;
    }
    return sn == NULL || fgt->sn == NULL || strcmp(sn, fgt->sn) == 0 || fmg_fgt_has_serial(fgt, sn);
}

/* ---- the ADOM table */

static int32_t compare_member(struct fmg_run *run, const struct adom *adom,
                              struct json_object *member, struct failure *failure)
{
    const char *name = json_member_text(member, "name");

    if (name == NULL) {
        return HECTOR_OK;
    }
    const struct fgt *fgt = fmg_topology_find_fgt(&run->topology, name);
    bool changed = fgt == NULL || fmg_topology_membership(&run->topology, fgt, adom) == NULL ||
                   !is_same(fgt, member);
    int32_t code = fmg_adom_member(run, adom->name, member, failure);
    fgt = fmg_topology_find_fgt(&run->topology, name);
    return code == HECTOR_OK && changed && fgt != NULL ? note_fgt_changed(run, fgt, failure) : code;
}

/* Removes members that the previous ADOM table listed and this one does not. */
static int32_t find_gone_members(struct fmg_run *run, struct adom *adom, struct failure *failure)
{
    struct topology *topology = &run->topology;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < adom->fgts.count;) {
        struct fgt *fgt = &topology->fgts.items[adom->fgts.items[i]];
        uint32_t seen = fmg_topology_membership(topology, fgt, adom)->snapshot;

        if (seen == 0 || seen == run->snapshot) {
            i++;
            continue;
        }
        fmg_topology_leave(topology, fgt, adom);
        code = note_changed(run, adom, failure);
        if (code == HECTOR_OK && fgt->first_adom == STRMAP_NONE) {
            code = note_changed(run, NULL, failure);
        }
    }
    return code;
}

/* The ADOM that had this oid before the closing request; NULL if there is none. */
static const struct adom *find_adom_by_oid(const struct topology *topology, int64_t oid)
{
    for (size_t i = 0; oid > 0 && i < topology->adoms.count; i++) {
        if (topology->adoms.items[i].oid_was == oid) {
            return &topology->adoms.items[i];
        }
    }
    return NULL;
}

/*
 * Whether `adom` (may be NULL) is another one than a row of its name with this oid shows. `before`
 * is the ADOM that had the oid; it only matters if the oid of `adom` is unknown.
 */
static bool is_other_adom(const struct adom *adom, const struct adom *before, int64_t oid)
{
    if (adom == NULL || !adom->listed) {
        return true;
    }
    return adom->oid > 0 ? oid > 0 && adom->oid != oid : before != NULL;
}

/* Adds an ADOM that is new or has a new name: it is read as if it had changed. */
static int32_t add_adom(struct fmg_run *run, const char *name, int64_t oid, struct failure *failure)
{
    struct adom *adom = fmg_topology_adom(&run->topology, name);

    if (adom == NULL) {
        return fail_memory(run->operation, failure);
    }
    /* Read before the table listed it: its name was damaged, or the settings name it. */
    bool was_read = !adom->listed && adom->oid == 0 && (adom->fgts.count > 0 || adom->empty);
    adom->wanted = fmg_adom_wanted(run->settings, name);
    adom->listed = true;
    adom->oid = oid;
    return was_read ? HECTOR_OK : note_changed(run, adom, failure);
}

static int32_t compare_adom(struct fmg_run *run, struct json_object *row, struct failure *failure)
{
    struct topology *topology = &run->topology;
    int64_t oid = fmg_row_number(row, "oid");
    const struct adom *before = find_adom_by_oid(topology, oid);
    struct json_object *devices = fmg_adom_devices(row);
    const char *name = device_name(json_member_text(row, "name"));
    int32_t code;

    if (name == NULL) {
        return fmg_envelope_invalid(&run->rpc, ADOM_TABLE, "an ADOM without a usable name",
                                    failure);
    }
    if (fmg_name_damaged(name)) {
        /* Ignored before as well, or it had an intact name: find_gone_adoms() misses that. */
        if (before == NULL || fmg_name_damaged(before->name)) {
            return HECTOR_OK;
        }
        name = before->name;
    }
    struct adom *adom = fmg_topology_find_adom(topology, name);
    if (is_other_adom(adom, before, oid)) {
        if ((code = add_adom(run, name, oid, failure)) != HECTOR_OK) {
            return code;
        }
        adom = fmg_topology_find_adom(topology, name);
    }
    adom->snapshot = run->snapshot;
    adom->named = adom->named || devices != NULL;
    code = fmg_adom_flags(row, adom) ? note_changed(run, adom, failure) : HECTOR_OK;
    for (size_t i = 0; code == HECTOR_OK && i < json_count(devices); i++) {
        code = compare_member(run, adom, json_element(devices, i), failure);
    }
    return code;
}

/* Finds ADOMs that are no longer listed: renamed, removed, or hidden from the account. */
static int32_t find_gone_adoms(struct fmg_run *run, struct failure *failure)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < run->topology.adoms.count; i++) {
        struct adom *adom = &run->topology.adoms.items[i];

        if (adom->listed && adom->snapshot != run->snapshot) {
            adom->listed = adom->changed = false;
            if (adom->wanted && !adom->outside) {
                code = fail_changed(run, adom, failure);
            }
            adom->wanted = false; /* no more requests for it */
        } else if (run->members_known) {
            code = find_gone_members(run, adom, failure);
        }
    }
    return code;
}

int32_t fmg_closing_compare_adoms(struct fmg_run *run, const struct rpc_param *param,
                                  struct failure *failure)
{
    const struct rpc *rpc = &run->rpc;
    struct topology *topology = &run->topology;
    int32_t code = HECTOR_OK;

    if (param->code != RPC_OK) {
        return fmg_rpc_fail(rpc, param, failure);
    }
    if (json_count(param->data) == 0) { /* a FortiManager always has an ADOM */
        return fmg_envelope_invalid(rpc, ADOM_TABLE, "no ADOM", failure);
    }
    for (size_t i = 0; i < topology->adoms.count; i++) {
        struct adom *adom = &topology->adoms.items[i];

        adom->oid_was = adom->listed ? adom->oid : 0;
    }
    for (size_t i = 0; code == HECTOR_OK && i < json_count(param->data); i++) {
        code = compare_adom(run, json_element(param->data, i), failure);
    }
    return code == HECTOR_OK ? find_gone_adoms(run, failure) : code;
}

/* ---- device tables */

/* Reads the device table of an ADOM, or of all ADOMs (NULL). */
static int32_t read_rows(struct fmg_run *run, const char *adom, table_row *take, void *context,
                         struct failure *failure)
{
    const struct table table = {
        .adom = adom, .again = true, .fields = CLOSING_ROW_FIELDS, .rest = DEVICE_REST};

    return fmg_table_read(run, &table, take, context, failure);
}

/* Counts rows (a table_row, context: int64_t). */
static int32_t count_row(void *context, struct json_object *row, struct failure *failure)
{
    (void)row;
    (void)failure;
    ++*(int64_t *)context;
    return HECTOR_OK;
}

int32_t fmg_closing_compare_empty(struct fmg_run *run, struct adom *adom,
                                  const struct rpc_param *param, struct failure *failure)
{
    int64_t count = fmg_rpc_count(param);
    struct failure why;
    int32_t code;

    if (param->code == RPC_NO_PERMISSION || param->code == RPC_NOT_FOUND) {
        if (adom->empty) { /* it was readable before */
            return fail_changed(run, adom, failure);
        }
        adom->outside = true;
        return HECTOR_OK;
    }
    adom->empty = false;
    if (count == COUNT_NONE) {
        count = 0;
        code = read_rows(run, adom->name, count_row, &count, &why);
        if (code != HECTOR_OK) {
            return failure_ends(code, &why) ? fail_as(failure, &why)
                                            : fmg_scope_fail(run, adom->scope, &why, failure);
        }
    }
    adom->empty = count == 0;
    return count > 0 ? note_changed(run, adom, failure) : HECTOR_OK;
}

/* ---- rows of devices */

/* The ADOM that a row of a device or VDOM names; NULL if none. */
static const char *named_adom(struct json_object *row)
{
    return json_member_text(json_member_object(row, "extra info"), "adom");
}

/* Whether one of the rows `vdoms` is a VDOM that was read, in the same ADOM. */
static bool shows_vdom(const struct topology *topology, const struct fmg_vdom *vdom,
                       struct json_object *vdoms)
{
    for (size_t i = 0; i < json_count(vdoms); i++) {
        struct json_object *row = json_element(vdoms, i);
        const char *adom = named_adom(row);

        if (json_member_is(row, "name", vdom->name) &&
            (adom == NULL || vdom->adom == STRMAP_NONE ||
             strcmp(adom, topology->adoms.items[vdom->adom].name) == 0)) {
            return true;
        }
    }
    return false;
}

/* Whether a row has the VDOMs that were read, each in the same ADOM. */
static bool has_same_vdoms(const struct topology *topology, const struct fgt *fgt,
                           struct json_object *vdoms)
{
    size_t count = 0;

    for (uint32_t v = fgt->first_vdom; v != STRMAP_NONE; v = topology->vdoms.items[v].next) {
        if (!shows_vdom(topology, &topology->vdoms.items[v], vdoms)) {
            return false;
        }
        count++;
    }
    return fgt->vdoms_damaged || count == json_count(vdoms);
}

/* Marks an ADOM as changed if a row places a device in it that was no member. Both may be NULL. */
static int32_t compare_place(struct fmg_run *run, const struct fgt *fgt, const char *adom_name,
                             struct failure *failure)
{
    struct topology *topology = &run->topology;
    struct adom *adom = fmg_topology_find_adom(topology, adom_name);

    return adom == NULL || (fgt != NULL && fmg_topology_membership(topology, fgt, adom) != NULL)
               ? HECTOR_OK
               : note_changed(run, adom, failure);
}

/* The device table of an ADOM, or of all ADOMs (NULL). */
struct compared_table {
    struct fmg_run *run;
    const char *adom;
};

/* Compares a row with what was read (a table_row, context: struct compared_table). */
static int32_t compare_row(void *context, struct json_object *row, struct failure *failure)
{
    const struct compared_table *table = context;
    struct fmg_run *run = table->run;
    struct topology *topology = &run->topology;
    struct json_object *vdoms = json_member_array(row, "vdom");
    const char *name = json_member_text(row, "name");
    bool vdoms_differ;

    if (name == NULL) {
        return HECTOR_OK;
    }
    struct fgt *fgt = fmg_topology_find_fgt(topology, name);
    vdoms_differ =
        fgt == NULL || (fgt->is_fgt && vdoms != NULL && !has_same_vdoms(topology, fgt, vdoms));
    int32_t code = compare_place(run, fgt, table->adom, failure);
    if (code == HECTOR_OK) {
        code = compare_place(run, fgt, named_adom(row), failure);
    }
    for (size_t i = 0; code == HECTOR_OK && vdoms_differ && i < json_count(vdoms); i++) {
        code = compare_place(run, fgt, named_adom(json_element(vdoms, i)), failure);
    }
    if (code != HECTOR_OK || fgt == NULL) {
        return code != HECTOR_OK ? code : note_changed(run, NULL, failure);
    }
    fgt->snapshot = run->snapshot;
    return vdoms_differ || !is_same(fgt, row) ? note_fgt_changed(run, fgt, failure) : HECTOR_OK;
}

int32_t fmg_closing_compare_fgt(struct fmg_run *run, const struct fgt *fgt,
                                const struct rpc_param *param, struct failure *failure)
{
    return param->code == RPC_OK && json_object_is_type(param->data, json_type_object)
               ? compare_row(&(struct compared_table){run, NULL}, param->data, failure)
               : note_fgt_changed(run, fgt, failure); /* it is gone or renamed */
}

int32_t fmg_closing_compare_rows(struct fmg_run *run, struct failure *failure)
{
    const struct topology *topology = &run->topology;
    int32_t code = HECTOR_OK;

    if (run->all_read) {
        code = read_rows(run, NULL, compare_row, &(struct compared_table){run, NULL}, failure);
    }
    for (size_t i = 0; code == HECTOR_OK && !run->all_read && i < topology->adoms.count; i++) {
        const struct adom *adom = &topology->adoms.items[i];

        if (adom->wanted && !adom->outside && !adom->failed &&
            (adom->fgts.count > 0 || adom->empty || !run->members_known)) {
            code = read_rows(run, adom->name, compare_row,
                             &(struct compared_table){run, adom->name}, failure);
        }
    }
    /* devices whose rows were read and that no longer exist */
    for (size_t i = 0; code == HECTOR_OK && i < topology->fgts.count; i++) {
        if (topology->fgts.items[i].read && topology->fgts.items[i].snapshot != run->snapshot) {
            code = note_fgt_changed(run, &topology->fgts.items[i], failure);
        }
    }
    return code;
}
