/*
 * vector.h - room in an array that grows.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef VECTOR_H
#define VECTOR_H

#include <stddef.h>

/*
 * Makes room for one more element after `count` elements of `size` bytes each, doubling `*capacity`
 * when the array is full. Returns the array, which may have moved; or NULL without memory, and then
 * the old array stays valid.
 */
void *vector_room(void *array, size_t count, size_t *capacity, size_t size);
#endif
