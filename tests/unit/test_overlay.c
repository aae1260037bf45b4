/*
 * test_overlay.c - values of a second reading replace those that the first one listed.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/overlay.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "base/limits.h"
#include "lib/run_fixture.h"
#include "lib/tap.h"

#define SERIAL "FP231FTF20000001"

static struct device unit(const char *serial, const char *ip, bool connected)
{
    struct device device = {.type = ACCESS_POINT, .connected = connected};

    device_set_text(&device, ATTRIBUTE_serial_number, serial);
    device_set_text(&device, ATTRIBUTE_ip_address, ip);
    return device;
}

static void put(struct overlay *overlay, const char *fgt, const char *serial, const char *ip,
                bool connected)
{
    struct device device = unit(serial, ip, connected);

    CU_ASSERT_TRUE(overlay_put(overlay, fgt, &device));
}

static void test_merge(void)
{
    struct device listed = unit(SERIAL, "192.0.2.1", false), reported = unit(SERIAL, NULL, true);
    struct overlay overlay;

    listed.manager = reported.manager = "gate-1";
    listed.title = "lobby";
    device_set_text(&listed, ATTRIBUTE_location, "Lobby");
    device_set_text(&listed, ATTRIBUTE_connection_status, "down");
    device_set_text(&reported, ATTRIBUTE_connection_status, "up");
    device_set_integer(&reported, ATTRIBUTE_firmware_build, 634);
    overlay = (struct overlay){.max_bytes = OVERLAY_MAX};
    CU_ASSERT_TRUE(overlay_put(&overlay, "gate-1", &reported));
    overlay_merge(&overlay, &listed);
    /* Known values replace, unknown ones leave the former value. */
    CU_ASSERT_STRING_EQUAL(listed.values[ATTRIBUTE_ip_address].text, "192.0.2.1");
    CU_ASSERT_STRING_EQUAL(listed.values[ATTRIBUTE_location].text, "Lobby");
    CU_ASSERT_STRING_EQUAL(listed.values[ATTRIBUTE_connection_status].text, "up");
    CU_ASSERT_EQUAL(listed.values[ATTRIBUTE_firmware_build].number, 634);
    CU_ASSERT_TRUE(listed.connected);
    CU_ASSERT_STRING_EQUAL(listed.title, "lobby");
    overlay_release(&overlay);
}

/* An overlay without a connection status leaves the listed one. */
static void test_connection_not_reported(void)
{
    struct device listed = unit(SERIAL, NULL, true);
    struct overlay overlay;

    overlay = (struct overlay){.max_bytes = OVERLAY_MAX};
    put(&overlay, NULL, SERIAL, "192.0.2.1", false);
    overlay_merge(&overlay, &listed);
    CU_ASSERT_TRUE(listed.connected);
    CU_ASSERT_STRING_EQUAL(listed.values[ATTRIBUTE_ip_address].text, "192.0.2.1");
    overlay_release(&overlay);
}

/* A unit at two FortiGates: each reports its own values. */
static void test_by_fgt(void)
{
    struct overlay overlay;

    overlay = (struct overlay){.max_bytes = OVERLAY_MAX};
    put(&overlay, "gate-1", SERIAL, "192.0.2.1", true);
    put(&overlay, "gate-2", SERIAL, "192.0.2.2", false);
    put(&overlay, NULL, SERIAL, "192.0.2.3", false);
    CU_ASSERT_STRING_EQUAL(overlay_report(&overlay, "gate-1", SERIAL, ATTRIBUTE_ip_address),
                           "192.0.2.1");
    CU_ASSERT_STRING_EQUAL(overlay_report(&overlay, "gate-2", SERIAL, ATTRIBUTE_ip_address),
                           "192.0.2.2");
    CU_ASSERT_STRING_EQUAL(overlay_report(&overlay, NULL, SERIAL, ATTRIBUTE_ip_address),
                           "192.0.2.3");
    CU_ASSERT_STRING_EQUAL(overlay_report(&overlay, "gate-3", SERIAL, ATTRIBUTE_ip_address), "-");
    CU_ASSERT_STRING_EQUAL(
        overlay_report(&overlay, "gate-1", "FP231FTF20000002", ATTRIBUTE_ip_address), "-");
    overlay_release(&overlay);
}

/* Of two records at one FortiGate, as in two VDOMs, the connected one stays, otherwise the
 * later. */
static void test_twice_at_a_fgt(void)
{
    static const struct {
        bool first, second;
        const char *ip;
    } cases[] = {{true, false, "192.0.2.1"},
                 {false, true, "192.0.2.2"},
                 {true, true, "192.0.2.2"},
                 {false, false, "192.0.2.2"}};

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct overlay overlay;

        overlay = (struct overlay){.max_bytes = OVERLAY_MAX};
        put(&overlay, "gate/1", SERIAL, "192.0.2.1", cases[i].first);
        put(&overlay, "gate/1", SERIAL, "192.0.2.2", cases[i].second);
        CU_ASSERT_STRING_EQUAL(overlay_report(&overlay, "gate/1", SERIAL, ATTRIBUTE_ip_address),
                               cases[i].ip);
        CU_ASSERT_EQUAL(overlay.packed.count, 1);
        overlay_release(&overlay);
    }
}

static void test_nothing(void)
{
    struct overlay overlay;

    overlay = (struct overlay){.max_bytes = OVERLAY_MAX};
    CU_ASSERT_STRING_EQUAL(overlay_report(&overlay, "gate-1", SERIAL, ATTRIBUTE_ip_address), "-");
    CU_ASSERT_STRING_EQUAL(overlay_report(&overlay, "gate-1", SERIAL, ATTRIBUTE_serial_number),
                           SERIAL);
    overlay_release(&overlay);
}

/* Beyond OVERLAY_MAX further units are left out, which is reported; known ones are still
 * updated. */
static void test_full(void)
{
    enum { MANY = 100000 };
    struct device listed = unit("FP231FTF00000000", NULL, false);
    char serial[SERIAL_MAX + 1] = "";
    char text[2001] = "";
    size_t before;
    struct overlay overlay;
    int count = 0;

    overlay = (struct overlay){.max_bytes = OVERLAY_MAX};
    for (; count < MANY && !overlay.full; count++) {
        (void)snprintf(serial, sizeof(serial), "FP231FTF%08d", count);
        put(&overlay, "gate-1", serial, "192.0.2.1", false);
    }
    CU_ASSERT_TRUE(count > 10000 && count < MANY);
    CU_ASSERT_TRUE(overlay_bytes(&overlay) >= OVERLAY_MAX);
    CU_ASSERT_TRUE(overlay_bytes(&overlay) < OVERLAY_MAX + KIB(64));
    CU_ASSERT_STRING_EQUAL(overlay_report(&overlay, "gate-1", serial, ATTRIBUTE_ip_address), "-");
    put(&overlay, "gate-1", "FP231FTF00000000", "192.0.2.2", true);
    listed.manager = "gate-1";
    overlay_merge(&overlay, &listed);
    CU_ASSERT_STRING_EQUAL(listed.values[ATTRIBUTE_ip_address].text, "192.0.2.2");
    /* Longer values are not stored: they would take more memory. */
    memset(text, 'x', sizeof(text) - 1);
    device_set_text(&listed, ATTRIBUTE_location, text);
    before = overlay_bytes(&overlay);
    CU_ASSERT_TRUE(overlay_put(&overlay, "gate-1", &listed));
    CU_ASSERT_EQUAL(overlay_bytes(&overlay), before);
    overlay_release(&overlay);
    CU_ASSERT_EQUAL(overlay_bytes(&overlay), 0);
}

static CU_TestInfo overlay_tests[] = {
    {"merge", test_merge},
    {"the connection is not reported", test_connection_not_reported},
    {"each FortiGate reports its own", test_by_fgt},
    {"twice at a FortiGate", test_twice_at_a_fgt},
    {"nothing", test_nothing},
    {"full", test_full},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "overlay", .pTests = overlay_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
