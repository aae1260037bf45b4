/*
 * test_endpoints.c - one asset a machine, and which serial numbers identify one.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include <CUnit/CUnit.h>

#include "catalogue/endpoint_serial.h"
#include "lib/inventory_fixture.h"
#include "lib/tap.h"
#include "sources/endpoints.h"

static void test_serials(void)
{
    static const struct {
        const char *text, *serial; /* NULL = none */
    } cases[] = {
        {"7XK2JQ3", "7XK2JQ3"},
        {" pf-3abcd1\n", "PF-3ABCD1"},
        {"1234-5678-9012-3456-7890-1234-56", "1234-5678-9012-3456-7890-1234-56"},
        {"VMware-56 4d 8f", NULL},
        {"To Be Filled By O.E.M.", NULL},
        {"default", NULL},
        {"0123456789", NULL},
        {"Sys-1234567890", NULL},
        {"xxxxxxxx", NULL},
        {"0101010", NULL},
        {"N/A", NULL},
        {"ABC#123", NULL},
        {"", NULL},
        {NULL, NULL},
    };
    char serial[ENDPOINT_SERIAL_MAX + 1], longest[ENDPOINT_SERIAL_MAX + 2];

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        CU_ASSERT_EQUAL(endpoint_serial(cases[i].text, serial), cases[i].serial != NULL);
        if (cases[i].serial != NULL) {
            CU_ASSERT_STRING_EQUAL(serial, cases[i].serial);
        }
    }
    memset(longest, 'A', sizeof(longest) - 1);
    longest[0] = 'B';
    longest[ENDPOINT_SERIAL_MAX + 1] = '\0';
    CU_ASSERT_FALSE(endpoint_serial(longest, serial));
    longest[ENDPOINT_SERIAL_MAX] = '\0';
    CU_ASSERT_TRUE(endpoint_serial(longest, serial));
}

static void add(struct endpoints *endpoints, const char *title, const char *serial, const char *mac,
                int64_t contact)
{
    struct device device = {
        .type = ENDPOINT, .connected = true, .scope = "fortinac", .title = title};
    const struct endpoint endpoint = {&device, serial, title, &mac, 1, contact};
    struct failure failure;

    /* A source gives the name of a host in each of its places. */
    device_set_text(&device, ATTRIBUTE_hostname, title);
    device_set_text(&device, ATTRIBUTE_name, title);
    CU_ASSERT_EQUAL(endpoints_add(endpoints, &endpoint, &failure), HECTOR_OK);
}

static void test_machines(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    fixture.host.settings.device_types[ENDPOINT] = true;
    inventory_fixture_expect(&fixture, "fortinac", ENDPOINT);
    struct endpoints endpoints = {.operation = &fixture.host.operation,
                                  .inventory = fixture.inventory};
    add(&endpoints, "dropped", "7XK2JQ4", NULL, 1);
    endpoints_restart(&endpoints);
    add(&endpoints, "laptop", "7xk2jq3", "02:00:00:00:00:01", 10);
    add(&endpoints, "dock", "7XK2JQ3 ", "020000000001", 20);
    add(&endpoints, "dock", "7XK2JQ3", "02-00-00-00-00-02", 15);
    add(&endpoints, "board-1", "BOARD77", "00:00:00:00:00:00", 1);
    add(&endpoints, "board-2", "BOARD77", "00:00:00:00:00:00", 2);
    add(&endpoints, "printer", NULL, "02:00:00:00:00:03", 1);
    add(&endpoints, "pc", "0123456789", "02:00:00:00:00:04", 1);
    CU_ASSERT_EQUAL(endpoints_report(&endpoints, &fixture.failure), HECTOR_OK);
    endpoints_release(&endpoints);
    inventory_fixture_complete(&fixture, "fortinac", ENDPOINT);
    (void)inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 1);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 0, "/sync_key"), "7XK2JQ3");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 0, "/title"), "dock");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 0, "/part"), "");
    CU_ASSERT_EQUAL(host_count(&fixture.host, "skipped"), 2);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "skipped", 0, "/serial"), "BOARD77");
    CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), 2);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 0, "/reason"), "serial_shared");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 1, "/reason"),
                           "serials_placeholder");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/endpoint/seen"), "7");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/endpoint/duplicates"),
                           "2");
    CU_ASSERT_STRING_EQUAL(
        inventory_fixture_summary(&fixture, "/device_types/endpoint/skipped/serial_absent"), "1");
    inventory_fixture_end(&fixture);
}

/* What its source keeps besides counts, with a row that nothing is kept of, too. */
static void test_memory(void)
{
    static const char *const serials[] = {"7XK2JQ3", NULL, "0123456789"};
    struct inventory_fixture fixture;
    struct device device = {.type = ENDPOINT, .scope = "fortinac", .title = "pc"};

    inventory_fixture_begin(&fixture);
    fixture.host.settings.device_types[ENDPOINT] = true;
    inventory_fixture_expect(&fixture, "fortinac", ENDPOINT);
    for (size_t i = 0; i < sizeof(serials) / sizeof(serials[0]); i++) {
        struct endpoints endpoints = {.operation = &fixture.host.operation,
                                      .inventory = fixture.inventory};
        const struct endpoint endpoint = {&device, serials[i], "1", NULL, 0, 0};

        CU_ASSERT_EQUAL(endpoints_add(&endpoints, &endpoint, &fixture.failure), HECTOR_OK);
        endpoints.beside = STORE_MAX;
        CU_ASSERT_EQUAL(endpoints_add(&endpoints, &endpoint, &fixture.failure), HECTOR_LIMIT);
        CU_ASSERT_EQUAL(fixture.failure.reason, REASON_store_full);
        endpoints_release(&endpoints);
    }
    inventory_fixture_end(&fixture);
}

static CU_TestInfo tests[] = {
    {"serial numbers", test_serials},
    {"one asset a machine", test_machines},
    {"the memory of its source", test_memory},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {
        {.pName = "endpoints", .pTests = tests},
        CU_SUITE_INFO_NULL,
    };

    return tap_run(suites);
}
