/*
 * test_ha_members.c - clusters whose rows lack members: requested, or incomplete.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/fortimanager/run.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/run_fixture.h"
#include "lib/tap.h"
#include "sources/fortimanager/devices.h"
#include "sources/fortimanager/scopes.h"
#include "json/json_read.h"

#define FIRST  "FGT60FTK20000001"
#define SECOND "FGT60FTK20000002"
#define MEMBER(name, sn, role)                                                                     \
    "{\"name\":\"" name "\",\"sn\":\"" sn "\",\"role\":\"" role "\",\"status\":1}"
#define BOTH "[" MEMBER("fw-1", FIRST, "master") "," MEMBER("fw-2", SECOND, "slave") "]"

/* The row of a cluster. A case appends its own members; of a repeated key the last value counts. */
#define CLUSTER                                                                                    \
    "\"oid\":1,\"name\":\"core/1\",\"sn\":\"" FIRST "\",\"os_type\":\"fos\",\"conn_status\":1,"    \
    "\"mgmt_mode\":\"fmg\",\"ha_mode\":\"AP\",\"platform_str\":\"FortiGate-60F\","                 \
    "\"extra info\":{\"adom\":\"a\"},\"vdom\":[{\"name\":\"root\"}]"

struct members_fixture {
    struct run_fixture fixture;
    struct buffer table, answer;
};

/* Reads a table of one row; `answer` is the reply to the request for its members. */
static int32_t read_row(struct members_fixture *members, const char *row, int32_t status,
                        const char *answer, const char *settings)
{
    struct rpc_reply script[] = {ALIVE,          {200, NULL},    {status, NULL},
                                 {status, NULL}, {status, NULL}, {0, NULL}};
    struct run_fixture *fixture = &members->fixture;
    int32_t code;

    members->table = BUFFER(KIB(128));
    members->answer = BUFFER(KIB(8));
    buffer_append_text(&members->table, "{\"result\":[" OK_ROW("1") ",{\"data\":[{" CLUSTER ",");
    buffer_append_text(&members->table, row);
    buffer_append_text(&members->table, "}],\"status\":{\"code\":0}}," OK_ROW("1") "]}");
    buffer_append_text(&members->answer, answer);
    script[1].body = buffer_text(&members->table);
    script[2].body = script[3].body = script[4].body = buffer_text(&members->answer);
    run_fixture_begin(fixture, script);
    fixture->peer.host.settings.chosen[CHOICE_include_unauthorized] =
        strstr(settings, "unauthorized") != NULL;
    fixture->peer.host.settings.chosen[CHOICE_include_model] = strstr(settings, "model") != NULL;
    if (strstr(settings, "switch") != NULL) {
        fixture->peer.host.settings.device_types[FIREWALL] = false;
    }
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        fixture->peer.host.settings.attributes[i] = true;
    }
    code = fmg_devices_read(&fixture->run, &fixture->failure);
    run_fixture_close(fixture);
    code = code == HECTOR_OK ? fmg_scopes_end(&fixture->run, &fixture->failure) : code;
    return inventory_finish(fixture->run.inventory, code, &fixture->failure);
}

static void end(struct members_fixture *members)
{
    run_fixture_end(&members->fixture);
    buffer_release(&members->table);
    buffer_release(&members->answer);
}

static const char *value_of(const struct members_fixture *members, const char *kind, size_t nth,
                            const char *pointer)
{
    return host_value(&members->fixture.peer.host, kind, nth, pointer);
}

/* The coverage status of the ADOM's firewalls: "complete", or the reason. */
static const char *coverage(const struct members_fixture *members)
{
    const struct test_host *host = &members->fixture.peer.host;

    for (size_t i = 0; i < host_count(host, "coverage"); i++) {
        if (strcmp(host_value(host, "coverage", i, "/device_type"), "firewall") == 0) {
            return strcmp(host_value(host, "coverage", i, "/complete"), "true") == 0
                       ? "complete"
                       : host_value(host, "coverage", i, "/reason");
        }
    }
    return "none";
}

/* The row's list is absent, null, empty or invalid; the table of members decides. */
static void test_asked(void)
{
    static const char *const lists[] = {"\"desc\":\"\"",
                                        "\"ha_slave\":null",
                                        "\"ha_slave\":[]",
                                        "\"ha_slave\":{}",
                                        "\"ha_slave\":7",
                                        "\"ha_mode\":2,\"mgmt_mode\":\"fmgfaz\"",
                                        "\"ha_slave\":[null," MEMBER("fw-1", FIRST, "master") "]"};

    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        struct members_fixture members;
        const struct test_host *host = &members.fixture.peer.host;

        CU_ASSERT_EQUAL(read_row(&members, lists[i], 200, RESULT(OK_ROW(BOTH)), ""), HECTOR_OK);
        CU_ASSERT_EQUAL(members.fixture.peer.record.count, 3);
        CU_ASSERT_EQUAL(rpc_fixture_asked(&members.fixture.peer,
                                          "{\"url\":\"/dvmdb/device/core\\\\/1/ha_slave\"}"),
                        1);
        CU_ASSERT_STRING_EQUAL(coverage(&members), "complete");
        CU_ASSERT_EQUAL(host_count(host, "problem"), 0);
        CU_ASSERT_EQUAL(host_count(host, "asset"), 2);
        CU_ASSERT_STRING_EQUAL(value_of(&members, "asset", 0, "/sync_key"), FIRST);
        CU_ASSERT_STRING_EQUAL(value_of(&members, "asset", 0, "/title"), "fw-1");
        CU_ASSERT_STRING_EQUAL(value_of(&members, "asset", 0, "/scope"), "adom:a");
        CU_ASSERT_STRING_EQUAL(value_of(&members, "asset", 1, "/sync_key"), SECOND);
        CU_ASSERT_PTR_NOT_NULL(strstr(host_text(host, "asset", 1), "\"secondary\""));
        CU_ASSERT_PTR_NOT_NULL(strstr(host_text(host, "asset", 1), "\"root\""));
        CU_ASSERT_STRING_EQUAL(
            fmg_topology_find_fgt(&members.fixture.run.topology, "core/1")->serials,
            FIRST ", " SECOND);
        end(&members);
    }
}

/* Members are still missing: the cluster's own unit is delivered, and the ADOM's firewalls are
 * incomplete. */
static void test_still_missing(void)
{
    static const struct {
        int32_t status;
        const char *answer, *reason;
        size_t assets;
    } cases[] = {
        {200, RESULT(OK_ROW("null")), "members_missing", 1},
        {200, RESULT(OK_ROW("[]")), "members_missing", 1},
        {200, RESULT(OK_ROW("7")), "members_missing", 1},
        {200, RESULT(OK_ROW("[null]")), "members_missing", 1},
        {200, RESULT(OK_ROW("[7," MEMBER("fw-2", SECOND, "slave") "]")), "members_missing", 2},
        {200, RESULT(CODE_ROW("-3", "Object does not exist")), "members_missing", 1},
        {200, RESULT(CODE_ROW("-6", "Invalid url")), "members_missing", 1},
        {200, RESULT("{\"url\":\"x\"}"), "members_missing", 1},
        {200, RESULT("{\"data\":" BOTH "}"), "reply_invalid", 1},
        {501, "<html>", "server_error", 1},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct members_fixture members;

        CU_ASSERT_EQUAL(
            read_row(&members, "\"ha_slave\":null", cases[i].status, cases[i].answer, ""),
            HECTOR_PARTIAL);
        if (strcmp(coverage(&members), cases[i].reason) != 0) {
            printf("# %s: %s\n", cases[i].answer, coverage(&members));
            CU_FAIL("the verdict");
        }
        CU_ASSERT_EQUAL(host_count(&members.fixture.peer.host, "asset"), cases[i].assets);
        CU_ASSERT_EQUAL(host_count(&members.fixture.peer.host, "skipped"), 0);
        end(&members);
    }
}

static void test_message(void)
{
    struct members_fixture members;

    (void)read_row(&members, "\"ha_slave\":null", 200, RESULT(CODE_ROW("-6", "Invalid url")), "");
    CU_ASSERT_STRING_EQUAL(coverage(&members), "members_missing");
    CU_ASSERT_STRING_EQUAL(
        value_of(&members, "coverage", 0, "/message"),
        "The FortiManager does not name all members of the cluster core/1. Run the import again; "
        "if it stays, retrieve the configuration of the cluster on the FortiManager.");
    CU_ASSERT_PTR_NOT_NULL(
        strstr(inventory_worst(members.fixture.run.inventory)->detail, "-6 Invalid url"));
    CU_ASSERT_EQUAL(inventory_worst(members.fixture.run.inventory)->cause, HECTOR_DATA);
    end(&members);
}

/* One member may come as an object; a list with only the cluster's own serial is complete. */
static void test_own_serial_only(void)
{
    struct members_fixture members;

    CU_ASSERT_EQUAL(read_row(&members, "\"ha_slave\":null", 200,
                             RESULT(OK_ROW(MEMBER("fw-1", FIRST, "master"))), ""),
                    HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(coverage(&members), "complete");
    CU_ASSERT_EQUAL(host_count(&members.fixture.peer.host, "asset"), 1);
    end(&members);
    CU_ASSERT_EQUAL(read_row(&members, "\"ha_slave\":[" MEMBER("fw-1", FIRST, "master") "]", 200,
                             RESULT(OK_ROW(BOTH)), ""),
                    HECTOR_OK);
    CU_ASSERT_EQUAL(members.fixture.peer.record.count, 2); /* nothing to request */
    CU_ASSERT_STRING_EQUAL(coverage(&members), "complete");
    end(&members);
}

/* A row that need not show its members causes no request, and is complete. */
static void test_not_asked(void)
{
    static const struct {
        const char *row, *settings;
    } cases[] = {
        {"\"ha_mode\":\"ELBC\"", ""},
        {"\"ha_mode\":\"autoscale\"", ""},
        {"\"ha_mode\":\"standalone\"", ""},
        {"\"ha_mode\":\"unknown\"", ""},
        {"\"mgmt_mode\":\"faz\"", ""},
        {"\"mgmt_mode\":\"unreg\"", ""},
        {"\"mgmt_mode\":\"unreg\"", "unauthorized"},
        {"\"flags\":[\"is_model\"]", ""},
        {"\"flags\":[\"is_model\"]", "model"},
        {"\"os_type\":\"fpx\"", ""},
        {"\"ha_slave\":null", "switch"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct members_fixture members;

        (void)read_row(&members, cases[i].row, 200, RESULT(OK_ROW(BOTH)), cases[i].settings);
        CU_ASSERT_EQUAL(members.fixture.peer.record.count, 2);
        CU_ASSERT_TRUE(inventory_complete(members.fixture.run.inventory));
        end(&members);
    }
}

/* The members of a row without a usable name cannot be requested. */
static void test_nameless(void)
{
    struct members_fixture members;

    (void)read_row(&members, "\"name\":\"\"", 200, RESULT(OK_ROW(BOTH)), "");
    CU_ASSERT_EQUAL(members.fixture.peer.record.count, 2);
    CU_ASSERT_STRING_EQUAL(coverage(&members), "members_missing");
    CU_ASSERT_EQUAL(host_count(&members.fixture.peer.host, "asset"), 1);
    end(&members);
}

/* The members of a row too long to be kept are not requested either. */
static void test_long_row(void)
{
    struct members_fixture members;
    struct buffer row = BUFFER(KIB(80));

    buffer_append_text(&row, "\"vdom\":[{\"name\":\"root\"}");
    for (int i = 0; i < 3500; i++) {
        buffer_printf(&row, ",{\"name\":\"vdom-%04d\"}", i);
    }
    buffer_append_text(&row, "]");
    (void)read_row(&members, buffer_text(&row), 200, RESULT(OK_ROW(BOTH)), "");
    CU_ASSERT_EQUAL(members.fixture.peer.record.count, 2);
    CU_ASSERT_STRING_EQUAL(coverage(&members), "members_missing");
    CU_ASSERT_EQUAL(host_count(&members.fixture.peer.host, "asset"), 1);
    end(&members);
    buffer_release(&row);
}

#define CLUSTERS 40
#define BATCH    32

/* Rows for a table of CLUSTERS clusters, or the members of some of them. */
static void write_reply(struct buffer *out, int first, int count, bool table)
{
    buffer_append_text(out, table ? "{\"result\":[" OK_ROW("40") ",{\"data\":[" : "{\"result\":[");
    for (int i = first; i < first + count; i++) {
        buffer_append_text(out, i > first ? "," : "");
        if (table) {
            buffer_printf(out,
                          "{" CLUSTER ",\"oid\":%d,\"name\":\"gate-%d\",\"sn\":"
                          "\"FGT60FTK2010%04d\"}",
                          i + 1, i, i);
        } else {
            buffer_printf(
                out, OK_ROW("[{\"sn\":\"FGT60FTK2010%04d\"},{\"sn\":\"FGT60FTK2020%04d\"}]"), i, i);
        }
    }
    buffer_append_text(out, table ? "],\"status\":{\"code\":0}}," OK_ROW("40") "]}" : "]}");
}

static void test_many(void)
{
    struct buffer replies[] = {BUFFER(KIB(64)), BUFFER(KIB(64)), BUFFER(KIB(64))};
    struct rpc_reply script[] = {ALIVE, {200, NULL}, {200, NULL}, {200, NULL}, {0, NULL}};
    struct run_fixture fixture;

    write_reply(&replies[0], 0, CLUSTERS, true);
    write_reply(&replies[1], 0, BATCH, false);
    write_reply(&replies[2], BATCH, CLUSTERS - BATCH, false);
    for (int i = 0; i < 3; i++) {
        script[i + 1].body = buffer_text(&replies[i]);
    }
    run_fixture_begin(&fixture, script);
    CU_ASSERT_EQUAL(fmg_devices_read(&fixture.run, &fixture.failure), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "asset"), 2 * CLUSTERS);
    CU_ASSERT_EQUAL(fixture.run.cluster_bytes, 0);
    run_fixture_close(&fixture);
    CU_ASSERT_EQUAL(fixture.peer.record.count, 4);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture.peer, "/dvmdb/device/gate-39/ha_slave"), 1);
    run_fixture_end(&fixture);
    for (int i = 0; i < 3; i++) {
        buffer_release(&replies[i]);
    }
}

/* After a server error no more members are requested. */
static void test_lost_connection(void)
{
    struct buffer table = BUFFER(KIB(64));
    struct rpc_reply script[] = {ALIVE, {200, NULL}, {501, "<html>"}, {0, NULL}};
    struct run_fixture fixture;

    write_reply(&table, 0, CLUSTERS, true);
    script[1].body = buffer_text(&table);
    run_fixture_begin(&fixture, script);
    CU_ASSERT_EQUAL(fmg_devices_read(&fixture.run, &fixture.failure), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "asset"),
                    CLUSTERS); /* the own unit of each cluster */
    CU_ASSERT_FALSE(inventory_complete(fixture.run.inventory));
    CU_ASSERT_EQUAL(inventory_worst(fixture.run.inventory)->reason, REASON_server_error);
    run_fixture_close(&fixture);
    CU_ASSERT_EQUAL(fixture.peer.record.count, 3); /* no second request to a server that is down */
    run_fixture_end(&fixture);
    buffer_release(&table);
}

static CU_TestInfo member_tests[] = {
    {"asked", test_asked},
    {"still missing", test_still_missing},
    {"message", test_message},
    {"its own serial only", test_own_serial_only},
    {"not asked", test_not_asked},
    {"a cluster without a name", test_nameless},
    {"a long row", test_long_row},
    {"many clusters", test_many},
    {"a server that fails", test_lost_connection},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {
        {.pName = "members", .pTests = member_tests},
        CU_SUITE_INFO_NULL,
    };

    return tap_run(suites);
}
