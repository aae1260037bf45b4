/*
 * test_rosters.c - what is known of one unit from table, cache, gate and device database together.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fortimanager/rosters.h"

#include <string.h>

#include <stdio.h>

#include <CUnit/CUnit.h>

#include "run_scene.h"
#include "tap.h"

#define SERIAL "FP231FTF20000001"
#define MEMBER "\"scope member\":[{\"name\":\"gate-1\",\"vdom\":\"root\"}]"
#define ROW                                                                                        \
    "{\"name\":\"lobby\",\"wtp-id\":\"" SERIAL "\",\"admin\":2,\"_conn-state\":1," MEMBER "}"

/* A cache row without the status that other answers have. */
#define CACHE(gate)                                                                                \
    "{\"data\":[{\"data\":\"{\\\"connection_state\\\":\\\"Disconnected\\\",\\\"local_ip\\\":"      \
    "\\\"192.0.2.9\\\",\\\"board_mac\\\":\\\"94:f3:92:00:00:01\\\",\\\"location\\\":"              \
    "\\\"Lobby\\\"}\",\"dev\":\"" gate "\",\"sn\":\"" SERIAL "\",\"type\":\"fap\"}]}"
#define LIVE                                                                                       \
    OK_ROW("[{\"response\":[{\"results\":[{\"serial\":\"" SERIAL                                   \
           "\",\"local_addr\":\"192.0.2.10\",\"board_mac\":\"00:00:00:00:00:00\",\"status\":"      \
           "\"connected\",\"location\":\"\",\"join_time_raw\":1700000000}],\"status\":"            \
           "\"success\"}],\"status\":{\"code\":0,\"message\":\"OK\"},\"target\":\"gate-1\"}]")

/* One connected gate, whose access points are read with these attributes ticked. */
static void begin(struct run_scene *scene, const struct rpc_reply *script, bool live)
{
    struct settings *settings = &scene->peer.host.settings;

    run_scene_begin(scene, script);
    (void)run_scene_gate(scene, "root", "gate-1", "root", true);
    settings->device_types[FIREWALL] = settings->device_types[SWITCH] = false;
    settings->attributes[ATTRIBUTE_ip_address] = true;
    settings->attributes[ATTRIBUTE_mac_address] = true;
    settings->attributes[ATTRIBUTE_location] = true;
    settings->attributes[ATTRIBUTE_connection_status] = true;
    settings->attributes[ATTRIBUTE_connected_since] = true;
    settings->live_status = live;
    CU_ASSERT_EQUAL(census_expect(scene->run.census, "adom:root", ACCESS_POINT, &scene->failure),
                    HECTOR_OK);
}

/* Reads, and ends the run: what came of it stands in the host's documents. */
static int32_t read(struct run_scene *scene, size_t requests)
{
    int32_t code = rosters_read(&scene->run, &scene->failure);

    run_scene_close(scene);
    CU_ASSERT_EQUAL(scene->peer.record.count, 1 + requests);
    return census_finish(scene->run.census, code, &scene->failure);
}

static const char *attributes(const struct run_scene *scene)
{
    return host_value(&scene->peer.host, "asset", 0, "/attributes");
}

static void test_table_and_cache(void)
{
    static const struct rpc_reply script[] = {
        ALIVE, {200, RESULT(OK_ROW("[" ROW "]") "," CACHE("gate-1"))}, {0, NULL}};
    struct run_scene scene;

    begin(&scene, script, false);
    CU_ASSERT_EQUAL(read(&scene, 1), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(attributes(&scene),
                           "{\"serial_number\":\"" SERIAL "\",\"ip_address\":\"192.0.2.9\","
                           "\"mac_address\":\"94:f3:92:00:00:01\",\"connection_status\":\"down\","
                           "\"location\":\"Lobby\"}");
    run_scene_end(&scene);
}

/* Live over cache over table; what the gate does not know stays as the cache has it. */
static void test_live_over_cache(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(OK_ROW("[" ROW "]") "," CACHE("gate-1"))},
        {200, RESULT(LIVE)},
        {0, NULL}};
    struct run_scene scene;

    begin(&scene, script, true);
    CU_ASSERT_EQUAL(read(&scene, 2), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(attributes(&scene),
                           "{\"serial_number\":\"" SERIAL "\",\"ip_address\":\"192.0.2.10\","
                           "\"mac_address\":\"94:f3:92:00:00:01\",\"connection_status\":\"up\","
                           "\"location\":\"Lobby\",\"connected_since\":\"2023-11-14T22:13:20Z\"}");
    run_scene_end(&scene);
}

/* What the cache tells of another gate's unit of that serial is not this one's. */
static void test_cache_of_another_gate(void)
{
    static const struct rpc_reply script[] = {
        ALIVE, {200, RESULT(OK_ROW("[" ROW "]") "," CACHE("gate-2"))}, {0, NULL}};
    struct run_scene scene;

    begin(&scene, script, false);
    CU_ASSERT_EQUAL(read(&scene, 1), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(attributes(&scene),
                           "{\"serial_number\":\"" SERIAL "\",\"connection_status\":\"down\"}");
    run_scene_end(&scene);
}

/* A cache that is refused, broken or silent is nothing to speak of. */
static void test_no_cache(void)
{
    static const char *const caches[] = {REFUSED, CODE_ROW("-6", "Invalid url"), "{\"data\":null}",
                                         OK_ROW("[]"), OK_ROW("\"text\"")};

    for (size_t i = 0; i < sizeof(caches) / sizeof(caches[0]); i++) {
        struct buffer reply = BUFFER(KIB(4));
        struct rpc_reply script[] = {ALIVE, {200, NULL}, {0, NULL}};
        struct run_scene scene;

        buffer_printf(&reply, "{\"result\":[%s,%s]}", OK_ROW("[" ROW "]"), caches[i]);
        script[1].body = buffer_text(&reply);
        begin(&scene, script, false);
        CU_ASSERT_EQUAL(read(&scene, 1), HECTOR_OK);
        CU_ASSERT_STRING_EQUAL(attributes(&scene),
                               "{\"serial_number\":\"" SERIAL "\",\"connection_status\":\"down\"}");
        CU_ASSERT_EQUAL(host_count(&scene.peer.host, "problem"), 0);
        run_scene_end(&scene);
        buffer_release(&reply);
    }
}

/* In per-device mode the table may be empty: the gates' own databases say what there is. */
static void test_per_device(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(OK_ROW("[]") "," OK_ROW("[]"))},
        {200, RESULT(LIVE)},
        {200, RESULT(OK_ROW("[{\"name\":\"lobby\",\"wtp-id\":\"" SERIAL "\",\"admin\":2}]"))},
        {0, NULL}};
    struct run_scene scene;

    begin(&scene, script, true);
    estate_find_adom(&scene.run.estate, "root")->per_device[ACCESS_POINT] = true;
    CU_ASSERT_EQUAL(read(&scene, 3), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(attributes(&scene),
                           "{\"serial_number\":\"" SERIAL "\",\"ip_address\":\"192.0.2.10\","
                           "\"connection_status\":\"up\","
                           "\"connected_since\":\"2023-11-14T22:13:20Z\"}");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.peer.host, "asset", 0, "/manager/name"), "gate-1");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.peer.host, "coverage", 0, "/complete"), "true");
    run_scene_end(&scene);
}

/* An empty table whose gates count units is asked for once more, then it is incomplete. */
static void test_empty(void)
{
    static const struct rpc_reply empty = {200, RESULT(OK_ROW("[]") "," OK_ROW("[]"))};
    const struct rpc_reply script[] = {ALIVE, empty, empty, {0, NULL}};
    struct run_scene scene;

    begin(&scene, script, false);
    estate_find_gate(&scene.run.estate, "gate-1")->access_points = 7;
    CU_ASSERT_EQUAL(read(&scene, 2), HECTOR_DATA);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.peer.host, "coverage", 0, "/reason"), "roster_empty");
    run_scene_end(&scene);
}

/*
 * The VDOMs of a gate lie in several ADOMs, and its count is of all: an ADOM without units is
 * complete, unasked a second time, when the others have shown as many as the gate counts.
 */
static void test_empty_beside_another(void)
{
    static const struct rpc_reply both = {
        200, RESULT(OK_ROW("[]") "," OK_ROW("[" ROW "]") "," OK_ROW("[]") "," OK_ROW("[]"))};
    static const struct rpc_reply again = {200, RESULT(OK_ROW("[]") "," OK_ROW("[]"))};

    for (uint32_t counted = 1; counted <= 2; counted++) {
        const struct rpc_reply script[] = {ALIVE, both, again, {0, NULL}};
        struct run_scene scene;

        begin(&scene, script, false);
        (void)run_scene_gate(&scene, "tenant", "gate-1", "guest", true);
        CU_ASSERT_EQUAL(census_expect(scene.run.census,
                                      estate_find_adom(&scene.run.estate, "tenant")->scope,
                                      ACCESS_POINT, &scene.failure),
                        HECTOR_OK);
        estate_find_gate(&scene.run.estate, "gate-1")->access_points = counted;
        if (counted == 1) {
            CU_ASSERT_EQUAL(read(&scene, 1), HECTOR_OK);
            CU_ASSERT_EQUAL(host_count(&scene.peer.host, "problem"), 0);
        } else {
            CU_ASSERT_EQUAL(read(&scene, 2), HECTOR_PARTIAL);
            CU_ASSERT_STRING_EQUAL(host_value(&scene.peer.host, "coverage", 0, "/reason"),
                                   "roster_empty");
        }
        CU_ASSERT_STRING_EQUAL(host_value(&scene.peer.host, "coverage", 0, "/scope"), "adom:root");
        CU_ASSERT_STRING_EQUAL(host_value(&scene.peer.host, "coverage", 0, "/complete"),
                               counted == 1 ? "true" : "false");
        CU_ASSERT_STRING_EQUAL(host_value(&scene.peer.host, "coverage", 1, "/complete"), "true");
        run_scene_end(&scene);
    }
}

/* The second answer of one ADOM tells what the emptiness of the other means. */
static void test_empty_then_not(void)
{
    static const struct rpc_reply none = {
        200, RESULT(OK_ROW("[]") "," OK_ROW("[]") "," OK_ROW("[]") "," OK_ROW("[]"))};
    static const struct rpc_reply some = {
        200, RESULT(OK_ROW("[]") "," OK_ROW("[" ROW "]") "," OK_ROW("[]") "," OK_ROW("[]"))};
    const struct rpc_reply script[] = {ALIVE, none, some, {0, NULL}};
    struct run_scene scene;

    begin(&scene, script, false);
    (void)run_scene_gate(&scene, "tenant", "gate-1", "guest", true);
    estate_find_gate(&scene.run.estate, "gate-1")->access_points = 1;
    CU_ASSERT_EQUAL(read(&scene, 2), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.peer.host, "coverage", 0, "/complete"), "true");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.peer.host, "problem", 0, "/reason"),
                           "requests_repeated");
    run_scene_end(&scene);
}

/* Too large in halves too, down to single gates: three of them, and no more is asked for. */
static void test_always_too_large(void)
{
    static const struct rpc_reply large = {200, RESULT(OK_ROW("[" ROW "]") "," OK_ROW("[]"))};
    const struct rpc_reply script[] = {ALIVE, large, large, large,    large,
                                       large, large, large, {0, NULL}};
    struct run_scene scene;

    begin(&scene, script, false);
    for (int i = 2; i <= 8; i++) {
        char name[] = {'g', 'a', 't', 'e', '-', (char)('0' + i), '\0'};

        (void)run_scene_gate(&scene, "root", name, "root", true);
    }
    scene.peer.host.limits.reply_max_bytes = 64;
    /* Eight gates, four, two, one and one, two, one. */
    CU_ASSERT_EQUAL(read(&scene, 7), HECTOR_LIMIT);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.peer.host, "coverage", 0, "/reason"),
                           "reply_too_large");
    run_scene_end(&scene);
}

/* A run that remembers too much ends, and what it has not read is incomplete, with the reason. */
static void test_store_full(void)
{
    static const struct rpc_reply script[] = {
        ALIVE, {200, RESULT(OK_ROW("[" ROW "]") "," OK_ROW("[]"))}, {0, NULL}};
    struct run_scene scene;

    begin(&scene, script, false);
    scene.run.estate.array_bytes += STORE_MAX;
    CU_ASSERT_EQUAL(read(&scene, 1), HECTOR_LIMIT);
    CU_ASSERT_EQUAL(host_count(&scene.peer.host, "asset"), 0);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.peer.host, "coverage", 0, "/complete"), "false");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.peer.host, "coverage", 0, "/reason"), "store_full");
    run_scene_end(&scene);
}

/* Facts take no more than the run has left, and are told as left out; the units are not. */
static void test_facts_have_the_rest(void)
{
    struct rpc_reply script[] = {ALIVE, {200, NULL}, {0, NULL}};
    struct buffer reply = BUFFER(MIB(2));
    struct run_scene scene;

    buffer_append_text(&reply, "{\"result\":[" OK_ROW("[" ROW "]") ",{\"data\":[");
    for (int i = 0; i < 4000; i++) {
        buffer_printf(&reply,
                      "%s{\"data\":{\"local_ip\":\"192.0.2.9\",\"location\":\"%0100d\"},"
                      "\"dev\":\"gate-1\",\"sn\":\"FP231FTF2%07d\"}",
                      i > 0 ? "," : "", i, i);
    }
    buffer_append_text(&reply, "]}]}");
    script[1].body = buffer_text(&reply);
    begin(&scene, script, false);
    scene.run.estate.array_bytes += STORE_MAX - MIB(1);
    CU_ASSERT_EQUAL(read(&scene, 1), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&scene.peer.host, "asset"), 1);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.peer.host, "coverage", 0, "/complete"), "true");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.peer.host, "problem", 0, "/reason"), "facts_full");
    run_scene_end(&scene);
    buffer_release(&reply);
}

/* What gates are asked while the table is kept has the memory that the table leaves. */
static void test_memory_is_shared(void)
{
    static const struct rpc_reply script[] = {
        ALIVE, {200, RESULT(OK_ROW("[" ROW "]") "," OK_ROW("[]"))}, {200, RESULT(LIVE)}, {0, NULL}};
    struct run_scene scene;

    begin(&scene, script, true);
    scene.peer.host.limits.tree_max_bytes = 8000; /* room for either of the two */
    CU_ASSERT_EQUAL(read(&scene, 2), HECTOR_OK);
    CU_ASSERT_EQUAL(scene.peer.host.operation.tree_bytes, 0);
    CU_ASSERT_STRING_EQUAL(attributes(&scene),
                           "{\"serial_number\":\"" SERIAL "\",\"connection_status\":\"down\"}");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.peer.host, "problem", 0, "/reason"),
                           "live_gate_failed");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.peer.host, "coverage", 0, "/complete"), "true");
    run_scene_end(&scene);
}

/* Gates are asked for one by one where they are many: one has no VDOM here, one tells none. */
static void test_vdoms_not_told(void)
{
    static const struct rpc_reply large = {200,
                                           RESULT(OK_ROW("[" ROW "]") "," OK_ROW("[" ROW "]"))};
    static const struct rpc_reply answer = {200, RESULT(OK_ROW("[]") "," OK_ROW("[]"))};
    const struct rpc_reply script[] = {ALIVE, large, answer, answer, {0, NULL}};

    for (int told = 0; told < 2; told++) {
        struct run_scene scene;

        begin(&scene, script, false);
        scene.peer.host.limits.reply_max_bytes = 200;
        CU_ASSERT_TRUE(estate_join(&scene.run.estate, "gate-2", "root"));
        estate_find_gate(&scene.run.estate, "gate-2")->ours = true;
        if (told > 0) {
            CU_ASSERT_TRUE(estate_add_vdom(&scene.run.estate, "gate-2", "dmz", "elsewhere"));
        }
        (void)read(&scene, told > 0 ? 2 : 3);
        CU_ASSERT_EQUAL(scene_asked(&scene.peer, "\"scope member\":[]"), 0);
        CU_ASSERT_EQUAL(scene_asked(&scene.peer, "\"gate-1\",\"vdom\":\"root\""), 1);
        CU_ASSERT_STRING_EQUAL(host_value(&scene.peer.host, "coverage", 0, "/complete"),
                               told > 0 ? "true" : "false");
        CU_ASSERT_STRING_EQUAL(host_value(&scene.peer.host, "coverage", 0, "/reason"),
                               told > 0 ? "" : "reply_invalid");
        run_scene_end(&scene);
    }
}

/* Gates with more VDOMs than one request can name: the slice is halved until each fits. */
static void test_too_large_to_send(void)
{
    static const struct rpc_reply answer = {200, RESULT(OK_ROW("[]") "," OK_ROW("[]"))};
    const struct rpc_reply script[] = {ALIVE, answer, answer, answer, {0, NULL}};
    struct run_scene scene;
    char vdom[256];

    begin(&scene, script, false);
    (void)run_scene_gate(&scene, "root", "gate-2", "root", true);
    (void)run_scene_gate(&scene, "root", "gate-3", "root", true);
    for (int i = 0; i < 4000; i++) {
        (void)snprintf(vdom, sizeof(vdom), "%0240d", i);
        CU_ASSERT_TRUE(
            estate_add_vdom(&scene.run.estate, i % 2 == 0 ? "gate-1" : "gate-2", vdom, "root"));
    }
    /* A slice of the first two, and one of the third. */
    scene.peer.host.limits.reply_aim_bytes = 9 * (256 + 4096);
    CU_ASSERT_EQUAL(read(&scene, 3), HECTOR_OK);
    CU_ASSERT_EQUAL(scene_asked(&scene.peer, "\"gate-1\""), 1);
    CU_ASSERT_EQUAL(scene_asked(&scene.peer, "\"gate-2\""), 1);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.peer.host, "coverage", 0, "/complete"), "true");
    run_scene_end(&scene);
}

/* Counts for validate; what is too long to be asked for is no count. */
static void test_counts(void)
{
    static const struct rpc_reply script[] = {
        ALIVE, {200, RESULT(OK_ROW("7") "," OK_ROW("3"))}, {0, NULL}};
    struct run_scene scene;
    char vdom[256];
    uint64_t units;

    begin(&scene, script, false);
    (void)run_scene_gate(&scene, "another", "gate-2", "root", true);
    CU_ASSERT_EQUAL(rosters_count(&scene.run, ACCESS_POINT, &units, &scene.failure), HECTOR_OK);
    CU_ASSERT_EQUAL(units, 10);
    (void)run_scene_gate(&scene, "root", "gate-3", "root", true);
    for (int i = 0; i < 9000; i++) {
        (void)snprintf(vdom, sizeof(vdom), "%0240d", i);
        CU_ASSERT_TRUE(estate_add_vdom(&scene.run.estate, "gate-1", vdom, "root"));
    }
    scene.peer.host.limits.reply_aim_bytes = 5 * 256; /* not the whole ADOM at once */
    CU_ASSERT_EQUAL(rosters_count(&scene.run, ACCESS_POINT, &units, &scene.failure), HECTOR_LIMIT);
    CU_ASSERT_EQUAL(scene.failure.reason, TEXT_too_large_to_send);
    run_scene_close(&scene);
    CU_ASSERT_EQUAL(scene.peer.record.count, 2);
    run_scene_end(&scene);
}

/* What is asked for is a scope, though nobody expected it: the far side contradicts itself. */
static void test_unexpected_scope(void)
{
    static const struct rpc_reply failing[] = {ALIVE, {501, "<html>"}, {0, NULL}},
                                  working[] = {ALIVE,
                                               {200, RESULT(OK_ROW("[]") "," OK_ROW("[]"))},
                                               {0, NULL}};

    for (int i = 0; i < 2; i++) {
        struct run_scene scene;

        begin(&scene, i == 0 ? failing : working, false);
        scene.peer.host.settings.attributes[ATTRIBUTE_ip_address] = false;
        scene.peer.host.settings.attributes[ATTRIBUTE_mac_address] = false;
        scene.peer.host.settings.attributes[ATTRIBUTE_location] = false;
        (void)run_scene_gate(&scene, "another", "gate-2", "root", true);
        CU_ASSERT_EQUAL(read(&scene, 1), i == 0 ? HECTOR_UNREACHABLE : HECTOR_OK);
        CU_ASSERT_EQUAL(host_count(&scene.peer.host, "coverage"), 2);
        CU_ASSERT_STRING_EQUAL(host_value(&scene.peer.host, "coverage", 1, "/scope"),
                               "adom:another");
        run_scene_end(&scene);
    }
}

static CU_TestInfo roster_tests[] = {
    {"table and cache", test_table_and_cache},
    {"live over cache over table", test_live_over_cache},
    {"the cache of another gate", test_cache_of_another_gate},
    {"no cache", test_no_cache},
    {"per-device mode", test_per_device},
    {"an empty table", test_empty},
    {"an empty table of a gate in two ADOMs", test_empty_beside_another},
    {"two empty tables, and one is not", test_empty_then_not},
    {"always too large", test_always_too_large},
    {"the store is full", test_store_full},
    {"VDOMs not told", test_vdoms_not_told},
    {"facts have the rest", test_facts_have_the_rest},
    {"memory is shared", test_memory_is_shared},
    {"too large to send", test_too_large_to_send},
    {"a scope that nobody expected", test_unexpected_scope},
    {"counts", test_counts},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "rosters", .pTests = roster_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
