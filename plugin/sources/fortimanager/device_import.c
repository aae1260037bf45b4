/*
 * device_import.c - one row of the device table into the topology and the inventory.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "device_import.h"
#include "device_row.h"
#include "envelope.h"
#include "run.h"
#include "system.h"
#include "json/json_read.h"

static bool usable_name(const char *name)
{
    return name != NULL && *name != '\0' && strlen(name) <= NAME_MAX_BYTES;
}

/* The ADOM that a row names; NULL if none. FortiManager writes "???" for no ADOM. */
static const char *adom_of(struct json_object *object)
{
    const char *adom = json_member_text(json_member_object(object, "extra info"), "adom");

    return usable_name(adom) && strcmp(adom, "???") != 0 ? adom : NULL;
}

/* Adds a device to an ADOM. `adom` may be NULL. */
static int32_t note_adom(struct fmg_run *run, const char *fgt, const char *adom,
                         struct failure *failure)
{
    struct adom *noted = adom != NULL ? fmg_topology_find_adom(&run->topology, adom) : NULL;
    size_t members = noted != NULL ? noted->fgts.count : 0;

    if (adom == NULL) {
        return HECTOR_OK;
    }
    if (!fmg_topology_join(&run->topology, fgt, adom)) {
        return fail_memory(run->operation, failure);
    }
    noted = fmg_topology_find_adom(&run->topology, adom);
    noted->wanted = fmg_adom_wanted(run->settings, adom);
    if (run->snapshot > 1 && noted->fgts.count > members && !noted->outside) {
        /* The device has joined an ADOM whose unit lists were already read. */
        noted->changed = noted->wanted;
        noted->empty = false;
        noted->per_device[SWITCH] = noted->per_device[SWITCH] || !noted->listed;
        noted->per_device[ACCESS_POINT] = noted->per_device[ACCESS_POINT] || !noted->listed;
    }
    return HECTOR_OK;
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorts texts and joins them by ", "; stops before the first that does not fit. */
static void join(const char **texts, size_t count, char *out, size_t capacity)
{
    size_t size = 0;

    out[0] = '\0';
    if (count == 0) {
        return;
    }
    qsort(texts, count, sizeof(*texts), compare_texts);
    for (size_t i = 0; i < count && size + strlen(texts[i]) + 2 < capacity; i++) {
        size += (size_t)snprintf(out + size, capacity - size, "%s%s", i > 0 ? ", " : "", texts[i]);
    }
}

/*
 * Notes an ADOM that a row names ("extra info"). If the ADOM table listed the ADOM's members, this
 * device has joined since: add it. Any other ADOM must be asked before it is a scope of this run:
 * it may be outside of the account, or new.
 */
static int32_t note_named_adom(struct fmg_run *run, const char *fgt, const char *adom,
                               struct failure *failure)
{
    struct adom *named = adom != NULL ? fmg_topology_find_adom(&run->topology, adom) : NULL;

    if (adom == NULL || !run->members_known || (named != NULL && named->named)) {
        return note_adom(run, fgt, adom, failure);
    }
    named = fmg_topology_adom(&run->topology, adom);
    if (named == NULL) {
        return fail_memory(run->operation, failure);
    }
    named->wanted = fmg_adom_wanted(run->settings, adom);
    named->named_by_row = !named->asked;
    return HECTOR_OK;
}

/*
 * Whether VDOMs of a device that was read before are still missing: true if none of them is in the
 * ADOM whose table is being read. A table may show only the VDOMs of its ADOM.
 */
static bool lacks_vdoms(const struct device_import *device_import, const struct fgt *fgt)
{
    const struct topology *topology = &device_import->run->topology;
    const struct adom *read =
        device_import->adom != NULL ? fmg_topology_find_adom(topology, device_import->adom) : NULL;
    uint32_t i = fgt->first_vdom;

    if (read == NULL) {
        return false;
    }
    while (i != STRMAP_NONE &&
           topology->vdoms.items[i].adom != (uint32_t)(read - topology->adoms.items)) {
        i = topology->vdoms.items[i].next;
    }
    return i == STRMAP_NONE;
}

/* Notes the VDOMs of a row, with the ADOM of each if it is reported: they may be in several. */
static int32_t note_vdoms(struct device_import *device_import, const struct device_row *row,
                          bool fresh, struct failure *failure)
{
    struct fmg_run *run = device_import->run;
    bool lacking =
        !fresh && lacks_vdoms(device_import, fmg_topology_find_fgt(&run->topology, row->name));
    struct json_object *vdoms = json_member_array(row->json, "vdom");
    const char *names[ADOMS_SHOWN_MAX];
    size_t count = 0;

    for (size_t i = 0; i < json_count(vdoms); i++) {
        struct json_object *vdom = json_element(vdoms, i);
        const char *name = json_member_text(vdom, "name"), *adom = adom_of(vdom);
        int32_t code;

        if (!usable_name(name) || fmg_name_damaged(name)) {
            fmg_topology_find_fgt(&run->topology, row->name)->vdoms_damaged = true;
            continue;
        }
        if (count < ADOMS_SHOWN_MAX) {
            names[count++] = name;
        }
        code = note_named_adom(run, row->name, adom, failure);
        if (code != HECTOR_OK) {
            return code;
        }
        if ((fresh || (lacking && adom != NULL && strcmp(adom, device_import->adom) == 0)) &&
            !fmg_topology_add_vdom(&run->topology, row->name, name, adom)) {
            return fail_memory(run->operation, failure);
        }
        code = fmg_run_room(run, device_import->table_bytes, failure);
        if (code != HECTOR_OK) {
            return code;
        }
    }
    join(names, count, device_import->vdoms, sizeof(device_import->vdoms));
    return HECTOR_OK;
}

/*
 * Stores the serials that may manage the FortiGate's units: its own and those of its cluster
 * members.
 */
static int32_t note_serials(struct fmg_run *run, struct device_row *row, struct failure *failure)
{
    const char *serials[MANAGERS_MAX], *joined;
    char texts[MANAGERS_MAX][SERIAL_MAX + 1], all[MANAGERS_MAX * (SERIAL_MAX + 2)];
    struct device unit;
    size_t count = 0;

    for (size_t i = 0; i < row->unit_count; i++) {
        const char *serial = fmg_device_row_unit(row, i, run->settings, &unit);

        if (count < MANAGERS_MAX && device_serial_valid(serial)) {
            utf8_copy(texts[count], sizeof(texts[count]), serial, strlen(serial));
            serials[count] = texts[count];
            count++;
        }
    }
    join(serials, count, all, sizeof(all));
    joined = fmg_topology_keep(&run->topology, all);
    if (joined == NULL) {
        return fail_memory(run->operation, failure);
    }
    fmg_topology_find_fgt(&run->topology, row->name)->serials = joined;
    return HECTOR_OK;
}

/* Adds the row's device to the topology. */
static int32_t note_fgt(struct device_import *device_import, struct device_row *row,
                        struct failure *failure)
{
    struct fmg_run *run = device_import->run;
    struct fgt *fgt = fmg_topology_fgt(&run->topology, row->name);
    bool fresh;
    int64_t number;
    int32_t code;

    if (fgt == NULL) {
        return fail_memory(run->operation, failure);
    }
    fresh = !fgt->read;
    if ((code = note_adom(run, row->name, device_import->adom, failure)) != HECTOR_OK ||
        (code = note_named_adom(run, row->name, adom_of(row->json), failure)) != HECTOR_OK ||
        (code = note_vdoms(device_import, row, fresh, failure)) != HECTOR_OK ||
        (code = note_serials(run, row, failure)) != HECTOR_OK) {
        return code;
    }
    fgt = fmg_topology_find_fgt(&run->topology, row->name);
    fgt->read = true;
    fgt->reading = device_import->run->device_readings;
    fgt->is_fgt = fgt->is_fgt || row->type == FIREWALL; /* its ADOM may report it */
    fgt->connected = row->connected;
    fgt->counts = row->deployed;
    fgt->sn = fmg_topology_keep(&run->topology, row->serial);
    if (fgt->sn == NULL) {
        return fail_memory(run->operation, failure);
    }
    if (json_member_integer(row->json, "oid", &number) && number > 0) {
        fgt->oid = number;
    }
    if (json_member_integer(row->json, "fsw_cnt", &number) && number > 0 &&
        number < FGT_UNITS_MAX) {
        fgt->switches = (uint32_t)number;
    }
    if (json_member_integer(row->json, "fap_cnt", &number) && number > 0 &&
        number < FGT_UNITS_MAX) {
        fgt->access_points = (uint32_t)number;
    }
    return HECTOR_OK;
}

/*
 * Returns the device's scope: the ADOM whose table is being read, else its first wanted ADOM.
 * Writes all its ADOMs to device_import->adoms.
 */
static const char *place(struct device_import *device_import, const struct fgt *fgt)
{
    const struct adom *adoms[ADOMS_SHOWN_MAX];
    const char *names[ADOMS_SHOWN_MAX], *scope = SCOPE_NONE;
    const struct adom *read =
        device_import->adom != NULL
            ? fmg_topology_find_adom(&device_import->run->topology, device_import->adom)
            : NULL;
    size_t count = fgt != NULL ? fmg_topology_adoms_of(&device_import->run->topology, fgt, adoms,
                                                       ADOMS_SHOWN_MAX)
                               : 0;

    for (size_t i = 0; i < count && i < ADOMS_SHOWN_MAX; i++) {
        names[i] = adoms[i]->name;
        if (adoms[i]->wanted && strcmp(scope, SCOPE_NONE) == 0) {
            scope = adoms[i]->scope;
        }
    }
    join(names, count < ADOMS_SHOWN_MAX ? count : ADOMS_SHOWN_MAX, device_import->adoms,
         sizeof(device_import->adoms));
    return read != NULL ? read->scope : scope;
}

/*
 * Expects the row's scope for its type, also for a device without a usable name. The device's ADOMs
 * are scopes of its type or, for a FortiGate, of all types.
 */
static int32_t expect_scopes(struct fmg_run *run, const struct fgt *fgt, const char *scope,
                             enum device_type row_type, struct failure *failure)
{
    const struct topology *topology = &run->topology;
    int32_t code;

    for (enum device_type type = FIREWALL; type < DEVICE_TYPE_COUNT; type++) {
        if (!run->settings->device_types[type] || (type != row_type && row_type != FIREWALL)) {
            continue;
        }
        if (type == row_type &&
            (code = inventory_expect(run->inventory, scope, row_type, failure)) != HECTOR_OK) {
            return code;
        }
        for (uint32_t i = fgt != NULL ? fgt->first_adom : STRMAP_NONE; i != STRMAP_NONE;
             i = topology->memberships.items[i].next) {
            const struct adom *adom = &topology->adoms.items[topology->memberships.items[i].adom];

            if (adom->wanted && !adom->outside &&
                (code = inventory_expect(run->inventory, adom->scope, type, failure)) !=
                    HECTOR_OK) {
                return code;
            }
        }
    }
    return HECTOR_OK;
}

/*
 * Handles a FortiGate without a usable name, which cannot be requested: its units are only read
 * with those of the whole ADOM. Marks the switches and access points of its ADOM as incomplete.
 */
static int32_t end_nameless(struct device_import *device_import, const struct device_row *row,
                            struct failure *failure)
{
    struct fmg_run *run = device_import->run;
    const char *name = device_import->adom != NULL ? device_import->adom : adom_of(row->json);
    const struct adom *adom = name != NULL ? fmg_topology_find_adom(&run->topology, name) : NULL;
    const char *scope = adom != NULL ? adom->scope : SCOPE_NONE;
    struct failure why;
    int32_t code;

    if (row->type != FIREWALL || (adom != NULL && (!adom->wanted || adom->outside))) {
        return HECTOR_OK;
    }
    (void)fmg_envelope_invalid(&run->rpc, "/dvmdb/device", "a FortiGate without a usable name",
                               &why);
    for (enum device_type type = SWITCH; type <= ACCESS_POINT; type++) {
        if (run->settings->device_types[type] &&
            ((code = inventory_expect(run->inventory, scope, type, failure)) != HECTOR_OK ||
             (code = inventory_end_scope(run->inventory, scope, type, &why, failure)) !=
                 HECTOR_OK)) {
            return code;
        }
    }
    return HECTOR_OK;
}

static int32_t take_unit(struct device_import *device_import, struct device_row *row, size_t i,
                         const char *scope, struct failure *failure)
{
    struct fmg_run *run = device_import->run;
    struct device device;
    const char *serial = fmg_device_row_unit(row, i, run->settings, &device);

    if (!fmg_device_row_has_unit(row, i)) {
        return HECTOR_OK;
    }
    if (row->skip != SKIP_NONE) {
        return inventory_skip(run->inventory,
                              &(struct inventory_row){row->type, scope, row->skip, row->name,
                                                      device_serial_valid(serial) ? serial : NULL},
                              failure);
    }
    if (!device_serial_valid(serial)) {
        return inventory_skip(
            run->inventory,
            &(struct inventory_row){row->type, scope, SKIP_serial_unusable, device.title, NULL},
            failure);
    }
    device.scope = scope;
    device_set_text(&device, ATTRIBUTE_adom, device_import->adoms);
    device_set_text(&device, ATTRIBUTE_vdoms, device_import->vdoms);
    return inventory_record(run->inventory, &device, failure);
}

/*
 * Records all units of a row. A firewall that lacks members makes the row's scope and the scopes of
 * its ADOMs incomplete.
 */
static int32_t take_units(struct device_import *device_import, struct device_row *row,
                          const char *scope, const struct failure *missing, struct failure *failure)
{
    struct fmg_run *run = device_import->run;
    const struct adom *adoms[ADOMS_SHOWN_MAX];
    const struct fgt *fgt = fmg_topology_find_fgt(&run->topology, row->name);
    size_t count;
    int32_t code;

    for (size_t i = 0; i < row->unit_count; i++) {
        if ((code = take_unit(device_import, row, i, scope, failure)) != HECTOR_OK) {
            return code;
        }
    }
    if (missing == NULL) {
        return HECTOR_OK;
    }
    count = fgt != NULL ? fmg_topology_adoms_of(&run->topology, fgt, adoms, ADOMS_SHOWN_MAX) : 0;
    for (size_t i = 0; i <= count && i <= ADOMS_SHOWN_MAX; i++) {
        const char *each = i == 0 ? scope : adoms[i - 1]->scope;

        if (inventory_expects(run->inventory, each, FIREWALL) &&
            (code = inventory_end_scope(run->inventory, each, FIREWALL, missing, failure)) !=
                HECTOR_OK) {
            return code;
        }
    }
    return HECTOR_OK;
}

/* Records the units of a row without asking for the members of its cluster. */
static int32_t take_units_now(struct device_import *device_import, struct device_row *row,
                              const char *scope, struct failure *failure)
{
    struct failure missing;

    if (row->members_missing) {
        (void)fail(device_import->run->operation, &missing, REASON_members_missing, NULL,
                   ARGUMENTS(row->name));
    }
    return take_units(device_import, row, scope, row->members_missing ? &missing : NULL, failure);
}

/* Keeps the row of a cluster that lacks members; its units are recorded by take_cluster(). */
static int32_t postpone(struct device_import *device_import, struct device_row *row,
                        const char *scope, struct failure *failure)
{
    struct fmg_run *run = device_import->run;
    struct ha_cluster cluster = {.name = fmg_topology_find_fgt(&run->topology, row->name)->name,
                                 .adom = device_import->adom};
    bool kept = false;
    int32_t code = fmg_ha_members_note(&run->clusters, &cluster, row->json, &kept, failure);

    return code == HECTOR_OK && !kept ? take_units_now(device_import, row, scope, failure) : code;
}

/*
 * Whether a row is the device that was read before under this name: it has its serial or, without a
 * serial, is the only row of the name in this pass over a table.
 */
static bool is_same(const struct device_import *device_import, const struct fgt *fgt,
                    const char *serial)
{
    if (device_serial_valid(serial)) {
        return fmg_fgt_has_serial(fgt, serial);
    }
    return fgt->reading != device_import->run->device_readings;
}

/*
 * Handles a name that was read before. If it is the same device in the table of another ADOM, it
 * belongs to that ADOM as well and may have VDOMs there. If it is another device, whose name became
 * the same because of damaged bytes, it is recorded as well.
 */
static int32_t take_again(struct device_import *device_import, struct device_row *row,
                          struct failure *failure)
{
    struct fmg_run *run = device_import->run;
    struct fgt *fgt;
    const char *scope;
    bool same;
    int32_t code;

    if ((code = note_adom(run, row->name, device_import->adom, failure)) != HECTOR_OK ||
        (code = note_vdoms(device_import, row, false, failure)) != HECTOR_OK) {
        return code;
    }
    fgt = fmg_topology_find_fgt(&run->topology, row->name);
    scope = place(device_import, fgt);
    code = expect_scopes(run, fgt, scope, row->type, failure);
    same = is_same(device_import, fgt, row->serial);
    fgt->reading = device_import->run->device_readings;
    if (code != HECTOR_OK || same ||
        (row->type != OTHER && !run->settings->device_types[row->type])) {
        return code;
    }
    return take_units_now(device_import, row, scope, failure);
}

int32_t fmg_device_import_row(void *context, struct json_object *json, struct failure *failure)
{
    struct device_import *device_import = context;
    struct fmg_run *run = device_import->run;
    struct device_row row;
    const char *scope;
    struct fgt *fgt = NULL;
    bool excluded;
    int32_t code;

    if ((code = fmg_system_emit(run, json_member_text(json, "managed_sn"), failure)) != HECTOR_OK ||
        (code = fmg_run_room(run, device_import->table_bytes, failure)) != HECTOR_OK) {
        return code;
    }
    fmg_device_row_read(json, run->settings, &row);
    device_import->vdoms[0] = '\0';
    if (usable_name(row.name)) {
        fgt = fmg_topology_find_fgt(&run->topology, row.name);
        if (fgt != NULL && fgt->read) {
            return take_again(device_import, &row, failure);
        }
        code = note_fgt(device_import, &row, failure);
        fgt = fmg_topology_find_fgt(&run->topology, row.name);
    } else {
        code = end_nameless(device_import, &row, failure);
    }
    excluded = row.type != OTHER && !run->settings->device_types[row.type];
    if (code != HECTOR_OK || (excluded && row.type != FIREWALL)) {
        return code;
    }
    scope = place(device_import, fgt);
    code = expect_scopes(run, fgt, scope, row.type, failure);
    if (code != HECTOR_OK || excluded) {
        return code; /* a FortiGate read only for its units: neither asset nor counted */
    }
    if (row.model_guessed && row.skip == SKIP_NONE && device_serial_valid(row.serial) &&
        (code = inventory_unknown_prefix(run->inventory, row.serial, failure)) != HECTOR_OK) {
        return code;
    }
    return row.members_missing && fgt != NULL ? postpone(device_import, &row, scope, failure)
                                              : take_units_now(device_import, &row, scope, failure);
}

/* Records a cluster (a ha_members_take, context: struct fmg_run). */
static int32_t take_cluster(void *context, const char *adom, struct json_object *json,
                            const struct failure *missing, struct failure *failure)
{
    struct fmg_run *run = context;
    struct device_import *device_import = calloc(1, sizeof(*device_import));
    struct device_row row;
    const char *scope;
    int32_t code;

    if (device_import == NULL) {
        return fail_memory(run->operation, failure);
    }
    *device_import = (struct device_import){.run = run, .adom = adom};
    fmg_device_row_read(json, run->settings, &row);
    if ((code = note_vdoms(device_import, &row, false, failure)) == HECTOR_OK &&
        (code = note_serials(run, &row, failure)) == HECTOR_OK) {
        scope = place(device_import, fmg_topology_find_fgt(&run->topology, row.name));
        code = take_units(device_import, &row, scope, missing, failure);
    }
    free(device_import);
    return code;
}

int32_t fmg_device_import_clusters(struct fmg_run *run, struct failure *failure)
{
    return fmg_ha_members_ask(&run->clusters, &run->rpc, take_cluster, run, failure);
}
