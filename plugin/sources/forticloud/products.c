/*
 * products.c - the products of FortiCloud Asset Management, one record each.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "products.h"

#include <string.h>
#include <strings.h>

#include "json/json_read.h"

/* Types of entitlements. */
enum { HARDWARE = 1, ENHANCED_SUPPORT = 11, TELEPHONE_SUPPORT = 12 };

/*
 * Why a record has its size: of 170,000 products each takes at most 64 bytes, 11 of which are the
 * hash table's.
 */
_Static_assert(sizeof(struct forticloud_product) <= 52, "a product takes at most 64 bytes");

static uint16_t later(uint16_t a, uint16_t b)
{
    return a > b ? a : b;
}

static uint16_t last_day(const struct forticloud_product *product)
{
    return later(product->warranty_end, product->support_end);
}

/* Whether one of two records of a serial is the better one. */
static bool is_better(const struct forticloud_product *product,
                      const struct forticloud_product *than)
{
    return product->decommissioned != than->decommissioned ? !product->decommissioned
                                                           : last_day(product) > last_day(than);
}

/* Reads the entitlements of a row. */
static enum forticloud_kept read_entitlements(struct forticloud_records *records,
                                              struct json_object *entitlements,
                                              struct forticloud_product *ret)
{
    const char *level = NULL;

    for (size_t i = 0; i < json_count(entitlements); i++) {
        struct json_object *row = json_element(entitlements, i);
        uint16_t end = forticloud_day_read(row, "endDate");
        int64_t type = 0;

        (void)json_member_integer(row, "type", &type);
        ret->entitled = ret->entitled || json_object_is_type(row, json_type_object);
        if (type == HARDWARE) {
            ret->warranty_end = later(ret->warranty_end, end);
        } else if ((type == ENHANCED_SUPPORT || type == TELEPHONE_SUPPORT) &&
                   end > ret->support_end) {
            ret->support_end = end;
            level = json_member_text(row, "levelDesc");
        }
    }
    return forticloud_records_keep(records, level, &ret->support_level);
}

/* Reads all but the serial. */
static enum forticloud_kept read_product(struct forticloud_records *records,
                                         struct json_object *row, struct forticloud_product *ret)
{
    const char *status = json_member_text(row, "status");
    enum forticloud_kept kept;

    ret->registered = forticloud_day_read(row, "registrationDate");
    ret->end_of_repair = forticloud_day_read(row, "productModelEoR");
    ret->end_of_support = forticloud_day_read(row, "productModelEoS");
    ret->says_decommissioned = json_member(row, "isDecommissioned") != NULL;
    ret->decommissioned = json_member_true(row, "isDecommissioned");
    ret->owned = status == NULL || strcasecmp(status, "Registered") == 0;
    if ((kept = read_entitlements(records, json_member_array(row, "entitlements"), ret)) !=
        FORTICLOUD_KEPT) {
        return kept;
    }
    return forticloud_records_keep(records, json_member_text(row, "productModel"), &ret->model);
}

/* Reads one row. KEPT also if it is broken or not better than the record that there is. */
static enum forticloud_kept read_row(struct forticloud_records *records, struct json_object *row,
                                     struct forticloud_page *ret)
{
    struct forticloud_product product = {.registered = 0};
    char serial[SERIAL_MAX + 1];
    enum forticloud_kept kept, added;
    void *record;

    if (!device_serial_trim(json_member_text(row, "serialNumber"), serial) ||
        !device_serial_valid(serial)) {
        ret->broken++;
        return FORTICLOUD_KEPT;
    }
    if ((kept = read_product(records, row, &product)) != FORTICLOUD_KEPT) {
        return kept;
    }
    added = forticloud_records_add(records, serial, &record);
    if (added != FORTICLOUD_KEPT && added != FORTICLOUD_KNOWN) {
        return added;
    }
    ret->added += added == FORTICLOUD_KEPT ? 1 : 0;
    if (added == FORTICLOUD_KEPT || is_better(&product, record)) {
        memcpy(product.serial, record, SERIAL_MAX);
        memcpy(record, &product, sizeof(product));
    }
    return FORTICLOUD_KEPT;
}

enum forticloud_kept forticloud_products_read(struct forticloud_records *records,
                                              struct json_object *rows, struct forticloud_page *ret)
{
    enum forticloud_kept kept = FORTICLOUD_KEPT;

    for (size_t i = 0; kept == FORTICLOUD_KEPT && i < json_count(rows); i++) {
        kept = read_row(records, json_element(rows, i), ret);
    }
    return kept;
}

bool forticloud_products_apply(const struct forticloud_records *records, struct device *device)
{
    const struct forticloud_product *product =
        forticloud_records_find(records, device_serial(device));

    if (product == NULL || (records->cut && product->decommissioned)) {
        return false;
    }
    device_set_date(device, ATTRIBUTE_registration_date,
                    forticloud_day_number(product->registered));
    device_set_date(device, ATTRIBUTE_warranty_end_date,
                    forticloud_day_number(product->warranty_end));
    device_set_date(device, ATTRIBUTE_support_end_date,
                    forticloud_day_number(product->support_end));
    device_set_text(device, ATTRIBUTE_support_level,
                    forticloud_records_text(records, product->support_level));
    device_set_date(device, ATTRIBUTE_end_of_repair_date,
                    forticloud_day_number(product->end_of_repair));
    device_set_date(device, ATTRIBUTE_end_of_support_date,
                    forticloud_day_number(product->end_of_support));
    if (product->says_decommissioned) {
        device_set_boolean(device, ATTRIBUTE_decommissioned, product->decommissioned);
    }
    return product->entitled;
}

int32_t forticloud_products_report(struct forticloud_records *records, const char *enrichment,
                                   const struct source_call *call, struct failure *failure)
{
    int32_t code = HECTOR_OK;

    forticloud_records_sort(records);
    for (size_t i = 0; code == HECTOR_OK && i < records->count; i++) {
        const struct forticloud_product *product = forticloud_records_at(records, i);
        char serial[SERIAL_MAX + 1] = "";

        memcpy(serial, product->serial, SERIAL_MAX);
        if (product->owned && !product->decommissioned) {
            code = inventory_unmatched(
                call->inventory,
                &(const struct unmatched){.enrichment = enrichment,
                                          .serial = serial,
                                          .model = forticloud_records_text(records, product->model),
                                          .status = "Registered",
                                          .end_day = forticloud_day_number(last_day(product))},
                failure);
        }
    }
    return code;
}
