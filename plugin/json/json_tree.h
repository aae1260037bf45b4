/*
 * json_tree.h - a json-c tree that grows by pieces, and what it weighs. Part of json_guard.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Takes JSON text that json_guard has checked. The weights are those of json-c 0.16 on glibc: the
 * sum is never less than what the tree really takes, but for a few per cent (json_tree.c).
 *
 * What json-c cannot bear (0.16; each of its allocations made to fail in turn, once and for ever):
 *   json_tokener_new_ex     NULL: told as JSON_MEMORY.
 *   json_tokener_parse_ex   a member's name without memory ends the process (SIGSEGV). An object
 *                           that cannot take a member, and a list that cannot grow, lose it and
 *                           all the same succeed; so does a string whose scratch memory cannot
 *                           grow, which comes shorter. A value that is not made at all gives NULL
 *                           and json_tokener_success: told as JSON_MEMORY unless it is the last.
 *   json_object_array_sort  qsort() does without memory; the getters that we use take none.
 * So json-c never meets a shortage of ours to begin with: the guard caps bytes, depth and weight
 * before json-c sees them, and before each piece of JSON_PIECE bytes the memory that it can take is
 * asked for in one block and given back. What is left is another thread of the host that takes just
 * that memory meanwhile. Everything that we write ourselves is written without json-c.
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

/* Bytes handed to json-c at once: it sets the locale anew at each call. */
#define JSON_PIECE KIB(16)

struct json_tree {
    struct json_tokener *tokener;
    struct json_object *value;
    enum json_fault fault; /* the first one */
    size_t bytes, max_bytes;
    size_t piece_bytes; /* what the piece adds to them */
    size_t scratch;     /* for a string that is still growing */
    size_t longest;     /* of the strings: json-c's scratch memory grows to twice as much */
    size_t piece_size;
    char piece[JSON_PIECE + 1]; /* and the NUL that ends a number at top level */
};

/* One open container. `room` is what json-c's table or list holds before it doubles. */
struct json_level {
    bool object;
    bool nested; /* it holds another container */
    uint32_t children, room;
};

/* False when there is no memory. */
bool json_tree_open(struct json_tree *tree, size_t max_bytes);
void json_tree_close(struct json_tree *tree);
void json_tree_fail(struct json_tree *tree, enum json_fault fault);

/* Hands the piece so far to json-c. */
void json_tree_flush(struct json_tree *tree);

/*
 * The next bytes, JSON_PIECE of them at most. An escape must come whole: json-c forgets half ones
 * between pieces.
 */
static inline void json_tree_put(struct json_tree *tree, const void *bytes, size_t size)
{
    if (tree->piece_size + size > JSON_PIECE) {
        json_tree_flush(tree);
    }
    memcpy(tree->piece + tree->piece_size, bytes, size);
    tree->piece_size += size;
}

static inline void json_tree_put_byte(struct json_tree *tree, unsigned char byte)
{
    if (tree->piece_size == JSON_PIECE) {
        json_tree_flush(tree);
    }
    tree->piece[tree->piece_size++] = (char)byte;
}

/* The value is complete: hands it over, unless a fault stands or json-c finds one. */
void json_tree_finish(struct json_tree *tree, struct json_object **ret);

void json_tree_weigh_container(struct json_tree *tree, struct json_level *level, bool object);

/* One more child of a container, which may have to grow for it. */
void json_tree_weigh_child(struct json_tree *tree, struct json_level *level);

/* The container is complete. */
void json_tree_weigh_end(struct json_tree *tree, const struct json_level *level);

/* `text_size` of a number whose text json-c keeps; else 0. */
void json_tree_weigh_scalar(struct json_tree *tree, size_t text_size);
void json_tree_weigh_string(struct json_tree *tree, size_t size, bool key);

/* A string that is still growing. */
void json_tree_watch_string(struct json_tree *tree, size_t size);
#endif
