/*
 * strmap.h - texts to numbers: which serial, gate or ADOM was seen, and where.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An open-addressing hash table that owns copies of its keys. Keys come from outside, so the hash
 * is seeded per map: nobody can choose names that collide. Never shrinks; no key is removed.
 */
#ifndef STRMAP_H
#define STRMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STRMAP_NONE UINT32_MAX

struct strmap_entry {
    const char *key; /* NULL = free slot */
    uint32_t value;
};

struct strmap {
    struct strmap_entry *entries;
    size_t count, slots; /* slots is a power of two */
    uint64_t seed;
    struct strmap_block *blocks; /* the keys' memory */
    size_t bytes;                /* of slots and blocks */
};

void strmap_init(struct strmap *map);
void strmap_release(struct strmap *map);

/* The value of a key, or NULL. Valid until the next strmap_put(). */
uint32_t *strmap_find(const struct strmap *map, const char *key);

/*
 * Adds a key with a value, or finds it: `*ret` points at its value, `*ret_new` (may be NULL) tells
 * which. Returns the map's own copy of the key, which stays where it is; NULL without memory.
 */
const char *strmap_put(struct strmap *map, const char *key, uint32_t value, uint32_t **ret,
                       bool *ret_new);

/* The memory it takes, or will take in a moment when the next key makes it grow. */
size_t strmap_bytes(const struct strmap *map);

/* A copy of a text that lives as long as the map, and is no key. NULL without memory. */
const char *strmap_keep(struct strmap *map, const char *text);
#endif
