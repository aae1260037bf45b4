/*
 * json_text.c - parses JSON text strictly with json-c, and reads members without type conversion.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "json_text.h"

#include <limits.h>
#include <string.h>

#include "list.h"
#include "utf8.h"

#define JSON_SPACE  " \t\r\n"
#define JSON_DIGITS "0123456789"
#define JSON_HEX    JSON_DIGITS "abcdefABCDEF"

static const char grammar_invalid[] = "is not JSON";

struct grammar {
    struct span text;
    struct span keys[JSON_GRAMMAR_KEYS_MAX];
    size_t key_count;
    size_t at;
    size_t values, values_max;
    size_t depth; /* of open objects and arrays */
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
    size_t taken = 0;

    while (grammar_take(grammar, wanted)) {
        taken++;
    }
    return taken > 0;
}

static bool grammar_take_after_space(struct grammar *grammar, char wanted)
{
    const char text[] = {wanted, '\0'};

    (void)grammar_take_all(grammar, JSON_SPACE);
    return grammar_take(grammar, text);
}

/* Consumes an escape sequence, after its backslash. */
static bool grammar_take_escape(struct grammar *grammar)
{
    int digits = 0;

    if (!grammar_take(grammar, "u")) {
        return grammar_take(grammar, "\"\\/bfnrt");
    }
    while (digits < 4 && grammar_take(grammar, JSON_HEX)) {
        digits++;
    }
    return digits == 4;
}

/* Consumes a string, after its opening quote. */
static const char *grammar_check_string(struct grammar *grammar)
{
    while (!grammar_take(grammar, "\"")) {
        size_t length = 0;

        if (grammar_take(grammar, "\\")) {
            if (!grammar_take_escape(grammar)) {
                return grammar_invalid;
            }
            continue;
        }
        uint32_t character = grammar->at < grammar->text.size
                                 ? utf8_decode(grammar->text, grammar->at, &length)
                                 : UTF8_INVALID;
        if (character == UTF8_INVALID) {
            return grammar_invalid;
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
    if (!grammar_take(grammar, "0") && !grammar_take_all(grammar, JSON_DIGITS)) {
        return false;
    }
    if (grammar_take(grammar, ".") && !grammar_take_all(grammar, JSON_DIGITS)) {
        return false;
    }
    if (!grammar_take(grammar, "eE")) {
        return true;
    }
    (void)grammar_take(grammar, "+-");
    return grammar_take_all(grammar, JSON_DIGITS);
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
    const char *fault = grammar_take_after_space(grammar, '"') ? NULL : grammar_invalid;
    const size_t start = grammar->at;

    if (fault == NULL) {
        fault = grammar_check_string(grammar);
    }
    if (fault == NULL && grammar->depth == 1) {
        fault = grammar_note_key(
            grammar, (struct span){grammar->text.bytes + start, grammar->at - 1 - start});
    }
    return fault != NULL || grammar_take_after_space(grammar, ':') ? fault : grammar_invalid;
}

static const char *grammar_check_items(struct grammar *grammar, char end);

/* Consumes a value; in an object, which `end` then closes, its key first. */
static const char *grammar_check_value(struct grammar *grammar, char end)
{
    const char *fault = ++grammar->values > grammar->values_max ? "holds too many values"
                        : end == '}'                            ? grammar_check_key(grammar)
                                                                : NULL;

    if (fault != NULL) {
        return fault;
    }
    if (grammar_take_after_space(grammar, '"')) {
        return grammar_check_string(grammar);
    }
    if (!grammar_take(grammar, "[{")) {
        return grammar_take_literal(grammar) || grammar_take_number(grammar) ? NULL
                                                                             : grammar_invalid;
    }
    end = grammar->text.bytes[grammar->at - 1] == '{' ? '}' : ']';
    return grammar->depth == JSON_GRAMMAR_DEPTH_MAX ? "is nested too deeply"
           : grammar_take_after_space(grammar, end) ? NULL
                                                    : grammar_check_items(grammar, end);
}

/* Consumes the items of an object or array that is not empty, and the bracket that closes it. */
static const char *grammar_check_items(struct grammar *grammar, char end)
{
    grammar->depth++;
    for (;;) {
        const char *fault = grammar_check_value(grammar, end);

        if (fault != NULL) {
            return fault;
        }
        if (grammar_take_after_space(grammar, end)) {
            grammar->depth--;
            return NULL;
        }
        if (!grammar_take(grammar, ",")) {
            return grammar_invalid;
        }
        (void)grammar_take_all(grammar, JSON_SPACE);
        if (grammar_take(grammar, "]},")) {
            grammar->at--; /* the place of the error */
            return "has a comma too many";
        }
    }
}

/*
 * Checks that the text is one JSON value, strictly as in RFC 8259. json-c accepts more (trailing
 * commas, nan, 01), and what its strict mode rejects depends on the version: in 0.18, every byte
 * beyond ASCII. Returns NULL; or what is wrong, and at which byte.
 */
static const char *grammar_check(struct span text, size_t values_max, size_t *ret_at)
{
    struct grammar grammar = {.text = text, .values_max = values_max};
    const char *fault = text.size >= 3 && memcmp(text.bytes, "\xEF\xBB\xBF", 3) == 0
                            ? "begins with a byte order mark, which JSON has not"
                            : grammar_check_value(&grammar, '\0');
    size_t length;

    if (fault == NULL) {
        (void)grammar_take_all(&grammar, JSON_SPACE);
        fault = grammar.at == text.size ? NULL : grammar_invalid;
    }
    *ret_at = grammar.at;
    if (fault == grammar_invalid && grammar.at < text.size &&
        utf8_decode(text, grammar.at, &length) == UTF8_INVALID) {
        fault = "is not UTF-8";
    }
    return fault;
}

/* ---- values */

static bool lost;

bool json_text_lost(void)
{
    return lost;
}

void json_text_lose(void)
{
    lost = true;
}

char *json_text_copy(struct span text)
{
    char *copy = strndup(text.bytes, text.size);

    lost = lost || copy == NULL;
    return copy;
}

/* Parses with json-c text that grammar_check() accepted: it fails only without memory. */
static const char *json_text_read(struct span text, json_object **ret)
{
    json_tokener *tokener =
        json_tokener_new_ex(JSON_GRAMMAR_DEPTH_MAX + 1); /* 1: a scalar is a level */
    json_object *value = NULL;
    bool whole = false;

    if (tokener != NULL) {
        value = json_tokener_parse_ex(tokener, text.bytes, (int)text.size);
        whole = json_tokener_get_parse_end(tokener) == text.size;
        if (json_tokener_get_error(tokener) == json_tokener_continue) {
            /* A number or literal ends only at the end of the text. Only null yields NULL. */
            value = json_tokener_parse_ex(tokener, "", 1);
            whole = whole && (value != NULL || memchr(text.bytes, 'n', text.size) != NULL);
        }
        whole = whole && json_tokener_get_error(tokener) == json_tokener_success;
        json_tokener_free(tokener);
    }
    if (!whole) {
        json_object_put(value);
        lost = true;
        return "found no memory";
    }
    *ret = value;
    return NULL;
}

static struct json_place json_text_place(struct span text, size_t at)
{
    struct json_place place = {1, 1};

    for (size_t i = 0; i < at; i++) {
        place.column += ((unsigned char)text.bytes[i] & 0xC0) != 0x80; /* one per character */
        if (text.bytes[i] == '\n') {
            place = (struct json_place){place.line + 1, 1};
        }
    }
    return place;
}

const char *json_text_parse(struct span text, size_t values_max, json_object **ret,
                            struct json_place *ret_place)
{
    const char *fault = "is too large";
    size_t at = 0;

    if (text.size <= INT_MAX) { /* json-c counts in int */
        fault = grammar_check(text, values_max, &at);
    }
    if (fault == NULL) {
        fault = json_text_read(text, ret);
    }
    if (fault != NULL && ret_place != NULL && !lost) {
        *ret_place = json_text_place(text, at);
    }
    return fault;
}

json_object *json_text_new(struct span text)
{
    json_object *value = json_object_new_string_len(text.bytes, (int)text.size);

    lost = lost || value == NULL;
    return value;
}

void json_text_add(json_object *object, const char *name, json_object *value)
{
    if (value == NULL || object == NULL || name == NULL ||
        json_object_object_add(object, name, value) != 0) {
        json_object_put(value);
        lost = true;
    }
}

void json_text_append(json_object *array, json_object *value)
{
    if (value == NULL || array == NULL || json_object_array_add(array, value) != 0) {
        json_object_put(value);
        lost = true;
    }
}

void json_text_add_null(json_object *object, const char *name)
{
    lost =
        object == NULL || name == NULL || json_object_object_add(object, name, NULL) != 0 || lost;
}

void json_text_append_null(json_object *array)
{
    lost = array == NULL || json_object_array_add(array, NULL) != 0 || lost;
}

json_object *json_text_member(json_object *object, const char *name)
{
    json_object *member = NULL;

    if (json_object_is_type(object, json_type_object)) {
        (void)json_object_object_get_ex(object, name, &member); /* an absent member leaves NULL */
    }
    return member;
}

struct span json_text_value(json_object *value)
{
    struct span text = {"", 0};

    if (json_object_is_type(value, json_type_string)) {
        text.bytes = json_object_get_string(value);
        text.size = (size_t)json_object_get_string_len(value);
    } else if (value != NULL) {
        text.bytes = json_object_to_json_string_length(
            value, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE, &text.size);
        if (text.bytes == NULL) {
            lost = true;
            text = (struct span){"", 0};
        }
    }
    return text;
}

struct span json_text_of(json_object *object, const char *name)
{
    return json_text_value(json_text_member(object, name));
}

bool json_text_is(json_object *object, const char *name, const char *text)
{
    json_object *member = json_text_member(object, name);

    return json_object_is_type(member, json_type_string) &&
           strcmp(json_object_get_string(member), text) == 0;
}

bool json_text_true(json_object *object, const char *name)
{
    json_object *member = json_text_member(object, name);

    return json_object_is_type(member, json_type_boolean) && json_object_get_boolean(member);
}

size_t json_text_count(json_object *array)
{
    return json_object_is_type(array, json_type_array) ? json_object_array_length(array) : 0;
}
