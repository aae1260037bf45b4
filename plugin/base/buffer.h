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
#include <stdint.h>

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

/*
 * Makes room for one more element after `count` elements of `size` bytes each, doubling `*capacity`
 * when the array is full. Returns the array, which may have moved; or NULL without memory, and then
 * the old array stays valid.
 */
void *array_room(void *array, size_t count, size_t *capacity, size_t size);

/*
 * The largest length up to `size` at which `text` can be cut between two UTF-8 characters. Reads
 * text[size].
 */
size_t utf8_cut(const char *text, size_t size);

bool text_is_ascii(const char *text, size_t size);

/* Whether the bytes are valid UTF-8 [RFC 3629] without control characters. */
bool text_is_printable(const char *text, size_t size);

/*
 * Skips leading blanks and control characters: "" if nothing visible remains. Borrowed from `text`.
 */
const char *text_shown(const char *text);

/*
 * Copies `size` bytes of text into an array of `capacity` bytes, cut between UTF-8 characters if it
 * is too long, and adds a NUL. Returns how many bytes were copied, without the NUL.
 */
size_t text_copy(char *to, size_t capacity, const char *from, size_t size);
#endif
