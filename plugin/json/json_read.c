/*
 * json_read.c - typed reads from a json-c tree.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "json_read.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Up to here a double holds every integer: 2 to the power of 53. */
#define EXACT_INTEGER 9007199254740992.0

struct json_object *json_member(struct json_object *object, const char *key)
{
    struct json_object *value = NULL;

    return json_object_object_get_ex(object, key, &value) ? value : NULL;
}

static struct json_object *json_member_of(struct json_object *object, const char *key,
                                          enum json_type type)
{
    struct json_object *value = json_member(object, key);

    return json_object_is_type(value, type) ? value : NULL;
}

struct json_object *json_member_object(struct json_object *object, const char *key)
{
    return json_member_of(object, key, json_type_object);
}

struct json_object *json_member_array(struct json_object *object, const char *key)
{
    return json_member_of(object, key, json_type_array);
}

const char *json_text(struct json_object *value)
{
    if (!json_object_is_type(value, json_type_string)) {
        return NULL;
    }
    const char *text = json_object_get_string(value);
    return strlen(text) == (size_t)json_object_get_string_len(value) ? text : NULL;
}

const char *json_member_text(struct json_object *object, const char *key)
{
    return json_text(json_member(object, key));
}

bool json_member_is(struct json_object *object, const char *key, const char *text)
{
    const char *value = json_member_text(object, key);

    return value != NULL && strcmp(value, text) == 0;
}

/* Reads a decimal integer. Returns false for NULL, for other text and beyond int64. */
static bool read_decimal(const char *text, int64_t *ret)
{
    char *end;

    /* strtoll() would skip white space and accept a plus sign. */
    if (text == NULL || (*text != '-' && (*text < '0' || *text > '9'))) {
        return false;
    }
    errno = 0;
    int64_t number = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0') {
        return false;
    }
    *ret = number;
    return true;
}

bool json_integer(struct json_object *value, int64_t *ret)
{
    double number;

    switch (json_object_get_type(value)) {
    case json_type_int:
        /*
         * Above INT64_MAX json-c keeps a uint64 and clamps it here; no valid value is that large.
         */
        if (json_object_get_uint64(value) > (uint64_t)INT64_MAX &&
            json_object_get_int64(value) == INT64_MAX) {
            return false;
        }
        *ret = json_object_get_int64(value);
        return true;
    case json_type_double:
        number = json_object_get_double(value);
        if (!(number >= -EXACT_INTEGER && number <= EXACT_INTEGER) ||
            (double)(int64_t)number != number) {
            return false;
        }
        *ret = (int64_t)number;
        return true;
    case json_type_string: return read_decimal(json_text(value), ret);
    default: return false;
    }
}

bool json_member_integer(struct json_object *object, const char *key, int64_t *ret)
{
    return json_integer(json_member(object, key), ret);
}

bool json_member_true(struct json_object *object, const char *key)
{
    struct json_object *value = json_member(object, key);
    const char *text = json_text(value);
    int64_t number = 0;

    if (text != NULL) {
        return strcasecmp(text, "enable") == 0 || strcasecmp(text, "true") == 0 ||
               strcasecmp(text, "yes") == 0 || strcmp(text, "1") == 0;
    }
    if (json_object_is_type(value, json_type_boolean)) {
        return json_object_get_boolean(value);
    }
    return json_integer(value, &number) && number == 1;
}

bool json_is_table(struct json_object *value)
{
    return value == NULL || json_object_is_type(value, json_type_array) ||
           json_object_is_type(value, json_type_object);
}

size_t json_count(struct json_object *array)
{
    return json_object_is_type(array, json_type_array) ? json_object_array_length(array) : 0;
}

size_t json_row_count(struct json_object *value)
{
    return json_object_is_type(value, json_type_object) ? 1 : json_count(value);
}

struct json_object *json_element(struct json_object *array, size_t i)
{
    return i < json_count(array) ? json_object_array_get_idx(array, i) : NULL;
}

struct json_object *json_row(struct json_object *value, size_t i)
{
    return i == 0 && !json_object_is_type(value, json_type_array) ? value : json_element(value, i);
}

bool json_all_objects(struct json_object *array)
{
    for (size_t i = 0; i < json_count(array); i++) {
        if (!json_object_is_type(json_element(array, i), json_type_object)) {
            return false;
        }
    }
    return true;
}

int64_t json_member_enum(struct json_object *object, const char *key, const char *const *names,
                         int64_t otherwise)
{
    struct json_object *value = json_member(object, key);
    const char *text = json_text(value);
    int64_t number;

    for (int64_t i = 0; text != NULL && names[i] != NULL; i++) {
        if (strcasecmp(text, names[i]) == 0) {
            return i;
        }
    }
    return json_integer(value, &number) ? number : otherwise;
}
