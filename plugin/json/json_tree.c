/*
 * json_tree.c - a json-c tree that grows by pieces, and what it weighs. Part of json_guard.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "json_tree.h"

#include <stdlib.h>

/*
 * What json-c takes from glibc for each node. A chunk holds 8 bytes of malloc's own and is a
 * multiple of 16, at least 32.
 */
#define CHUNK(size)    ((size) + 8 < 32 ? (size_t)32 : ((size) + 8 + 15) & ~(size_t)15)
#define OBJECT_BYTES   800 /* object, hash table and its first 16 entries */
#define OBJECT_ENTRIES 16
#define ENTRY_BYTES    40
#define ARRAY_BYTES    112 /* array and list, without the slots */
#define ARRAY_SLOTS    32
#define SLOT_BYTES     sizeof(void *)
/*
 * Behind the slots of a list that holds containers, which stay, so much of what it gives back is
 * used again: the head of another list. The rest is a hole, too small for the slots of one.
 */
#define HOLE_USED    ARRAY_BYTES
#define SCALAR_BYTES 64
#define STRING_BYTES 80 /* up to 23 bytes */
#define STRING_HEAD  49

/* What a piece takes beyond the weights: a string or number that has not ended, the locale. */
#define PIECE_SLACK KIB(64)

bool json_tree_open(struct json_tree *tree, size_t max_bytes)
{
    /* json-c counts the scalar inside the innermost container as a level. */
    tree->tokener = json_tokener_new_ex(JSON_DEPTH_MAX + 1);
    if (tree->tokener == NULL) {
        return false;
    }
    /*
     * No flags: what comes here is valid by construction. VALIDATE_UTF8 costs a fifth, and STRICT
     * refuses text beyond ASCII in json-c 0.18.
     */
    tree->max_bytes = max_bytes;
    return true;
}

void json_tree_close(struct json_tree *tree)
{
    json_tokener_free(tree->tokener);
    json_object_put(tree->value);
}

void json_tree_fail(struct json_tree *tree, enum json_fault fault)
{
    if (tree->fault == JSON_OK) {
        tree->fault = fault;
    }
}

/*
 * Whether json-c will find what the piece needs: asked for at once, and given back. Twice the
 * weight, as what grows stands in memory twice while it is copied.
 */
static bool memory_for_piece(struct json_tree *tree)
{
    void *volatile probe = malloc(2 * tree->piece_bytes + tree->scratch + PIECE_SLACK);
    bool found = probe != NULL;

    free(probe);
    tree->piece_bytes = tree->scratch = 0;
    return found;
}

static void parse_piece(struct json_tree *tree, bool last)
{
    struct json_object *value;
    enum json_tokener_error error;

    if (tree->fault == JSON_MEMORY || !memory_for_piece(tree)) {
        tree->piece_size = 0;
        json_tree_fail(tree, JSON_MEMORY);
        return;
    }
    value = json_tokener_parse_ex(tree->tokener, tree->piece, (int)tree->piece_size);
    error = json_tokener_get_error(tree->tokener);
    tree->piece_size = 0;
    if (error == json_tokener_success && last) {
        tree->value = value;
    } else if (error == json_tokener_success) {
        /* Neither refused nor gone on: json-c found no memory for its locale. */
        json_object_put(value);
        json_tree_fail(tree, JSON_MEMORY);
    } else if (strcmp(json_tokener_error_desc(error), "out of memory") == 0) {
        /* By its words: json-c 0.17 brought it, 0.18 gave it another number. */
        json_tree_fail(tree, JSON_MEMORY);
    } else if (error != json_tokener_continue || last) {
        json_tree_fail(tree, JSON_SYNTAX);
    }
}

void json_tree_flush(struct json_tree *tree)
{
    parse_piece(tree, false);
}

void json_tree_finish(struct json_tree *tree, struct json_object **ret)
{
    tree->piece[tree->piece_size++] = '\0';
    parse_piece(tree, true);
    if (tree->fault == JSON_OK) {
        *ret = tree->value;
        tree->value = NULL;
    }
}

static void weigh(struct json_tree *tree, size_t bytes)
{
    tree->bytes += bytes;
    tree->piece_bytes += bytes;
    if (tree->bytes > tree->max_bytes) {
        json_tree_fail(tree, JSON_TREE);
    }
}

void json_tree_weigh_container(struct json_tree *tree, struct json_level *level, bool object)
{
    *level = (struct json_level){.object = object, .room = object ? OBJECT_ENTRIES : ARRAY_SLOTS};
    weigh(tree, object ? OBJECT_BYTES : ARRAY_BYTES + CHUNK(ARRAY_SLOTS * SLOT_BYTES));
}

/* A container gets twice the room: while it is copied, the old one is there as well. */
static void grow(struct json_tree *tree, struct json_level *level, size_t old_bytes)
{
    weigh(tree, old_bytes);
    tree->piece_bytes += old_bytes;
    level->room *= 2;
    if (tree->bytes + old_bytes > tree->max_bytes) {
        json_tree_fail(tree, JSON_TREE);
    }
}

void json_tree_weigh_child(struct json_tree *tree, struct json_level *level)
{
    /* A table doubles when two thirds are taken, a list when it is full. */
    if (level->object && (uint64_t)level->children * 100 >= (uint64_t)level->room * 66) {
        grow(tree, level, (size_t)level->room * ENTRY_BYTES);
    } else if (!level->object && level->children == level->room) {
        grow(tree, level, level->room * SLOT_BYTES);
    }
    level->children++;
}

void json_tree_weigh_end(struct json_tree *tree, const struct json_level *level)
{
    /* The list gives back the slots that it did not need. */
    if (!level->object) {
        size_t back = CHUNK(level->room * SLOT_BYTES) - CHUNK(level->children * SLOT_BYTES);
        bool hole = level->nested && back > HOLE_USED && back < CHUNK(ARRAY_SLOTS * SLOT_BYTES);

        tree->bytes -= hole ? HOLE_USED : back;
    }
}

void json_tree_weigh_scalar(struct json_tree *tree, size_t text_size)
{
    weigh(tree, SCALAR_BYTES + (text_size > 0 ? CHUNK(text_size + 1) : 0));
}

void json_tree_watch_string(struct json_tree *tree, size_t size)
{
    size_t scratch = size > tree->longest ? 2 * (size - tree->longest) : 0;

    tree->scratch = size + scratch; /* of json-c, which grows by copying */
    if (tree->bytes + size + scratch > tree->max_bytes) {
        json_tree_fail(tree, JSON_TREE);
    }
}

void json_tree_weigh_string(struct json_tree *tree, size_t size, bool key)
{
    size_t bytes = size < 24 ? STRING_BYTES : CHUNK(size + STRING_HEAD);

    if (size > tree->longest) {
        weigh(tree, 2 * (size - tree->longest));
        tree->longest = size;
    }
    weigh(tree, key ? CHUNK(size + 1) : bytes);
}
