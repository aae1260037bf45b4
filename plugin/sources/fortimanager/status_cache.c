/*
 * status_cache.c - FortiManager's cache of access points, filled by its last poll.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "status_cache.h"

#include <string.h>

#include "base/limits.h"
#include "columns.h"
#include "sources/fortios/fortios.h"
#include "json/json_guard.h"
#include "json/json_read.h"

bool fmg_status_cache_needed(const struct settings *settings)
{
    return settings->device_types[ACCESS_POINT] &&
           columns_selected(fmg_origins, settings, ACCESS_POINT, COST_CACHE);
}

static bool keep_facts(struct json_object *row, struct json_object *data, struct overlay *overlay)
{
    const char *serial = json_member_text(row, "sn");
    struct device unit = {.type = ACCESS_POINT};

    serial = device_serial_valid(serial) ? serial : json_member_text(data, "wtp_id");
    if (!device_serial_valid(serial)) {
        return true;
    }
    device_set_text(&unit, ATTRIBUTE_serial_number, serial);
    columns_read(&fmg_cache_columns, ACCESS_POINT, data, NULL, &unit);
    fortios_set_status(&unit, json_member_text(data, "connection_state"));
    return overlay_put(overlay, json_member_text(row, "dev"), &unit);
}

bool fmg_status_cache_read(struct json_object *data, struct overlay *overlay)
{
    bool kept = true;

    for (size_t i = 0; kept && i < json_count(data); i++) {
        struct json_object *row = json_element(data, i), *parsed = NULL;
        struct json_object *inner = json_member(row, "data");
        const char *text = json_text(inner);
        enum json_fault fault =
            text != NULL
                ? json_guard_parse(text, strlen(text), STATUS_CACHE_TREE_MAX, &parsed, NULL)
                : JSON_OK;

        kept = fault != JSON_MEMORY && keep_facts(row, parsed != NULL ? parsed : inner, overlay);
        json_object_put(parsed);
    }
    return kept;
}
