/*
 * records.h - small records by serial number, and the few texts that they share.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A record begins with its serial number, as SERIAL_MAX bytes that end with NULs, and has a fixed
 * size. All stand in one array without gaps, beside a hash table of their numbers, seeded as the
 * serials come from outside: 11 bytes a record at most. FORTICLOUD_RECORDS_MAX records.
 */
#ifndef FORTICLOUD_RECORDS_H
#define FORTICLOUD_RECORDS_H

#include "base/strmap.h"
#include "base/vector.h"

VECTOR_TYPE(forticloud_texts, const char *)

/* Initially {.size = sizeof(struct of a record)}. */
struct forticloud_records {
    size_t size, count, capacity; /* of items, in records; `size` in bytes */
    bool sorted;
    bool cut; /* not all was read, so that a better record of a serial may be missing */
    char *items;
    uint32_t *slots;   /* number of a record + 1; 0 = free; once sorted, their numbers in order */
    size_t slot_count; /* a power of two */
    uint64_t seed;
    struct strmap index;           /* of the texts, from 1 */
    struct forticloud_texts texts; /* the keys of the index */
};

enum forticloud_kept { FORTICLOUD_KEPT, FORTICLOUD_KNOWN, FORTICLOUD_FULL, FORTICLOUD_NO_MEMORY };

void forticloud_records_release(struct forticloud_records *records);

/* The record of a serial; NULL = none. Stays in place until the next one is added. */
void *forticloud_records_find(const struct forticloud_records *records, const char *serial);

/*
 * Adds a record, which is zeroed but for its serial: KEPT. KNOWN if there is one already. `*ret` is
 * the record, after these two. `serial` must be valid (device_serial_valid()).
 */
enum forticloud_kept forticloud_records_add(struct forticloud_records *records, const char *serial,
                                            void **ret);

/* The i-th record, by serial once they are sorted. */
void *forticloud_records_at(const struct forticloud_records *records, size_t i);

/* Sorts the records by serial, for the last reading of all: later ones find none of them. */
void forticloud_records_sort(struct forticloud_records *records);

/*
 * Keeps a text once, without blanks around it, cut to FORTICLOUD_TEXT_MAX bytes, and sets its
 * number; 0 for NULL, or if nothing visible remains. KEPT, FULL or NO_MEMORY.
 */
enum forticloud_kept forticloud_records_keep(struct forticloud_records *records, const char *text,
                                             uint16_t *ret);

/* The text of a number, borrowed; NULL for 0. */
const char *forticloud_records_text(const struct forticloud_records *records, uint16_t number);
#endif
