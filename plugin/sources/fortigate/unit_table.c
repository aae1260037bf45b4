/*
 * unit_table.c - switches and access points in a FortiGate's configuration.
 * SPDX-License-Identifier: Apache-2.0
 *
 * No answer says that a unit list was cut or lacks rows. The configuration, which the same right
 * opens, names the units that the list should show. It is read after the list, so a unit that moves
 * to another VDOM in between counts as missing. Member names: published schema. Inferred, not
 * documented: unit lists show every configured unit, even one that never connected.
 */
#include <stdio.h>
#include <string.h>

#include "cluster.h"
#include "system.h"
#include "unit_table.h"
#include "json/json_read.h"

static const struct rest_query SWITCHES = {
    .path = "/api/v2/cmdb/switch-controller/managed-switch",
    .vdom = "*",
    .format = "switch-id|sn|fsw-wan1-admin|pre-provisioned|owner-vdom"};
static const struct rest_query POINTS = {
    .path = "/api/v2/cmdb/wireless-controller/wtp", .vdom = "*", .format = "wtp-id|admin"};

int32_t fgt_unit_table_read(struct fgt_run *run, struct rest_answer *ret, struct failure *failure)
{
    struct json_object *results;
    struct failure why;
    int32_t code;

    operation_progress(run->operation, PHASE_configurations, 0, 0);
    code = fgt_rest_ask(run, &SWITCHES, ret, &results, &why, failure);
    operation_progress(run->operation, PHASE_configurations, 1, 0);
    run->operation->tree_bytes += ret->tree_bytes;
    return code;
}

void fgt_unit_table_release(struct fgt_run *run, struct rest_answer *table)
{
    run->operation->tree_bytes -= table->tree_bytes;
    table->tree_bytes = 0;
    fgt_rest_release(table);
}

void fgt_unit_ids_init(struct unit_ids *ids)
{
    strmap_init(&ids->listed);
    strmap_init(&ids->aliases);
    strmap_init(&ids->missing);
}

void fgt_unit_ids_release(struct unit_ids *ids)
{
    strmap_release(&ids->listed);
    strmap_release(&ids->aliases);
    strmap_release(&ids->missing);
}

size_t fgt_unit_ids_bytes(const struct unit_ids *ids)
{
    return strmap_bytes(&ids->listed) + strmap_bytes(&ids->aliases) + strmap_bytes(&ids->missing);
}

struct json_object *fgt_unit_table_serial(const struct rest_answer *table, const char *vdom,
                                          const char *id)
{
    for (size_t i = 0; i < fgt_rest_count(table); i++) {
        struct json_object *envelope = fgt_rest_envelope(table, i);
        struct json_object *rows = json_member_array(envelope, "results");
        const char *name = json_member_text(envelope, "vdom");

        for (size_t r = 0; name != NULL && strcmp(name, vdom) == 0 && r < json_count(rows); r++) {
            struct json_object *row = json_element(rows, r);
            const char *key = json_member_text(row, "switch-id");

            if (key != NULL && strcmp(key, id) == 0) {
                return json_member(row, "sn");
            }
        }
    }
    return NULL;
}

/* Returns the serial of a row; NULL for a wildcard or a free name. */
static const char *serial_of(struct json_object *row, enum device_type type)
{
    const char *id = json_member_text(row, type == SWITCH ? "switch-id" : "wtp-id");
    const char *sn = type == SWITCH ? json_member_text(row, "sn") : NULL;

    id = sn != NULL && *sn != '\0' ? sn : id;
    return id != NULL && device_serial_valid(id) ? id : NULL;
}

/*
 * Returns the serial of a row that is a unit of this VDOM: authorised, no template, not lent by
 * another VDOM, not the built-in radio of the FortiGate. Otherwise NULL.
 */
static const char *unit_of(struct json_object *row, enum device_type type, const char *vdom)
{
    const char *serial = serial_of(row, type);
    const struct model_row *model = serial != NULL ? model_by_prefix(serial) : NULL;
    const char *admin = json_member_text(row, type == SWITCH ? "fsw-wan1-admin" : "admin");
    const char *owner = json_member_text(row, "owner-vdom");

    return serial != NULL && admin != NULL && strcmp(admin, "enable") == 0 &&
                   !json_member_true(row, "pre-provisioned") &&
                   (owner == NULL || *owner == '\0' || strcmp(owner, vdom) == 0) &&
                   (model == NULL || model->type == type) && !model_is_local_radio(serial)
               ? serial
               : NULL;
}

/* Newer releases also count the rows: rows that are counted but not returned may be units. */
static uint64_t count_unshown(struct json_object *envelope)
{
    int64_t matched = 0, shown = (int64_t)json_count(json_member_array(envelope, "results"));

    (void)json_member_integer(envelope, "matched_count", &matched);
    return matched > shown ? (uint64_t)(matched - shown) : 0;
}

static bool is_listed(const struct unit_ids *ids, const char *key)
{
    return strmap_find(&ids->listed, key) != NULL || strmap_find(&ids->aliases, key) != NULL;
}

static int32_t compare_rows(struct fgt_run *run, size_t number, struct json_object *rows,
                            enum device_type type, struct unit_ids *ids, struct failure *failure)
{
    const struct fgt_vdom *vdom = &run->vdoms[number];

    for (size_t i = 0; i < json_count(rows); i++) {
        const char *serial = unit_of(json_element(rows, i), type, vdom->name);
        char key[ADDRESS_TEXT_MAX + 2 * NAME_MAX_BYTES + 32];

        if (serial == NULL) {
            continue;
        }
        (void)snprintf(key, sizeof(key), "%s\n%s", serial, vdom->scope);
        if (!is_listed(ids, key) &&
            strmap_put(&ids->missing, key, (uint32_t)number, NULL, NULL) == NULL) {
            return fail_memory(run->operation, failure);
        }
    }
    return inventory_room(run->inventory, fgt_unit_ids_bytes(ids) + strmap_bytes(&run->texts),
                          failure);
}

static int32_t compare_vdom(struct fgt_run *run, const struct rest_query *query,
                            struct json_object *envelope, enum device_type type,
                            struct unit_ids *ids, struct failure *failure)
{
    const char *name = json_member_text(envelope, "vdom");
    const char *serial = json_member_text(envelope, "serial");
    struct json_object *rows = json_member_array(envelope, "results");
    struct failure why;
    size_t i = 0;
    bool absent;

    while (name != NULL && i < run->vdom_count && strcmp(run->vdoms[i].name, name) != 0) {
        i++;
    }
    if (name == NULL || i == run->vdom_count ||
        fgt_rest_check(run, query, envelope, &absent, &why) != HECTOR_OK ||
        (serial != NULL && *serial != '\0' && !fgt_is_member(run, serial))) {
        return HECTOR_OK;
    }
    if (absent) {
        run->vdoms[i].table = TABLE_ABSENT;
    } else if (rows != NULL) {
        run->vdoms[i].table = TABLE_READ;
        run->vdoms[i].unshown = count_unshown(envelope);
        return compare_rows(run, i, rows, type, ids, failure);
    }
    return HECTOR_OK;
}

int32_t fgt_unit_table_compare(struct fgt_run *run, enum device_type type, struct unit_ids *ids,
                               struct failure *failure)
{
    const struct rest_query *query = type == SWITCH ? &SWITCHES : &POINTS;
    struct rest_answer answer;
    struct json_object *results;
    struct failure why;
    int32_t code;

    operation_progress(run->operation, PHASE_configurations, 0, 0);
    code = fgt_rest_ask(run, query, &answer, &results, &why, failure);
    operation_progress(run->operation, PHASE_configurations, 1, 0);
    for (size_t i = 0; i < run->vdom_count; i++) {
        run->vdoms[i].table = answer.not_found ? TABLE_ABSENT : TABLE_UNREAD;
        run->vdoms[i].unshown = 0;
    }
    for (size_t i = 0; code == HECTOR_OK && why.cause == 0 && i < fgt_rest_count(&answer); i++) {
        code = compare_vdom(run, query, fgt_rest_envelope(&answer, i), type, ids, failure);
    }
    fgt_rest_release(&answer);
    return code;
}

void fgt_unit_table_count(struct fgt_run *run, const struct unit_ids *ids)
{
    for (size_t i = 0; i < run->vdom_count; i++) {
        run->vdoms[i].unlisted = 0;
    }
    for (size_t i = 0; i < ids->missing.slots; i++) {
        const struct strmap_entry *entry = &ids->missing.entries[i];

        if (entry->key != NULL && !is_listed(ids, entry->key)) {
            run->vdoms[entry->value].unlisted++;
        }
    }
}
