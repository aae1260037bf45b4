/*
 * text.h - a growing buffer in which replies are written as JSON text.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Replies are written as text directly: a tree of json-c objects for a page of devices would cost
 * ten times the processor time, and the simulator shares its machine with the plugin that it
 * measures. Commas need no state: a value gets one unless the last byte opens a container or ends a
 * key. The process ends when memory runs out.
 */
#ifndef SIMULATOR_TEXT_H
#define SIMULATOR_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
    char *bytes;
    size_t size;
    size_t capacity;
};

void text_release(struct text *text);

/* Raw bytes, unchanged. */
void text_add(struct text *text, const char *bytes, size_t size);
void text_put(struct text *text, const char *raw);
void text_format(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* JSON. text_open() and text_close() take one of { [ and } ]. */
void text_open(struct text *text, char bracket);
void text_close(struct text *text, char bracket);
void text_key(struct text *text, const char *key);
void text_string(struct text *text, const char *value);
void text_integer(struct text *text, int64_t value);
void text_boolean(struct text *text, bool value);
/* A value that is already JSON. */
void text_literal(struct text *text, const char *json);

/* A NUL-terminated copy of the text, which the caller frees; the text is empty afterwards. */
char *text_steal(struct text *text);

/* malloc() and others; they end the process when memory runs out. */
void *must_allocate(size_t count, size_t size);
void *must_resize(void *block, size_t count, size_t size);
char *must_copy(const char *value);
char *must_print(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
