/*
 * json_guard.h - a JSON filter: untrusted bytes in, one bounded json-c tree out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * json-c crashes when an allocation fails, accepts NaN and control characters even when strict, and
 * turns a megabyte of "{}," into 264 MB (measured, json-c 0.16). So every byte passes this filter
 * as it arrives. The filter
 *   rejects   nesting over JSON_DEPTH_MAX; outside strings, anything that is not RFC 8259 JSON
 *             (NaN, Infinity, single quotes, comments, control characters); text after the value;
 *             more bytes or a larger estimated tree than the caller allows.
 *   skips     a byte order mark before the value.
 *   repairs   strings: invalid UTF-8, lone surrogates (\ud800), NUL (\u0000) and raw control bytes
 *             become U+FFFD, and `*ret_repaired` reports it. Escapes such as \t, \n and \r stay.
 * Of duplicate keys the last one wins (json-c). The memory of the tree is estimated from the kinds
 * of its nodes, with measured weights.
 *
 * A guard is used by one thread at a time.
 */
#ifndef JSON_GUARD_H
#define JSON_GUARD_H

#include <stdbool.h>
#include <stddef.h>

#include <json-c/json.h>

#include "json_fault.h"

struct json_guard;

/*
 * A guard for one text of at most `text_max_bytes`, whose tree may take `tree_max_bytes`. NULL
 * without memory; the caller releases it with json_guard_free().
 */
struct json_guard *json_guard_new(size_t text_max_bytes, size_t tree_max_bytes);
void json_guard_free(struct json_guard *guard);

/*
 * Takes the next bytes; they may end anywhere. Returns the first fault so far, and keeps returning
 * it.
 */
enum json_fault json_guard_feed(struct json_guard *guard, const char *bytes, size_t size);

/*
 * Ends the text. After JSON_OK, `*ret` is the tree, which the caller owns (json_object_put) and
 * which is NULL for the value null; `*ret_repaired` (may be NULL) is true if a string was repaired.
 */
enum json_fault json_guard_finish(struct json_guard *guard, struct json_object **ret,
                                  bool *ret_repaired);

/*
 * Rows: the elements of arrays that are members of the document, which must be an object. A list of
 * any length is read that way in the memory of one row.
 */
struct json_rows {
    const char *const *names; /* of those members, ended by NULL; at most 32 */
    /*
     * Takes one row, which is freed afterwards unless the receiver takes a reference. It may be of
     * any type, and is NULL for null; `bytes` is its estimated memory. false ends the text with
     * JSON_REFUSED.
     */
    bool (*take)(void *context, struct json_object *row, size_t bytes);
    void *context;
};

/*
 * Hands rows over as soon as each is complete, in the order of the text, whether or not the rest of
 * it turns out to be valid. A row may take ROW_TREE_MAX, the text ROWS_TEXT_MAX bytes instead of
 * that of json_guard_new(). The tree of the document has an empty array in their place; a member of
 * this name that is no array stays in it. A name that comes twice is JSON_SYNTAX. To be called
 * before the first byte, and once; `rows` is borrowed. Without memory, the guard has that fault.
 */
void json_guard_rows(struct json_guard *guard, const struct json_rows *rows);

/* The estimated memory of the tree so far, in bytes, without the rows. */
size_t json_guard_tree_bytes(const struct json_guard *guard);

/*
 * Parses a whole text: settings, requests, and JSON text inside a JSON string. The results are
 * those of json_guard_finish().
 */
enum json_fault json_guard_parse(const char *text, size_t size, size_t tree_max_bytes,
                                 struct json_object **ret, bool *ret_repaired);
#endif
