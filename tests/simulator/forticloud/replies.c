/*
 * replies.c - the replies of Asset Management and FortiFlex.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "replies.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* The serials of plain products: as many digits as the largest account needs. */
#define PLAIN_SERIAL "FGT60FTK5%07" PRIu32
#define PLAIN_ZERO   "FGT60FTK50000000"

static void put(struct text *text, const char *key, const char *value)
{
    text_key(text, key);
    text_string(text, value);
}

static void put_json(struct text *text, const char *key, const char *json)
{
    text_key(text, key);
    text_literal(text, json);
}

static void put_number(struct text *text, const char *key, int64_t number)
{
    text_key(text, key);
    text_integer(text, number);
}

/* Asset Management ---------------------------------------------------------------------------- */

/* A date, or a registration at a time of the day; a reader that shifts it gets another date. */
static void put_time(struct text *text, const char *key, int32_t day, enum spelling spelling,
                     bool registration)
{
    static const char *const ends[SPELLING_COUNT] = {"T00:00:00", " 00:00:00", "T00:00:00.000",
                                                     "T00:00:00-08:00"};
    static const char *const late[SPELLING_COUNT] = {"T23:46:42", " 23:46:42", "T23:46:42.873",
                                                     "T23:46:42-08:00"};
    char date[16];
    char value[48];

    text_key(text, key);
    if (day == DAY_NONE) {
        text_literal(text, "null");
        return;
    }
    account_day(day, date);
    (void)snprintf(value, sizeof(value), "%s%s", date,
                   registration ? late[spelling] : ends[spelling]);
    text_string(text, value);
}

static void put_trimmed(struct text *text, const char *key, const char *value, bool blanks)
{
    char with_blanks[2 * ACCOUNT_TEXT_SIZE];

    (void)snprintf(with_blanks, sizeof(with_blanks), "%s%s", value, blanks ? "  " : "");
    put(text, key, with_blanks);
}

static const char *type_name(int type)
{
    switch (type) {
    case 1: return "Hardware";
    case 2: return "Firmware & General Updates";
    case 11: return "Enhanced Support";
    case 12: return "Telephone Support";
    case 20: return "Enterprise Technical Support";
    default: return "Advanced Malware Protection";
    }
}

/* Writes the member, or null, [] or nothing in its place. True when it is to be written. */
static bool begin_list(struct text *text, const char *key, enum nothing nothing)
{
    if (nothing == NOTHING_NULL || nothing == NOTHING_EMPTY)
        put_json(text, key, nothing == NOTHING_NULL ? "null" : "[]");
    if (nothing != NOTHING_NOT)
        return false;
    text_key(text, key);
    text_open(text, '[');
    return true;
}

static void write_coverages(struct text *text, const struct cloud_product *product)
{
    if (!begin_list(text, "entitlements", product->nothing))
        return;
    for (size_t i = 0; i < product->coverage_count; i++) {
        const struct coverage *coverage = &product->coverages[i];

        text_open(text, '{');
        put_time(text, "endDate", coverage->end_day, product->spelling, false);
        put_number(text, "level", coverage->level);
        put_trimmed(text, "levelDesc", account_level(coverage->level), product->blanks);
        put_time(text, "startDate", coverage->start_day, product->spelling, false);
        put_number(text, "type", coverage->type);
        put(text, "typeDesc", type_name(coverage->type));
        text_close(text, '}');
    }
    text_close(text, ']');
}

static void write_contracts(struct text *text, const struct cloud_product *product)
{
    if (!begin_list(text, "contracts", product->nothing))
        return;
    text_open(text, '{');
    put(text, "contractNumber", "5762CL381100");
    put_trimmed(text, "sku", "FC-10-0060F-123-45-67", product->blanks);
    text_key(text, "terms");
    text_open(text, '[');
    for (size_t i = 0; i < product->coverage_count; i++) {
        text_open(text, '{');
        put_time(text, "endDate", product->coverages[i].end_day, product->spelling, false);
        put_time(text, "startDate", product->coverages[i].start_day, product->spelling, false);
        put(text, "supportType", type_name(product->coverages[i].type));
        text_close(text, '}');
    }
    text_close(text, ']');
    text_close(text, '}');
    text_close(text, ']');
}

/* assetmgmt_products_list_60F; folder and account from C.3. */
static void write_product(const struct forticloud *forticloud, const struct cloud_product *product,
                          struct text *text)
{
    text_open(text, '{');
    put(text, "description", product->of_unit ? "bought <b>2021</b>" : "");
    write_coverages(text, product);
    text_key(text, "isDecommissioned");
    text_boolean(text, product->decommissioned);
    put_trimmed(text, "productModel", product->model, product->blanks);
    put_time(text, "registrationDate", product->registration_day, product->spelling, true);
    put(text, "serialNumber", product->serial);
    put_json(text, "warrantySupports", "null");
    put_json(text, "assetGroups", "[]");
    write_contracts(text, product);
    put_time(text, "productModelEoR", product->end_of_repair_day, product->spelling, false);
    put_time(text, "productModelEoS", product->end_of_support_day, product->spelling, false);
    put(text, "status", "Registered");
    put_number(text, "folderId", 12);
    put(text, "folderPath", "/My Assets");
    put_number(text, "accountId", (int64_t)forticloud->options.account);
    text_close(text, '}');
}

uint32_t replies_pages(const struct forticloud *forticloud)
{
    size_t count = forticloud->account.product_count + forticloud->options.products;

    return (uint32_t)((count + forticloud->options.page_size - 1) / forticloud->options.page_size);
}

static struct cloud_product make_plain(const struct forticloud *forticloud, const char *serial)
{
    struct cloud_product product = {.model = "FortiGate 60F",
                                    .nothing =
                                        forticloud->options.bare ? NOTHING_NULL : NOTHING_NOT,
                                    .registration_day = 19000,
                                    .end_of_repair_day = DAY_NONE,
                                    .end_of_support_day = 22000};
    static const int types[] = {1, 2, 11, 12, 21};

    (void)snprintf(product.serial, sizeof(product.serial), "%s", serial);
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        product.coverages[product.coverage_count++] =
            (struct coverage){types[i], i == 0 ? 5 : 20, 19000, 21000};
    return product;
}

/* All plain products are one text but for the serial, which is written over that of the first:
 * 170,000 of them must not cost more than the client. */
static void write_plain(struct forticloud *forticloud, uint32_t number, struct text *text)
{
    static size_t serial_at;
    char serial[ACCOUNT_TEXT_SIZE];

    if (forticloud->page.size == 0) {
        const struct cloud_product product = make_plain(forticloud, PLAIN_ZERO);
        struct text *row = &forticloud->page;

        write_product(forticloud, &product, row);
        text_add(row, "", 1);
        serial_at = (size_t)(strstr(row->bytes, PLAIN_ZERO) - row->bytes);
        row->size--;
    }
    (void)snprintf(serial, sizeof(serial), PLAIN_SERIAL, number % 10000000);
    memcpy(forticloud->page.bytes + serial_at, serial, sizeof(PLAIN_ZERO) - 1);
    if (text->size > 0 && text->bytes[text->size - 1] != '[')
        text_put(text, ",");
    text_add(text, forticloud->page.bytes, forticloud->page.size);
}

static void begin_products(int status, const char *message, const char *token, struct text *text)
{
    text_open(text, '{');
    put(text, "build", "1.0.0");
    if (strcmp(message, "No product found") != 0) {
        put_json(text, "error", "null");
    } else {
        text_key(text, "error");
        text_open(text, '{');
        put_number(text, "errorCode", 301);
        put(text, "message", message);
        text_close(text, '}');
    }
    put(text, "message", message);
    put_number(text, "status", status);
    put(text, "token", token);
    put(text, "version", "3.0");
}

void replies_products(struct forticloud *forticloud, const uint32_t page_named_total[3],
                      const char *token, struct text *ret)
{
    const struct account *account = &forticloud->account;
    size_t from = (size_t)(page_named_total[0] - 1) * forticloud->options.page_size;
    size_t to = from + forticloud->options.page_size;
    size_t count = account->product_count + forticloud->options.products;

    begin_products(0, "Request processed successfully", token, ret);
    text_key(ret, "assets");
    text_open(ret, '[');
    for (size_t i = from; i < to && i < count; i++) {
        if (i < account->product_count)
            write_product(forticloud, &account->products[i], ret);
        else
            write_plain(forticloud, (uint32_t)(i - account->product_count), ret);
    }
    text_close(ret, ']');
    put_number(ret, "pageNumber", page_named_total[1]);
    put_number(ret, "totalPages", page_named_total[2]);
    text_close(ret, '}');
}

void replies_no_product(int status, const char *token, struct text *ret)
{
    begin_products(status, status == 0 ? "No product found" : "No records found", token, ret);
    put_json(ret, "assets", "null");
    put_number(ret, "pageNumber", 0);
    put_number(ret, "totalPages", 0);
    text_close(ret, '}');
}

void replies_error(enum api api, const struct error *error, const char *token, struct text *ret)
{
    text_open(ret, '{');
    if (api == API_FORTIFLEX) {
        put_number(ret, "status", error->status);
        put(ret, "message", error->message);
    } else {
        put(ret, "build", "1.0.0");
        text_key(ret, "error");
        text_open(ret, '{');
        put_number(ret, "errorCode", error->code);
        put(ret, "message", error->message);
        text_close(ret, '}');
        put(ret, "message", error->status == -1 ? "Invalid incoming request." : error->message);
        put_number(ret, "status", error->status);
        put(ret, "token", token);
        put(ret, "version", "3.0");
        put_json(ret, "assets", "null");
        put_number(ret, "pageNumber", 0);
        put_number(ret, "totalPages", 0);
    }
    text_close(ret, '}');
}

/* FortiFlex ----------------------------------------------------------------------------------- */

static void end_flex(struct text *text)
{
    text_close(text, ']');
    put_json(text, "error", "null");
    put_number(text, "status", 0);
    put(text, "message", "Request processed successfully.");
    text_close(text, '}');
}

static void begin_flex(struct text *text, const char *list)
{
    text_open(text, '{');
    text_key(text, list);
    text_open(text, '[');
}

void replies_programs(const struct forticloud *forticloud, struct text *ret)
{
    begin_flex(ret, "programs");
    for (size_t i = 0; i < forticloud->account.program_count; i++) {
        text_open(ret, '{');
        put_number(ret, "accountId", (int64_t)forticloud->options.account);
        put(ret, "endDate", "2031-05-15 00:00:00");
        put_json(ret, "hasSupportCoverage", "true");
        put(ret, "serialNumber", forticloud->account.programs[i].serial);
        put(ret, "startDate", "2020-05-16 00:00:00");
        text_close(ret, '}');
    }
    end_flex(ret);
}

void replies_configs(const struct forticloud *forticloud, size_t program, struct text *ret)
{
    const struct account *account = &forticloud->account;

    begin_flex(ret, "configs");
    for (size_t i = 0; i < account->config_count; i++) {
        const struct config *config = &account->configs[i];

        if (config->program != program)
            continue;
        text_open(ret, '{');
        put_number(ret, "id", config->id);
        put_number(ret, "accountId", (int64_t)forticloud->options.account);
        put(ret, "programSerialNumber", account->programs[program].serial);
        put(ret, "name", config->name);
        put(ret, "status", i % 5 == 4 ? "DISABLED" : "ACTIVE");
        text_key(ret, "productType");
        text_open(ret, '{');
        put_number(ret, "id", config->product_type);
        put(ret, "name", config->product_name);
        text_close(ret, '}');
        put_json(ret, "parameters",
                 "[{\"id\":27,\"name\":\"PRODUCTMODEL\",\"value\":\"FGT60F\"},"
                 "{\"id\":28,\"name\":\"SERVICEPACK\",\"value\":\"FGHWFCEL\"},"
                 "{\"id\":29,\"name\":\"SERVICEPACK\",\"value\":\"NONE\"}]");
        text_close(ret, '}');
    }
    end_flex(ret);
}

/* A VM's token activates it: a client must not keep it (C.2). */
static void write_entitlement(const struct forticloud *forticloud,
                              const struct entitlement *entitlement, struct text *text)
{
    char token[24];

    (void)snprintf(token, sizeof(token), "CANARY%014zu", entitlement->number % 1000000);
    text_open(text, '{');
    put_number(text, "accountId", (int64_t)forticloud->options.account);
    put_number(text, "configId", entitlement->config_id);
    put(text, "description", "for department \"X\"");
    put_time(text, "endDate", entitlement->end_day, entitlement->spelling, false);
    put(text, "serialNumber", entitlement->serial);
    put_time(text, "startDate", entitlement->start_day, entitlement->spelling, true);
    put(text, "status", account_status(entitlement->status));
    put(text, "token", entitlement->vm ? token : "");
    put(text, "tokenStatus", !entitlement->vm ? "" : entitlement->of_unit ? "USED" : "NOTUSED");
    text_close(text, '}');
}

void replies_entitlements(const struct forticloud *forticloud, size_t program, struct text *ret)
{
    const struct account *account = &forticloud->account;

    begin_flex(ret, forticloud->options.vms ? "vms" : "entitlements");
    for (size_t i = 0; i < account->entitlement_count; i++)
        if (account->entitlements[i].program == program)
            write_entitlement(forticloud, &account->entitlements[i], ret);
    end_flex(ret);
}
