/*
 * put.c - writes a member of a document into a sentence for a person.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "put.h"

#include <string.h>

#include "escape.h"
#include "json_text.h"

static void put_list(FILE *stream, json_object *list)
{
    for (size_t i = 0; i < json_text_count(list); i++) {
        (void)fputs(i > 0 ? ", " : "", stream);
        (void)escape_terminal(stream, json_text_value(json_object_array_get_idx(list, i)));
    }
}

static void put_object(FILE *stream, json_object *object)
{
    const char *before = "";

    json_object_object_foreach(object, name, value)
    {
        (void)fputs(before, stream);
        (void)escape_terminal(stream, span_of(name));
        (void)fputc(' ', stream);
        (void)escape_terminal(stream, json_text_value(value));
        before = ", ";
    }
}

static bool put_is_empty(json_object *value)
{
    switch (json_object_get_type(value)) {
    case json_type_array: return json_object_array_length(value) == 0;
    case json_type_object: return json_object_object_length(value) == 0;
    default: return json_text_value(value).size == 0;
    }
}

void put_member(FILE *stream, const char *before, json_object *object, const char *name)
{
    json_object *value = json_text_member(object, name);

    (void)fputs(before, stream);
    if (put_is_empty(value)) {
        (void)fputs("none", stream);
    } else if (json_object_is_type(value, json_type_array)) {
        put_list(stream, value);
    } else if (json_object_is_type(value, json_type_object)) {
        put_object(stream, value);
    } else {
        (void)escape_terminal(stream, json_text_value(value));
    }
}

void put_member_if(FILE *stream, const char *before, json_object *object, const char *name)
{
    if (!put_is_empty(json_text_member(object, name))) {
        put_member(stream, before, object, name);
    }
}

void put_lines(FILE *stream, const char *before, json_object *list)
{
    for (size_t i = 0; i < json_text_count(list); i++) {
        (void)fputs(before, stream);
        (void)escape_terminal(stream, json_text_value(json_object_array_get_idx(list, i)));
        (void)fputc('\n', stream);
    }
}
