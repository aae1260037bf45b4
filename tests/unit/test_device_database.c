/*
 * test_device_database.c - switches and access points from the device database of each FortiGate.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/fortimanager/device_database.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/run_fixture.h"
#include "lib/tap.h"
#include "json/json_read.h"

#define ADOM "EMEA/West"
#define ONE  "{\"name\":\"one\",\"switch-id\":\"S124EPTQ20000001\",\"fsw-wan1-admin\":\"enable\"}"
#define TWO  "{\"name\":\"two\",\"switch-id\":\"S124EPTQ20000002\",\"fsw-wan1-admin\":\"enable\"}"
#define THREE                                                                                      \
    "{\"name\":\"three\",\"switch-id\":\"core\",\"sn\":\"S124EPTQ20000003\",\"fsw-wan1-admin\":2}"

struct database_fixture {
    struct run_fixture fixture;
    struct unit_lists unit_lists;
    struct unit_list unit_list;
};

static void begin(struct database_fixture *database, enum device_type type,
                  const struct rpc_reply *script)
{
    *database = (struct database_fixture){0};
    run_fixture_begin(&database->fixture, script);
    database->unit_lists.run = &database->fixture.run;
    database->unit_lists.cached = (struct overlay){.max_bytes = OVERLAY_MAX};
    database->unit_lists.asked = (struct overlay){.max_bytes = OVERLAY_MAX};
    database->unit_list = (struct unit_list){.type = type, .whole = true};
}

static void fgt(struct database_fixture *database, const char *name, const char *vdom)
{
    struct topology *topology = &database->fixture.run.topology;

    (void)run_fixture_fgt(&database->fixture, ADOM, name, vdom, true);
    database->unit_list.fgt_count = fmg_topology_find_adom(topology, ADOM)->fgts.count;
    fmg_topology_find_adom(topology, ADOM)->per_device[SWITCH] = true;
    fmg_topology_find_adom(topology, ADOM)->per_device[ACCESS_POINT] = true;
}

static int32_t read(struct database_fixture *database)
{
    struct fmg_run *run = &database->fixture.run;

    CU_ASSERT_EQUAL(inventory_expect(run->inventory, "adom:" ADOM, database->unit_list.type,
                                     &database->fixture.failure),
                    HECTOR_OK);
    return fmg_device_database_read(&database->unit_lists, &database->unit_list, 1,
                                    &database->fixture.failure);
}

/* Stops the peer and ends the inventory; the results are in the host's documents. */
static void finish(struct database_fixture *database, size_t requests)
{
    struct fmg_run *run = &database->fixture.run;

    run_fixture_close(&database->fixture);
    CU_ASSERT_EQUAL(database->fixture.peer.record.count, 1 + requests);
    CU_ASSERT_EQUAL(inventory_end_scope(run->inventory, "adom:" ADOM, database->unit_list.type,
                                        NULL, &database->fixture.failure),
                    HECTOR_OK);
    (void)inventory_finish(run->inventory, HECTOR_OK, &database->fixture.failure);
}

static void end(struct database_fixture *database)
{
    strmap_release(&database->unit_lists.listed);
    overlay_release(&database->unit_lists.cached);
    overlay_release(&database->unit_lists.asked);
    free(database->unit_lists.readings.items);
    run_fixture_end(&database->fixture);
}

static const char *value(const struct database_fixture *database, const char *kind, size_t nth,
                         const char *pointer)
{
    return host_value(&database->fixture.peer.host, kind, nth, pointer);
}

/* Requests the first table alone, then all others together; each unit belongs to its FortiGate. */
static void test_union_of_fgts(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(OK_ROW("[" ONE "]"))},
        {200, RESULT(OK_ROW("[" TWO "]") "," OK_ROW("[" THREE "]"))},
        {0, NULL}};
    struct database_fixture database;

    begin(&database, SWITCH, script);
    fgt(&database, "Gate/1", "root");
    fgt(&database, "gate-2", "root");
    fgt(&database, "gate-3", "tenant 1");
    CU_ASSERT_EQUAL(read(&database), HECTOR_OK);
    finish(&database, 2);
    CU_ASSERT_STRING_EQUAL(
        rpc_record_body(&database.fixture.peer.record, 1),
        "{\"id\":2,\"method\":\"get\",\"params\":[{\"url\":\"/pm/config/device/Gate\\\\/1/vdom/"
        "root/switch-controller/managed-switch\",\"fields\":[\"name\",\"switch-id\",\"sn\","
        "\"fsw-wan1-admin\"],\"loadsub\":0}],\"verbose\":1}");
    CU_ASSERT_PTR_NOT_NULL(strstr(rpc_record_body(&database.fixture.peer.record, 2),
                                  "\"/pm/config/device/gate-3/vdom/tenant 1/switch-controller/"
                                  "managed-switch\""));
    CU_ASSERT_EQUAL(host_count(&database.fixture.peer.host, "asset"), 3);
    CU_ASSERT_STRING_EQUAL(value(&database, "asset", 0, "/title"), "one");
    CU_ASSERT_STRING_EQUAL(value(&database, "asset", 0, "/manager/name"), "Gate/1");
    CU_ASSERT_STRING_EQUAL(value(&database, "asset", 1, "/manager/name"), "gate-2");
    CU_ASSERT_STRING_EQUAL(value(&database, "asset", 2, "/sync_key"), "S124EPTQ20000003");
    CU_ASSERT_STRING_EQUAL(value(&database, "asset", 2, "/scope"), "adom:EMEA/West");
    CU_ASSERT_STRING_EQUAL(value(&database, "coverage", 0, "/complete"), "true");
    CU_ASSERT_STRING_EQUAL(value(&database, "coverage", 0, "/units"), "3");
    end(&database);
}

/* A unit both in the ADOM's table and in the FortiGate's database is one unit. */
static void test_united_with_the_table(void)
{
    static const struct rpc_reply script[] = {
        ALIVE, {200, RESULT(OK_ROW("[" ONE "," TWO "]"))}, {0, NULL}};
    static const char row[] =
        "{\"name\":\"one\",\"switch-id\":\"S124EPTQ20000001\",\"status\":\"connected\",\"state\":"
        "\"enable\",\"scope member\":[{\"name\":\"gate-1\",\"vdom\":\"root\"}]}";
    struct json_object *listed = json_tokener_parse(row);
    struct database_fixture database;

    begin(&database, SWITCH, script);
    fgt(&database, "gate-1", "root");
    CU_ASSERT_EQUAL(inventory_expect(database.fixture.run.inventory, "adom:" ADOM, SWITCH,
                                     &database.fixture.failure),
                    HECTOR_OK);
    CU_ASSERT_EQUAL(fmg_unit_lists_take_rows(&database.unit_lists, &database.unit_list, NULL,
                                             listed, &database.fixture.failure),
                    HECTOR_OK);
    CU_ASSERT_EQUAL(read(&database), HECTOR_OK);
    finish(&database, 1);
    CU_ASSERT_EQUAL(host_count(&database.fixture.peer.host, "asset"), 2);
    CU_ASSERT_EQUAL(host_count(&database.fixture.peer.host, "problem"), 0);
    CU_ASSERT_STRING_EQUAL(value(&database, "coverage", 0, "/units"), "2");
    json_object_put(listed);
    end(&database);
}

/* A unit in the databases of two FortiGates is a duplicate; the connected record counts. */
static void test_at_two_fgts(void)
{
    static const struct rpc_reply script[] = {
        ALIVE, {200, RESULT(OK_ROW("[" ONE "]"))}, {200, RESULT(OK_ROW("[" ONE "]"))}, {0, NULL}};
    struct device reported = {.type = SWITCH, .connected = true};
    struct database_fixture database;

    begin(&database, SWITCH, script);
    fgt(&database, "gate-1", "root");
    fgt(&database, "gate-2", "root");
    device_set_text(&reported, ATTRIBUTE_serial_number, "S124EPTQ20000001");
    device_set_text(&reported, ATTRIBUTE_connection_status, "up");
    CU_ASSERT_TRUE(overlay_put(&database.unit_lists.asked, "gate-2", &reported));
    CU_ASSERT_EQUAL(read(&database), HECTOR_OK);
    finish(&database, 2);
    CU_ASSERT_EQUAL(host_count(&database.fixture.peer.host, "asset"), 1);
    CU_ASSERT_STRING_EQUAL(value(&database, "asset", 0, "/manager/name"), "gate-2");
    CU_ASSERT_EQUAL(host_count(&database.fixture.peer.host, "problem"), 0); /* it was moved */
    end(&database);
}

static void test_vdoms(void)
{
    static const struct rpc_reply script[] = {
        ALIVE, {200, RESULT(OK_ROW("[]"))}, {200, RESULT(OK_ROW("[]"))}, {0, NULL}};
    struct database_fixture database;

    begin(&database, ACCESS_POINT, script);
    fgt(&database, "gate-1", "root");
    CU_ASSERT_TRUE(
        fmg_topology_add_vdom(&database.fixture.run.topology, "gate-1", "elsewhere", "another"));
    CU_ASSERT_TRUE(
        fmg_topology_add_vdom(&database.fixture.run.topology, "gate-1", "not/listed", NULL));
    (void)run_fixture_fgt(&database.fixture, ADOM, "mail-1", "root", true);
    fmg_topology_find_fgt(&database.fixture.run.topology, "mail-1")->is_fgt = false;
    database.unit_list.fgt_count = 2;
    CU_ASSERT_EQUAL(read(&database), HECTOR_OK);
    finish(&database, 2);
    CU_ASSERT_STRING_EQUAL(
        rpc_record_body(&database.fixture.peer.record, 1),
        "{\"id\":2,\"method\":\"get\",\"params\":[{\"url\":\"/pm/config/device/gate-1/vdom/"
        "not\\\\/listed/wireless-controller/wtp\",\"fields\":[\"name\",\"wtp-id\",\"admin\"],"
        "\"loadsub\":0}],\"verbose\":1}");
    CU_ASSERT_PTR_NOT_NULL(
        strstr(rpc_record_body(&database.fixture.peer.record, 2),
               "\"/pm/config/device/gate-1/vdom/root/wireless-controller/wtp\""));
    CU_ASSERT_EQUAL(rpc_fixture_asked(&database.fixture.peer, "elsewhere"), 0);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&database.fixture.peer, "mail-1"), 0);
    CU_ASSERT_STRING_EQUAL(value(&database, "coverage", 0, "/complete"), "true");
    end(&database);
}

/* Before 7.4.3 a FortiManager refuses the table when the request names `sn`. */
static void test_fields_by_version(void)
{
    static const struct rpc_reply script[] = {ALIVE, {200, RESULT(OK_ROW("[]"))}, {0, NULL}};
    struct database_fixture database;

    begin(&database, SWITCH, script);
    database.fixture.run.version = FMG_VERSION(7, 4, 2);
    fgt(&database, "gate-1", "root");
    CU_ASSERT_EQUAL(read(&database), HECTOR_OK);
    finish(&database, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(rpc_record_body(&database.fixture.peer.record, 1),
                                  "\"fields\":[\"name\",\"switch-id\",\"fsw-wan1-admin\"]"));
    end(&database);
}

static void test_not_authorized(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(OK_ROW("[{\"wtp-id\":\"FP231FTF20000001\",\"admin\":\"discovered\"},"
                            "{\"wtp-id\":\"FWF60FTK20000001-WIFI0\",\"admin\":\"enable\"},"
                            "{\"wtp-id\":\"FP231FTF20000002\",\"admin\":2}]"))},
        {0, NULL}};
    struct database_fixture database;

    begin(&database, ACCESS_POINT, script);
    fgt(&database, "gate-1", "root");
    CU_ASSERT_EQUAL(read(&database), HECTOR_OK);
    finish(&database, 1);
    CU_ASSERT_EQUAL(host_count(&database.fixture.peer.host, "asset"), 1);
    CU_ASSERT_STRING_EQUAL(value(&database, "summary", 0, "/device_types/access_point/skipped"),
                           "{\"unauthorized\":1,\"local_radio\":1}");
    end(&database);
}

/* An unauthorised switch is in the database already. */
static void test_switch_not_authorized(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(OK_ROW("[" ONE ",{\"switch-id\":\"S124EPTQ20000009\",\"fsw-wan1-admin\":"
                            "\"discovered\"}]"))},
        {0, NULL}};
    struct database_fixture database;

    begin(&database, SWITCH, script);
    fgt(&database, "gate-1", "root");
    CU_ASSERT_EQUAL(read(&database), HECTOR_OK);
    finish(&database, 1);
    CU_ASSERT_EQUAL(host_count(&database.fixture.peer.host, "asset"), 1);
    CU_ASSERT_STRING_EQUAL(value(&database, "summary", 0, "/device_types/switch/skipped"),
                           "{\"unauthorized\":1}");
    end(&database);
}

/* A refusal of the first table applies to all: the FortiGates are not requested one by one. */
static void test_refused(void)
{
    static const struct rpc_reply script[] = {
        ALIVE, {200, RESULT(REFUSED)}, ALIVE, {200, RESULT(REFUSED)}, {0, NULL}};
    struct database_fixture database;

    begin(&database, SWITCH, script);
    fgt(&database, "gate-1", "root");
    fgt(&database, "gate-2", "root");
    fgt(&database, "gate-3", "root");
    CU_ASSERT_EQUAL(read(&database), HECTOR_OK);
    finish(&database, 3); /* repeated without fields, and the probe of the key */
    CU_ASSERT_EQUAL(rpc_fixture_asked(&database.fixture.peer, "gate-2"), 0);
    CU_ASSERT_STRING_EQUAL(value(&database, "coverage", 0, "/complete"), "false");
    CU_ASSERT_STRING_EQUAL(value(&database, "coverage", 0, "/reason"), "roster_refused");
    CU_ASSERT_PTR_NOT_NULL(strstr(value(&database, "coverage", 0, "/message"),
                                  "may not read the switches of the ADOM EMEA/West."));
    CU_ASSERT_STRING_EQUAL(value(&database, "summary", 0, "/error/cause"), "-3");
    end(&database);
}

/* A FortiGate whose table fails, or that is gone, makes the scope incomplete; the others are
 * read. */
static void test_one_fails(void)
{
    static const struct {
        const char *row, *detail;
    } cases[] = {{CODE_ROW("-10", "The data is invalid"), "-10 The data is invalid"},
                 {CODE_ROW("-3", "Object does not exist"), "-3 Object does not exist"}};

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct buffer second = BUFFER(KIB(4)), again = BUFFER(KIB(4));
        struct rpc_reply script[] = {
            ALIVE, {200, RESULT(OK_ROW("[" ONE "]"))}, {200, NULL}, {200, NULL}, {0, NULL}};
        struct database_fixture database;

        buffer_printf(&second, "{\"result\":[%s," OK_ROW("[" THREE "]") "]}", cases[i].row);
        buffer_printf(&again, "{\"result\":[%s]}", cases[i].row);
        script[2].body = buffer_text(&second);
        script[3].body = buffer_text(&again); /* the repeat without fields */
        begin(&database, SWITCH, script);
        fgt(&database, "gate-1", "root");
        fgt(&database, "gate-2", "root");
        fgt(&database, "gate-3", "root");
        CU_ASSERT_EQUAL(read(&database), HECTOR_OK);
        finish(&database, 3);
        CU_ASSERT_EQUAL(host_count(&database.fixture.peer.host, "asset"), 2);
        CU_ASSERT_STRING_EQUAL(value(&database, "coverage", 0, "/complete"), "false");
        CU_ASSERT_STRING_EQUAL(value(&database, "coverage", 0, "/reason"), "roster_unread");
        CU_ASSERT_PTR_NOT_NULL(strstr(value(&database, "coverage", 0, "/message"), "gate-2"));
        CU_ASSERT_STRING_EQUAL(value(&database, "summary", 0, "/error/cause"), "-6");
        CU_ASSERT_PTR_NOT_NULL(
            strstr(value(&database, "summary", 0, "/error/detail"), cases[i].detail));
        end(&database);
        buffer_release(&second);
        buffer_release(&again);
    }
}

/* A reply to some of four tables: 't' = a VDOM that exists, '-' = one that is gone. */
static void write_reply(const char *tables, struct buffer *out)
{
    buffer_append_text(out, "{\"result\":[");
    for (const char *t = tables; *t != '\0'; t++) {
        buffer_append_text(out, t > tables ? "," : "");
        buffer_append_text(out, *t == 't' ? OK_ROW("[]") : CODE_ROW("-3", "Object does not exist"));
    }
    buffer_append_text(out, "]}");
}

/* The device table still has the VDOM: a database that does not exist proves nothing about its
 * units. */
static void test_vdoms_gone(void)
{
    /* The two VDOMs of gate-1, the first alone, and those of gate-2. A missing one is requested
     * once more without fields. */
    static const struct {
        const char *replies[4], *unread;
    } cases[] = {
        {{"t", "ttt"}, ""},
        {{"t", "-t-", "--"}, "gate-1"},
        {{"-", "-", "t-t", "-"}, "gate-1"},
        {{"t", "t--", "--"}, "gate-2"},
        {{"-", "-", "-t-", "--"}, "gate-1"},
        {{"-", "-", "---", "---"}, "gate-1"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct rpc_reply script[6] = {ALIVE};
        struct buffer bodies[4];
        struct database_fixture database;
        size_t count = 0;

        for (; count < 4 && cases[i].replies[count] != NULL; count++) {
            bodies[count] = BUFFER(KIB(4));
            write_reply(cases[i].replies[count], &bodies[count]);
            script[1 + count] = (struct rpc_reply){200, buffer_text(&bodies[count])};
        }
        begin(&database, SWITCH, script);
        fgt(&database, "gate-1", "b");
        CU_ASSERT_TRUE(fmg_topology_add_vdom(&database.fixture.run.topology, "gate-1", "a", ADOM));
        fgt(&database, "gate-2", "b");
        CU_ASSERT_TRUE(fmg_topology_add_vdom(&database.fixture.run.topology, "gate-2", "a", ADOM));
        CU_ASSERT_EQUAL(read(&database), HECTOR_OK);
        finish(&database, count);
        CU_ASSERT_STRING_EQUAL(value(&database, "coverage", 0, "/complete"),
                               *cases[i].unread == '\0' ? "true" : "false");
        CU_ASSERT_PTR_NOT_NULL(
            strstr(value(&database, "coverage", 0, "/message"), cases[i].unread));
        end(&database);
        while (count-- > 0) {
            buffer_release(&bodies[count]);
        }
    }
}

/* Too large an answer fails no FortiGate: its tables are requested in two halves. */
static void test_too_large(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(OK_ROW("[]"))},
        {200, RESULT(OK_ROW("[" ONE "]") "," OK_ROW("[" TWO "," THREE "]"))},
        {200, RESULT(OK_ROW("[" ONE "]"))},
        {200, RESULT(OK_ROW("[" TWO "," THREE "]"))},
        {0, NULL}};
    struct database_fixture database;

    begin(&database, SWITCH, script);
    database.fixture.peer.host.limits.reply_max_bytes = 300;
    fgt(&database, "gate-1", "root");
    fgt(&database, "gate-2", "root");
    fgt(&database, "gate-3", "root");
    CU_ASSERT_EQUAL(read(&database), HECTOR_OK);
    finish(&database, 4);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&database.fixture.peer, "/gate-2/"), 2);
    CU_ASSERT_EQUAL(host_count(&database.fixture.peer.host, "asset"), 3);
    CU_ASSERT_STRING_EQUAL(value(&database, "asset", 2, "/manager/name"), "gate-3");
    CU_ASSERT_STRING_EQUAL(value(&database, "coverage", 0, "/complete"), "true");
    end(&database);
}

static void test_cancelled(void)
{
    static const struct rpc_reply script[] = {ALIVE, {0, NULL}};
    struct database_fixture database;

    begin(&database, SWITCH, script);
    fgt(&database, "gate-1", "root");
    database.fixture.peer.host.cancel = true;
    CU_ASSERT_EQUAL(read(&database), HECTOR_CANCELLED);
    run_fixture_close(&database.fixture);
    end(&database);
}

static CU_TestInfo database_tests[] = {
    {"union of FortiGates", test_union_of_fgts},
    {"united with the table", test_united_with_the_table},
    {"at two FortiGates", test_at_two_fgts},
    {"VDOMs", test_vdoms},
    {"fields by version", test_fields_by_version},
    {"not authorized", test_not_authorized},
    {"a switch not authorized", test_switch_not_authorized},
    {"refused", test_refused},
    {"one fails", test_one_fails},
    {"VDOMs gone", test_vdoms_gone},
    {"too large", test_too_large},
    {"cancelled", test_cancelled},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "device database", .pTests = database_tests},
                             CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
