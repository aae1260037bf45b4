/*
 * samples_sync.c - a whole sync in which one answer is a recorded one.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>

#include "inventory/summary.h"
#include "samples_fixture.h"
#include "json/json_read.h"

static void write_asset(struct json_object *document, struct buffer *out)
{
    struct json_object *attributes = json_member(document, "attributes");

    buffer_printf(out, "%s %s %s \"%s\"", json_member_text(document, "device_type"),
                  json_member_text(document, "sync_key"),
                  json_member_text(json_member(document, "part"), "model"),
                  json_member_text(document, "title"));
    json_object_object_foreach(attributes, key, value) {
        if (strcmp(key, "serial_number") != 0 && strcmp(key, "name") != 0 &&
            strcmp(key, "model") != 0) {
            buffer_printf(out, " %s=%s", key, json_object_get_string(value));
        }
    }
}

static void write_coverage(struct json_object *document, struct buffer *out)
{
    const char *reason = json_member_text(document, "reason");
    const char *scope = json_member_text(document, "scope");
    const char *vdom = strstr(scope, "/vdom:");

    buffer_printf(out, "%s of %s %s", json_member_text(document, "device_type"),
                  vdom != NULL ? vdom + strlen("/vdom:") : scope,
                  reason != NULL ? reason : "complete");
}

static int32_t take_document(void *context, const char *text, size_t size)
{
    struct samples_fixture *fixture = context;
    char *copy = strndup(text, size);
    struct json_object *document = copy != NULL ? json_tokener_parse(copy) : NULL;
    const char *kind = json_member_text(document, "kind");
    struct buffer *out = fixture->script.out;

    free(copy);
    if (kind == NULL) {
        return 1;
    }
    if (strcmp(kind, "asset") == 0) {
        write_separator(out);
        write_asset(document, out);
    } else if (strcmp(kind, "coverage") == 0) {
        write_separator(out);
        write_coverage(document, out);
    } else if (strcmp(kind, "problem") == 0) {
        write_separator(out);
        buffer_append_text(out, json_member_text(document, "reason"));
    }
    json_object_put(document);
    return 0;
}

void samples_sync(struct samples_fixture *fixture, const struct source *source)
{
    struct inventory *inventory = inventory_new(&fixture->operation, &fixture->settings, false);
    int32_t code;

    if (inventory == NULL) {
        abort();
    }
    samples_connect(fixture);
    for (enum device_type type = 0; type < DEVICE_TYPE_COUNT; type++) {
        fixture->settings.device_types[type] = source->types[type]; /* as source_open() does */
    }
    fixture->call.inventory = inventory;
    fixture->operation.host.emit = take_document;
    code = source->read(&fixture->call, &fixture->failure);
    if (inventory_finish(inventory, code, &fixture->failure) < HECTOR_OK) {
        write_failure(fixture, fixture->script.out);
    }
    inventory_free(inventory);
    (void)samples_disconnect(fixture);
    fixture->script.reply = NULL;
}
