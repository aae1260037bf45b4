/*
 * test_status_cache.c - FortiManager's status cache of access points, in every form.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/fortimanager/status_cache.h"

#include <CUnit/CUnit.h>

#include "lib/run_fixture.h"
#include "lib/tap.h"
#include "json/json_read.h"

#define SERIAL "FP231FTF20000001"

static void test_needed(void)
{
    static const struct {
        const char *settings;
        bool needed;
    } cases[] = {
        {"", false},
        {",\"attributes\":[\"ip_address\"]", true},
        {",\"attributes\":[\"mac_address\"]", true},
        {",\"attributes\":[\"location\"]", true},
        /* Attributes from the unit list, or only from the FortiGates, need no cache. */
        {",\"attributes\":[\"name\",\"connection_status\",\"firmware_version\"]", false},
        {",\"attributes\":[\"ip_address\"],\"device_types\":[\"firewall\",\"switch\"]", false},
        {",\"attributes\":[\"ip_address\"],\"live_status\":\"when_needed\"", true},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct buffer request = BUFFER(KIB(1));
        struct test_host host;

        buffer_printf(&request, "{\"settings\":{\"url\":\"1.2.3.4\"%s}}", cases[i].settings);
        host_begin(&host);
        host_settings(&host, buffer_text(&request));
        CU_ASSERT_EQUAL(fmg_status_cache_needed(&host.settings), cases[i].needed);
        host_end(&host);
        buffer_release(&request);
    }
}

static void read(const char *json, struct overlay *overlay)
{
    struct json_object *data = json_tokener_parse(json);

    *overlay = (struct overlay){.max_bytes = OVERLAY_MAX};
    CU_ASSERT_TRUE(fmg_status_cache_read(data, overlay));
    json_object_put(data);
}

/* Recorded rows have their data as JSON text; a newer release may send an object. */
static void test_forms_of_data(void)
{
    static const char *const rows[] = {
        "[{\"data\":\"{ \\\"wtp_id\\\": \\\"" SERIAL "\\\", \\\"location\\\": \\\"Lobby\\\", "
        "\\\"connection_state\\\": \\\"Connected\\\", \\\"local_ip\\\": \\\"192.0.2.9\\\", "
        "\\\"board_mac\\\": \\\"94:f3:92:00:00:01\\\" }\",\"dev\":\"EMEA/Gate 1\",\"sn\":\"" SERIAL
        "\",\"type\":\"fap\",\"vdom\":\"root\"}]",
        "[{\"data\":{\"wtp_id\":\"" SERIAL "\",\"location\":\"Lobby\",\"connection_state\":"
        "\"connected\",\"local_ip\":\"192.0.2.9\",\"board_mac\":\"94:f3:92:00:00:01\"},"
        "\"dev\":\"EMEA/Gate 1\",\"sn\":\"" SERIAL "\"}]",
        /* without sn, the id counts */
        "[{\"data\":{\"wtp_id\":\"" SERIAL "\",\"location\":\"Lobby\",\"connection_state\":"
        "\"Connected\",\"local_ip\":\"192.0.2.9\",\"board_mac\":\"94:f3:92:00:00:01\"},"
        "\"dev\":\"EMEA/Gate 1\"}]",
        "[{\"data\":\"{\\\"wtp_id\\\":\\\"" SERIAL "\\\",\\\"location\\\":\\\"Lobby\\\","
        "\\\"connection_state\\\":\\\"Connected\\\",\\\"local_ip\\\":\\\"192.0.2.9\\\","
        "\\\"board_mac\\\":\\\"94:f3:92:00:00:01\\\"}\",\"dev\":\"EMEA/Gate 1\",\"sn\":\"\"}]",
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        static const char fgt[] = "EMEA/Gate 1";
        struct overlay overlay;

        read(rows[i], &overlay);
        CU_ASSERT_EQUAL(overlay.packed.count, 1);
        CU_ASSERT_STRING_EQUAL(overlay_report(&overlay, fgt, SERIAL, ATTRIBUTE_ip_address),
                               "192.0.2.9");
        CU_ASSERT_STRING_EQUAL(overlay_report(&overlay, fgt, SERIAL, ATTRIBUTE_mac_address),
                               "94:f3:92:00:00:01");
        CU_ASSERT_STRING_EQUAL(overlay_report(&overlay, fgt, SERIAL, ATTRIBUTE_location), "Lobby");
        CU_ASSERT_STRING_EQUAL(overlay_report(&overlay, fgt, SERIAL, ATTRIBUTE_connection_status),
                               "up");
        /* A unit of the same serial at another FortiGate does not match. */
        CU_ASSERT_STRING_EQUAL(overlay_report(&overlay, "gate-2", SERIAL, ATTRIBUTE_ip_address),
                               "-");
        overlay_release(&overlay);
    }
}

static void test_unknown_values(void)
{
    struct overlay overlay;

    read("[{\"data\":{\"location\":\"\",\"connection_state\":\"Disconnected\",\"local_ip\":"
         "\"0.0.0.0\",\"board_mac\":\"00:00:00:00:00:00\"},\"dev\":\"gate-1\",\"sn\":\"" SERIAL
         "\"}]",
         &overlay);
    CU_ASSERT_STRING_EQUAL(overlay_report(&overlay, "gate-1", SERIAL, ATTRIBUTE_ip_address), "-");
    CU_ASSERT_STRING_EQUAL(overlay_report(&overlay, "gate-1", SERIAL, ATTRIBUTE_mac_address), "-");
    CU_ASSERT_STRING_EQUAL(overlay_report(&overlay, "gate-1", SERIAL, ATTRIBUTE_location), "-");
    CU_ASSERT_STRING_EQUAL(overlay_report(&overlay, "gate-1", SERIAL, ATTRIBUTE_connection_status),
                           "down");
    overlay_release(&overlay);
    read("[{\"data\":{\"connection_state\":\"Unknown\"},\"sn\":\"" SERIAL "\"}]", &overlay);
    CU_ASSERT_STRING_EQUAL(overlay_report(&overlay, NULL, SERIAL, ATTRIBUTE_connection_status),
                           "-");
    overlay_release(&overlay);
}

/* A broken row is skipped; those after it are read. */
static void test_broken_rows(void)
{
    static const char *const rows[] = {
        "\"{ \\\"wtp_id\\\": \"", "\"\"", "\"[]\"", "\"NaN\"", "null", "[]", "7", "\"{} {}\"",
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buffer json = BUFFER(KIB(1));
        struct overlay overlay;

        buffer_printf(&json,
                      "[{\"data\":%s,\"dev\":\"g\",\"sn\":\"FP231FTF20000009\"},"
                      "{\"data\":%s,\"dev\":\"g\",\"sn\":\"not a serial\"},"
                      "{\"data\":%s,\"dev\":\"g\"},"
                      "{\"data\":{\"local_ip\":\"192.0.2.9\"},\"dev\":\"g\",\"sn\":\"" SERIAL
                      "\"}]",
                      rows[i], rows[i], rows[i]);
        read(buffer_text(&json), &overlay);
        CU_ASSERT_STRING_EQUAL(overlay_report(&overlay, "g", SERIAL, ATTRIBUTE_ip_address),
                               "192.0.2.9");
        CU_ASSERT_STRING_EQUAL(
            overlay_report(&overlay, "g", "FP231FTF20000009", ATTRIBUTE_ip_address), "-");
        overlay_release(&overlay);
        buffer_release(&json);
    }
}

static void test_no_rows(void)
{
    static const char *const answers[] = {"[]", "{}", "null", "\"text\"", "[null,7,\"x\",[]]"};

    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
        struct overlay overlay;

        read(answers[i], &overlay);
        CU_ASSERT_EQUAL(overlay.packed.count, 0);
        overlay_release(&overlay);
    }
}

static CU_TestInfo cache_tests[] = {
    {"needed", test_needed},
    {"data as text and as an object", test_forms_of_data},
    {"unknown values", test_unknown_values},
    {"broken rows", test_broken_rows},
    {"no rows", test_no_rows},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "status cache", .pTests = cache_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
