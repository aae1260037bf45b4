/*
 * strmap.c - a hash map from strings to numbers, for serials, FortiGates and ADOMs.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "strmap.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "limits.h"

#define FIRST_SLOTS 64

struct strmap_block {
    struct strmap_block *next;
    size_t used;
    char bytes[STRMAP_BLOCK];
};

void strmap_release(struct strmap *map)
{
    while (map->blocks != NULL) {
        struct strmap_block *next = map->blocks->next;

        free(map->blocks);
        map->blocks = next;
    }
    free(map->entries);
    *map = (struct strmap){0};
}

/* FNV-1a with a seed and a final mix. */
static uint64_t hash_key(const struct strmap *map, const char *key)
{
    uint64_t h = map->seed ^ UINT64_C(0xCBF29CE484222325);

    for (; *key != '\0'; key++) {
        h = (h ^ (unsigned char)*key) * UINT64_C(0x100000001B3);
    }
    return h ^ (h >> 29);
}

static struct strmap_entry *find_slot(const struct strmap *map, const char *key)
{
    size_t mask = map->slots - 1;
    size_t at = (size_t)hash_key(map, key) & mask;

    while (map->entries[at].key != NULL && strcmp(map->entries[at].key, key) != 0) {
        at = (at + 1) & mask;
    }
    return &map->entries[at];
}

uint32_t *strmap_find(const struct strmap *map, const char *key)
{
    struct strmap_entry *entry = map->slots > 0 ? find_slot(map, key) : NULL;

    return entry != NULL && entry->key != NULL ? &entry->value : NULL;
}

static bool is_full(const struct strmap *map)
{
    return map->count * 4 >= map->slots * 3;
}

size_t strmap_bytes(const struct strmap *map)
{
    /* grow_slots() needs the old and the new slots at the same time. */
    return map->bytes + (is_full(map) ? 2 * map->slots * sizeof(*map->entries) : 0);
}

static bool grow_slots(struct strmap *map)
{
    struct strmap larger = *map;

    larger.slots = map->slots == 0 ? FIRST_SLOTS : map->slots * 2;
    larger.entries = calloc(larger.slots, sizeof(*larger.entries));
    if (larger.entries == NULL) {
        return false;
    }
    if (map->slots == 0) {
        /* From an address and the clock, which an author of device names cannot know. */
        larger.seed = (uint64_t)(uintptr_t)larger.entries * UINT64_C(0x9E3779B97F4A7C15) ^
                      (uint64_t)clock_ms();
    }
    for (size_t i = 0; i < map->slots; i++) {
        if (map->entries[i].key != NULL) {
            *find_slot(&larger, map->entries[i].key) = map->entries[i];
        }
    }
    free(map->entries);
    larger.bytes += (larger.slots - map->slots) * sizeof(*larger.entries);
    *map = larger;
    return true;
}

const char *strmap_keep(struct strmap *map, const char *text)
{
    size_t size = strlen(text) + 1;
    struct strmap_block *block = map->blocks;

    if (size > STRMAP_BLOCK) {
        return NULL;
    }
    if (block == NULL || STRMAP_BLOCK - block->used < size) {
        block = malloc(sizeof(*block));
        if (block == NULL) {
            return NULL;
        }
        block->next = map->blocks;
        block->used = 0;
        map->blocks = block;
        map->bytes += sizeof(*block);
    }
    char *copy = memcpy(block->bytes + block->used, text, size);
    block->used += size;
    return copy;
}

const char *strmap_put(struct strmap *map, const char *key, uint32_t value, uint32_t **ret,
                       bool *ret_new)
{
    if (is_full(map) && !grow_slots(map)) {
        return NULL;
    }
    struct strmap_entry *entry = find_slot(map, key);
    bool added = entry->key == NULL;
    if (added) {
        entry->key = strmap_keep(map, key);
        if (entry->key == NULL) {
            return NULL;
        }
        entry->value = value;
        map->count++;
    }
    if (ret != NULL) {
        *ret = &entry->value;
    }
    if (ret_new != NULL) {
        *ret_new = added;
    }
    return entry->key;
}
