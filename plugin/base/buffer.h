/*
 * buffer.h - a growable byte buffer with a fixed maximum.
 * SPDX-License-Identifier: Apache-2.0
 *
 * BUFFER() sets the maximum, in bytes. An append that would exceed it, or for which memory is
 * missing, changes nothing and sets `state`; later appends are ignored. So the caller checks
 * `state` once after a series of appends. The data always ends with a NUL, which `size` does not
 * count.
 */
#ifndef BUFFER_H
#define BUFFER_H

#include <stdbool.h>
#include <stddef.h>

enum buffer_state {
    BUFFER_OK,
    BUFFER_FULL, /* an append would have exceeded the maximum */
    BUFFER_NO_MEMORY,
};

struct buffer {
    char *data; /* NULL before the first append */
    size_t size, capacity, maximum;
    enum buffer_state state;
};

#define BUFFER(maximum_bytes) ((struct buffer){.maximum = (maximum_bytes)})

/* Frees the bytes; the buffer stays usable. */
void buffer_release(struct buffer *buffer);

/* Wipes the bytes, then frees them; for buffers that held a secret. */
void buffer_release_secret(struct buffer *buffer);

/* Empties the buffer and resets `state` to BUFFER_OK; keeps the memory. */
void buffer_clear(struct buffer *buffer);

/*
 * Reserves room for `size` more bytes: appends up to that size cannot fail. Returns false, with
 * `state` set, if that would exceed the maximum or memory is missing.
 */
bool buffer_reserve(struct buffer *buffer, size_t size);

/* Appends `size` bytes. */
void buffer_append(struct buffer *buffer, const void *bytes, size_t size);

/* Appends a text without its NUL. */
void buffer_append_text(struct buffer *buffer, const char *text);

/* Appends formatted text of at most 1023 bytes; a longer one sets BUFFER_FULL. */
void buffer_printf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The content as text, borrowed; "" if nothing was appended. */
const char *buffer_text(const struct buffer *buffer);

#endif
