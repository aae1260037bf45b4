/*
 * json_read.h - typed reads from a json-c tree.
 * SPDX-License-Identifier: Apache-2.0
 *
 * json-c's getters coerce ("12abc" is 12): here the type is looked at first. All take NULL and
 * objects of any type. What they return is borrowed from the tree.
 */
#ifndef JSON_READ_H
#define JSON_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <json-c/json.h>

/* The member, or NULL when absent, null, or `object` is no object. */
struct json_object *json_member(struct json_object *object, const char *key);

/* The member when it is an object, or an array; else NULL. */
struct json_object *json_member_object(struct json_object *object, const char *key);
struct json_object *json_member_array(struct json_object *object, const char *key);

/* The member's text, NULL when absent, no string, or with a NUL inside. */
const char *json_member_text(struct json_object *object, const char *key);
const char *json_text(struct json_object *value);

/*
 * A whole number, as integer, integral double within 2^53, or decimal text. False, and `*ret`
 * untouched, for anything else, also beyond int64.
 */
bool json_member_integer(struct json_object *object, const char *key, int64_t *ret);
bool json_integer(struct json_object *value, int64_t *ret);

/* true, 1, "1", "enable", "true", "yes". Everything else is false. */
bool json_member_true(struct json_object *object, const char *key);

/* An array, one object or nothing: what the answer of a table may be. */
bool json_is_table(struct json_object *value);

/* How many elements an array has; 0 for anything else. */
size_t json_count(struct json_object *array);

/* The i-th element; NULL behind the end, and of anything but an array (json-c aborts there). */
struct json_object *json_element(struct json_object *array, size_t i);

/* One value of an enumeration that comes as text (verbose) or number. Ends with name NULL. */
struct json_name {
    int64_t number;
    const char *name;
};

/*
 * The number, by name (whatever its case); a number is taken as it is. `otherwise` for a name that
 * the table lacks, and for anything else.
 */
int64_t json_member_enum(struct json_object *object, const char *key, const struct json_name *names,
                         int64_t otherwise);
#endif
