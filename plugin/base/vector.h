/*
 * vector.h - arrays that grow, and the size of those that do not.
 * SPDX-License-Identifier: Apache-2.0
 *
 * VECTOR_TYPE(units, struct unit) defines
 *     struct units { struct unit *items; size_t count, capacity; };  initially all zero; its owner
 *                                                                    frees `items`
 *     bool units_reserve(struct units *vector);                      room for one more item
 *     bool units_add(struct units *vector, struct unit item);        copies the item
 * Both functions return false without memory; the vector is unchanged then. A function that a file
 * does not use costs nothing.
 */
#ifndef VECTOR_H
#define VECTOR_H

#include <stdbool.h>
#include <stddef.h>

/* The number of elements of an array, which must not be a pointer. */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/*
 * Makes room for one more element after `count` elements of `size` bytes each, doubling `*capacity`
 * when the array is full. Returns the array, which may have moved; or NULL without memory, and then
 * the old array stays valid.
 */
void *vector_room(void *array, size_t count, size_t *capacity, size_t size);

#define VECTOR_TYPE(name, type)                                                                    \
    struct name {                                                                                  \
        type *items;                                                                               \
        size_t count, capacity;                                                                    \
    };                                                                                             \
    static inline bool name##_reserve(struct name *vector)                                         \
    {                                                                                              \
        type *items = /* NOLINT(bugprone-macro-parentheses): a type */                             \
            vector_room(vector->items, vector->count, &vector->capacity, sizeof(*items));          \
                                                                                                   \
        if (items != NULL) {                                                                       \
            vector->items = items;                                                                 \
        }                                                                                          \
        return items != NULL;                                                                      \
    }                                                                                              \
    static inline bool name##_add(struct name *vector, type item)                                  \
    {                                                                                              \
        if (!name##_reserve(vector)) {                                                             \
            return false;                                                                          \
        }                                                                                          \
        vector->items[vector->count++] = item;                                                     \
        return true;                                                                               \
    }
#endif
