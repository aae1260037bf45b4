/*
 * cloud_expected.c - what a perfect client learns from FortiCloud, for the test.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The account is what is true: nothing here reads a reply.
 */
#include "cloud_expected.h"

#include <stdlib.h>
#include <string.h>

static const char asset_management[] = "asset_management";
static const char fortiflex[] = "fortiflex";

static void put(struct text *text, const char *key, const char *value)
{
    text_key(text, key);
    text_string(text, value);
}

static void put_day(struct text *text, const char *key, int32_t day)
{
    char date[16];

    if (day == DAY_NONE)
        return;
    account_day(day, date);
    put(text, key, date);
}

/* Asset Management ---------------------------------------------------------------------------- */

/* The latest coverage of one of two types, or NULL. */
static const struct coverage *latest(const struct cloud_product *product, int type, int other)
{
    const struct coverage *best = NULL;

    for (size_t i = 0; product->nothing == NOTHING_NOT && i < product->coverage_count; i++) {
        const struct coverage *coverage = &product->coverages[i];

        if ((coverage->type == type || coverage->type == other) &&
            (best == NULL || coverage->end_day > best->end_day))
            best = coverage;
    }
    return best;
}

static void write_product(const struct cloud_product *product, struct text *text)
{
    const struct coverage *warranty = latest(product, 1, 1);
    const struct coverage *support = latest(product, 11, 12);

    text_key(text, asset_management);
    text_open(text, '{');
    put_day(text, "registration_date", product->registration_day);
    if (warranty != NULL)
        put_day(text, "warranty_end_date", warranty->end_day);
    if (support != NULL) {
        put_day(text, "support_end_date", support->end_day);
        put(text, "support_level", account_level(support->level));
    }
    put_day(text, "end_of_repair_date", product->end_of_repair_day);
    put_day(text, "end_of_support_date", product->end_of_support_day);
    text_key(text, "decommissioned");
    text_boolean(text, product->decommissioned);
    text_close(text, '}');
}

/* The end of its warranty or its support, whichever is later. */
static int32_t last_day(const struct cloud_product *product)
{
    const struct coverage *warranty = latest(product, 1, 1);
    const struct coverage *support = latest(product, 11, 12);
    int32_t day = warranty != NULL ? warranty->end_day : DAY_NONE;

    return support != NULL && support->end_day > day ? support->end_day : day;
}

static bool is_covered(const struct cloud_product *product)
{
    return product->nothing == NOTHING_NOT && product->coverage_count > 0;
}

/* FortiFlex ----------------------------------------------------------------------------------- */

static bool is_live(const struct entitlement *entitlement)
{
    return entitlement->status == FLEX_ACTIVE || entitlement->status == FLEX_GRACE_PERIOD;
}

static bool is_better(const struct entitlement *one, const struct entitlement *other)
{
    if (is_live(one) != is_live(other))
        return is_live(one);
    if (one->end_day != other->end_day)
        return one->end_day > other->end_day;
    return one->start_day > other->start_day;
}

/* Whether no entitlement of the same device is better. */
static bool is_best(const struct account *account, const struct entitlement *entitlement)
{
    for (size_t i = 0; i < account->entitlement_count; i++) {
        const struct entitlement *other = &account->entitlements[i];

        if (strcmp(other->serial, entitlement->serial) == 0 && is_better(other, entitlement))
            return false;
    }
    return true;
}

static void write_entitlement(const struct account *account, const struct entitlement *entitlement,
                              struct text *text)
{
    const struct config *config = account_config(account, entitlement->config_id);

    text_key(text, fortiflex);
    text_open(text, '{');
    put(text, "fortiflex_status", account_status(entitlement->status));
    put_day(text, "fortiflex_start_date", entitlement->start_day);
    put_day(text, "fortiflex_end_date", entitlement->end_day);
    if (config != NULL)
        put(text, "fortiflex_configuration", config->name);
    text_close(text, '}');
}

/* All ----------------------------------------------------------------------------------------- */

/* The truth about one device: NULL where there is none. */
struct record {
    const char *serial;
    const struct cloud_product *product;
    const struct entitlement *entitlement;
};

struct records {
    struct record *items;
    size_t count;
};

static int compare_records(const void *one, const void *other)
{
    return strcmp(((const struct record *)one)->serial, ((const struct record *)other)->serial);
}

/* Puts the two records of a device together. */
static void merge(struct records *records)
{
    size_t kept = 0;

    qsort(records->items, records->count, sizeof(records->items[0]), compare_records);
    for (size_t i = 0; i < records->count; i++) {
        struct record *last = kept > 0 ? &records->items[kept - 1] : NULL;
        const struct record record = records->items[i];

        if (last == NULL || strcmp(last->serial, record.serial) != 0) {
            records->items[kept++] = record;
        } else {
            last->product = record.product != NULL ? record.product : last->product;
            last->entitlement = record.entitlement != NULL ? record.entitlement : last->entitlement;
        }
    }
    records->count = kept;
}

static struct records collect(const struct account *account)
{
    struct records records = {NULL, 0};

    records.items = must_allocate(account->product_count + account->entitlement_count,
                                  sizeof(records.items[0]));
    for (size_t i = 0; i < account->product_count; i++)
        if (!account->products[i].stale)
            records.items[records.count++] =
                (struct record){account->products[i].serial, &account->products[i], NULL};
    for (size_t i = 0; i < account->entitlement_count; i++)
        if (is_best(account, &account->entitlements[i]))
            records.items[records.count++] =
                (struct record){account->entitlements[i].serial, NULL, &account->entitlements[i]};
    merge(&records);
    return records;
}

static bool is_of_unit(const struct record *record)
{
    return (record->product != NULL && record->product->of_unit) ||
           (record->entitlement != NULL && record->entitlement->of_unit);
}

static void write_assets(const struct account *account, const struct records *records,
                         struct text *text)
{
    text_key(text, "assets");
    text_open(text, '{');
    for (size_t i = 0; i < records->count; i++) {
        const struct record *record = &records->items[i];

        if (!is_of_unit(record))
            continue;
        text_key(text, record->serial);
        text_open(text, '{');
        if (record->product != NULL)
            write_product(record->product, text);
        if (record->entitlement != NULL)
            write_entitlement(account, record->entitlement, text);
        text_close(text, '}');
    }
    text_close(text, '}');
}

static void write_entitled(const struct records *records, struct text *text)
{
    text_key(text, "entitled");
    text_open(text, '{');
    text_key(text, asset_management);
    text_open(text, '[');
    for (size_t i = 0; i < records->count; i++)
        if (records->items[i].product != NULL && is_covered(records->items[i].product))
            text_string(text, records->items[i].serial);
    text_close(text, ']');
    text_key(text, fortiflex);
    text_open(text, '[');
    for (size_t i = 0; i < records->count; i++)
        if (records->items[i].entitlement != NULL && is_live(records->items[i].entitlement))
            text_string(text, records->items[i].serial);
    text_close(text, ']');
    text_close(text, '}');
}

static void begin_unmatched(struct text *text, const char *enrichment, const char *device_type,
                            const char *serial)
{
    text_open(text, '{');
    put(text, "kind", "unmatched");
    put(text, "enrichment", enrichment);
    put(text, "device_type", device_type);
    put(text, "serial_number", serial);
}

static void write_unmatched_product(const struct cloud_product *product, struct text *text)
{
    if (product == NULL || product->device_type == NULL || product->decommissioned)
        return;
    begin_unmatched(text, asset_management, product->device_type, product->serial);
    put(text, "model", product->model);
    put(text, "status", "Registered");
    put_day(text, "end_date", last_day(product));
    text_close(text, '}');
}

static void write_unmatched_entitlement(const struct entitlement *entitlement, struct text *text)
{
    if (entitlement == NULL || entitlement->device_type == NULL || !is_live(entitlement))
        return;
    begin_unmatched(text, fortiflex, entitlement->device_type, entitlement->serial);
    put(text, "model", entitlement->model);
    put(text, "status", account_status(entitlement->status));
    put_day(text, "end_date", entitlement->end_day);
    text_close(text, '}');
}

/* By enrichment, then by serial. */
static void write_unmatched(const struct records *records, struct text *text)
{
    text_key(text, "unmatched");
    text_open(text, '[');
    for (size_t i = 0; i < records->count; i++)
        if (!is_of_unit(&records->items[i]))
            write_unmatched_product(records->items[i].product, text);
    for (size_t i = 0; i < records->count; i++)
        if (!is_of_unit(&records->items[i]))
            write_unmatched_entitlement(records->items[i].entitlement, text);
    text_close(text, ']');
}

char *cloud_expected_write(const struct forticloud *forticloud)
{
    const struct account *account = &forticloud->account;
    struct records records = collect(account);
    struct text text = {NULL, 0, 0};

    text_open(&text, '{');
    text_key(&text, "products");
    text_integer(&text, (int64_t)(account->product_count + forticloud->options.products));
    text_key(&text, "programs");
    text_integer(&text, (int64_t)account->program_count);
    write_assets(account, &records, &text);
    write_entitled(&records, &text);
    write_unmatched(&records, &text);
    text_close(&text, '}');
    text_put(&text, "\n");
    free(records.items);
    return text_steal(&text);
}
