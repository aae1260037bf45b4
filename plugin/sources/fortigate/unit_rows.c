/*
 * unit_rows.c - the rows of a FortiGate's unit list, on their way to the inventory.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "unit_rows.h"

#include <string.h>

#include "base/utf8.h"
#include "system.h"
#include "unit_row.h"
#include "json/json_read.h"

/*
 * Returns the scope of a row: of the VDOM that owns it or that it names, if the token sees it, else
 * of the envelope.
 */
static const char *scope_of(const struct fgt_run *run, const struct unit_row *row,
                            const struct fgt_vdom *vdom)
{
    const struct fgt_vdom *owner = fgt_vdom_by_name(run, row->owner);

    owner = owner != NULL ? owner : fgt_vdom_by_name(run, row->vdom);
    return owner != NULL ? owner->scope : vdom->scope;
}

/*
 * Notes a row. `*ret_new` is false if an earlier list showed it: it is the same one. The inventory
 * handles repetitions within one list. Rows without a usable id are new only in the first list of
 * their VDOM.
 */
static int32_t note_row(struct unit_list *list, const char *id, const char *scope, bool *ret_new,
                        struct failure *failure)
{
    uint32_t shown;

    *ret_new = list->first;
    if (*id == '\0' || strlen(id) > NAME_MAX_BYTES) {
        return HECTOR_OK;
    }
    shown = fgt_unit_ids_list(&list->ids, id, scope, list->number);
    if (shown == STRMAP_NONE) {
        return fail_memory(list->run->operation, failure);
    }
    *ret_new = shown == list->number;
    return fgt_unit_ids_room(list->run, &list->ids, failure);
}

/*
 * Notes other names under which the configuration may know a row: some lists name a switch by its
 * serial and lack its id [7.2.8], which may be a name. The configuration has it in the VDOM that
 * lists it, whichever VDOM owns it. False without memory.
 */
static bool note_aliases(struct unit_list *list, struct json_object *json, const char *id,
                         const struct fgt_vdom *vdom, const char *scope)
{
    const char *names[] = {id, json_member_text(json, "switch-id"),
                           json_member_text(json, "wtp_id"),
                           list->kind->serial != NULL ? json_member_text(json, "name") : NULL};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (names[i] != NULL && device_serial_valid(names[i]) &&
            (!fgt_unit_ids_alias(&list->ids, names[i], scope) ||
             !fgt_unit_ids_alias(&list->ids, names[i], vdom->scope))) {
            return false;
        }
    }
    return true;
}

/*
 * Completes a row without a serial from the configuration, if that was read. True if it was not:
 * the row must be read again.
 */
static bool complete_serial(struct unit_list *list, const struct fgt_vdom *vdom,
                            struct json_object *row)
{
    const struct unit_kind *kind = list->kind;
    const char *id = json_member_text(row, kind->id);
    struct json_object *serial;

    if (kind->serial == NULL || id == NULL || *id == '\0') {
        return false;
    }
    serial = fgt_unit_table_serial(kind, &list->table, vdom->name, id);
    if (serial != NULL) {
        (void)json_object_object_add(row, kind->serial, json_object_get(serial));
    }
    list->nameless = true;
    return !list->looked_up;
}

static int32_t read_row(struct unit_list *list, const struct fgt_vdom *vdom,
                        struct json_object *json, struct failure *failure)
{
    struct inventory *inventory = list->run->inventory;
    const struct unit_kind *kind = list->kind;
    struct unit_row row;
    struct device device;
    const char *scope;
    bool is_new;
    int32_t code;

    fgt_unit_row_read(list->run, json, kind, &row, &device);
    if (row.skip == SKIP_serial_unusable) {
        if (complete_serial(list, vdom, json)) {
            return HECTOR_OK;
        }
        fgt_unit_row_read(list->run, json, kind, &row, &device);
    }
    scope = scope_of(list->run, &row, vdom);
    code = note_row(list, row.id, scope, &is_new, failure);
    if (code != HECTOR_OK) {
        return code;
    }
    if (!note_aliases(list, json, row.id, vdom, scope)) {
        return fail_memory(list->run->operation, failure);
    }
    if (!is_new) {
        return HECTOR_OK;
    }
    if (row.skip != SKIP_NONE) {
        return inventory_skip(inventory,
                              &(struct inventory_row){kind->type, scope, row.skip, row.id,
                                                      fortios_serial(json, kind->type)},
                              failure);
    }
    if (row.model_guessed) {
        code = inventory_unknown_prefix(inventory, device_serial(&device), failure);
        if (code != HECTOR_OK) {
            return code;
        }
    }
    device.scope = scope;
    return inventory_record(inventory, &device, failure);
}

static void copy_id(const struct unit_list *list, struct json_object *json, char ret[static 64])
{
    struct unit_row row;
    struct device device;

    fgt_unit_row_read(list->run, json, list->kind, &row, &device);
    utf8_copy(ret, 64, row.id, strlen(row.id));
}

int32_t fgt_unit_rows_read(struct unit_list *list, struct unit_page *page,
                           const struct fgt_vdom *vdom, struct json_object *results,
                           struct failure *failure)
{
    size_t count = json_count(results), known = list->ids.listed.count;

    page->rows += count;
    list->number++;
    copy_id(list, json_element(results, 0), page->last);
    page->shifted = page->follows && strcmp(page->last, page->before) != 0;
    for (size_t i = 0; i < count; i++) {
        struct json_object *row = json_element(results, i);
        int32_t code = json_object_is_type(row, json_type_object)
                           ? read_row(list, vdom, row, failure)
                           : HECTOR_OK;

        if (code != HECTOR_OK) {
            return code;
        }
    }
    copy_id(list, json_element(results, count - 1), page->last);
    operation_progress(list->run->operation, PHASE_units, list->ids.listed.count - known, 0);
    return HECTOR_OK;
}
