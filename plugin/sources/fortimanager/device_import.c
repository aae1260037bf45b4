/*
 * device_import.c - one row of the device table into the topology and the inventory.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "device_import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "columns.h"
#include "envelope.h"
#include "kinds.h"
#include "system.h"
#include "json/json_read.h"

/* The ADOM that a row names; NULL if none. FortiManager writes "???" for no ADOM. */
static const char *adom_of(struct json_object *object)
{
    const char *adom =
        device_name(json_member_text(json_member_object(object, "extra info"), "adom"));

    return adom != NULL && strcmp(adom, "???") != 0 ? adom : NULL;
}

/* Adds the row's device to an ADOM, which may be NULL. */
static int32_t note_adom(struct device_import *import, const char *name, struct failure *failure)
{
    struct fmg_run *run = import->run;
    struct adom *adom = name != NULL ? fmg_topology_adom(&run->topology, name) : NULL;
    size_t members = adom != NULL ? adom->fgts.count : 0;

    if (name == NULL) {
        return HECTOR_OK;
    }
    if (adom == NULL || !fmg_topology_join(&run->topology, import->row.name, name)) {
        return fail_memory(run->operation, failure);
    }
    adom->wanted = fmg_adom_wanted(run->settings, name);
    if (run->snapshot > 1 && adom->fgts.count > members && !adom->outside) {
        /* The device has joined an ADOM whose unit lists were already read. */
        adom->changed = adom->wanted;
        adom->empty = false;
        for (enum device_type type = FIREWALL; type < DEVICE_TYPE_COUNT; type++) {
            adom->per_device[type] = adom->per_device[type] || !adom->listed;
        }
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
    /* cppcheck-suppress uninitvar ; the callers set `count` of them */
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
static int32_t note_named_adom(struct device_import *import, const char *name,
                               struct failure *failure)
{
    struct fmg_run *run = import->run;
    struct adom *adom = fmg_topology_find_adom(&run->topology, name);

    if (name == NULL || !run->members_known || (adom != NULL && adom->named)) {
        return note_adom(import, name, failure);
    }
    if ((adom = fmg_topology_adom(&run->topology, name)) == NULL) {
        return fail_memory(run->operation, failure);
    }
    adom->wanted = fmg_adom_wanted(run->settings, name);
    adom->named_by_row = !adom->asked;
    return HECTOR_OK;
}

/*
 * Whether VDOMs of a device that was read before are still missing: true if none of them is in the
 * ADOM whose table is being read. A table may show only the VDOMs of its ADOM.
 */
static bool lacks_vdoms(const struct device_import *import)
{
    const struct topology *topology = &import->run->topology;
    const struct adom *read = fmg_topology_find_adom(topology, import->adom);
    uint32_t i = import->fgt->first_vdom;

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
static int32_t note_vdoms(struct device_import *import, struct failure *failure)
{
    struct fmg_run *run = import->run;
    bool fresh = !import->fgt->read, lacking = !fresh && lacks_vdoms(import);
    struct json_object *vdoms = json_member_array(import->row.json, "vdom");
    const char *names[ADOMS_SHOWN_MAX];
    size_t count = 0;

    for (size_t i = 0; i < json_count(vdoms); i++) {
        struct json_object *vdom = json_element(vdoms, i);
        const char *name = device_name(json_member_text(vdom, "name")), *adom = adom_of(vdom);
        int32_t code;

        if (name == NULL || fmg_name_damaged(name)) {
            import->fgt->vdoms_damaged = true;
            continue;
        }
        if (count < ADOMS_SHOWN_MAX) {
            names[count++] = name;
        }
        if ((code = note_named_adom(import, adom, failure)) != HECTOR_OK) {
            return code;
        }
        if ((fresh || (lacking && adom != NULL && strcmp(adom, import->adom) == 0)) &&
            !fmg_topology_add_vdom(&run->topology, import->row.name, name, adom)) {
            return fail_memory(run->operation, failure);
        }
        if ((code = fmg_run_room(run, 0, failure)) != HECTOR_OK) {
            return code;
        }
    }
    join(names, count, import->vdoms, sizeof(import->vdoms));
    return HECTOR_OK;
}

/*
 * Stores the serials that may manage the FortiGate's units: its own and those of its cluster
 * members.
 */
static int32_t note_serials(struct device_import *import, struct failure *failure)
{
    struct fmg_run *run = import->run;
    const char *serials[MANAGERS_MAX];
    char texts[MANAGERS_MAX][SERIAL_MAX + 1], all[MANAGERS_MAX * (SERIAL_MAX + 2)];
    struct device unit;
    size_t count = 0;

    for (size_t i = 0; i < import->row.unit_count; i++) {
        const char *serial = fmg_device_row_unit(&import->row, i, &unit);

        if (count < MANAGERS_MAX && device_serial_valid(serial)) {
            utf8_copy(texts[count], sizeof(texts[count]), serial, strlen(serial));
            serials[count] = texts[count];
            count++;
        }
    }
    join(serials, count, all, sizeof(all));
    import->fgt->serials = strmap_keep(&run->topology.texts, all);
    return import->fgt->serials != NULL ? HECTOR_OK : fail_memory(run->operation, failure);
}

/* Notes what the row says of its device, which has not been read yet. */
static int32_t note_fgt(struct device_import *import, struct failure *failure)
{
    struct fmg_run *run = import->run;
    const struct device_row *row = &import->row;
    struct fgt *fgt = import->fgt;
    int32_t code;

    if ((code = note_adom(import, import->adom, failure)) != HECTOR_OK ||
        (code = note_named_adom(import, adom_of(row->json), failure)) != HECTOR_OK ||
        (code = note_vdoms(import, failure)) != HECTOR_OK ||
        (code = note_serials(import, failure)) != HECTOR_OK) {
        return code;
    }
    fgt->read = true;
    fgt->reading = run->device_readings;
    fgt->is_fgt = fgt->is_fgt || row->type == FIREWALL; /* its ADOM may report it */
    fgt->connected = row->connected;
    fgt->counts = row->deployed;
    if ((fgt->sn = strmap_keep(&run->topology.texts, row->serial)) == NULL) {
        return fail_memory(run->operation, failure);
    }
    int64_t number = fmg_row_number(row->json, "oid");
    fgt->oid = number > 0 ? number : fgt->oid;
    for (enum device_type type = FIREWALL; type < DEVICE_TYPE_COUNT; type++) {
        const char *counter = fmg_kinds[type].counter;

        number = counter != NULL ? fmg_row_number(row->json, counter) : 0;
        if (number > 0 && number < FGT_UNITS_MAX) {
            fgt->counted[type] = (uint32_t)number;
        }
    }
    return HECTOR_OK;
}

/*
 * Sets the row's scope: the ADOM whose table is being read, else its device's first wanted ADOM;
 * and the names of all its ADOMs.
 */
static void place(struct device_import *import)
{
    const struct adom *adoms[ADOMS_SHOWN_MAX];
    const char *names[ADOMS_SHOWN_MAX], *scope = SCOPE_NONE;
    const struct topology *topology = &import->run->topology;
    const struct adom *read = fmg_topology_find_adom(topology, import->adom);
    size_t count = fmg_topology_adoms_of(topology, import->fgt, adoms, ADOMS_SHOWN_MAX);

    for (size_t i = 0; i < count; i++) {
        names[i] = adoms[i]->name;
        if (adoms[i]->wanted && strcmp(scope, SCOPE_NONE) == 0) {
            scope = adoms[i]->scope;
        }
    }
    join(names, count, import->adoms, sizeof(import->adoms));
    import->scope = read != NULL ? read->scope : scope;
}

/* Whether the settings do not choose the type of the row's units. */
static bool is_excluded(const struct device_import *import)
{
    return import->row.type != OTHER && !import->run->settings->device_types[import->row.type];
}

/*
 * Expects the row's scope for its type, also for a device without a usable name. The device's ADOMs
 * are scopes of its type or, for a FortiGate, of all types.
 */
static int32_t expect_scopes(struct device_import *import, struct failure *failure)
{
    struct fmg_run *run = import->run;
    const struct topology *topology = &run->topology;
    enum device_type type = import->row.type;
    uint32_t i = import->fgt != NULL ? import->fgt->first_adom : STRMAP_NONE;
    int32_t code = HECTOR_OK;

    if (type == OTHER || (type != FIREWALL && is_excluded(import))) {
        return HECTOR_OK;
    }
    if (!is_excluded(import)) {
        code = inventory_expect(run->inventory, import->scope, type, failure);
    }
    for (; code == HECTOR_OK && i != STRMAP_NONE; i = topology->memberships.items[i].next) {
        const struct adom *adom = &topology->adoms.items[topology->memberships.items[i].adom];

        if (type == FIREWALL) {
            code = fmg_adom_expect(run, adom, failure);
        } else if (adom->wanted && !adom->outside) {
            code = inventory_expect(run->inventory, adom->scope, type, failure);
        }
    }
    return code;
}

/*
 * Handles a FortiGate without a usable name, which cannot be requested: its units are only read
 * with those of the whole ADOM. Marks the switches and access points of its ADOM as incomplete.
 */
static int32_t end_nameless(struct device_import *import, struct failure *failure)
{
    struct fmg_run *run = import->run;
    const struct adom *adom = fmg_topology_find_adom(
        &run->topology, import->adom != NULL ? import->adom : adom_of(import->row.json));
    const char *scope = adom != NULL ? adom->scope : SCOPE_NONE;
    struct failure why;
    int32_t code;

    if (import->row.type != FIREWALL || (adom != NULL && (!adom->wanted || adom->outside))) {
        return HECTOR_OK;
    }
    (void)fmg_envelope_invalid(&run->rpc, "/dvmdb/device", "a FortiGate without a usable name",
                               &why);
    for (enum device_type type = FIREWALL; type < DEVICE_TYPE_COUNT; type++) {
        if (run->settings->device_types[type] && fmg_kinds[type].table != NULL &&
            ((code = inventory_expect(run->inventory, scope, type, failure)) != HECTOR_OK ||
             (code = inventory_end_scope(run->inventory, scope, type, &why, failure)) !=
                 HECTOR_OK)) {
            return code;
        }
    }
    return HECTOR_OK;
}

static int32_t take_unit(struct device_import *import, size_t i, struct failure *failure)
{
    struct fmg_run *run = import->run;
    struct device_row *row = &import->row;
    struct device device;
    const char *serial = fmg_device_row_unit(row, i, &device);
    bool valid = device_serial_valid(serial);
    struct inventory_row skipped = {row->type, import->scope, row->skip, row->name,
                                    valid ? serial : NULL};

    if (!fmg_device_row_has_unit(row, i)) {
        return HECTOR_OK;
    }
    if (row->skip == SKIP_NONE && !valid) {
        skipped.reason = SKIP_serial_unusable;
        skipped.subject = device.title;
    }
    if (skipped.reason != SKIP_NONE) {
        return inventory_skip(run->inventory, &skipped, failure);
    }
    device.scope = import->scope;
    device_set_text(&device, ATTRIBUTE_adom, import->adoms);
    device_set_text(&device, ATTRIBUTE_vdoms, import->vdoms);
    /* A switch that is registered by itself has a row with the fields of a firewall. */
    columns_filter(fmg_origins, &device);
    return inventory_record(run->inventory, &device, failure);
}

/*
 * Records all units of a row. A firewall that lacks members makes the row's scope and the scopes of
 * its ADOMs incomplete.
 */
static int32_t take_units(struct device_import *import, const struct failure *missing,
                          struct failure *failure)
{
    struct fmg_run *run = import->run;
    const struct adom *adoms[ADOMS_SHOWN_MAX];
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < import->row.unit_count; i++) {
        code = take_unit(import, i, failure);
    }
    if (missing == NULL) {
        return code;
    }
    size_t count = fmg_topology_adoms_of(&run->topology, import->fgt, adoms, ADOMS_SHOWN_MAX);
    for (size_t i = 0; code == HECTOR_OK && i <= count; i++) {
        const char *scope = i == 0 ? import->scope : adoms[i - 1]->scope;

        if (inventory_expects(run->inventory, scope, FIREWALL)) {
            code = inventory_end_scope(run->inventory, scope, FIREWALL, missing, failure);
        }
    }
    return code;
}

/* Records the units of a row without asking for the members of its cluster. */
static int32_t take_units_now(struct device_import *import, struct failure *failure)
{
    struct failure missing;

    if (!import->row.members_missing) {
        return take_units(import, NULL, failure);
    }
    (void)fail(import->run->operation, &missing, REASON_members_missing, NULL,
               ARGUMENTS(import->row.name));
    return take_units(import, &missing, failure);
}

/*
 * Keeps the row of a cluster that lacks members; fmg_device_import_cluster() records its units. The
 * members of a row above the size limit are not asked for.
 */
static int32_t postpone(struct device_import *import, struct failure *failure)
{
    struct fmg_run *run = import->run;
    struct ha_cluster cluster = {.name = import->fgt->name, .adom = import->adom};
    const char *text =
        json_object_to_json_string_length(import->row.json, JSON_C_TO_STRING_PLAIN, &cluster.size);

    if (cluster.size > CLUSTER_ROW_MAX) {
        return take_units_now(import, failure);
    }
    cluster.row = text != NULL ? strndup(text, cluster.size) : NULL;
    if (cluster.row == NULL || !cluster_list_add(&run->clusters, cluster)) {
        free(cluster.row);
        return fail_memory(run->operation, failure);
    }
    run->cluster_bytes += cluster.size + sizeof(cluster);
    return HECTOR_OK; /* analyzer: no leak, fmg_ha_members_release() frees it */
}

/*
 * Whether a row is the device that was read before under this name: it has its serial or, without a
 * serial, is the only row of the name in this pass over a table.
 */
static bool is_same(const struct device_import *import)
{
    if (device_serial_valid(import->row.serial)) {
        return fmg_fgt_has_serial(import->fgt, import->row.serial);
    }
    return import->fgt->reading != import->run->device_readings;
}

/*
 * Handles a name that was read before. If it is the same device in the table of another ADOM, it
 * belongs to that ADOM as well and may have VDOMs there. If it is another device, whose name became
 * the same because of damaged bytes, it is recorded as well.
 */
static int32_t take_again(struct device_import *import, struct failure *failure)
{
    bool same = is_same(import);
    int32_t code;

    if ((code = note_adom(import, import->adom, failure)) != HECTOR_OK ||
        (code = note_vdoms(import, failure)) != HECTOR_OK) {
        return code;
    }
    place(import);
    import->fgt->reading = import->run->device_readings;
    if ((code = expect_scopes(import, failure)) != HECTOR_OK || same || is_excluded(import)) {
        return code;
    }
    return take_units_now(import, failure);
}

int32_t fmg_device_import_row(void *context, struct json_object *json, struct failure *failure)
{
    struct device_import *import = context;
    struct fmg_run *run = import->run;
    const struct device_row *row = &import->row;
    int32_t code;

    if ((code = fmg_system_emit(run, json_member_text(json, "managed_sn"), failure)) != HECTOR_OK ||
        (code = fmg_run_room(run, 0, failure)) != HECTOR_OK) {
        return code;
    }
    fmg_device_row_read(json, run->settings, &import->row);
    import->vdoms[0] = '\0';
    bool named = device_name(row->name) != NULL;
    import->fgt = named ? fmg_topology_fgt(&run->topology, row->name) : NULL;
    if (named && import->fgt == NULL) {
        return fail_memory(run->operation, failure);
    }
    if (named && import->fgt->read) {
        return take_again(import, failure);
    }
    code = named ? note_fgt(import, failure) : end_nameless(import, failure);
    bool excluded = is_excluded(import);
    if (code != HECTOR_OK || (excluded && row->type != FIREWALL)) {
        return code;
    }
    place(import);
    code = expect_scopes(import, failure);
    if (code != HECTOR_OK || excluded) {
        return code; /* a FortiGate read only for its units: neither asset nor counted */
    }
    if (row->model_guessed && row->skip == SKIP_NONE && device_serial_valid(row->serial) &&
        (code = inventory_unknown_prefix(run->inventory, row->serial, failure)) != HECTOR_OK) {
        return code;
    }
    return row->members_missing && named ? postpone(import, failure)
                                         : take_units_now(import, failure);
}

int32_t fmg_device_import_cluster(struct fmg_run *run, const struct ha_cluster *cluster,
                                  struct json_object *json, const struct failure *missing,
                                  struct failure *failure)
{
    struct device_import import = {.run = run, .adom = cluster->adom};
    int32_t code;

    fmg_device_row_read(json, run->settings, &import.row);
    import.fgt = fmg_topology_find_fgt(&run->topology, import.row.name);
    if ((code = note_vdoms(&import, failure)) != HECTOR_OK ||
        (code = note_serials(&import, failure)) != HECTOR_OK) {
        return code;
    }
    place(&import);
    return take_units(&import, missing, failure);
}
