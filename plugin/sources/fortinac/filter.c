/*
 * filter.c - the setting `filter`: which hosts a FortiNAC lists.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "filter.h"

#include <string.h>

#include "base/vector.h"

/* Characters of a key, such as operatingSystem or host_pcSerialNumber. */
#define KEY_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-"

/* Characters that end a condition. */
#define JOINTS ",&"

/* The size of the operator that a text begins with; 0 = none. */
static size_t operator_size(const char *text)
{
    static const char *const operators[] = {"==", "!=", "=@", "!@", "<=", ">=", "<", ">"};

    for (size_t i = 0; i < COUNT(operators); i++) {
        if (strncmp(text, operators[i], strlen(operators[i])) == 0) {
            return strlen(operators[i]);
        }
    }
    return 0;
}

/* The size of a pattern, without the blanks behind it. */
static size_t pattern_size(const char *text)
{
    size_t size = strcspn(text, JOINTS);

    while (size > 0 && text[size - 1] == ' ') {
        size--;
    }
    return size;
}

/* Appends a pattern, escaped. An escaped character may come from the user: it is kept as it is. */
static void write_pattern(const char *pattern, size_t size, struct buffer *out)
{
    for (size_t i = 0; i < size; i++) {
        bool escaped = pattern[i] == '\\' && i + 1 < size && strchr(".\\", pattern[i + 1]) != NULL;

        if (escaped) {
            buffer_append(out, pattern + i, 2);
            i++;
            continue;
        }
        if (pattern[i] == '.' || pattern[i] == '\\') {
            buffer_append_text(out, "\\");
        }
        buffer_append(out, pattern + i, 1);
    }
}

const char *fnac_filter_write(const char *filter, struct buffer *out)
{
    for (;; filter++) {
        filter += strspn(filter, " ");
        size_t key = strspn(filter, KEY_CHARACTERS);
        size_t sign = operator_size(filter + key);
        const char *pattern = filter + key + sign;

        if (key == 0 || sign == 0) {
            return filter + key;
        }
        buffer_append(out, filter, key + sign);
        pattern += strspn(pattern, " ");
        size_t size = pattern_size(pattern);
        /* An operator inside is the next condition, behind another joint than `,` or `&`. */
        for (size_t i = 0; i < size; i++) {
            if (operator_size(pattern + i) > 0) {
                return pattern + i;
            }
        }
        if (size == 0) {
            return pattern;
        }
        write_pattern(pattern, size, out);
        filter = pattern + strcspn(pattern, JOINTS);
        if (*filter == '\0') {
            return NULL;
        }
        buffer_append(out, filter, 1);
    }
}
