/*
 * json_text.c - parses JSON text strictly with json-c, and reads members without type conversion.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "json_text.h"

#include <limits.h>
#include <string.h>

#include "json_grammar.h"
#include "limits.h"

static bool lost;

bool json_text_lost(void)
{
    return lost;
}

void json_text_lose(void)
{
    lost = true;
}

char *json_text_copy(struct span text)
{
    char *copy = strndup(text.bytes, text.size);

    lost = lost || copy == NULL;
    return copy;
}

/* Parses with json-c text that json_grammar_check() accepted: it fails only without memory. */
static const char *json_text_read(struct span text, json_object **ret)
{
    json_tokener *tokener =
        json_tokener_new_ex(JSON_GRAMMAR_DEPTH_MAX + 1); /* 1: a scalar is a level */
    json_object *value = NULL;
    bool whole = false;

    if (tokener != NULL) {
        value = json_tokener_parse_ex(tokener, text.bytes, (int)text.size);
        whole = json_tokener_get_parse_end(tokener) == text.size;
        if (json_tokener_get_error(tokener) == json_tokener_continue) {
            /* A number or literal ends only at the end of the text. Only null yields NULL. */
            value = json_tokener_parse_ex(tokener, "", 1);
            whole = whole && (value != NULL || memchr(text.bytes, 'n', text.size) != NULL);
        }
        whole = whole && json_tokener_get_error(tokener) == json_tokener_success;
        json_tokener_free(tokener);
    }
    if (!whole) {
        json_object_put(value);
        lost = true;
        return "found no memory";
    }
    *ret = value;
    return NULL;
}

static struct json_place json_text_place(struct span text, size_t at)
{
    struct json_place place = {1, 1};

    for (size_t i = 0; i < at; i++) {
        place.column += ((unsigned char)text.bytes[i] & 0xC0) != 0x80; /* one per character */
        if (text.bytes[i] == '\n') {
            place = (struct json_place){place.line + 1, 1};
        }
    }
    return place;
}

static const char *json_text_check(struct span text, size_t values_max, json_object **ret,
                                   size_t *ret_at)
{
    const char *fault;

    if (text.size > INT_MAX) { /* json-c counts in int */
        return "is too large";
    }
    fault = json_grammar_check(text, values_max, ret_at);
    return fault == NULL ? json_text_read(text, ret) : fault;
}

const char *json_text_parse(struct span text, json_object **ret, struct json_place *ret_place)
{
    size_t at = 0;
    const char *fault = json_text_check(text, JSON_GRAMMAR_VALUES_MAX, ret, &at);

    if (fault != NULL && ret_place != NULL && !lost) {
        *ret_place = json_text_place(text, at);
    }
    return fault;
}

const char *json_text_parse_large(struct span text, json_object **ret)
{
    size_t at;

    return json_text_check(text, JSON_GRAMMAR_LARGE_MAX, ret, &at);
}

json_object *json_text_new(struct span text)
{
    json_object *value = json_object_new_string_len(text.bytes, (int)text.size);

    lost = lost || value == NULL;
    return value;
}

void json_text_add(json_object *object, const char *name, json_object *value)
{
    if (value != NULL && object != NULL && name != NULL &&
        json_object_object_add(object, name, value) == 0) {
        return;
    }
    json_object_put(value);
    lost = true;
}

void json_text_append(json_object *array, json_object *value)
{
    if (value != NULL && array != NULL && json_object_array_add(array, value) == 0) {
        return;
    }
    json_object_put(value);
    lost = true;
}

void json_text_add_null(json_object *object, const char *name)
{
    if (object == NULL || name == NULL || json_object_object_add(object, name, NULL) != 0) {
        lost = true;
    }
}

void json_text_append_null(json_object *array)
{
    if (array == NULL || json_object_array_add(array, NULL) != 0) {
        lost = true;
    }
}

json_object *json_text_member(json_object *object, const char *name)
{
    json_object *member = NULL;

    if (json_object_is_type(object, json_type_object)) {
        (void)json_object_object_get_ex(object, name, &member); /* an absent member leaves NULL */
    }
    return member;
}

struct span json_text_value(json_object *value)
{
    struct span text = {"", 0};

    if (json_object_is_type(value, json_type_string)) {
        text.bytes = json_object_get_string(value);
        text.size = (size_t)json_object_get_string_len(value);
    } else if (value != NULL) {
        text.bytes = json_object_to_json_string_length(
            value, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE, &text.size);
        if (text.bytes == NULL) {
            lost = true;
            text = (struct span){"", 0};
        }
    }
    return text;
}

struct span json_text_of(json_object *object, const char *name)
{
    return json_text_value(json_text_member(object, name));
}

bool json_text_is(json_object *object, const char *name, const char *text)
{
    json_object *member = json_text_member(object, name);

    return json_object_is_type(member, json_type_string) &&
           strcmp(json_object_get_string(member), text) == 0;
}

bool json_text_true(json_object *object, const char *name)
{
    json_object *member = json_text_member(object, name);

    return json_object_is_type(member, json_type_boolean) && json_object_get_boolean(member);
}

size_t json_text_count(json_object *array)
{
    return json_object_is_type(array, json_type_array) ? json_object_array_length(array) : 0;
}
