/*
 * test_unit_lists.c - a unit's values from table, cache, FortiGate and device database together.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/fortimanager/unit_lists.h"

#include <string.h>

#include <stdio.h>

#include <CUnit/CUnit.h>

#include "lib/run_fixture.h"
#include "lib/tap.h"
#include "sources/fortimanager/scopes.h"
#include "sources/fortimanager/unit_list_count.h"

#define SERIAL "FP231FTF20000001"
#define MEMBER "\"scope member\":[{\"name\":\"gate-1\",\"vdom\":\"root\"}]"
#define ROW                                                                                        \
    "{\"name\":\"lobby\",\"wtp-id\":\"" SERIAL "\",\"admin\":2,\"_conn-state\":1," MEMBER "}"

/* The cache answers without the status that other rows have. */
#define CACHE(fgt)                                                                                 \
    "{\"data\":[{\"data\":\"{\\\"connection_state\\\":\\\"Disconnected\\\",\\\"local_ip\\\":"      \
    "\\\"192.0.2.9\\\",\\\"board_mac\\\":\\\"94:f3:92:00:00:01\\\",\\\"location\\\":"              \
    "\\\"Lobby\\\"}\",\"dev\":\"" fgt "\",\"sn\":\"" SERIAL "\",\"type\":\"fap\"}]}"
#define PROXIED                                                                                    \
    OK_ROW("[{\"response\":[{\"results\":[{\"serial\":\"" SERIAL                                   \
           "\",\"local_addr\":\"192.0.2.10\",\"board_mac\":\"00:00:00:00:00:00\",\"status\":"      \
           "\"connected\",\"location\":\"\",\"join_time_raw\":1700000000}],\"status\":"            \
           "\"success\"}],\"status\":{\"code\":0,\"message\":\"OK\"},\"target\":\"gate-1\"}]")

/* One connected FortiGate, whose access points are read with these attributes ticked. */
static void begin(struct run_fixture *fixture, const struct rpc_reply *script, bool proxied)
{
    struct settings *settings = &fixture->peer.host.settings;

    run_fixture_begin(fixture, script);
    (void)run_fixture_fgt(fixture, "root", "gate-1", "root", true);
    settings->device_types[FIREWALL] = settings->device_types[SWITCH] = false;
    settings->attributes[ATTRIBUTE_ip_address] = true;
    settings->attributes[ATTRIBUTE_mac_address] = true;
    settings->attributes[ATTRIBUTE_location] = true;
    settings->attributes[ATTRIBUTE_connection_status] = true;
    settings->attributes[ATTRIBUTE_connected_since] = true;
    settings->chosen[CHOICE_live_status_when_needed] = proxied;
    CU_ASSERT_EQUAL(
        inventory_expect(fixture->run.inventory, "adom:root", ACCESS_POINT, &fixture->failure),
        HECTOR_OK);
}

/* Reads and ends the run; the results are in the host's documents. */
static int32_t read(struct run_fixture *fixture, size_t requests)
{
    struct unit_lists unit_lists;
    int32_t code = fmg_unit_lists_open(&unit_lists, &fixture->run, &fixture->failure);

    code = code == HECTOR_OK ? fmg_unit_lists_read(&unit_lists, &fixture->failure) : code;
    code = code == HECTOR_OK ? fmg_scopes_end(&fixture->run, &fixture->failure) : code;
    fmg_unit_lists_close(&unit_lists);
    run_fixture_close(fixture);
    CU_ASSERT_EQUAL(fixture->peer.record.count, 1 + requests);
    return inventory_finish(fixture->run.inventory, code, &fixture->failure);
}

static const char *attributes(const struct run_fixture *fixture)
{
    return host_value(&fixture->peer.host, "asset", 0, "/attributes");
}

static void test_table_and_cache(void)
{
    static const struct rpc_reply script[] = {
        ALIVE, {200, RESULT(OK_ROW("[" ROW "]") "," CACHE("gate-1"))}, {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script, false);
    CU_ASSERT_EQUAL(read(&fixture, 1), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(attributes(&fixture),
                           "{\"serial_number\":\"" SERIAL "\",\"ip_address\":\"192.0.2.9\","
                           "\"mac_address\":\"94:f3:92:00:00:01\",\"connection_status\":\"down\","
                           "\"location\":\"Lobby\"}");
    run_fixture_end(&fixture);
}

/* The FortiGate's answer replaces the cache, which replaces the table; a value that the FortiGate
 * lacks stays. */
static void test_proxied_over_cache(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(OK_ROW("[" ROW "]") "," CACHE("gate-1"))},
        {200, RESULT(PROXIED)},
        {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script, true);
    CU_ASSERT_EQUAL(read(&fixture, 2), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(attributes(&fixture),
                           "{\"serial_number\":\"" SERIAL "\",\"ip_address\":\"192.0.2.10\","
                           "\"mac_address\":\"94:f3:92:00:00:01\",\"connection_status\":\"up\","
                           "\"location\":\"Lobby\",\"connected_since\":\"2023-11-14T22:13:20Z\"}");
    run_fixture_end(&fixture);
}

/* Cached values of a unit with the same serial at another FortiGate do not apply. */
static void test_cache_of_another_fgt(void)
{
    static const struct rpc_reply script[] = {
        ALIVE, {200, RESULT(OK_ROW("[" ROW "]") "," CACHE("gate-2"))}, {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script, false);
    CU_ASSERT_EQUAL(read(&fixture, 1), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(attributes(&fixture),
                           "{\"serial_number\":\"" SERIAL "\",\"connection_status\":\"down\"}");
    run_fixture_end(&fixture);
}

/* A cache that is refused, broken or empty causes no problem. */
static void test_no_cache(void)
{
    static const char *const caches[] = {REFUSED, CODE_ROW("-6", "Invalid url"), "{\"data\":null}",
                                         OK_ROW("[]"), OK_ROW("\"text\"")};

    for (size_t i = 0; i < sizeof(caches) / sizeof(caches[0]); i++) {
        struct buffer reply = BUFFER(KIB(4));
        struct rpc_reply script[] = {ALIVE, {200, NULL}, {0, NULL}};
        struct run_fixture fixture;

        buffer_printf(&reply, "{\"result\":[%s,%s]}", OK_ROW("[" ROW "]"), caches[i]);
        script[1].body = buffer_text(&reply);
        begin(&fixture, script, false);
        CU_ASSERT_EQUAL(read(&fixture, 1), HECTOR_OK);
        CU_ASSERT_STRING_EQUAL(attributes(&fixture),
                               "{\"serial_number\":\"" SERIAL "\",\"connection_status\":\"down\"}");
        CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "problem"), 0);
        run_fixture_end(&fixture);
        buffer_release(&reply);
    }
}

/* A refused table does not count as empty. */
static void test_refused(void)
{
    /* Repeated without fields. */
    static const struct rpc_reply script[] = {
        ALIVE, {200, RESULT(REFUSED "," CACHE("gate-1"))}, {200, RESULT(REFUSED)}, {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script, false);
    CU_ASSERT_EQUAL(read(&fixture, 2), HECTOR_PERMISSION);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "coverage", 0, "/complete"), "false");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "coverage", 0, "/reason"),
                           "roster_refused");
    run_fixture_end(&fixture);
}

/* In per-device mode the ADOM's table may be empty: the device databases have the units. */
static void test_per_device(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(OK_ROW("[]") "," OK_ROW("[]"))},
        {200, RESULT(PROXIED)},
        {200, RESULT(OK_ROW("[{\"name\":\"lobby\",\"wtp-id\":\"" SERIAL "\",\"admin\":2}]"))},
        {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script, true);
    fmg_topology_find_adom(&fixture.run.topology, "root")->per_device[ACCESS_POINT] = true;
    CU_ASSERT_EQUAL(read(&fixture, 3), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(attributes(&fixture),
                           "{\"serial_number\":\"" SERIAL "\",\"ip_address\":\"192.0.2.10\","
                           "\"connection_status\":\"up\","
                           "\"connected_since\":\"2023-11-14T22:13:20Z\"}");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "asset", 0, "/manager/name"), "gate-1");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "coverage", 0, "/complete"), "true");
    run_fixture_end(&fixture);
}

/* A FortiGate that counts units but shows no row is requested once more by itself, then its device
 * database. Units found there are delivered; without any, the counter is stale, which is no
 * failure. Only an unread database leaves the scope incomplete. */
static void test_counted_but_empty(void)
{
    static const struct rpc_reply empty = {200, RESULT(OK_ROW("[]") "," OK_ROW("[]"))};
    static const struct rpc_reply alone = {200, RESULT(OK_ROW("[" ROW "]") "," OK_ROW("[]"))};
    static const struct {
        const struct rpc_reply *again;
        const char *database; /* NULL = not requested */
        size_t requests;
        int32_t code;
        const char *problem, *incomplete;
        size_t assets;
    } cases[] = {
        {&alone, NULL, 2, HECTOR_OK, "requests_repeated", "", 1},
        {&empty, OK_ROW("[{\"wtp-id\":\"" SERIAL "\",\"admin\":2}]"), 3, HECTOR_OK, "", "", 1},
        {&empty, OK_ROW("[]"), 3, HECTOR_OK, "counter_stale", "", 0},
        {&empty, OK_ROW("null"), 3, HECTOR_OK, "counter_stale", "", 0},
        {&empty, CODE_ROW("-9", "no"), 4, HECTOR_DATA, "", "roster_unread", 0},
        {&empty, OK_ROW("[null]"), 3, HECTOR_DATA, "", "reply_invalid", 0},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct rpc_reply script[] = {ALIVE,     empty,     *cases[i].again,
                                     {0, NULL}, {0, NULL}, {0, NULL}};
        struct run_fixture fixture;
        char database[512];

        if (cases[i].database != NULL) {
            (void)snprintf(database, sizeof(database), "{\"result\":[%s]}", cases[i].database);
            script[3] = script[4] = (struct rpc_reply){200, database};
        }
        begin(&fixture, script, false);
        fmg_topology_find_fgt(&fixture.run.topology, "gate-1")->counted[ACCESS_POINT] = 7;
        fmg_topology_find_fgt(&fixture.run.topology, "gate-1")->counts = true;
        CU_ASSERT_EQUAL(read(&fixture, cases[i].requests), cases[i].code);
        CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "asset"), cases[i].assets);
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "problem", 0, "/reason"),
                               cases[i].problem);
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "coverage", 0, "/reason"),
                               cases[i].incomplete);
        run_fixture_end(&fixture);
    }
}

/* The counters prove nothing for a FortiGate that is a model device or unauthorised, has VDOMs
 * elsewhere, or listed some units. */
static void test_counters_that_prove_nothing(void)
{
    static const struct rpc_reply empty = {200, RESULT(OK_ROW("[]") "," OK_ROW("[]"))};

    for (int i = 0; i < 3; i++) {
        const struct rpc_reply script[] = {ALIVE, empty, {0, NULL}};
        struct run_fixture fixture;
        struct fgt *fgt;

        begin(&fixture, script, false);
        fgt = fmg_topology_find_fgt(&fixture.run.topology, "gate-1");
        fgt->counted[ACCESS_POINT] = 7;
        fgt->counts = i != 0;
        if (i == 1) {
            CU_ASSERT_TRUE(
                fmg_topology_add_vdom(&fixture.run.topology, "gate-1", "guest", "unread"));
        } else if (i == 2) {
            fgt->listed[ACCESS_POINT] = 1;
        }
        CU_ASSERT_EQUAL(read(&fixture, 1), HECTOR_OK);
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "coverage", 0, "/complete"), "true");
        CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "problem"), 0);
        run_fixture_end(&fixture);
    }
}

/* A row that is no object may have been a unit, so the list counts as not read. */
static void test_rows_that_are_no_objects(void)
{
    static const char *const rows[] = {"[null]", "[5," ROW "]", "[" ROW ",\"x\"]", "[[]]"};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct rpc_reply script[] = {ALIVE, {200, NULL}, {0, NULL}};
        struct run_fixture fixture;
        char reply[1024];

        (void)snprintf(reply, sizeof(reply),
                       "{\"result\":[{\"data\":%s,\"status\":{\"code\":0}}," OK_ROW("[]") "]}",
                       rows[i]);
        script[1].body = reply;
        begin(&fixture, script, false);
        CU_ASSERT_TRUE(read(&fixture, 1) != HECTOR_OK);
        CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "asset"), i == 1 || i == 2 ? 1 : 0);
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "coverage", 0, "/reason"),
                               "reply_invalid");
        CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "skipped"), 0);
        run_fixture_end(&fixture);
    }
}

/* Too large even in slices of single FortiGates: after three of those the run stops. */
static void test_always_too_large(void)
{
    static const struct rpc_reply large = {200, RESULT(OK_ROW("[" ROW "]") "," OK_ROW("[]"))};
    const struct rpc_reply script[] = {ALIVE, large, large, large,    large,
                                       large, large, large, {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script, false);
    for (int i = 2; i <= 8; i++) {
        char name[] = {'g', 'a', 't', 'e', '-', (char)('0' + i), '\0'};

        (void)run_fixture_fgt(&fixture, "root", name, "root", true);
    }
    fixture.peer.host.limits.reply_max_bytes = 64;
    /* Eight FortiGates, four, two, one and one, two, one. */
    CU_ASSERT_EQUAL(read(&fixture, 7), HECTOR_LIMIT);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "coverage", 0, "/reason"),
                           "reply_too_large");
    run_fixture_end(&fixture);
}

/* A run that exceeds its memory ends; unread scopes are incomplete, with that reason. */
static void test_store_full(void)
{
    static const struct rpc_reply script[] = {
        ALIVE, {200, RESULT(OK_ROW("[" ROW "]") "," OK_ROW("[]"))}, {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script, false);
    fixture.run.topology.adom_bytes += STORE_MAX;
    CU_ASSERT_EQUAL(read(&fixture, 1), HECTOR_LIMIT);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "asset"), 0);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "coverage", 0, "/complete"), "false");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "coverage", 0, "/reason"), "store_full");
    run_fixture_end(&fixture);
}

/* The overlay takes no more memory than the run has left; omitted values are reported, and the
 * units are kept. */
static void test_overlay_have_the_rest(void)
{
    struct rpc_reply script[] = {ALIVE, {200, NULL}, {0, NULL}};
    struct buffer reply = BUFFER(MIB(2));
    struct run_fixture fixture;

    buffer_append_text(&reply, "{\"result\":[" OK_ROW("[" ROW "]") ",{\"data\":[");
    for (int i = 0; i < 4000; i++) {
        buffer_printf(&reply,
                      "%s{\"data\":{\"local_ip\":\"192.0.2.9\",\"location\":\"%0100d\"},"
                      "\"dev\":\"gate-1\",\"sn\":\"FP231FTF2%07d\"}",
                      i > 0 ? "," : "", i, i);
    }
    buffer_append_text(&reply, "]}]}");
    script[1].body = buffer_text(&reply);
    begin(&fixture, script, false);
    fixture.run.topology.adom_bytes += STORE_MAX - MIB(1);
    CU_ASSERT_EQUAL(read(&fixture, 1), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "asset"), 1);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "coverage", 0, "/complete"), "true");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "problem", 0, "/reason"), "facts_full");
    run_fixture_end(&fixture);
    buffer_release(&reply);
}

/* Proxied queries sent while the table is kept may only use the memory that the table leaves. */
static void test_memory_is_shared(void)
{
    static const struct rpc_reply script[] = {ALIVE,
                                              {200, RESULT(OK_ROW("[" ROW "]") "," OK_ROW("[]"))},
                                              {200, RESULT(PROXIED)},
                                              {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script, true);
    fixture.peer.host.operation.replies.max = 14000; /* enough for either of the two */
    CU_ASSERT_EQUAL(read(&fixture, 2), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(attributes(&fixture),
                           "{\"serial_number\":\"" SERIAL "\",\"connection_status\":\"down\"}");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "problem", 0, "/reason"),
                           "live_gate_failed");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "coverage", 0, "/complete"), "true");
    run_fixture_end(&fixture);
}

/* A large list is requested for single FortiGates: one has no VDOM in this ADOM, one has unknown
 * VDOMs. */
static void test_vdoms_not_reported(void)
{
    static const struct rpc_reply large = {200,
                                           RESULT(OK_ROW("[" ROW "]") "," OK_ROW("[" ROW "]"))};
    static const struct rpc_reply answer = {200, RESULT(OK_ROW("[]") "," OK_ROW("[]"))};
    const struct rpc_reply script[] = {ALIVE, large, answer, answer, {0, NULL}};

    for (int reported = 0; reported < 2; reported++) {
        struct run_fixture fixture;

        begin(&fixture, script, false);
        fixture.peer.host.limits.reply_max_bytes = 200;
        CU_ASSERT_TRUE(fmg_topology_join(&fixture.run.topology, "gate-2", "root"));
        fmg_topology_find_fgt(&fixture.run.topology, "gate-2")->is_fgt = true;
        if (reported > 0) {
            CU_ASSERT_TRUE(
                fmg_topology_add_vdom(&fixture.run.topology, "gate-2", "dmz", "elsewhere"));
        }
        (void)read(&fixture, reported > 0 ? 2 : 3);
        CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture.peer, "\"scope member\":[]"), 0);
        CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture.peer, "\"gate-1\",\"vdom\":\"root\""), 1);
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "coverage", 0, "/complete"),
                               reported > 0 ? "true" : "false");
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "coverage", 0, "/reason"),
                               reported > 0 ? "" : "reply_invalid");
        run_fixture_end(&fixture);
    }
}

/* FortiGates with more VDOMs than one request can name: the slice is halved until each fits. */
static void test_too_large_to_send(void)
{
    static const struct rpc_reply answer = {200, RESULT(OK_ROW("[]") "," OK_ROW("[]"))};
    const struct rpc_reply script[] = {ALIVE, answer, answer, answer, {0, NULL}};
    struct run_fixture fixture;
    char vdom[256];

    begin(&fixture, script, false);
    (void)run_fixture_fgt(&fixture, "root", "gate-2", "root", true);
    (void)run_fixture_fgt(&fixture, "root", "gate-3", "root", true);
    for (int i = 0; i < 4000; i++) {
        (void)snprintf(vdom, sizeof(vdom), "%0240d", i);
        CU_ASSERT_TRUE(fmg_topology_add_vdom(&fixture.run.topology,
                                             i % 2 == 0 ? "gate-1" : "gate-2", vdom, "root"));
    }
    /* A slice of the first two, and one of the third. */
    fixture.peer.host.limits.reply_aim_bytes = 9 * (256 + 4096);
    CU_ASSERT_EQUAL(read(&fixture, 3), HECTOR_OK);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture.peer, "\"gate-1\""), 1);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture.peer, "\"gate-2\""), 1);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "coverage", 0, "/complete"), "true");
    run_fixture_end(&fixture);
}

/* Counts for validate; a request that would be too long gives no count. */
static void test_counts(void)
{
    static const struct rpc_reply script[] = {
        ALIVE, {200, RESULT(OK_ROW("7") "," OK_ROW("3"))}, {0, NULL}};
    struct run_fixture fixture;
    char vdom[256];
    uint64_t units;

    begin(&fixture, script, false);
    (void)run_fixture_fgt(&fixture, "another", "gate-2", "root", true);
    CU_ASSERT_EQUAL(fmg_unit_lists_count(&fixture.run, ACCESS_POINT, &units, &fixture.failure),
                    HECTOR_OK);
    CU_ASSERT_EQUAL(units, 10);
    (void)run_fixture_fgt(&fixture, "root", "gate-3", "root", true);
    for (int i = 0; i < 9000; i++) {
        (void)snprintf(vdom, sizeof(vdom), "%0240d", i);
        CU_ASSERT_TRUE(fmg_topology_add_vdom(&fixture.run.topology, "gate-1", vdom, "root"));
    }
    fixture.peer.host.limits.reply_aim_bytes = 5 * 256; /* not the whole ADOM at once */
    CU_ASSERT_EQUAL(fmg_unit_lists_count(&fixture.run, ACCESS_POINT, &units, &fixture.failure),
                    HECTOR_LIMIT);
    CU_ASSERT_EQUAL(fixture.failure.reason, REASON_too_large_to_send);
    run_fixture_close(&fixture);
    CU_ASSERT_EQUAL(fixture.peer.record.count, 2);
    run_fixture_end(&fixture);
}

/* Every requested scope gets a coverage, even an unexpected one: the system contradicts itself. */
static void test_unexpected_scope(void)
{
    static const struct rpc_reply failing[] = {ALIVE, {501, "<html>"}, {0, NULL}},
                                  working[] = {ALIVE,
                                               {200, RESULT(OK_ROW("[]") "," OK_ROW("[]"))},
                                               {0, NULL}};

    for (int i = 0; i < 2; i++) {
        struct run_fixture fixture;

        begin(&fixture, i == 0 ? failing : working, false);
        fixture.peer.host.settings.attributes[ATTRIBUTE_ip_address] = false;
        fixture.peer.host.settings.attributes[ATTRIBUTE_mac_address] = false;
        fixture.peer.host.settings.attributes[ATTRIBUTE_location] = false;
        (void)run_fixture_fgt(&fixture, "another", "gate-2", "root", true);
        CU_ASSERT_EQUAL(read(&fixture, 1), i == 0 ? HECTOR_UNREACHABLE : HECTOR_OK);
        CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "coverage"), 2);
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "coverage", 1, "/scope"),
                               "adom:another");
        run_fixture_end(&fixture);
    }
}

/* A stale counter is no failure either when the row names no VDOM: its ADOM was read as a whole. */
static void test_stale_without_vdoms(void)
{
    static const struct rpc_reply script[] = {ALIVE,
                                              {200, RESULT(OK_ROW("[" ROW "]") "," OK_ROW("[]"))},
                                              {200, RESULT(OK_ROW("[]") "," OK_ROW("[]"))},
                                              {200, RESULT(OK_ROW("[]"))},
                                              {0, NULL}};
    struct run_fixture fixture;
    struct fgt *fgt;

    begin(&fixture, script, false);
    CU_ASSERT_TRUE(fmg_topology_join(&fixture.run.topology, "gate-2", "root"));
    fgt = fmg_topology_find_fgt(&fixture.run.topology, "gate-2");
    fgt->read = fgt->is_fgt = fgt->counts = true;
    fgt->counted[ACCESS_POINT] = 2;
    CU_ASSERT_EQUAL(read(&fixture, 3), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "coverage", 0, "/complete"), "true");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "problem", 0, "/reason"),
                           "counter_stale");
    run_fixture_end(&fixture);
}

static CU_TestInfo unit_list_tests[] = {
    {"table and cache", test_table_and_cache},
    {"proxied over cache over table", test_proxied_over_cache},
    {"the cache of another FortiGate", test_cache_of_another_fgt},
    {"no cache", test_no_cache},
    {"a table that is refused", test_refused},
    {"per-device mode", test_per_device},
    {"counted, but empty", test_counted_but_empty},
    {"a stale counter, no VDOM named", test_stale_without_vdoms},
    {"counters that prove nothing", test_counters_that_prove_nothing},
    {"rows that are no objects", test_rows_that_are_no_objects},
    {"always too large", test_always_too_large},
    {"the store is full", test_store_full},
    {"VDOMs not reported", test_vdoms_not_reported},
    {"overlay has the rest", test_overlay_have_the_rest},
    {"memory is shared", test_memory_is_shared},
    {"too large to send", test_too_large_to_send},
    {"a scope that was not expected", test_unexpected_scope},
    {"counts", test_counts},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "unit lists", .pTests = unit_list_tests},
                             CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
