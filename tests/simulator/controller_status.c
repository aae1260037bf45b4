/*
 * controller_status.c - FortiManager's cache of its last poll (section 4.3).
 * SPDX-License-Identifier: Apache-2.0
 *
 * Sample controller_status_fap: rows of {data, dev, sn, type, vdom}; the reply has no status, and
 * data is JSON as text. Only section 4 mentions a version, so only connected units have one.
 */
#include "controller_status.h"

#include "unit_facts.h"

#include <stdlib.h>

static const char *const members[] = {"scope member", NULL};
static const char *const keys[] = {NULL};

const struct table controller_status_table = {
    .name = "controller status", .members = members, .keys = keys};

static void put(struct text *text, const char *key, const char *value)
{
    text_key(text, key);
    text_string(text, value);
}

static void write_data(const struct unit *unit, const struct unit_facts *facts, struct text *text)
{
    struct text inner = {NULL, 0, 0};
    char *json;

    text_open(&inner, '{');
    put(&inner, "wtp_id", unit->id);
    put(&inner, "name", unit->name);
    put(&inner, "wtp_mode", "normal");
    put(&inner, "location", facts->location);
    put(&inner, "admin", unit->reason == REASON_UNAUTHORIZED ? "discovered" : "authorized");
    put(&inner, "connection_state", facts->connected ? "Connected" : "Disconnected");
    put(&inner, "mgmt_vdom", "root");
    put(&inner, "local_ip", facts->address);
    put(&inner, "board_mac", facts->mac);
    text_close(&inner, '}');
    json = text_steal(&inner);
    put(text, "data", json);
    free(json);
}

void controller_status_write(const struct rows *rows, struct text *text)
{
    text_key(text, "data");
    text_open(text, '[');
    for (size_t i = 0; i < rows->count; i++) {
        const struct unit *unit = rows->items[i];
        struct unit_facts facts;

        if (unit->reason == REASON_PRE_PROVISIONED || unit->reason == REASON_WILDCARD)
            continue;
        text_open(text, '{');
        unit_facts_cached(unit, &facts);
        write_data(unit, &facts, text);
        put(text, "dev", unit->fgt->name);
        put(text, "sn", unit->id);
        put(text, "type", "fap");
        put(text, "vdom", unit->fgt->vdoms[unit->vdom].name);
        if (facts.connected)
            put(text, "version", facts.os_version);
        text_close(text, '}');
    }
    text_close(text, ']');
}
