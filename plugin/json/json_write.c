/*
 * json_write.c - writes JSON into a buffer.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "json_write.h"

#include <inttypes.h>
#include <string.h>

static void write_quoted(struct buffer *out, const char *text, size_t size)
{
    size_t start = 0;

    buffer_append(out, "\"", 1);
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];

        if (c >= 0x20 && c != '"' && c != '\\') {
            continue;
        }
        buffer_append(out, text + start, i - start);
        start = i + 1;
        if (c == '"' || c == '\\') {
            char escaped[2] = {'\\', (char)c};

            buffer_append(out, escaped, 2);
        } else {
            buffer_printf(out, "\\u%04x", c);
        }
    }
    buffer_append(out, text + start, size - start);
    buffer_append(out, "\"", 1);
}

/* Writes a comma where one is needed, then the key. */
static void write_lead(struct buffer *out, const char *key)
{
    char last = out->size > 0 ? out->data[out->size - 1] : '{';

    if (last != '{' && last != '[' && last != ':') {
        buffer_append(out, ",", 1);
    }
    if (key != NULL) {
        write_quoted(out, key, strlen(key));
        buffer_append(out, ":", 1);
    }
}

void json_write_object(struct buffer *out, const char *key)
{
    write_lead(out, key);
    buffer_append(out, "{", 1);
}

void json_write_object_end(struct buffer *out)
{
    buffer_append(out, "}", 1);
}

void json_write_array(struct buffer *out, const char *key)
{
    write_lead(out, key);
    buffer_append(out, "[", 1);
}

void json_write_array_end(struct buffer *out)
{
    buffer_append(out, "]", 1);
}

void json_write_string_n(struct buffer *out, const char *key, const char *text, size_t size)
{
    write_lead(out, key);
    write_quoted(out, text, size);
}

void json_write_optional(struct buffer *out, const char *key, const char *text)
{
    if (text != NULL && *text != '\0') {
        json_write_string(out, key, text);
    }
}

void json_write_texts(struct buffer *out, const char *key, const char *const *texts, size_t count)
{
    json_write_array(out, key);
    for (size_t i = 0; i < count; i++) {
        json_write_optional(out, NULL, texts[i]);
    }
    json_write_array_end(out);
}

void json_write_string(struct buffer *out, const char *key, const char *text)
{
    json_write_string_n(out, key, text, strlen(text));
}

/* Copies the error state of `text` to the buffer that it is written to. */
static void take_state(struct buffer *out, const struct buffer *text)
{
    if (out->state == BUFFER_OK) {
        out->state = text->state;
    }
}

void json_write_buffer(struct buffer *out, const char *key, const struct buffer *text)
{
    json_write_string_n(out, key, buffer_text(text), text->size);
    take_state(out, text);
}

void json_write_lines(struct buffer *out, const char *key, const struct buffer *text)
{
    const char *line = buffer_text(text);

    json_write_array(out, key);
    while (*line != '\0') {
        size_t size = strcspn(line, "\n");

        json_write_string_n(out, NULL, line, size);
        line += size + (line[size] == '\n' ? 1 : 0);
    }
    json_write_array_end(out);
    take_state(out, text);
}

void json_write_integer(struct buffer *out, const char *key, int64_t number)
{
    write_lead(out, key);
    buffer_printf(out, "%" PRId64, number);
}

void json_write_boolean(struct buffer *out, const char *key, bool value)
{
    json_write_json(out, key, value ? "true" : "false");
}

void json_write_json(struct buffer *out, const char *key, const char *json)
{
    write_lead(out, key);
    buffer_append_text(out, json);
}
