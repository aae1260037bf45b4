/*
 * test_columns.c - which attributes the sources have, for which device types, at which cost.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/columns.h"

#include <CUnit/CUnit.h>

#include "lib/tap.h"
#include "sources/registry.h"

/* An attribute that no source has for any device type could only stay empty. */
static void test_every_attribute(void)
{
    for (enum attribute i = 0; i < ATTRIBUTE_COUNT; i++) {
        bool offered = false;

        for (enum device_type type = FIREWALL; type < DEVICE_TYPE_COUNT; type++) {
            offered = offered || source_cost(i, type) != COST_NO;
        }
        CU_ASSERT_TRUE(offered);
    }
}

/* Every unit of a type that a source reads has the key, so it is never requested separately. */
static void test_serial_number(void)
{
    for (size_t s = 0; source_at(s) != NULL; s++) {
        for (enum device_type type = FIREWALL; type < DEVICE_TYPE_COUNT; type++) {
            enum attribute_cost cost =
                columns_cost(source_at(s)->origins, ATTRIBUTE_serial_number, type);

            CU_ASSERT_EQUAL(cost, source_at(s)->types[type] ? COST_ALWAYS : COST_NO);
        }
    }
}

/* The first source of the list decides, where both have the attribute. */
static void test_cost_of_first(void)
{
    CU_ASSERT_EQUAL(source_cost(ATTRIBUTE_firmware_version, FIREWALL), COST_FIELD);
    CU_ASSERT_EQUAL(source_cost(ATTRIBUTE_firmware_version, SWITCH), COST_LIVE);
    CU_ASSERT_EQUAL(source_cost(ATTRIBUTE_location, ACCESS_POINT), COST_CACHE);
    CU_ASSERT_EQUAL(source_cost(ATTRIBUTE_location, FIREWALL), COST_NO);
}

static void test_filter(void)
{
    static const struct column rows[] = {COLUMN_SET(serial_number, OF(SWITCH) | OF(FIREWALL)),
                                         COLUMN_SET(hostname, OF(FIREWALL))};
    static const struct columns columns = COLUMNS(rows);
    const struct origin origins[] = {{&columns, COST_ALWAYS}, {NULL, COST_NO}};
    struct device device = {.type = SWITCH};

    device_set_text(&device, ATTRIBUTE_serial_number, "S124EP5918001234");
    device_set_text(&device, ATTRIBUTE_hostname, "a row has it, but a switch does not");
    columns_filter(origins, &device);
    CU_ASSERT_STRING_EQUAL(device_serial(&device), "S124EP5918001234");
    CU_ASSERT_EQUAL(device.values[ATTRIBUTE_hostname].kind, VALUE_NONE);
}

static CU_TestInfo column_tests[] = {
    {"every attribute", test_every_attribute},
    {"the serial number", test_serial_number},
    {"the cost of the first source", test_cost_of_first},
    {"filter", test_filter},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "columns", .pTests = column_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
