/*
 * put.c - writes members of a document into sentences for a person.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "put.h"

#include <string.h>

#include "escape.h"
#include "json_text.h"

/* The name of a member, with its NUL. */
#define PUT_NAME_SIZE 32

static bool put_is_empty(json_object *value)
{
    switch (json_object_get_type(value)) {
    case json_type_array: return json_object_array_length(value) == 0;
    case json_type_object: return json_object_object_length(value) == 0;
    default: return json_text_value(value).size == 0;
    }
}

static void put_value(FILE *stream, json_object *value)
{
    const char *before = "";

    if (put_is_empty(value)) {
        (void)fputs("none", stream);
    } else if (json_object_is_type(value, json_type_array)) {
        json_text_foreach(item, value) {
            (void)fputs(before, stream);
            (void)escape_terminal(stream, json_text_value(item));
            before = ", ";
        }
    } else if (json_object_is_type(value, json_type_object)) {
        json_object_object_foreach(value, name, item) {
            (void)fputs(before, stream);
            (void)escape_terminal(stream, span_of(name));
            (void)fputc(' ', stream);
            (void)escape_terminal(stream, json_text_value(item));
            before = ", ";
        }
    } else {
        (void)escape_terminal(stream, json_text_value(value));
    }
}

/* The member that the first {name} in this part of a format names. */
static json_object *put_named(const char *part, json_object *object)
{
    const char *begin = strchr(part, '{') + 1;
    char name[PUT_NAME_SIZE];

    (void)snprintf(name, sizeof(name), "%.*s", (int)strcspn(begin, "}"), begin);
    return json_text_member(object, name);
}

void put_members(FILE *stream, const char *format, json_object *object)
{
    for (const char *at = format; *at != '\0'; at++) {
        if (*at == '{') {
            put_value(stream, put_named(at, object));
            at = strchr(at, '}');
        } else if (*at == '<' && put_is_empty(put_named(at, object))) {
            at = strchr(at, '>');
        } else if (*at != '<' && *at != '>') {
            (void)fputc(*at, stream);
        }
    }
}

void put_each(FILE *stream, const char *format, json_object *list)
{
    json_text_foreach(object, list) {
        put_members(stream, format, object);
    }
}

void put_lines(FILE *stream, const char *title, const char *before, json_object *list)
{
    (void)fputs(json_text_count(list) > 0 ? title : "", stream);
    json_text_foreach(text, list) {
        (void)fputs(before, stream);
        (void)escape_terminal(stream, json_text_value(text));
        (void)fputc('\n', stream);
    }
}
