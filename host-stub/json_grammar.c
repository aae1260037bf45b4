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

#define GRAMMAR_SPACE  " \t\r\n"
#define GRAMMAR_DIGITS "0123456789"
#define GRAMMAR_HEX    GRAMMAR_DIGITS "abcdefABCDEF"

static const char grammar_not_json[] = "is not JSON";

struct grammar {
    struct span text;
    struct span keys[JSON_GRAMMAR_KEYS_MAX];
    size_t key_count;
    size_t at;
    size_t values, values_max;
    size_t depth;
    char ends[JSON_GRAMMAR_DEPTH_MAX]; /* the bracket that closes each open object or array */
};

/* Consumes the next byte if it is one of `wanted`. */
static bool grammar_take(struct grammar *grammar, const char *wanted)
{
    const char next = grammar->at < grammar->text.size ? grammar->text.bytes[grammar->at] : '\0';
    const bool taken = next != '\0' && strchr(wanted, next) != NULL;

    grammar->at += taken;
    return taken;
}

/* Consumes all bytes that are in `wanted`. Returns false if there is none. */
static bool grammar_take_all(struct grammar *grammar, const char *wanted)
{
    const size_t start = grammar->at;

    while (grammar_take(grammar, wanted)) {
        continue;
    }
    return grammar->at > start;
}

static bool grammar_take_after_space(struct grammar *grammar, char wanted)
{
    const char text[] = {wanted, '\0'};

    (void)grammar_take_all(grammar, GRAMMAR_SPACE);
    return grammar_take(grammar, text);
}

/* Consumes an escape sequence, after its backslash. */
static bool grammar_take_escape(struct grammar *grammar)
{
    if (!grammar_take(grammar, "u")) {
        return grammar_take(grammar, "\"\\/bfnrt");
    }
    return grammar_take(grammar, GRAMMAR_HEX) && grammar_take(grammar, GRAMMAR_HEX) &&
           grammar_take(grammar, GRAMMAR_HEX) && grammar_take(grammar, GRAMMAR_HEX);
}

/* Consumes a string, after its opening quote. */
static const char *grammar_check_string(struct grammar *grammar)
{
    while (!grammar_take(grammar, "\"")) {
        uint32_t character;
        size_t length = 0;

        if (grammar_take(grammar, "\\")) {
            if (!grammar_take_escape(grammar)) {
                return grammar_not_json;
            }
            continue;
        }
        character = grammar->at < grammar->text.size
                        ? utf8_decode(grammar->text, grammar->at, &length)
                        : UTF8_INVALID;
        if (character == UTF8_INVALID) {
            return grammar_not_json;
        }
        if (character < 0x20) {
            return "holds a raw control character inside a string";
        }
        grammar->at += length;
    }
    return NULL;
}

static bool grammar_take_number(struct grammar *grammar)
{
    (void)grammar_take(grammar, "-");
    if (!grammar_take(grammar, "0") && !grammar_take_all(grammar, GRAMMAR_DIGITS)) {
        return false;
    }
    if (grammar_take(grammar, ".") && !grammar_take_all(grammar, GRAMMAR_DIGITS)) {
        return false;
    }
    if (!grammar_take(grammar, "eE")) {
        return true;
    }
    (void)grammar_take(grammar, "+-");
    return grammar_take_all(grammar, GRAMMAR_DIGITS);
}

static bool grammar_take_literal(struct grammar *grammar)
{
    static const char *const literals[] = {"true", "false", "null"};

    for (size_t i = 0; i < LIST_COUNT(literals); i++) {
        const size_t size = strlen(literals[i]);

        if (grammar->text.size - grammar->at >= size &&
            memcmp(grammar->text.bytes + grammar->at, literals[i], size) == 0) {
            grammar->at += size;
            return true;
        }
    }
    return false;
}

/*
 * Records a member of the outermost object and rejects a duplicate, of which json-c would silently
 * keep the last.
 */
static const char *grammar_note_key(struct grammar *grammar, struct span key)
{
    for (size_t i = 0; i < grammar->key_count; i++) {
        if (grammar->keys[i].size == key.size &&
            memcmp(grammar->keys[i].bytes, key.bytes, key.size) == 0) {
            grammar->at = (size_t)(key.bytes - grammar->text.bytes) - 1; /* its opening quote */
            return "has the same member twice";
        }
    }
    if (grammar->key_count < JSON_GRAMMAR_KEYS_MAX) {
        grammar->keys[grammar->key_count++] = key;
    }
    return NULL;
}

/* Consumes the key of a member and the colon after it. */
static const char *grammar_check_key(struct grammar *grammar)
{
    const char *fault = grammar_take_after_space(grammar, '"') ? NULL : grammar_not_json;
    const size_t start = grammar->at;

    if (fault == NULL) {
        fault = grammar_check_string(grammar);
    }
    if (fault == NULL && grammar->depth == 1) {
        fault = grammar_note_key(
            grammar, (struct span){grammar->text.bytes + start, grammar->at - 1 - start});
    }
    return fault != NULL || grammar_take_after_space(grammar, ':') ? fault : grammar_not_json;
}

/*
 * Consumes a value, with its key inside an object. Of a container that is not empty, only up to the
 * end of the first scalar or empty container in it.
 */
static const char *grammar_check_value(struct grammar *grammar)
{
    for (;;) {
        char *end = grammar->ends + grammar->depth;
        const char *fault = NULL;

        if (++grammar->values > grammar->values_max) {
            return "holds too many values";
        }
        if (grammar->depth > 0 && end[-1] == '}') {
            fault = grammar_check_key(grammar);
        }
        if (fault != NULL) {
            return fault;
        }
        if (grammar_take_after_space(grammar, '"')) {
            return grammar_check_string(grammar);
        }
        if (!grammar_take(grammar, "[{")) {
            return grammar_take_literal(grammar) || grammar_take_number(grammar) ? NULL
                                                                                 : grammar_not_json;
        }
        if (grammar->depth == JSON_GRAMMAR_DEPTH_MAX) {
            return "is nested too deeply";
        }
        *end = grammar->text.bytes[grammar->at - 1] == '{' ? '}' : ']';
        if (grammar_take_after_space(grammar, *end)) {
            return NULL;
        }
        grammar->depth++;
    }
}

static const char *grammar_check_document(struct grammar *grammar)
{
    for (;;) {
        const char *fault = grammar_check_value(grammar);

        if (fault != NULL) {
            return fault;
        }
        while (grammar->depth > 0 &&
               grammar_take_after_space(grammar, grammar->ends[grammar->depth - 1])) {
            grammar->depth--;
        }
        (void)grammar_take_all(grammar, GRAMMAR_SPACE);
        if (grammar->depth == 0) {
            return grammar->at == grammar->text.size ? NULL : grammar_not_json;
        }
        if (!grammar_take(grammar, ",")) {
            return grammar_not_json;
        }
        (void)grammar_take_all(grammar, GRAMMAR_SPACE);
        if (grammar_take(grammar, "]},")) {
            grammar->at--; /* the place of the error */
            return "has a comma too many";
        }
    }
}

const char *json_grammar_check(struct span text, size_t values_max, size_t *ret_at)
{
    struct grammar grammar = {.text = text, .values_max = values_max};
    const char *fault = text.size >= 3 && memcmp(text.bytes, "\xEF\xBB\xBF", 3) == 0
                            ? "begins with a byte order mark, which JSON has not"
                            : grammar_check_document(&grammar);
    size_t length;

    *ret_at = grammar.at;
    if (fault == grammar_not_json && grammar.at < text.size &&
        utf8_decode(text, grammar.at, &length) == UTF8_INVALID) {
        fault = "is not UTF-8";
    }
    return fault;
}
