/*
 * question.c - one GET of the REST API: its path, its parameters, and the envelopes that answer it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "question.h"

#include "option.h"
#include "resource.h"

#include <stdlib.h>
#include <string.h>

/* The release from which envelopes report the number of rows (section 2: newer releases). */
#define COUNTS_SINCE 70400

static bool is_cmdb(const struct question *question)
{
    return strncmp(question->resource->path, "cmdb/", 5) == 0;
}

/* True when a list "a|b|c" has a name of `size` bytes. */
static bool lists(const char *list, const char *name, size_t size)
{
    while (list != NULL && *list != '\0') {
        size_t length = strcspn(list, "|");

        if (length == size && strncmp(list, name, size) == 0)
            return true;
        list += length;
        list += *list == '|' ? 1 : 0;
    }
    return false;
}

/* Reading ------------------------------------------------------------------------------------ */

/* "monitor/system/ha-peer" has path "system" and name "ha-peer" in the envelope; the rest is the
 * action. */
static void split_path(struct question *question, const char *path)
{
    const char *start = strchr(path, '/');
    char *parts[3] = {NULL, NULL, NULL};

    question->path = must_copy(start != NULL ? start + 1 : path);
    parts[0] = question->path;
    for (size_t i = 1; i < 3 && parts[i - 1] != NULL; i++) {
        parts[i] = strchr(parts[i - 1], '/');
        if (parts[i] != NULL)
            *parts[i]++ = '\0';
    }
    question->name = parts[1] != NULL ? parts[1] : "";
    question->action = parts[2] != NULL ? parts[2] : "";
}

bool question_begin(struct question *question, struct gate *gate, const char *path)
{
    *question = (struct question){.gate = gate,
                                  .resource = resource_find(path),
                                  .parameters = json_object_new_array(),
                                  .limit = SIZE_MAX};
    split_path(question, path);
    if (question->resource == NULL)
        return false;
    text_format(&question->table, "/api/v2/%s?", path);
    return true;
}

void question_release(struct question *question)
{
    fortios_release(&question->fortios);
    text_release(&question->table);
    (void)json_object_put(question->format);
    (void)json_object_put(question->parameters);
    free(question->path);
}

static void complain(struct question *question, const char *key, const char *value)
{
    report_violation(&question->gate->simulator.report, "%s: parameter %s=%s",
                     question->resource->path, key, value);
    question->bad = true;
}

static bool read_format(struct question *question, const char *value)
{
    bool good = question->format == NULL && *value != '\0';

    (void)json_object_put(question->format);
    question->format = json_object_new_array();
    while (*value != '\0') {
        size_t size = strcspn(value, "|");

        if (question->resource->fields != NULL && !lists(question->resource->fields, value, size))
            good = false;
        (void)json_object_array_add(question->format, json_object_new_string_len(value, (int)size));
        value += size;
        value += *value == '|' ? 1 : 0;
    }
    return good;
}

static bool read_size(const char *value, size_t *ret_size)
{
    uint64_t number;

    if (option_number(value, UINT32_MAX, &number) != 0)
        return false;
    *ret_size = (size_t)number;
    return true;
}

static bool read_vdom(struct question *question, const char *value)
{
    size_t size = strlen(value);

    if (size == 0 || size >= sizeof(question->vdom) || question->vdom[0] != '\0')
        return false;
    if (strcmp(value, "*") == 0)
        question->array = true;
    else
        memcpy(question->vdom, value, size + 1);
    return true;
}

static bool read_parameter(struct question *question, const char *key, const char *value)
{
    if (strcmp(key, "vdom") == 0)
        return read_vdom(question, value);
    if (strcmp(key, "global") == 0) {
        question->array = true;
        return strcmp(value, "1") == 0;
    }
    if (strcmp(key, "format") == 0)
        return read_format(question, value);
    if (!lists(question->resource->parameters, key, strlen(key)))
        return false;
    if (strcmp(key, "start") == 0)
        return read_size(value, &question->first);
    if (strcmp(key, "count") == 0)
        return read_size(value, &question->limit);
    if (strcmp(key, "scope") == 0)
        return strcmp(value, "global") == 0;
    return strcmp(value, "true") == 0 || strcmp(value, "false") == 0;
}

void question_take(struct question *question, const char *key, const char *value)
{
    char *words = must_print("%s=%s", key, value != NULL ? value : "");

    /* Section 2: monitor ignores it, so a client that relies on it is wrong. */
    if (strcmp(key, "fields") == 0 && !is_cmdb(question))
        report_violation(&question->gate->simulator.report, "%s: fields= is not honoured",
                         question->resource->path);
    else if (value == NULL || !read_parameter(question, key, value))
        complain(question, key, value != NULL ? value : "");
    if (strcmp(key, "format") != 0)
        (void)json_object_array_add(question->parameters, json_object_new_string(words));
    /* The table of rows reads these itself. */
    if (value != NULL &&
        (strcmp(key, "format") == 0 || strcmp(key, "start") == 0 || strcmp(key, "count") == 0))
        text_format(&question->table, "%s%s",
                    question->table.bytes[question->table.size - 1] == '?' ? "" : "&", words);
    free(words);
}

void question_end(struct question *question, int fault)
{
    struct simulator *simulator = &question->gate->simulator;

    report_get(&simulator->report, question->resource->path, question->format,
               question->parameters);
    if (!question->resource->rows || question->bad)
        return;
    /* A question mark alone is no query. */
    if (question->table.bytes[question->table.size - 1] == '?')
        question->table.size--;
    text_add(&question->table, "", 1);
    question->bad = !fortios_read(&question->fortios, simulator, question->table.bytes);
    if (fault == FAULT_RANGE_IGNORED)
        question->fortios.query.limit = SIZE_MAX;
    if (fault == FAULT_RANGE_IGNORED || fault == FAULT_REPEATED_PAGE)
        question->fortios.query.first = 0;
}

/* Checking ------------------------------------------------------------------------------------ */

bool question_exists(const struct question *question)
{
    const struct resource *resource = question->resource;

    if (question->gate->options.no_switch_controller &&
        strcmp(question->path, "switch-controller") == 0)
        return false;
    return resource->rows ? fortios_exists(&question->fortios, question->gate->device)
                          : gate_firmware(question->gate) >= resource->since;
}

/* The index of the VDOM, or vdom_count. */
static uint32_t find_vdom(const struct question *question)
{
    const struct device *device = question->gate->device;
    uint32_t v = 0;

    if (question->vdom[0] == '\0')
        return gate_first_vdom(question->gate);
    while (v < device->vdom_count &&
           (strcmp(device->vdoms[v].name, question->vdom) != 0 || !gate_may_see(question->gate, v)))
        v++;
    return v;
}

bool question_finds_vdom(const struct question *question)
{
    return question->array || find_vdom(question) < question->gate->device->vdom_count;
}

const char *question_group(const struct question *question)
{
    return question->resource->group;
}

/* Answering ---------------------------------------------------------------------------------- */

static struct fortios_envelope make_envelope(const struct question *question, const char *vdom,
                                             unsigned http_status)
{
    return (struct fortios_envelope){
        .gate = question->gate->device,
        .vdom = vdom,
        .path = question->path,
        .name = question->name,
        .action = question->action,
        .http_status = (int)http_status,
    };
}

static void write_error(const struct fortios_envelope *envelope, unsigned http_status,
                        struct reply *reply)
{
    reply->http_status = http_status;
    fortios_open_envelope(&reply->body);
    fortios_close_envelope(envelope, &reply->body);
}

void question_refuse(const struct question *question, unsigned http_status, struct reply *reply)
{
    const struct gate *gate = question->gate;
    const struct fortios_envelope envelope =
        make_envelope(question, gate->device->vdoms[gate_first_vdom(gate)].name, http_status);

    write_error(&envelope, http_status, reply);
}

void question_refuse_vdom(const struct question *question, struct reply *reply)
{
    struct fortios_envelope envelope = make_envelope(question, question->vdom, 403);

    envelope.anonymous = true;
    write_error(&envelope, 403, reply);
}

/* The members that the format selects, of one row or of an object. */
static struct json_object *choose_members(const struct question *question,
                                          struct json_object *object)
{
    struct json_object *chosen;

    if (question->format == NULL)
        return json_object_get(object);
    chosen = json_object_new_object();
    for (size_t i = 0; i < json_object_array_length(question->format); i++) {
        const char *name = json_object_get_string(json_object_array_get_idx(question->format, i));
        struct json_object *value = NULL;

        if (json_object_object_get_ex(object, name, &value))
            (void)json_object_object_add(chosen, name, json_object_get(value));
    }
    return chosen;
}

/* The requested page and members. `*ret_rows` is the number of all rows. */
static struct json_object *choose(const struct question *question, struct json_object *all,
                                  size_t *ret_rows)
{
    struct json_object *chosen;

    if (!json_object_is_type(all, json_type_array))
        return choose_members(question, all);
    *ret_rows = json_object_array_length(all);
    chosen = json_object_new_array();
    for (size_t i = question->first; i < *ret_rows && i - question->first < question->limit; i++)
        (void)json_object_array_add(chosen,
                                    choose_members(question, json_object_array_get_idx(all, i)));
    return chosen;
}

/* Section 2: the counts of a cmdb list. */
static void write_counts(const struct question *question, size_t rows, size_t page,
                         struct text *text)
{
    put_number(text, "size", (int64_t)rows);
    put_number(text, "matched_count", (int64_t)rows);
    put_number(text, "next_idx", (int64_t)(question->first + page));
    put_flag(text, "limit_reached", question->first + page < rows);
}

/* The output of a function of resource.h, reduced to the requested part. */
static void write_results(const struct question *question, uint32_t vdom, struct text *text)
{
    struct text whole = {NULL, 0, 0};
    struct json_object *all;
    struct json_object *chosen;
    size_t rows = 0;
    char *json;

    question->resource->write(question->gate, vdom, &whole);
    json = text_steal(&whole);
    all = json_tokener_parse(json);
    free(json);
    if (question->trimmed) {
        bool list = json_object_is_type(all, json_type_array);

        (void)json_object_put(all);
        all = list ? json_object_new_array() : json_object_new_object();
    }
    chosen = choose(question, all, &rows);
    put_json(text, "results",
             json_object_to_json_string_ext(chosen, JSON_C_TO_STRING_PLAIN |
                                                        JSON_C_TO_STRING_NOSLASHESCAPE));
    if (json_object_is_type(all, json_type_array) && is_cmdb(question) &&
        gate_firmware(question->gate) >= COUNTS_SINCE)
        write_counts(question, rows, json_object_array_length(chosen), text);
    (void)json_object_put(chosen);
    (void)json_object_put(all);
}

static void write_envelope(const struct question *question, uint32_t vdom, struct text *text)
{
    const struct device *device = question->gate->device;
    const struct fortios_envelope envelope =
        make_envelope(question, device->vdoms[vdom].name, is_cmdb(question) ? 200 : 0);

    fortios_open_envelope(text);
    if (question->resource->revision)
        put_text(text, "revision", "20.1.1216463408");
    if (!question->resource->rows) {
        write_results(question, vdom, text);
    } else {
        text_key(text, "results");
        if (question->trimmed)
            text_literal(text, "[]");
        else
            fortios_write_rows(&question->fortios, device, vdom, text);
    }
    fortios_close_envelope(&envelope, text);
}

void question_answer(const struct question *question, struct reply *reply)
{
    const struct gate *gate = question->gate;

    if (question->resource->write == write_fabric && fabric_fails(gate)) {
        question_refuse(question, 500, reply);
        return;
    }
    if (!question->array) {
        write_envelope(question, find_vdom(question), &reply->body);
        return;
    }
    text_open(&reply->body, '[');
    for (uint32_t v = 0; v < gate->device->vdom_count; v++)
        if (gate_may_see(gate, v))
            write_envelope(question, v, &reply->body);
    text_close(&reply->body, ']');
}
