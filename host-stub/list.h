/*
 * list.h - constant lists of texts.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_LIST_H
#define HOST_STUB_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define LIST_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The place of a text in a list; `count` if it is not there. */
static inline size_t list_find(const char *const list[], size_t count, const char *text)
{
    size_t i = 0;

    while (i < count && strcmp(list[i], text) != 0) {
        i++;
    }
    return i;
}

static inline bool list_has(const char *const list[], size_t count, const char *text)
{
    return list_find(list, count, text) < count;
}

#endif
