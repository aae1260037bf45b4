/*
 * columns.c - the columns of assets in a table and in CSV.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "columns.h"

#include <string.h>

#include "json_text.h"
#include "list.h"
#include "span.h"

static const struct column columns_fixed[] = {
    {"type", "Type", "device_type", NULL, NULL},
    {"serial", "Serial Number", "sync_key", NULL, "serial_number"},
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
    struct message *message;
    json_object *ids; /* of the attributes in the list; NULL = none was given */
};

static int chooser_add(const struct chooser *chooser, struct column column)
{
    struct columns *columns = chooser->columns;

    if (columns->count == COLUMNS_MAX) {
        return message_fail(chooser->message,
                            "there are more than %d columns: choose some with --columns",
                            COLUMNS_MAX);
    }
    columns->items[columns->count++] = column;
    return 0;
}

/* The first of these columns with this name; NULL = there is none. */
static const struct column *columns_find(const struct column *columns, size_t count,
                                         struct span name)
{
    for (size_t i = 0; i < count; i++) {
        if (span_is(name, columns[i].name)) {
            return &columns[i];
        }
    }
    return NULL;
}

/* Finds an attribute in the catalogue; NULL = unknown. */
static json_object *chooser_find(const struct chooser *chooser, struct span id)
{
    json_text_foreach(attribute, chooser->catalogue) {
        if (span_is(id, json_text_of(attribute, "id").bytes)) {
            return attribute;
        }
    }
    return NULL;
}

/*
 * Adds a column with the label that Hector shows; an attribute that is not in the catalogue keeps
 * its id as title.
 */
static int chooser_add_attribute(const struct chooser *chooser, const char *id)
{
    json_object *attribute = chooser_find(chooser, span_of(id));
    const struct span label = json_text_of(attribute, "label");

    return chooser_add(chooser, (struct column){.name = id,
                                                .title = label.size > 0 ? label.bytes : id,
                                                .member = "attributes",
                                                .below = id,
                                                .attribute = id});
}

static int chooser_refuse(const struct chooser *chooser, struct span word)
{
    struct message *message = chooser->message;

    (void)message_fail(message,
                       "there is no column '%.*s'; there are: ", span_shown(word, MESSAGE_WORD_MAX),
                       word.bytes);
    for (size_t i = 0; i < LIST_COUNT(columns_fixed); i++) {
        (void)message_fail(message, "%s%s", i > 0 ? ", " : "", columns_fixed[i].name);
    }
    json_text_foreach(attribute, chooser->catalogue) {
        const struct span id = json_text_of(attribute, "id");

        if (columns_find(columns_fixed, LIST_COUNT(columns_fixed), id) == NULL) {
            (void)message_fail(message, ", %.*s", (int)id.size, id.bytes);
        }
    }
    return message_fail(message, ".");
}

/*
 * Adds the column for one word of a list: a fixed column, or an attribute, whose id is also added
 * to chooser->ids. An id with a dot, such as that of a custom field, is in no catalogue: the
 * integration reports it if it is wrong.
 */
static int chooser_add_word(const struct chooser *chooser, struct span word)
{
    const struct column *fixed = columns_find(columns_fixed, LIST_COUNT(columns_fixed), word);

    if (columns_find(chooser->columns->items, chooser->columns->count, word) != NULL) {
        return message_fail(chooser->message, "the column %.*s is given twice",
                            span_shown(word, MESSAGE_WORD_MAX), word.bytes);
    }
    if (fixed != NULL) {
        return chooser_add(chooser, *fixed);
    }
    if (chooser_find(chooser, word) == NULL && memchr(word.bytes, '.', word.size) == NULL) {
        return chooser_refuse(chooser, word);
    }
    json_object *id = json_text_new(word);
    json_text_append(chooser->ids, id);
    if (json_text_lost()) {
        return message_fail(chooser->message, "there is no memory");
    }
    return chooser_add_attribute(chooser, json_object_get_string(id));
}

static int chooser_add_list(const struct chooser *chooser, const char *list)
{
    do {
        const size_t size = strcspn(list, ",");

        if (chooser_add_word(chooser, (struct span){list, size}) != 0) {
            return -1;
        }
        list += size;
    } while (*list++ != '\0');
    return 0;
}

/* Adds the attributes that the settings select, except those that a column shows already. */
static int chooser_add_selected(const struct chooser *chooser, json_object *selected)
{
    json_text_foreach(id, selected) {
        if (json_object_is_type(id, json_type_string) &&
            !columns_show(chooser->columns, json_object_get_string(id)) &&
            chooser_add_attribute(chooser, json_object_get_string(id)) != 0) {
            return -1;
        }
    }
    return 0;
}

/*
 * Adds the attributes that the chosen enrichments fill: the integration imports them if the
 * settings do not say which attributes to import.
 */
static int chooser_add_enriched(const struct chooser *chooser, json_object *enrichments)
{
    json_text_foreach(attribute, chooser->catalogue) {
        json_text_foreach(name, enrichments) {
            if (json_object_is_type(name, json_type_string) &&
                json_text_is(attribute, "enrichment", json_object_get_string(name)) &&
                chooser_add_attribute(chooser, json_text_of(attribute, "id").bytes) != 0) {
                return -1;
            }
        }
    }
    return 0;
}

int columns_choose(struct columns *columns, const struct arguments *arguments,
                   json_object *settings, json_object *descriptor, struct message *message)
{
    struct chooser chooser = {columns, json_text_member(descriptor, "attributes"), message, NULL};

    columns->count = 0;
    if (arguments->columns == NULL) {
        json_object *selected = json_text_member(settings, "attributes");

        if (chooser_add_list(&chooser, columns_default[arguments->format]) != 0) {
            return -1;
        }
        return selected != NULL
                   ? chooser_add_selected(&chooser, selected)
                   : chooser_add_enriched(&chooser, json_text_member(settings, "enrich"));
    }
    chooser.ids = json_object_new_array();
    json_text_add(settings, "attributes", chooser.ids);
    return json_text_lost() ? message_fail(message, "there is no memory")
                            : chooser_add_list(&chooser, arguments->columns);
}

json_object *columns_value(const struct column *column, json_object *asset)
{
    json_object *value = json_text_member(asset, column->member);

    return column->below != NULL ? json_text_member(value, column->below) : value;
}

bool columns_is(const struct column *column, const char *attribute)
{
    return column->attribute != NULL && strcmp(column->attribute, attribute) == 0;
}

bool columns_show(const struct columns *columns, const char *attribute)
{
    for (size_t i = 0; i < columns->count; i++) {
        if (columns_is(&columns->items[i], attribute)) {
            return true;
        }
    }
    return false;
}
