/*
 * unit_list_reading.c - what the readings of all unit lists share: their state, and their rows.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "unit_list_reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "envelope.h"
#include "json/json_read.h"

/* Keeps the memory of the run within its limit: fmg_run_room(). */
static int32_t make_room(struct unit_lists *unit_lists, struct failure *failure)
{
    size_t bytes = unit_lists->readings.capacity * sizeof(*unit_lists->readings.items) +
                   unit_lists->searched_bytes + strmap_bytes(&unit_lists->listed) +
                   overlay_bytes(&unit_lists->cached) + overlay_bytes(&unit_lists->asked);

    return fmg_run_room(unit_lists->run, bytes, failure);
}

int32_t fmg_unit_lists_incomplete(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                                  const struct failure *why, struct failure *failure)
{
    const struct fmg_run *run = unit_lists->run;

    return inventory_end_scope(run->inventory, fmg_unit_list_adom(run, unit_list)->scope,
                               unit_list->type, why, failure);
}

int32_t fmg_unit_lists_fail_answer(struct fmg_run *run, const struct unit_list *unit_list,
                                   const struct rpc_param *param, struct failure *failure)
{
    struct operation *operation = run->operation;
    struct failure why;

    if (param->code == RPC_OK) {
        return fail(operation, failure, REASON_reply_invalid, "an answer that is no table",
                    ARGUMENTS(run->settings->origin, fmg_kinds[unit_list->type].table));
    }
    if (fmg_rpc_fail(&run->rpc, param, &why) == HECTOR_PERMISSION) {
        return fail(operation, failure, REASON_roster_refused, why.detail,
                    ARGUMENTS(fmg_unit_list_adom(run, unit_list)->name,
                              operation_text(operation, device_type_info(unit_list->type)->units)));
    }
    return fail_as(failure, &why);
}

int32_t fmg_unit_lists_note_reading(struct unit_lists *unit_lists,
                                    const struct unit_list_reading *reading,
                                    struct failure *failure)
{
    if (reading->unit_list.alone || (reading->unit_list.databases && reading->vdom == NULL)) {
        return HECTOR_OK; /* its rows count in the reading of the unit list that it follows up */
    }
    if (!reading_list_add(&unit_lists->readings, *reading)) {
        return fail_memory(unit_lists->run->operation, failure);
    }
    unit_lists->readings.items[unit_lists->readings.count - 1].count = COUNT_NONE;
    return make_room(unit_lists, failure);
}

/* ---- rows */

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
                                                  fmg_unit_list_adom(run, unit_list)->scope,
                                                  row->skip, subject, row->serial},
                          failure);
}

/*
 * Keeps a copy of a switch row without a usable serial, to search for the serial later. `*ret_kept`
 * is false for a row whose serial is not searched for, for example because its FortiGate is
 * unknown. The only error is NO_MEMORY.
 */
static int32_t keep_row(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                        const struct unit_row *row, bool *ret_kept, struct failure *failure)
{
    struct fmg_run *run = unit_lists->run;
    struct fgt *fgt = fmg_topology_find_fgt(&run->topology, row->fgt);
    struct searched_row searched = {.unit_list = *unit_list};
    const char *text =
        json_object_to_json_string_length(row->json, JSON_C_TO_STRING_PLAIN, &searched.size);

    *ret_kept = fortios_kinds[unit_list->type].serial != NULL &&
                row->skip == SKIP_serial_unusable && fgt != NULL && !unit_lists->searching &&
                !fmg_ids_are_serials(run->version) &&
                !fmg_unit_list_adom(run, unit_list)->per_device[unit_list->type] &&
                searched.size <= UNIT_ROW_MAX;
    if (!*ret_kept) {
        return HECTOR_OK;
    }
    searched.fgt = (uint32_t)(fgt - run->topology.fgts.items);
    searched.row = text != NULL ? strndup(text, searched.size) : NULL;
    if (searched.row == NULL || !searched_list_add(&unit_lists->searched, searched)) {
        free(searched.row);
        return fail_memory(run->operation, failure);
    }
    unit_lists->searched_bytes += searched.size + sizeof(searched);
    return HECTOR_OK; /* analyzer: no leak, fmg_unit_lists_release_searched() frees it */
}

void fmg_unit_lists_release_searched(struct unit_lists *unit_lists)
{
    for (size_t i = 0; i < unit_lists->searched.count; i++) {
        json_object_put(unit_lists->searched.items[i].json);
        free(unit_lists->searched.items[i].row);
    }
    free(unit_lists->searched.items);
    unit_lists->searched = (struct searched_list){0};
    unit_lists->searched_bytes = 0;
}

static int32_t take_row(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                        const char *fgt, struct json_object *json, struct failure *failure)
{
    struct fmg_run *run = unit_lists->run;
    const struct adom *adom = fmg_unit_list_adom(run, unit_list);
    struct unit_row row = {.json = json,
                           .type = unit_list->type,
                           .ids_are_serials = fmg_ids_are_serials(run->version)};
    struct device device;
    bool first = true, kept = false;
    int32_t code = make_room(unit_lists, failure);

    if (code != HECTOR_OK) {
        return code;
    }
    fmg_unit_row_read(&row, run->settings, &device);
    const char *owner = fgt != NULL ? fgt : row.fgt;
    if (adom->per_device[unit_list->type] && !is_first(unit_lists, &row, owner, &first)) {
        return fail_memory(run->operation, failure);
    }
    if (!first && fgt != NULL) {
        return HECTOR_OK;
    }
    struct fgt *manager = fmg_topology_find_fgt(&run->topology, owner);
    if (manager != NULL && !unit_lists->searching) {
        manager->listed[unit_list->type]++;
    }
    if (row.skip != SKIP_NONE) {
        code = keep_row(unit_lists, unit_list, &row, &kept, failure);
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
    return inventory_record(run->inventory, &device, failure);
}

int32_t fmg_unit_lists_take_rows(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                                 const char *fgt, struct json_object *rows, struct failure *failure)
{
    bool failed = false;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < json_row_count(rows); i++) {
        struct json_object *row = json_row(rows, i);

        if (json_object_is_type(row, json_type_object)) {
            code = take_row(unit_lists, unit_list, fgt, row, failure);
        } else if (!failed) {
            struct failure why;

            /* The scope is incomplete: which unit an unreadable row stands for is unknown. */
            failed = true;
            (void)fmg_envelope_invalid(&unit_lists->run->rpc, fmg_kinds[unit_list->type].table,
                                       "a row that is no object", &why);
            code = fmg_unit_lists_incomplete(unit_lists, unit_list, &why, failure);
        }
    }
    return code;
}
