/*
 * query.c - one GET of the REST API: its path, its parameters, and the envelopes that answer it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "query.h"

#include "option.h"
#include "resource.h"

#include <stdlib.h>
#include <string.h>

/* The release from which envelopes report the number of rows (section 2: newer releases). */
#define COUNTS_SINCE 70400

static bool is_cmdb(const struct fgt_query *query)
{
    return strncmp(query->resource->path, "cmdb/", 5) == 0;
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
static void split_path(struct fgt_query *query, const char *path)
{
    const char *start = strchr(path, '/');
    char *parts[3] = {NULL, NULL, NULL};

    query->path = must_copy(start != NULL ? start + 1 : path);
    parts[0] = query->path;
    for (size_t i = 1; i < 3 && parts[i - 1] != NULL; i++) {
        parts[i] = strchr(parts[i - 1], '/');
        if (parts[i] != NULL)
            *parts[i]++ = '\0';
    }
    query->name = parts[1] != NULL ? parts[1] : "";
    query->action = parts[2] != NULL ? parts[2] : "";
}

bool query_begin(struct fgt_query *query, struct fgt *fgt, const char *path)
{
    *query = (struct fgt_query){.fgt = fgt,
                                .resource = resource_find(path),
                                .parameters = json_object_new_array(),
                                .limit = SIZE_MAX};
    split_path(query, path);
    if (query->resource == NULL)
        return false;
    text_format(&query->table, "/api/v2/%s?", path);
    return true;
}

void query_release(struct fgt_query *query)
{
    fortios_release(&query->fortios);
    text_release(&query->table);
    (void)json_object_put(query->format);
    (void)json_object_put(query->parameters);
    free(query->path);
}

static void complain(struct fgt_query *query, const char *key, const char *value)
{
    report_violation(&query->fgt->simulator.report, "%s: parameter %s=%s", query->resource->path,
                     key, value);
    query->bad = true;
}

static bool read_format(struct fgt_query *query, const char *value)
{
    bool good = query->format == NULL && *value != '\0';

    (void)json_object_put(query->format);
    query->format = json_object_new_array();
    while (*value != '\0') {
        size_t size = strcspn(value, "|");

        if (query->resource->fields != NULL && !lists(query->resource->fields, value, size))
            good = false;
        (void)json_object_array_add(query->format, json_object_new_string_len(value, (int)size));
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

static bool read_vdom(struct fgt_query *query, const char *value)
{
    size_t size = strlen(value);

    if (size == 0 || size >= sizeof(query->vdom) || query->vdom[0] != '\0')
        return false;
    if (strcmp(value, "*") == 0)
        query->array = true;
    else
        memcpy(query->vdom, value, size + 1);
    return true;
}

static bool read_parameter(struct fgt_query *query, const char *key, const char *value)
{
    if (strcmp(key, "vdom") == 0)
        return read_vdom(query, value);
    if (strcmp(key, "global") == 0) {
        query->array = true;
        return strcmp(value, "1") == 0;
    }
    if (strcmp(key, "format") == 0)
        return read_format(query, value);
    if (!lists(query->resource->parameters, key, strlen(key)))
        return false;
    if (strcmp(key, "start") == 0)
        return read_size(value, &query->first);
    if (strcmp(key, "count") == 0)
        return read_size(value, &query->limit);
    if (strcmp(key, "scope") == 0)
        return strcmp(value, "global") == 0;
    return strcmp(value, "true") == 0 || strcmp(value, "false") == 0;
}

void query_take(struct fgt_query *query, const char *key, const char *value)
{
    char *words = must_print("%s=%s", key, value != NULL ? value : "");

    /* Section 2: monitor ignores it, so a client that relies on it is wrong. */
    if (strcmp(key, "fields") == 0 && !is_cmdb(query))
        report_violation(&query->fgt->simulator.report, "%s: fields= is not honoured",
                         query->resource->path);
    else if (value == NULL || !read_parameter(query, key, value))
        complain(query, key, value != NULL ? value : "");
    if (strcmp(key, "format") != 0)
        (void)json_object_array_add(query->parameters, json_object_new_string(words));
    /* The table of rows reads these itself. */
    if (value != NULL &&
        (strcmp(key, "format") == 0 || strcmp(key, "start") == 0 || strcmp(key, "count") == 0))
        text_format(&query->table, "%s%s",
                    query->table.bytes[query->table.size - 1] == '?' ? "" : "&", words);
    free(words);
}

void query_end(struct fgt_query *query, int fault)
{
    struct simulator *simulator = &query->fgt->simulator;

    report_get(&simulator->report, query->resource->path, query->format, query->parameters);
    if (!query->resource->rows || query->bad)
        return;
    /* A question mark alone is no query. */
    if (query->table.bytes[query->table.size - 1] == '?')
        query->table.size--;
    text_add(&query->table, "", 1);
    query->bad = !fortios_read(&query->fortios, simulator, query->table.bytes);
    if (fault == FAULT_RANGE_IGNORED)
        query->fortios.query.limit = SIZE_MAX;
    if (fault == FAULT_RANGE_IGNORED || fault == FAULT_REPEATED_PAGE)
        query->fortios.query.first = 0;
}

/* Checking ------------------------------------------------------------------------------------ */

bool query_exists(const struct fgt_query *query)
{
    const struct resource *resource = query->resource;

    if (query->fgt->options.no_switch_controller && strcmp(query->path, "switch-controller") == 0)
        return false;
    return resource->rows ? fortios_exists(&query->fortios, query->fgt->device)
                          : fgt_firmware(query->fgt) >= resource->since;
}

/* The index of the VDOM, or vdom_count. */
static uint32_t find_vdom(const struct fgt_query *query)
{
    const struct device *device = query->fgt->device;
    uint32_t v = 0;

    if (query->vdom[0] == '\0')
        return fgt_first_vdom(query->fgt);
    while (v < device->vdom_count &&
           (strcmp(device->vdoms[v].name, query->vdom) != 0 || !fgt_may_see(query->fgt, v)))
        v++;
    return v;
}

bool query_finds_vdom(const struct fgt_query *query)
{
    return query->array || find_vdom(query) < query->fgt->device->vdom_count;
}

const char *query_group(const struct fgt_query *query)
{
    return query->resource->group;
}

/* Answering ---------------------------------------------------------------------------------- */

static struct fortios_envelope make_envelope(const struct fgt_query *query, const char *vdom,
                                             unsigned http_status)
{
    return (struct fortios_envelope){
        .fgt = query->fgt->device,
        .vdom = vdom,
        .path = query->path,
        .name = query->name,
        .action = query->action,
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

void query_refuse(const struct fgt_query *query, unsigned http_status, struct reply *reply)
{
    const struct fgt *fgt = query->fgt;
    const struct fortios_envelope envelope =
        make_envelope(query, fgt->device->vdoms[fgt_first_vdom(fgt)].name, http_status);

    write_error(&envelope, http_status, reply);
}

void query_refuse_vdom(const struct fgt_query *query, struct reply *reply)
{
    struct fortios_envelope envelope = make_envelope(query, query->vdom, 403);

    envelope.anonymous = true;
    write_error(&envelope, 403, reply);
}

/* The members that the format selects, of one row or of an object. */
static struct json_object *choose_members(const struct fgt_query *query, struct json_object *object)
{
    struct json_object *chosen;

    if (query->format == NULL)
        return json_object_get(object);
    chosen = json_object_new_object();
    for (size_t i = 0; i < json_object_array_length(query->format); i++) {
        const char *name = json_object_get_string(json_object_array_get_idx(query->format, i));
        struct json_object *value = NULL;

        if (json_object_object_get_ex(object, name, &value))
            (void)json_object_object_add(chosen, name, json_object_get(value));
    }
    return chosen;
}

/* The requested page and members. `*ret_rows` is the number of all rows. */
static struct json_object *choose(const struct fgt_query *query, struct json_object *all,
                                  size_t *ret_rows)
{
    struct json_object *chosen;

    if (!json_object_is_type(all, json_type_array))
        return choose_members(query, all);
    *ret_rows = json_object_array_length(all);
    chosen = json_object_new_array();
    for (size_t i = query->first; i < *ret_rows && i - query->first < query->limit; i++)
        (void)json_object_array_add(chosen,
                                    choose_members(query, json_object_array_get_idx(all, i)));
    return chosen;
}

/* Section 2: the counts of a cmdb list. */
static void write_counts(const struct fgt_query *query, size_t rows, size_t page, struct text *text)
{
    put_number(text, "size", (int64_t)rows);
    put_number(text, "matched_count", (int64_t)rows);
    put_number(text, "next_idx", (int64_t)(query->first + page));
    put_flag(text, "limit_reached", query->first + page < rows);
}

/* The output of a function of resource.h, reduced to the requested part. */
static void write_results(const struct fgt_query *query, uint32_t vdom, struct text *text)
{
    struct text whole = {NULL, 0, 0};
    struct json_object *all;
    struct json_object *chosen;
    size_t rows = 0;
    char *json;

    query->resource->write(query->fgt, vdom, &whole);
    json = text_steal(&whole);
    all = json_tokener_parse(json);
    free(json);
    if (query->trimmed) {
        bool list = json_object_is_type(all, json_type_array);

        (void)json_object_put(all);
        all = list ? json_object_new_array() : json_object_new_object();
    }
    chosen = choose(query, all, &rows);
    put_json(text, "results",
             json_object_to_json_string_ext(chosen, JSON_C_TO_STRING_PLAIN |
                                                        JSON_C_TO_STRING_NOSLASHESCAPE));
    if (json_object_is_type(all, json_type_array) && is_cmdb(query) &&
        fgt_firmware(query->fgt) >= COUNTS_SINCE)
        write_counts(query, rows, json_object_array_length(chosen), text);
    (void)json_object_put(chosen);
    (void)json_object_put(all);
}

static void write_envelope(const struct fgt_query *query, uint32_t vdom, struct text *text)
{
    const struct device *device = query->fgt->device;
    const struct fortios_envelope envelope =
        make_envelope(query, device->vdoms[vdom].name, is_cmdb(query) ? 200 : 0);

    fortios_open_envelope(text);
    if (query->resource->revision)
        put_text(text, "revision", "20.1.1216463408");
    if (!query->resource->rows) {
        write_results(query, vdom, text);
    } else {
        text_key(text, "results");
        if (query->trimmed)
            text_literal(text, "[]");
        else
            fortios_write_rows(&query->fortios, device, vdom, text);
    }
    fortios_close_envelope(&envelope, text);
}

void query_answer(const struct fgt_query *query, struct reply *reply)
{
    const struct fgt *fgt = query->fgt;

    if (query->resource->write == write_fabric && fabric_fails(fgt)) {
        query_refuse(query, 500, reply);
        return;
    }
    if (!query->array) {
        write_envelope(query, find_vdom(query), &reply->body);
        return;
    }
    text_open(&reply->body, '[');
    for (uint32_t v = 0; v < fgt->device->vdom_count; v++)
        if (fgt_may_see(fgt, v))
            write_envelope(query, v, &reply->body);
    text_close(&reply->body, ']');
}
