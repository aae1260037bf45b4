/*
 * json_read.h - typed reads from a json-c tree.
 * SPDX-License-Identifier: Apache-2.0
 *
 * json-c's getters convert between types ("12abc" becomes 12); these functions check the type
 * first. All accept NULL and values of any type. Results are borrowed from the tree.
 */
#ifndef JSON_READ_H
#define JSON_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <json-c/json.h>

/* The member; NULL if it is absent or null, or if `object` is not an object. */
struct json_object *json_member(struct json_object *object, const char *key);

/* The member if it is an object (or an array), else NULL. */
struct json_object *json_member_object(struct json_object *object, const char *key);
struct json_object *json_member_array(struct json_object *object, const char *key);

/* The text of a member or a value; NULL if it is absent, not a string, or contains a NUL. */
const char *json_member_text(struct json_object *object, const char *key);
const char *json_text(struct json_object *value);

/* Whether the member is this text. */
bool json_member_is(struct json_object *object, const char *key, const char *text);

/*
 * Reads a whole number from an integer, an integral double within 2^53, or decimal text. Returns
 * false, and leaves `*ret` unchanged, for anything else and for values beyond int64.
 */
bool json_member_integer(struct json_object *object, const char *key, int64_t *ret);
bool json_integer(struct json_object *value, int64_t *ret);

/* Whether the member is true, 1, "1", "enable", "true" or "yes" (text in any case). */
bool json_member_true(struct json_object *object, const char *key);

/* Whether the value may be the answer to a query for a table: an array, one object, or NULL. */
bool json_is_table(struct json_object *value);

/*
 * The number of rows of such an answer: the elements of an array, or one object; and the i-th,
 * which is any value that is no array for 0.
 */
size_t json_row_count(struct json_object *value);
struct json_object *json_row(struct json_object *value, size_t i);

/* The number of elements of an array; 0 for anything else. */
size_t json_count(struct json_object *array);

/* The i-th element; NULL past the end, and for anything but an array, where json-c would abort. */
struct json_object *json_element(struct json_object *array, size_t i);

/* Whether all elements of an array are objects; true for anything else. */
bool json_all_objects(struct json_object *array);

/*
 * The number of an enumeration member, which appliances send as text (verbose) or as a number: the
 * position of its name in `names`, in any case, or the number itself. `names` ends with NULL.
 * `otherwise` if it lacks the name, and for other types.
 */
int64_t json_member_enum(struct json_object *object, const char *key, const char *const *names,
                         int64_t otherwise);
#endif
