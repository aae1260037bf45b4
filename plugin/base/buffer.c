/*
 * buffer.c - a growable byte buffer with a fixed maximum.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buffer_release(struct buffer *buffer)
{
    free(buffer->data);
    *buffer = BUFFER(buffer->maximum);
}

void buffer_release_secret(struct buffer *buffer)
{
    if (buffer->data != NULL) {
        explicit_bzero(buffer->data, buffer->capacity);
    }
    buffer_release(buffer);
}

void buffer_clear(struct buffer *buffer)
{
    buffer->size = 0;
    buffer->state = BUFFER_OK;
    if (buffer->data != NULL) {
        buffer->data[0] = '\0';
    }
}

/*
 * Reserves one byte more than `size`, for the NUL. Uses malloc() and a wipe instead of realloc(),
 * which could leave a copy of a secret in freed memory.
 */
bool buffer_reserve(struct buffer *buffer, size_t size)
{
    size_t wanted;
    char *data;

    if (buffer->state != BUFFER_OK) {
        return false;
    }
    if (size > buffer->maximum - buffer->size) {
        buffer->state = BUFFER_FULL;
        return false;
    }
    if (buffer->data != NULL && buffer->size + size < buffer->capacity) {
        return true;
    }
    wanted = buffer->size + size + 1;
    if (wanted < buffer->capacity * 2) {
        wanted = buffer->capacity * 2;
    }
    if (wanted < 256) {
        wanted = 256;
    }
    if (wanted > buffer->maximum + 1) {
        wanted = buffer->maximum + 1;
    }
    data = malloc(wanted);
    if (data == NULL) {
        buffer->state = BUFFER_NO_MEMORY;
        return false;
    }
    if (buffer->data != NULL) {
        memcpy(data, buffer->data, buffer->size + 1);
        explicit_bzero(buffer->data, buffer->size);
        free(buffer->data);
    } else {
        data[0] = '\0';
    }
    buffer->data = data;
    buffer->capacity = wanted;
    return true;
}

void buffer_append(struct buffer *buffer, const void *bytes, size_t size)
{
    if (!buffer_reserve(buffer, size)) {
        return;
    }
    if (size > 0) {
        memcpy(buffer->data + buffer->size, bytes, size);
    }
    buffer->size += size;
    buffer->data[buffer->size] = '\0';
}

void buffer_append_text(struct buffer *buffer, const char *text)
{
    buffer_append(buffer, text, strlen(text));
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    int size;

    va_start(arguments, format);
    size = vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    if (size < 0 || (size_t)size >= sizeof(text)) {
        buffer->state = BUFFER_FULL;
        return;
    }
    buffer_append(buffer, text, (size_t)size);
}

const char *buffer_text(const struct buffer *buffer)
{
    return buffer->data != NULL ? buffer->data : "";
}

void *array_room(void *array, size_t count, size_t *capacity, size_t size)
{
    size_t wanted = *capacity == 0 ? 64 : *capacity * 2;

    if (count < *capacity) {
        return array;
    }
    array = reallocarray(array, wanted, size);
    if (array != NULL) {
        *capacity = wanted;
    }
    return array;
}

size_t utf8_cut(const char *text, size_t size)
{
    while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80) {
        size--;
    }
    return size;
}

bool text_is_ascii(const char *text, size_t size)
{
    while (size > 0 && (unsigned char)text[size - 1] < 0x80) {
        size--;
    }
    return size == 0;
}

/* How many bytes follow this first byte of a UTF-8 character; 4 = no character begins with it. */
static size_t bytes_behind(unsigned char first)
{
    return first < 0x80   ? 0
           : first < 0xC2 ? 4
           : first < 0xE0 ? 1
           : first < 0xF0 ? 2
           : first < 0xF5 ? 3
                          : 4;
}

bool text_is_printable(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char first = (unsigned char)text[i];
        size_t behind = bytes_behind(first);
        /* Exclude overlong encodings, surrogates and code points above U+10FFFF. */
        unsigned char low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        unsigned char high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;

        if (first < 0x20 || first == 0x7F || behind == 4 || behind >= size - i) {
            return false;
        }
        for (; behind > 0; behind--, low = 0x80, high = 0xBF) {
            unsigned char next = (unsigned char)text[++i];

            if (next < low || next > high) {
                return false;
            }
        }
    }
    return true;
}

const char *text_shown(const char *text)
{
    while (*text != '\0' && ((unsigned char)*text <= ' ' || *text == 0x7F)) {
        text++;
    }
    return text;
}

size_t text_copy(char *to, size_t capacity, const char *from, size_t size)
{
    if (size >= capacity) {
        size = utf8_cut(from, capacity - 1);
    }
    memcpy(to, from, size);
    to[size] = '\0';
    return size;
}
