/*
 * entitlements.h - the entitlements of FortiFlex, the best of each serial in one record.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FORTICLOUD_ENTITLEMENTS_H
#define FORTICLOUD_ENTITLEMENTS_H

#include "day.h"
#include "records.h"
#include "sources/enrich.h"

/* A record. Days are those of day.h, texts those of records.h. */
struct forticloud_entitlement {
    char serial[SERIAL_MAX];
    uint16_t start, end;
    uint16_t status, configuration;
    bool in_force; /* ACTIVE or GRACE_PERIOD: it is paid for */
};

/* Initially {.size = sizeof(struct forticloud_entitlement)}. */
#define FORTICLOUD_ENTITLEMENTS_OF                                                                 \
    ((struct forticloud_records){.size = sizeof(struct forticloud_entitlement)})

/*
 * Reads the configurations of a program, then its entitlements, and keeps of each serial the better
 * one. `configs` and `rows` may be NULL. KEPT, FULL or NO_MEMORY; after FULL the rest is not read.
 * `*ret_broken` is the number of rows without a usable serial: a virtual machine that was never
 * activated has one.
 */
enum forticloud_kept forticloud_entitlements_read(struct forticloud_records *records,
                                                  struct json_object *configs,
                                                  struct json_object *rows, size_t *ret_broken);

/*
 * As struct enrichment has it: whether the entitlement is in force. Of records that were cut off,
 * one that is not adds nothing: what was not read may have one that is.
 */
bool forticloud_entitlements_apply(const struct forticloud_records *records, struct device *device);

/* Passes to inventory_unmatched() each that is in force. Sorts the records. */
int32_t forticloud_entitlements_report(struct forticloud_records *records, const char *enrichment,
                                       const struct source_call *call, struct failure *failure);
#endif
