/*
 * samples_fgt.c - recorded answers of a FortiGate, each as one answer within a whole sync.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>

#include "inventory/summary.h"
#include "samples_fixture.h"
#include "sources/fortigate/fortigate.h"
#include "json/json_read.h"

/* The status that every sync needs, unless it is the sample: "%s" is the serial. */
static const char STATUS[] = "{\"results\":{},\"vdom\":\"root\",\"status\":\"success\",\"serial\":"
                             "\"%s\",\"version\":\"v7.4.8\",\"build\":2795}";

static struct json_object *envelope_of(struct json_object *sample)
{
    return json_object_is_type(sample, json_type_array) ? json_element(sample, 0) : sample;
}

/* "system/status?", "managed-switch/status?": part of the URL of a recorded answer. */
static void append_path(struct json_object *sample, struct buffer *out)
{
    struct json_object *envelope = envelope_of(sample);
    const char *action = json_member_text(envelope, "action");

    buffer_printf(out, "%s/%s", or_dash(json_member_text(envelope, "path")),
                  or_dash(json_member_text(envelope, "name")));
    if (action != NULL && *action != '\0') {
        buffer_printf(out, "/%s", action);
    }
}

static bool is_asked(const char *head, struct json_object *sample)
{
    struct buffer path = BUFFER(KIB(1));
    const char *found;
    bool asked;

    append_path(sample, &path);
    found = strstr(head, buffer_text(&path));
    asked = found != NULL && found < strchr(head, '\r') &&
            (found[path.size] == '?' || found[path.size] == ' ');
    buffer_release(&path);
    return asked;
}

/* Deletes serials that the recorder masked: they are invalid, and the status has another one. */
static void unmask(struct json_object *sample)
{
    size_t count = json_object_is_type(sample, json_type_array) ? json_count(sample) : 1;

    for (size_t i = 0; i < count; i++) {
        struct json_object *envelope =
            json_object_is_type(sample, json_type_array) ? json_element(sample, i) : sample;
        const char *serial = json_member_text(envelope, "serial");

        if (serial != NULL && !device_serial_valid(serial)) {
            json_object_object_del(envelope, "serial");
        }
    }
}

/* The sample for its own URL, a bare status for the URL of the status, 404 for the rest. */
static void answer(void *context, struct json_object *request, struct rpc_answer *ret)
{
    const struct samples_fixture *fixture = context;
    struct json_object *sample = fixture->script.reply;
    const char *serial = json_member_text(envelope_of(sample), "serial");

    (void)request;
    if (is_asked(ret->head, sample)) {
        if (strstr(ret->head, "/system/status?") == NULL) {
            unmask(sample);
        }
        buffer_append_text(&ret->body,
                           json_object_to_json_string_ext(sample, JSON_C_TO_STRING_PLAIN));
    } else if (strstr(ret->head, "/system/status?") != NULL) {
        buffer_printf(&ret->body, STATUS,
                      serial != NULL && device_serial_valid(serial) ? serial : "FGT60FTK20000001");
    } else {
        ret->status = 404;
    }
}

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
    const char *vdom = strstr(json_member_text(document, "scope"), "/vdom:");

    buffer_printf(out, "%s of %s %s", json_member_text(document, "device_type"), vdom + 6,
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

/* Every unit, coverage and problem of a sync in which one answer is the recorded one. */
void read_fortigate(struct samples_fixture *fixture, struct json_object *sample, struct buffer *out)
{
    struct inventory *inventory = inventory_new(&fixture->operation, &fixture->settings, false);
    int32_t code;

    if (inventory == NULL) {
        abort();
    }
    fixture->with_key = true;
    fixture->answer = answer;
    fixture->script.reply = sample;
    fixture->script.out = out;
    samples_connect(fixture);
    fixture->call.inventory = inventory;
    fixture->operation.host.emit = take_document;
    code = fortigate_source.read(&fixture->call, &fixture->failure);
    if (inventory_finish(inventory, code, &fixture->failure) < HECTOR_OK) {
        write_failure(fixture, out);
    }
    inventory_free(inventory);
    (void)samples_disconnect(fixture);
    fixture->script.reply = NULL;
}
