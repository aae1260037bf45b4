/*
 * expected_parts.c - shared by the parts of what is expected.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _POSIX_C_SOURCE 200809L

#include "expected_parts.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

void expected_put(struct text *text, const char *key, const char *value)
{
    text_key(text, key);
    if (value != NULL)
        text_string(text, value);
    else
        text_literal(text, "null");
}

static int compare_strings(const void *left, const void *right)
{
    const char *const *a = left;
    const char *const *b = right;

    return strcmp(*a, *b);
}

size_t expected_sort(const char **values, size_t count)
{
    size_t left = 0;

    if (count > 1)
        qsort(values, count, sizeof(*values), compare_strings);
    for (size_t i = 0; i < count; i++)
        if (left == 0 || strcmp(values[i], values[left - 1]) != 0)
            values[left++] = values[i];
    return left;
}

void expected_put_list(struct text *text, const char *key, const char **values, size_t count)
{
    count = expected_sort(values, count);
    text_key(text, key);
    text_open(text, '[');
    for (size_t i = 0; i < count; i++)
        text_string(text, values[i]);
    text_close(text, ']');
}

size_t expected_serials(const struct device *fgt, const char **ret)
{
    size_t count = 0;

    for (uint32_t i = 0; i < fgt->member_count && count < MOST_NAMES; i++)
        ret[count++] = fgt->members[i].serial;
    if (count == 0)
        ret[count++] = fgt->serial;
    return expected_sort(ret, count);
}

const char *expected_serial(const struct unit *unit)
{
    return unit->reason == ASSET ? unit->serial : unit->id;
}

/* One line, trimmed; nothing when the text is then empty. */
void expected_put_text(struct text *text, const char *id, const char *value)
{
    char *line;
    size_t size;

    if (value == NULL)
        return;
    line = must_copy(value + strspn(value, " \t\r\n"));
    for (char *at = line; *at != '\0'; at++)
        if ((unsigned char)*at < 0x20)
            *at = ' ';
    size = strlen(line);
    while (size > 0 && line[size - 1] == ' ')
        line[--size] = '\0';
    if (size > 0)
        expected_put(text, id, line);
    free(line);
}

void expected_put_joined(struct text *text, const char *id, const char **values, size_t count)
{
    struct text joined = {NULL, 0, 0};
    char *line;

    count = expected_sort(values, count);
    for (size_t i = 0; i < count; i++) {
        text_put(&joined, i > 0 ? ", " : "");
        text_put(&joined, values[i]);
    }
    line = text_steal(&joined);
    expected_put_text(text, id, line);
    free(line);
}

void expected_put_number(struct text *text, const char *id, int64_t number)
{
    if (number > 0) {
        text_key(text, id);
        text_integer(text, number);
    }
}

void expected_put_time(struct text *text, const char *id, int64_t seconds)
{
    time_t time = (time_t)seconds;
    struct tm tm;
    char words[32];

    if (seconds > 0 && gmtime_r(&time, &tm) != NULL &&
        strftime(words, sizeof(words), "%Y-%m-%dT%H:%M:%SZ", &tm) > 0)
        expected_put(text, id, words);
}

void expected_put_boolean(struct text *text, const char *id, bool value)
{
    text_key(text, id);
    text_boolean(text, value);
}

void expected_put_address(struct text *text, const char *id, const char *address,
                          const char *unknown)
{
    if (strcmp(address, unknown) != 0)
        expected_put_text(text, id, address);
}
