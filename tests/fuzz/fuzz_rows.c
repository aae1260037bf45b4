/*
 * fuzz_rows.c - bytes from the network through the JSON guard, with rows that are handed over.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: a byte for the cuts, and the document. Rows and rest are those of the same document
 * read as one tree.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "json/json_guard.h"
#include "json/json_read.h"

static const char *const NAMES[] = {"results", "result", NULL};

static bool take(void *context, struct json_object *row, size_t bytes)
{
    FUZZ_CHECK(bytes <= ROW_TREE_MAX);
    FUZZ_CHECK(json_object_array_add(context, json_object_get(row)) == 0);
    return true;
}

/* The rows that a tree has, in the order of its members. */
static struct json_object *rows_of(struct json_object *tree)
{
    struct json_object *rows = json_object_new_array();

    if (!json_object_is_type(tree, json_type_object)) {
        return rows;
    }
    json_object_object_foreach(tree, name, member) {
        if (strcmp(name, NAMES[0]) == 0 || strcmp(name, NAMES[1]) == 0) {
            for (size_t i = 0; i < json_count(member); i++) {
                (void)json_object_array_add(rows, json_object_get(json_element(member, i)));
            }
        }
    }
    return rows;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input text = {(const char *)data, size};
    size_t cut = 1u + fuzz_byte(&text);
    struct json_object *rows = json_object_new_array(), *rest = NULL, *whole = NULL;
    const struct json_rows reading = {NAMES, take, rows};
    struct json_guard *guard = json_guard_new(1, MIB(1));

    json_guard_rows(guard, &reading);
    for (size_t at = 0; at < text.size; at += cut) {
        size_t piece = text.size - at < cut ? text.size - at : cut;

        (void)json_guard_feed(guard, text.at + at, piece);
    }
    if (json_guard_finish(guard, &rest, NULL) == JSON_OK) {
        struct json_object *expected;

        /* As one tree it may be too large, but not malformed. */
        enum json_fault fault = json_guard_parse(text.at, text.size, MIB(16), &whole, NULL);

        FUZZ_CHECK(fault == JSON_OK || fault == JSON_TREE);
        expected = rows_of(whole);
        FUZZ_CHECK(fault != JSON_OK || json_object_equal(rows, expected));
        json_object_put(expected);
    }
    json_guard_free(guard);
    json_object_put(rows);
    json_object_put(rest);
    json_object_put(whole);
    return 0;
}
