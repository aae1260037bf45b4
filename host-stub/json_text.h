/*
 * json_text.h - JSON text in, json-c object out, strictly; and reading members without coercion.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_JSON_TEXT_H
#define HOST_STUB_JSON_TEXT_H

#include <json-c/json.h>
#include <stdbool.h>

#include "span.h"

/* Where a person looks in a text: both from 1 on, the column in characters. */
struct json_place {
    size_t line, column;
};

/*
 * Parses the whole text. Returns NULL and the value (JSON null is a NULL value), which the caller
 * puts back; or what is wrong with the text, as the end of a sentence: "is not JSON". Where the
 * text is at fault, *ret_place, which may be NULL, is where that shows.
 */
const char *json_text_parse(struct span text, json_object **ret, struct json_place *ret_place);

/* The same for the text of a recorded reply, which may hold many more values. */
const char *json_text_parse_large(struct span text, json_object **ret);

/*
 * True once a value could not be read or put into words for want of memory: what was written since
 * lacks it. Stays true.
 */
bool json_text_lost(void);

/* The member of an object, or NULL where the object is none or has no such member. */
json_object *json_text_member(json_object *object, const char *name);

/*
 * The value as text: a string as it is, null and NULL as "", anything else as JSON; "" without
 * memory, which json_text_lost() tells.
 */
struct span json_text_value(json_object *value);

/* json_text_value() of a member. */
struct span json_text_of(json_object *object, const char *name);

/* True when the member is a string that reads `text`. */
bool json_text_is(json_object *object, const char *name, const char *text);

/* True when the member is the boolean true. */
bool json_text_true(json_object *object, const char *name);

/* The items of an array member; 0 where there is no array. */
size_t json_text_count(json_object *array);

#endif
