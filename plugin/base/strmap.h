/*
 * strmap.h - a hash map from strings to numbers, for serials, FortiGates and ADOMs.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An open-addressing hash table that owns copies of its keys. The keys come from remote systems, so
 * each map has its own hash seed, which prevents deliberate collisions. The map never shrinks, and
 * keys are never removed.
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

/* Initially all zero: empty. */
struct strmap {
    struct strmap_entry *entries;
    size_t count, slots;         /* slots is a power of two */
    uint64_t seed;               /* chosen with the first entries */
    struct strmap_block *blocks; /* hold the keys and the texts of strmap_keep() */
    size_t bytes;                /* of entries and blocks */
};

/* Frees the map, its keys and the texts of strmap_keep(). */
void strmap_release(struct strmap *map);

/* The value of a key, or NULL if the map lacks it. Valid until the next strmap_put(). */
uint32_t *strmap_find(const struct strmap *map, const char *key);

/*
 * Looks a key up and adds it with `value` if the map lacks it. `*ret` (may be NULL) points to the
 * value in the map; `*ret_new` (may be NULL) is true if the key was added. Returns the map's own
 * copy of the key, which stays in place until strmap_release(); NULL without memory, or for a new
 * key of 16 KiB or more.
 */
const char *strmap_put(struct strmap *map, const char *key, uint32_t value, uint32_t **ret,
                       bool *ret_new);

/* The map's memory in bytes, with what the next key needs if it makes the map grow. */
size_t strmap_bytes(const struct strmap *map);

/*
 * Copies a text that is not a key; the copy lives as long as the map. NULL without memory, or if
 * the text with its NUL is longer than 16 KiB.
 */
const char *strmap_keep(struct strmap *map, const char *text);
#endif
