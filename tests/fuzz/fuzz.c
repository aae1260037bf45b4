/*
 * fuzz.c - shared by the fuzz targets: properties, pieces of the input, checks of text.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fuzz_broken(const char *file, int line, const char *property)
{
    const char *name = strrchr(file, '/');

    fprintf(stderr, "%s:%d: does not hold: %s\n", name != NULL ? name + 1 : file, line, property);
    abort();
}

unsigned char fuzz_byte(struct fuzz_input *input)
{
    if (input->size == 0) {
        return 0;
    }
    input->size--;
    return (unsigned char)*input->at++;
}

bool fuzz_line(struct fuzz_input *input, struct fuzz_input *ret)
{
    const char *end;

    if (input->size == 0) {
        return false;
    }
    end = memchr(input->at, '\n', input->size);
    *ret = (struct fuzz_input){input->at, end != NULL ? (size_t)(end - input->at) : input->size};
    end = end != NULL ? end + 1 : input->at + input->size;
    input->size -= (size_t)(end - input->at);
    input->at = end;
    return true;
}

char *fuzz_text(struct fuzz_input input)
{
    char *text = malloc(input.size + 1);

    FUZZ_CHECK(text != NULL);
    if (input.size > 0) {
        memcpy(text, input.at, input.size);
    }
    text[input.size] = '\0';
    return text;
}

/* The size of a character with this first byte, and the range of its second byte. */
static size_t character_size(const unsigned char *text, size_t size)
{
    unsigned char low = 0x80, high = 0xBF;
    size_t need;

    if (text[0] < 0x80) {
        return 1;
    }
    if (text[0] < 0xC2 || text[0] > 0xF4) {
        return 0;
    }
    need = text[0] < 0xE0 ? 2 : text[0] < 0xF0 ? 3 : 4;
    low = text[0] == 0xE0 ? 0xA0 : text[0] == 0xF0 ? 0x90 : low;
    high = text[0] == 0xED ? 0x9F : text[0] == 0xF4 ? 0x8F : high;
    if (size < need || text[1] < low || text[1] > high) {
        return 0;
    }
    for (size_t i = 2; i < need; i++) {
        if (text[i] < 0x80 || text[i] > 0xBF) {
            return 0;
        }
    }
    return need;
}

bool fuzz_is_utf8(const char *text, size_t size)
{
    size_t length;

    for (size_t i = 0; i < size; i += length) {
        length = character_size((const unsigned char *)text + i, size - i);
        if (length == 0) {
            return false;
        }
    }
    return true;
}

static struct json_object *parse_with(int flags, const char *text, size_t size)
{
    struct json_tokener *tokener = json_tokener_new_ex(80);
    struct json_object *value;
    size_t end;

    FUZZ_CHECK(tokener != NULL);
    json_tokener_set_flags(tokener, flags);
    value = json_tokener_parse_ex(tokener, text, (int)size);
    end = json_tokener_get_parse_end(tokener);
    if (json_tokener_get_error(tokener) == json_tokener_continue) {
        /* Only the end of the text ends a number at top level. */
        value = json_tokener_parse_ex(tokener, "", 1);
        end = size;
    }
    if (json_tokener_get_error(tokener) != json_tokener_success || end != size) {
        json_object_put(value);
        value = NULL;
    }
    json_tokener_free(tokener);
    return value;
}

/* Strict by json-c, except where only 0.18 refuses: bytes beyond ASCII, and integers of more than
 * 64 bits. */
static bool is_strict_json(struct fuzz_input input)
{
    char *text = fuzz_text(input);
    struct json_object *value;
    size_t size = 0, digits = 0;
    bool strict;

    for (size_t i = 0; i < input.size; i++) {
        digits = text[i] >= '0' && text[i] <= '9' ? digits + 1 : 0;
        if (digits <= 15) {
            text[size++] = (unsigned char)text[i] < 0x80 ? text[i] : 'x';
        }
    }
    value = parse_with(JSON_TOKENER_STRICT, text, size);
    strict = value != NULL;
    json_object_put(value);
    free(text);
    return strict;
}

struct json_object *fuzz_parse(const char *text, size_t size)
{
    if (!is_strict_json((struct fuzz_input){text, size})) {
        return NULL;
    }
    return parse_with(JSON_TOKENER_VALIDATE_UTF8, text, size);
}
