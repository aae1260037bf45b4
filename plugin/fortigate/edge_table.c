/*
 * edge_table.c - what a FortiGate's configuration knows of switches and access points.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Asked only where a list of what there is proves little: where it is empty, or a member that has
 * just become primary gives it. The same right opens both. Names of the members: published schema;
 * whether the lists of what there is hold every unit that is configured and never came is inferred.
 */
#include <stdio.h>
#include <string.h>

#include "edge_table.h"
#include "json_read.h"

static const struct rest_query SWITCHES = {
    .path = "/api/v2/cmdb/switch-controller/managed-switch",
    .vdom = "*",
    .format = "switch-id|sn|fsw-wan1-admin|pre-provisioned|owner-vdom"};
static const struct rest_query POINTS = {
    .path = "/api/v2/cmdb/wireless-controller/wtp", .vdom = "*", .format = "wtp-id|admin"};

int32_t edge_table_read(struct gate_run *run, struct rest_answer *ret, struct failure *reterr)
{
    struct json_object *results;
    struct failure why;
    int32_t code = rest_ask(run, &SWITCHES, ret, &results, &why, reterr);

    run->call->operation->tree_bytes += ret->tree_bytes;
    return code;
}

void edge_table_release(struct gate_run *run, struct rest_answer *table)
{
    run->call->operation->tree_bytes -= table->tree_bytes;
    table->tree_bytes = 0;
    rest_release(table);
}

struct json_object *edge_table_serial(const struct rest_answer *table, const char *vdom,
                                      const char *id)
{
    for (size_t i = 0; i < rest_count(table); i++) {
        struct json_object *envelope = rest_envelope(table, i);
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

/* The serial of a row, or NULL: a wildcard and a free name are none. */
static const char *serial_of(struct json_object *row, enum device_type type)
{
    const char *id = json_member_text(row, type == SWITCH ? "switch-id" : "wtp-id");
    const char *sn = type == SWITCH ? json_member_text(row, "sn") : NULL;

    id = sn != NULL && *sn != '\0' ? sn : id;
    return id != NULL && serial_valid(id) ? id : NULL;
}

/*
 * The serial of a row that is a unit of this VDOM: authorised, no template, not lent to it by
 * another VDOM, not the radio inside of the gate. Else NULL.
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

/* Newer releases count the rows, too: what is counted and does not stand there may be units. */
static uint64_t count_unlisted(const struct gate_vdom *vdom, struct json_object *envelope,
                               enum device_type type, const struct index *listed)
{
    struct json_object *rows = json_member_array(envelope, "results");
    int64_t matched = 0, shown = (int64_t)json_count(rows);
    uint64_t unlisted = 0;

    for (size_t i = 0; i < json_count(rows); i++) {
        const char *serial = unit_of(json_element(rows, i), type, vdom->name);
        char key[ADDRESS_TEXT_MAX + 2 * NAME_MAX_BYTES + 32];

        if (serial != NULL) {
            (void)snprintf(key, sizeof(key), "%s\n%s", serial, vdom->scope);
            unlisted += index_find(listed, key) == NULL ? 1 : 0;
        }
    }
    (void)json_member_integer(envelope, "matched_count", &matched);
    return unlisted + (matched > shown ? (uint64_t)(matched - shown) : 0);
}

static void compare_vdom(struct gate_run *run, const struct rest_query *query,
                         struct json_object *envelope, enum device_type type,
                         const struct index *listed)
{
    const char *name = json_member_text(envelope, "vdom");
    const char *serial = json_member_text(envelope, "serial");
    struct failure why;
    bool absent;

    if (rest_judge(run, query, envelope, &absent, &why) != HECTOR_OK ||
        (serial != NULL && *serial != '\0' && !gate_is_member(run, serial))) {
        return;
    }
    for (size_t i = 0; name != NULL && i < run->vdom_count; i++) {
        struct gate_vdom *vdom = &run->vdoms[i];

        if (strcmp(vdom->name, name) != 0) {
            continue;
        }
        if (absent) {
            vdom->table = TABLE_ABSENT;
        } else if (json_member_array(envelope, "results") != NULL) {
            vdom->table = TABLE_READ;
            vdom->unlisted = count_unlisted(vdom, envelope, type, listed);
        }
    }
}

int32_t gate_edges_compare(struct gate_run *run, enum device_type type, const struct index *listed,
                           struct failure *reterr)
{
    const struct rest_query *query = type == SWITCH ? &SWITCHES : &POINTS;
    struct rest_answer answer;
    struct json_object *results;
    struct failure why;
    int32_t code = rest_ask(run, query, &answer, &results, &why, reterr);

    for (size_t i = 0; i < run->vdom_count; i++) {
        run->vdoms[i].table = answer.not_found ? TABLE_ABSENT : TABLE_UNREAD;
        run->vdoms[i].unlisted = 0;
    }
    for (size_t i = 0; why.cause == 0 && i < rest_count(&answer); i++) {
        compare_vdom(run, query, rest_envelope(&answer, i), type, listed);
    }
    rest_release(&answer);
    return code;
}
