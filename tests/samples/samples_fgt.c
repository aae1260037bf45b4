/*
 * samples_fgt.c - recorded answers of a FortiGate, each as one answer within a whole sync.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

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

/* Every unit, coverage and problem of a sync in which one answer is the recorded one. */
void read_fortigate(struct samples_fixture *fixture, struct json_object *sample, struct buffer *out)
{
    fixture->with_key = true;
    fixture->answer = answer;
    fixture->script.reply = sample;
    fixture->script.out = out;
    samples_sync(fixture, &fortigate_source);
}
