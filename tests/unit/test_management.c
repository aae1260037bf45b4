/*
 * test_management.c - the FortiManager itself and its HA peers as assets, and what may be missing.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/fortimanager/management.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/run_fixture.h"
#include "lib/tap.h"
#include "sources/fortimanager/system.h"

#define REST OK_ROW("[{\"name\":\"root\",\"oid\":3}]") "," OK_ROW("{\"admin_user\":\"hector\"}")

/* A status, with the rest of its members; an HA status; one of its members. */
#define OWN         "FMG-VMTM22005246"
#define STATUS(...) OK_ROW("{\"Serial Number\":\"" OWN "\",\"Hostname\":\"fmg-a\"," __VA_ARGS__ "}")
#define KNOWN                                                                                      \
    "\"Version\":\"v7.2.2-build1317 230107 (Interim)\",\"Platform Full Name\":"                    \
    "\"FortiManager-VM64-KVM\""
#define CLUSTER(role, members) OK_ROW("{\"HA Role\":\"" role "\",\"members\":[" members "]}")
#define MEMBER(serial, name, state)                                                                \
    "{\"Serial Number\":\"" serial "\",\"Hostname\":\"" name "\",\"HA Sync status\":\"" state      \
    "\",\"IP\":\"10.0.0.2\"}"
#define PEER MEMBER("FMG-VMTM22005248", "fmg-b", "up,in-sync")

/* Reads and reports the FortiManager alone, with all attributes; the two rows are its answers. */
static void run(struct run_fixture *fixture, const char *status, const char *ha)
{
    struct buffer reply = BUFFER(KIB(8)), bad = BUFFER(KIB(1));
    struct rpc_reply script[] = {ALIVE, {200, NULL}, {200, NULL}, {200, NULL}, {0, NULL}};

    buffer_printf(&reply, "{\"result\":[%s,%s," REST "]}", status, ha);
    buffer_append_text(&bad, RESULT("null"));
    script[1].body = buffer_text(&reply);
    script[2].body = script[3].body = buffer_text(&bad);
    run_fixture_begin(fixture, script);
    struct settings *settings = &fixture->peer.host.settings;
    memset(settings->device_types, false, sizeof(settings->device_types));
    memset(settings->attributes, true, sizeof(settings->attributes));
    settings->device_types[MANAGEMENT] = true;
    CU_ASSERT_EQUAL(fmg_system_read(&fixture->run, &fixture->failure), HECTOR_OK);
    CU_ASSERT_EQUAL(fmg_management_report(&fixture->run, &fixture->failure), HECTOR_OK);
    (void)inventory_finish(fixture->run.inventory, HECTOR_OK, &fixture->failure);
    run_fixture_close(fixture);
    buffer_release(&reply);
    buffer_release(&bad);
}

static const char *value(const struct run_fixture *fixture, const char *kind, size_t nth,
                         const char *pointer)
{
    return host_value(&fixture->peer.host, kind, nth, pointer);
}

/* All that is known of the FortiManager and of its peer. */
static void test_cluster(void)
{
    struct run_fixture fixture;

    run(&fixture, STATUS(KNOWN ",\"HA Mode\":\"Primary\""), CLUSTER("Primary", PEER));
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "asset"), 2);
    CU_ASSERT_STRING_EQUAL(value(&fixture, "asset", 0, ""),
                           "{\"kind\":\"asset\",\"sync_key\":\"" OWN "\",\"scope\":\"management\","
                           "\"device_type\":\"management\",\"title\":\"fmg-a\",\"part\":{\"maker\":"
                           "\"Fortinet\",\"model\":\"FortiManager-VM64-KVM\"},\"category\":{"
                           "\"device_type\":\"management\",\"label\":\"Management System\"},"
                           "\"attributes\":{\"serial_number\":\"" OWN "\",\"name\":\"fmg-a\","
                           "\"hostname\":\"fmg-a\",\"model\":\"FortiManager-VM64-KVM\","
                           "\"firmware_version\":\"7.2.2\",\"firmware_build\":1317,"
                           "\"connection_status\":\"up\",\"ha_role\":\"primary\","
                           "\"virtual_machine\":true}}");
    CU_ASSERT_STRING_EQUAL(value(&fixture, "asset", 1, "/title"), "fmg-b");
    CU_ASSERT_STRING_EQUAL(value(&fixture, "asset", 1, "/part/model"), "FortiManager-VM64-KVM");
    CU_ASSERT_STRING_EQUAL(value(&fixture, "asset", 1, "/attributes"),
                           "{\"serial_number\":\"FMG-VMTM22005248\",\"name\":\"fmg-b\","
                           "\"hostname\":\"fmg-b\",\"model\":\"FortiManager-VM64-KVM\","
                           "\"ip_address\":\"10.0.0.2\",\"connection_status\":\"up\","
                           "\"ha_role\":\"secondary\",\"virtual_machine\":true}");
    CU_ASSERT_EQUAL(fixture.peer.record.count, 2); /* run_fixture_begin(), the first request */
    run_fixture_end(&fixture);
}

/* Assets as "title connection role", skipped rows, and the coverage. */
static void test_rows(void)
{
    static const struct {
        const char *status, *ha, *assets, *skipped, *coverage;
    } cases[] = {
        {STATUS("\"HA Mode\":\"Stand Alone\""), OK_ROW("{\"HA Role\":\"Standalone\"}"), "fmg-a up",
         "", "complete"},
        {STATUS("\"HA Mode\":\"Stand Alone\""), REFUSED, "fmg-a up", "", "complete"},
        /* A build that no number holds. */
        {STATUS("\"HA Mode\":\"Stand Alone\",\"Version\":\"v7.6.7-build99999999999999999999\""),
         REFUSED, "fmg-a up", "", "complete"},
        {STATUS("\"HA Mode\":\"Master\""), OK_ROW("{\"members\":[" PEER "]}"),
         "fmg-a up primary; fmg-b up secondary", "", "complete"},
        /* Named twice, and among its own members. */
        {STATUS(KNOWN), CLUSTER("Primary", PEER "," PEER "," MEMBER(OWN, "fmg-a", "up")),
         "fmg-a up primary; fmg-b up secondary", "", "complete"},
        {STATUS(KNOWN), CLUSTER("Primary", MEMBER("FMG-VMTM22005248", "", "down,lost")),
         "fmg-a up primary; FMG-VMTM22005248 down secondary", "", "complete"},
        {STATUS(KNOWN), CLUSTER("Primary", "{\"Serial Number\":\"FMG-VMTM22005248\"}"),
         "fmg-a up primary; FMG-VMTM22005248 secondary", "", "complete"},
        /* A unit without a usable serial is there all the same. */
        {STATUS(KNOWN), CLUSTER("Primary", MEMBER("-", "fmg-b", "up")), "fmg-a up primary",
         "fmg-b serial_unusable", "complete"},
        {OK_ROW("{\"Hostname\":\"cloud\",\"HA Mode\":\"Stand Alone\"}"), OK_ROW("{}"), "",
         "cloud serial_unusable", "complete"},
        {OK_ROW("{\"Serial Number\":\"FMG-VM0000000000\",\"Hostname\":\"trial\",\"HA Mode\":"
                "\"Stand Alone\"}"),
         OK_ROW("{}"), "", "trial serial_unusable", "complete"},
        /* What is not known makes the scope incomplete. */
        {REFUSED, REFUSED, "", "", "system_refused"},
        {REFUSED, CLUSTER("Primary", PEER), "fmg-b up secondary", "", "system_refused"},
        {CODE_ROW("-6", "Invalid url"), OK_ROW("{}"), "", "", "read_failed"},
        {STATUS("\"HA Mode\":\"Primary\""), REFUSED, "fmg-a up primary", "", "system_refused"},
        {STATUS(KNOWN), CODE_ROW("-6", "Invalid url"), "fmg-a up", "", "read_failed"},
        {STATUS(KNOWN), "null", "fmg-a up", "", "reply_invalid"},
        {STATUS(KNOWN), OK_ROW("{}"), "fmg-a up", "", "peers_missing"},
        {STATUS(KNOWN), CLUSTER("Primary", ""), "fmg-a up primary", "", "peers_missing"},
        {STATUS(KNOWN), CLUSTER("Secondary", PEER), "fmg-a up secondary; fmg-b up", "",
         "peers_missing"},
        {STATUS(KNOWN), CLUSTER("unheard of", PEER), "fmg-a up; fmg-b up", "", "peers_missing"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char assets[512] = "", skipped[128] = "", coverage[64];
        struct run_fixture fixture;

        run(&fixture, cases[i].status, cases[i].ha);
        for (size_t k = 0; k < host_count(&fixture.peer.host, "asset"); k++) {
            static const char *const members[] = {"/title", "/attributes/connection_status",
                                                  "/attributes/ha_role"};

            for (size_t m = 0; m < sizeof(members) / sizeof(members[0]); m++) {
                const char *text = value(&fixture, "asset", k, members[m]);
                const char *lead = m > 0 ? " " : k > 0 ? "; " : "";

                (void)snprintf(assets + strlen(assets), sizeof(assets) - strlen(assets), "%s%s",
                               *text != '\0' ? lead : "", text);
            }
        }
        if (host_count(&fixture.peer.host, "skipped") > 0) {
            (void)snprintf(skipped, sizeof(skipped), "%s %s",
                           value(&fixture, "skipped", 0, "/subject"),
                           value(&fixture, "skipped", 0, "/reason"));
        }
        CU_ASSERT_STRING_EQUAL(value(&fixture, "coverage", 0, "/scope"), "management");
        (void)snprintf(coverage, sizeof(coverage), "%s",
                       strcmp(value(&fixture, "coverage", 0, "/complete"), "true") == 0
                           ? "complete"
                           : value(&fixture, "coverage", 0, "/reason"));
        if (strcmp(assets, cases[i].assets) != 0 || strcmp(skipped, cases[i].skipped) != 0 ||
            strcmp(coverage, cases[i].coverage) != 0) {
            printf("# %zu: \"%s\", \"%s\", %s\n", i, assets, skipped, coverage);
            CU_FAIL("the management systems");
        }
        run_fixture_end(&fixture);
    }
}

static void test_model_unknown(void)
{
    struct run_fixture fixture;

    run(&fixture, STATUS("\"HA Mode\":\"Stand Alone\""), OK_ROW("{}"));
    CU_ASSERT_STRING_EQUAL(value(&fixture, "asset", 0, "/part/model"), "FMG-VM");
    CU_ASSERT_STRING_EQUAL(value(&fixture, "problem", 0, "/reason"), "model_unknown");
    run_fixture_end(&fixture);
}

static CU_TestInfo management_tests[] = {
    {"a cluster", test_cluster},
    {"what is known and what is not", test_rows},
    {"an unknown model", test_model_unknown},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "management", .pTests = management_tests},
                             CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
