/*
 * test_fgt_changes.c - a FortiGate that changes while it is read, and lists that prove too little.
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
#define TIMES(path, body, times)                                                                   \
    {                                                                                              \
        path, 0, body, NULL, times                                                                 \
    }
#define ABSENT(path)                                                                               \
    {                                                                                              \
        path, 404, "", NULL, 0                                                                     \
    }
#define ROW(serial, more)                                                                          \
    "{\"serial\":\"" serial "\",\"wtp_id\":\"" serial "\",\"status\":\"connected\"" more "}"
#define ONE    ROW("S124EPTQ22000001", "")
#define TWO    ROW("S124EPTQ22000002", "")
#define POINT  ROW("FP231FTF22000001", "")
#define RIGHTS FGT_ADMIN(FGT_RIGHTS)

/* Answers of another FortiGate. */
#define STRANGER "FGT60FTK99999999"
#define OF(unit, vdom, results)                                                                    \
    "{\"http_method\":\"GET\",\"results\":" results ",\"vdom\":\"" vdom                            \
    "\",\"status\":\"success\",\"serial\":\"" unit "\",\"version\":\"v7.4.8\",\"build\":2795}"
#define BOTH_OF(unit, root, shop) "[" OF(unit, "root", root) "," OF(unit, "shop", shop) "]"
#define THREE(root, shop, new)                                                                     \
    "[" FGT_ENVELOPE("root", root) "," FGT_ENVELOPE("shop", shop) "," FGT_ENVELOPE("new", new) "]"
#define RENAMED(root, new) "[" FGT_ENVELOPE("root", root) "," FGT_ENVELOPE("new", new) "]"
#define PEERS(serial)                                                                              \
    FGT_ENVELOPE("root", "[{\"serial_no\":\"" serial "\",\"hostname\":\"" serial "\"}]")

#define STATUS       "/system/status?vdom"
#define LIST         "/managed-switch/status"
#define POINTS_LIST  "/managed_ap"
#define TABLE        "/cmdb/switch-controller"
#define POINTS_TABLE "/cmdb/wireless-controller"

#define SWITCHES ",\"device_types\":[\"switch\"]"
#define POINTS   ",\"device_types\":[\"access_point\"]"
#define UNITS    ",\"device_types\":[\"switch\",\"access_point\"]"

struct row {
    const char *what, *settings;
    struct fgt_answer answers[10];
    const char *coverage, *assets;
};

static void check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct fgt_fixture fixture;
        int32_t code = fgt_fixture_run(&fixture, sync_run, rows[i].settings, "", rows[i].answers);

        if (strcmp(fgt_fixture_coverage(&fixture), rows[i].coverage) != 0) {
            printf("# %s: %s\n", rows[i].what, fgt_fixture_coverage(&fixture));
        }
        CU_ASSERT_STRING_EQUAL(fgt_fixture_coverage(&fixture), rows[i].coverage);
        if (rows[i].assets != NULL) {
            if (strcmp(fgt_fixture_assets(&fixture), rows[i].assets) != 0) {
                printf("# %s: %s\n", rows[i].what, fgt_fixture_assets(&fixture));
            }
            CU_ASSERT_STRING_EQUAL(fgt_fixture_assets(&fixture), rows[i].assets);
        }
        CU_ASSERT_EQUAL(code >= 0, fgt_fixture_delivered(&fixture));
        fgt_fixture_end(&fixture);
    }
}

#define CHECK(rows) check_rows(rows, sizeof(rows) / sizeof((rows)[0]))

/* ---- an empty list, and the configuration of the same VDOM */

#define ENTRY(id, more) "{\"switch-id\":\"" id "\",\"fsw-wan1-admin\":\"enable\"" more "}"
#define HALF_EMPTY      ANSWER(LIST, FGT_VDOMS("[" ONE "]", "[]"))
#define SHOP_HAS(entry) ANSWER(TABLE, FGT_VDOMS("[]", "[" entry "]"))
#define WHOLE           "switch root complete 1 | switch shop complete 0"
#define SHOP_EMPTY      "switch root complete 1 | switch shop gate_roster_empty 0"

static void test_empty(void)
{
    static const struct row rows[] = {
        {"a unit",
         SWITCHES,
         {HALF_EMPTY, SHOP_HAS(ENTRY("S124EPTQ22000002", "")), END},
         SHOP_EMPTY,
         NULL},
        {"a unit with a free name",
         SWITCHES,
         {HALF_EMPTY, SHOP_HAS(ENTRY("core-1", ",\"sn\":\"S124EPTQ22000002\"")), END},
         SHOP_EMPTY,
         NULL},
        {"none", SWITCHES, {HALF_EMPTY, ANSWER(TABLE, FGT_VDOMS("[]", "[]")), END}, WHOLE, NULL},
        {"no unit: a free name, a wildcard, one in advance, one of the owner, one not authorised",
         SWITCHES,
         {HALF_EMPTY,
          SHOP_HAS(ENTRY("core-1", "") "," ENTRY("S124FP****000001", "") "," ENTRY(
              "S124EPTQ22000003",
              ",\"pre-provisioned\":1") "," ENTRY("S124EPTQ22000001",
                                                  ",\"owner-vdom\":\"root\"") ",{\"switch-id\":"
                                                                              "\"S124EPTQ22000004\""
                                                                              ",\"fsw-wan1-admin\":"
                                                                              "\"discovered\"}"),
          END},
         WHOLE,
         NULL},
        {"of another VDOM",
         SWITCHES,
         {HALF_EMPTY, ANSWER(TABLE, FGT_VDOMS("[" ENTRY("S124EPTQ22000002", "") "]", "[]")), END},
         "switch root gate_roster_short 1 | switch shop complete 0",
         NULL},
        {"empty once",
         SWITCHES,
         {TIMES(LIST, FGT_VDOMS("[" ONE "]", "[]"), 1),
          ANSWER(LIST, FGT_VDOMS("[" ONE "]", "[" TWO "]")),
          SHOP_HAS(ENTRY("S124EPTQ22000002", "")), END},
         "switch root complete 1 | switch shop complete 1",
         NULL},
        {"empty once, and the configuration refused",
         SWITCHES,
         {TIMES(LIST, FGT_VDOMS("[" ONE "]", "[]"), 1),
          ANSWER(LIST, FGT_VDOMS("[" ONE "]", "[" TWO "]")),
          {TABLE, 403, "<html>403</html>", NULL, 0},
          END},
         "switch root complete 1 | switch shop complete 1",
         NULL},
        {"no controller, says the list, and the configuration has a unit",
         SWITCHES,
         {ABSENT(LIST), ABSENT("monitor/switch-controller/managed-switch?"),
          SHOP_HAS(ENTRY("S124EPTQ22000002", "")), END},
         "switch root complete 0 | switch shop gate_roster_empty 0",
         NULL},
        {"no controller once",
         SWITCHES,
         {{LIST, 404, "", NULL, 1},
          {"monitor/switch-controller/managed-switch?", 404, "", NULL, 0},
          ANSWER(LIST, FGT_VDOMS("[]", "[" TWO "]")),
          SHOP_HAS(ENTRY("S124EPTQ22000002", "")),
          END},
         "switch root complete 0 | switch shop complete 1",
         NULL},
        {"switched off in root, and in shop is a unit",
         SWITCHES,
         {ANSWER("/web-ui/state", FGT_STATE(RIGHTS, "{\"switch-controller\":false}")),
          SHOP_HAS(ENTRY("S124EPTQ22000002", "")), END},
         "switch root complete 0 | switch shop gate_roster_empty 0",
         NULL},
        {"an access point",
         POINTS,
         {ANSWER(POINTS_LIST, FGT_VDOMS("[" POINT "]", "[]")),
          ANSWER(POINTS_TABLE,
                 FGT_VDOMS("[]", "[{\"wtp-id\":\"FP231FTF22000002\",\"admin\":\"enable\"}]")),
          END},
         "access_point root complete 1 | access_point shop gate_roster_empty 0",
         NULL},
        {"no access point: a wildcard, and the radio of a FortiWiFi",
         POINTS,
         {ANSWER(POINTS_LIST, FGT_VDOMS("[" POINT "]", "[]")),
          ANSWER(POINTS_TABLE,
                 FGT_VDOMS("[]", "[{\"wtp-id\":\"FP231F****000001\",\"admin\":\"enable\"},"
                                 "{\"wtp-id\":\"FWF60FTK20000001-WIFI0\",\"admin\":\"enable\"}]")),
          END},
         "access_point root complete 1 | access_point shop complete 0",
         NULL},
    };

    CHECK(rows);
}

/* ---- a list with rows, and the configuration of the same VDOM */

#define IN_ROOT(entries) ANSWER(TABLE, FGT_VDOMS("[" entries "]", "[]"))
#define ENTRY_ONE        ENTRY("S124EPTQ22000001", "")
#define ENTRY_TWO        ENTRY("S124EPTQ22000002", "")
#define ROOT_SHORT       "switch root gate_roster_short 1 | switch shop complete 0"
#define ROOT_TWO         "switch root complete 2 | switch shop complete 0"
#define NAMED(more)                                                                                \
    ANSWER(LIST,                                                                                   \
           FGT_VDOMS("[" ROW("S124EPTQ22000001", ",\"name\":\"FLOOR-ONE-A\"" more) "]", "["        \
                                                                                        "]"))
#define POINT_ENTRY(id) "{\"wtp-id\":\"" id "\",\"admin\":\"enable\"}"

static void test_short(void)
{
    static const struct row rows[] = {
        {"all that is configured", SWITCHES, {HALF_EMPTY, IN_ROOT(ENTRY_ONE), END}, WHOLE, NULL},
        {"one is left out",
         SWITCHES,
         {HALF_EMPTY, IN_ROOT(ENTRY_ONE "," ENTRY_TWO), END},
         ROOT_SHORT,
         "switch S124EPTQ22000001 root S124EPTQ22000001"},
        {"one is left out once",
         SWITCHES,
         {TIMES(LIST, FGT_VDOMS("[" ONE "]", "[]"), 1),
          ANSWER(LIST, FGT_VDOMS("[" ONE "," TWO "]", "[]")), IN_ROOT(ENTRY_ONE "," ENTRY_TWO),
          END},
         ROOT_TWO,
         NULL},
        {"each list leaves out another one",
         SWITCHES,
         {TIMES(LIST, FGT_VDOMS("[" ONE "]", "[]"), 1), ANSWER(LIST, FGT_VDOMS("[" TWO "]", "[]")),
          IN_ROOT(ENTRY_ONE "," ENTRY_TWO), END},
         ROOT_TWO,
         NULL},
        {"one is left out, and the next list is none",
         SWITCHES,
         {TIMES(LIST, FGT_VDOMS("[" ONE "]", "[]"), 1),
          {LIST, 500, FGT_ERROR("root", "500"), NULL, 0},
          IN_ROOT(ENTRY_ONE "," ENTRY_TWO),
          END},
         "switch root gate_read_failed 1 | switch shop gate_read_failed 0",
         NULL},
        {"more rows than the configuration has",
         SWITCHES,
         {ANSWER(LIST, FGT_VDOMS("[" ONE "," TWO "]", "[]")), IN_ROOT(ENTRY_TWO), END},
         ROOT_TWO,
         NULL},
        {"it is listed, and not authorised",
         SWITCHES,
         {ANSWER(LIST,
                 FGT_VDOMS("[" ONE "," ROW("S124EPTQ22000002", ",\"state\":\"Discovered\"") "]",
                           "[]")),
          IN_ROOT(ENTRY_ONE "," ENTRY_TWO), END},
         ROOT_TWO,
         NULL},
        {"the configuration counts rows that it does not show",
         SWITCHES,
         {HALF_EMPTY,
          ANSWER(TABLE,
                 "[{\"results\":[" ENTRY_ONE "],\"matched_count\":3,\"vdom\":\"root\"," FGT_TAIL
                 "," FGT_ENVELOPE("shop", "[]") "]"),
          END},
         WHOLE,
         NULL},
        {"the configuration is refused",
         SWITCHES,
         {HALF_EMPTY, {TABLE, 403, "<html>403</html>", NULL, 0}, END},
         WHOLE,
         NULL},
        {"the configuration is that of another FortiGate: all is read again",
         SWITCHES,
         {HALF_EMPTY, TIMES(TABLE, BOTH_OF(STRANGER, "[" ENTRY_TWO "]", "[]"), 1),
          IN_ROOT(ENTRY_ONE), END},
         WHOLE,
         NULL},
        {"it moved to another VDOM between list and configuration",
         SWITCHES,
         {TIMES(LIST, FGT_VDOMS("[" ONE "," TWO "]", "[]"), 1),
          ANSWER(LIST, FGT_VDOMS("[" ONE "]", "[" TWO "]")),
          ANSWER(TABLE, FGT_VDOMS("[" ENTRY_ONE "]", "[" ENTRY_TWO "]")), END},
         "switch root complete 2 | switch shop complete 1",
         NULL},
        {"the configuration names it by a free name, and its serial",
         SWITCHES,
         {NAMED(""), IN_ROOT(ENTRY("FLOOR-ONE-A", ",\"sn\":\"S124EPTQ22000001\"")), END},
         WHOLE,
         NULL},
        {"by a free name that the list has as its name",
         SWITCHES,
         {NAMED(""), IN_ROOT(ENTRY("FLOOR-ONE-A", "")), END},
         WHOLE,
         NULL},
        {"by a free name that the list has as its id",
         SWITCHES,
         {NAMED(",\"switch-id\":\"FLOOR-ONE-B\""), IN_ROOT(ENTRY("FLOOR-ONE-B", ",\"sn\":\"\"")),
          END},
         WHOLE,
         NULL},
        {"the list says that another VDOM owns it, and the configuration does not",
         SWITCHES,
         {ANSWER(LIST, FGT_VDOMS("[" ROW("S124EPTQ22000001", ",\"owner_vdom\":\"shop\"") "]",
                                 "[" ROW("S124EPTQ22000001", ",\"owner_vdom\":\"shop\"") "]")),
          ANSWER(TABLE, FGT_VDOMS("[" ENTRY_ONE "]", "[" ENTRY_ONE "]")), END},
         "switch root complete 0 | switch shop complete 1",
         NULL},
        {"switched off, though it lists one: then it must list all",
         SWITCHES,
         {ANSWER("/web-ui/state", FGT_STATE(RIGHTS, "{\"switch-controller\":false}")), HALF_EMPTY,
          IN_ROOT(ENTRY_ONE "," ENTRY_TWO), END},
         ROOT_SHORT,
         NULL},
        {"switched off, and none is listed: what stands there is what once was",
         SWITCHES,
         {ANSWER("/web-ui/state", FGT_STATE(RIGHTS, "{\"switch-controller\":false}")),
          ANSWER(LIST, FGT_VDOMS("[]", "[" TWO "]")),
          ANSWER(TABLE, FGT_VDOMS("[" ENTRY_ONE "]", "[" ENTRY_TWO "]")), END},
         "switch root complete 0 | switch shop complete 1",
         NULL},
        {"an access point",
         POINTS,
         {ANSWER(POINTS_LIST, FGT_VDOMS("[" POINT "]", "[]")),
          ANSWER(POINTS_TABLE, FGT_VDOMS("[" POINT_ENTRY("FP231FTF22000001") "," POINT_ENTRY(
                                             "FP231FTF22000002") "]",
                                         "[]")),
          END},
         "access_point root gate_roster_short 1 | access_point shop complete 0",
         NULL},
    };

    CHECK(rows);
}

/* One request after each list, except where it could prove nothing. */
static void test_asked(void)
{
    static const struct {
        const char *state;
        size_t tables;
    } rows[] = {
        {FGT_STATE(RIGHTS, FGT_FEATURES), 2},
        {FGT_STATE(FGT_ADMIN("\"wifi\":\"custom\""), FGT_FEATURES), 2},
        {FGT_STATE(FGT_ADMIN("\"wifi\":\"none\""), FGT_FEATURES), 0},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct fgt_answer answers[] = {
            ANSWER("/web-ui/state", rows[i].state),
            ANSWER(LIST, FGT_VDOMS("[" ONE "]", "[" TWO "]")),
            ANSWER(POINTS_LIST, FGT_VDOMS("[" POINT "]", "[" ROW("FP231FTF22000002", "") "]")),
            ANSWER(TABLE, FGT_VDOMS("[" ENTRY_ONE "]", "[" ENTRY_TWO "]")),
            ANSWER(POINTS_TABLE, FGT_VDOMS("[" POINT_ENTRY("FP231FTF22000001") "]", "[]")),
            END};
        struct fgt_fixture fixture;

        (void)fgt_fixture_run(&fixture, sync_run, UNITS, "", answers);
        CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 4);
        CU_ASSERT_EQUAL(fgt_fixture_asked(&fixture, TABLE), rows[i].tables / 2);
        CU_ASSERT_EQUAL(fgt_fixture_asked(&fixture, POINTS_TABLE), rows[i].tables / 2);
        CU_ASSERT_EQUAL(fgt_fixture_asked(&fixture, LIST), 1);
        fgt_fixture_end(&fixture);
    }
}

/* ---- rows that are no objects */

static void test_spoiled_rows(void)
{
    static const struct row rows[] = {
        {"once",
         SWITCHES,
         {TIMES(LIST, FGT_VDOMS("[" ONE "]", "[" TWO ",null]"), 1),
          ANSWER("status?vdom=shop", FGT_ENVELOPE("shop", "[" TWO "]")), END},
         "switch root complete 1 | switch shop complete 1",
         NULL},
        {"ever",
         SWITCHES,
         {ANSWER("status?vdom=shop", FGT_ENVELOPE("shop", "[" TWO ",[],\"x\"]")),
          ANSWER(LIST, FGT_VDOMS("[" ONE "]", "[" TWO ",[],\"x\"]")), END},
         "switch root complete 1 | switch shop gate_reply_invalid 1",
         "switch S124EPTQ22000001 root S124EPTQ22000001\n"
         "switch S124EPTQ22000002 shop S124EPTQ22000002"},
    };

    CHECK(rows);
}

/* ---- VDOMs that differ from the first reading */

#define NAMELESS "{\"http_method\":\"GET\",\"results\":" FGT_STATUS "," FGT_TAIL
#define UNREADABLE_AGAIN                                                                           \
    "switch new changed_meanwhile 0 | switch root changed_meanwhile 1 | "                          \
    "switch shop changed_meanwhile 0"

static void test_vdoms(void)
{
    static const struct row rows[] = {
        {"one more",
         SWITCHES,
         {TIMES(STATUS, FGT_VDOMS(FGT_STATUS, FGT_STATUS), 1),
          ANSWER(STATUS, THREE(FGT_STATUS, FGT_STATUS, FGT_STATUS)),
          ANSWER("status?vdom=new", FGT_ENVELOPE("new", "[" TWO "]")),
          ANSWER(LIST, THREE("[" ONE "]", "[]", "[" TWO "]")), END},
         "switch new complete 1 | switch root complete 1 | switch shop complete 0",
         "switch S124EPTQ22000001 root S124EPTQ22000001\n"
         "switch S124EPTQ22000002 new S124EPTQ22000002"},
        {"one more between the lists: its switches are read",
         UNITS,
         {TIMES(STATUS, FGT_VDOMS(FGT_STATUS, FGT_STATUS), 1),
          ANSWER(STATUS, THREE(FGT_STATUS, FGT_STATUS, FGT_STATUS)),
          ANSWER("status?vdom=new", FGT_ENVELOPE("new", "[" TWO "]")),
          TIMES(LIST, FGT_VDOMS("[]", "[]"), 2), ANSWER(LIST, THREE("[]", "[]", "[" TWO "]")),
          ANSWER("managed_ap?vdom=new", FGT_ENVELOPE("new", "[]")),
          ANSWER(POINTS_LIST, THREE("[" POINT "]", "[]", "[]")), END},
         "access_point new complete 0 | access_point root complete 1 | access_point shop complete "
         "0 "
         "| switch new complete 1 | switch root complete 0 | switch shop complete 0",
         NULL},
        {"renamed before the list",
         SWITCHES,
         {TIMES(STATUS, FGT_VDOMS(FGT_STATUS, FGT_STATUS), 1),
          ANSWER(STATUS, RENAMED(FGT_STATUS, FGT_STATUS)),
          TIMES("/web-ui/state", FGT_STATE(RIGHTS, FGT_FEATURES), 1),
          ABSENT("/web-ui/state"),
          ANSWER("status?vdom=new", FGT_ENVELOPE("new", "[" TWO "]")),
          {"status?vdom=shop", 403, FGT_ERROR("shop", "403"), NULL, 0},
          ANSWER(LIST, RENAMED("[" ONE "]", "[" TWO "]")),
          END},
         "switch new complete 1 | switch root complete 1",
         NULL},
        {"renamed between the lists: what was read of it stays, and says so",
         UNITS,
         {TIMES(STATUS, FGT_VDOMS(FGT_STATUS, FGT_STATUS), 1),
          ANSWER(STATUS, RENAMED(FGT_STATUS, FGT_STATUS)),
          TIMES("/web-ui/state", FGT_STATE(RIGHTS, FGT_FEATURES), 1),
          ABSENT("/web-ui/state"),
          TIMES(LIST, FGT_VDOMS("[" ONE "]", "[" TWO "]"), 1),
          ANSWER(LIST, RENAMED("[" ONE "]", "[" TWO "]")),
          {"managed_ap?vdom=shop", 403, FGT_ERROR("shop", "403"), NULL, 0},
          ANSWER(POINTS_LIST, RENAMED("[" POINT "]", "[" ROW("FP231FTF22000002", "") "]")),
          END},
         "access_point new complete 1 | access_point root complete 1 | switch new complete 0 | "
         "switch root complete 1 | switch shop changed_meanwhile 1",
         NULL},
        {"others each time",
         SWITCHES,
         {TIMES(STATUS, FGT_VDOMS(FGT_STATUS, FGT_STATUS), 1),
          TIMES(STATUS, THREE(FGT_STATUS, FGT_STATUS, FGT_STATUS), 2),
          ANSWER(STATUS, FGT_VDOMS(FGT_STATUS, FGT_STATUS)),
          TIMES(LIST, THREE("[" ONE "]", "[" TWO "]", "[]"), 1),
          ANSWER("status?vdom=new", FGT_ENVELOPE("new", "[]")),
          ANSWER(LIST, FGT_VDOMS("[" ONE "]", "[" TWO "]")), END},
         "switch new changed_meanwhile 0 | switch root changed_meanwhile 1 | "
         "switch shop changed_meanwhile 1",
         NULL},
        {"a list shows another, and the status, which names none, cannot be read again",
         SWITCHES,
         {TIMES(STATUS, NAMELESS, 1),
          {STATUS, 404, "", NULL, 1},
          TIMES(STATUS, NAMELESS, 1),
          ABSENT(STATUS),
          ANSWER("status?vdom=new", FGT_ENVELOPE("new", "[]")),
          ANSWER(LIST, THREE("[" ONE "]", "[]", "[]")),
          END},
         UNREADABLE_AGAIN,
         NULL},
        {"the same with a server that fails",
         SWITCHES,
         {TIMES(STATUS, FGT_VDOMS(FGT_STATUS, FGT_STATUS), 1),
          {STATUS, 403, "", NULL, 1},
          TIMES(STATUS, FGT_VDOMS(FGT_STATUS, FGT_STATUS), 1),
          {STATUS, 403, "", NULL, 0},
          ANSWER("status?vdom=new", FGT_ENVELOPE("new", "[]")),
          ANSWER(LIST, THREE("[" ONE "]", "[]", "[]")),
          END},
         UNREADABLE_AGAIN,
         NULL},
    };

    CHECK(rows);
}

/* A unit that moves from an unread VDOM to one that was already read is still found. */
static void test_moved_units(void)
{
    static const struct row rows[] = {
        {"each VDOM by itself",
         SWITCHES,
         {TIMES("status?vdom=root", FGT_ENVELOPE("root", "[" ONE "]"), 1),
          ANSWER("status?vdom=root", FGT_ENVELOPE("root", "[" ONE "," TWO "]")),
          ANSWER("status?vdom=shop", FGT_ENVELOPE("shop", "[]")),
          ANSWER(TABLE, FGT_VDOMS("[]", "[]")),
          {LIST, 403, FGT_ERROR("root", "403"), NULL, 0},
          END},
         "switch root complete 2 | switch shop complete 0",
         NULL},
        {"one VDOM by itself",
         SWITCHES,
         {ANSWER("status?vdom=shop", FGT_ENVELOPE("shop", "[]")),
          ANSWER(TABLE, FGT_VDOMS("[]", "[]")),
          TIMES(LIST, "[" FGT_ENVELOPE("root", "[" ONE "]") "]", 1),
          ANSWER(LIST, FGT_VDOMS("[" ONE "," TWO "]", "[]")), END},
         "switch root complete 2 | switch shop complete 0",
         NULL},
    };

    CHECK(rows);
}

/* ---- answers of another unit */

static void test_strangers(void)
{
    static const struct row rows[] = {
        {"once",
         SWITCHES,
         {TIMES(LIST, BOTH_OF(STRANGER, "[" TWO "]", "[]"), 1),
          ANSWER("status?vdom=root", FGT_ENVELOPE("root", "[" ONE "]")),
          ANSWER("status?vdom=shop", FGT_ENVELOPE("shop", "[]")),
          ANSWER(LIST, FGT_VDOMS("[" ONE "]", "[]")), END},
         "switch root complete 1 | switch shop complete 0",
         "switch S124EPTQ22000001 root S124EPTQ22000001"},
        {"ever: nothing of theirs is taken",
         SWITCHES,
         {ANSWER("status?vdom=root", OF(STRANGER, "root", "[" TWO "]")),
          ANSWER("status?vdom=shop", OF(STRANGER, "shop", "[]")),
          ANSWER(LIST, BOTH_OF(STRANGER, "[" TWO "]", "[]")), END},
         "switch root changed_meanwhile 0 | switch shop changed_meanwhile 0",
         ""},
        {"one of the VDOMs",
         SWITCHES,
         {ANSWER("status?vdom=shop", OF(STRANGER, "shop", "[" TWO "]")),
          ANSWER(LIST,
                 "[" FGT_ENVELOPE("root", "[" ONE "]") "," OF(STRANGER, "shop", "[" TWO "]") "]"),
          END},
         "switch root changed_meanwhile 1 | switch shop changed_meanwhile 0",
         "switch S124EPTQ22000001 root S124EPTQ22000001"},
        {"from the second request on: nothing of it is taken, and no scope is whole",
         ",\"device_types\":[\"firewall\",\"switch\"]",
         {TIMES(STATUS, FGT_VDOMS(FGT_STATUS, FGT_STATUS), 1),
          ANSWER(STATUS, BOTH_OF(STRANGER, FGT_STATUS, FGT_STATUS)),
          ANSWER("/ha-peer", OF(STRANGER, "root", "[{\"serial_no\":\"" STRANGER "\"}]")),
          ANSWER("/system/csf", OF(STRANGER, "root", "{}")),
          ANSWER(LIST, BOTH_OF(STRANGER, "[" TWO "]", "[]")), END},
         "firewall gate:" FGT_SERIAL "/vdom:root changed_meanwhile 1 | "
         "firewall gate:" FGT_SERIAL "/vdom:shop changed_meanwhile 0 | "
         "switch gate:" FGT_SERIAL "/vdom:root changed_meanwhile 0 | "
         "switch gate:" FGT_SERIAL "/vdom:shop changed_meanwhile 0",
         "firewall " FGT_SERIAL " gate:" FGT_SERIAL "/vdom:root fw-berlin"},
        {"for the rights of the token",
         SWITCHES,
         {ANSWER("/web-ui/state", OF(STRANGER, "root", "{\"admin\":" RIGHTS ",\"features\":{}}")),
          ANSWER(LIST, FGT_VDOMS("[" ONE "]", "[]")), END},
         "switch root changed_meanwhile 1 | switch shop changed_meanwhile 0",
         NULL},
        {"for the members of the cluster: they are none",
         ",\"device_types\":[\"firewall\"]",
         {ABSENT("/system/csf"), ABSENT("/ha-checksums"), ABSENT("/cmdb/system/ha"),
          ANSWER("/ha-peer", OF(STRANGER, "root", "[{\"serial_no\":\"FGT60FTK88888888\"}]")), END},
         "firewall gate:" FGT_SERIAL "/vdom:root changed_meanwhile 1 | firewall gate:" FGT_SERIAL
         "/vdom:shop changed_meanwhile 0",
         "firewall " FGT_SERIAL " gate:" FGT_SERIAL "/vdom:root fw-berlin"},
    };

    CHECK(rows);
}

/* The peer takes over and may not list all units yet, so its configuration must agree. */
static void test_fail_over(void)
{
    static const struct row rows[] = {
        {"all is there",
         SWITCHES,
         {ANSWER(LIST, BOTH_OF(FGT_PEER, "[" ONE "]", "[" TWO "]")),
          ANSWER(TABLE, BOTH_OF(FGT_PEER, "[" ENTRY("S124EPTQ22000001", "") "]",
                                "[" ENTRY("S124EPTQ22000002", "") "]")),
          END},
         "switch root complete 1 | switch shop complete 1",
         NULL},
        {"all is there, the second time",
         SWITCHES,
         {TIMES(LIST, BOTH_OF(FGT_PEER, "[" ONE "]", "[]"), 1),
          ANSWER(LIST, BOTH_OF(FGT_PEER, "[" ONE "]", "[" TWO "]")),
          ANSWER(TABLE, BOTH_OF(FGT_PEER, "[" ENTRY("S124EPTQ22000001", "") "]",
                                "[" ENTRY("S124EPTQ22000002", "") "]")),
          END},
         "switch root complete 1 | switch shop complete 1",
         NULL},
        {"one is missing",
         SWITCHES,
         {ANSWER(LIST, BOTH_OF(FGT_PEER, "[" ONE "]", "[" TWO "]")),
          ANSWER(TABLE,
                 BOTH_OF(FGT_PEER,
                         "[" ENTRY("S124EPTQ22000001", "") "," ENTRY("S124EPTQ22000003", "") "]",
                         "[" ENTRY("S124EPTQ22000002", "") "]")),
          END},
         "switch root changed_meanwhile 1 | switch shop complete 1",
         NULL},
        {"the configuration cannot be read",
         SWITCHES,
         {ANSWER(LIST, BOTH_OF(FGT_PEER, "[" ONE "]", "[" TWO "]")),
          {TABLE, 403, "<html>403</html>", NULL, 0},
          END},
         "switch root changed_meanwhile 1 | switch shop changed_meanwhile 1",
         NULL},
    };

    CHECK(rows);
}

/* The member that replaces another during the run is read, and the former one stays. */
static void test_members(void)
{
    static const struct row rows[] = {
        {"a member more",
         ",\"device_types\":[\"firewall\"]",
         {ABSENT("/system/csf"), ABSENT("/ha-checksums"), ABSENT("/cmdb/system/ha"),
          TIMES("/ha-peer", PEERS(FGT_PEER), 1), ANSWER("/ha-peer", PEERS("FGT60FTK20000003")),
          END},
         "firewall root complete 3 | firewall shop complete 0",
         "firewall " FGT_PEER " root " FGT_PEER "\n"
         "firewall " FGT_SERIAL " root fw-berlin\n"
         "firewall FGT60FTK20000003 root FGT60FTK20000003"},
        {"others each time",
         ",\"device_types\":[\"firewall\"]",
         {ABSENT("/system/csf"), ABSENT("/ha-checksums"), ABSENT("/cmdb/system/ha"),
          TIMES("/ha-peer", PEERS(FGT_PEER), 1), TIMES("/ha-peer", PEERS("FGT60FTK20000003"), 2),
          ANSWER("/ha-peer", PEERS("FGT60FTK20000004")), END},
         "firewall root changed_meanwhile 3 | firewall shop changed_meanwhile 0",
         NULL},
    };

    CHECK(rows);
}

/* ---- a second reading */

/* A sync whose pauses last longer than its deadline allows. */
static int32_t run_with_long_pauses(struct operation *operation, struct json_object *request,
                                    int32_t code, struct failure *failure)
{
    const struct limits *limits = operation->limits;
    struct limits patient = *limits;

    patient.backoff_ms = patient.backoff_max_ms = 60000;
    operation->limits = &patient;
    operation->deadline_ms = clock_ms() + 2000;
    code = sync_run(operation, request, code, failure);
    operation->limits = limits;
    return code;
}

/* A FortiGate that moves, and lists that may be short, are not read again at once. */
static void test_pause(void)
{
    static const struct {
        const char *settings, *path; /* that is requested again */
        struct fgt_answer answers[4];
    } cases[] = {
        {",\"device_types\":[\"firewall\"]",
         "/web-ui/state",
         {TIMES("/ha-peer", PEERS(FGT_PEER), 1), ANSWER("/ha-peer", PEERS("FGT60FTK20000003")),
          END}},
        {SWITCHES, LIST, {HALF_EMPTY, IN_ROOT(ENTRY_ONE "," ENTRY_TWO), END}},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct fgt_fixture fixture;

        CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, run_with_long_pauses, cases[i].settings, "",
                                        cases[i].answers),
                        HECTOR_PARTIAL);
        CU_ASSERT_EQUAL(fixture.host.failure.reason, REASON_deadline_passed);
        CU_ASSERT_EQUAL(fgt_fixture_asked(&fixture, cases[i].path), 1);
        fgt_fixture_end(&fixture);
    }
}

/* ---- passing faults */

static void test_once(void)
{
    static const char *const paths[] = {STATUS,    "/web-ui/state", "/system/csf", "/ha-peer",
                                        LIST,      POINTS_LIST,     TABLE,         POINTS_TABLE,
                                        "/global?"};
    static const int32_t statuses[] = {204, 302, 304, 500};

    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        for (size_t j = 0; j < sizeof(statuses) / sizeof(statuses[0]); j++) {
            const struct fgt_answer answers[] = {
                {paths[i], statuses[j], statuses[j] == 500 ? FGT_ERROR("root", "500") : "", NULL,
                 1},
                ANSWER(LIST, FGT_VDOMS("[" ONE "]", "[]")),
                ANSWER(POINTS_LIST, FGT_VDOMS("[" POINT "]", "[]")),
                ANSWER(TABLE, FGT_VDOMS("[" ENTRY("S124EPTQ22000001", "") "]", "[]")),
                ANSWER(POINTS_TABLE, FGT_VDOMS("[]", "[]")),
                ANSWER("/global?", FGT_ENVELOPE("root", "{\"gui-device-latitude\":\"1.0\"}")),
                END};
            struct fgt_fixture fixture;

            CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, "", "", answers), HECTOR_OK);
            CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 4);
            CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), 1); /* requests_repeated */
            /* A single HTTP 500 does not mean that format= is refused: rows stay small. */
            CU_ASSERT_EQUAL(fgt_fixture_asked(&fixture, "vdom=* HTTP"),
                            i == 0 ? 2 : 1); /* the status request */
            fgt_fixture_end(&fixture);
        }
    }
}

static CU_TestInfo change_tests[] = {
    {"an empty list and its configuration", test_empty},
    {"a list that leaves units out", test_short},
    {"what is asked behind a list", test_asked},
    {"rows that are no objects", test_spoiled_rows},
    {"other VDOMs", test_vdoms},
    {"units that move", test_moved_units},
    {"another FortiGate at the address", test_strangers},
    {"a new primary", test_fail_over},
    {"other members", test_members},
    {"a pause before the second reading", test_pause},
    {"one bad answer", test_once},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{"changes", NULL, NULL, NULL, NULL, change_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
