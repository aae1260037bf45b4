/*
 * columns.c - the columns of assets in a table and in CSV.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "columns.h"

#include <stdio.h>
#include <string.h>

#include "json_text.h"

/* A column for a member of an asset, or for a member below that one. */
struct column_fixed {
    const char *name, *title;
    const char *member, *below; /* NULL = the member itself */
    const char *attribute;      /* attribute with the same value [schemas/hector/attributes.json] */
};

#define COLUMNS_KEY "sync_key"

static const struct column_fixed fixed_columns[] = {
    {"type", "Type", "device_type", NULL, NULL},
    {"serial", "Serial Number", COLUMNS_KEY, NULL, "serial_number"},
    {"model", "Model", "part", "model", "model"},
    {"title", "Title", "title", NULL, NULL},
    {"manager", "Manager", "manager", "name", "managed_by"},
    {"category", "Category", "category", "label", NULL},
    {"maker", "Maker", "part", "maker", NULL},
    {"part", "Part", "part", "model", NULL},
};

/* Part, Category and Maker are Hector's terms, for its import. */
static const char *const columns_default[] = {
    [FORMAT_TABLE] = "type,serial,model,title,manager",
    [FORMAT_CSV] = "category,maker,part,title,serial",
};

/* The state of columns_choose(). */
struct chooser {
    struct columns *columns;
    json_object *catalogue; /* the descriptor's attributes */
    char *message;
    size_t message_size;
};

static int chooser_add(const struct chooser *chooser, struct column column)
{
    struct columns *columns = chooser->columns;

    if (columns->count == COLUMNS_MAX) {
        (void)snprintf(chooser->message, chooser->message_size,
                       "there are more than %d columns: choose some with --columns", COLUMNS_MAX);
        return -1;
    }
    columns->items[columns->count++] = column;
    return 0;
}

static bool span_is(struct span word, const char *text)
{
    return strlen(text) == word.size && memcmp(text, word.bytes, word.size) == 0;
}

static const struct column_fixed *columns_fixed(struct span word)
{
    for (size_t i = 0; i < sizeof(fixed_columns) / sizeof(fixed_columns[0]); i++) {
        if (span_is(word, fixed_columns[i].name))
            return &fixed_columns[i];
    }
    return NULL;
}

/* Finds an attribute in the catalogue; NULL = unknown. */
static json_object *chooser_find(const struct chooser *chooser, struct span id)
{
    const size_t count = json_text_count(chooser->catalogue);

    for (size_t i = 0; i < count; i++) {
        json_object *attribute = json_object_array_get_idx(chooser->catalogue, i);
        json_object *own = json_text_member(attribute, "id");

        if (json_object_is_type(own, json_type_string) && span_is(id, json_object_get_string(own)))
            return attribute;
    }
    return NULL;
}

/*
 * Adds a column with the label that Hector shows; an attribute that is not in the catalogue keeps
 * its id as title.
 */
static int chooser_add_attribute(const struct chooser *chooser, const char *id)
{
    json_object *attribute = chooser_find(chooser, (struct span){id, strlen(id)});
    json_object *label = json_text_member(attribute, "label");

    return chooser_add(chooser, (struct column){json_object_is_type(label, json_type_string)
                                                    ? json_object_get_string(label)
                                                    : id,
                                                id, NULL});
}

static int chooser_refuse(const struct chooser *chooser, struct span word)
{
    const size_t count = json_text_count(chooser->catalogue);
    char *message = chooser->message;
    size_t used;

    (void)snprintf(message, chooser->message_size,
                   "there is no column '%.*s'; there are: ", (int)(word.size < 80 ? word.size : 80),
                   word.bytes);
    for (size_t i = 0; i < sizeof(fixed_columns) / sizeof(fixed_columns[0]); i++) {
        used = strlen(message);
        (void)snprintf(message + used, chooser->message_size - used, "%s, ", fixed_columns[i].name);
    }
    for (size_t i = 0; i < count; i++) {
        json_object *attribute = json_object_array_get_idx(chooser->catalogue, i);
        const struct span id = json_text_of(attribute, "id");

        used = strlen(message);
        if (columns_fixed(id) == NULL)
            (void)snprintf(message + used, chooser->message_size - used, "%.*s, ", (int)id.size,
                           id.bytes);
    }
    used = strlen(message);
    (void)snprintf(message + used - 2, chooser->message_size - used + 2, ".");
    return -1;
}

static bool columns_have(const struct columns *columns, struct span word)
{
    for (size_t i = 0; i < columns->count; i++) {
        const struct column *column = &columns->items[i];

        if (span_is(word, column->fixed != NULL ? column->fixed->name : column->attribute))
            return true;
    }
    return false;
}

/*
 * Adds the column for one word of a list: a fixed column, or an attribute, whose id is also added
 * to `ids`. An id with a dot, such as that of a custom field, is in no catalogue: the integration
 * reports it if it is wrong.
 */
static int chooser_take(const struct chooser *chooser, struct span word, json_object *ids)
{
    const struct column_fixed *fixed = columns_fixed(word);
    json_object *id;

    if (columns_have(chooser->columns, word)) {
        (void)snprintf(chooser->message, chooser->message_size, "the column %.*s is given twice",
                       (int)(word.size < 80 ? word.size : 80), word.bytes);
        return -1;
    }
    if (fixed != NULL)
        return chooser_add(chooser, (struct column){fixed->title, NULL, fixed});
    if (chooser_find(chooser, word) == NULL && memchr(word.bytes, '.', word.size) == NULL)
        return chooser_refuse(chooser, word);
    id = json_object_new_string_len(word.bytes, (int)word.size);
    if (id == NULL || json_object_array_add(ids, id) != 0) {
        json_object_put(id);
        (void)snprintf(chooser->message, chooser->message_size, "there is no memory");
        return -1;
    }
    return chooser_add_attribute(chooser, json_object_get_string(id));
}

static int chooser_take_list(const struct chooser *chooser, const char *list, json_object *ids)
{
    int result;

    do {
        const size_t size = strcspn(list, ",");

        result = chooser_take(chooser, (struct span){list, size}, ids);
        list += size;
    } while (result == 0 && *list++ != '\0');
    return result;
}

/* Adds the attributes that the settings select, except those that a column shows already. */
static int chooser_take_ticked(const struct chooser *chooser, json_object *ticked)
{
    const size_t count = json_text_count(ticked);
    int result = 0;

    for (size_t i = 0; i < count && result == 0; i++) {
        json_object *id = json_object_array_get_idx(ticked, i);

        if (json_object_is_type(id, json_type_string) &&
            !columns_show(chooser->columns, json_object_get_string(id)))
            result = chooser_add_attribute(chooser, json_object_get_string(id));
    }
    return result;
}

int columns_choose(struct columns *columns, enum format format, const char *list,
                   json_object *settings, json_object *descriptor, char *message,
                   size_t message_size)
{
    const struct chooser chooser = {columns, json_text_member(descriptor, "attributes"), message,
                                    message_size};
    json_object *ids;
    int result;

    columns->count = 0;
    if (list == NULL) {
        result = chooser_take_list(&chooser, columns_default[format], NULL);
        return result != 0
                   ? result
                   : chooser_take_ticked(&chooser, json_text_member(settings, "attributes"));
    }
    ids = json_object_new_array();
    result = ids != NULL && json_object_object_add(settings, "attributes", ids) == 0 ? 0 : -1;
    if (result == 0)
        return chooser_take_list(&chooser, list, ids);
    json_object_put(ids);
    (void)snprintf(message, message_size, "there is no memory");
    return result;
}

json_object *columns_value(const struct column *column, json_object *asset)
{
    json_object *value;

    if (column->fixed == NULL)
        return json_text_member(json_text_member(asset, "attributes"), column->attribute);
    value = json_text_member(asset, column->fixed->member);
    return column->fixed->below != NULL ? json_text_member(value, column->fixed->below) : value;
}

bool columns_show(const struct columns *columns, const char *attribute)
{
    for (size_t i = 0; i < columns->count; i++) {
        const struct column *column = &columns->items[i];
        const char *own = column->fixed != NULL ? column->fixed->attribute : column->attribute;

        if (own != NULL && strcmp(own, attribute) == 0)
            return true;
    }
    return false;
}

bool columns_is_key(const struct column *column)
{
    return column->fixed != NULL ? strcmp(column->fixed->member, COLUMNS_KEY) == 0
                                 : strcmp(column->attribute, "serial_number") == 0;
}
