/*
 * records.c - small records by serial number, and the few texts that they share.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "records.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "base/utf8.h"

#define FIRST_SLOTS 1024

/* FNV-1a over words, and its final mix. */
#define HASH_START UINT64_C(0xCBF29CE484222325)
#define HASH_PRIME UINT64_C(0x100000001B3)
#define HASH_WORDS (SERIAL_MAX / sizeof(uint64_t))

void forticloud_records_release(struct forticloud_records *records)
{
    free(records->items);
    free(records->slots);
    free(records->texts.items);
    strmap_release(&records->index);
    *records = (struct forticloud_records){.size = records->size};
}

/* The record of a number, in the order in which they were added. */
static void *item(const struct forticloud_records *records, size_t number)
{
    return records->items + number * records->size;
}

void *forticloud_records_at(const struct forticloud_records *records, size_t i)
{
    return item(records, records->sorted ? records->slots[i] : i);
}

/* ---- the hash table */

/* A serial as records have it. */
struct key {
    char serial[SERIAL_MAX];
};

static struct key key_of(const char *serial)
{
    struct key key = {{0}};

    memcpy(key.serial, serial, strnlen(serial, SERIAL_MAX));
    return key;
}

static size_t hash_key(const struct forticloud_records *records, const char *serial)
{
    uint64_t words[HASH_WORDS], h = records->seed ^ HASH_START;

    memcpy(words, serial, SERIAL_MAX);
    for (size_t i = 0; i < HASH_WORDS; i++) {
        h = (h ^ words[i]) * HASH_PRIME;
        h ^= h >> 32;
    }
    return (size_t)h;
}

/* The slot of a serial, or the free one that it would take. */
static uint32_t *find_slot(const struct forticloud_records *records, const char *serial)
{
    size_t mask = records->slot_count - 1, at = hash_key(records, serial) & mask;

    /* NOLINTNEXTLINE(clang-analyzer-unix.Malloc): grow_slots() replaces what it frees */
    while (records->slots[at] != 0 && memcmp(forticloud_records_at(records, records->slots[at] - 1),
                                             serial, SERIAL_MAX) != 0) {
        at = (at + 1) & mask;
    }
    return &records->slots[at];
}

static bool grow_slots(struct forticloud_records *records)
{
    struct forticloud_records larger = *records;

    if (records->count * 4 < records->slot_count * 3) {
        return true;
    }
    larger.slot_count = records->slot_count == 0 ? FIRST_SLOTS : records->slot_count * 2;
    larger.slots = calloc(larger.slot_count, sizeof(*larger.slots));
    if (larger.slots == NULL) {
        return false;
    }
    if (records->slot_count == 0) {
        larger.seed =
            (uint64_t)(uintptr_t)larger.slots * UINT64_C(0x9E3779B97F4A7C15) ^ (uint64_t)clock_ms();
    }
    for (size_t i = 0; i < records->count; i++) {
        *find_slot(&larger, item(records, i)) = (uint32_t)i + 1;
    }
    free(records->slots);
    *records = larger;
    return true;
}

/* ---- records */

/* Room for one more, without doubling: half of a double would be more memory than the records. */
static bool grow_items(struct forticloud_records *records)
{
    char *items;

    if (records->count < records->capacity) {
        return true;
    }
    items =
        reallocarray(records->items, records->capacity + FORTICLOUD_RECORDS_BLOCK, records->size);
    if (items != NULL) {
        records->items = items;
        records->capacity += FORTICLOUD_RECORDS_BLOCK;
    }
    return items != NULL;
}

void *forticloud_records_find(const struct forticloud_records *records, const char *serial)
{
    const struct key key = key_of(serial);
    uint32_t slot = records->slot_count > 0 ? *find_slot(records, key.serial) : 0;

    return slot > 0 ? item(records, slot - 1) : NULL;
}

enum forticloud_kept forticloud_records_add(struct forticloud_records *records, const char *serial,
                                            void **ret)
{
    const struct key key = key_of(serial);

    if ((*ret = forticloud_records_find(records, serial)) != NULL) {
        return FORTICLOUD_KNOWN;
    }
    if (records->count == FORTICLOUD_RECORDS_MAX) {
        return FORTICLOUD_FULL;
    }
    if (!grow_items(records) || !grow_slots(records)) {
        return FORTICLOUD_NO_MEMORY;
    }
    *ret = item(records, records->count);
    /* NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): grow_items() made room */
    memset(*ret, 0, records->size);
    memcpy(*ret, key.serial, SERIAL_MAX);
    *find_slot(records, key.serial) = (uint32_t)++records->count;
    return FORTICLOUD_KEPT;
}

static int compare_numbers(const void *left, const void *right, void *context)
{
    const uint32_t *a = left, *b = right;

    return memcmp(item(context, *a), item(context, *b), SERIAL_MAX);
}

/* qsort() of the records themselves would take 16 bytes more for each. */
void forticloud_records_sort(struct forticloud_records *records)
{
    for (size_t i = 0; i < records->count; i++) {
        records->slots[i] = (uint32_t)i; /* there are more slots than records */
    }
    records->slot_count = 0;
    records->sorted = true;
    if (records->count > 0) {
        qsort_r(records->slots, records->count, sizeof(*records->slots), compare_numbers, records);
    }
}

/* ---- texts */

enum forticloud_kept forticloud_records_keep(struct forticloud_records *records, const char *text,
                                             uint16_t *ret)
{
    char trimmed[FORTICLOUD_TEXT_MAX + 1];
    const char *shown = utf8_shown(text != NULL ? text : "");
    size_t size = strlen(shown);
    uint32_t *number;

    *ret = 0;
    while (size > 0 && (unsigned char)shown[size - 1] <= ' ') {
        size--;
    }
    if (size == 0) {
        return FORTICLOUD_KEPT;
    }
    (void)utf8_copy(trimmed, sizeof(trimmed), shown, size);
    if ((number = strmap_find(&records->index, trimmed)) != NULL) {
        *ret = (uint16_t)*number;
        return FORTICLOUD_KEPT;
    }
    if (records->texts.count == FORTICLOUD_TEXTS_MAX) {
        return FORTICLOUD_FULL;
    }
    if (!forticloud_texts_reserve(&records->texts) ||
        (text = strmap_put(&records->index, trimmed, (uint32_t)records->texts.count + 1, NULL,
                           NULL)) == NULL) {
        return FORTICLOUD_NO_MEMORY;
    }
    records->texts.items[records->texts.count++] = text;
    *ret = (uint16_t)records->texts.count;
    return FORTICLOUD_KEPT;
}

const char *forticloud_records_text(const struct forticloud_records *records, uint16_t number)
{
    return number > 0 ? records->texts.items[number - 1] : NULL;
}
