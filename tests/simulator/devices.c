/*
 * devices.c - special parts of device queries: "sub fetch", and the order of rows.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "devices.h"

#include <string.h>

static struct sub_fetch *find_sub_table(struct query *query, const char *name)
{
    if (strcmp(name, "vdom") == 0)
        return &query->vdom;
    if (strcmp(name, "ha_slave") == 0)
        return &query->ha_slave;
    if (strcmp(name, "onboard_rule") == 0)
        return &query->onboard_rule;
    return NULL;
}

static bool is_name_only(struct json_object *fields)
{
    return json_object_is_type(fields, json_type_array) && json_object_array_length(fields) == 1 &&
           strcmp(json_object_get_string(json_object_array_get_idx(fields, 0)), "name") == 0;
}

/* Section 2: {"vdom": {"subfetch hidden": 1}} or {"vdom": {"fields": ["name"]}}. */
static int read_sub_table(struct query *query, const char *name, struct json_object *options)
{
    struct sub_fetch *sub_table = find_sub_table(query, name);
    struct json_object *hidden = json_object_object_get(options, "subfetch hidden");
    struct json_object *fields = json_object_object_get(options, "fields");

    if (sub_table != NULL && json_object_object_length(options) == 1 && hidden != NULL) {
        sub_table->hidden = json_object_get_int(hidden) == 1;
        return STATUS_OK;
    }
    if (sub_table == &query->vdom && json_object_object_length(options) == 1 &&
        is_name_only(fields)) {
        sub_table->named = true;
        return STATUS_OK;
    }
    report_violation(&query->simulator->report, "device: sub fetch of %s is not known", name);
    return STATUS_INVALID_PARAMETER;
}

int devices_read_sub_fetch(struct query *query, struct json_object *param)
{
    struct json_object *sub_fetch = NULL;
    int code = STATUS_OK;

    if (!json_object_object_get_ex(param, "sub fetch", &sub_fetch))
        return STATUS_OK;
    if (!json_object_is_type(sub_fetch, json_type_object)) {
        report_violation(&query->simulator->report, "device: sub fetch is not an object");
        return STATUS_INVALID_PARAMETER;
    }
    json_object_object_foreach(sub_fetch, name, options) {
        if (code != STATUS_OK)
            continue;
        if (json_object_is_type(options, json_type_object))
            code = read_sub_table(query, name, options);
        else
            code = STATUS_INVALID_PARAMETER;
    }
    return code;
}

/* Without sorting, lists are in the order of names in every sample. */
const struct rows *devices_choose(const struct query *query, const struct rows *by_name,
                                  const struct rows *by_oid)
{
    return query->sort_key >= 0 && strcmp(query->table->keys[query->sort_key], "oid") == 0
               ? by_oid
               : by_name;
}
