/*
 * test_devices.c - device tables of which some cannot be read: those never count as read.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/fortimanager/unit_lists.h"

#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/run_fixture.h"
#include "lib/tap.h"
#include "sources/fortimanager/devices.h"
#include "sources/fortimanager/fortimanager.h"
#include "sources/fortimanager/scopes.h"
#include "sources/fortimanager/system.h"

#define COUNTED(number) OK_ROW(number)
#define FGT(name, serial)                                                                          \
    "{\"oid\":1,\"name\":\"" name "\",\"sn\":\"" serial "\",\"os_type\":\"fos\",\"conn_status\":1" \
    ",\"vdom\":[{\"name\":\"root\"}]}"
#define TABLE_OF_ONE                                                                               \
    RESULT(COUNTED("1") "," OK_ROW("[" FGT("gate-1", "FGT60FTK20000001") "]") "," COUNTED("1"))
#define FGT_IN_B                                                                                   \
    "{\"oid\":1,\"name\":\"gate-1\",\"sn\":\"FGT60FTK20000001\",\"os_type\":\"fos\","              \
    "\"conn_status\":1,\"extra info\":{\"adom\":\"b\"},\"vdom\":[{\"name\":\"root\"}]}"

/* ADOMs that the account sees, with unknown contents. */
static void begin(struct run_fixture *fixture, const struct rpc_reply *script)
{
    run_fixture_begin(fixture, script);
    for (const char *name = "a"; name != NULL; name = *name == 'a' ? "b" : NULL) {
        struct adom *adom = fmg_topology_adom(&fixture->run.topology, name);

        CU_ASSERT_PTR_NOT_NULL_FATAL(adom);
        adom->listed = adom->wanted = true;
    }
    fixture->run.adoms_known = true;
}

/* Reads and ends the run; the results are in the host's documents. */
static int32_t read(struct run_fixture *fixture, size_t requests)
{
    int32_t code = fmg_devices_read(&fixture->run, &fixture->failure);

    run_fixture_close(fixture);
    CU_ASSERT_EQUAL(fixture->peer.record.count, 1 + requests);
    /* As if the unit lists had been read. */
    code = code == HECTOR_OK ? fmg_scopes_end(&fixture->run, &fixture->failure) : code;
    return inventory_finish(fixture->run.inventory, code, &fixture->failure);
}

static int32_t read_unit_lists(struct run_fixture *fixture)
{
    struct unit_lists unit_lists;
    int32_t code = fmg_unit_lists_open(&unit_lists, &fixture->run, &fixture->failure);

    code = code == HECTOR_OK ? fmg_unit_lists_read(&unit_lists, &fixture->failure) : code;
    code = code == HECTOR_OK ? fmg_scopes_end(&fixture->run, &fixture->failure) : code;
    fmg_unit_lists_close(&unit_lists);
    return code;
}

/* Expects three coverages of a scope, incomplete for this reason. */
static void expect_incomplete(const struct run_fixture *fixture, const char *scope,
                              const char *reason)
{
    int found = 0;

    for (size_t i = 0; i < host_count(&fixture->peer.host, "coverage"); i++) {
        const char *text = host_text(&fixture->peer.host, "coverage", i);

        if (strstr(text, scope) != NULL) {
            CU_ASSERT_PTR_NOT_NULL(strstr(text, "\"complete\":false"));
            CU_ASSERT_PTR_NOT_NULL(strstr(text, reason));
            found++;
        }
    }
    CU_ASSERT_EQUAL(found, 3);
}

/* A chosen ADOM whose table fails is reported, although its contents are unknown. */
static void test_one_table_fails(void)
{
    static const struct rpc_reply script[] = {
        ALIVE, {200, TABLE_OF_ONE}, {501, "<html>"}, {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script);
    fixture.peer.host.settings.adoms = json_tokener_parse("[\"a\",\"b\"]");
    CU_ASSERT_EQUAL(read(&fixture, 2), HECTOR_PARTIAL);
    CU_ASSERT_EQUAL(fixture.failure.cause, HECTOR_UNREACHABLE);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "asset"), 1);
    expect_incomplete(&fixture, "\"adom:b\"", "\"server_error\"");
    CU_ASSERT_STRING_EQUAL(
        host_value(&fixture.peer.host, "summary", 0, "/device_types/firewall/complete"), "false");
    json_object_put(fixture.peer.host.settings.adoms);
    run_fixture_end(&fixture);
}

/* Every table fails: the reason is that failure, not an empty system. */
static void test_every_table_fails(void)
{
    static const struct rpc_reply script[] = {ALIVE, {501, "<html>"}, {501, "<html>"}, {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script);
    fixture.peer.host.settings.adoms = json_tokener_parse("[\"a\",\"b\"]");
    CU_ASSERT_EQUAL(read(&fixture, 2), HECTOR_UNREACHABLE);
    CU_ASSERT_EQUAL(fixture.failure.reason, REASON_server_error);
    expect_incomplete(&fixture, "\"adom:a\"", "\"server_error\"");
    expect_incomplete(&fixture, "\"adom:b\"", "\"server_error\"");
    json_object_put(fixture.peer.host.settings.adoms);
    run_fixture_end(&fixture);
}

/* An ADOM that only a device row names, and whose own table fails. */
static void test_reported_adom_fails(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(COUNTED("1") "," OK_ROW("[" FGT_IN_B "]") "," COUNTED("1"))},
        {501, "<html>"},
        {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script);
    fixture.run.members_known = true;
    CU_ASSERT_EQUAL(read(&fixture, 2), HECTOR_PARTIAL);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "asset"), 1);
    expect_incomplete(&fixture, "\"adom:b\"", "\"server_error\"");
    run_fixture_end(&fixture);
}

/* A large FortiGate may have VDOMs in any number of ADOMs; each of them is a scope. */
static void test_fgt_in_many_adoms(void)
{
    struct rpc_reply script[] = {ALIVE, {200, NULL}, {501, "<html>"}, {0, NULL}};
    struct buffer reply = BUFFER(KIB(64));
    struct run_fixture fixture;
    int32_t code;

    buffer_append_text(
        &reply,
        "{\"result\":[" COUNTED("1") ",{\"data\":[{\"oid\":1,\"name\":"
                                     "\"gate-1\",\"sn\":\"FGT60FTK20000001\",\"os_type\":\"fos\","
                                     "\"vdom\":[");
    for (int i = 0; i < 300; i++) {
        buffer_printf(&reply, "%s{\"name\":\"v%d\",\"extra info\":{\"adom\":\"a%d\"}}",
                      i > 0 ? "," : "", i, i);
    }
    buffer_append_text(&reply, "]}],\"status\":{\"code\":0}}," COUNTED("1") "]}");
    script[1].body = buffer_text(&reply);
    run_fixture_begin(&fixture, script);
    CU_ASSERT_EQUAL(fmg_devices_read(&fixture.run, &fixture.failure), HECTOR_OK);
    code = read_unit_lists(&fixture);
    run_fixture_close(&fixture);
    CU_ASSERT_EQUAL(inventory_finish(fixture.run.inventory, code, &fixture.failure),
                    HECTOR_PARTIAL);
    CU_ASSERT_EQUAL(fixture.failure.reason, REASON_server_error);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "coverage"), 301 * 3); /* and no ADOM */
    run_fixture_end(&fixture);
    buffer_release(&reply);
}

/* Two devices with the same name are two units, although one's serial is a prefix of the
 * other's. */
static void test_one_name_twice(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200,
         RESULT(COUNTED("2") "," OK_ROW("[" FGT(
             "gate-1", "FGT60FTK20000001") ","
                                           "{\"oid\":2,\"name\":\"gate-1\",\"sn\":\"FGT60FTK2000\","
                                           "\"os_type\":\"fos\"}]") "," COUNTED("2"))},
        {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script);
    fixture.run.members_known = true;
    CU_ASSERT_EQUAL(read(&fixture, 1), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "asset"), 2);
    run_fixture_end(&fixture);
}

#define BARE(oid, serial)                                                                          \
    "{\"oid\":" oid ",\"name\":\"gate-1\",\"sn\":\"" serial "\",\"os_type\":\"fos\"}"

/* A second row with the same name counts, also without a serial; the same row in another table does
 * not. */
static void test_one_name_twice_without_serial(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(COUNTED("2") "," OK_ROW(
                  "[" BARE("1", "FGT60FTK20000001") "," BARE("2", "") "]") "," COUNTED("2"))},
        {200, RESULT(COUNTED("1") "," OK_ROW("[" BARE("1", "") "]") "," COUNTED("1"))},
        {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script);
    fixture.peer.host.settings.adoms = json_tokener_parse("[\"a\",\"b\"]");
    CU_ASSERT_EQUAL(read(&fixture, 2), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "asset"), 1);
    CU_ASSERT_STRING_EQUAL(
        host_value(&fixture.peer.host, "summary", 0, "/device_types/firewall/seen"), "2");
    CU_ASSERT_STRING_EQUAL(
        host_value(&fixture.peer.host, "summary", 0, "/device_types/firewall/skipped"),
        "{\"serial_unusable\":1}");
    json_object_put(fixture.peer.host.settings.adoms);
    run_fixture_end(&fixture);
}

/* The units of a FortiGate without a usable name cannot be requested: its scopes report that. */
static void test_fgt_without_name(void)
{
    static const struct {
        const char *table, *scope;
        bool each; /* true: a table for each ADOM; false: one of all devices */
    } cases[] = {
        {RESULT(COUNTED("1") "," OK_ROW("[" FGT("", "FGT60FTK20000001") "]") "," COUNTED("1")),
         "adom:a", true},
        {RESULT(
             COUNTED("1") "," OK_ROW("[{\"oid\":1,\"sn\":\"FGT60FTK20000001\",\"os_type\":\"fos\","
                                     "\"extra info\":{\"adom\":\"b\"}}]") "," COUNTED("1")),
         "adom:b", false},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct rpc_reply script[] = {ALIVE, {200, cases[i].table}, {0, NULL}};
        struct run_fixture fixture;
        int found = 0;

        begin(&fixture, script);
        fixture.run.members_known = true;
        fixture.peer.host.settings.adoms = cases[i].each ? json_tokener_parse("[\"a\"]") : NULL;
        fmg_topology_find_adom(&fixture.run.topology, "b")->wanted = !cases[i].each;
        CU_ASSERT_EQUAL(read(&fixture, 1), HECTOR_PARTIAL);
        CU_ASSERT_EQUAL(fixture.failure.reason, REASON_reply_invalid);
        CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "asset"), 1);
        for (size_t c = 0; c < host_count(&fixture.peer.host, "coverage"); c++) {
            const char *text = host_text(&fixture.peer.host, "coverage", c);
            bool unit =
                strstr(text, "\"switch\"") != NULL || strstr(text, "\"access_point\"") != NULL;

            unit = unit && strstr(text, cases[i].scope) != NULL;
            CU_ASSERT_EQUAL(strstr(text, "\"complete\":false") != NULL, unit);
            found += unit ? 1 : 0;
        }
        CU_ASSERT_EQUAL(found, 2);
        json_object_put(fixture.peer.host.settings.adoms);
        run_fixture_end(&fixture);
    }
}

/* The units that a FortiGate in no ADOM counts are in no unit list. */
static void test_fgt_without_adom(void)
{
    static const char *const counters[] = {"", ",\"fsw_cnt\":0", ",\"fsw_cnt\":2",
                                           ",\"fsw_cnt\":2,\"mgmt_mode\":\"unreg\""};

    for (size_t i = 0; i < sizeof(counters) / sizeof(counters[0]); i++) {
        struct rpc_reply script[] = {ALIVE, {200, NULL}, {0, NULL}};
        struct run_fixture fixture;
        char table[512];

        (void)snprintf(
            table, sizeof(table),
            "{\"result\":[" COUNTED("1") ",{\"status\":{\"code\":0},\"data\":[{\"oid\":1,"
                                         "\"name\":\"gate-1\",\"sn\":\"FGT60FTK20000001\","
                                         "\"os_type\":\"fos\"%s}]}," COUNTED("1") "]}",
            counters[i]);
        script[1].body = table;
        begin(&fixture, script);
        fixture.run.members_known = true;
        CU_ASSERT_EQUAL(read(&fixture, 1), i == 2 ? HECTOR_PARTIAL : HECTOR_OK);
        CU_ASSERT_EQUAL(fixture.failure.reason == REASON_gate_without_adom, i == 2);
        for (size_t c = 0; c < host_count(&fixture.peer.host, "coverage"); c++) {
            const char *text = host_text(&fixture.peer.host, "coverage", c);

            CU_ASSERT_EQUAL(strstr(text, "gate_without_adom") != NULL,
                            i == 2 && strstr(text, "\"switch\"") != NULL);
        }
        run_fixture_end(&fixture);
    }
}

#define ROW_WITH_VDOM(vdom, adom)                                                                  \
    "[{\"oid\":1,\"name\":\"gate-1\",\"sn\":\"FGT60FTK20000001\",\"os_type\":\"fos\",\"vdom\":[{"  \
    "\"name\":\"" vdom "\",\"extra info\":{\"adom\":\"" adom "\"}}]}]"
#define TABLE_WITH_VDOM(vdom, adom)                                                                \
    RESULT(COUNTED("1") "," OK_ROW(ROW_WITH_VDOM(vdom, adom)) "," COUNTED("1"))

/* Each ADOM's table may show only those VDOMs of a FortiGate that are in that ADOM: all are
 * read. */
static void test_vdoms_of_each_adom(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, TABLE_WITH_VDOM("v1", "a")},
        {200, TABLE_WITH_VDOM("v2", "b")},
        {200, RESULT(OK_ROW("[]") "," OK_ROW("[]"))},
        {200, RESULT(OK_ROW("[{\"switch-id\":\"S124FPTF20000001\"}]"))},
        {0, NULL}};
    struct run_fixture fixture;
    struct settings *settings;
    int32_t code;

    begin(&fixture, script);
    settings = &fixture.peer.host.settings;
    settings->adoms = json_tokener_parse("[\"a\",\"b\"]");
    settings->device_types[FIREWALL] = settings->device_types[ACCESS_POINT] = false;
    fmg_topology_find_adom(&fixture.run.topology, "b")->per_device[SWITCH] = true;
    CU_ASSERT_EQUAL(fmg_devices_read(&fixture.run, &fixture.failure), HECTOR_OK);
    code = read_unit_lists(&fixture);
    CU_ASSERT_EQUAL(inventory_finish(fixture.run.inventory, code, &fixture.failure), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "asset"), 1);
    json_object_put(settings->adoms);
    run_fixture_close(&fixture);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture.peer, "/pm/config/device/gate-1/vdom/v2/"), 1);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture.peer, "/pm/config/device/gate-1/vdom/v1/"), 0);
    run_fixture_end(&fixture);
}

#define SYSTEM                                                                                                \
    RESULT(OK_ROW("{\"Serial Number\":\"FMG-VM0A17000001\",\"Major\":7,\"Minor\":6,\"Patch\":7}") "," OK_ROW( \
        "{}") "," OK_ROW("[{\"name\":\"a\",\"expand member\":{\"device\":[{\"name\":\"gate-1\","              \
                         "\"os_type\":\"fos\",\"sn\":\"FGT60FTK20000001\"}]}}]") "," OK_ROW("{}"))

/* A failure that would end a sync fails validate, too, instead of being a warning. */
static void test_validate_refused_amid(void)
{
    struct rpc_reply script[12] = {ALIVE, {200, SYSTEM}, {200, TABLE_OF_ONE}};
    struct run_fixture fixture;

    for (size_t i = 3; i < 11; i++) {
        script[i] = (struct rpc_reply){401, "<html>"};
    }
    run_fixture_begin(&fixture, script);
    fixture.call.inventory = inventory_new(fixture.call.operation, fixture.call.settings, true);
    CU_ASSERT_EQUAL(fortimanager_source.check(&fixture.call, &fixture.failure), HECTOR_AUTH);
    inventory_free(fixture.call.inventory);
    CU_ASSERT_EQUAL(fixture.failure.reason, REASON_token_refused);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "check"), 7);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "check", 3, "/step"), "devices");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "check", 3, "/status"), "passed");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "check", 4, "/step"), "switches");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "check", 4, "/status"), "failed");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "check", 5, "/status"), "skipped");
    run_fixture_close(&fixture);
    run_fixture_end(&fixture);
}

/* Finds each name of the setting, and no others. */
static void test_wanted(void)
{
    static const char *const others[] = {"", "Q", "Quz", "a\x01", "aa", "c", "roo", "root ", "z"};
    struct settings settings = {0};

    CU_ASSERT_TRUE(fmg_adom_wanted(&settings, "root")); /* not set: all ADOMs */
    settings.adoms = json_object_new_array();
    for (size_t count = 0; count < 6; count++) {
        static const char *const names[] = {("Qu\xC3\xA9"
                                             "bec"),
                                            "a",
                                            "b",
                                            "root",
                                            "x y",
                                            "\xC3\xA9"};

        (void)json_object_array_add(settings.adoms, json_object_new_string(names[count]));
        for (size_t i = 0; i < 6; i++) {
            CU_ASSERT_EQUAL(fmg_adom_wanted(&settings, names[i]), i <= count);
        }
        for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
            CU_ASSERT_FALSE(fmg_adom_wanted(&settings, others[i]));
        }
    }
    json_object_put(settings.adoms);
}

/* A switch that is registered by itself has a row with the fields of a firewall, but keeps only
 * what switches have. */
static void test_switch_by_itself(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(COUNTED("1") "," OK_ROW(
                  "[{\"oid\":1,\"name\":\"core\",\"sn\":\"S124EPTQ20000001\",\"os_type\":\"fsw\","
                  "\"conn_status\":1,\"hostname\":\"core-1\",\"ip\":\"192.0.2.7\","
                  "\"vdom\":[{\"name\":\"root\"}]}]") "," COUNTED("1"))},
        {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script);
    fixture.run.members_known = true;
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        fixture.peer.host.settings.attributes[i] = true;
    }
    CU_ASSERT_EQUAL(read(&fixture, 1), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "asset", 0, "/attributes/ip_address"),
                           "192.0.2.7");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "asset", 0, "/attributes/hostname"), "");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "asset", 0, "/attributes/vdoms"), "");
    run_fixture_end(&fixture);
}

static CU_TestInfo device_tests[] = {
    {"one table fails", test_one_table_fails},
    {"every table fails", test_every_table_fails},
    {"the table of a reported ADOM fails", test_reported_adom_fails},
    {"a FortiGate in many ADOMs", test_fgt_in_many_adoms},
    {"the VDOMs of each ADOM", test_vdoms_of_each_adom},
    {"one name twice", test_one_name_twice},
    {"one name twice, one serial", test_one_name_twice_without_serial},
    {"a FortiGate in no ADOM", test_fgt_without_adom},
    {"a switch by itself", test_switch_by_itself},
    {"a FortiGate without a name", test_fgt_without_name},
    {"validate: all is refused after the devices", test_validate_refused_amid},
    {"ADOMs that are wanted", test_wanted},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "devices", .pTests = device_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
