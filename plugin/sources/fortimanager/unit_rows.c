/*
 * unit_rows.c - imports the rows of unit lists and device databases into the inventory.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "unit_rows.h"

#include <stdio.h>

#include "envelope.h"
#include "searched_rows.h"
#include "json/json_read.h"

/*
 * In per-device mode: `*ret_first` is whether a row is the first of its unit at its FortiGate,
 * because the device database repeats what the ADOM's table has listed. A unit at two FortiGates is
 * left to the inventory. False without memory.
 */
static bool is_first(struct unit_lists *unit_lists, const struct unit_row *row, const char *fgt,
                     bool *ret_first)
{
    char key[2 * NAME_MAX_BYTES + 2];

    (void)snprintf(key, sizeof(key), "%.*s\n%s", NAME_MAX_BYTES,
                   row->serial[0] != '\0' ? row->serial : row->id, fgt != NULL ? fgt : "");
    return strmap_put(&unit_lists->listed, key, 0, NULL, ret_first) != NULL;
}

/*
 * Counts a row as skipped. The subject names the FortiGate, because units of two FortiGates may
 * have the same name.
 */
static int32_t skip_row(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                        const struct unit_row *row, const char *fgt, struct failure *failure)
{
    const struct fmg_run *run = unit_lists->run;
    const struct secrets *secrets = &run->operation->secrets;
    char id[NAME_MAX_BYTES], manager[NAME_MAX_BYTES], subject[MESSAGE_MAX];

    secrets_copy(secrets, row->id, id, sizeof(id));
    secrets_copy(secrets, fgt != NULL ? fgt : "?", manager, sizeof(manager));
    (void)snprintf(subject, sizeof(subject), "%s (%s)", id, manager);
    return inventory_skip(run->inventory,
                          &(struct inventory_row){unit_list->type,
                                                  run->topology.adoms.items[unit_list->adom].scope,
                                                  row->skip, subject, row->serial},
                          failure);
}

static int32_t take_row(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                        const char *fgt, struct json_object *json, struct failure *failure)
{
    struct fmg_run *run = unit_lists->run;
    const struct adom *adom = &run->topology.adoms.items[unit_list->adom];
    const struct unit_list_kind kind = {unit_list->type, fmg_ids_are_serials(&run->version)};
    const char *owner;
    struct fgt *manager;
    struct unit_row row;
    struct device device;
    bool first = true, kept = false;
    int32_t code =
        fmg_run_room(run,
                     strmap_bytes(&unit_lists->listed) + overlay_bytes(&unit_lists->cached) +
                         overlay_bytes(&unit_lists->asked) + fmg_unit_lists_bytes(unit_lists),
                     failure);

    if (code != HECTOR_OK) {
        return code;
    }
    fmg_unit_row_read(json, &kind, run->settings, &row, &device);
    owner = fgt != NULL ? fgt : row.fgt;
    if (adom->per_device[unit_list->type] && !is_first(unit_lists, &row, owner, &first)) {
        return fail_memory(run->operation, failure);
    }
    if (!first && fgt != NULL) {
        return HECTOR_OK;
    }
    manager = owner != NULL ? fmg_topology_find_fgt(&run->topology, owner) : NULL;
    if (manager != NULL && !unit_lists->searching) {
        manager->listed[unit_list->type]++;
    }
    if (row.skip != SKIP_NONE) {
        code = fmg_searched_rows_keep(unit_lists, unit_list, &row, &kept, failure);
        return code != HECTOR_OK || kept ? code
                                         : skip_row(unit_lists, unit_list, &row, owner, failure);
    }
    device.manager = owner;
    device.scope = adom->scope;
    device_set_text(&device, ATTRIBUTE_managed_by, owner);
    device_set_text(&device, ATTRIBUTE_adom, adom->name);
    device_set_text(&device, ATTRIBUTE_managed_by_serials,
                    manager != NULL ? manager->serials : NULL);
    overlay_merge(&unit_lists->cached, &device);
    overlay_merge(&unit_lists->asked, &device);
    if (row.model_guessed &&
        (code = inventory_unknown_prefix(run->inventory, row.serial, failure)) != HECTOR_OK) {
        return code;
    }
    return inventory_record(run->inventory, &device, failure);
}

/* Marks the scope as incomplete: which unit an unreadable row stands for is unknown. */
static int32_t fail_row(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                        struct failure *failure)
{
    struct failure why;

    (void)fmg_envelope_invalid(&unit_lists->run->rpc, fmg_unit_list_table(unit_list->type),
                               "a row that is no object", &why);
    return fmg_unit_lists_incomplete(unit_lists, unit_list, &why, failure);
}

int32_t fmg_unit_lists_take_rows(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                                 const char *fgt, struct json_object *rows, struct failure *failure)
{
    bool failed = false;

    if (json_object_is_type(rows, json_type_object)) {
        return take_row(unit_lists, unit_list, fgt, rows, failure);
    }
    for (size_t i = 0; i < json_count(rows); i++) {
        struct json_object *row = json_element(rows, i);
        int32_t code = HECTOR_OK;

        if (json_object_is_type(row, json_type_object)) {
            code = take_row(unit_lists, unit_list, fgt, row, failure);
        } else if (!failed) {
            failed = true;
            code = fail_row(unit_lists, unit_list, failure);
        }
        if (code != HECTOR_OK) {
            return code;
        }
    }
    return HECTOR_OK;
}
