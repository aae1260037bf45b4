/*
 * test_fortios.c - FortiOS's answers on switches and access points, release by release.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/fortios/fortios.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "base/buffer.h"
#include "base/limits.h"
#include "lib/tap.h"

static void test_versions(void)
{
    static const struct {
        const char *text, *version; /* "" = none */
        int64_t build;
    } cases[] = {
        {"S124EP-v7.6.1-build1047,241217 (GA)", "7.6.1", 1047},
        {"S524DF-v6.4.2-build425,200629 (GA)", "6.4.2", 425},
        {"FP321C-v6.4-build0460", "6.4", 460},
        {"FP231F-v7.0", "7.0", 0},
        {"FP231F-v7.0-build", "7.0", 0},
        {"", "", 0},
        {"7.6.1", "", 0},
        {"S124EP-version 7", "", 0},
        {"S124EP-v", "", 0},
        {"S124EP-v7.111111111111111111111111111111", "", 0}, /* too long for the buffer */
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct json_object *row = json_object_new_object();
        struct column_texts texts;
        struct device unit;

        json_object_object_add(row, "serial", json_object_new_string("S124EPTF20000001"));
        json_object_object_add(row, "os_version", json_object_new_string(cases[i].text));
        CU_ASSERT_TRUE(fortios_row(row, SWITCH, &texts, &unit));
        const struct value *version = &unit.values[ATTRIBUTE_firmware_version];
        const struct value *build = &unit.values[ATTRIBUTE_firmware_build];
        CU_ASSERT_STRING_EQUAL(version->kind == VALUE_TEXT ? version->text : "", cases[i].version);
        CU_ASSERT_EQUAL(build->kind == VALUE_INTEGER ? build->number : 0, cases[i].build);
        json_object_put(row);
    }
}

/* "serial_number=S1 firmware_build=425 ... connected", or "-" for no unit. */
static void say(struct json_object *row, enum device_type type, struct buffer *out)
{
    struct column_texts texts;
    struct device unit;

    if (!fortios_row(row, type, &texts, &unit)) {
        buffer_append_text(out, "-");
        return;
    }
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        const struct value *value = &unit.values[i];

        if (value->kind == VALUE_TEXT) {
            buffer_printf(out, "%s=%s ", attribute_info((enum attribute)i)->id, value->text);
        } else if (value->kind != VALUE_NONE) {
            buffer_printf(out, "%s=%" PRId64 " ", attribute_info((enum attribute)i)->id,
                          value->number);
        }
    }
    buffer_append_text(out, unit.connected ? "connected" : "not connected");
}

struct row_case {
    const char *json, *said;
};

static void check_rows(enum device_type type, const struct row_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct json_object *row = json_tokener_parse(cases[i].json);
        struct buffer out = BUFFER(KIB(4));

        CU_ASSERT_PTR_NOT_NULL_FATAL(row);
        say(row, type, &out);
        CU_ASSERT_STRING_EQUAL(buffer_text(&out), cases[i].said);
        buffer_release(&out);
        json_object_put(row);
    }
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void test_switch_rows(void)
{
    static const struct row_case cases[] = {
        /* 6.2 and 6.4: `name`, no switch-id */
        {"{\"serial\":\"S524DF4K15000024\",\"name\":\"core\",\"os_version\":"
         "\"S524DF-v6.4.2-build425,200629 (GA)\",\"connecting_from\":\"10.0.0.2\","
         "\"fgt_peer_intf_name\":\"fortilink\",\"state\":\"Authorized\",\"status\":\"Connected\"}",
         "serial_number=S524DF4K15000024 firmware_version=6.4.2 firmware_build=425 "
         "ip_address=10.0.0.2 connection_status=up fortilink_interface=fortilink connected"},
        /* 7.4 and later: `switch-id` */
        {"{\"serial\":\"S124EPTQ20000001\",\"switch-id\":\"floor-2\",\"os_version\":"
         "\"S124EP-v7.6.1-build1047,241217 (GA)\",\"connecting_from\":\"0.0.0.0\","
         "\"fgt_peer_intf_name\":\"\",\"state\":\"Authorized\",\"status\":\"Idle\"}",
         "serial_number=S124EPTQ20000001 firmware_version=7.6.1 firmware_build=1047 "
         "connection_status=down not connected"},
        /* the FortiGate has never seen it */
        {"{\"serial\":\"S124EPTQ20000001\",\"os_version\":\"\",\"status\":\"Disconnected\"}",
         "serial_number=S124EPTQ20000001 connection_status=down not connected"},
        {"{\"serial\":\"S124EPTQ20000001\",\"status\":\"unknown\"}",
         "serial_number=S124EPTQ20000001 not connected"},
        {"{\"serial\":\"S124EPTQ20000001\"}", "serial_number=S124EPTQ20000001 not connected"},
        {"{\"serial\":\"S124EPTQ20000001\",\"connecting_from\":\"::\",\"status\":\"\"}",
         "serial_number=S124EPTQ20000001 not connected"},
        {"{\"serial\":\"S124EPTQ20000001\",\"connecting_from\":\"fe80::1\",\"status\":"
         "\"CONNECTED\",\"join_time_raw\":1}",
         "serial_number=S124EPTQ20000001 ip_address=fe80::1 connection_status=up connected"},
        /* no unit */
        {"{\"serial\":\"\",\"name\":\"S124EPTQ20000001\"}", "-"},
        {"{\"serial\":\"short\",\"switch-id\":\"S124EPTQ20000001\"}", "-"},
        {"{\"serial\":\"FGVM00UNLICENSED\"}", "-"},
        /* `switch-id` in place of a missing serial: needs a known prefix, or the same prefix in the
         * firmware */
        {"{\"serial\":\"\",\"switch-id\":\"S124EPTQ20000001\"}",
         "serial_number=S124EPTQ20000001 not connected"},
        {"{\"switch-id\":\"S999XYTQ20000001\",\"os_version\":\"S999XY-v7.6.1-build1047\"}",
         "serial_number=S999XYTQ20000001 firmware_version=7.6.1 firmware_build=1047 not connected"},
        {"{\"switch-id\":\"S999XYTQ20000001\",\"os_version\":\"S124EP-v7.6.1-build1047\"}", "-"},
        {"{\"switch-id\":\"S999XYTQ20000001\",\"os_version\":\"\"}", "-"},
        {"{\"switch-id\":\"FP231FTF20000001\"}", "-"},
        {"{\"serial\":\"\",\"sn\":\"S999XYTQ20000001\",\"switch-id\":\"core-1\"}",
         "serial_number=S999XYTQ20000001 not connected"},
        {"{\"sn\":\"?\",\"switch-id\":\"S124EPTQ20000001\"}", "-"},
        {"{\"serial\":7}", "-"},
        {"{}", "-"},
        {"[]", "-"},
    };

    check_rows(SWITCH, cases, COUNT(cases));
}

static void test_access_point_rows(void)
{
    static const struct row_case cases[] = {
        /* 6.4 to 7.4: local_ipv4_addr */
        {"{\"serial\":\"FP231FTF20000001\",\"wtp_id\":\"FP231FTF20000001\",\"name\":\"lobby\","
         "\"os_version\":\"FP231F-v7.0-build0134\",\"local_ipv4_addr\":\"192.168.1.2\","
         "\"connecting_from\":\"10.1.1.1\",\"board_mac\":\"94:f3:92:00:00:01\",\"location\":"
         "\"Lobby\",\"status\":\"connected\",\"join_time_raw\":1700000000,\"is_local\":false}",
         "serial_number=FP231FTF20000001 firmware_version=7.0 firmware_build=134 "
         "ip_address=192.168.1.2 mac_address=94:f3:92:00:00:01 connection_status=up "
         "location=Lobby connected_since=1700000000 connected"},
        /* 7.6: local_addr */
        {"{\"serial\":\"FP231FTF20000001\",\"local_addr\":\"192.168.1.3\",\"status\":"
         "\"offline\",\"join_time_raw\":0}",
         "serial_number=FP231FTF20000001 ip_address=192.168.1.3 connection_status=down "
         "not connected"},
        /* 6.4.5 reported neither address nor MAC, although the access points were connected */
        {"{\"serial\":\"FP321CTF20000001\",\"local_ipv4_addr\":\"0.0.0.0\",\"connecting_from\":"
         "\"10.1.1.1\",\"board_mac\":\"00:00:00:00:00:00\",\"location\":\"\",\"status\":"
         "\"connected\",\"join_time_raw\":4294967295}",
         "serial_number=FP321CTF20000001 ip_address=10.1.1.1 connection_status=up connected"},
        {"{\"serial\":\"FP321CTF20000001\",\"local_ipv4_addr\":\"0.0.0.0\",\"local_addr\":"
         "\"0.0.0.0\",\"connecting_from\":\"0.0.0.0\"}",
         "serial_number=FP321CTF20000001 not connected"},
        /* wtp_id where serial is missing */
        {"{\"wtp_id\":\"FP231FTF20000002\",\"status\":\"disconnected\"}",
         "serial_number=FP231FTF20000002 connection_status=down not connected"},
        /* the radio of a FortiWiFi itself, and a row that is no unit */
        {"{\"serial\":\"FWF60FTK20000001\",\"wtp_id\":\"FWF60FTK20000001-WIFI0\",\"is_local\":"
         "true,\"status\":\"connected\"}",
         "-"},
        {"{\"serial\":\"FP231F****000001\"}", "-"},
        {"{\"serial\":\"junk serial?\"}", "-"},
    };

    check_rows(ACCESS_POINT, cases, COUNT(cases));
}

static void gather(void *context, struct json_object *row)
{
    const char *text = json_object_get_string(row);

    buffer_append_text(context, text);
    buffer_append_text(context, ";");
}

#define ENVELOPE(vdom, rows)                                                                       \
    "{\"http_method\":\"GET\",\"results\":" rows ",\"vdom\":\"" vdom                               \
    "\",\"status\":\"success\",\"build\":2795,\"version\":\"v7.4.8\"}"
#define NOT_FOUND "{\"http_method\":\"GET\",\"http_status\":404,\"status\":\"error\"}"

static void test_envelopes(void)
{
    static const struct {
        const char *json, *rows;
        bool success, not_found;
    } cases[] = {
        {ENVELOPE("root", "[1,2]"), "1;2;", true, false},
        {ENVELOPE("root", "[]"), "", true, false},
        {ENVELOPE("root", "{}"), "", true, false},
        /* vdom=*: one envelope a VDOM */
        {"[" ENVELOPE("root", "[1]") "," ENVELOPE("dmz", "[2,3]") "]", "1;2;3;", true, false},
        {"[" ENVELOPE("root", "[1]") "," NOT_FOUND "]", "1;", false, true},
        {"[" ENVELOPE("root", "[1]") ",{\"http_status\":403,\"status\":\"error\"}]", "1;", false,
         false},
        {"[]", "", false, false},
        {NOT_FOUND, "", false, true},
        {"{\"http_status\":200,\"status\":\"success\",\"results\":[1]}", "1;", true, false},
        {"{\"results\":[1]}", "1;", true, false}, /* as recorded from FortiOS 6.2 */
        {"{\"status\":\"error\",\"results\":[1]}", "", false, false},
        {"{\"http_status\":500,\"status\":\"success\",\"results\":[1]}", "", false, false},
        {"{}", "", false, false},
        {"null", "", false, false},
        {"\"text\"", "", false, false},
        {"[null,7]", "", false, false},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct json_object *reply = json_tokener_parse(cases[i].json);
        struct buffer rows = BUFFER(KIB(1));
        bool not_found = !cases[i].not_found;

        CU_ASSERT_EQUAL(fortios_each(reply, gather, &rows, &not_found), cases[i].success);
        CU_ASSERT_EQUAL(not_found, cases[i].not_found);
        CU_ASSERT_STRING_EQUAL(buffer_text(&rows), cases[i].rows);
        buffer_release(&rows);
        json_object_put(reply);
    }
}

/* Ports and radios are 4 to 23 KB a row: the request names every member that is read, and no
 * others. */
static CU_TestInfo fortios_tests[] = {
    {"versions", test_versions},
    {"switches", test_switch_rows},
    {"access points", test_access_point_rows},
    {"envelopes", test_envelopes},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "FortiOS", .pTests = fortios_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
