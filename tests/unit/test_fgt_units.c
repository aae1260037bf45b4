/*
 * test_fgt_units.c - switches and access points of a FortiGate: rows, VDOMs, pages, rights.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/fgt_fixture.h"
#include "lib/tap.h"

#define END                                                                                        \
    {                                                                                              \
        NULL, 0, NULL, NULL, 0                                                                     \
    }
#define ANSWER(path, body)                                                                         \
    {                                                                                              \
        path, 0, body, NULL, 0                                                                     \
    }
#define RIGHTS(profile) ANSWER("/web-ui/state", FGT_STATE(FGT_ADMIN(profile), FGT_FEATURES))
#define NO_STATE                                                                                   \
    {                                                                                              \
        "/web-ui/state", 404, "", NULL, 0                                                          \
    }
#define STATUS_PATH "/managed-switch/status"
#define BARE_PATH   "/managed-switch?"
#define AP_PATH     "/managed_ap"

#define SWITCH_ROW(serial, more)                                                                   \
    "{\"serial\":\"" serial "\",\"state\":\"Authorized\",\"status\":\"Connected\"" more "}"
#define AP_ROW(serial, more)                                                                       \
    "{\"serial\":\"" serial "\",\"wtp_id\":\"" serial                                              \
    "\",\"state\":\"authorized\",\"status\":\"connected\"" more "}"
#define ONE SWITCH_ROW("S124EPTQ22000001", "")
#define TWO SWITCH_ROW("S124EPTQ22000002", "")

#define SWITCHES ",\"device_types\":[\"switch\"]"
#define POINTS   ",\"device_types\":[\"access_point\"]"

/* ---- rows */

static void test_switch_row(void)
{
    static const struct fgt_answer answers[] = {
        ANSWER(
            STATUS_PATH,
            FGT_VDOMS(
                "[" SWITCH_ROW("S124EPTQ22000001",
                               ",\"name\":\"core\",\"os_version\":\"S124EP-v7.6.1-build1047,241217 "
                               "(GA)\",\"connecting_from\":\"10.255.1.2\",\"fgt_peer_intf_name\":"
                               "\"fortilink\",\"join_time\":\"Mon Apr 21 02:48:17 2025\\n\","
                               "\"vdom\":\"root\"") "]",
                "[{\"serial\":\"S124EPTQ22000002\",\"switch-id\":\"edge\",\"name\":\"\",\"status\":"
                "\"Disconnected\",\"connecting_from\":\"0.0.0.0\"}]")),
        END};
    static const struct {
        const char *serial, *attribute, *value;
    } rows[] = {
        {"S124EPTQ22000001", "name", "core"},
        {"S124EPTQ22000001", "model", "FortiSwitch-124E-POE"},
        {"S124EPTQ22000001", "firmware_version", "7.6.1"},
        {"S124EPTQ22000001", "firmware_build", "1047"},
        {"S124EPTQ22000001", "ip_address", "10.255.1.2"},
        {"S124EPTQ22000001", "fortilink_interface", "fortilink"},
        {"S124EPTQ22000001", "connection_status", "up"},
        {"S124EPTQ22000001", "managed_by", "fw-berlin"},
        {"S124EPTQ22000001", "managed_by_serials", FGT_PEER ", " FGT_SERIAL},
        {"S124EPTQ22000001", "virtual_machine", "false"},
        {"S124EPTQ22000002", "name", "edge"},
        {"S124EPTQ22000002", "connection_status", "down"},
        {"S124EPTQ22000002", "ip_address", ""},
        {"S124EPTQ22000002", "firmware_version", ""},
    };
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, SWITCHES, "", answers), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(fgt_fixture_assets(&fixture), "switch S124EPTQ22000001 root core\n"
                                                         "switch S124EPTQ22000002 shop edge");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        CU_ASSERT_STRING_EQUAL(fgt_fixture_attribute(&fixture, rows[i].serial, rows[i].attribute),
                               rows[i].value);
    }
    CU_ASSERT_EQUAL(fgt_fixture_asked(&fixture,
                                      "GET /api/v2/monitor/switch-controller/managed-switch/status?"
                                      "vdom=*&format=serial%7Cswitch-id%7Cname%7Cstate%7Cstatus%7C"
                                      "vdom%7Cowner_vdom%7Cos_version%7Cconnecting_from%7C"
                                      "fgt_peer_intf_name "),
                    1);
    fgt_fixture_end(&fixture);
}

static void test_access_point_row(void)
{
    static const struct fgt_answer answers[] = {
        ANSWER(
            AP_PATH,
            FGT_VDOMS(
                "[" AP_ROW("FP231FTF22000001",
                           ",\"name\":\"lobby\",\"is_local\":false,\"os_version\":\"FP231F-v7.0-"
                           "build0134\",\"local_ipv4_addr\":\"10.1.1.9\",\"board_mac\":"
                           "\"04:d5:90:00:00:01\",\"location\":\"Berlin\",\"join_time_raw\":"
                           "1720116300.0,\"mesh_uplink_intf_speed\":20000.0") "]",
                "[" AP_ROW("FP231FTF22000002", ",\"name\":\"\",\"local_addr\":\"10.1.1.10\"") "]")),
        END};
    static const struct {
        const char *serial, *attribute, *value;
    } rows[] = {
        {"FP231FTF22000001", "model", "FortiAP-231F"},
        {"FP231FTF22000001", "firmware_version", "7.0"},
        {"FP231FTF22000001", "firmware_build", "134"},
        {"FP231FTF22000001", "ip_address", "10.1.1.9"},
        {"FP231FTF22000001", "mac_address", "04:d5:90:00:00:01"},
        {"FP231FTF22000001", "location", "Berlin"},
        {"FP231FTF22000001", "connected_since", "2024-07-04T18:05:00Z"},
        {"FP231FTF22000002", "name", "FP231FTF22000002"},
        {"FP231FTF22000002", "ip_address", "10.1.1.10"},
    };
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, POINTS, "", answers), HECTOR_OK);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        CU_ASSERT_STRING_EQUAL(fgt_fixture_attribute(&fixture, rows[i].serial, rows[i].attribute),
                               rows[i].value);
    }
    CU_ASSERT_EQUAL(fgt_fixture_asked(&fixture, "managed_ap?vdom=*&format="), 1);
    fgt_fixture_end(&fixture);
}

/* Rows that are no asset, with the reason. */
static void test_skipped(void)
{
    static const struct {
        const char *settings, *row, *reason;
    } rows[] = {
        {SWITCHES, "{\"serial\":\"S124EPTQ22000001\",\"state\":\"Unauthorized\"}", "unauthorized"},
        {SWITCHES, "{\"serial\":\"S124EPTQ22000001\",\"state\":\"Discovered\"}", "unauthorized"},
        {SWITCHES, "{\"name\":\"no serial\",\"state\":\"Authorized\"}", "serial_unusable"},
        {SWITCHES, "{\"serial\":\"s p a c e\"}", "serial_unusable"},
        {SWITCHES, "{\"serial\":124}", "row_unnamed"},
        {SWITCHES, "{}", "row_unnamed"},
        {SWITCHES, "{\"serial\":\"FGVM00UNLICENSED\"}", "serial_unusable"},
        {SWITCHES, "{\"switch-id\":\"core-1\",\"serial\":\"\"}", "serial_unusable"},
        {SWITCHES, "{\"serial\":\"S124FP****000001\",\"state\":\"Authorized\"}", "wildcard"},
        {SWITCHES, "{\"switch-id\":\"S124FP****000001\",\"serial\":\"\"}", "wildcard"},
        {POINTS, "{\"serial\":\"FP231FTF22000001\",\"state\":\"discovered\"}", "unauthorized"},
        {POINTS, "{\"serial\":\"FP231FTF22000001\",\"state\":\"disabled\"}", "unauthorized"},
        {POINTS, "{\"wtp_id\":\"FP231F****000001\",\"state\":\"authorized\"}", "wildcard"},
        {POINTS, "{\"wtp_id\":\"FWF60FTK20000001-WIFI0\",\"serial\":\"\"}", "local_radio"},
        {POINTS, "{\"wtp_id\":\"FWF60FTK20000001\"}", "local_radio"},
        {POINTS, "{\"serial\":\"FP231FTF22000001\",\"is_local\":true}", "local_radio"},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        bool is_switch = strcmp(rows[i].settings, SWITCHES) == 0;
        char body[512], pointer[96];
        const struct fgt_answer answers[] = {ANSWER(is_switch ? STATUS_PATH : AP_PATH, body), END};
        struct fgt_fixture fixture;

        (void)snprintf(body, sizeof(body), "[%s%s%s,%s]",
                       "{\"vdom\":\"root\",\"status\":\"success\",\"results\":[", rows[i].row, "]}",
                       FGT_ENVELOPE("shop", "[]"));
        (void)snprintf(pointer, sizeof(pointer), "/device_types/%s/skipped/%s",
                       is_switch ? "switch" : "access_point", rows[i].reason);
        CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, rows[i].settings, "", answers),
                        HECTOR_OK);
        CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 0);
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "summary", 0, pointer), "1");
        CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"),
                        strcmp(rows[i].reason, "serial_unusable") == 0 ||
                                strcmp(rows[i].reason, "row_unnamed") == 0
                            ? 1
                            : 0);
        fgt_fixture_end(&fixture);
    }
}

static void test_unauthorized_included(void)
{
    static const struct fgt_answer answers[] = {
        ANSWER(STATUS_PATH,
               FGT_VDOMS("[{\"serial\":\"S124EPTQ22000001\",\"state\":\"Unauthorized\"}]", "[]")),
        END};
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, SWITCHES ",\"include\":[\"unauthorized\"]",
                                    "", answers),
                    HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(fgt_fixture_assets(&fixture),
                           "switch S124EPTQ22000001 root S124EPTQ22000001");
    fgt_fixture_end(&fixture);
}

/* ---- VDOMs */

/* A row belongs to the VDOM that it names, and counts once, however often that VDOM lists it. */
static void test_vdom_of_row(void)
{
    static const struct fgt_answer answers[] = {
        ANSWER(STATUS_PATH,
               FGT_VDOMS("[" SWITCH_ROW("S124EPTQ22000001", ",\"vdom\":\"root\"") "," SWITCH_ROW(
                             "S124EPTQ22000002", ",\"vdom\":\"shop\"") "]",
                         "[" SWITCH_ROW("S124EPTQ22000002", ",\"vdom\":\"shop\"") "," SWITCH_ROW(
                             "S124EPTQ22000001",
                             ",\"vdom\":\"root\"") "," SWITCH_ROW("S124EPTQ22000003",
                                                                  ",\"vdom\":\"hidden\"") "]")),
        END};
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, SWITCHES, "", answers), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(fgt_fixture_assets(&fixture),
                           "switch S124EPTQ22000001 root S124EPTQ22000001\n"
                           "switch S124EPTQ22000002 shop S124EPTQ22000002\n"
                           "switch S124EPTQ22000003 shop S124EPTQ22000003");
    CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), 0);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "summary", 0, "/device_types/switch/seen"),
                           "3");
    fgt_fixture_end(&fixture);
}

/* A lent switch is in two lists; it belongs to its owner's VDOM where the token sees that VDOM. */
static void test_lent(void)
{
    static const struct fgt_answer answers[] = {
        ANSWER(
            STATUS_PATH,
            FGT_VDOMS(
                "[" SWITCH_ROW(
                    "S124EPTQ22000001",
                    ",\"vdom\":\"root\",\"owner_vdom\":"
                    "\"shop\"") "," SWITCH_ROW("S124EPTQ22000003",
                                               ",\"vdom\":\"root\",\"owner_vdom\":\"hidden\"") "]",
                "[" SWITCH_ROW("S124EPTQ22000001",
                               ",\"vdom\":\"shop\",\"owner_vdom\":\"shop\"") "]")),
        END};
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, SWITCHES, "", answers), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(fgt_fixture_assets(&fixture),
                           "switch S124EPTQ22000001 shop S124EPTQ22000001\n"
                           "switch S124EPTQ22000003 root S124EPTQ22000003");
    CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), 0);
    fgt_fixture_end(&fixture);
}

/* An unknown model is replaced by its prefix, with one problem. */
static void test_unknown_model(void)
{
    static const struct fgt_answer answers[] = {
        ANSWER(STATUS_PATH,
               FGT_VDOMS("[" SWITCH_ROW("S999XYTQ22000001", "") "," SWITCH_ROW("S999XYTQ22000002",
                                                                               "") "]",
                         "[{\"serial\":\"\",\"switch-id\":\"S999ZZTQ22000003\",\"os_version\":"
                         "\"S999ZZ-v7.6.1-build1047\"}]")),
        END};
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, SWITCHES, "", answers), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(fgt_fixture_attribute(&fixture, "S999XYTQ22000001", "model"), "S999XY");
    CU_ASSERT_STRING_EQUAL(fgt_fixture_attribute(&fixture, "S999ZZTQ22000003", "model"), "S999ZZ");
    CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), 2); /* one for each prefix */
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 0, "/reason"), "model_unknown");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 0, "/severity"), "info");
    fgt_fixture_end(&fixture);
}

/* A switch whose row has no serial is looked up in the configuration. */
static void test_serial_of_configuration(void)
{
    static const struct fgt_answer answers[] = {
        ANSWER("cmdb/switch-controller",
               FGT_VDOMS("[{\"switch-id\":\"core-1\",\"sn\":\"S124EPTQ22000009\"}]",
                         "[{\"switch-id\":\"core-1\",\"sn\":\"S124EPTQ22000001\"},"
                         "{\"switch-id\":\"core-2\",\"sn\":\"\"}]")),
        ANSWER(STATUS_PATH,
               FGT_VDOMS("[" TWO "]",
                         "[{\"serial\":\"\",\"switch-id\":\"core-1\",\"status\":\"Connected\"},"
                         "{\"serial\":\"\",\"switch-id\":\"core-2\"}]")),
        END};
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, SWITCHES, "", answers), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(fgt_fixture_assets(&fixture), "switch S124EPTQ22000001 shop core-1\n"
                                                         "switch S124EPTQ22000002 root "
                                                         "S124EPTQ22000002");
    CU_ASSERT_EQUAL(host_count(&fixture.host, "skipped"), 1);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "skipped", 0, "/subject"), "core-2");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "summary", 0, "/device_types/switch/seen"),
                           "3");
    fgt_fixture_end(&fixture);
}

/* The same serial twice in one list is a duplicate, and a problem. */
static void test_twice(void)
{
    static const struct fgt_answer answers[] = {
        ANSWER(STATUS_PATH, FGT_VDOMS("[" ONE "," ONE "]", "[]")), END};
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, SWITCHES, "", answers), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 1);
    CU_ASSERT_STRING_EQUAL(
        host_value(&fixture.host, "summary", 0, "/device_types/switch/duplicates"), "1");
    CU_ASSERT_NOT_EQUAL(strlen(fgt_fixture_problem(&fixture, "duplicate_serial")), 0);
    fgt_fixture_end(&fixture);
}

/* Answers of single VDOMs; a VDOM without an answer makes its scope incomplete. */
static void test_answers(void)
{
    static const struct {
        const char *what;
        struct fgt_answer answers[4];
        const char *coverage;
    } rows[] = {
        {"a VDOM is missing, and given when it is asked by itself",
         {ANSWER("status?vdom=shop", FGT_ENVELOPE("shop", "[" TWO "]")),
          ANSWER(STATUS_PATH, "[" FGT_ENVELOPE("root", "[" ONE "]") "]"), END},
         "switch root complete 1 | switch shop complete 1"},
        {"a VDOM is missing, and refused when it is asked by itself",
         {{"status?vdom=shop", 403, FGT_ERROR("shop", "403"), NULL, 0},
          ANSWER(STATUS_PATH, "[" FGT_ENVELOPE("root", "[" ONE "]") "]"),
          END},
         "switch root complete 1 | switch shop vdom_refused 0"},
        {"a VDOM is missing, and not there when it is asked by itself",
         {{"status?vdom=shop", 404, "", NULL, 0},
          ANSWER(STATUS_PATH, "[" FGT_ENVELOPE("root", "[" ONE "]") "]"),
          END},
         "switch root complete 1 | switch shop vdom_missing 0"},
        {"a VDOM is missing, and another one answers for it",
         {ANSWER(STATUS_PATH, "[" FGT_ENVELOPE("root", "[" ONE "]") "]"), END},
         "switch root complete 1 | switch shop gate_reply_invalid 0"},
        {"a list that is none, and one when it is asked by itself",
         {ANSWER("status?vdom=shop", FGT_ENVELOPE("shop", "[" TWO "]")),
          ANSWER(STATUS_PATH, FGT_VDOMS("[" ONE "]", "{}")), END},
         "switch root complete 1 | switch shop complete 1"},
        {"a VDOM refused",
         {ANSWER(STATUS_PATH,
                 "[" FGT_ENVELOPE("root", "[" ONE "]") "," FGT_ERROR("shop", "403") "]"),
          END},
         "switch root complete 1 | switch shop vdom_refused 0"},
        {"a VDOM without a list",
         {ANSWER(STATUS_PATH,
                 "[" FGT_ENVELOPE("root", "[" ONE "]") "," FGT_ENVELOPE("shop", "{}") "]"),
          END},
         "switch root complete 1 | switch shop gate_reply_invalid 0"},
        {"results missing",
         {ANSWER(
              STATUS_PATH,
              "[" FGT_ENVELOPE("root", "[" ONE "]") ",{\"vdom\":\"shop\",\"status\":\"success\"}]"),
          END},
         "switch root complete 1 | switch shop gate_reply_invalid 0"},
        {"a VDOM that has no switch controller",
         {ANSWER(STATUS_PATH,
                 "[" FGT_ENVELOPE("root", "[" ONE "]") "," FGT_ERROR("shop", "404") "]"),
          END},
         "switch root complete 1 | switch shop complete 0"},
        {"a VDOM that is not listed is a scope as well, when it answers by itself",
         {ANSWER("status?vdom=new", FGT_ENVELOPE("new", "[" ONE "]")),
          ANSWER(STATUS_PATH, "[" FGT_ENVELOPE("root", "[]") "," FGT_ENVELOPE(
                                  "shop", "[]") "," FGT_ENVELOPE("new", "[" ONE "]") "]"),
          END},
         "switch new complete 1 | switch root complete 0 | switch shop complete 0"},
        {"a VDOM that is not listed, and that is refused, is none",
         {{"status?vdom=new", 403, FGT_ERROR("new", "403"), NULL, 0},
          ANSWER(STATUS_PATH, "[" FGT_ENVELOPE("root", "[" ONE "]") "," FGT_ENVELOPE(
                                  "shop", "[]") "," FGT_ENVELOPE("new", "[" TWO "]") "]"),
          END},
         "switch root complete 1 | switch shop complete 0"},
        {"refused for all, and given for each",
         {ANSWER("status?vdom=shop", FGT_ENVELOPE("shop", "[" TWO "]")),
          ANSWER("status?vdom=root", FGT_ENVELOPE("root", "[" ONE "]")),
          {STATUS_PATH, 403, FGT_ERROR("root", "403"), NULL, 0},
          END},
         "switch root complete 1 | switch shop complete 1"},
        {"empty, although the configuration has one",
         {ANSWER("cmdb/switch-controller",
                 FGT_VDOMS("[{\"switch-id\":\"S124EPTQ22000001\",\"fsw-wan1-admin\":\"enable\"}]",
                           "[{\"switch-id\":\"S124EPTQ22000002\",\"fsw-wan1-admin\":"
                           "\"discovered\"},{\"switch-id\":\"S124EPTQ22000003\","
                           "\"fsw-wan1-admin\":\"enable\",\"pre-provisioned\":1},7]")),
          ANSWER(STATUS_PATH, FGT_VDOMS("[]", "[]")), END},
         "switch root gate_roster_empty 0 | switch shop complete 0"},
        {"empty, and the configuration counts what it does not list",
         {ANSWER("cmdb/switch-controller",
                 "[{\"results\":[],\"matched_count\":3,\"vdom\":\"shop\"," FGT_TAIL "]"),
          ANSWER(STATUS_PATH, FGT_VDOMS("[]", "[]")), END},
         "switch root complete 0 | switch shop gate_roster_empty 0"},
        {"empty, and the configuration refused",
         {{"cmdb/switch-controller", 403, FGT_ERROR("root", "403"), NULL, 0},
          ANSWER(STATUS_PATH, FGT_VDOMS("[]", "[]")),
          END},
         "switch root complete 0 | switch shop complete 0"},
        {"one envelope that names no VDOM, of two",
         {ANSWER(STATUS_PATH, "{\"status\":\"success\",\"results\":[" ONE "]}"), END},
         "switch root gate_reply_invalid 0 | switch shop gate_reply_invalid 0"},
        {"404 on both paths: no switch controller",
         {{STATUS_PATH, 404, "", NULL, 0}, {BARE_PATH, 404, "", NULL, 0}, END},
         "switch root complete 0 | switch shop complete 0"},
        {"404 in every envelope of both paths",
         {ANSWER(STATUS_PATH, "[" FGT_ERROR("root", "404") "," FGT_ERROR("shop", "404") "]"),
          ANSWER(BARE_PATH, FGT_ERROR("root", "404")), END},
         "switch root complete 0 | switch shop complete 0"},
        {"the older path",
         {{STATUS_PATH, 404, "", NULL, 0},
          ANSWER(BARE_PATH, FGT_VDOMS("[" ONE "]", "[" TWO "]")),
          END},
         "switch root complete 1 | switch shop complete 1"},
        {"refused as a whole",
         {{STATUS_PATH, 403, "<html>403</html>", NULL, 0}, END},
         "switch root right_missing 0 | switch shop right_missing 0"},
        {"the token is refused now",
         {{STATUS_PATH, 401, "<html>401</html>", NULL, 0}, END},
         "switch root gate_call_refused 0 | switch shop gate_call_refused 0"},
        {"lost",
         {{STATUS_PATH, FGT_LOST, NULL, NULL, 0}, END},
         "switch root connection_broken 0 | switch shop connection_broken 0"},
        {"a server error that stays",
         {{STATUS_PATH, 502, "<html>502</html>", NULL, 0}, END},
         "switch root server_error 0 | switch shop server_error 0"},
        {"a server error once",
         {{STATUS_PATH, 502, "<html>502</html>", NULL, 1},
          ANSWER(STATUS_PATH, FGT_VDOMS("[" ONE "]", "[]")),
          END},
         "switch root complete 1 | switch shop complete 0"},
        {"a web page",
         {{STATUS_PATH, 200, "<html>login</html>", NULL, 0}, END},
         "switch root gate_reply_invalid 0 | switch shop gate_reply_invalid 0"},
        {"broken off",
         {{STATUS_PATH, 200, "[{\"results\":[", NULL, 0}, END},
         "switch root gate_reply_invalid 0 | switch shop gate_reply_invalid 0"},
        {"empty once",
         {{STATUS_PATH, 0, FGT_VDOMS("[]", "[]"), NULL, 1},
          ANSWER(STATUS_PATH, FGT_VDOMS("[" ONE "]", "[" TWO "]")),
          END},
         "switch root complete 1 | switch shop complete 1"},
        {"a web page once",
         {{STATUS_PATH, 200, "<html>login</html>", NULL, 1},
          ANSWER(STATUS_PATH, FGT_VDOMS("[" ONE "]", "[]")),
          END},
         "switch root complete 1 | switch shop complete 0"},
        {"no format= here",
         {{"&format=", 400, FGT_ERROR("root", "400"), NULL, 0},
          ANSWER(STATUS_PATH, FGT_VDOMS("[" ONE "]", "[" TWO "]")),
          END},
         "switch root complete 1 | switch shop complete 1"},
        {"error 500 with and without format=",
         {{STATUS_PATH, 500, FGT_ERROR("root", "500"), NULL, 0}, END},
         "switch root gate_read_failed 0 | switch shop gate_read_failed 0"},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct fgt_fixture fixture;
        int32_t code = fgt_fixture_run(&fixture, sync_run, SWITCHES, "", rows[i].answers);

        if (strcmp(fgt_fixture_coverage(&fixture), rows[i].coverage) != 0) {
            printf("# %s: %s\n", rows[i].what, fgt_fixture_coverage(&fixture));
        }
        CU_ASSERT_STRING_EQUAL(fgt_fixture_coverage(&fixture), rows[i].coverage);
        CU_ASSERT_EQUAL(code >= 0, fgt_fixture_delivered(&fixture));
        fgt_fixture_end(&fixture);
    }
}

/* ---- rights */

/* A list proves nothing without the right to read it, nor when it is empty and the right is
 * unknown. */
static void test_rights(void)
{
    static const struct {
        const char *what;
        struct fgt_answer answers[4];
        const char *coverage;
    } rows[] = {
        {"an empty list without the right",
         {RIGHTS("\"wifi\":\"none\",\"secfabgrp\":\"read\",\"sysgrp\":\"read\""), END},
         "switch root right_missing 0 | switch shop right_missing 0"},
        {"a trimmed list without the right is delivered",
         {RIGHTS("\"wifi\":\"none\",\"secfabgrp\":\"read\",\"sysgrp\":\"read\""),
          ANSWER(STATUS_PATH, FGT_VDOMS("[" ONE "]", "[]")), END},
         "switch root right_missing 1 | switch shop right_missing 0"},
        {"403 that names a VDOM, without the right",
         {RIGHTS("\"wifi\":\"none\",\"secfabgrp\":\"read\",\"sysgrp\":\"read\""),
          {STATUS_PATH, 403, FGT_ERROR("root", "403"), NULL, 0},
          END},
         "switch root right_missing 0 | switch shop right_missing 0"},
        {"404 on both paths without the right",
         {RIGHTS("\"wifi\":\"none\",\"secfabgrp\":\"read\",\"sysgrp\":\"read\""),
          {STATUS_PATH, 404, "", NULL, 0},
          {BARE_PATH, 404, "", NULL, 0},
          END},
         "switch root right_missing 0 | switch shop right_missing 0"},
        {"an empty list, and the profile is unknown",
         {NO_STATE, END},
         "switch root rights_unknown 0 | switch shop rights_unknown 0"},
        {"the profile lacks the group that is looked for",
         {RIGHTS("\"secfabgrp\":\"read\""), END},
         "switch root rights_unknown 0 | switch shop rights_unknown 0"},
        {"a list with something in it, and the profile is unknown",
         {NO_STATE, ANSWER(STATUS_PATH, FGT_VDOMS("[" ONE "]", "[]")), END},
         "switch root complete 1 | switch shop rights_unknown 0"},
        {"404 on both paths, and the profile is unknown",
         {NO_STATE, {STATUS_PATH, 404, "", NULL, 0}, {BARE_PATH, 404, "", NULL, 0}, END},
         "switch root complete 0 | switch shop complete 0"},
        {"switched off in the VDOM that says so: empty is empty there, whatever the right",
         {ANSWER("/web-ui/state",
                 FGT_STATE(FGT_ADMIN("\"wifi\":\"none\""), "{\"switch-controller\":false}")),
          END},
         "switch root complete 0 | switch shop right_missing 0"},
        {"super_admin, whose profile names no group",
         {ANSWER("/web-ui/state",
                 FGT_STATE("{\"profile\":{\"name\":\"super_admin\"},\"super_admin\":true,"
                           "\"vdoms\":[\"root\",\"shop\"]}",
                           FGT_FEATURES)),
          END},
         "switch root complete 0 | switch shop complete 0"},
        {"a VDOM that only the profile names",
         {ANSWER("status?vdom=*&format", "[" FGT_ENVELOPE("root", "[]") "]"),
          {"status?vdom=shop", 404, "", NULL, 0},
          ANSWER("/system/status?vdom", FGT_ENVELOPE("root", FGT_STATUS)),
          END},
         "switch root complete 0 | switch shop vdom_missing 0"},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct fgt_fixture fixture;

        (void)fgt_fixture_run(&fixture, sync_run, SWITCHES, "", rows[i].answers);
        if (strcmp(fgt_fixture_coverage(&fixture), rows[i].coverage) != 0) {
            printf("# %s: %s\n", rows[i].what, fgt_fixture_coverage(&fixture));
        }
        CU_ASSERT_STRING_EQUAL(fgt_fixture_coverage(&fixture), rows[i].coverage);
        fgt_fixture_end(&fixture);
    }
}

/* ---- pages, here of 500 rows */

#define PAGE 500

/* Access points `first` to `last` of a VDOM, as an envelope. */
static void put_rows(struct buffer *out, const char *vdom, int first, int last)
{
    buffer_printf(out, "{\"vdom\":\"%s\",\"status\":\"success\",\"results\":[", vdom);
    for (int i = first; i <= last; i++) {
        buffer_printf(out,
                      "%s{\"wtp_id\":\"FP231FTF%c%07d\",\"serial\":\"FP231FTF%c%07d\",\"status\":"
                      "\"connected\"}",
                      i > first ? "," : "", vdom[0] & ~0x20, i, vdom[0] & ~0x20, i);
    }
    buffer_append_text(out, "]}");
}

/* The answers to a query for all VDOMs, to the query after it for further rows, and to each
 * page. */
struct pages {
    struct buffer all, behind, pages[4], shop;
    int32_t behind_status;
    struct fgt_answer answers[9];
};

static void put_all(struct buffer *out, int first, int last)
{
    buffer_append_text(out, "[");
    put_rows(out, "root", first, last);
    buffer_append_text(out, ",");
    put_rows(out, "shop", 1, 1);
    buffer_append_text(out, "]");
}

static void pages_begin(struct pages *pages)
{
    *pages = (struct pages){
        .all = BUFFER(MIB(1)),
        .behind = BUFFER(MIB(1)),
        .pages = {BUFFER(MIB(1)), BUFFER(MIB(1)), BUFFER(MIB(1)), BUFFER(MIB(1))},
        .shop = BUFFER(MIB(1)),
    };
    put_rows(&pages->shop, "shop", 1, 1);
}

/* `starts`: where the second, third and fourth page begin; shop has one row. */
static void check_pages(struct pages *pages, const int starts[3], const char *coverage,
                        const char *assets)
{
    static char paths[3][32];
    const struct fgt_answer answers[] = {
        {"managed_ap?vdom=*&start=", pages->behind_status, buffer_text(&pages->behind), NULL, 0},
        {"managed_ap?vdom=*", 0, buffer_text(&pages->all), NULL, 0},
        {"vdom=root&start=0&", 0, buffer_text(&pages->pages[0]), NULL, 0},
        {paths[0], 0, buffer_text(&pages->pages[1]), NULL, 0},
        {paths[1], 0, buffer_text(&pages->pages[2]), NULL, 0},
        {paths[2], 0, buffer_text(&pages->pages[3]), NULL, 0},
        {"vdom=shop&start=0&", 0, buffer_text(&pages->shop), NULL, 0},
        END,
    };
    struct fgt_fixture fixture;
    const char *found;

    for (size_t i = 0; i < 3; i++) {
        (void)snprintf(paths[i], sizeof(paths[i]), "vdom=root&start=%d&", starts[i]);
    }
    memcpy(pages->answers, answers, sizeof(answers));
    (void)fgt_fixture_run(&fixture, sync_run, POINTS, "", pages->answers);
    found = fgt_fixture_coverage(&fixture);
    if (strcmp(found, coverage) != 0) {
        printf("# %s\n", found);
    }
    CU_ASSERT_STRING_EQUAL(found, coverage);
    CU_ASSERT_STRING_EQUAL(
        host_value(&fixture.host, "summary", 0, "/device_types/access_point/assets"), assets);
    fgt_fixture_end(&fixture);
    buffer_release(&pages->all);
    buffer_release(&pages->behind);
    for (size_t i = 0; i < 4; i++) {
        buffer_release(&pages->pages[i]);
    }
    buffer_release(&pages->shop);
}

static const int FULL_PAGES[3] = {PAGE - 1, 2 * PAGE - 2, 1199};

/* 1,200 rows in root, of which an answer for all VDOMs shows 500: each VDOM is read separately. */
static void test_pages(void)
{
    struct pages pages;

    pages_begin(&pages);
    put_all(&pages.all, 1, PAGE);
    put_rows(&pages.behind, "root", PAGE, 2 * PAGE - 1);
    put_rows(&pages.pages[0], "root", 1, PAGE);
    put_rows(&pages.pages[1], "root", PAGE, 2 * PAGE - 1);
    put_rows(&pages.pages[2], "root", 2 * PAGE - 1, 1200);
    put_rows(&pages.pages[3], "root", 1200, 1200);
    check_pages(&pages, FULL_PAGES,
                "access_point root complete 1200 | access_point shop complete 1", "1201");
}

/* Pages are shorter than requested: the list ends where a page brings nothing new. */
static void test_short_pages(void)
{
    static const int starts[3] = {99, 198, 249};
    struct pages pages;

    pages_begin(&pages);
    put_all(&pages.all, 1, 100);
    put_rows(&pages.behind, "root", 100, 199);
    put_rows(&pages.pages[0], "root", 1, 100);
    put_rows(&pages.pages[1], "root", 100, 199);
    put_rows(&pages.pages[2], "root", 199, 250);
    put_rows(&pages.pages[3], "root", 250, 250);
    check_pages(&pages, starts, "access_point root complete 250 | access_point shop complete 1",
                "251");
}

/* The list fills one page: the query for further rows returns its last row again, all of it, or an
 * error. */
static void test_exact_page(void)
{
    static const int32_t statuses[] = {0, 0, 400, 404, 405, 500};

    for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
        struct pages pages;

        pages_begin(&pages);
        pages.behind_status = statuses[i];
        put_all(&pages.all, 1, PAGE);
        put_rows(&pages.behind, "root", i == 0 ? PAGE : 1, PAGE);
        check_pages(&pages, FULL_PAGES,
                    "access_point root complete 500 | access_point shop complete 1", "501");
    }
}

/* Rows vanish between pages, repeatedly: the rows that came are delivered, and the change is
 * reported. */
static void test_shift(void)
{
    struct pages pages;

    pages_begin(&pages);
    put_all(&pages.all, 1, PAGE);
    put_rows(&pages.behind, "root", PAGE, PAGE + 9);
    put_rows(&pages.pages[0], "root", 1, PAGE);
    put_rows(&pages.pages[1], "root", PAGE + 1, PAGE + 9);
    check_pages(&pages, FULL_PAGES,
                "access_point root table_changed 509 | access_point shop complete 1", "510");
    /* The page after the first is empty. */
    pages_begin(&pages);
    put_all(&pages.all, 1, PAGE);
    put_rows(&pages.behind, "root", PAGE, PAGE + 1);
    put_rows(&pages.pages[0], "root", 1, PAGE);
    put_rows(&pages.pages[1], "root", 1, 0);
    check_pages(&pages, FULL_PAGES,
                "access_point root table_changed 501 | access_point shop complete 1", "502");
}

/* The page of another VDOM is not accepted for the requested one. */
static void test_page_of_another(void)
{
    struct pages pages;

    pages_begin(&pages);
    put_all(&pages.all, 1, PAGE);
    put_rows(&pages.behind, "root", PAGE, PAGE + 1);
    put_rows(&pages.pages[0], "main", 1, 3);
    check_pages(&pages, FULL_PAGES,
                "access_point root gate_reply_invalid 501 | access_point shop complete 1", "502");
}

/* Too large as a whole: each VDOM separately, in shrinking pages. */
static void test_too_large(void)
{
    static char large[9 * 1024 * 1024];
    static const char head[] = "[{\"vdom\":\"root\",\"x\":\"";
    struct fgt_answer answers[] = {
        {"managed_ap?vdom=*", 0, large, NULL, 0},
        {"vdom=root&start=0&count=500&", 0, large, NULL, 0},
        ANSWER("vdom=root&start=0&count=250&",
               FGT_ENVELOPE("root", "[" AP_ROW("FP231FTF22000001", "") "]")),
        {"vdom=shop", 0, large, NULL, 0},
        END,
    };
    struct fgt_fixture fixture;

    memset(large, 'a', sizeof(large) - 1);
    memcpy(large, head, sizeof(head) - 1);
    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, POINTS, "", answers), HECTOR_PARTIAL);
    CU_ASSERT_STRING_EQUAL(fgt_fixture_coverage(&fixture),
                           "access_point root complete 1 | access_point shop reply_too_large 0");
    fgt_fixture_end(&fixture);
}

static CU_TestInfo unit_tests[] = {
    {"a switch", test_switch_row},
    {"an access point", test_access_point_row},
    {"rows that are no asset", test_skipped},
    {"unauthorised ones where they are wanted", test_unauthorized_included},
    {"the VDOM of a row", test_vdom_of_row},
    {"lent to another VDOM", test_lent},
    {"the serial of the configuration", test_serial_of_configuration},
    {"an unknown model", test_unknown_model},
    {"twice in one list", test_twice},
    {"answers of VDOMs", test_answers},
    {"rights", test_rights},
    {"pages", test_pages},
    {"short pages", test_short_pages},
    {"exactly a page", test_exact_page},
    {"rows that move", test_shift},
    {"a page of another VDOM", test_page_of_another},
    {"too large", test_too_large},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{"managed units", NULL, NULL, NULL, NULL, unit_tests},
                             CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
