/*
 * controller_status.c - what FortiManager remembers of its last poll (section 4.3).
 * SPDX-License-Identifier: Apache-2.0
 *
 * Sample controller_status_fap: rows of {data, dev, sn, type, vdom} without a status of the reply;
 * data is JSON as text. A version is named only by section 4, so only connected units have one.
 */
#include "controller_status.h"

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

static void write_data(const struct edge *edge, size_t number, struct text *text)
{
    struct text inner = {NULL, 0, 0};
    char *json;

    text_open(&inner, '{');
    put(&inner, "wtp_id", edge->id);
    put(&inner, "name", edge->name);
    put(&inner, "wtp_mode", "normal");
    put(&inner, "location", "");
    put(&inner, "admin", edge->reason == REASON_UNAUTHORIZED ? "discovered" : "authorized");
    put(&inner, "connection_state", edge->connected ? "Connected" : "Disconnected");
    put(&inner, "mgmt_vdom", "root");
    text_key(&inner, "local_ip");
    if (edge->connected)
        text_format(&inner, "\"192.168.%u.%u\"", (unsigned)(number / 250 % 250),
                    (unsigned)(number % 250 + 1));
    else
        text_put(&inner, "\"0.0.0.0\"");
    text_key(&inner, "board_mac");
    if (edge->connected)
        text_format(&inner, "\"94:f3:92:%02x:%02x:%02x\"", (unsigned)(number >> 16 & 255),
                    (unsigned)(number >> 8 & 255), (unsigned)(number & 255));
    else
        text_put(&inner, "\"00:00:00:00:00:00\"");
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
        const struct edge *edge = rows->items[i];

        if (edge->reason == REASON_PRE_PROVISIONED || edge->reason == REASON_WILDCARD)
            continue;
        text_open(text, '{');
        write_data(edge, i, text);
        put(text, "dev", edge->gate->name);
        put(text, "sn", edge->id);
        put(text, "type", "fap");
        put(text, "vdom", edge->gate->vdoms[edge->vdom].name);
        if (edge->connected) {
            text_key(text, "version");
            text_format(text, "\"%s-v7.4-build0634\"", edge->model->prefix);
        }
        text_close(text, '}');
    }
    text_close(text, ']');
}
