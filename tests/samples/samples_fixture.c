/*
 * samples_fixture.c - a call of the plugin's inner parts, for the replay of recorded replies.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "samples_fixture.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "json/json_read.h"
#include "json/json_write.h"

#define SECRET "recorded"

static void die(const char *what)
{
    fprintf(stderr, "samples: %s\n", what);
    exit(EXIT_FAILURE);
}

static int32_t take_document(void *context, const char *document, size_t size)
{
    struct samples_fixture *fixture = context;
    char *text = strndup(document, size);

    json_object_put(fixture->document);
    fixture->document = text != NULL ? json_tokener_parse(text) : NULL;
    free(text);
    return fixture->document == NULL;
}

static int64_t give_secret(void *context, const char *name, size_t name_size, char *buffer,
                           size_t capacity)
{
    const struct samples_fixture *fixture = context;
    const char *wanted = fixture->with_key ? "token" : "password";

    if (strcmp(name, wanted) != 0 && strcmp(name, "forticloud_password") != 0) {
        return -1;
    }
    (void)name_size;
    return (int64_t)utf8_copy(buffer, capacity, SECRET, strlen(SECRET));
}

/* The settings of an administrator who wants to see everything. */
static void read_settings(struct samples_fixture *fixture, uint16_t port)
{
    struct buffer text = BUFFER(KIB(8));

    buffer_printf(&text, "{\"settings\":{\"url\":\"http://127.0.0.1:%" PRIu16 "\"", port);
    if (!fixture->with_key) {
        json_write_string(&text, "username", "hector");
    }
    json_write_array(&text, "attributes");
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        json_write_string(&text, NULL, attribute_info((enum attribute)i)->id);
    }
    json_write_string(&text, NULL, META_PREFIX "branch_id");
    json_write_string(&text, NULL, META_PREFIX "mf_001");
    json_write_string(&text, NULL, META_PREFIX "mf_002");
    json_write_array_end(&text);
    buffer_append_text(&text, "},\"host\":{\"allow_loopback\":true}}");
    json_object_put(fixture->request);
    fixture->request = NULL;
    if (settings_parse_request(&fixture->operation, buffer_text(&text), text.size,
                               &fixture->request, &fixture->failure) != HECTOR_OK ||
        settings_read(&fixture->operation, fixture->request, &fixture->settings,
                      &fixture->failure) != HECTOR_OK) {
        die(fixture->failure.message);
    }
    buffer_release(&text);
}

void samples_begin(struct samples_fixture *fixture)
{
    *fixture = (struct samples_fixture){
        .limits = LIMITS_DEFAULT,
        .host = {.struct_size = sizeof(struct hector_host),
                 .context = fixture,
                 .emit = take_document,
                 .secret = give_secret},
        .call = {.operation = &fixture->operation, .settings = &fixture->settings},
    };
    /* The plugin repeats refused requests: without these limits, after seconds. */
    fixture->limits.backoff_ms = 1;
    fixture->limits.refused_pause_ms = 1;
    fixture->limits.forticloud_repeat_ms = 1;
    if (operation_begin(&fixture->operation, &fixture->host, &fixture->limits, &fixture->failure) !=
        HECTOR_OK) {
        die(fixture->failure.message);
    }
    fixture->script.rows = json_object_new_object();
    read_settings(fixture, 443);
}

void samples_end(struct samples_fixture *fixture)
{
    if (fixture->peer != NULL) {
        (void)samples_disconnect(fixture);
    }
    json_object_put(fixture->script.rows);
    json_object_put(fixture->document);
    json_object_put(fixture->request);
    operation_end(&fixture->operation);
}

void samples_connect(struct samples_fixture *fixture)
{
    struct http_policy policy;

    fixture->peer = fixture->answer != NULL ? rpc_peer_start(fixture->answer, fixture)
                                            : rpc_peer_start(samples_answer, &fixture->script);
    read_settings(fixture, rpc_peer_port(fixture->peer));
    policy = settings_http_policy(&fixture->settings);
    if (http_open(&fixture->operation, &policy, &fixture->call.http, &fixture->failure) !=
        HECTOR_OK) {
        die(fixture->failure.message);
    }
}

size_t samples_disconnect(struct samples_fixture *fixture)
{
    struct rpc_record record;
    size_t requests;

    rpc_peer_stop(fixture->peer, &record);
    requests = record.count;
    rpc_record_release(&record);
    http_close(fixture->call.http);
    fixture->call.http = NULL;
    fixture->peer = NULL;
    return requests;
}

/* ---- pieces of a line */

const char *or_dash(const char *what)
{
    return what != NULL && *what != '\0' ? what : "-";
}

void write_separator(struct buffer *out)
{
    if (out->size > 0) {
        buffer_append_text(out, " | ");
    }
}

void write_failure(const struct samples_fixture *fixture, struct buffer *out)
{
    const char *message = fixture->failure.message, *origin = fixture->settings.origin, *at;

    buffer_printf(out, "%s %s \"", operation_outcome(fixture->failure.cause),
                  message_slug(fixture->failure.reason));
    while ((at = strstr(message, origin)) != NULL) {
        buffer_append(out, message, (size_t)(at - message));
        buffer_append_text(out, "FMG");
        message = at + strlen(origin);
    }
    buffer_printf(out, "%s\"", message);
}

/* ---- pieces of a sample */

struct json_object *sample_row(struct json_object *sample)
{
    struct json_object *result = json_member_array(sample, "result");

    return json_count(result) > 0 ? json_object_array_get_idx(result, 0) : sample;
}

/* FortiManager's wrapper of an object that was just added: {"device": {...}, "taskid": 9}. */
static struct json_object *data_of(struct json_object *sample)
{
    struct json_object *data = json_member(sample_row(sample), "data");
    struct json_object *device = json_member_object(data, "device");

    return device != NULL ? device : data;
}

size_t sample_count(struct json_object *sample)
{
    struct json_object *data = data_of(sample);

    return json_object_is_type(data, json_type_object) ? 1 : json_count(data);
}

struct json_object *sample_at(struct json_object *sample, size_t i)
{
    struct json_object *data = data_of(sample);

    return json_object_is_type(data, json_type_object) ? data : json_object_array_get_idx(data, i);
}
