/*
 * json_text.h - parses JSON text strictly with json-c, and reads members without type conversion.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_JSON_TEXT_H
#define HOST_STUB_JSON_TEXT_H

#include <json-c/json.h>
#include <stdbool.h>

#include "limits.h"
#include "span.h"

/* A place in a text, for a person: both counted from 1, the column in characters. */
struct json_place {
    size_t line, column;
};

/*
 * Parses the whole text, of at most `values_max` values: JSON_GRAMMAR_VALUES_MAX, or for a recorded
 * reply JSON_GRAMMAR_LARGE_MAX. Returns NULL and the value (NULL for JSON null), which the caller
 * releases with json_object_put(); or what is wrong, as the end of a sentence: "is not JSON". If
 * the text is at fault, *ret_place (may be NULL) is the place of the error.
 */
const char *json_text_parse(struct span text, size_t values_max, json_object **ret,
                            struct json_place *ret_place);

/* Returns true once memory was missing: output since then is incomplete. Not thread-safe. */
bool json_text_lost(void);

/* Makes json_text_lost() report that memory was missing elsewhere. */
void json_text_lose(void);

/* A copy of a text up to its first NUL, which the caller frees; NULL without memory. */
char *json_text_copy(struct span text);

/* A string; NULL without memory, which json_text_lost() then reports. */
json_object *json_text_new(struct span text);

/*
 * Add a value to an object or an array, which takes it over. Where the one or the other is NULL, or
 * memory is short, the value is released and json_text_lost() returns true.
 */
void json_text_add(json_object *object, const char *name, json_object *value);
void json_text_append(json_object *array, json_object *value);

/* The same for JSON null. */
void json_text_add_null(json_object *object, const char *name);
void json_text_append_null(json_object *array);

/* A member of an object, borrowed; NULL if `object` is not an object or has no such member. */
json_object *json_text_member(json_object *object, const char *name);

/*
 * A value as text, borrowed: a string as it is, null and NULL as "", anything else as JSON. ""
 * without memory, which json_text_lost() then reports.
 */
struct span json_text_value(json_object *value);

/* As json_text_value(), for a member of an object. */
struct span json_text_of(json_object *object, const char *name);

/* Whether the member is a string equal to `text`. */
bool json_text_is(json_object *object, const char *name, const char *text);

/* Whether the member is the boolean true. */
bool json_text_true(json_object *object, const char *name);

/* The number of items of an array; 0 if `array` is not an array. */
size_t json_text_count(json_object *array);

/* A loop over the items of `array`, borrowed: none if it is not an array. */
#define json_text_foreach(item, array)                                                             \
    json_object *item = NULL;                                                                      \
    for (size_t at_##item = 0; at_##item < json_text_count(array) &&                               \
                               (((item) = json_object_array_get_idx(array, at_##item)), true);     \
         at_##item++)

#endif
