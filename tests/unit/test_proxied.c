/*
 * test_proxied.c - proxied queries to FortiGates: their contents, their order, and failures.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/fortimanager/proxied.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/run_fixture.h"
#include "lib/tap.h"
#include "json/json_read.h"

#define PROXY_ROW(answers) RESULT(OK_ROW("[" answers "]"))
#define ANSWER(fgt, response)                                                                      \
    "{\"response\":" response ",\"status\":{\"code\":0,\"message\":\"OK\"},\"target\":\"" fgt "\"" \
    "}"
#define DEAD(fgt)                                                                                  \
    "{\"status\":{\"code\":-20042,\"message\":\"Probe failed: network\"},\"target\":\"" fgt "\"}"
#define NO_PATH(fgt, response)                                                                     \
    "{\"status\":{\"code\":-6,\"message\":\"Invalid url\"},\"target\":\"" fgt "\"" response "}"
#define ENVELOPE(rows)                                                                             \
    "{\"http_method\":\"GET\",\"results\":[" rows "],\"vdom\":\"root\",\"status\":\"success\"}"
#define NOT_FOUND "{\"http_method\":\"GET\",\"http_status\":404,\"status\":\"error\"}"
#define POINT(serial, ip)                                                                          \
    "{\"serial\":\"" serial "\",\"local_addr\":\"" ip "\",\"status\":\"connected\"}"
#define SWITCH_OF(serial, port)                                                                    \
    "{\"serial\":\"" serial "\",\"fgt_peer_intf_name\":\"" port "\",\"status\":\"Connected\"}"

#define ONE   "FP231FTF20000001"
#define TWO   "FP231FTF20000002"
#define THREE "FP231FTF20000003"
#define CORE  "S124EPTQ20000001"

struct proxied_fixture {
    struct run_fixture fixture;
    struct proxied proxied;
    struct overlay overlay;
    uint32_t fgts[4];
    size_t count;
};

static void begin(struct proxied_fixture *proxied, const struct rpc_reply *script)
{
    *proxied = (struct proxied_fixture){0};
    run_fixture_begin(&proxied->fixture, script);
    proxied->overlay = (struct overlay){.max_bytes = OVERLAY_MAX};
    fmg_proxied_init(&proxied->proxied, &proxied->fixture.run);
}

static void fgt(struct proxied_fixture *proxied, const char *name, bool connected)
{
    proxied->fgts[proxied->count++] =
        run_fixture_fgt(&proxied->fixture, "EMEA/West", name, "root", connected);
}

static int32_t ask(struct proxied_fixture *proxied, enum device_type type)
{
    const struct proxied_targets targets = {"EMEA/West", proxied->fgts, proxied->count};

    return fmg_proxied_ask(&proxied->proxied, &targets, type, &proxied->overlay,
                           &proxied->fixture.failure);
}

static void end(struct proxied_fixture *proxied)
{
    overlay_release(&proxied->overlay);
    run_fixture_end(&proxied->fixture);
}

static const char *ip(const struct proxied_fixture *proxied, const char *name, const char *serial)
{
    return overlay_report(&proxied->overlay, name, serial, ATTRIBUTE_ip_address);
}

static const char *port(const struct proxied_fixture *proxied, const char *name, const char *serial)
{
    return overlay_report(&proxied->overlay, name, serial, ATTRIBUTE_fortilink_interface);
}

/* The `nth` problem as "reason subject", or " ". */
static const char *problem(const struct proxied_fixture *proxied, size_t nth)
{
    static char text[256];
    const struct test_host *host = &proxied->fixture.peer.host;

    (void)snprintf(text, sizeof(text), "%s %s", host_value(host, "problem", nth, "/reason"),
                   host_value(host, "problem", nth, "/subject"));
    return text;
}

static void test_needed(void)
{
    static const struct {
        const char *settings;
        bool switches, points;
    } cases[] = {
        {"\"device_types\":[\"switch\",\"access_point\"]", false, false},
        {"\"attributes\":[\"serial_number\"]", false, false},
        {"\"attributes\":[\"firmware_version\"]", true, true}, /* ticked: queried */
        {"\"live_status\":\"never\",\"attributes\":[\"firmware_version\"]", false, false},
        {"\"live_status\":\"when_needed\"", false, false},
        {"\"live_status\":\"when_needed\",\"attributes\":[\"firmware_version\"]", true, true},
        {"\"live_status\":\"when_needed\",\"attributes\":[\"firmware_build\"]", true, true},
        {"\"live_status\":\"when_needed\",\"attributes\":[\"ip_address\"]", true, false},
        {"\"live_status\":\"when_needed\",\"attributes\":[\"fortilink_interface\"]", true, false},
        {"\"live_status\":\"when_needed\",\"attributes\":[\"connected_since\"]", false, true},
        {"\"live_status\":\"when_needed\",\"attributes\":[\"hostname\",\"mac_address\"]", false,
         false},
        {"\"live_status\":\"when_needed\",\"attributes\":[\"firmware_version\"],"
         "\"device_types\":[\"firewall\",\"switch\"]",
         true, false},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct buffer request = BUFFER(KIB(1));
        struct fmg_run run = {0};
        struct test_host host;
        struct proxied proxied;

        buffer_printf(&request, "{\"settings\":{\"url\":\"1.2.3.4\",%s}}", cases[i].settings);
        host_begin(&host);
        host_settings(&host, buffer_text(&request));
        run.settings = &host.settings;
        fmg_proxied_init(&proxied, &run);
        CU_ASSERT_FALSE(proxied.needed[FIREWALL]);
        CU_ASSERT_EQUAL(proxied.needed[SWITCH], cases[i].switches);
        CU_ASSERT_EQUAL(proxied.needed[ACCESS_POINT], cases[i].points);
        host_end(&host);
        buffer_release(&request);
    }
}

/* Only connected FortiGates are queried; answers come in any order, with an envelope for each
 * VDOM. */
static void test_answers_in_any_order(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, PROXY_ROW(ANSWER("gate-2", ENVELOPE(POINT(TWO, "192.0.2.2"))) "," ANSWER(
                  "Gate/1", "[" ENVELOPE("") "," ENVELOPE(
                                POINT(ONE, "192.0.2.1") "," POINT(THREE, "192.0.2.3")) "]"))},
        {0, NULL}};
    struct proxied_fixture proxied;

    begin(&proxied, script);
    fgt(&proxied, "Gate/1", true);
    fgt(&proxied, "gate-0", false);
    fgt(&proxied, "gate-2", true);
    CU_ASSERT_EQUAL(ask(&proxied, ACCESS_POINT), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(ip(&proxied, "Gate/1", ONE), "192.0.2.1");
    CU_ASSERT_STRING_EQUAL(ip(&proxied, "Gate/1", THREE), "192.0.2.3");
    CU_ASSERT_STRING_EQUAL(ip(&proxied, "gate-2", TWO), "192.0.2.2");
    CU_ASSERT_STRING_EQUAL(ip(&proxied, "gate-2", ONE), "-");
    CU_ASSERT_EQUAL(host_count(&proxied.fixture.peer.host, NULL), 0);
    run_fixture_close(&proxied.fixture);
    CU_ASSERT_EQUAL(proxied.fixture.peer.record.count, 2);
    CU_ASSERT_STRING_EQUAL(
        rpc_record_body(&proxied.fixture.peer.record, 1),
        "{\"id\":2,\"method\":\"exec\",\"params\":[{\"url\":\"/sys/proxy/json\",\"data\":{"
        "\"action\":\"get\",\"resource\":\"/api/v2/monitor/wifi/managed_ap?vdom=*&format="
        "serial|wtp_id|name|state|status|is_local|os_version|local_ipv4_addr|local_addr|"
        "connecting_from|board_mac|location|join_time_raw\",\"target\":["
        "\"adom/EMEA\\\\/West/device/Gate\\\\/1\",\"adom/EMEA\\\\/West/device/gate-2\"],"
        "\"timeout\":15}}],\"verbose\":1}");
    end(&proxied);
}

static void test_batches(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200,
         PROXY_ROW(ANSWER("a", ENVELOPE(POINT(ONE, "192.0.2.1"))) "," ANSWER("b", ENVELOPE("")))},
        {200, PROXY_ROW(ANSWER("c", ENVELOPE(POINT(THREE, "192.0.2.3"))))},
        {0, NULL}};
    struct proxied_fixture proxied;

    begin(&proxied, script);
    proxied.fixture.peer.host.settings.proxy_batch = 2;
    fgt(&proxied, "a", true);
    fgt(&proxied, "b", true);
    fgt(&proxied, "c", true);
    CU_ASSERT_EQUAL(ask(&proxied, ACCESS_POINT), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(ip(&proxied, "a", ONE), "192.0.2.1");
    CU_ASSERT_STRING_EQUAL(ip(&proxied, "c", THREE), "192.0.2.3");
    run_fixture_close(&proxied.fixture);
    CU_ASSERT_EQUAL(proxied.fixture.peer.record.count, 3);
    CU_ASSERT_PTR_NOT_NULL(strstr(rpc_record_body(&proxied.fixture.peer.record, 1),
                                  "\"target\":[\"adom/EMEA\\\\/West/device/a\","
                                  "\"adom/EMEA\\\\/West/device/b\"]"));
    CU_ASSERT_PTR_NOT_NULL(strstr(rpc_record_body(&proxied.fixture.peer.record, 2),
                                  "\"target\":[\"adom/EMEA\\\\/West/device/c\"]"));
    end(&proxied);
}

/* Before FortiOS 7.0 the path differed: only FortiGates that answer 404 get the older one. */
static void test_older_path(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, PROXY_ROW(ANSWER("new", ENVELOPE(SWITCH_OF(CORE, "fortilink"))) "," ANSWER(
                  "old", NOT_FOUND) "," ANSWER("none", NOT_FOUND))},
        {200, PROXY_ROW(ANSWER("none", NOT_FOUND) "," ANSWER(
                  "old", "[" ENVELOPE(SWITCH_OF("S124EPTQ20000002", "lag")) "]"))},
        {0, NULL}};
    struct proxied_fixture proxied;

    begin(&proxied, script);
    fgt(&proxied, "new", true);
    fgt(&proxied, "old", true);
    fgt(&proxied, "none", true);
    CU_ASSERT_EQUAL(ask(&proxied, SWITCH), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(port(&proxied, "new", CORE), "fortilink");
    CU_ASSERT_STRING_EQUAL(port(&proxied, "old", "S124EPTQ20000002"), "lag");
    /* A FortiGate without a switch controller has no switches, so there is no problem. */
    CU_ASSERT_EQUAL(host_count(&proxied.fixture.peer.host, NULL), 0);
    run_fixture_close(&proxied.fixture);
    CU_ASSERT_EQUAL(proxied.fixture.peer.record.count, 3);
    CU_ASSERT_PTR_NOT_NULL(
        strstr(rpc_record_body(&proxied.fixture.peer.record, 1),
               "\"/api/v2/monitor/switch-controller/managed-switch/status?vdom=*&format=serial|"
               "switch-id|name|state|status|os_version|connecting_from|fgt_peer_intf_name\""));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(rpc_record_body(&proxied.fixture.peer.record, 2),
               "\"resource\":\"/api/v2/monitor/switch-controller/managed-switch?vdom=*&format="));
    CU_ASSERT_PTR_NOT_NULL(strstr(rpc_record_body(&proxied.fixture.peer.record, 2),
                                  "\"target\":[\"adom/EMEA\\\\/West/device/old\","
                                  "\"adom/EMEA\\\\/West/device/none\"]"));
    end(&proxied);
}

/* The older path is queried after all others, in full batches; the run remembers which FortiGates
 * need it. */
static void test_older_path_remembered(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, PROXY_ROW(ANSWER("old-1", NOT_FOUND) "," ANSWER("new-1", ENVELOPE("")))},
        {200, PROXY_ROW(ANSWER("old-2", NOT_FOUND) "," ANSWER("new-2", ENVELOPE("")))},
        {200, PROXY_ROW(ANSWER("old-1", ENVELOPE(SWITCH_OF("S124EPTQ20000001", "one"))) "," ANSWER(
                  "old-2", ENVELOPE(SWITCH_OF("S124EPTQ20000002", "two"))))},
        {200, PROXY_ROW(ANSWER("new-1", ENVELOPE("")) "," ANSWER("new-2", ENVELOPE("")))},
        {200, PROXY_ROW(ANSWER("old-1", ENVELOPE("")) "," ANSWER("old-2", ENVELOPE("")))},
        {200, PROXY_ROW(ANSWER("old-1", ENVELOPE("")) "," ANSWER("new-1", ENVELOPE("")))},
        {200, PROXY_ROW(ANSWER("old-2", ENVELOPE("")) "," ANSWER("new-2", ENVELOPE("")))},
        {0, NULL}};
    static const char *const names[] = {"old-1", "new-1", "old-2", "new-2"};
    struct proxied_fixture proxied;

    begin(&proxied, script);
    proxied.fixture.peer.host.settings.proxy_batch = 2;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        fgt(&proxied, names[i], true);
    }
    CU_ASSERT_EQUAL(ask(&proxied, SWITCH), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(port(&proxied, "old-1", "S124EPTQ20000001"), "one");
    CU_ASSERT_STRING_EQUAL(port(&proxied, "old-2", "S124EPTQ20000002"), "two");
    CU_ASSERT_EQUAL(ask(&proxied, SWITCH), HECTOR_OK); /* the same FortiGates in another ADOM */
    CU_ASSERT_EQUAL(ask(&proxied, ACCESS_POINT), HECTOR_OK); /* access points have one path */
    CU_ASSERT_EQUAL(host_count(&proxied.fixture.peer.host, NULL), 0);
    run_fixture_close(&proxied.fixture);
    CU_ASSERT_EQUAL(proxied.fixture.peer.record.count, 8);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&proxied.fixture.peer, "managed-switch/status?"), 3);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&proxied.fixture.peer, "managed-switch?"), 2);
    end(&proxied);
}

/* Access points have only one path: a FortiGate without it has none. */
static void test_no_access_points(void)
{
    static const struct rpc_reply script[] = {
        ALIVE, {200, PROXY_ROW(ANSWER("a", NOT_FOUND))}, {0, NULL}};
    struct proxied_fixture proxied;

    begin(&proxied, script);
    fgt(&proxied, "a", true);
    CU_ASSERT_EQUAL(ask(&proxied, ACCESS_POINT), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&proxied.fixture.peer.host, NULL), 0);
    run_fixture_close(&proxied.fixture);
    CU_ASSERT_EQUAL(proxied.fixture.peer.record.count, 2);
    end(&proxied);
}

/* Each FortiGate has its own status: one that is down fails no other. */
static void test_dead_fgt(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, PROXY_ROW(DEAD("dead") "," ANSWER("a", ENVELOPE(POINT(ONE, "192.0.2.1"))) "," ANSWER(
                  "broken", "{\"http_status\":500,\"status\":\"error\"}"))},
        {0, NULL}};
    struct proxied_fixture proxied;

    begin(&proxied, script);
    fgt(&proxied, "a", true);
    fgt(&proxied, "dead", true);
    fgt(&proxied, "silent", true);
    fgt(&proxied, "broken", true);
    CU_ASSERT_EQUAL(ask(&proxied, ACCESS_POINT), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(ip(&proxied, "a", ONE), "192.0.2.1");
    CU_ASSERT_EQUAL(host_count(&proxied.fixture.peer.host, "problem"), 3);
    CU_ASSERT_STRING_EQUAL(
        host_text(&proxied.fixture.peer.host, "problem", 0),
        "{\"kind\":\"problem\",\"reason\":\"live_gate_failed\",\"severity\":\"info\","
        "\"subject\":\"dead\",\"message\":\"The FortiGate dead did not answer a question for the "
        "state of its units: Probe failed: network. What the FortiManager knows of them was "
        "imported.\"}");
    CU_ASSERT_STRING_EQUAL(problem(&proxied, 1), "live_gate_failed silent");
    CU_ASSERT_STRING_EQUAL(problem(&proxied, 2), "live_gate_failed broken");
    CU_ASSERT_FALSE(proxied.proxied.stopped);
    run_fixture_close(&proxied.fixture);
    CU_ASSERT_EQUAL(proxied.fixture.peer.record.count, 2);
    end(&proxied);
}

static void test_batch_fails(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(CODE_ROW("-10", "The data is invalid"))},
        {200, PROXY_ROW(ANSWER("a", ENVELOPE(POINT(ONE, "192.0.2.1"))))},
        {200, RESULT(CODE_ROW("-10", "The data is invalid"))},
        {200, PROXY_ROW(ANSWER("c", ENVELOPE(POINT(THREE, "192.0.2.3"))))},
        {0, NULL}};
    struct proxied_fixture proxied;

    begin(&proxied, script);
    fgt(&proxied, "a", true);
    fgt(&proxied, "b", true);
    fgt(&proxied, "c", true);
    CU_ASSERT_EQUAL(ask(&proxied, ACCESS_POINT), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(ip(&proxied, "a", ONE), "192.0.2.1");
    CU_ASSERT_STRING_EQUAL(ip(&proxied, "c", THREE), "192.0.2.3");
    CU_ASSERT_EQUAL(host_count(&proxied.fixture.peer.host, "problem"), 1);
    CU_ASSERT_STRING_EQUAL(
        host_text(&proxied.fixture.peer.host, "problem", 0),
        "{\"kind\":\"problem\",\"reason\":\"live_gate_failed\",\"severity\":\"info\","
        "\"subject\":\"b\",\"message\":\"The FortiGate b did not answer a question for the "
        "state of its units: The FortiManager answers -10 (The data is invalid) for "
        "/sys/proxy/json. Try again; if it stays, report it with the version of the FortiManager. "
        "What the FortiManager knows of them was imported.\"}");
    run_fixture_close(&proxied.fixture);
    CU_ASSERT_EQUAL(proxied.fixture.peer.record.count, 5);
    CU_ASSERT_PTR_NOT_NULL(strstr(rpc_record_body(&proxied.fixture.peer.record, 3),
                                  "\"target\":[\"adom/EMEA\\\\/West/device/b\"]"));
    end(&proxied);
}

/* A batch that fails with an internal error is not repeated unchanged, because one FortiGate may be
 * the cause. */
static void test_batch_fails_inside(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(CODE_ROW("-1", "runtime error"))},
        {200, PROXY_ROW(ANSWER("a", ENVELOPE(POINT(ONE, "192.0.2.1"))))},
        {200, RESULT(CODE_ROW("-1", "runtime error"))},
        {0, NULL}};
    struct proxied_fixture proxied;

    begin(&proxied, script);
    fgt(&proxied, "a", true);
    fgt(&proxied, "b", true);
    CU_ASSERT_EQUAL(ask(&proxied, ACCESS_POINT), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(ip(&proxied, "a", ONE), "192.0.2.1");
    CU_ASSERT_EQUAL(host_count(&proxied.fixture.peer.host, "problem"), 1);
    CU_ASSERT_STRING_EQUAL(problem(&proxied, 0), "live_gate_failed b");
    run_fixture_close(&proxied.fixture);
    CU_ASSERT_EQUAL(proxied.fixture.peer.record.count, 4);
    CU_ASSERT_EQUAL(proxied.fixture.peer.host.operation.repeats, 0);
    end(&proxied);
}

/* A refusal applies to all FortiGates, and to the rest of the run. */
static void test_refused(void)
{
    static const struct rpc_reply script[] = {ALIVE, {200, RESULT(REFUSED)}, ALIVE, {0, NULL}};
    struct proxied_fixture proxied;

    begin(&proxied, script);
    proxied.fixture.peer.host.settings.proxy_batch = 1;
    fgt(&proxied, "a", true);
    fgt(&proxied, "b", true);
    CU_ASSERT_EQUAL(ask(&proxied, ACCESS_POINT), HECTOR_OK);
    CU_ASSERT_TRUE(proxied.proxied.stopped);
    CU_ASSERT_EQUAL(ask(&proxied, SWITCH), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&proxied.fixture.peer.host, "problem"), 1);
    CU_ASSERT_STRING_EQUAL(problem(&proxied, 0), "live_refused fmg");
    CU_ASSERT_STRING_EQUAL(host_value(&proxied.fixture.peer.host, "problem", 0, "/severity"),
                           "info");
    run_fixture_close(&proxied.fixture);
    CU_ASSERT_EQUAL(proxied.fixture.peer.record.count, 3); /* the third probes the key */
    end(&proxied);
}

/* FortiManager 7.6.7's answer for a path that a FortiOS lacks: like 404, with or without a
 * reply. */
static void test_path_unknown_to_fortios(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, PROXY_ROW(NO_PATH("old", "") "," NO_PATH(
                  "none", ",\"response\":{\"http_status\":503,\"status\":\"error\"}"))},
        {200, PROXY_ROW(NO_PATH("none", "") "," ANSWER("old", ENVELOPE(SWITCH_OF(CORE, "lag"))))},
        {200, PROXY_ROW(NO_PATH("old", "") "," NO_PATH("none", ""))},
        {0, NULL}};
    struct proxied_fixture proxied;

    begin(&proxied, script);
    fgt(&proxied, "old", true);
    fgt(&proxied, "none", true);
    CU_ASSERT_EQUAL(ask(&proxied, SWITCH), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(port(&proxied, "old", CORE), "lag");
    CU_ASSERT_EQUAL(ask(&proxied, ACCESS_POINT), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&proxied.fixture.peer.host, NULL), 0);
    run_fixture_close(&proxied.fixture);
    CU_ASSERT_EQUAL(proxied.fixture.peer.record.count, 4);
    end(&proxied);
}

/* -11 for a call whose FortiGates are all unknown: one that answered before still answers. */
static void test_unknown_fgts(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, PROXY_ROW(ANSWER("a", ENVELOPE(POINT(ONE, "192.0.2.1"))))},
        {200, RESULT(REFUSED)},
        ALIVE,
        {200, PROXY_ROW(ANSWER("a", ENVELOPE(POINT(ONE, "192.0.2.1"))))},
        {200, PROXY_ROW(ANSWER("c", ENVELOPE(POINT(THREE, "192.0.2.3"))))},
        {0, NULL}};
    struct proxied_fixture proxied;

    begin(&proxied, script);
    proxied.fixture.peer.host.settings.proxy_batch = 1;
    fgt(&proxied, "a", true);
    fgt(&proxied, "b", true);
    fgt(&proxied, "c", true);
    CU_ASSERT_EQUAL(ask(&proxied, ACCESS_POINT), HECTOR_OK);
    CU_ASSERT_FALSE(proxied.proxied.stopped);
    CU_ASSERT_STRING_EQUAL(ip(&proxied, "c", THREE), "192.0.2.3");
    CU_ASSERT_EQUAL(host_count(&proxied.fixture.peer.host, "problem"), 1);
    CU_ASSERT_STRING_EQUAL(problem(&proxied, 0), "live_gate_failed b");
    run_fixture_close(&proxied.fixture);
    CU_ASSERT_EQUAL(proxied.fixture.peer.record.count, 6);
    CU_ASSERT_PTR_NOT_NULL(strstr(rpc_record_body(&proxied.fixture.peer.record, 4),
                                  "\"target\":[\"adom/EMEA\\\\/West/device/a\"]"));
    end(&proxied);
}

/* The FortiGate that answered before is refused as well, so the refusal applies to all. */
static void test_refused_in_the_middle(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, PROXY_ROW(ANSWER("a", ENVELOPE(POINT(ONE, "192.0.2.1"))))},
        {200, RESULT(REFUSED)},
        ALIVE,
        {200, RESULT(REFUSED)},
        ALIVE,
        {0, NULL}};
    struct proxied_fixture proxied;

    begin(&proxied, script);
    proxied.fixture.peer.host.settings.proxy_batch = 1;
    fgt(&proxied, "a", true);
    fgt(&proxied, "b", true);
    fgt(&proxied, "c", true);
    CU_ASSERT_EQUAL(ask(&proxied, ACCESS_POINT), HECTOR_OK);
    CU_ASSERT_TRUE(proxied.proxied.stopped);
    CU_ASSERT_EQUAL(host_count(&proxied.fixture.peer.host, "problem"), 1);
    CU_ASSERT_STRING_EQUAL(problem(&proxied, 0), "live_refused fmg");
    run_fixture_close(&proxied.fixture);
    CU_ASSERT_EQUAL(proxied.fixture.peer.record.count, 6);
    end(&proxied);
}

/* When FortiManager throttles the plugin, proxied queries end for the run: one problem, not one a
 * FortiGate. */
static void test_throttled(void)
{
    static const struct rpc_reply script[] = {ALIVE, {429, ""}, {429, ""}, {429, ""}, {0, NULL}};
    struct proxied_fixture proxied;

    begin(&proxied, script);
    proxied.fixture.peer.host.settings.proxy_batch = 2;
    fgt(&proxied, "a", true);
    fgt(&proxied, "b", true);
    fgt(&proxied, "c", true);
    CU_ASSERT_EQUAL(ask(&proxied, ACCESS_POINT), HECTOR_OK);
    CU_ASSERT_TRUE(proxied.proxied.stopped);
    CU_ASSERT_EQUAL(ask(&proxied, SWITCH), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&proxied.fixture.peer.host, "problem"), 1);
    CU_ASSERT_STRING_EQUAL(problem(&proxied, 0), "live_throttled fmg");
    CU_ASSERT_STRING_EQUAL(host_value(&proxied.fixture.peer.host, "problem", 0, "/severity"),
                           "info");
    run_fixture_close(&proxied.fixture);
    CU_ASSERT_EQUAL(proxied.fixture.peer.record.count, 4); /* one query, sent three times */
    end(&proxied);
}

/* All proxied queries of a run share a time budget; when it is spent, no more are sent. */
static void test_time_spent(void)
{
    static const struct rpc_reply script[] = {ALIVE, {0, NULL}};
    struct proxied_fixture proxied;

    begin(&proxied, script);
    proxied.fixture.peer.host.limits.proxied_budget_ms = 1000;
    proxied.proxied.spent_ms = 1001;
    fgt(&proxied, "a", true);
    CU_ASSERT_EQUAL(ask(&proxied, ACCESS_POINT), HECTOR_OK);
    CU_ASSERT_EQUAL(ask(&proxied, SWITCH), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&proxied.fixture.peer.host, "problem"), 1);
    CU_ASSERT_STRING_EQUAL(problem(&proxied, 0), "live_time_spent fmg");
    run_fixture_close(&proxied.fixture);
    CU_ASSERT_EQUAL(proxied.fixture.peer.record.count, 1);
    end(&proxied);
}

static void test_cancelled(void)
{
    static const struct rpc_reply script[] = {ALIVE, {0, NULL}};
    struct proxied_fixture proxied;

    begin(&proxied, script);
    fgt(&proxied, "a", true);
    proxied.fixture.peer.host.cancel = true;
    CU_ASSERT_EQUAL(ask(&proxied, ACCESS_POINT), HECTOR_CANCELLED);
    proxied.fixture.peer.host.cancel = false;
    run_fixture_close(&proxied.fixture);
    CU_ASSERT_EQUAL(proxied.fixture.peer.record.count, 1);
    end(&proxied);
}

static void test_no_fgt_to_ask(void)
{
    static const struct rpc_reply script[] = {ALIVE, {0, NULL}};
    struct proxied_fixture proxied;

    begin(&proxied, script);
    fgt(&proxied, "a", false);
    fgt(&proxied, "b", true);
    fmg_topology_find_fgt(&proxied.fixture.run.topology, "b")->is_fgt = false;
    CU_ASSERT_EQUAL(ask(&proxied, SWITCH), HECTOR_OK);
    run_fixture_close(&proxied.fixture);
    CU_ASSERT_EQUAL(proxied.fixture.peer.record.count, 1);
    end(&proxied);
}

/* Invalid answers. */
static void test_odd_answers(void)
{
    static const char *const answers[] = {
        RESULT(OK_ROW("null")),
        RESULT(OK_ROW("{}")),
        RESULT(OK_ROW("[null,7,{}]")),
        RESULT(OK_ROW("[{\"target\":\"a\"}]")),
        RESULT(OK_ROW("[{\"target\":\"a\",\"status\":{\"code\":0}}]")),
        RESULT(OK_ROW("[{\"target\":\"a\",\"status\":{\"code\":0},\"response\":\"text\"}]")),
        RESULT(
            OK_ROW("[{\"target\":\"A\",\"status\":{\"code\":0},\"response\":{\"results\":[]}}]")),
    };

    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
        const struct rpc_reply script[] = {ALIVE, {200, answers[i]}, {0, NULL}};
        struct proxied_fixture proxied;

        begin(&proxied, script);
        fgt(&proxied, "a", true);
        CU_ASSERT_EQUAL(ask(&proxied, ACCESS_POINT), HECTOR_OK);
        CU_ASSERT_EQUAL(proxied.overlay.packed.count, 0);
        CU_ASSERT_EQUAL(host_count(&proxied.fixture.peer.host, "problem"), 1);
        CU_ASSERT_STRING_EQUAL(problem(&proxied, 0), "live_gate_failed a");
        run_fixture_close(&proxied.fixture);
        CU_ASSERT_EQUAL(proxied.fixture.peer.record.count, 2);
        end(&proxied);
    }
}

static CU_TestInfo proxied_tests[] = {
    {"needed", test_needed},
    {"answers in any order", test_answers_in_any_order},
    {"batches", test_batches},
    {"the older path", test_older_path},
    {"no access points", test_no_access_points},
    {"a dead FortiGate", test_dead_fgt},
    {"a batch fails", test_batch_fails},
    {"a batch fails inside", test_batch_fails_inside},
    {"the older path is remembered", test_older_path_remembered},
    {"a path unknown to FortiOS", test_path_unknown_to_fortios},
    {"unknown FortiGates", test_unknown_fgts},
    {"refused in the middle", test_refused_in_the_middle},
    {"refused", test_refused},
    {"throttled", test_throttled},
    {"the time is spent", test_time_spent},
    {"cancelled", test_cancelled},
    {"no FortiGate to ask", test_no_fgt_to_ask},
    {"odd answers", test_odd_answers},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "proxied", .pTests = proxied_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
