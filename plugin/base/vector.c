/*
 * vector.c - room in an array that grows.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "vector.h"

#include <stdlib.h>

void *vector_room(void *array, size_t count, size_t *capacity, size_t size)
{
    size_t wanted = *capacity == 0 ? 64 : *capacity * 2;

    if (count < *capacity) {
        return array;
    }
    array = reallocarray(array, wanted, size);
    if (array != NULL) {
        *capacity = wanted;
    }
    return array;
}
