/*
 * index.c - texts to numbers: which serial, gate or ADOM was seen, and where.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "index.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "limits.h"

#define BLOCK_BYTES KIB(16)
#define FIRST_SLOTS 64

struct index_block {
    struct index_block *next;
    size_t used;
    char bytes[BLOCK_BYTES];
};

void index_init(struct index *index)
{
    /* An address and the clock: unknown to whoever writes the names. */
    *index = (struct index){0};
    index->seed =
        (uint64_t)(uintptr_t)index * UINT64_C(0x9E3779B97F4A7C15) ^ (uint64_t)monotonic_ms();
}

void index_release(struct index *index)
{
    while (index->blocks != NULL) {
        struct index_block *next = index->blocks->next;

        free(index->blocks);
        index->blocks = next;
    }
    free(index->entries);
    *index = (struct index){0};
}

/* FNV-1a with a seed and a final mix. */
static uint64_t hash(const struct index *index, const char *key)
{
    uint64_t h = index->seed ^ UINT64_C(0xCBF29CE484222325);

    for (; *key != '\0'; key++) {
        h = (h ^ (unsigned char)*key) * UINT64_C(0x100000001B3);
    }
    return h ^ (h >> 29);
}

static struct index_entry *slot(const struct index *index, const char *key)
{
    size_t mask = index->slots - 1;
    size_t at = (size_t)hash(index, key) & mask;

    while (index->entries[at].key != NULL && strcmp(index->entries[at].key, key) != 0) {
        at = (at + 1) & mask;
    }
    return &index->entries[at];
}

uint32_t *index_find(const struct index *index, const char *key)
{
    struct index_entry *entry;

    if (index->slots == 0) {
        return NULL;
    }
    entry = slot(index, key);
    return entry->key != NULL ? &entry->value : NULL;
}

static bool is_full(const struct index *index)
{
    return index->count * 4 >= index->slots * 3;
}

size_t index_bytes(const struct index *index)
{
    /* While it grows, the old slots are there as well. */
    return index->bytes + (is_full(index) ? 2 * index->slots * sizeof(*index->entries) : 0);
}

static bool grow(struct index *index)
{
    struct index larger = *index;

    larger.slots = index->slots == 0 ? FIRST_SLOTS : index->slots * 2;
    larger.entries = calloc(larger.slots, sizeof(*larger.entries));
    if (larger.entries == NULL) {
        return false;
    }
    for (size_t i = 0; i < index->slots; i++) {
        if (index->entries[i].key != NULL) {
            *slot(&larger, index->entries[i].key) = index->entries[i];
        }
    }
    free(index->entries);
    larger.bytes += (larger.slots - index->slots) * sizeof(*larger.entries);
    *index = larger;
    return true;
}

const char *index_keep(struct index *index, const char *text)
{
    size_t size = strlen(text) + 1;
    struct index_block *block = index->blocks;
    char *copy;

    if (size > BLOCK_BYTES) {
        return NULL;
    }
    if (block == NULL || BLOCK_BYTES - block->used < size) {
        block = malloc(sizeof(*block));
        if (block == NULL) {
            return NULL;
        }
        block->next = index->blocks;
        block->used = 0;
        index->blocks = block;
        index->bytes += sizeof(*block);
    }
    copy = memcpy(block->bytes + block->used, text, size);
    block->used += size;
    return copy;
}

const char *index_put(struct index *index, const char *key, uint32_t value, uint32_t **ret,
                      bool *ret_new)
{
    struct index_entry *entry;
    const char *copy;
    bool added = false;

    if (is_full(index) && !grow(index)) {
        return NULL;
    }
    entry = slot(index, key);
    if (entry->key == NULL) {
        copy = index_keep(index, key);
        if (copy == NULL) {
            return NULL;
        }
        *entry = (struct index_entry){.key = copy, .value = value};
        index->count++;
        added = true;
    }
    if (ret != NULL) {
        *ret = &entry->value;
    }
    if (ret_new != NULL) {
        *ret_new = added;
    }
    return entry->key;
}
