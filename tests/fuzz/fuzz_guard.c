/*
 * fuzz_guard.c - bytes from the network through the JSON guard, whole and in pieces.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: a byte for the memory limit of the tree, one for the cuts, and the document.
 */
#include "fuzz.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "json/json_guard.h"

/* Random bytes that depend on the input alone, so that every find is reproducible. */
static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Each piece is an allocation of its own, so that a sanitizer sees reads beyond it. */
static enum json_fault feed_pieces(struct json_guard *guard, struct fuzz_input text,
                                   unsigned char cut)
{
    uint32_t state = cut;
    enum json_fault fault = JSON_OK;

    while (text.size > 0) {
        size_t size = cut == 1 ? 1 : 1 + next_random(&state) % (1u + cut * 4u);
        char *piece;

        size = size < text.size ? size : text.size;
        piece = fuzz_text((struct fuzz_input){text.at, size});
        fault = json_guard_feed(guard, piece, size);
        free(piece);
        text.at += size;
        text.size -= size;
    }
    return fault;
}

/* Returns the depth of a tree, and checks that all of its texts are valid. */
static int walk(struct json_object *value)
{
    int deepest = 0;

    switch (json_object_get_type(value)) {
    case json_type_string:
        FUZZ_CHECK(
            fuzz_is_utf8(json_object_get_string(value), (size_t)json_object_get_string_len(value)));
        /* A NUL would end the text for every reader. */
        FUZZ_CHECK(strlen(json_object_get_string(value)) ==
                   (size_t)json_object_get_string_len(value));
        return 0;
    case json_type_object: {
        json_object_object_foreach(value, key, member) {
            int depth = walk(member);

            FUZZ_CHECK(fuzz_is_utf8(key, strlen(key)));
            deepest = depth > deepest ? depth : deepest;
        }
        return deepest + 1;
    }
    case json_type_array:
        for (size_t i = 0; i < json_object_array_length(value); i++) {
            int depth = walk(json_object_array_get_idx(value, i));

            deepest = depth > deepest ? depth : deepest;
        }
        return deepest + 1;
    default: return 0;
    }
}

/* json-c reads an accepted document the same way, unless the guard repaired a text. */
static void check_accepted(struct fuzz_input text, struct json_object *tree, bool repaired)
{
    struct json_object *again = fuzz_parse(text.at, text.size);
    char *written;

    FUZZ_CHECK(walk(tree) <= JSON_DEPTH_MAX);
    if (!repaired) {
        FUZZ_CHECK(json_object_equal(tree, again));
    }
    json_object_put(again);
    /* json-c parses its own output of the tree as an equal tree. */
    written = strdup(json_object_to_json_string_ext(tree, JSON_C_TO_STRING_PLAIN));
    again = fuzz_parse(written, strlen(written));
    FUZZ_CHECK(tree == NULL || again != NULL);
    free(written);
    json_object_put(again);
}

/* An upper bound for the depth of a text. */
static size_t opened(struct fuzz_input text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.size; i++) {
        count += text.at[i] == '[' || text.at[i] == '{' ? 1 : 0;
    }
    return count;
}

/* Text without need of repair: UTF-8 without control bytes or \u escapes. */
static bool plain(struct fuzz_input text)
{
    for (size_t i = 0; i < text.size; i++) {
        if ((unsigned char)text.at[i] < ' ' ||
            (text.at[i] == '\\' && i + 1 < text.size && text.at[i + 1] == 'u')) {
            return false;
        }
    }
    return fuzz_is_utf8(text.at, text.size);
}

/* The tree takes no more memory than allowed, except for a few per cent. mallinfo2() counts only
 * glibc's own malloc; those of sanitizers and valgrind report zeros. */
static void check_budget(struct fuzz_input text, size_t tree_max)
{
    struct json_object *tree = NULL;
    size_t before = mallinfo2().uordblks, taken;

    if (json_guard_parse(text.at, text.size, tree_max, &tree, NULL) != JSON_OK) {
        FUZZ_CHECK(tree == NULL);
        return;
    }
    taken = mallinfo2().uordblks - before;
    FUZZ_CHECK(taken <= tree_max + tree_max / 16 + 4096);
    json_object_put(tree);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input text = {(const char *)data, size};
    size_t tree_max = KIB(2) << (fuzz_byte(&text) % 12);
    unsigned char cut = fuzz_byte(&text);
    struct json_guard *guard = json_guard_new(text.size, tree_max);
    struct json_object *whole = NULL, *pieces = NULL;
    bool whole_repaired = false, pieces_repaired = false;
    enum json_fault fault, again;

    FUZZ_CHECK(guard != NULL);
    fault = json_guard_parse(text.at, text.size, tree_max, &whole, &whole_repaired);
    again = feed_pieces(guard, text, cut);
    FUZZ_CHECK(again == JSON_OK || again == fault);
    again = json_guard_finish(guard, &pieces, &pieces_repaired);
    json_guard_free(guard);

    FUZZ_CHECK(again == fault);
    FUZZ_CHECK(fault != JSON_MEMORY && fault != JSON_BYTES);
    if (fault == JSON_OK) {
        FUZZ_CHECK(json_object_equal(whole, pieces));
        FUZZ_CHECK(whole_repaired == pieces_repaired);
        FUZZ_CHECK(!whole_repaired || !plain(text));
        check_accepted(text, whole, whole_repaired);
    } else {
        FUZZ_CHECK(whole == NULL && pieces == NULL);
        FUZZ_CHECK(fault != JSON_DEPTH || opened(text) > JSON_DEPTH_MAX);
    }
    json_object_put(whole);
    json_object_put(pieces);
    check_budget(text, tree_max);
    return 0;
}
