/*
 * test_forticloud_records.c - what is kept of FortiCloud's rows: dates, products, entitlements.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/forticloud/records.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/tap.h"
#include "sources/forticloud/entitlements.h"
#include "sources/forticloud/products.h"
#include "json/json_read.h"

#define SERIAL "FGT60FTK20000001"

/* ---- days */

static void test_days(void)
{
    static const struct {
        const char *text;
        int32_t day; /* since 1970-01-01; 0 = none */
    } rows[] = {
        {"2000-01-01", 10957},
        {"2024-07-31T00:00:00", 19935},
        {"2024-07-07T14:32:09.873", 19911},
        {"2020-08-25 10:12:25", 18499},
        {"2024-02-29", 19782},
        {"2100-03-01", 47541},
        {"2178-12-31T23:59:59", 76335},
        {"  2024-07-31 ", 19935},
        /* the day is what it says, in whatever zone */
        {"2024-07-31T23:59:59-08:00", 19935},
        {"2024-07-31T00:00:00+14:00", 19935},
        {"2024-07-31T00:00:00Z", 19935},
        {"2023-02-29", 0},
        {"2100-02-29", 0},
        {"2024-04-31", 0},
        {"2024-00-10", 0},
        {"2024-13-10", 0},
        {"2024-01-00", 0},
        {"1999-12-31", 0},
        {"0001-01-01T00:00:00", 0},
        {"2179-01-01", 0},
        {"9999-12-31", 0},
        {"2024-07-310", 0},
        {"2024-07-31x", 0},
        {"2024-7-31", 0},
        {"2024/07/31", 0},
        {"+024-07-31", 0},
        {"2024-07", 0},
        {"31.07.2024", 0},
        {"", 0},
        {" ", 0},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct json_object *row = json_object_new_object();

        json_object_object_add(row, "d", json_object_new_string(rows[i].text));
        CU_ASSERT_EQUAL(forticloud_day_number(forticloud_day_read(row, "d")), rows[i].day);
        json_object_put(row);
    }
    CU_ASSERT_EQUAL(forticloud_day_read(NULL, "d"), 0);
}

/* ---- records */

static void test_records(void)
{
    struct forticloud_records records = FORTICLOUD_ENTITLEMENTS_OF;
    char serial[SERIAL_MAX + 1];
    void *record;

    CU_ASSERT_PTR_NULL(forticloud_records_find(&records, SERIAL));
    for (uint32_t i = 0; i < 20000; i++) {
        (void)snprintf(serial, sizeof(serial), "FGT60FTK%08u", (unsigned)(i * 7919 % 20000));
        CU_ASSERT_EQUAL(forticloud_records_add(&records, serial, &record), FORTICLOUD_KEPT);
        ((struct forticloud_entitlement *)record)->start = (uint16_t)(i * 7919 % 20000);
    }
    /* All of SERIAL_MAX characters count. */
    CU_ASSERT_EQUAL(forticloud_records_add(&records, "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345", &record),
                    FORTICLOUD_KEPT);
    CU_ASSERT_EQUAL(forticloud_records_add(&records, "ABCDEFGHIJKLMNOPQRSTUVWXYZ012346", &record),
                    FORTICLOUD_KEPT);
    CU_ASSERT_EQUAL(forticloud_records_add(&records, "FGT60FTK00000007", &record),
                    FORTICLOUD_KNOWN);
    CU_ASSERT_EQUAL(((struct forticloud_entitlement *)record)->start, 7);
    CU_ASSERT_PTR_EQUAL(forticloud_records_find(&records, "FGT60FTK00000007"), record);
    CU_ASSERT_PTR_NULL(forticloud_records_find(&records, "FGT60FTK00020000"));
    CU_ASSERT_EQUAL(records.count, 20002);
    /* what a record takes: its own bytes, the table, and one block at most */
    CU_ASSERT_TRUE(records.capacity < records.count + FORTICLOUD_RECORDS_BLOCK);
    CU_ASSERT_TRUE(records.slot_count * sizeof(*records.slots) <= 11 * records.count);
    forticloud_records_sort(&records);
    for (size_t i = 1; i < records.count; i++) {
        CU_ASSERT_TRUE(memcmp(forticloud_records_at(&records, i - 1),
                              forticloud_records_at(&records, i), SERIAL_MAX) < 0);
    }
    forticloud_records_release(&records);
    CU_ASSERT_EQUAL(records.count, 0);
}

static void test_full(void)
{
    struct forticloud_records records = FORTICLOUD_PRODUCTS_OF;
    char serial[SERIAL_MAX + 1];
    void *record;

    for (uint32_t i = 0; i < FORTICLOUD_RECORDS_MAX; i++) {
        (void)snprintf(serial, sizeof(serial), "FGT60FTK%08u", (unsigned)i);
        if (forticloud_records_add(&records, serial, &record) != FORTICLOUD_KEPT) {
            CU_FAIL("not kept");
        }
    }
    CU_ASSERT_EQUAL(forticloud_records_add(&records, "FGT60FTK99999999", &record), FORTICLOUD_FULL);
    CU_ASSERT_EQUAL(forticloud_records_add(&records, "FGT60FTK00000000", &record),
                    FORTICLOUD_KNOWN);
    CU_ASSERT_TRUE((records.capacity * records.size + records.slot_count * sizeof(uint32_t)) <=
                   64 * (size_t)FORTICLOUD_RECORDS_MAX);
    forticloud_records_release(&records);
}

static void test_texts(void)
{
    struct forticloud_records records = FORTICLOUD_PRODUCTS_OF;
    char text[FORTICLOUD_TEXT_MAX + 3];
    uint16_t number, other;

    CU_ASSERT_EQUAL(forticloud_records_keep(&records, NULL, &number), FORTICLOUD_KEPT);
    CU_ASSERT_PTR_NULL(forticloud_records_text(&records, number));
    CU_ASSERT_EQUAL(forticloud_records_keep(&records, " \t", &number), FORTICLOUD_KEPT);
    CU_ASSERT_PTR_NULL(forticloud_records_text(&records, number));
    CU_ASSERT_EQUAL(forticloud_records_keep(&records, " Premium  ", &number), FORTICLOUD_KEPT);
    CU_ASSERT_STRING_EQUAL(forticloud_records_text(&records, number), "Premium");
    CU_ASSERT_EQUAL(forticloud_records_keep(&records, "Premium", &other), FORTICLOUD_KEPT);
    CU_ASSERT_EQUAL(number, other);
    memset(text, 'a', sizeof(text));
    memcpy(text + FORTICLOUD_TEXT_MAX - 1, "\xC3\xA9", 3); /* would be split */
    CU_ASSERT_EQUAL(forticloud_records_keep(&records, text, &number), FORTICLOUD_KEPT);
    CU_ASSERT_EQUAL(strlen(forticloud_records_text(&records, number)), FORTICLOUD_TEXT_MAX - 1);
    while (records.texts.count < FORTICLOUD_TEXTS_MAX) {
        (void)snprintf(text, sizeof(text), "%zu", records.texts.count);
        CU_ASSERT_EQUAL(forticloud_records_keep(&records, text, &number), FORTICLOUD_KEPT);
    }
    CU_ASSERT_EQUAL(forticloud_records_keep(&records, "one more", &number), FORTICLOUD_FULL);
    CU_ASSERT_EQUAL(forticloud_records_keep(&records, "Premium", &number), FORTICLOUD_KEPT);
    CU_ASSERT_EQUAL(number, other);
    forticloud_records_release(&records);
}

/* ---- products and entitlements */

/* The attribute of a device as text: "2024-07-31" is day 19935. "" = none. */
static const char *value(const struct device *device, enum attribute attribute)
{
    static char text[32];
    const struct value *of = &device->values[attribute];

    if (of->kind == VALUE_TEXT) {
        return of->text;
    }
    (void)snprintf(text, sizeof(text), "%ld", (long)of->number);
    return of->kind == VALUE_NONE ? "" : text;
}

static void expect_values(const struct device *device, const enum attribute *attributes,
                          const char *const *values, const char *row)
{
    for (size_t i = 0; values[i] != NULL; i++) {
        if (strcmp(value(device, attributes[i]), values[i]) != 0) {
            (void)printf("# %s\n# %zu: %s instead of %s\n", row, i, value(device, attributes[i]),
                         values[i]);
            CU_FAIL("a value");
        }
    }
}

#define TERM(type, end) "{\"type\":" #type ",\"endDate\":\"" end "\"}"
#define LEVEL(type, end, name)                                                                     \
    "{\"type\":" #type ",\"endDate\":\"" end "\",\"levelDesc\":\"" name "\"}"

static void test_products(void)
{
    static const enum attribute attributes[] = {
        ATTRIBUTE_registration_date, ATTRIBUTE_warranty_end_date,  ATTRIBUTE_support_end_date,
        ATTRIBUTE_support_level,     ATTRIBUTE_end_of_repair_date, ATTRIBUTE_end_of_support_date,
        ATTRIBUTE_decommissioned,
    };
    static const struct {
        const char *rows; /* the members of each beside the serial */
        bool entitled;
        const char *values[COUNT(attributes) + 1];
    } cases[] = {
        {"{}", false, {"", "", "", "", "", "", "", NULL}},
        {"{\"registrationDate\":\"2023-01-09T00:37:25\",\"productModelEoR\":\"2024-07-31\","
         "\"productModelEoS\":\"2024-02-29T00:00:00\",\"isDecommissioned\":false}",
         false,
         {"19366", "", "", "", "19935", "19782", "0", NULL}},
        {"{\"isDecommissioned\":true,\"entitlements\":null,\"contracts\":null}",
         false,
         {"", "", "", "", "", "", "1", NULL}},
        {"{\"entitlements\":[]}", false, {"", "", "", "", "", "", "", NULL}},
        {"{\"entitlements\":{\"type\":1,\"endDate\":\"2024-07-31\"}}",
         false,
         {"", "", "", "", "", "", "", NULL}},
        /* the latest of type 1; other types are no warranty */
        {"{\"entitlements\":[" TERM(1, "2024-02-29") "," TERM(1, "2024-07-31") "," TERM(
             1, "2020-08-25") "," TERM(2, "2100-03-01") "," TERM(21, "2100-03-01") "]}",
         true,
         {"", "19935", "", "", "", "", "", NULL}},
        /* the latest of types 11 and 12, with its level */
        {"{\"entitlements\":[" LEVEL(11, "2024-02-29", "Premium ") "," LEVEL(
             12, "2024-07-31", " Elite  ") "," LEVEL(11, "2020-08-25", "Basic") "]}",
         true,
         {"", "", "19935", "Elite", "", "", "", NULL}},
        {"{\"entitlements\":[" LEVEL(12, "2024-02-29", "Premium") "," TERM(11, "2024-07-31") "]}",
         true,
         {"", "", "19935", "", "", "", "", NULL}},
        /* an end that is no date: entitled, but until when is not known */
        {"{\"entitlements\":[{\"type\":1,\"endDate\":null},{\"type\":11,\"levelDesc\":\"x\"},7]}",
         true,
         {"", "", "", "", "", "", "", NULL}},
        /* a serial that is listed twice: not decommissioned, then the later end */
        {"{\"isDecommissioned\":true,\"entitlements\":[" TERM(
             1,
             "2100-03-01") "]},"
                           "{\"isDecommissioned\":false,\"entitlements\":[" TERM(
                               1,
                               "2024-02-29") "]},"
                                             "{\"isDecommissioned\":true,\"entitlements\":[" TERM(
                                                 1, "2100-03-01") "]}",
         true,
         {"", "19782", "", "", "", "", "0", NULL}},
        {"{\"entitlements\":[" TERM(1, "2024-02-29") "]},{\"entitlements\":[" TERM(
             12, "2024-07-31") "]},{\"entitlements\":[" TERM(1, "2020-08-25") "]}",
         true,
         {"", "", "19935", "", "", "", "", NULL}},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct forticloud_records records = FORTICLOUD_PRODUCTS_OF;
        struct forticloud_page page = {0};
        struct device device = {.type = FIREWALL};
        char text[1024];

        (void)snprintf(text, sizeof(text), "[%s]", cases[i].rows);
        struct json_object *rows = json_tokener_parse(text);
        CU_ASSERT_PTR_NOT_NULL_FATAL(rows);
        for (size_t n = 0; n < json_count(rows); n++) {
            json_object_object_add(json_element(rows, n), "serialNumber",
                                   json_object_new_string(" " SERIAL " "));
        }
        CU_ASSERT_EQUAL(forticloud_products_read(&records, rows, &page), FORTICLOUD_KEPT);
        CU_ASSERT_EQUAL(page.added, 1);
        json_object_put(rows);
        device_set_text(&device, ATTRIBUTE_serial_number, SERIAL);
        CU_ASSERT_EQUAL(forticloud_products_apply(&records, &device), cases[i].entitled);
        expect_values(&device, attributes, cases[i].values, cases[i].rows);
        forticloud_records_release(&records);
    }
}

/* Rows without a usable serial are counted, and take no other along. */
static void test_broken(void)
{
    static const char text[] =
        "[null,7,[],{},{\"serialNumber\":null},{\"serialNumber\":\"\"},{\"serialNumber\":\"SHORT\"}"
        ","
        "{\"serialNumber\":\"FGT60FTK2000000a\"},{\"serialNumber\":\"FGT60F TK20000001\"},"
        "{\"serialNumber\":\"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456\"},"
        "{\"serialNumber\":\"FGVM00UNLICENSED\"},{\"serialNumber\":\"" SERIAL "\"}]";
    struct json_object *rows = json_tokener_parse(text);
    struct forticloud_records products = FORTICLOUD_PRODUCTS_OF;
    struct forticloud_records entitlements = FORTICLOUD_ENTITLEMENTS_OF;
    struct forticloud_page page = {0};
    size_t broken;

    CU_ASSERT_EQUAL(forticloud_products_read(&products, rows, &page), FORTICLOUD_KEPT);
    CU_ASSERT_EQUAL(page.added, 1);
    CU_ASSERT_EQUAL(page.broken, 11);
    CU_ASSERT_EQUAL(forticloud_entitlements_read(&entitlements, rows, rows, &broken),
                    FORTICLOUD_KEPT);
    CU_ASSERT_EQUAL(broken, 11);
    CU_ASSERT_EQUAL(entitlements.count, 1);
    json_object_put(rows);
    forticloud_records_release(&products);
    forticloud_records_release(&entitlements);
}

#define FLEX(status, start, end, config)                                                           \
    "{\"serialNumber\":\"" SERIAL "\",\"status\":\"" status "\",\"startDate\":\"" start            \
    "\",\"endDate\":\"" end "\",\"configId\":" #config ",\"token\":\"T0KEN\"}"

static void test_entitlements(void)
{
    static const enum attribute attributes[] = {
        ATTRIBUTE_fortiflex_status,
        ATTRIBUTE_fortiflex_start_date,
        ATTRIBUTE_fortiflex_end_date,
        ATTRIBUTE_fortiflex_configuration,
    };
    static const char configs[] = "[{\"id\":22,\"name\":\" VM \"},{\"id\":\"23\",\"name\":\"60F\"},"
                                  "{\"name\":\"no id\"},{\"id\":24},7]";
    static const struct {
        const char *rows;
        bool entitled;
        const char *values[COUNT(attributes) + 1];
    } cases[] = {
        {FLEX("ACTIVE", "2024-07-07T14:32:09.873", "2100-03-01T00:00:00", 23),
         true,
         {"ACTIVE", "19911", "47541", "60F", NULL}},
        {FLEX("GRACE_PERIOD", "2024-07-07", "2024-07-31", 22),
         true,
         {"GRACE_PERIOD", "19911", "19935", "VM", NULL}},
        {FLEX("STOPPED", "2020-08-25 10:12:25", "2024-02-29 12:13:37", 99),
         false,
         {"STOPPED", "18499", "19782", "", NULL}},
        {FLEX("PENDING", "", "", 24), false, {"PENDING", "", "", "", NULL}},
        {"{\"serialNumber\":\"" SERIAL "\"}", false, {"", "", "", "", NULL}},
        /* one in force before all else, wherever it stands */
        {FLEX("EXPIRED", "2024-07-31", "2100-03-01",
              22) "," FLEX("ACTIVE", "2020-08-25", "2024-02-29",
                           23) "," FLEX("STOPPED", "2024-07-31", "2100-03-01", 22),
         true,
         {"ACTIVE", "18499", "19782", "60F", NULL}},
        /* then the later end, then the later start */
        {FLEX("ACTIVE", "2020-08-25", "2024-02-29", 22) "," FLEX("GRACE_PERIOD", "2020-08-25",
                                                                 "2024-07-31", 23),
         true,
         {"GRACE_PERIOD", "18499", "19935", "60F", NULL}},
        {FLEX("STOPPED", "2024-07-07", "2024-07-31", 23) "," FLEX("EXPIRED", "2020-08-25",
                                                                  "2024-07-31", 22),
         false,
         {"STOPPED", "19911", "19935", "60F", NULL}},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct forticloud_records records = FORTICLOUD_ENTITLEMENTS_OF;
        struct json_object *names = json_tokener_parse(configs);
        struct device device = {.type = FIREWALL};
        char text[1024];
        size_t broken;

        (void)snprintf(text, sizeof(text), "[%s]", cases[i].rows);
        struct json_object *rows = json_tokener_parse(text);
        CU_ASSERT_EQUAL(forticloud_entitlements_read(&records, names, rows, &broken),
                        FORTICLOUD_KEPT);
        json_object_put(rows);
        json_object_put(names);
        device_set_text(&device, ATTRIBUTE_serial_number, SERIAL);
        CU_ASSERT_EQUAL(forticloud_entitlements_apply(&records, &device), cases[i].entitled);
        expect_values(&device, attributes, cases[i].values, cases[i].rows);
        /* a unit that FortiFlex does not know */
        device = (struct device){.type = FIREWALL};
        device_set_text(&device, ATTRIBUTE_serial_number, "FGT60FTK20000002");
        CU_ASSERT_FALSE(forticloud_entitlements_apply(&records, &device));
        CU_ASSERT_STRING_EQUAL(value(&device, ATTRIBUTE_fortiflex_status), "");
        /* nothing that is kept has the activation token */
        for (uint16_t n = 1; n <= records.texts.count; n++) {
            CU_ASSERT_PTR_NULL(strstr(forticloud_records_text(&records, n), "T0KEN"));
        }
        forticloud_records_release(&records);
    }
}

/* Of a list that was cut off, only a row that no unread one can outdo adds anything. */
static void test_cut(void)
{
    static const struct {
        const char *row;
        bool adds;
    } cases[] = {
        {"[{\"serialNumber\":\"" SERIAL "\",\"isDecommissioned\":false,\"entitlements\":[{}]}]",
         true},
        {"[{\"serialNumber\":\"" SERIAL "\",\"isDecommissioned\":true,\"entitlements\":[{}]}]",
         false},
        {"[" FLEX("ACTIVE", "2024-07-31", "2026-10-11", 1) "]", true},
        {"[" FLEX("GRACE_PERIOD", "2024-07-31", "2026-10-11", 1) "]", true},
        {"[" FLEX("STOPPED", "2024-07-31", "2026-10-11", 1) "]", false},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct forticloud_records products = FORTICLOUD_PRODUCTS_OF;
        struct forticloud_records entitlements = FORTICLOUD_ENTITLEMENTS_OF;
        struct json_object *rows = json_tokener_parse(cases[i].row);
        struct forticloud_page page = {0};
        struct device device = {.type = FIREWALL};
        size_t broken;
        bool of_products = i < 2;

        CU_ASSERT_EQUAL(forticloud_products_read(&products, rows, &page), FORTICLOUD_KEPT);
        CU_ASSERT_EQUAL(forticloud_entitlements_read(&entitlements, NULL, rows, &broken),
                        FORTICLOUD_KEPT);
        json_object_put(rows);
        products.cut = entitlements.cut = true;
        device_set_text(&device, ATTRIBUTE_serial_number, SERIAL);
        bool adds = of_products ? forticloud_products_apply(&products, &device)
                                : forticloud_entitlements_apply(&entitlements, &device);
        CU_ASSERT_EQUAL(adds, cases[i].adds);
        CU_ASSERT_EQUAL(*value(&device, of_products ? ATTRIBUTE_decommissioned
                                                    : ATTRIBUTE_fortiflex_status) != '\0',
                        cases[i].adds);
        forticloud_records_release(&products);
        forticloud_records_release(&entitlements);
    }
}

static CU_TestInfo tests[] = {
    {"days", test_days},
    {"records", test_records},
    {"too many records", test_full},
    {"texts", test_texts},
    {"products", test_products},
    {"rows without a serial", test_broken},
    {"entitlements", test_entitlements},
    {"a list that was cut off", test_cut},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "forticloud_records", .pTests = tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
