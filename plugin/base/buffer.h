/*
 * buffer.h - bytes that grow up to a stated maximum.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A buffer is created with its maximum. An append that would pass it, or that finds no memory,
 * changes nothing and marks the buffer: later appends are ignored, and one look at
 * buffer_state() after a series of appends tells how it went. The data always ends with a NUL
 * that is not counted.
 */
#ifndef BUFFER_H
#define BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum buffer_state {
    BUFFER_OK,
    BUFFER_FULL, /* more was appended than the maximum */
    BUFFER_NO_MEMORY,
};

struct buffer {
    char *data; /* NULL while nothing was appended */
    size_t size, capacity, maximum;
    enum buffer_state state;
};

#define BUFFER(maximum_bytes) ((struct buffer){.maximum = (maximum_bytes)})

void buffer_release(struct buffer *buffer);

/* Wipes the bytes before they are freed: for what held a secret. */
void buffer_release_secret(struct buffer *buffer);

/* Empties it and forgets its mark; keeps the memory. */
void buffer_clear(struct buffer *buffer);

/* Room for `size` bytes more: appends up to it cannot fail. False when it cannot be had. */
bool buffer_reserve(struct buffer *buffer, size_t size);

void buffer_append(struct buffer *buffer, const void *bytes, size_t size);
void buffer_append_text(struct buffer *buffer, const char *text);
void buffer_printf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The text so far; never NULL. */
const char *buffer_text(const struct buffer *buffer);

/*
 * Room for one element behind `count` elements of `size` bytes: the array, moved to twice the
 * room when it was full, or NULL without memory, when the old one is still there.
 */
void *array_room(void *array, size_t count, size_t *capacity, size_t size);

/* The largest length up to `size` at which `text`, which goes on there, splits no character. */
size_t utf8_cut(const char *text, size_t size);

bool text_is_ascii(const char *text, size_t size);

/* Whether these bytes are UTF-8 [RFC 3629] without control characters. */
bool text_is_printable(const char *text, size_t size);

/* The text behind the blanks and control characters it begins with: "" when it shows nothing. */
const char *text_shown(const char *text);

/*
 * Copies text into a fixed array, cut on a UTF-8 boundary, with a NUL. Returns the bytes copied.
 */
size_t text_copy(char *to, size_t capacity, const char *from, size_t size);
#endif
