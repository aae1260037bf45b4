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

/* A list of texts, which ends with NULL. */
#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

/* The place of a text in a list; -1 if it is not there. */
static inline int list_find(const char *const list[], const char *text)
{
    for (int i = 0; list[i] != NULL; i++) {
        if (strcmp(list[i], text) == 0) {
            return i;
        }
    }
    return -1;
}

static inline bool list_has(const char *const list[], const char *text)
{
    return list_find(list, text) >= 0;
}

#endif
