/*
 * json_text.c - JSON text in, json-c object out, strictly; and reading members without coercion.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "json_text.h"

#include <limits.h>
#include <string.h>

#include "utf8.h"

/* Nesting of any document we know is below 20. */
#define JSON_TEXT_DEPTH 64

/* Values of one text; ours have some hundreds. Thousands of empty objects are megabytes. */
#define JSON_TEXT_VALUES 16384

/* What may stand outside of strings. json-c's strict mode would also take NaN, Infinity and '. */
#define JSON_TEXT_OUTSIDE "{}[]:,+-.0123456789eEtrufalsn \t\r\n"

static bool lost;

bool json_text_lost(void)
{
    return lost;
}

/* json-c takes raw control characters inside strings, and bytes that only look like UTF-8. */
static const char *json_text_scan(struct span text)
{
    bool inside = false;
    bool escaped = false;
    size_t values = 0;
    size_t length;

    for (size_t at = 0; at < text.size; at += length) {
        const uint32_t character = utf8_decode(text, at, &length);

        if (character == UTF8_INVALID)
            return "is not UTF-8";
        if (inside && character < 0x20)
            return "holds a raw control character inside a string";
        if (escaped)
            escaped = false;
        else if (inside && character == '\\')
            escaped = true;
        else if (character == '"')
            inside = !inside;
        else if (!inside && (character == 0 || character >= 0x7F ||
                             strchr(JSON_TEXT_OUTSIDE, (int)character) == NULL))
            return "is not JSON";
        else if (!inside && (character == '{' || character == '[' || character == ',') &&
                 ++values > JSON_TEXT_VALUES)
            return "holds too many values";
    }
    return inside ? "is not JSON" : NULL;
}

const char *json_text_parse(struct span text, json_object **ret)
{
    const char *fault = json_text_scan(text);
    enum json_tokener_error error;
    json_tokener *tokener;
    json_object *value;

    if (fault != NULL)
        return fault;
    if (text.size > INT_MAX) /* json-c counts in int */
        return "is too large";
    tokener = json_tokener_new_ex(JSON_TEXT_DEPTH);
    if (tokener == NULL) {
        lost = true;
        return "found no memory";
    }
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT);
    value = json_tokener_parse_ex(tokener, text.bytes, (int)text.size);
    error = json_tokener_get_error(tokener);
    if (error == json_tokener_continue) { /* a number ends only where the text does */
        value = json_tokener_parse_ex(tokener, "", 1);
        error = json_tokener_get_error(tokener);
    } else if (error == json_tokener_success && json_tokener_get_parse_end(tokener) != text.size) {
        error = json_tokener_error_parse_unexpected;
    }
    json_tokener_free(tokener);
    if (error == json_tokener_error_depth)
        return "is nested too deeply";
    if (error != json_tokener_success) {
        json_object_put(value);
        return "is not JSON";
    }
    *ret = value;
    return NULL;
}

json_object *json_text_member(json_object *object, const char *name)
{
    json_object *member = NULL;

    if (json_object_is_type(object, json_type_object))
        (void)json_object_object_get_ex(object, name, &member); /* absent leaves NULL: wanted */
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
