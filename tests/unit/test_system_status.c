/*
 * test_system_status.c - a FortiManager's answers about itself, and what may be missing in them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/fortimanager/run.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/run_fixture.h"
#include "lib/tap.h"
#include "sources/fortimanager/system.h"

#define ADOMS   OK_ROW("[{\"name\":\"root\",\"oid\":3}]")
#define SESSION OK_ROW("{\"admin_user\":\"hector\"}")

/* Reads the system with this status; the rows of its HA and its ADOMs are the other arguments. */
static int32_t read_system(struct run_fixture *fixture, const char *status, const char *ha,
                           const char *adoms)
{
    struct buffer reply = BUFFER(MIB(1)), bad = BUFFER(KIB(1));
    struct rpc_reply script[] = {ALIVE, {200, NULL}, {200, NULL}, {200, NULL}, {0, NULL}};
    int32_t code;

    buffer_printf(&reply, "{\"result\":[%s,%s,", status, ha);
    buffer_append_text(&reply, adoms);
    buffer_append_text(&reply, "," SESSION "]}");
    buffer_append_text(&bad, RESULT("null"));
    script[1].body = buffer_text(&reply);
    script[2].body = script[3].body = buffer_text(&bad);
    run_fixture_begin(fixture, script);
    code = fmg_system_read(&fixture->run, &fixture->failure);
    run_fixture_close(fixture);
    buffer_release(&reply);
    buffer_release(&bad);
    return code;
}

static void test_versions(void)
{
    static const struct {
        const char *status, *version;
    } cases[] = {
        {"\"Version\":\"v7.6.7-build3737 250101 (GA)\",\"Major\":7,\"Minor\":6,\"Patch\":7",
         "7.6.7"},
        {"\"Version\":\"v7.6.7-build3737 250101 (GA)\"", "7.6.7"},
        {"\"Version\":\"v5.4.12-build1234\"", "5.4.12"},
        {"\"Version\":\"v10.0.1\"", "10.0.1"},
        {"\"Version\":\"v7.4\",\"Major\":7,\"Minor\":4", "7.4.0"}, /* old releases: no patch */
        {"\"Version\":\"v7.4-build1\"", ""},
        {"\"Version\":\"7.6.7\"", ""},
        {"\"Version\":\"v7.6.x\"", ""},
        {"\"Version\":\"v7..6\"", ""},
        {"\"Version\":\"v0.0.0\"", ""},
        {"\"Version\":\"v7.6.99999999999999999999\"", ""},
        {"\"Version\":\"\"", ""},
        {"\"Version\":7", ""},
        {"\"Hostname\":\"fmg\"", ""},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct buffer status = BUFFER(KIB(1));
        struct run_fixture fixture;

        buffer_printf(&status, OK_ROW("{\"Serial Number\":\"FMG-VMTM20000001\",%s}"),
                      cases[i].status);
        CU_ASSERT_EQUAL(read_system(&fixture, buffer_text(&status), OK_ROW("{}"), ADOMS),
                        HECTOR_OK);
        if (strcmp(fixture.run.version_text, cases[i].version) != 0) {
            printf("# %s: \"%s\"\n", cases[i].status, fixture.run.version_text);
            CU_FAIL("the version");
        }
        run_fixture_end(&fixture);
        buffer_release(&status);
    }
}

#define STATUS OK_ROW("{\"Serial Number\":\"FMG-VMTM20000001\",\"Version\":\"v7.6.7-build1\"}")

/* The HA status is optional, however it is missing. */
static void test_ha_status_missing(void)
{
    static const char *const rows[] = {"{\"url\":\"/sys/ha/status\"}", "null", "{\"data\":{}}",
                                       REFUSED, CODE_ROW("-6", "Invalid url")};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct run_fixture fixture;

        CU_ASSERT_EQUAL(read_system(&fixture, STATUS, rows[i], ADOMS), HECTOR_OK);
        CU_ASSERT_STRING_EQUAL(fixture.run.serial, "FMG-VMTM20000001");
        CU_ASSERT_TRUE(fixture.run.adoms_known);
        CU_ASSERT_EQUAL(fmg_system_emit(&fixture.run, NULL, &fixture.failure), HECTOR_OK);
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "source", 0, "/serials"),
                               "[\"FMG-VMTM20000001\"]");
        run_fixture_end(&fixture);
    }
}

/* The ADOM table decides what is read, so an invalid answer ends the run. */
static void test_bad_adom_table(void)
{
    struct run_fixture fixture;

    CU_ASSERT_EQUAL(read_system(&fixture, STATUS, OK_ROW("{}"), "null"), HECTOR_DATA);
    CU_ASSERT_EQUAL(fixture.failure.reason, REASON_reply_invalid);
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.failure.message, "/dvmdb/adom"));
    run_fixture_end(&fixture);
}

/* The status is kept for the whole run; the memory of the ADOM table is free for the next replies.
 */
static void test_adom_table_released(void)
{
    struct buffer adoms = BUFFER(MIB(1));
    struct run_fixture fixture;

    buffer_append_text(
        &adoms,
        "{\"data\":[{\"name\":\"root\",\"expand member\":{\"device\":[{\"name\":\"fgt-0\"}");
    for (int i = 1; i < 10000; i++) {
        buffer_printf(&adoms, ",{\"name\":\"fgt-%d\"}", i);
    }
    buffer_append_text(&adoms, "]}}],\"status\":{\"code\":0}}");
    CU_ASSERT_EQUAL(read_system(&fixture, STATUS, OK_ROW("{}"), buffer_text(&adoms)), HECTOR_OK);
    CU_ASSERT_TRUE(fixture.run.members_known);
    CU_ASSERT_TRUE(fixture.run.operation->replies.used > 0);
    CU_ASSERT_TRUE(fixture.run.operation->replies.used < KIB(64));
    fmg_rpc_release(&fixture.run.status, 1);
    CU_ASSERT_EQUAL(fixture.run.operation->replies.used, 0);
    run_fixture_end(&fixture);
    buffer_release(&adoms);
}

static CU_TestInfo status_tests[] = {
    {"versions", test_versions},
    {"no HA status", test_ha_status_missing},
    {"a bad ADOM table", test_bad_adom_table},
    {"the memory of the ADOM table", test_adom_table_released},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {
        {.pName = "system", .pTests = status_tests},
        CU_SUITE_INFO_NULL,
    };

    return tap_run(suites);
}
