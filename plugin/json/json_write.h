/*
 * json_write.h - writes JSON into a buffer.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Works without json-c, which crashes when an allocation fails; and a document must begin with its
 * first member, `kind`. `key` NULL: an element of an array, or the whole document. The writer
 * decides from the last byte of the buffer whether a comma is needed. Text must be valid UTF-8;
 * control characters are escaped. Errors stay in the buffer's state.
 */
#ifndef JSON_WRITE_H
#define JSON_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

void json_write_object(struct buffer *out, const char *key);
void json_write_object_end(struct buffer *out);
void json_write_array(struct buffer *out, const char *key);
void json_write_array_end(struct buffer *out);
void json_write_string(struct buffer *out, const char *key, const char *text);
void json_write_string_n(struct buffer *out, const char *key, const char *text, size_t size);

/* As json_write_string(), but writes nothing for NULL or "". */
void json_write_optional(struct buffer *out, const char *key, const char *text);

/* An array of texts, without those that are NULL or "". */
void json_write_texts(struct buffer *out, const char *key, const char *const *texts, size_t count);

/* Writes the text of a buffer and takes over its error state. */
void json_write_buffer(struct buffer *out, const char *key, const struct buffer *text);

/* Writes the text of a buffer as an array of its lines and takes over its error state. */
void json_write_lines(struct buffer *out, const char *key, const struct buffer *text);
void json_write_integer(struct buffer *out, const char *key, int64_t number);
void json_write_boolean(struct buffer *out, const char *key, bool value);

/* Writes a value that is JSON text already. */
void json_write_json(struct buffer *out, const char *key, const char *json);
#endif
