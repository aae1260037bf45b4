/*
 * json_tree.h - builds a json-c tree in pieces and estimates its memory. Part of json_guard.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Takes JSON text that json_guard has checked. The weights are those of json-c 0.16 on glibc: their
 * sum is at most a few per cent less than what the tree takes (json_tree.c).
 *
 * What json-c does when an allocation fails (0.16; tested by failing each of its allocations, once
 * and from then on):
 *   json_tokener_new_ex     returns NULL: reported as JSON_MEMORY.
 *   json_tokener_parse_ex   crashes (SIGSEGV) without memory for a member's name. An object that
 *                           cannot add a member, and a list that cannot grow, lose it but report
 *                           success; a string whose scratch memory cannot grow is cut, also with
 *                           success. A value that cannot be created yields NULL and
 *                           json_tokener_success: reported as JSON_MEMORY unless it is the last
 *                           one.
 *   json_object_array_sort  qsort() works without memory; the getters in use allocate nothing.
 * So json-c must not run out of memory because of a reply: the guard caps bytes, depth and weight
 * before json-c sees them, and before each piece of JSON_PIECE bytes the memory for it is allocated
 * as one block and freed. The remaining risk is another thread of the host that takes that memory
 * in between. All JSON that the integration writes is written without json-c.
 */
#ifndef JSON_TREE_H
#define JSON_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <json-c/json.h>

#include "base/limits.h"
#include "json_fault.h"

struct json_tree {
    struct json_tokener *tokener;
    struct json_object *value;
    enum json_fault fault; /* the first fault */
    size_t bytes, max_bytes;
    size_t piece_bytes; /* what the current piece adds to `bytes` */
    size_t scratch;     /* memory for a string that is not complete yet */
    size_t longest;     /* longest string; json-c's scratch memory grows to twice as much */
    size_t piece_size;
    char piece[JSON_PIECE + 1]; /* plus the NUL that ends a top-level number */
};

/* One open container. `room` is how much json-c's table or list holds before it doubles. */
struct json_level {
    bool object;
    bool nested; /* it contains another container */
    uint32_t children, room;
};

/*
 * Returns false without memory. json_tree_close() frees the tree unless json_tree_finish() returned
 * it.
 */
bool json_tree_open(struct json_tree *tree, size_t max_bytes);
void json_tree_close(struct json_tree *tree);
void json_tree_fail(struct json_tree *tree, enum json_fault fault);

/* Passes the piece so far to json-c; `last`: it ends the text. */
void json_tree_flush(struct json_tree *tree, bool last);

/*
 * Appends the next bytes, at most JSON_PIECE. An escape sequence must come whole: json-c loses half
 * of one between two pieces.
 */
static inline void json_tree_put(struct json_tree *tree, const void *bytes, size_t size)
{
    if (tree->piece_size + size > JSON_PIECE) {
        json_tree_flush(tree, false);
    }
    memcpy(tree->piece + tree->piece_size, bytes, size);
    tree->piece_size += size;
}

/* Completes the value. `*ret` is set, and then owned by the caller, only if there was no fault. */
void json_tree_finish(struct json_tree *tree, struct json_object **ret);

/* Begins another value, after json_tree_finish() returned one without fault. */
void json_tree_restart(struct json_tree *tree);

void json_tree_weigh_container(struct json_tree *tree, struct json_level *level, bool object);

/* Counts one more child of a container, which may have to grow. */
void json_tree_weigh_child(struct json_tree *tree, struct json_level *level);

/* Ends a container. */
void json_tree_weigh_end(struct json_tree *tree, const struct json_level *level);

/* `text_size`: length of a number whose text json-c keeps; 0 for other scalars. */
void json_tree_weigh_scalar(struct json_tree *tree, size_t text_size);
void json_tree_weigh_string(struct json_tree *tree, size_t size, bool key);

/* Checks the memory of a string that is not complete yet. */
void json_tree_watch_string(struct json_tree *tree, size_t size);
#endif
