/*
 * table.c - a table's answer to a get: its columns, its rows, and their order.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "table.h"

#include <limits.h>
#include <string.h>

static bool is_listed(const char *name, const char *const *names)
{
    for (size_t i = 0; names != NULL && names[i] != NULL; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static bool exists(const struct column *column, uint32_t version)
{
    return version >= column->since && (column->until == 0 || version <= column->until);
}

/* A field that this version lacks makes the whole query -11 (section 1.4). A field that no version
 * has, or a secret, is a violation. */
int query_read_fields(struct query *query, struct json_object *fields)
{
    const struct table *table = query->table;
    struct report *report = &query->simulator->report;
    size_t count;

    if (!json_object_is_type(fields, json_type_array)) {
        report_violation(report, "%s: fields is not a list", table->name);
        return STATUS_INVALID_PARAMETER;
    }
    count = json_object_array_length(fields);
    query->fields = true;
    for (size_t i = 0; i < count; i++) {
        const char *name = json_object_get_string(json_object_array_get_idx(fields, i));
        size_t c = 0;

        while (c < table->column_count && strcmp(table->columns[c].name, name ? name : "") != 0)
            c++;
        if (c == table->column_count) {
            report_violation(report, "%s: unknown field %s", table->name, name ? name : "null");
            return STATUS_NO_PERMISSION;
        }
        if (table->columns[c].role == ROLE_SECRET)
            report_violation(report, "%s: asks for the secret %s", table->name, name);
        if (!exists(&table->columns[c], query->simulator->settings.version))
            return STATUS_NO_PERMISSION;
        query->wanted[c] = true;
    }
    return STATUS_OK;
}

static int read_option(struct query *query, const char *option)
{
    if (strcmp(option, "count") == 0) {
        query->count = true;
    } else if (strcmp(option, "no loadsub") == 0) {
        query->loadsub = false;
    } else if (is_listed(option, query->table->options)) {
        query->extra_info = query->extra_info || strcmp(option, "extra info") == 0;
        query->get_meta = query->get_meta || strcmp(option, "get meta") == 0;
    } else {
        report_violation(&query->simulator->report, "%s: unknown option %s", query->table->name,
                         option);
        return STATUS_INVALID_PARAMETER;
    }
    return STATUS_OK;
}

/* Section 2: `option` is a string or a list of strings. */
static int read_options(struct query *query, struct json_object *options)
{
    int code = STATUS_OK;

    if (json_object_is_type(options, json_type_string))
        return read_option(query, json_object_get_string(options));
    if (!json_object_is_type(options, json_type_array)) {
        report_violation(&query->simulator->report, "%s: option is neither text nor list",
                         query->table->name);
        return STATUS_INVALID_PARAMETER;
    }
    for (size_t i = 0; i < json_object_array_length(options) && code == STATUS_OK; i++) {
        const char *option = json_object_get_string(json_object_array_get_idx(options, i));

        code = read_option(query, option != NULL ? option : "null");
    }
    return code;
}

/* Section 2: range is [offset, count]. */
static int read_range(struct query *query, struct json_object *range)
{
    int64_t numbers[2] = {-1, -1};

    if (json_object_is_type(range, json_type_array) && json_object_array_length(range) == 2)
        for (size_t i = 0; i < 2; i++)
            if (json_object_is_type(json_object_array_get_idx(range, i), json_type_int))
                numbers[i] = json_object_get_int64(json_object_array_get_idx(range, i));
    if (numbers[0] < 0 || numbers[1] < 1) {
        report_violation(&query->simulator->report, "%s: range is not [offset, count]",
                         query->table->name);
        return STATUS_INVALID_PARAMETER;
    }
    query->ranged = true;
    query->first = (size_t)numbers[0];
    query->limit = (size_t)numbers[1];
    return STATUS_OK;
}

/* Section 2: sortings is [{"name": 1}], 1 ascending, -1 descending; only one key was recorded. */
static int read_sortings(struct query *query, struct json_object *sortings)
{
    struct json_object *first = NULL;

    if (json_object_is_type(sortings, json_type_array) && json_object_array_length(sortings) == 1)
        first = json_object_array_get_idx(sortings, 0);
    if (json_object_is_type(first, json_type_object) && json_object_object_length(first) == 1) {
        json_object_object_foreach(first, key, direction) {
            int64_t way = json_object_get_int64(direction);

            for (int i = 0; query->table->keys[i] != NULL; i++)
                if (strcmp(query->table->keys[i], key) == 0 && (way == 1 || way == -1))
                    query->sort_key = i;
            query->descending = way == -1;
        }
    }
    if (query->sort_key < 0) {
        report_violation(&query->simulator->report, "%s: sortings by an unknown key",
                         query->table->name);
        return STATUS_INVALID_PARAMETER;
    }
    return STATUS_OK;
}

static int read_member(struct query *query, const char *name, struct json_object *value)
{
    if (strcmp(name, "url") == 0)
        return STATUS_OK;
    if (strcmp(name, "fields") == 0)
        return query_read_fields(query, value);
    if (strcmp(name, "option") == 0)
        return read_options(query, value);
    if (strcmp(name, "range") == 0)
        return read_range(query, value);
    if (strcmp(name, "sortings") == 0)
        return read_sortings(query, value);
    if (strcmp(name, "loadsub") == 0) {
        query->loadsub = json_object_get_int(value) != 0;
        return STATUS_OK;
    }
    if (is_listed(name, query->table->members))
        return STATUS_OK;
    report_violation(&query->simulator->report, "%s: unknown member %s", query->table->name, name);
    return STATUS_INVALID_PARAMETER;
}

int query_read(struct query *query, const struct table *table, struct simulator *simulator,
               struct json_object *param, bool verbose, enum fault fault)
{
    int code = STATUS_OK;

    *query = (struct query){.simulator = simulator,
                            .table = table,
                            .verbose = verbose,
                            .loadsub = true,
                            .sort_key = -1,
                            .limit = SIZE_MAX};
    json_object_object_foreach(param, name, value) {
        if (code == STATUS_OK)
            code = read_member(query, name, value);
    }
    (void)json_object_object_get_ex(param, "meta fields", &query->meta_fields);
    if (fault == FAULT_RANGE_IGNORED) {
        query->first = 0;
        query->limit = SIZE_MAX;
    } else if (fault == FAULT_REPEATED_PAGE) {
        query->first = 0;
    }
    return code;
}

void write_named(struct text *text, int64_t value, const struct value_name *names, bool verbose)
{
    if (verbose) {
        for (size_t i = 0; names[i].name != NULL; i++) {
            if (names[i].value == value) {
                text_string(text, names[i].name);
                return;
            }
        }
    }
    text_integer(text, value);
}

static bool is_wanted(const struct query *query, size_t position)
{
    const struct column *column = &query->table->columns[position];

    if (!exists(column, query->simulator->settings.version))
        return false;
    switch (column->role) {
    case ROLE_ALWAYS: return true;
    case ROLE_SUB_TABLE: return query->loadsub;
    case ROLE_SUB_OBJECT: return query->loadsub && (!query->fields || query->wanted[position]);
    case ROLE_META: return query->get_meta && (!query->fields || query->wanted[position]);
    default: return !query->fields || query->wanted[position];
    }
}

static void write_column(const struct column *column, const void *row, const struct query *query,
                         struct text *text)
{
    const char *at = (const char *)row + column->offset;
    const char *string;
    int number;

    if (column->kind == COLUMN_CUSTOM) {
        column->write(text, row, query);
        return;
    }
    if (column->kind == COLUMN_TEXT && at[0] == '\0')
        return;
    text_key(text, column->name);
    switch (column->kind) {
    case COLUMN_STRING:
        memcpy(&string, at, sizeof(string));
        text_string(text, string);
        break;
    case COLUMN_TEXT: text_string(text, at); break;
    case COLUMN_NUMBER:
        memcpy(&number, at, sizeof(number));
        text_integer(text, number);
        break;
    case COLUMN_NAMED:
        memcpy(&number, at, sizeof(number));
        write_named(text, number, column->names, query->verbose);
        break;
    default: text_literal(text, column->json); break;
    }
}

void query_write_row(const struct query *query, const void *row, struct text *text)
{
    text_open(text, '{');
    for (size_t i = 0; i < query->table->column_count; i++)
        if (is_wanted(query, i))
            write_column(&query->table->columns[i], row, query, text);
    text_close(text, '}');
}

const void *query_row(const struct query *query, const struct rows *rows, size_t place)
{
    return rows->items[query->descending ? rows->count - 1 - place : place];
}

void query_write(const struct query *query, const struct rows *rows, struct text *text)
{
    size_t first = query->first < rows->count ? query->first : rows->count;
    size_t count = rows->count - first < query->limit ? rows->count - first : query->limit;

    text_key(text, "data");
    /* count_option: the data is a bare number, that of all rows. */
    if (query->count) {
        text_integer(text, (int64_t)rows->count);
        return;
    }
    text_open(text, '[');
    for (size_t i = first; i < first + count; i++)
        query_write_row(query, query_row(query, rows, i), text);
    text_close(text, ']');
}
