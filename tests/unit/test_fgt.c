/*
 * test_fgt.c - a FortiGate as the source: its identity, cluster, fabric and firewalls.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/fortigate/run.h"

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
#define REFUSES(path)                                                                              \
    {                                                                                              \
        path, 403, FGT_ERROR("root", "403"), NULL, 0                                               \
    }
#define RIGHTS(profile) ANSWER("/web-ui/state", FGT_STATE(FGT_ADMIN(profile), FGT_FEATURES))
#define BOTH                                                                                       \
    "firewall " FGT_PEER " root fw-berlin-b\n"                                                     \
    "firewall " FGT_SERIAL " root fw-berlin"
#define ALONE        "firewall " FGT_SERIAL " gate:" FGT_SERIAL "/vdom:root fw-berlin"
#define FIREWALLS(n) "firewall root complete " #n " | firewall shop complete 0"
/* The firewalls of a FortiGate that knows no other member: its own serial names the scopes. */
#define ALONE_IS(state, units)                                                                     \
    "firewall gate:" FGT_SERIAL "/vdom:root " state " " #units " | firewall gate:" FGT_SERIAL      \
    "/vdom:shop " state " 0"

static bool starts(const char *text, const char *lead)
{
    return strncmp(text, lead, strlen(lead)) == 0;
}

/* All attributes of both members, and the order of the documents. */
static void test_whole(void)
{
    static const struct fgt_answer answers[] = {
        ANSWER("/cmdb/system/global", FGT_ENVELOPE("root", "{\"gui-device-latitude\":\"52.52\","
                                                           "\"gui-device-longitude\":\"13.4\"}")),
        END};
    static const struct {
        const char *serial, *attribute, *value;
    } rows[] = {
        {FGT_SERIAL, "serial_number", FGT_SERIAL},
        {FGT_SERIAL, "name", "fw-berlin"},
        {FGT_SERIAL, "hostname", "fw-berlin"},
        {FGT_PEER, "hostname", "fw-berlin-b"},
        {FGT_PEER, "model", "FortiGate-60F"},
        {FGT_PEER, "firmware_version", "7.4.8"},
        {FGT_PEER, "firmware_build", "2795"},
        {FGT_SERIAL, "ip_address", "192.0.2.7"},
        {FGT_PEER, "connection_status", "up"},
        {FGT_SERIAL, "vdoms", "root, shop"},
        {FGT_SERIAL, "ha_mode", "active-passive"},
        {FGT_SERIAL, "ha_role", "primary"},
        {FGT_PEER, "ha_role", "secondary"},
        {FGT_PEER, "ha_cluster", "berlin"},
        {FGT_PEER, "latitude", "52.52"},
        {FGT_SERIAL, "longitude", "13.4"},
        {FGT_SERIAL, "virtual_machine", "false"},
        /* Attributes that only a FortiManager has are absent. */
        {FGT_SERIAL, "adom", ""},
        {FGT_SERIAL, "management_mode", ""},
        {FGT_SERIAL, "last_seen", ""},
        {FGT_SERIAL, "log_only", ""},
    };
    struct fgt_fixture fixture;
    char phases[256];

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, "", "", answers), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(fgt_fixture_assets(&fixture), BOTH);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        CU_ASSERT_STRING_EQUAL(fgt_fixture_attribute(&fixture, rows[i].serial, rows[i].attribute),
                               rows[i].value);
    }
    CU_ASSERT_STRING_EQUAL(fgt_fixture_coverage(&fixture),
                           "access_point root complete 0 | access_point shop complete 0 | "
                           "firewall root complete 2 | firewall shop complete 0 | "
                           "switch root complete 0 | switch shop complete 0");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, NULL, 0, "/kind"), "source");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "source", 0, "/id"), FGT_SERIAL);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "source", 0, "/serials"),
                           "[\"" FGT_SERIAL "\",\"" FGT_PEER "\"]");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "source", 0, "/hostname"), "fw-berlin");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "source", 0, "/version"), "7.4.8");
    CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), 0);
    progress_rule_phases(&fixture.host.progress, phases, sizeof(phases));
    CU_ASSERT_STRING_EQUAL(phases, "connection vdoms cluster_members unit_lists configurations "
                                   "unit_lists_again closing_queries");
    /* GET only, except for the probe of a FortiManager. */
    CU_ASSERT_EQUAL(fgt_fixture_asked(&fixture, "POST "), 1);
    CU_ASSERT_EQUAL(fgt_fixture_asked(&fixture, "access_token"), 0);
    CU_ASSERT_EQUAL(fixture.record.count,
                    14); /* with repeats, configurations, and the peers again */
    fgt_fixture_end(&fixture);
}

/* Which call lists the members, by right: each one alone suffices; without any, a problem reports
 * it. */
static void test_members(void)
{
    static const struct {
        const char *what;
        struct fgt_answer answers[5];
        const char *assets, *coverage;
    } rows[] = {
        {"csf alone",
         {RIGHTS("\"wifi\":\"read\",\"secfabgrp\":\"read-write\",\"sysgrp\":\"none\""), END},
         BOTH,
         FIREWALLS(2)},
        {"ha-peer alone",
         {RIGHTS("\"wifi\":\"read\",\"secfabgrp\":\"none\",\"sysgrp\":\"read\""), END},
         BOTH,
         FIREWALLS(2)},
        {"csf breaks with 500, as on 7.0.11",
         {{"/system/csf", 500, FGT_ERROR("root", "500"), NULL, 0}, END},
         BOTH,
         FIREWALLS(2)},
        {"ha-checksums where ha-peer is not known",
         {RIGHTS("\"wifi\":\"read\",\"secfabgrp\":\"none\",\"sysgrp\":\"read\""),
          {"/ha-peer", 404, "", NULL, 0},
          ANSWER("/ha-checksums?scope=global",
                 FGT_ENVELOPE("root",
                              "[{\"is_manage_master\":1,\"serial_no\":\"" FGT_SERIAL
                              "\"},{\"is_manage_master\":0,\"serial_no\":\"" FGT_PEER "\"}]")),
          END},
         "firewall " FGT_PEER " root fw-berlin (" FGT_PEER ")\n"
         "firewall " FGT_SERIAL " root fw-berlin",
         FIREWALLS(2)},
        {"an array for a call that has no VDOM",
         {{"/system/csf", 404, "", NULL, 0},
          ANSWER("/ha-peer", "[" FGT_ENVELOPE("root", "[{\"serial_no\":\"" FGT_PEER
                                                      "\",\"hostname\":\"fw-berlin-b\"}]") "]"),
          END},
         BOTH,
         FIREWALLS(2)},
        {"an empty list, and nothing that says why",
         {{"/system/csf", 404, "", NULL, 0}, ANSWER("/ha-peer", FGT_ENVELOPE("root", "[]")), END},
         ALONE,
         ALONE_IS("members_untold", 1)},
        {"an empty list, and the other one has a member more",
         {{"/system/csf", 404, "", NULL, 0},
          ANSWER("/ha-peer", FGT_ENVELOPE("root", "[]")),
          ANSWER("/ha-checksums", FGT_ENVELOPE("root", "[{\"serial_no\":\"" FGT_SERIAL
                                                       "\"},{\"serial_no\":\"" FGT_PEER "\"}]")),
          END},
         "firewall " FGT_PEER " root fw-berlin (" FGT_PEER ")\n"
         "firewall " FGT_SERIAL " root fw-berlin",
         FIREWALLS(2)},
        {"alone, and its own peer",
         {{"/system/csf", 404, "", NULL, 0},
          ANSWER("/ha-peer", FGT_ENVELOPE("root", "[{\"serial_no\":\"" FGT_SERIAL "\"}]")),
          END},
         ALONE,
         ALONE_IS("complete", 1)},
        {"no right to any of them",
         {RIGHTS("\"wifi\":\"read\",\"secfabgrp\":\"none\",\"sysgrp\":\"custom\","
                 "\"sysgrp-permission\":{\"cfg\":\"none\"}"),
          END},
         ALONE,
         ALONE_IS("members_unread", 1)},
        {"an empty list where the right is not known proves nothing",
         {{"/web-ui/state", 404, "", NULL, 0},
          {"/system/csf", 404, "", NULL, 0},
          ANSWER("/ha-peer", FGT_ENVELOPE("root", "[]")),
          END},
         ALONE,
         ALONE_IS("members_untold", 1)},
        {"the configuration says that there is no cluster",
         {{"/web-ui/state", 404, "", NULL, 0},
          {"/system/csf", 404, "", NULL, 0},
          ANSWER("/ha-peer", FGT_ENVELOPE("root", "[]")),
          ANSWER("/cmdb/system/ha", FGT_ENVELOPE("root", "{\"mode\":\"standalone\"}")),
          END},
         ALONE,
         ALONE_IS("complete", 1)},
        {"csf breaks with 500, and no right to the others",
         {RIGHTS("\"wifi\":\"read\",\"secfabgrp\":\"read\",\"sysgrp\":\"none\""),
          {"/system/csf", 500, FGT_ERROR("root", "500"), NULL, 0},
          END},
         ALONE,
         ALONE_IS("members_unread", 1)},
        {"all of them refused",
         {REFUSES("/system/csf"), REFUSES("/ha-"), REFUSES("/cmdb"), END},
         ALONE,
         ALONE_IS("members_unread", 1)},
        {"the connection lost on all of them",
         {{"/system/csf", FGT_LOST, NULL, NULL, 0},
          {"/ha-", FGT_LOST, NULL, NULL, 0},
          {"/cmdb", FGT_LOST, NULL, NULL, 0},
          END},
         ALONE,
         ALONE_IS("connection_broken", 1)},
        {"no call that lists them exists",
         {{"/system/csf", 404, "", NULL, 0},
          {"/ha-", 404, "", NULL, 0},
          {"/cmdb", 404, "", NULL, 0},
          END},
         ALONE,
         ALONE_IS("members_untold", 1)},
        {"an empty list, then throttled",
         {{"/system/csf", 404, "", NULL, 0},
          ANSWER("/ha-peer", FGT_ENVELOPE("root", "[]")),
          {"/ha-checksums", 429, "", "Retry-After: 120\r\n", 0},
          {"/cmdb", 429, "", "Retry-After: 120\r\n", 0},
          END},
         ALONE,
         ALONE_IS("throttled", 1)},
        {"a list that is none",
         {{"/system/csf", 404, "", NULL, 0}, ANSWER("/ha-", FGT_ENVELOPE("root", "{}")), END},
         ALONE,
         ALONE_IS("gate_reply_invalid", 1)},
        {"members that are none",
         {{"/system/csf", 404, "", NULL, 0},
          ANSWER("/ha-peer", FGT_ENVELOPE("root", "[null,7,{\"serial_no\":\"" FGT_PEER
                                                  "\",\"hostname\":\"fw-berlin-b\"}]")),
          END},
         BOTH,
         "firewall root gate_reply_invalid 2 | firewall shop gate_reply_invalid 0"},
        {"members without a serial, and one without a name",
         {{"/system/csf", 404, "", NULL, 0},
          ANSWER("/ha-peer",
                 FGT_ENVELOPE("root", "[{},{\"serial_no\":\"\"},{\"serial_no\":\"x y\"},"
                                      "{\"serial_no\":\"FGVMEV0000000000\",\"hostname\":\"lab\"},"
                                      "{\"serial_no\":[]}]")),
          END},
         ALONE,
         ALONE_IS("complete", 4)},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        bool whole = strstr(rows[i].coverage, "root complete ") != NULL;
        struct fgt_fixture fixture;

        CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, ",\"device_types\":[\"firewall\"]", "",
                                        rows[i].answers),
                        whole ? HECTOR_OK : HECTOR_PARTIAL);
        if (strcmp(fgt_fixture_assets(&fixture), rows[i].assets) != 0 ||
            strcmp(fgt_fixture_coverage(&fixture), rows[i].coverage) != 0) {
            printf("# %s: %s; %s\n", rows[i].what, fgt_fixture_assets(&fixture),
                   fgt_fixture_coverage(&fixture));
        }
        CU_ASSERT_STRING_EQUAL(fgt_fixture_assets(&fixture), rows[i].assets);
        CU_ASSERT_STRING_EQUAL(fgt_fixture_coverage(&fixture), rows[i].coverage);
        fgt_fixture_end(&fixture);
    }
}

/* The scope's serial is the same whichever member answers. */
static void test_scope_after_failover(void)
{
    static const struct fgt_answer answers[] = {
        ANSWER("/system/csf", FGT_ENVELOPE("root", "{}")),
        ANSWER("/ha-peer", FGT_ENVELOPE("root", "[{\"serial_no\":\"FGT60FTK30000000\"}]")), END};
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(
        fgt_fixture_run(&fixture, sync_run, ",\"device_types\":[\"firewall\"]", "", answers),
        HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 0, "/scope"),
                           "gate:" FGT_SERIAL "/vdom:root");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 1, "/scope"),
                           "gate:" FGT_SERIAL "/vdom:root");
    fgt_fixture_end(&fixture);
}

/* Mode and name of the cluster come from csf, otherwise from the configuration; a trimmed answer
 * has neither. */
static void test_mode(void)
{
    static const struct {
        struct fgt_answer answers[5];
        const char *mode, *cluster;
    } rows[] = {
        {{{"/system/csf", 404, "", NULL, 0},
          ANSWER("/cmdb/system/ha?format=mode%7Cgroup-name",
                 FGT_ENVELOPE("root", "{\"mode\":\"a-a\",\"group-name\":\"pair\"}")),
          END},
         "active-active",
         "pair"},
        {{{"/system/csf", 404, "", NULL, 0},
          ANSWER("/cmdb/system/ha", FGT_ENVELOPE("root", "{\"ha-mgmt-interfaces\":[]}")),
          END},
         "cluster",
         ""},
        {{{"/system/csf", 404, "", NULL, 0},
          ANSWER("/ha-peer", FGT_ENVELOPE("root", "[]")),
          ANSWER("/cmdb/system/ha",
                 FGT_ENVELOPE("root", "{\"mode\":\"standalone\",\"group-name\":\"\"}")),
          END},
         "standalone",
         ""},
        {{{"/system/csf", 404, "", NULL, 0},
          ANSWER("/ha-peer", FGT_ENVELOPE("root", "[]")),
          ANSWER("/ha-checksums", FGT_ENVELOPE("root", "[{\"serial_no\":\"" FGT_SERIAL "\"}]")),
          END},
         "",
         ""},
        /* The other member is off, but it is still a cluster. */
        {{{"/system/csf", 404, "", NULL, 0},
          ANSWER("/ha-peer", FGT_ENVELOPE("root", "[]")),
          ANSWER("/cmdb/system/ha",
                 FGT_ENVELOPE("root", "{\"mode\":\"a-p\",\"group-name\":\"pair\"}")),
          ANSWER("/ha-checksums", FGT_ENVELOPE("root", "[{\"serial_no\":\"" FGT_SERIAL "\"}]")),
          END},
         "active-passive",
         "pair"},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct fgt_fixture fixture;

        CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, "", "", rows[i].answers), HECTOR_OK);
        CU_ASSERT_STRING_EQUAL(fgt_fixture_attribute(&fixture, FGT_SERIAL, "ha_mode"),
                               rows[i].mode);
        CU_ASSERT_STRING_EQUAL(fgt_fixture_attribute(&fixture, FGT_SERIAL, "ha_cluster"),
                               rows[i].cluster);
        fgt_fixture_end(&fixture);
    }
}

/* Variants of the status. */
static void test_status(void)
{
    static const struct {
        const char *what;
        struct fgt_answer answers[4];
        const char *assets, *model;
        int32_t code;
    } rows[] = {
        {"one envelope instead of an array",
         {ANSWER("/system/status", FGT_ENVELOPE("root", FGT_STATUS)), END},
         BOTH,
         "FortiGate-60F",
         HECTOR_OK},
        {"results {} of 6.2: model by serial, name by the state",
         {ANSWER("/system/status", FGT_VDOMS("{}", "{}")), END},
         BOTH,
         "FortiGate-60F",
         HECTOR_OK},
        {"nothing but the envelope",
         {ANSWER("/system/status", FGT_VDOMS("{}", "{}")),
          {"/web-ui", 404, "", NULL, 0},
          ANSWER("/system/csf",
                 FGT_ENVELOPE("root", "{\"devices\":{\"fortigate\":[{\"serial\":\"" FGT_SERIAL
                                      "\",\"ha_list\":[{\"serial_no\":\"" FGT_PEER "\"}]}]}}")),
          END},
         "firewall " FGT_PEER " root fw-berlin-b\nfirewall " FGT_SERIAL " root " FGT_SERIAL,
         "FortiGate-60F",
         HECTOR_PARTIAL},
        {"one VDOM refused, the other not",
         {ANSWER("/system/status",
                 "[" FGT_ERROR("shop", "403") "," FGT_ENVELOPE("root", FGT_STATUS) "]"),
          END},
         BOTH,
         "FortiGate-60F",
         HECTOR_OK},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct fgt_fixture fixture;

        CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, "", "", rows[i].answers), rows[i].code);
        if (strcmp(fgt_fixture_assets(&fixture), rows[i].assets) != 0) {
            printf("# %s: %s\n", rows[i].what, fgt_fixture_assets(&fixture));
        }
        CU_ASSERT_STRING_EQUAL(fgt_fixture_assets(&fixture), rows[i].assets);
        CU_ASSERT_STRING_EQUAL(fgt_fixture_attribute(&fixture, FGT_SERIAL, "model"), rows[i].model);
        fgt_fixture_end(&fixture);
    }
}

/* Failures of the first request with the token, which end the run. */
static void test_first_refusals(void)
{
    static const struct {
        struct fgt_answer answer;
        enum message_id reason;
        int32_t code;
    } rows[] = {
        {{"status?vdom", 401, "<html>401</html>", NULL, 0}, REASON_gate_token_refused, HECTOR_AUTH},
        {{"status?vdom", 403, "<html>403</html>", NULL, 0}, REASON_gate_refused, HECTOR_PERMISSION},
        {{"status?vdom", 403, FGT_ERROR("main", "403"), NULL, 0},
         REASON_vdom_refused,
         HECTOR_PERMISSION},
        {{"status?vdom", 200, "[" FGT_ERROR("main", "403") "]", NULL, 0},
         REASON_vdom_refused,
         HECTOR_PERMISSION},
        {{"status?vdom", 200, "<html>login</html>", NULL, 0},
         REASON_gate_reply_invalid,
         HECTOR_DATA},
        {{"status?vdom", 200, "[]", NULL, 0}, REASON_gate_reply_invalid, HECTOR_DATA},
        {{"status?vdom", 200, "7", NULL, 0}, REASON_gate_reply_invalid, HECTOR_DATA},
        {{"status?vdom", 200, "{}", NULL, 0}, REASON_gate_reply_invalid, HECTOR_DATA},
        {{"status?vdom", 200, "[null,[],\"a\"]", NULL, 0}, REASON_gate_reply_invalid, HECTOR_DATA},
        {{"status?vdom", 404, "", NULL, 0}, REASON_gate_reply_invalid, HECTOR_DATA},
        {{"status?vdom", 404, "{\"status\":\"error\",\"version\":\"v5.6.13\"}", NULL, 0},
         REASON_gate_too_old,
         HECTOR_DATA},
        {{"status?vdom", 500, FGT_ERROR("root", "500"), NULL, 0},
         REASON_gate_read_failed,
         HECTOR_DATA},
        {{"status?vdom", 302, "", "Location: https://192.0.2.1/\r\n", 0},
         REASON_gate_read_failed,
         HECTOR_DATA},
        {{"status?vdom", 503, "<html>busy</html>", NULL, 0},
         REASON_server_error,
         HECTOR_UNREACHABLE},
        {{"status?vdom", 429, "", "Retry-After: 120\r\n", 0}, REASON_throttled, HECTOR_THROTTLED},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct fgt_answer answers[] = {rows[i].answer, END};
        struct fgt_fixture fixture;

        CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, "", "", answers), rows[i].code);
        CU_ASSERT_EQUAL(fixture.host.failure.reason, rows[i].reason);
        if (rows[i].code == HECTOR_AUTH || rows[i].code == HECTOR_PERMISSION) {
            CU_ASSERT_PTR_NOT_NULL(
                strstr(fixture.host.failure.detail, "GET /api/v2/monitor/system/status: HTTP 40"));
        }
        CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 0);
        CU_ASSERT_EQUAL(host_count(&fixture.host, "coverage"), 0);
        CU_ASSERT_EQUAL(host_count(&fixture.host, "summary"), 1);
        fgt_fixture_end(&fixture);
    }
}

/* A FortiGate that stops answering gets only the requests that show it. */
static void test_lost(void)
{
    static const struct fgt_answer answers[] = {{"/web-ui/state", FGT_LOST, NULL, NULL, 0},
                                                {"/cmdb/system/global", FGT_LOST, NULL, NULL, 0},
                                                END};
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, "", "", answers), HECTOR_PARTIAL);
    CU_ASSERT_STRING_EQUAL(fgt_fixture_coverage(&fixture),
                           "access_point gate:" FGT_SERIAL "/vdom:root connection_broken 0 | "
                           "access_point gate:" FGT_SERIAL "/vdom:shop connection_broken 0 | "
                           "firewall gate:" FGT_SERIAL "/vdom:root connection_broken 1 | "
                           "firewall gate:" FGT_SERIAL "/vdom:shop connection_broken 0 | "
                           "switch gate:" FGT_SERIAL "/vdom:root connection_broken 0 | "
                           "switch gate:" FGT_SERIAL "/vdom:shop connection_broken 0");
    CU_ASSERT_EQUAL(fgt_fixture_asked(&fixture, "/ha-peer"), 0);
    CU_ASSERT_EQUAL(fgt_fixture_asked(&fixture, "managed"), 0);
    fgt_fixture_end(&fixture);
}

/* An invalid serial gives no asset and a problem; its scopes are still named by it. */
static void test_no_serial(void)
{
    static const struct fgt_answer answers[] = {
        ANSWER("/system/status?vdom",
               "{\"results\":{\"hostname\":\"x\"},\"vdom\":\"root\",\"status\":\"success\","
               "\"serial\":\"FGVM02\",\"version\":\"v7.2.9\"}"),
        {"/system/csf", 404, "", NULL, 0},
        {"/ha-", 404, "", NULL, 0},
        ANSWER("/cmdb/system/ha", "{\"results\":{\"mode\":\"standalone\"},\"vdom\":\"root\","
                                  "\"status\":\"success\",\"serial\":\"FGVM02\"}"),
        {"/web-ui/state", 404, "", NULL, 0},
        END};
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(
        fgt_fixture_run(&fixture, sync_run, ",\"device_types\":[\"firewall\"]", "", answers),
        HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 0);
    CU_ASSERT_STRING_EQUAL(
        host_value(&fixture.host, "summary", 0, "/device_types/firewall/skipped/serial_unusable"),
        "1");
    CU_ASSERT_TRUE(
        starts(fgt_fixture_problem(&fixture, "serial_unusable"), "x has no usable serial"));
    CU_ASSERT_TRUE(starts(host_value(&fixture.host, "source", 0, "/id"), "url:127.0.0.1"));
    CU_ASSERT_TRUE(starts(host_value(&fixture.host, "coverage", 0, "/scope"), "gate:127.0.0.1"));
    fgt_fixture_end(&fixture);
}

/* Another product that answers like a FortiGate is refused, and nothing is read from it. */
static void test_other_products(void)
{
    static const struct {
        const char *serial, *results, *named; /* "" = the message does not name it */
    } rows[] = {
        {"FPAVULTM24000001",
         "{\"model_name\":\"FortiGate\",\"model_number\":\"PAM-KVM\",\"model\":\"FPAKVM\"}",
         "FortiPAM"},
        {"XXAVULTM24000001", "{\"model_name\":\"FortiGate\",\"model\":\"FPAKVM\"}", "FortiPAM"},
        {"FPXVULTM24000001", "{\"model_name\":\"FortiProxy\",\"model_number\":\"VM64\"}",
         "FortiProxy"},
        {"XXXVULTM24000001", "{\"model_name\":\"FortiProxy\",\"model_number\":\"VM64\"}",
         "FortiProxy"},
        {"S124EPTQ22000001", "{\"model_name\":\"FortiSwitch\",\"model_number\":\"124E-POE\"}",
         "FortiSwitch"},
        {"FP231FTF22000001", "{}", "FortiAP"},
        {"", FGT_STATUS, ""},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        bool named = *rows[i].named != '\0';
        char body[512];
        const struct fgt_answer answers[] = {ANSWER("status?vdom", body), END};
        struct fgt_fixture fixture;

        (void)snprintf(body, sizeof(body),
                       "{\"results\":%s,\"vdom\":\"root\",\"status\":\"success\",\"serial\":\"%s\","
                       "\"version\":\"v1.3.0\",\"build\":1}",
                       rows[i].results, rows[i].serial);
        CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, "", "", answers), HECTOR_DATA);
        CU_ASSERT_EQUAL(fixture.host.failure.reason,
                        named ? REASON_not_fortigate : REASON_not_fortimanager);
        CU_ASSERT_PTR_NOT_NULL(strstr(fixture.host.failure.message, rows[i].named));
        CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 0);
        CU_ASSERT_EQUAL(fgt_fixture_asked(&fixture, "/web-ui/state"), 0);
        fgt_fixture_end(&fixture);
    }
}

/* Roles by ha-peer as recorded from a pair of 100F, and with virtual clusters in any order. */
static void test_roles(void)
{
    static const struct {
        const char *rows, *primary, *secondary;
    } rows[] = {
        {"{\"serial_no\":\"" FGT_SERIAL
         "\",\"vcluster_id\":0,\"priority\":200,\"master\":true,\"primary\":true},"
         "{\"serial_no\":\"" FGT_PEER "\",\"vcluster_id\":0,\"priority\":100}",
         FGT_SERIAL, FGT_PEER},
        {"{\"serial_no\":\"" FGT_SERIAL "\",\"vcluster_id\":2},{\"serial_no\":\"" FGT_PEER
         "\",\"vcluster_id\":2,\"primary\":true},{\"serial_no\":\"" FGT_PEER
         "\",\"vcluster_id\":1},{\"serial_no\":\"" FGT_SERIAL
         "\",\"vcluster_id\":1,\"primary\":true}",
         FGT_SERIAL, FGT_PEER},
        {"{\"serial_no\":\"" FGT_PEER
         "\",\"vcluster_id\":0,\"primary\":true},{\"serial_no\":\"" FGT_PEER
         "\",\"vcluster_id\":1},{\"serial_no\":\"" FGT_SERIAL
         "\",\"vcluster_id\":1,\"primary\":true},{\"serial_no\":\"" FGT_SERIAL
         "\",\"vcluster_id\":0}",
         FGT_PEER, FGT_SERIAL},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char body[1024];
        const struct fgt_answer answers[] = {
            {"/system/csf", 404, "", NULL, 0}, ANSWER("/ha-peer", body), END};
        struct fgt_fixture fixture;

        (void)snprintf(body, sizeof(body), FGT_ENVELOPE("root", "[%s]"), rows[i].rows);
        CU_ASSERT_EQUAL(
            fgt_fixture_run(&fixture, sync_run, ",\"device_types\":[\"firewall\"]", "", answers),
            HECTOR_OK);
        CU_ASSERT_STRING_EQUAL(fgt_fixture_attribute(&fixture, rows[i].primary, "ha_role"),
                               "primary");
        CU_ASSERT_STRING_EQUAL(fgt_fixture_attribute(&fixture, rows[i].secondary, "ha_role"),
                               "secondary");
        CU_ASSERT_EQUAL(fgt_fixture_asked(&fixture, "/ha-checksums"), 0);
        fgt_fixture_end(&fixture);
    }
}

/* Units with AC and with DC power are different models. */
static void test_models_of_members(void)
{
    static const struct fgt_answer answers[] = {
        ANSWER("status?vdom",
               "{\"results\":{\"model_name\":\"FortiGate\",\"model_number\":\"1800F-DC\"},"
               "\"vdom\":\"root\",\"status\":\"success\",\"serial\":\"FD180FTK24000001\"}"),
        {"/web-ui/state", 404, "", NULL, 0},
        {"/system/csf", 404, "", NULL, 0},
        ANSWER("/ha-peer",
               "{\"results\":[{\"serial_no\":\"FD180FTK24000001\",\"primary\":true},{\"serial_no\":"
               "\"FG180FTK24000002\"}],\"vdom\":\"root\",\"status\":\"success\",\"serial\":"
               "\"FD180FTK24000001\"}"),
        END};
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(
        fgt_fixture_run(&fixture, sync_run, ",\"device_types\":[\"firewall\"]", "", answers),
        HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(fgt_fixture_attribute(&fixture, "FD180FTK24000001", "model"),
                           "FortiGate-1800F-DC");
    CU_ASSERT_STRING_EQUAL(fgt_fixture_attribute(&fixture, "FG180FTK24000002", "model"),
                           "FortiGate-1800F");
    fgt_fixture_end(&fixture);
}

/* A placeholder serial names no scope: another member's serial does. */
static void test_placeholder(void)
{
    static const struct fgt_answer answers[] = {
        ANSWER("status?vdom", "{\"results\":{\"hostname\":\"lab\"},\"vdom\":\"root\",\"status\":"
                              "\"success\",\"serial\":\"FGVMEV0000000000\"}"),
        {"/web-ui/state", 404, "", NULL, 0},
        {"/system/csf", 404, "", NULL, 0},
        ANSWER("/ha-peer",
               "{\"results\":[{\"serial_no\":\"FGVMEV0000000000\",\"hostname\":\"lab\"},"
               "{\"serial_no\":\"FGVM04TM24000001\",\"hostname\":\"lab-b\"}],\"vdom\":"
               "\"root\",\"status\":\"success\",\"serial\":\"FGVMEV0000000000\"}"),
        END};
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(
        fgt_fixture_run(&fixture, sync_run, ",\"device_types\":[\"firewall\"]", "", answers),
        HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(fgt_fixture_assets(&fixture),
                           "firewall FGVM04TM24000001 gate:FGVM04TM24000001/vdom:root lab-b");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "source", 0, "/id"), "FGVM04TM24000001");
    CU_ASSERT_EQUAL(host_count(&fixture.host, "skipped"), 1);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "skipped", 0, "/subject"), "lab");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "skipped", 0, "/reason"), "serial_unusable");
    fgt_fixture_end(&fixture);
}

/* Members of the fabric that are not read are named, wherever they are in the tree. */
static void test_fabric(void)
{
    static const struct fgt_answer answers[] = {
        ANSWER("/system/csf",
               FGT_ENVELOPE(
                   "root",
                   "{\"devices\":{\"fortigate\":[{\"serial\":\"FGT100F000000001\",\"host_name\":"
                   "\"fw-root\",\"subtree_members\":[{\"serial\":\"" FGT_SERIAL
                   "\",\"ha_mode\":\"active-passive\",\"ha_list\":[{\"serial_no\":\"" FGT_PEER
                   "\"}],\"subtree_members\":[{\"serial\":\"FGT40F0000000001\",\"host_name\":\"\"},"
                   "{\"serial\":\"FPC6KF0000000001\",\"host_name\":\"board\"},"
                   "{\"serial\":\"FPM20E0000000001\",\"host_name\":\"board\"},null,{\"serial\":\"?"
                   "\"}]}]},{\"serial\":\"" FGT_PEER "\"}]}}")),
        END};
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, "", "", answers), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), 2);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 0, "/subject"), "FGT100F000000001");
    CU_ASSERT_TRUE(starts(host_value(&fixture.host, "problem", 0, "/message"),
                          "The FortiGate fw-root (FGT100F000000001) is in the Security Fabric of"));
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 0, "/severity"), "info");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 1, "/subject"), "FGT40F0000000001");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, NULL, 0, "/kind"), "source");
    CU_ASSERT_STRING_EQUAL(fgt_fixture_assets(&fixture), BOTH);
    fgt_fixture_end(&fixture);
}

/* The setting for ADOMs does not apply: reported, and nothing is left out. */
static void test_adoms(void)
{
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, ",\"adoms\":[\"Branches\"]", "", NULL),
                    HECTOR_OK);
    CU_ASSERT_TRUE(starts(fgt_fixture_problem(&fixture, "adoms_ignored"), "\"ADOMs\" was ignored"));
    CU_ASSERT_STRING_EQUAL(fgt_fixture_assets(&fixture), BOTH);
    fgt_fixture_end(&fixture);
    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, "", "", NULL), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(fgt_fixture_problem(&fixture, "adoms_ignored"), "");
    fgt_fixture_end(&fixture);
}

/* A type that is not ticked is neither read nor counted. */
static void test_unticked(void)
{
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, ",\"device_types\":[\"switch\"]", "", NULL),
                    HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(fgt_fixture_coverage(&fixture),
                           "switch root complete 0 | switch shop complete 0");
    CU_ASSERT_EQUAL(fgt_fixture_asked(&fixture, "managed_ap"), 0);
    CU_ASSERT_EQUAL(fgt_fixture_asked(&fixture, "/cmdb/system/global"), 0);
    fgt_fixture_end(&fixture);
}

/* Writes an answer of `count` VDOMs. */
static void put_vdoms(char *body, size_t capacity, int count, const char *results)
{
    size_t size = 0;

    for (int i = 0; i < count; i++) {
        size += (size_t)snprintf(body + size, capacity - size,
                                 "%s{\"vdom\":\"v%d\",\"status\":\"success\",\"serial\":"
                                 "\"" FGT_SERIAL "\",\"results\":%s}",
                                 i == 0 ? "[" : ",", i, results);
    }
    (void)snprintf(body + size, capacity - size, "]");
}

/* More VDOMs than any FortiGate has. */
static void test_too_many_vdoms(void)
{
    static char body[200000];
    const struct fgt_answer answers[] = {ANSWER("status?vdom", body), END};
    struct fgt_fixture fixture;

    put_vdoms(body, sizeof(body), FGT_VDOMS_MAX + 1, "{}");
    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, "", "", answers), HECTOR_LIMIT);
    CU_ASSERT_EQUAL(fixture.host.failure.reason, REASON_gate_too_many_vdoms);
    fgt_fixture_end(&fixture);
}

/* As many VDOMs as are accepted: the unit list of each one is that of a known VDOM. */
static void test_most_vdoms(void)
{
    static char status[200000], lists[200000];
    const struct fgt_answer answers[] = {
        ANSWER("system/status?vdom", status),
        ANSWER("web-ui/state", FGT_STATE("{\"profile\":{" FGT_RIGHTS "}}", FGT_FEATURES)),
        ANSWER("switch-controller/managed-switch", lists), END};
    struct fgt_fixture fixture;

    put_vdoms(status, sizeof(status), FGT_VDOMS_MAX, "{}");
    put_vdoms(lists, sizeof(lists), FGT_VDOMS_MAX, "[]");
    CU_ASSERT_EQUAL(
        fgt_fixture_run(&fixture, sync_run, ",\"device_types\":[\"switch\"]", "", answers),
        HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "coverage"), FGT_VDOMS_MAX);
    fgt_fixture_end(&fixture);
}

static CU_TestInfo fgt_tests[] = {
    {"a whole cluster", test_whole},
    {"members, by right", test_members},
    {"one scope whichever member answers", test_scope_after_failover},
    {"mode and name of the cluster", test_mode},
    {"shapes of the status", test_status},
    {"refusals of the first request", test_first_refusals},
    {"lost", test_lost},
    {"no serial", test_no_serial},
    {"other products", test_other_products},
    {"roles", test_roles},
    {"models of members", test_models_of_members},
    {"a placeholder for a serial", test_placeholder},
    {"the Security Fabric", test_fabric},
    {"ADOMs", test_adoms},
    {"types that are not ticked", test_unticked},
    {"too many VDOMs", test_too_many_vdoms},
    {"as many VDOMs as are accepted", test_most_vdoms},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{"gate", NULL, NULL, NULL, NULL, fgt_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
