/*
 * json_grammar.c - checks that bytes are JSON, strictly as in RFC 8259.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "json_grammar.h"

#include <stdbool.h>
#include <string.h>

#include "limits.h"
#include "list.h"
#include "utf8.h"

#define SPACE  " \t\r\n"
#define DIGITS "0123456789"

static const char NOT_JSON[] = "is not JSON";

struct cursor {
    struct span text;
    struct span keys[JSON_GRAMMAR_KEYS_MAX];
    size_t key_count;
    size_t at;
    size_t values, values_max;
    size_t depth;
    char ends[JSON_GRAMMAR_DEPTH_MAX]; /* the bracket that closes each open object or array */
};

/* Consumes the next byte if it is one of `wanted`. */
static bool take(struct cursor *cursor, const char *wanted)
{
    const char next = cursor->at < cursor->text.size ? cursor->text.bytes[cursor->at] : '\0';
    const bool taken = next != '\0' && strchr(wanted, next) != NULL;

    cursor->at += taken;
    return taken;
}

/* Consumes all bytes that are in `wanted`. Returns false if there is none. */
static bool take_all(struct cursor *cursor, const char *wanted)
{
    const size_t start = cursor->at;

    while (take(cursor, wanted)) {
        continue;
    }
    return cursor->at > start;
}

static bool take_after_space(struct cursor *cursor, char wanted)
{
    const char text[] = {wanted, '\0'};

    (void)take_all(cursor, SPACE);
    return take(cursor, text);
}

/* Consumes an escape sequence, after its backslash. */
static bool take_escape(struct cursor *cursor)
{
    if (!take(cursor, "u")) {
        return take(cursor, "\"\\/bfnrt");
    }
    for (int i = 0; i < 4; i++) {
        if (!take(cursor, DIGITS "abcdefABCDEF")) {
            return false;
        }
    }
    return true;
}

/* Consumes a string, after its opening quote. */
static const char *check_string(struct cursor *cursor)
{
    while (!take(cursor, "\"")) {
        uint32_t character;
        size_t length;

        if (cursor->at == cursor->text.size) {
            return NOT_JSON;
        }
        if (take(cursor, "\\")) {
            if (!take_escape(cursor)) {
                return NOT_JSON;
            }
            continue;
        }
        character = utf8_decode(cursor->text, cursor->at, &length);
        if (character == UTF8_INVALID) {
            return NOT_JSON;
        }
        if (character < 0x20) {
            return "holds a raw control character inside a string";
        }
        cursor->at += length;
    }
    return NULL;
}

static bool take_number(struct cursor *cursor)
{
    (void)take(cursor, "-");
    if (!take(cursor, "0") && !take_all(cursor, DIGITS)) {
        return false;
    }
    if (take(cursor, ".") && !take_all(cursor, DIGITS)) {
        return false;
    }
    if (!take(cursor, "eE")) {
        return true;
    }
    (void)take(cursor, "+-");
    return take_all(cursor, DIGITS);
}

static bool take_literal(struct cursor *cursor)
{
    static const char *const LITERALS[] = {"true", "false", "null"};

    for (size_t i = 0; i < LIST_COUNT(LITERALS); i++) {
        const size_t size = strlen(LITERALS[i]);

        if (cursor->text.size - cursor->at >= size &&
            memcmp(cursor->text.bytes + cursor->at, LITERALS[i], size) == 0) {
            cursor->at += size;
            return true;
        }
    }
    return false;
}

/*
 * Records a member of the outermost object and rejects a duplicate, of which json-c would silently
 * keep the last.
 */
static const char *note_key(struct cursor *cursor, struct span key)
{
    for (size_t i = 0; i < cursor->key_count; i++) {
        if (cursor->keys[i].size == key.size &&
            memcmp(cursor->keys[i].bytes, key.bytes, key.size) == 0) {
            cursor->at = (size_t)(key.bytes - cursor->text.bytes) - 1; /* its opening quote */
            return "has the same member twice";
        }
    }
    if (cursor->key_count < JSON_GRAMMAR_KEYS_MAX) {
        cursor->keys[cursor->key_count++] = key;
    }
    return NULL;
}

/* Consumes the key of a member and the colon after it. */
static const char *check_key(struct cursor *cursor)
{
    const char *fault = take_after_space(cursor, '"') ? NULL : NOT_JSON;
    const size_t start = cursor->at;

    if (fault == NULL) {
        fault = check_string(cursor);
    }
    if (fault == NULL && cursor->depth == 1) {
        fault = note_key(cursor, (struct span){cursor->text.bytes + start, cursor->at - 1 - start});
    }
    return fault != NULL || take_after_space(cursor, ':') ? fault : NOT_JSON;
}

/*
 * Consumes a value, with its key inside an object. Of a container that is not empty, only up to the
 * end of the first scalar or empty container in it.
 */
static const char *check_value(struct cursor *cursor)
{
    for (;;) {
        char *end = cursor->ends + cursor->depth;
        const char *fault = NULL;

        if (++cursor->values > cursor->values_max) {
            return "holds too many values";
        }
        if (cursor->depth > 0 && end[-1] == '}') {
            fault = check_key(cursor);
        }
        if (fault != NULL) {
            return fault;
        }
        if (take_after_space(cursor, '"')) {
            return check_string(cursor);
        }
        if (!take(cursor, "[{")) {
            return take_literal(cursor) || take_number(cursor) ? NULL : NOT_JSON;
        }
        if (cursor->depth == JSON_GRAMMAR_DEPTH_MAX) {
            return "is nested too deeply";
        }
        *end = cursor->text.bytes[cursor->at - 1] == '{' ? '}' : ']';
        if (take_after_space(cursor, *end)) {
            return NULL;
        }
        cursor->depth++;
    }
}

static const char *check_document(struct cursor *cursor)
{
    static const char ENDERS[] = {']', '}', ','};

    for (;;) {
        const char *fault = check_value(cursor);

        if (fault != NULL) {
            return fault;
        }
        while (cursor->depth > 0 && take_after_space(cursor, cursor->ends[cursor->depth - 1])) {
            cursor->depth--;
        }
        if (cursor->depth == 0) {
            break;
        }
        if (!take_after_space(cursor, ',')) {
            return NOT_JSON;
        }
        (void)take_all(cursor, SPACE);
        if (cursor->at < cursor->text.size &&
            memchr(ENDERS, cursor->text.bytes[cursor->at], sizeof(ENDERS)) != NULL) {
            return "has a comma too many";
        }
    }
    (void)take_all(cursor, SPACE);
    return cursor->at == cursor->text.size ? NULL : NOT_JSON;
}

const char *json_grammar_check(struct span text, size_t values_max, size_t *ret_at)
{
    static const char MARK[] = "\xEF\xBB\xBF";
    struct cursor cursor = {.text = text, .values_max = values_max};
    const char *fault = text.size >= 3 && memcmp(text.bytes, MARK, 3) == 0
                            ? "begins with a byte order mark, which JSON has not"
                            : check_document(&cursor);
    size_t length;

    *ret_at = cursor.at;
    if (fault == NOT_JSON && cursor.at < text.size &&
        utf8_decode(text, cursor.at, &length) == UTF8_INVALID) {
        fault = "is not UTF-8";
    }
    return fault;
}
