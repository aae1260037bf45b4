/*
 * buffer.c - a growable byte buffer with a fixed maximum.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "limits.h"

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
    size_t wanted = buffer->capacity > 0 ? buffer->capacity * 2 : 256;
    if (wanted < buffer->size + size + 1) {
        wanted = buffer->size + size + 1;
    }
    if (wanted > buffer->maximum + 1) {
        wanted = buffer->maximum + 1;
    }
    data = malloc(wanted);
    if (data == NULL) {
        buffer->state = BUFFER_NO_MEMORY;
        return false;
    }
    memcpy(data, buffer_text(buffer), buffer->size + 1);
    if (buffer->data != NULL) {
        explicit_bzero(buffer->data, buffer->size);
        free(buffer->data);
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
    char text[PRINTED_TEXT_MAX];
    va_list arguments;

    va_start(arguments, format);
    int size = vsnprintf(text, sizeof(text), format, arguments);
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
