/*
 * test_serial_search.c - renamed switches without `sn`: their FortiGates know the serials.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/fortimanager/unit_lists.h"

#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/run_fixture.h"
#include "lib/tap.h"
#include "sources/fortimanager/scopes.h"

#define FOUND "S124EPTQ20000001"
#define RENAMED(id)                                                                                \
    "{\"name\":\"" id "\",\"switch-id\":\"" id "\",\"state\":\"enable\",\"status\":\"connected\"," \
    "\"platform\":\"FortiSwitch-124E-POE\",\"sn\":\"\","                                           \
    "\"scope member\":[{\"name\":\"gate-1\",\"vdom\":\"v1\"}]}"
#define TABLE         OK_ROW("[" RENAMED("core-sw.1") "]")
#define IN_DATABASE   OK_ROW("[{\"switch-id\":\"core-sw.1\",\"name\":\"x\",\"sn\":\"" FOUND "\"}]")
#define IN_DATABASE_2 OK_ROW("[{\"switch-id\":\"other\",\"sn\":\"S124EPTQ20000009\"},7,{}]")
#define PROXIED                                                                                    \
    OK_ROW("[{\"response\":[{\"results\":[{\"switch-id\":\"core-sw.1\",\"serial\":\"" FOUND        \
           "\"}],\"status\":\"success\"}],\"status\":{\"code\":0,\"message\":\"OK\"},"             \
           "\"target\":\"gate-1\"}]")
#define PROXIED_FAILS                                                                              \
    OK_ROW("[{\"status\":{\"code\":-1,\"message\":\"No tunnel\"},\"target\":\"gate-1\"}]")

static void begin(struct run_fixture *fixture, const struct rpc_reply *script, bool proxied,
                  bool connected)
{
    run_fixture_begin(fixture, script);
    (void)run_fixture_fgt(fixture, "root", "gate-1", "v1", connected);
    fixture->peer.host.settings.device_types[FIREWALL] = false;
    fixture->peer.host.settings.device_types[ACCESS_POINT] = false;
    fixture->peer.host.settings.chosen[CHOICE_live_status_when_needed] = proxied;
    CU_ASSERT_EQUAL(
        inventory_expect(fixture->run.inventory, "adom:root", SWITCH, &fixture->failure),
        HECTOR_OK);
}

static void read(struct run_fixture *fixture, size_t requests)
{
    struct unit_lists unit_lists;
    int32_t code = fmg_unit_lists_open(&unit_lists, &fixture->run, &fixture->failure);

    code = code == HECTOR_OK ? fmg_unit_lists_read(&unit_lists, &fixture->failure) : code;
    code = code == HECTOR_OK ? fmg_scopes_end(&fixture->run, &fixture->failure) : code;
    fmg_unit_lists_close(&unit_lists);

    run_fixture_close(fixture);
    CU_ASSERT_EQUAL(fixture->peer.record.count, 1 + requests);
    CU_ASSERT_EQUAL(inventory_finish(fixture->run.inventory, code, &fixture->failure), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture->peer.host, "coverage", 0, "/complete"), "true");
}

static void expect_found(const struct run_fixture *fixture)
{
    const struct test_host *host = &fixture->peer.host;

    CU_ASSERT_EQUAL(host_count(host, "asset"), 1);
    CU_ASSERT_STRING_EQUAL(host_value(host, "asset", 0, "/sync_key"), FOUND);
    CU_ASSERT_STRING_EQUAL(host_value(host, "asset", 0, "/title"), "core-sw.1");
    CU_ASSERT_STRING_EQUAL(host_value(host, "asset", 0, "/scope"), "adom:root");
    CU_ASSERT_STRING_EQUAL(host_value(host, "asset", 0, "/manager/name"), "gate-1");
    CU_ASSERT_EQUAL(host_count(host, "skipped"), 0);
    CU_ASSERT_EQUAL(host_count(host, "problem"), 0);
    CU_ASSERT_STRING_EQUAL(host_value(host, "summary", 0, "/device_types/switch/seen"), "1");
}

static void expect_skipped(const struct run_fixture *fixture)
{
    const struct test_host *host = &fixture->peer.host;

    CU_ASSERT_EQUAL(host_count(host, "asset"), 0);
    CU_ASSERT_EQUAL(host_count(host, "skipped"), 1);
    CU_ASSERT_STRING_EQUAL(host_value(host, "skipped", 0, "/reason"), "serial_unusable");
    CU_ASSERT_EQUAL(host_count(host, "problem"), 1); /* only serial_unusable */
}

static void test_in_the_database(void)
{
    static const struct rpc_reply script[] = {
        ALIVE, {200, RESULT(TABLE)}, {200, RESULT(IN_DATABASE)}, {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script, true, true);
    read(&fixture, 2);
    expect_found(&fixture);
    CU_ASSERT_PTR_NOT_NULL(
        strstr(rpc_record_body(&fixture.peer.record, 2),
               "{\"url\":\"/pm/config/device/gate-1/vdom/v1/switch-controller/managed-switch\","
               "\"fields\":[\"name\",\"switch-id\",\"sn\"],\"loadsub\":0}"));
    run_fixture_end(&fixture);
}

static void test_at_the_fgt(void)
{
    static const struct rpc_reply script[] = {ALIVE,
                                              {200, RESULT(TABLE)},
                                              {200, RESULT(IN_DATABASE_2)},
                                              {200, RESULT(PROXIED)},
                                              {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script, true, true);
    read(&fixture, 3);
    expect_found(&fixture);
    run_fixture_end(&fixture);
}

/* Not found: one `skipped` document; failures of the search are no problem that would return every
 * night. */
static void test_nowhere(void)
{
    static const struct rpc_reply fails[] = {ALIVE,
                                             {200, RESULT(TABLE)},
                                             {200, RESULT(IN_DATABASE_2)},
                                             {200, RESULT(PROXIED_FAILS)},
                                             {0, NULL}};
    static const struct rpc_reply lacks[] = {ALIVE,
                                             {200, RESULT(TABLE)},
                                             {200, RESULT(CODE_ROW("-3", "no such object"))},
                                             {200, RESULT(CODE_ROW("-3", "no such object"))},
                                             {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, fails, true, true);
    read(&fixture, 3);
    expect_skipped(&fixture);
    run_fixture_end(&fixture);
    begin(&fixture, lacks, false, true); /* repeated without the fields; no FortiGate is queried */
    read(&fixture, 3);
    expect_skipped(&fixture);
    run_fixture_end(&fixture);
    begin(&fixture, lacks, true, false); /* the FortiGate is not connected */
    read(&fixture, 3);
    expect_skipped(&fixture);
    run_fixture_end(&fixture);
}

/* Several switches of one VDOM: one table, and one proxied query. */
static void test_one_table(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(OK_ROW("[" RENAMED("core-sw.1") "," RENAMED("core-sw.2") "]"))},
        {200, RESULT(IN_DATABASE)},
        {200, RESULT(PROXIED)},
        {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script, true, true);
    read(&fixture, 3);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "asset"), 1);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "skipped"), 1);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "skipped", 0, "/subject"),
                           "core-sw.2 (gate-1)");
    run_fixture_end(&fixture);
}

/* On a version where switches cannot be renamed, no search takes place. */
static void test_old_version(void)
{
    static const struct rpc_reply script[] = {ALIVE, {200, RESULT(TABLE)}, {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script, true, true);
    fixture.run.version = FMG_VERSION(7, 2, 9);
    read(&fixture, 1);
    expect_skipped(&fixture);
    run_fixture_end(&fixture);
}

/* When the tables are read again, switches renamed since then are searched, too. */
static void test_read_again(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(TABLE)},
        {200, RESULT(IN_DATABASE)},
        {200, RESULT(OK_ROW("[" RENAMED("core-sw.1") "," RENAMED("core-sw.2") "]"))},
        {200, RESULT(OK_ROW("[{\"switch-id\":\"core-sw.1\",\"sn\":\"" FOUND "\"},"
                            "{\"switch-id\":\"core-sw.2\",\"sn\":\"S124EPTQ20000002\"}]"))},
        {0, NULL}};
    struct run_fixture fixture;
    struct unit_lists unit_lists;
    struct fgt *fgt;
    int32_t code;

    begin(&fixture, script, true, true);
    fgt = fmg_topology_find_fgt(&fixture.run.topology, "gate-1");
    fgt->counted[SWITCH] = 2;
    fgt->counts = true;
    code = fmg_unit_lists_open(&unit_lists, &fixture.run, &fixture.failure);
    code = code == HECTOR_OK ? fmg_unit_lists_read(&unit_lists, &fixture.failure) : code;
    inventory_read_again(fixture.run.inventory, true);
    fgt->listed[SWITCH] = 0;
    code = code == HECTOR_OK ? fmg_unit_lists_read(&unit_lists, &fixture.failure) : code;
    code = code == HECTOR_OK ? fmg_scopes_end(&fixture.run, &fixture.failure) : code;
    fmg_unit_lists_close(&unit_lists);
    run_fixture_close(&fixture);
    CU_ASSERT_EQUAL(fixture.peer.record.count, 5);
    CU_ASSERT_EQUAL(inventory_finish(fixture.run.inventory, code, &fixture.failure), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "asset"), 2);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "skipped"), 0);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "problem"), 0);
    run_fixture_end(&fixture);
}

/* Many rows of one VDOM: not all of them are in memory as trees at the same time. */
static void test_many(void)
{
    struct buffer table = BUFFER(MIB(1)), database = BUFFER(MIB(1));
    struct rpc_reply script[] = {ALIVE, {200, NULL}, {200, NULL}, {200, NULL}, {0, NULL}};
    struct run_fixture fixture;

    buffer_append_text(&table, "{\"result\":[{\"status\":{\"code\":0},\"data\":[");
    buffer_append_text(&database, "{\"result\":[{\"status\":{\"code\":0},\"data\":[");
    for (int i = 0; i < 1500; i++) {
        buffer_printf(
            &table,
            "%s{\"name\":\"core-sw.%d\",\"switch-id\":\"core-sw.%d\",\"state\":\"enable\","
            "\"status\":\"connected\",\"platform\":\"FortiSwitch-124E-POE\",\"sn\":\"\","
            "\"scope member\":[{\"name\":\"gate-1\",\"vdom\":\"v1\"}],\"padding\":\"%060d\"}",
            i > 0 ? "," : "", i, i, i);
        buffer_printf(&database, "%s{\"switch-id\":\"core-sw.%d\",\"sn\":\"S124EPTQ2%07d\"}",
                      i > 0 ? "," : "", i, i);
    }
    buffer_append_text(&table, "]}]}");
    buffer_append_text(&database, "]}]}");
    script[1].body = buffer_text(&table);
    script[2].body = script[3].body = buffer_text(&database);
    begin(&fixture, script, false, true);
    read(&fixture, 3);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "asset"), 1500);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "skipped"), 0);
    run_fixture_end(&fixture);
    buffer_release(&table);
    buffer_release(&database);
}

static CU_TestInfo search_tests[] = {
    {"in the device database", test_in_the_database},
    {"at the FortiGate", test_at_the_fgt},
    {"nowhere", test_nowhere},
    {"one table", test_one_table},
    {"an old version", test_old_version},
    {"read again", test_read_again},
    {"many rows", test_many},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {
        {.pName = "search", .pTests = search_tests},
        CU_SUITE_INFO_NULL,
    };

    return tap_run(suites);
}
