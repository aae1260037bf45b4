/*
 * json_tree.h - a json-c tree that grows by pieces, and what it weighs. Part of json_guard.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Takes JSON text that json_guard has checked. The weights are those of json-c 0.16 on glibc: the
 * sum is never less than what the tree really takes, but for a few per cent (json_tree.c).
 */
#ifndef JSON_TREE_H
#define JSON_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "bounds.h"
#include "json_guard.h"

/* Bytes handed to json-c at once: it sets the locale anew at each call. */
#define JSON_PIECE KIB(16)

struct json_tree {
    struct json_tokener *tokener;
    struct json_object *value;
    enum json_fault fault; /* the first one */
    size_t bytes, max_bytes;
    size_t longest; /* of the strings: json-c's scratch memory grows to twice as much */
    size_t piece_size;
    char piece[JSON_PIECE + 1]; /* and the NUL that ends a number at top level */
};

/* One open container. `room` is what json-c's table or list holds before it doubles. */
struct json_level {
    bool object;
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
