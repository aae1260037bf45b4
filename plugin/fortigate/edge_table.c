/*
 * edge_table.c - what a FortiGate's configuration knows of switches and access points.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Asked only where the lists of what there is are empty: the same right opens both, so that this
 * one tells whether nothing can be true. Names of the members: published schema; whether the lists
 * of what there is hold every unit that is configured and never came is inferred.
 */
#include <string.h>

#include "json_read.h"
#include "rest.h"

static const struct rest_query SWITCHES = {.path = "/api/v2/cmdb/switch-controller/managed-switch",
                                           .vdom = "*",
                                           .format = "switch-id|fsw-wan1-admin|pre-provisioned"};
static const struct rest_query POINTS = {
    .path = "/api/v2/cmdb/wireless-controller/wtp", .vdom = "*", .format = "wtp-id|admin"};

/* Authorized, and a unit: no place-holder, no template, not the radio inside of the gate. */
static bool is_unit(struct json_object *row, enum device_type type)
{
    const char *id = json_member_text(row, type == SWITCH ? "switch-id" : "wtp-id");
    const struct model_row *model = id != NULL ? model_by_prefix(id) : NULL;
    const char *admin = json_member_text(row, type == SWITCH ? "fsw-wan1-admin" : "admin");

    return id != NULL && serial_valid(id) && admin != NULL && strcmp(admin, "enable") == 0 &&
           !json_member_true(row, "pre-provisioned") && (model == NULL || model->type == type);
}

/* Newer releases count the rows, too: what is counted and not listed may be units. */
static uint64_t count_units(struct json_object *envelope, enum device_type type)
{
    struct json_object *rows = json_member_array(envelope, "results");
    int64_t matched = 0, listed = (int64_t)json_count(rows);
    uint64_t units = 0;

    for (size_t i = 0; i < json_count(rows); i++) {
        units += is_unit(json_element(rows, i), type) ? 1 : 0;
    }
    (void)json_member_integer(envelope, "matched_count", &matched);
    return units + (matched > listed ? (uint64_t)(matched - listed) : 0);
}

int32_t gate_edges_configured(struct gate_run *run, enum device_type type, struct failure *reterr)
{
    const struct rest_query *query = type == SWITCH ? &SWITCHES : &POINTS;
    struct rest_answer answer;
    struct json_object *results;
    struct failure why;
    int32_t code = rest_ask(run, query, &answer, &results, &why, reterr);

    for (size_t i = 0; results != NULL && i < rest_count(&answer); i++) {
        struct json_object *envelope = rest_envelope(&answer, i);
        const char *vdom = json_member_text(envelope, "vdom");

        for (size_t v = 0; vdom != NULL && v < run->vdom_count; v++) {
            if (strcmp(run->vdoms[v].name, vdom) == 0) {
                run->vdoms[v].configured = count_units(envelope, type);
            }
        }
    }
    rest_release(&answer);
    return code;
}
