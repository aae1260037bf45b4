/*
 * text.c - a growing buffer in which replies are written as JSON text.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _POSIX_C_SOURCE 200809L

#include "text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(void)
{
    (void)fputs("fortimanager-simulator: out of memory\n", stderr);
    exit(EXIT_FAILURE);
}

void *must_allocate(size_t count, size_t size)
{
    void *block = calloc(count > 0 ? count : 1, size);

    if (block == NULL)
        fail();
    return block;
}

void *must_resize(void *block, size_t count, size_t size)
{
    size_t bytes;
    void *larger;

    if (__builtin_mul_overflow(count, size, &bytes))
        fail();
    larger = realloc(block, bytes > 0 ? bytes : 1);
    if (larger == NULL)
        fail();
    return larger;
}

char *must_copy(const char *value)
{
    char *copy = strdup(value);

    if (copy == NULL)
        fail();
    return copy;
}

static char *reserve(struct text *text, size_t more)
{
    if (text->capacity - text->size < more) {
        size_t wanted = text->capacity < 4096 ? 4096 : text->capacity;

        while (wanted - text->size < more)
            wanted *= 2;
        text->bytes = must_resize(text->bytes, wanted, 1);
        text->capacity = wanted;
    }
    return text->bytes + text->size;
}

char *must_print(const char *format, ...)
{
    va_list arguments;
    char *value;
    int size;

    va_start(arguments, format);
    size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size < 0)
        fail();
    value = must_allocate((size_t)size + 1, 1);
    va_start(arguments, format);
    (void)vsnprintf(value, (size_t)size + 1, format, arguments);
    va_end(arguments);
    return value;
}

void text_release(struct text *text)
{
    free(text->bytes);
    *text = (struct text){NULL, 0, 0};
}

void text_add(struct text *text, const char *bytes, size_t size)
{
    /* An empty text has no buffer to read from. */
    if (size == 0)
        return;
    memcpy(reserve(text, size), bytes, size);
    text->size += size;
}

void text_put(struct text *text, const char *raw)
{
    text_add(text, raw, strlen(raw));
}

void text_format(struct text *text, const char *format, ...)
{
    va_list arguments;
    int size;

    va_start(arguments, format);
    size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size < 0)
        fail();
    va_start(arguments, format);
    (void)vsnprintf(reserve(text, (size_t)size + 1), (size_t)size + 1, format, arguments);
    va_end(arguments);
    text->size += (size_t)size;
}

static void separate(struct text *text)
{
    char last = text->size > 0 ? text->bytes[text->size - 1] : '[';

    if (last != '{' && last != '[' && last != ':')
        text_add(text, ",", 1);
}

void text_open(struct text *text, char bracket)
{
    separate(text);
    text_add(text, &bracket, 1);
}

void text_close(struct text *text, char bracket)
{
    text_add(text, &bracket, 1);
}

static void quote(struct text *text, const char *value)
{
    /* The worst character takes six bytes as \u00XX. */
    size_t size = strlen(value);
    char *to = reserve(text, 6 * size + 2);
    char *start = to;

    *to++ = '"';
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)value[i];

        if (c == '"' || c == '\\') {
            *to++ = '\\';
            *to++ = (char)c;
        } else if (c < 0x20) {
            static const char digits[] = "0123456789abcdef";

            memcpy(to, "\\u00", 4);
            to[4] = digits[c >> 4];
            to[5] = digits[c & 15];
            to += 6;
        } else {
            *to++ = (char)c;
        }
    }
    *to++ = '"';
    text->size += (size_t)(to - start);
}

void text_key(struct text *text, const char *key)
{
    separate(text);
    quote(text, key);
    text_add(text, ":", 1);
}

void text_string(struct text *text, const char *value)
{
    separate(text);
    quote(text, value);
}

void text_integer(struct text *text, int64_t value)
{
    char digits[24];
    int size = snprintf(digits, sizeof(digits), "%" PRId64, value);

    separate(text);
    text_add(text, digits, (size_t)size);
}

void text_boolean(struct text *text, bool value)
{
    text_literal(text, value ? "true" : "false");
}

void text_literal(struct text *text, const char *json)
{
    separate(text);
    text_put(text, json);
}

char *text_steal(struct text *text)
{
    char *bytes;

    text_add(text, "", 1);
    bytes = text->bytes;
    *text = (struct text){NULL, 0, 0};
    return bytes;
}
