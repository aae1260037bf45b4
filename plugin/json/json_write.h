/*
 * json_write.h - writes JSON into a buffer.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Not json-c: json-c cannot bear a failed allocation, and a document needs its first member first.
 * `key` NULL means an element of an array or the whole document. The writer sees from the last
 * byte whether a comma is due. Text must be valid UTF-8; control characters are escaped. Errors
 * stay in the buffer's state.
 */
#ifndef JSON_WRITE_H
#define JSON_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

void write_object(struct buffer *out, const char *key);
void write_object_end(struct buffer *out);
void write_array(struct buffer *out, const char *key);
void write_array_end(struct buffer *out);
void write_string(struct buffer *out, const char *key, const char *text);
void write_string_n(struct buffer *out, const char *key, const char *text, size_t size);

/* A text from a buffer: what went wrong there has gone wrong here. */
void write_buffer(struct buffer *out, const char *key, const struct buffer *text);

/* The same as an array of its lines. */
void write_lines(struct buffer *out, const char *key, const struct buffer *text);
void write_integer(struct buffer *out, const char *key, int64_t number);
void write_boolean(struct buffer *out, const char *key, bool value);

/* A value that is JSON already. */
void write_json(struct buffer *out, const char *key, const char *json);
#endif
