/*
 * test_unfilled.c - which ticked attributes stay empty, and their problems.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/unfilled.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/inventory_fixture.h"
#include "lib/tap.h"
#include "sources/fortigate/fortigate.h"
#include "sources/fortimanager/fortimanager.h"

/* One firewall was read; it has the custom field `site`, and a blank one. */
static void begin(struct inventory_fixture *fixture, const char *settings, const char *host)
{
    struct device device = {.type = FIREWALL, .scope = "adom:a", .title = "branch-1"};
    char request[8192];

    (void)snprintf(request, sizeof(request),
                   "{\"host\":{%s},\"settings\":{\"url\":\"1.2.3.4\",%s}}", host, settings);
    inventory_fixture_begin_with(fixture, request, false);
    device_set_text(&device, ATTRIBUTE_serial_number, "FGT60FTK20000001");
    device.meta[device.meta_count++] = (struct meta_value){"site", "Ghent"};
    device.meta[device.meta_count++] = (struct meta_value){"blank", " "};
    CU_ASSERT_EQUAL(inventory_record(fixture->inventory, &device, &fixture->failure), HECTOR_OK);
}

static int32_t report(struct inventory_fixture *fixture, const struct source *source,
                      bool as_checks)
{
    const struct source_call call = {.operation = &fixture->host.operation,
                                     .settings = &fixture->host.settings,
                                     .inventory = fixture->inventory};

    return unfilled_report(&call, source, as_checks, &fixture->failure);
}

#define KEYS "\"names\":{}"

/* The part of a message with the names; "" = the run has no problem with that reason. */
static void test_reasons(void)
{
    static const struct {
        const struct source *source;
        const char *settings, *host, *reason, *names;
    } cases[] = {
        {&fortigate_source, "\"attributes\":[\"description\",\"vdoms\",\"meta.site\"]", "",
         "attributes_not_reported", "empty: Description, site. Untick"},
        {&fortigate_source, "\"attributes\":[\"description\",\"vdoms\",\"meta.site\"]", KEYS,
         "attributes_not_reported", "empty: description, meta.site. Untick"},
        {&fortimanager_source, "\"attributes\":[\"description\",\"meta.site\"]", KEYS, "", ""},
        {&fortimanager_source, "\"attributes\":[\"meta.nope\",\"meta.site\",\"meta.blank\"]", KEYS,
         "meta_empty", "empty: meta.blank, meta.nope. Check"},
        {&fortigate_source, "\"attributes\":[\"meta.Notes\xE2\x80\xA6\",\"meta.Owner\"]", KEYS,
         "attributes_not_reported", "empty: meta.Notes\xE2\x80\xA6, meta.Owner. Untick"},
        {&fortimanager_source,
         "\"attributes\":[\"mac_address\",\"adom\"],\"device_types\":[\"switch\"]", KEYS,
         "attributes_not_chosen", "empty: mac_address. Untick"},
        /* Firewalls have the attribute, so it does not stay empty; a FortiGate as the source always
         * reads its own values. */
        {&fortimanager_source,
         "\"attributes\":[\"firmware_version\",\"fortilink_interface\"],\"live_status\":\"never\"",
         "", "attributes_not_asked",
         "\"Ask FortiGates\" is \"Never\": FortiLink interface. Choose"},
        {&fortimanager_source,
         "\"attributes\":[\"firmware_version\"],\"live_status\":\"never\",\"device_types\":["
         "\"switch\"]",
         KEYS, "attributes_not_asked", "live_status is never: firmware_version. Choose"},
        {&fortimanager_source, "\"attributes\":[\"fortilink_interface\"]", "", "", ""},
        {&fortigate_source, "\"attributes\":[\"fortilink_interface\"],\"live_status\":\"never\"",
         "", "", ""},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        size_t count = *cases[i].reason != '\0' ? 1 : 0;
        struct inventory_fixture fixture;

        begin(&fixture, cases[i].settings, cases[i].host);
        CU_ASSERT_EQUAL(report(&fixture, cases[i].source, false), HECTOR_OK);
        CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), count);
        if (count == 1) {
            CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 0, "/reason"),
                                   cases[i].reason);
            CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 0, "/severity"), "info");
            CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 0, "/subject"),
                                   "attributes");
            CU_ASSERT_PTR_NOT_NULL(
                strstr(host_value(&fixture.host, "problem", 0, "/message"), cases[i].names));
        }
        CU_ASSERT_EQUAL(report(&fixture, cases[i].source, true), HECTOR_OK);
        CU_ASSERT_EQUAL(host_count(&fixture.host, "check"), count);
        if (count == 1) {
            CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 0, "/step"), "attributes");
            CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 0, "/status"), "warning");
            CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 0, "/field"), "attributes");
        }
        inventory_fixture_end(&fixture);
    }
}

/* Chosen device types that the source does not have. */
static void test_ignored(void)
{
    struct inventory_fixture fixture;

    begin(&fixture, "\"attributes\":[\"name\"]", "");
    const struct source_call call = {.operation = &fixture.host.operation,
                                     .settings = &fixture.host.settings,
                                     .inventory = fixture.inventory,
                                     .ignored = {[SWITCH] = true}};
    CU_ASSERT_EQUAL(unfilled_report(&call, &fortigate_source, false, &fixture.failure), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), 1);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 0, "/reason"),
                           "device_type_ignored");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 0, "/severity"), "info");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 0, "/subject"), "switch");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 0, "/message"),
                           "Switches: a FortiGate has none. Untick them in \"Device types\".");
    CU_ASSERT_EQUAL(unfilled_report(&call, &fortigate_source, true, &fixture.failure), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "check"), 1);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 0, "/step"), "switches");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 0, "/status"), "skipped");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 0, "/field"), "device_types");
    inventory_fixture_end(&fixture);
}

/* When a scope was not read, its firewalls may have the custom field. */
static void test_incomplete(void)
{
    struct inventory_fixture fixture;

    begin(&fixture, "\"attributes\":[\"meta.nope\"]", "");
    inventory_fixture_expect(&fixture, "adom:b", FIREWALL);
    inventory_fixture_incomplete(&fixture, "adom:b", FIREWALL, REASON_devices_refused);
    CU_ASSERT_EQUAL(report(&fixture, &fortimanager_source, false), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), 0);
    inventory_fixture_end(&fixture);
}

/* More names than fit into a message. */
static void test_many(void)
{
    struct inventory_fixture fixture;
    char settings[4096] = "\"attributes\":[\"name\"";
    const char *message;

    for (int i = 10; i < 30; i++) {
        size_t size = strlen(settings);

        (void)snprintf(settings + size, sizeof(settings) - size,
                       ",\"meta.a custom field of many letters %d\"", i);
    }
    (void)strcat(settings, "]");
    begin(&fixture, settings, "");
    CU_ASSERT_EQUAL(report(&fixture, &fortigate_source, false), HECTOR_OK);
    message = host_value(&fixture.host, "problem", 0, "/message");
    CU_ASSERT_PTR_NOT_NULL(strstr(message, "letters 10, a custom field of many letters 11, "));
    CU_ASSERT_PTR_NOT_NULL(strstr(message, ", \xE2\x80\xA6. Untick them, or import from"));
    inventory_fixture_end(&fixture);
}

static CU_TestInfo unfilled_tests[] = {
    {"reasons", test_reasons},
    {"device types that the source lacks", test_ignored},
    {"an incomplete scope", test_incomplete},
    {"many names", test_many},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "unfilled", .pTests = unfilled_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
