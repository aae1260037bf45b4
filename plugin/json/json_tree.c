/*
 * json_tree.c - builds a json-c tree in pieces and estimates its memory. Part of json_guard.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "json_tree.h"

#include <stdlib.h>

/*
 * What json-c allocates with glibc for each node. A chunk includes 8 bytes of malloc's own and is a
 * multiple of 16 bytes, at least 32.
 */
#define CHUNK(size)    ((size) + 8 < 32 ? (size_t)32 : ((size) + 8 + 15) & ~(size_t)15)
#define OBJECT_BYTES   800 /* object and hash table with 16 entries */
#define OBJECT_ENTRIES 16
#define ENTRY_BYTES    40
#define ARRAY_BYTES    112 /* array and list, without its slots */
#define ARRAY_SLOTS    32
#define SLOT_BYTES     sizeof(void *)
/*
 * A list that holds containers returns unused slots in front of memory that stays in use. Of such a
 * gap this many bytes are reused, for the head of another list; the rest is too small for the slots
 * of one.
 */
#define HOLE_USED    ARRAY_BYTES
#define SCALAR_BYTES 64
#define STRING_BYTES 80 /* for up to 23 bytes of text */
#define STRING_HEAD  49

bool json_tree_open(struct json_tree *tree, size_t max_bytes)
{
    /*
     * json-c counts a scalar in the innermost container as one more level. No flags: json_guard has
     * validated the text. VALIDATE_UTF8 costs a fifth of the time, and STRICT rejects text beyond
     * ASCII in json-c 0.18.
     */
    tree->tokener = json_tokener_new_ex(JSON_DEPTH_MAX + 1);
    tree->max_bytes = max_bytes;
    return tree->tokener != NULL;
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
 * Checks that the memory for a piece is available, by allocating and freeing it: twice the weight,
 * because a growing table exists twice while it is copied. Resets the piece's weight.
 */
static bool memory_for_piece(struct json_tree *tree)
{
    void *volatile probe = malloc(2 * tree->piece_bytes + tree->scratch + JSON_PIECE_SLACK);
    bool found = probe != NULL;

    free(probe);
    tree->piece_bytes = tree->scratch = 0;
    return found;
}

void json_tree_flush(struct json_tree *tree, bool last)
{
    if (tree->fault == JSON_MEMORY || !memory_for_piece(tree)) {
        tree->piece_size = 0;
        json_tree_fail(tree, JSON_MEMORY);
        return;
    }
    struct json_object *value =
        json_tokener_parse_ex(tree->tokener, tree->piece, (int)tree->piece_size);
    enum json_tokener_error error = json_tokener_get_error(tree->tokener);
    tree->piece_size = 0;
    if (error == json_tokener_success && last) {
        tree->value = value;
    } else if (error == json_tokener_success) {
        /* json-c neither failed nor asked for more: it had no memory for its locale. */
        json_object_put(value);
        json_tree_fail(tree, JSON_MEMORY);
    } else if (strcmp(json_tokener_error_desc(error), "out of memory") == 0) {
        /* Compared as text: json-c 0.17 introduced this error, 0.18 changed its number. */
        json_tree_fail(tree, JSON_MEMORY);
    } else if (error != json_tokener_continue || last) {
        json_tree_fail(tree, JSON_SYNTAX);
    }
}

void json_tree_finish(struct json_tree *tree, struct json_object **ret)
{
    tree->piece[tree->piece_size++] = '\0';
    json_tree_flush(tree, true);
    if (tree->fault == JSON_OK) {
        *ret = tree->value;
        tree->value = NULL;
    }
}

void json_tree_restart(struct json_tree *tree)
{
    json_tokener_reset(tree->tokener);
    tree->bytes = 2 * tree->longest; /* json-c keeps its scratch memory */
    tree->piece_bytes = tree->scratch = 0;
}

static void weigh_bytes(struct json_tree *tree, size_t bytes)
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
    weigh_bytes(tree, object ? OBJECT_BYTES : ARRAY_BYTES + CHUNK(ARRAY_SLOTS * SLOT_BYTES));
}

void json_tree_weigh_child(struct json_tree *tree, struct json_level *level)
{
    size_t bytes = level->room * (level->object ? (size_t)ENTRY_BYTES : SLOT_BYTES);

    /* A hash table doubles when two thirds are in use, a list when it is full. */
    if (level->object ? (uint64_t)level->children * 100 >= (uint64_t)level->room * 66
                      : level->children == level->room) {
        weigh_bytes(tree, bytes);
        tree->piece_bytes += bytes; /* the old memory counts too: both exist during the copy */
        level->room *= 2;
        if (tree->bytes + bytes > tree->max_bytes) {
            json_tree_fail(tree, JSON_TREE);
        }
    }
    level->children++;
}

void json_tree_weigh_end(struct json_tree *tree, const struct json_level *level)
{
    /* json-c shrinks a complete list to the slots in use. */
    if (!level->object) {
        size_t back = CHUNK(level->room * SLOT_BYTES) - CHUNK(level->children * SLOT_BYTES);
        bool hole = level->nested && back > HOLE_USED && back < CHUNK(ARRAY_SLOTS * SLOT_BYTES);

        tree->bytes -= hole ? HOLE_USED : back;
    }
}

void json_tree_weigh_scalar(struct json_tree *tree, size_t text_size)
{
    weigh_bytes(tree, SCALAR_BYTES + (text_size > 0 ? CHUNK(text_size + 1) : 0));
}

void json_tree_watch_string(struct json_tree *tree, size_t size)
{
    size_t scratch = size > tree->longest ? 2 * (size - tree->longest) : 0;

    tree->scratch = size + scratch; /* json-c's buffer, which grows by copying */
    if (tree->bytes + size + scratch > tree->max_bytes) {
        json_tree_fail(tree, JSON_TREE);
    }
}

void json_tree_weigh_string(struct json_tree *tree, size_t size, bool key)
{
    size_t bytes = size < 24 ? STRING_BYTES : CHUNK(size + STRING_HEAD);

    if (size > tree->longest) {
        weigh_bytes(tree, 2 * (size - tree->longest));
        tree->longest = size;
    }
    weigh_bytes(tree, key ? CHUNK(size + 1) : bytes);
}
