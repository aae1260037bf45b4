/*
 * products.h - the products of FortiCloud Asset Management, one record each.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The rules [recorded replies, clients, FNDN]: the warranty ends with the latest entitlement of
 * type 1 (Hardware); support with the latest of the types 11 and 12 (Enhanced and Telephone
 * Support), whose level is the level of support. `entitlements` may be null, [] or absent. A
 * product may be listed twice: one that is not decommissioned is better, then the later end.
 */
#ifndef FORTICLOUD_PRODUCTS_H
#define FORTICLOUD_PRODUCTS_H

#include "day.h"
#include "records.h"
#include "sources/enrich.h"

/* A record. Days are those of day.h, texts those of records.h. */
struct forticloud_product {
    char serial[SERIAL_MAX];
    uint16_t registered, warranty_end, support_end, end_of_repair, end_of_support;
    uint16_t model, support_level;
    bool decommissioned, says_decommissioned;
    bool owned;    /* its status is Registered, to which the list is limited if it has none */
    bool entitled; /* it has any entitlement, whether or not it has ended */
};

/* What became of the rows of one page. */
struct forticloud_page {
    size_t added;  /* records of serials that were not known */
    size_t broken; /* rows without a usable serial */
};

/* Initially {.size = sizeof(struct forticloud_product)}. */
#define FORTICLOUD_PRODUCTS_OF                                                                     \
    ((struct forticloud_records){.size = sizeof(struct forticloud_product)})

/* Reads the rows of a page. Adds to `ret`. KEPT, FULL or NO_MEMORY; after FULL the rest is not
 * read. */
enum forticloud_kept forticloud_products_read(struct forticloud_records *records,
                                              struct json_object *rows,
                                              struct forticloud_page *ret);

/*
 * As struct enrichment has it. Of records that were cut off, a decommissioned product adds nothing:
 * it may be registered again in what was not read.
 */
bool forticloud_products_apply(const struct forticloud_records *records, struct device *device);

/*
 * Passes to inventory_unmatched() each product that is registered and not decommissioned, with the
 * end of its support or warranty, whichever is later. Sorts the records.
 */
int32_t forticloud_products_report(struct forticloud_records *records, const char *enrichment,
                                   const struct source_call *call, struct failure *failure);
#endif
