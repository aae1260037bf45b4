/*
 * index.h - texts to numbers: which serial, gate or ADOM was seen, and where.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An open-addressing hash table that owns copies of its keys. Keys come from outside, so the hash
 * is seeded per index: nobody can choose names that collide. Never shrinks; no key is removed.
 */
#ifndef INDEX_H
#define INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define INDEX_NONE UINT32_MAX

struct index_entry {
    const char *key; /* NULL = free slot */
    uint32_t value;
};

struct index {
    struct index_entry *entries;
    size_t count, slots; /* slots is a power of two */
    uint64_t seed;
    struct index_block *blocks; /* the keys' memory */
    size_t bytes;               /* of slots and blocks */
};

void index_init(struct index *index);
void index_release(struct index *index);

/* The value of a key, or NULL. Valid until the next index_put(). */
uint32_t *index_find(const struct index *index, const char *key);

/*
 * Adds a key with a value, or finds it: `*ret` points at its value, `*ret_new` (may be NULL) tells
 * which. Returns the index's own copy of the key, which stays where it is; NULL without memory.
 */
const char *index_put(struct index *index, const char *key, uint32_t value, uint32_t **ret,
                      bool *ret_new);

/* The memory it takes, or will take in a moment when the next key makes it grow. */
size_t index_bytes(const struct index *index);

/* A copy of a text that lives as long as the index, and is no key. NULL without memory. */
const char *index_keep(struct index *index, const char *text);
#endif
