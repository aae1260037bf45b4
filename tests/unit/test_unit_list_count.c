/*
 * test_unit_list_count.c - upper bounds for the numbers of managed units, for validate.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/fortimanager/run.h"

#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/run_fixture.h"
#include "lib/tap.h"
#include "sources/fortimanager/unit_list_count.h"

/* Two FortiGates in an ADOM with per-device management, one of them with two VDOMs. */
static void begin(struct run_fixture *fixture, const struct rpc_reply *script)
{
    run_fixture_begin(fixture, script);
    (void)run_fixture_fgt(fixture, "a", "gate-1", "root", true);
    (void)run_fixture_fgt(fixture, "a", "gate/2", "root", false);
    CU_ASSERT_TRUE(fmg_topology_add_vdom(&fixture->run.topology, "gate/2", "guests", "a"));
    fmg_topology_find_adom(&fixture->run.topology, "a")->per_device[SWITCH] = true;
}

static int32_t count(struct run_fixture *fixture, enum device_type type, uint64_t *ret)
{
    int32_t code = fmg_unit_lists_count(&fixture->run, type, ret, &fixture->failure);

    run_fixture_close(fixture);
    return code;
}

/* The ADOM's own table and the device databases: each unit is in one of them, or in both. */
static void test_per_device(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(OK_ROW("1"))},
        {200, RESULT(OK_ROW("4") "," OK_ROW("2") "," OK_ROW("3"))},
        {0, NULL}};
    struct run_fixture fixture;
    uint64_t units;

    begin(&fixture, script);
    CU_ASSERT_EQUAL(count(&fixture, SWITCH, &units), HECTOR_OK);
    CU_ASSERT_EQUAL(units, 1 + 4 + 2 + 3);
    CU_ASSERT_EQUAL(fixture.peer.record.count, 3);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture.peer,
                                      "{\"url\":\"/pm/config/device/gate\\\\/2/vdom/guests/"
                                      "switch-controller/managed-switch\",\"option\":[\"count\"]}"),
                    1);
    run_fixture_end(&fixture);
}

/* When a FortiGate counts more units than its database shows, its count applies. */
static void test_fgts_count_more(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(OK_ROW("0"))},
        {200, RESULT(OK_ROW("4") "," OK_ROW("0") "," OK_ROW("3"))},
        {0, NULL}};
    struct run_fixture fixture;
    uint64_t units;

    begin(&fixture, script);
    fmg_topology_find_fgt(&fixture.run.topology, "gate-1")->counted[SWITCH] = 9;
    fmg_topology_find_fgt(&fixture.run.topology, "gate/2")->counted[SWITCH] = 2;
    CU_ASSERT_EQUAL(count(&fixture, SWITCH, &units), HECTOR_OK);
    CU_ASSERT_EQUAL(units, 9 + 3);
    run_fixture_end(&fixture);
}

/* A VDOM that is gone, rows instead of a count, and a row with only its URL. */
static void test_odd_answers(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(OK_ROW("0"))},
        {200,
         RESULT(CODE_ROW("-3", "Object does not exist") "," OK_ROW("[{},{}]") ","
                                                                              "{\"url\":\"x\"}")},
        {0, NULL}};
    struct run_fixture fixture;
    uint64_t units;

    begin(&fixture, script);
    CU_ASSERT_EQUAL(count(&fixture, SWITCH, &units), HECTOR_OK);
    CU_ASSERT_EQUAL(units, 2);
    run_fixture_end(&fixture);
}

/* Without a count there is no bound. */
static void test_not_counted(void)
{
    static const struct {
        const char *row;
        int32_t code;
    } cases[] = {
        {CODE_ROW("-6", "Invalid url"), HECTOR_DATA},
        {OK_ROW("-1"), HECTOR_DATA},
        {OK_ROW("\"many\""), HECTOR_DATA},
        {OK_ROW("100000001"), HECTOR_DATA},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct buffer reply = BUFFER(KIB(2));
        struct rpc_reply script[] = {ALIVE, {200, RESULT(OK_ROW("0"))}, {200, NULL}, {0, NULL}};
        struct run_fixture fixture;
        uint64_t units;

        buffer_printf(&reply, RESULT(OK_ROW("1") ",%s," OK_ROW("1")), cases[i].row);
        script[2].body = buffer_text(&reply);
        begin(&fixture, script);
        CU_ASSERT_EQUAL(count(&fixture, SWITCH, &units), cases[i].code);
        run_fixture_end(&fixture);
        buffer_release(&reply);
    }
}

/* With central management, only the ADOM's table is counted. */
static void test_central(void)
{
    static const struct rpc_reply script[] = {ALIVE, {200, RESULT(OK_ROW("7"))}, {0, NULL}};
    struct run_fixture fixture;
    uint64_t units;

    begin(&fixture, script);
    fmg_topology_find_fgt(&fixture.run.topology, "gate-1")->counted[ACCESS_POINT] = 9;
    CU_ASSERT_EQUAL(count(&fixture, ACCESS_POINT, &units), HECTOR_OK);
    CU_ASSERT_EQUAL(units, 7);
    CU_ASSERT_EQUAL(fixture.peer.record.count, 2);
    run_fixture_end(&fixture);
}

static CU_TestInfo count_tests[] = {
    {"per-device mode", test_per_device}, {"FortiGates count more", test_fgts_count_more},
    {"odd answers", test_odd_answers},    {"not counted", test_not_counted},
    {"central mode", test_central},       CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {
        {.pName = "count", .pTests = count_tests},
        CU_SUITE_INFO_NULL,
    };

    return tap_run(suites);
}
