/*
 * account.c - what one FortiCloud account has.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _POSIX_C_SOURCE 200809L

#include "account.h"

#include "catalog.h"
#include "text.h"

#include <inttypes.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* 2019-01-01 and 2025-06-01, the middle of what is covered and not. */
#define FIRST_DAY  17897
#define MIDDLE_DAY 20240

#define YEAR 365

/* Names and dates ---------------------------------------------------------------------------- */

const char *account_status(enum flex_status status)
{
    static const char *const names[] = {"PENDING", "ACTIVE", "GRACE_PERIOD", "STOPPED", "EXPIRED"};

    return names[status];
}

/* As recorded (C.3). */
const char *account_level(int level)
{
    switch (level) {
    case 5: return "Advanced HW";
    case 20: return "Premium";
    default: return "Web/Online";
    }
}

/* Howard Hinnant, "chrono-compatible low-level date algorithms". */
void account_day(int32_t day, char ret_text[16])
{
    int32_t z = day + 719468;
    int32_t era = z / 146097;
    int32_t doe = z - era * 146097;
    int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int32_t mp = (5 * doy + 2) / 153;
    int32_t month = mp < 10 ? mp + 3 : mp - 9;

    (void)snprintf(ret_text, 16, "%04d-%02d-%02d", (yoe + era * 400 + (month <= 2 ? 1 : 0)) % 10000,
                   month % 100, (doy - (153 * mp + 2) / 5 + 1) % 100);
}

const struct config *account_config(const struct account *account, int64_t id)
{
    for (size_t i = 0; i < account->config_count; i++)
        if (account->configs[i].id == id)
            return &account->configs[i];
    return NULL;
}

/* Growing ------------------------------------------------------------------------------------ */

struct growth {
    struct account *account;
    struct random random;
    uint32_t surplus; /* serials that no unit has */
};

/* Doubles the room at each power of two. */
static void *grow_by_one(void *items, size_t count, size_t size)
{
    return (count & (count - 1)) == 0 ? must_resize(items, count > 0 ? 2 * count : 1, size) : items;
}

static struct cloud_product *add_product(struct growth *growth)
{
    struct account *account = growth->account;
    struct cloud_product *product;

    account->products =
        grow_by_one(account->products, account->product_count, sizeof(account->products[0]));
    product = &account->products[account->product_count++];
    *product = (struct cloud_product){.registration_day = DAY_NONE,
                                      .end_of_repair_day = DAY_NONE,
                                      .end_of_support_day = DAY_NONE};
    return product;
}

static struct entitlement *add_entitlement(struct growth *growth)
{
    struct account *account = growth->account;
    struct entitlement *entitlement;

    account->entitlements = grow_by_one(account->entitlements, account->entitlement_count,
                                        sizeof(account->entitlements[0]));
    entitlement = &account->entitlements[account->entitlement_count];
    *entitlement = (struct entitlement){.number = account->entitlement_count++};
    return entitlement;
}

static int32_t day_between(struct random *random, int32_t from, int32_t to)
{
    return from + (int32_t)random_below(random, (uint32_t)(to - from));
}

static void cover(struct cloud_product *product, int type, int level, int32_t start, int32_t end)
{
    if (product->coverage_count < MAXIMUM_COVERAGES)
        product->coverages[product->coverage_count++] = (struct coverage){type, level, start, end};
}

/* One purchase: the sets of types that occur (assetmgmt_products_list_60F, G.3). */
static void cover_period(struct cloud_product *product, struct random *random, int32_t start,
                         int32_t end)
{
    int level = random_chance(random, 60) ? 20 : 6;
    uint32_t kind = random_below(random, 10);

    if (kind != 0 && kind != 1)
        cover(product, 1, 5, start, end);
    if (kind != 0)
        cover(product, 2, 6, start, end);
    if (kind > 2)
        cover(product, 11, level, start, end);
    if (kind > 4 || kind == 1)
        cover(product, 12, level, start, kind == 6 ? end - 30 : end);
    if (kind == 0 || kind > 7)
        cover(product, kind == 8 ? 20 : 21, 6, start, end + YEAR);
}

static void cover_product(struct cloud_product *product, struct random *random)
{
    uint32_t periods = 1 + random_below(random, 3);
    int32_t start = day_between(random, FIRST_DAY, MIDDLE_DAY - YEAR);

    /* Years never overlap, so that no two periods end on one day; any order. */
    for (uint32_t i = 0; i < periods; i++) {
        uint32_t place = random_chance(random, 50) ? i : 7 - i;

        cover_period(product, random, start + (int32_t)place * YEAR,
                     start + (int32_t)(place + 1) * YEAR - 1);
    }
}

static void fill_product(struct cloud_product *product, struct random *random)
{
    product->spelling = (enum spelling)random_below(random, SPELLING_COUNT);
    product->blanks = random_chance(random, 15);
    product->registration_day = day_between(random, FIRST_DAY - YEAR, MIDDLE_DAY);
    if (random_chance(random, 30))
        product->end_of_repair_day = day_between(random, MIDDLE_DAY, MIDDLE_DAY + 5 * YEAR);
    if (random_chance(random, 30))
        product->end_of_support_day = day_between(random, MIDDLE_DAY, MIDDLE_DAY + 9 * YEAR);
    if (random_chance(random, 12))
        product->nothing = (enum nothing)(1 + random_below(random, 3));
    else
        cover_product(product, random);
}

/* "FortiGate 60F"; a few keep the dash (C.3). */
static void set_model(struct cloud_product *product, const char *model, bool dash)
{
    char *at;

    (void)snprintf(product->model, sizeof(product->model), "%s", model);
    at = strchr(product->model, '-');
    if (at != NULL && !dash)
        *at = ' ';
}

static bool has_end(const struct cloud_product *product)
{
    for (size_t i = 0; i < product->coverage_count; i++)
        if (product->coverages[i].type == 1 || product->coverages[i].type == 11 ||
            product->coverages[i].type == 12)
            return true;
    return false;
}

/* Another row of the same serial, which does not count: it is decommissioned, or ended earlier. */
static void add_stale(struct growth *growth, size_t index)
{
    struct cloud_product product = growth->account->products[index];
    bool decommissioned = !product.decommissioned && random_chance(&growth->random, 60);
    int32_t later = decommissioned && random_chance(&growth->random, 50) ? 9 * YEAR : -3 * YEAR;

    if (!decommissioned && !has_end(&product))
        return;
    product.decommissioned = product.decommissioned || decommissioned;
    product.stale = true;
    product.registration_day -= 2 * YEAR;
    for (size_t i = 0; i < product.coverage_count; i++)
        product.coverages[i].end_day += later;
    *add_product(growth) = product;
}

static size_t register_product(struct growth *growth, const char *serial, const char *model,
                               const char *device_type)
{
    struct random *random = &growth->random;
    struct cloud_product *product = add_product(growth);

    (void)snprintf(product->serial, sizeof(product->serial), "%s", serial);
    set_model(product, model, random_chance(random, 20));
    product->device_type = device_type;
    fill_product(product, random);
    return growth->account->product_count - 1;
}

static int product_type_of(const char *serial, const char *device_type)
{
    if (strncmp(serial, "FGVM", 4) == 0)
        return 1;
    if (strcmp(device_type, "access_point") == 0)
        return 102;
    return strcmp(device_type, "switch") == 0 ? 103 : 101;
}

/* A configuration of a program for this kind of device, or one that is not listed. */
static void choose_config(struct growth *growth, struct entitlement *entitlement, int product_type)
{
    const struct account *account = growth->account;
    size_t from = random_below(&growth->random, (uint32_t)account->config_count);

    for (size_t i = 0; i < account->config_count; i++) {
        const struct config *config = &account->configs[(from + i) % account->config_count];

        if (config->product_type == product_type) {
            entitlement->program = config->program;
            entitlement->config_id = config->id;
            break;
        }
    }
    if (random_chance(&growth->random, 8))
        entitlement->config_id = 999999;
}

static struct entitlement *entitle(struct growth *growth, const char *serial,
                                   const char *device_type, enum flex_status status)
{
    struct random *random = &growth->random;
    struct entitlement *entitlement = add_entitlement(growth);
    int product_type = product_type_of(serial, device_type != NULL ? device_type : "firewall");

    (void)snprintf(entitlement->serial, sizeof(entitlement->serial), "%s", serial);
    entitlement->device_type = device_type;
    entitlement->status = status;
    entitlement->spelling = (enum spelling)random_below(random, SPELLING_ZONE);
    /* No two entitlements of an account begin or end on one day: the number decides. */
    entitlement->start_day = FIRST_DAY + (int32_t)(entitlement->number * 7 % 2003);
    entitlement->end_day = entitlement->start_day + day_between(random, 1, 3) * YEAR;
    entitlement->vm = product_type < 100;
    choose_config(growth, entitlement, product_type);
    return entitlement;
}

/* One to three entitlements of one device, of which at most one is live (G.3). */
static void entitle_unit(struct growth *growth, const char *serial, const char *device_type)
{
    struct random *random = &growth->random;
    uint32_t count = 1 + random_below(random, 3);
    uint32_t live = random_chance(random, 70) ? random_below(random, count) : count;
    static const enum flex_status ended[] = {FLEX_STOPPED, FLEX_EXPIRED, FLEX_PENDING};

    for (uint32_t i = 0; i < count; i++) {
        enum flex_status status = ended[random_below(random, COUNT(ended))];

        if (i == live)
            status = random_chance(random, 75) ? FLEX_ACTIVE : FLEX_GRACE_PERIOD;
        entitle(growth, serial, device_type, status)->of_unit = true;
    }
}

static void grow_unit(struct growth *growth, const char *serial, const char *model,
                      const char *device_type)
{
    struct random *random = &growth->random;

    if (random_chance(random, 88)) {
        size_t index = register_product(growth, serial, model, device_type);

        growth->account->products[index].of_unit = true;
        growth->account->products[index].decommissioned = random_chance(random, 7);
        if (random_chance(random, 8))
            add_stale(growth, index);
    }
    if (random_chance(random, 35))
        entitle_unit(growth, serial, device_type);
}

/* What no unit has --------------------------------------------------------------------------- */

static void make_serial(struct growth *growth, const char *prefix, char ret_serial[24])
{
    (void)snprintf(ret_serial, 24, "%sTK99%06" PRIu32, prefix, ++growth->surplus);
}

static void grow_surplus_type(struct growth *growth, const struct model *models, size_t count,
                              const char *device_type)
{
    struct random *random = &growth->random;
    char serial[24];

    for (int i = 0; i < 3; i++) {
        const struct model *model = &models[random_below(random, (uint32_t)count)];
        size_t index;

        make_serial(growth, model->prefix, serial);
        index = register_product(growth, serial, model->name, device_type);
        growth->account->products[index].decommissioned = i == 2;
        if (i == 1)
            entitle(growth, serial, device_type, FLEX_ACTIVE)->model = model->name;
    }
    for (int status = 0; status < FLEX_STATUS_COUNT; status++) {
        const struct model *model = &models[random_below(random, (uint32_t)count)];

        make_serial(growth, model->prefix, serial);
        entitle(growth, serial, device_type, (enum flex_status)status)->model = model->name;
    }
}

/* Products that are no device of any inventory: cloud services (assetmgmt_asset_gslb), other
 * appliances, and a serial that no table of models knows. */
static void grow_others(struct growth *growth)
{
    static const char *const others[][2] = {
        {"FCGSLB0000000205", "FortiGSLB Cloud"},    {"FMVMELTM24000017", "FortiManager VM"},
        {"FAZ3HGTA24000031", "FortiAnalyzer 300G"}, {"FWB1HDTK24000008", "FortiWeb 100D"},
        {"ZQ9X7YTK24000001", "FortiUnknown 9"},
    };

    for (size_t i = 0; i < COUNT(others); i++)
        (void)register_product(growth, others[i][0], others[i][1], NULL);
    (void)entitle(growth, "FMVMELTM24000017", NULL, FLEX_ACTIVE);
    (void)entitle(growth, "FAZVMSTM24000044", NULL, FLEX_GRACE_PERIOD);
}

/* Two programs; each has configurations for every kind of device. */
static void grow_programs(struct account *account)
{
    static const char *const serials[] = {"ELAVMS0000000601", "ELAVMR0000000101"};
    static const struct {
        int product_type;
        const char *product;
        const char *name;
    } configs[] = {
        {1, "FortiGate Virtual Machine - Service Bundle", "VM 4 CPU UTP"},
        {1, "FortiGate Virtual Machine - Service Bundle", "VM \"lab\" <b>Élysée</b>"},
        {2, "FortiManager Virtual Machine", "Manager 10"},
        {101, "FortiGate Hardware", "60F FortiCare Premium"},
        {101, "FortiGate Hardware", "100F ATP"},
        {102, "FortiAP Hardware", "AP Elite"},
        {103, "FortiSwitch Hardware", "Switch Premium"},
    };

    account->program_count = COUNT(serials);
    account->programs = must_allocate(account->program_count, sizeof(account->programs[0]));
    account->config_count = COUNT(serials) * COUNT(configs);
    account->configs = must_allocate(account->config_count, sizeof(account->configs[0]));
    for (size_t i = 0; i < COUNT(serials); i++) {
        (void)snprintf(account->programs[i].serial, ACCOUNT_TEXT_SIZE, "%s", serials[i]);
        for (size_t j = 0; j < COUNT(configs); j++) {
            struct config *config = &account->configs[i * COUNT(configs) + j];

            config->id = (int64_t)(2000 + i * 100 + j);
            config->program = i;
            config->product_type = configs[j].product_type;
            config->product_name = configs[j].product;
            (void)snprintf(config->name, sizeof(config->name), "%s%s", configs[j].name,
                           i == 0 ? "" : " R");
        }
    }
}

/* Units -------------------------------------------------------------------------------------- */

static const char *known_type(struct json_object *row)
{
    static const char *const types[] = {"firewall", "switch", "access_point", "management"};
    struct json_object *type = json_object_object_get(row, "device_type");

    for (size_t i = 0; type != NULL && i < COUNT(types); i++)
        if (strcmp(json_object_get_string(type), types[i]) == 0)
            return types[i];
    return NULL;
}

/* Rows that are no assets, but whose serials an inventory reports: "" stands for assets. */
static bool is_known(struct json_object *row)
{
    static const char *const reasons[] = {"", "unauthorized", "model_device", "pre_provisioned"};
    struct json_object *reason = json_object_object_get(row, "reason");

    for (size_t i = 0; i < COUNT(reasons); i++)
        if (strcmp(reason != NULL ? json_object_get_string(reason) : "", reasons[i]) == 0)
            return true;
    return false;
}

static void grow_row(struct growth *growth, struct json_object *row)
{
    struct json_object *serial = json_object_object_get(row, "serial");
    struct json_object *model = json_object_object_get(row, "model");
    const char *device_type = known_type(row);

    if (device_type != NULL && is_known(row) && json_object_is_type(serial, json_type_string) &&
        json_object_get_string_len(serial) < ACCOUNT_TEXT_SIZE)
        grow_unit(growth, json_object_get_string(serial),
                  model != NULL ? json_object_get_string(model) : "FortiThing-1", device_type);
}

static void grow_rows(struct growth *growth, struct json_object *rows)
{
    size_t count = json_object_is_type(rows, json_type_array) ? json_object_array_length(rows) : 0;

    for (size_t i = 0; i < count; i++)
        grow_row(growth, json_object_array_get_idx(rows, i));
}

static int grow_units(struct growth *growth, const char *units_file)
{
    struct json_object *expected = units_file != NULL ? json_object_from_file(units_file) : NULL;

    if (units_file != NULL && expected == NULL) {
        (void)fprintf(stderr, "forticloud-simulator: cannot read %s\n", units_file);
        return -1;
    }
    grow_rows(growth, json_object_object_get(expected, "units"));
    grow_rows(growth, json_object_object_get(expected, "managers"));
    grow_rows(growth, json_object_object_get(expected, "not_assets"));
    (void)json_object_put(expected);
    return 0;
}

/* The order of a list means nothing. */
static void shuffle(struct growth *growth)
{
    struct account *account = growth->account;

    for (size_t i = account->product_count; i > 1; i--) {
        size_t other = random_below(&growth->random, (uint32_t)i);
        struct cloud_product product = account->products[other];

        account->products[other] = account->products[i - 1];
        account->products[i - 1] = product;
    }
    for (size_t i = account->entitlement_count; i > 1; i--) {
        size_t other = random_below(&growth->random, (uint32_t)i);
        struct entitlement entitlement = account->entitlements[other];

        account->entitlements[other] = account->entitlements[i - 1];
        account->entitlements[i - 1] = entitlement;
    }
}

int account_grow(struct account *account, uint64_t seed, const char *units_file)
{
    struct growth growth = {.account = account, .random = {.state = seed}};

    grow_programs(account);
    if (grow_units(&growth, units_file) != 0)
        return -1;
    grow_surplus_type(&growth, firewall_models, firewall_model_count, "firewall");
    grow_surplus_type(&growth, switch_models, switch_model_count, "switch");
    grow_surplus_type(&growth, access_point_models, access_point_model_count, "access_point");
    grow_others(&growth);
    shuffle(&growth);
    return 0;
}

void account_release(struct account *account)
{
    free(account->products);
    free(account->programs);
    free(account->configs);
    free(account->entitlements);
    *account = (struct account){0};
}
