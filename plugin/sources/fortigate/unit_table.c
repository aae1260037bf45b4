/*
 * unit_table.c - switches and access points in a FortiGate's configuration.
 * SPDX-License-Identifier: Apache-2.0
 *
 * No answer says that a unit list was cut or lacks rows. The configuration, which the same right
 * opens, names the units that the list should show. It is read after the list, so a unit that moves
 * to another VDOM in between counts as missing. Member names: published schema. Inferred, not
 * documented: unit lists show every configured unit, even one that never connected.
 */
#include "unit_table.h"

#include <stdio.h>
#include <string.h>

#include "cluster.h"
#include "system.h"
#include "json/json_read.h"

/* A key of struct unit_ids. */
struct unit_key {
    char text[ADDRESS_TEXT_MAX + 2 * NAME_MAX_BYTES + 32];
};

static struct unit_key unit_key(const char *id, const char *scope)
{
    struct unit_key key;

    (void)snprintf(key.text, sizeof(key.text), "%s\n%s", id, scope);
    return key;
}

void fgt_unit_ids_release(struct unit_ids *ids)
{
    strmap_release(&ids->listed);
    strmap_release(&ids->aliases);
    strmap_release(&ids->missing);
}

int32_t fgt_unit_ids_room(const struct fgt_run *run, const struct unit_ids *ids,
                          struct failure *failure)
{
    return inventory_room(run->inventory,
                          strmap_bytes(&ids->listed) + strmap_bytes(&ids->aliases) +
                              strmap_bytes(&ids->missing) + strmap_bytes(&run->texts),
                          failure);
}

uint32_t fgt_unit_ids_list(struct unit_ids *ids, const char *id, const char *scope, uint32_t list)
{
    struct unit_key key = unit_key(id, scope);
    uint32_t *first;

    return strmap_put(&ids->listed, key.text, list, &first, NULL) != NULL ? *first : STRMAP_NONE;
}

bool fgt_unit_ids_alias(struct unit_ids *ids, const char *id, const char *scope)
{
    struct unit_key key = unit_key(id, scope);

    return strmap_find(&ids->listed, key.text) != NULL ||
           strmap_put(&ids->aliases, key.text, 0, NULL, NULL) != NULL;
}

int32_t fgt_unit_table_read(struct fgt_run *run, const struct unit_kind *kind,
                            struct rest_answer *ret, struct failure *failure)
{
    operation_progress(run->operation, PHASE_configurations, 0, 0);
    int32_t code = fgt_rest_get_optional(run, &kind->table, ret, failure);
    operation_progress(run->operation, PHASE_configurations, 1, 0);
    return code;
}

struct json_object *fgt_unit_table_serial(const struct unit_kind *kind,
                                          const struct rest_answer *table, const char *vdom,
                                          const char *id)
{
    for (size_t i = 0; i < json_row_count(table->json); i++) {
        struct json_object *envelope = json_row(table->json, i);
        struct json_object *rows = json_member_array(envelope, "results");

        for (size_t r = 0; json_member_is(envelope, "vdom", vdom) && r < json_count(rows); r++) {
            if (json_member_is(json_element(rows, r), kind->fortios->id, id)) {
                return json_member(json_element(rows, r), kind->fortios->serial);
            }
        }
    }
    return NULL;
}

/*
 * Returns the serial of a row that is a unit of this VDOM: authorised, no wildcard or template, not
 * lent by another VDOM, not the built-in radio of the FortiGate. Otherwise NULL.
 */
static const char *unit_of(struct json_object *row, const struct unit_kind *kind, const char *vdom)
{
    const char *sn =
        kind->fortios->serial != NULL ? json_member_text(row, kind->fortios->serial) : NULL;
    const char *serial = sn != NULL && *sn != '\0' ? sn : json_member_text(row, kind->fortios->id);
    const char *owner = json_member_text(row, "owner-vdom");

    if (!device_serial_valid(serial) || model_is_local_radio(serial) ||
        !json_member_is(row, kind->fortios->admin, "enable") ||
        json_member_true(row, "pre-provisioned") ||
        (owner != NULL && *owner != '\0' && strcmp(owner, vdom) != 0)) {
        return NULL;
    }
    const struct model_row *model = model_by_prefix(serial);
    return model == NULL || model->type == kind->type ? serial : NULL;
}

static bool is_listed(const struct unit_ids *ids, const char *key)
{
    return strmap_find(&ids->listed, key) != NULL || strmap_find(&ids->aliases, key) != NULL;
}

/* Reads the table of one VDOM, and notes the units that its list lacks. */
static int32_t compare_vdom(struct fgt_run *run, const struct unit_kind *kind,
                            struct json_object *envelope, struct unit_ids *ids,
                            struct failure *failure)
{
    struct fgt_vdom *vdom = fgt_vdom_by_name(run, json_member_text(envelope, "vdom"));
    struct json_object *rows = json_member_array(envelope, "results");
    int64_t matched = 0, shown = (int64_t)json_count(rows);
    struct failure why;

    if (vdom == NULL || fgt_is_foreign(run, envelope)) {
        return HECTOR_OK;
    }
    if (fortios_http_status(envelope) == 404) {
        vdom->table = TABLE_ABSENT;
        return HECTOR_OK;
    }
    if (rows == NULL || fgt_rest_check(run, &kind->table, envelope, &why) != HECTOR_OK) {
        return HECTOR_OK;
    }
    vdom->table = TABLE_READ;
    /* Newer releases also count the rows: rows that are counted but not returned may be units. */
    (void)json_member_integer(envelope, "matched_count", &matched);
    vdom->unshown = matched > shown ? (uint64_t)(matched - shown) : 0;
    for (size_t i = 0; i < json_count(rows); i++) {
        const char *serial = unit_of(json_element(rows, i), kind, vdom->name);
        struct unit_key key = unit_key(serial != NULL ? serial : "", vdom->scope);

        if (serial != NULL && !is_listed(ids, key.text) &&
            strmap_put(&ids->missing, key.text, (uint32_t)(vdom - run->vdoms.items), NULL, NULL) ==
                NULL) {
            return fail_memory(run->operation, failure);
        }
    }
    return fgt_unit_ids_room(run, ids, failure);
}

int32_t fgt_unit_table_compare(struct fgt_run *run, const struct unit_kind *kind,
                               struct unit_ids *ids, struct failure *failure)
{
    struct rest_answer answer;
    int32_t code = fgt_unit_table_read(run, kind, &answer, failure);

    for (size_t i = 0; answer.not_found && i < run->vdoms.count; i++) {
        run->vdoms.items[i].table = TABLE_ABSENT;
    }
    for (size_t i = 0; code == HECTOR_OK && i < json_row_count(answer.json); i++) {
        code = compare_vdom(run, kind, json_row(answer.json, i), ids, failure);
    }
    fgt_rest_release(&answer);
    return code;
}

void fgt_unit_table_count(struct fgt_run *run, const struct unit_ids *ids)
{
    for (size_t i = 0; i < run->vdoms.count; i++) {
        run->vdoms.items[i].unlisted = 0;
    }
    for (size_t i = 0; i < ids->missing.slots; i++) {
        const struct strmap_entry *entry = &ids->missing.entries[i];

        if (entry->key != NULL && !is_listed(ids, entry->key)) {
            run->vdoms.items[entry->value].unlisted++;
        }
    }
}
