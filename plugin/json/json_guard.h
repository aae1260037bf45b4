/*
 * json_guard.h - hostile bytes in, one bounded json-c tree out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * json-c dies when an allocation fails, takes NaN and control characters even when strict, and
 * turns a megabyte of "{}," into 264 MB (measured, json-c 0.16). So each byte passes here first,
 * as it arrives:
 *   refused   depth over JSON_DEPTH_MAX; anything that is not RFC 8259 JSON outside strings (NaN,
 *             Infinity, single quotes, comments, control characters); text after the value;
 *             more bytes or a larger estimated tree than the caller allows.
 *   skipped   a byte order mark before the value.
 *   repaired  inside strings, and told by `repaired`: invalid UTF-8, lone surrogates (\ud800),
 *             NUL (\u0000) and raw control bytes become U+FFFD. Escaped \t \n \r and the like stay.
 * Of duplicate keys the last wins (json-c).
 * The tree's memory is estimated from the kinds of its nodes, weighed as measured.
 */
#ifndef JSON_GUARD_H
#define JSON_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <json-c/json.h>

#include "json_fault.h"

struct json_guard;

/* NULL when there is no memory. */
struct json_guard *json_guard_new(size_t text_max_bytes, size_t tree_max_bytes);
void json_guard_free(struct json_guard *guard);

/* Takes the next bytes, in any cut. After a fault it stays with that fault. */
enum json_fault json_guard_feed(struct json_guard *guard, const char *bytes, size_t size);

/*
 * The end. On JSON_OK `*ret` is the tree, owned by the caller (json_object_put), which may be NULL
 * for the value null; `*ret_repaired` (may be NULL) tells whether a string was touched.
 */
enum json_fault json_guard_finish(struct json_guard *guard, struct json_object **ret,
                                  bool *ret_repaired);

/* The estimated memory of the tree so far. */
size_t json_guard_tree_bytes(const struct json_guard *guard);

/* All at once: settings, requests, and JSON text inside JSON. */
enum json_fault json_guard_parse(const char *text, size_t size, size_t tree_max_bytes,
                                 struct json_object **ret, bool *ret_repaired);
#endif
