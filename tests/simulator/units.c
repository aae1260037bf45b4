/*
 * units.c - selects the rows of a unit list for a request.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "units.h"

#include <stdlib.h>
#include <string.h>

static const char *get_text(struct json_object *object, const char *name)
{
    struct json_object *value = json_object_object_get(object, name);

    return json_object_is_type(value, json_type_string) ? json_object_get_string(value) : NULL;
}

/* Section 4.2: [{"name": "All_FortiGate"}], or [{"name": FortiGate, "vdom": vdom}, ...]. Sets the
 * bits of the named VDOMs; an unknown FortiGate selects nothing, because it may just have been
 * deleted. */
static int read_scope(const struct query *query, struct json_object *scope, uint8_t *vdoms,
                      bool *ret_all)
{
    const struct topology *topology = &query->simulator->topology;
    size_t count = json_object_array_length(scope);

    for (size_t i = 0; i < count; i++) {
        struct json_object *member = json_object_array_get_idx(scope, i);
        const char *name = get_text(member, "name");
        const char *vdom = get_text(member, "vdom");
        const struct device *device;

        if (name != NULL && strcmp(name, "All_FortiGate") == 0 && vdom == NULL) {
            *ret_all = true;
            continue;
        }
        if (name == NULL || vdom == NULL) {
            report_violation(&query->simulator->report,
                             "%s: a scope member needs name and vdom, or All_FortiGate",
                             query->table->name);
            return STATUS_INVALID_PARAMETER;
        }
        device = topology_find_device(topology, name);
        for (uint32_t v = 0; device != NULL && v < device->vdom_count; v++)
            if (strcmp(device->vdoms[v].name, vdom) == 0)
                vdoms[device - topology->devices] |= (uint8_t)(1U << v);
    }
    return STATUS_OK;
}

static int compare_ids(const void *left, const void *right)
{
    const struct unit *const *a = left;
    const struct unit *const *b = right;

    return strcmp((*a)->id, (*b)->id);
}

static void filter(const struct rows *all, const uint8_t *vdoms, const struct device *devices,
                   struct rows *rows)
{
    for (size_t i = 0; i < all->count; i++) {
        const struct unit *unit = all->items[i];

        if (vdoms == NULL || (vdoms[unit->fgt - devices] & 1U << unit->vdom) != 0)
            rows_add(rows, unit);
    }
}

int units_choose(const struct query *query, struct json_object *param, const struct rows *all,
                 struct rows *ret_rows, bool *ret_owned)
{
    const struct topology *topology = &query->simulator->topology;
    struct json_object *scope = NULL;
    struct rows rows = {NULL, 0, 0};
    uint8_t *vdoms;
    bool everything = false;
    int code;

    /* The answer to a read without "scope member" is unknown, so a client must always send it
     * (section 4.2). */
    if (!json_object_object_get_ex(param, "scope member", &scope) ||
        !json_object_is_type(scope, json_type_array) || json_object_array_length(scope) == 0) {
        report_violation(&query->simulator->report, "%s: no scope member", query->table->name);
        return STATUS_INVALID_PARAMETER;
    }
    vdoms = must_allocate(topology->device_count, sizeof(*vdoms));
    code = read_scope(query, scope, vdoms, &everything);
    if (code == STATUS_OK && everything && query->sort_key < 0) {
        *ret_rows = *all;
        *ret_owned = false;
    } else if (code == STATUS_OK) {
        filter(all, everything ? NULL : vdoms, topology->devices, &rows);
        if (query->sort_key >= 0 && rows.count > 1)
            qsort(rows.items, rows.count, sizeof(*rows.items), compare_ids);
        *ret_rows = rows;
        *ret_owned = true;
    }
    free(vdoms);
    return code;
}
