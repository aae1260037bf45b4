/*
 * test_check.c - check documents, byte by byte, and their order.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "check.h"

#include <string.h>

#include <CUnit/CUnit.h>

#include "host.h"
#include "tap.h"

static void test_documents(void)
{
    static const struct check_units exact = {7, true}, up_to = {160000, false};
    struct test_host host;

    host_begin(&host);
    CU_ASSERT_EQUAL(check_emit(&host.operation, CHECK_ADDRESS, CHECK_PASSED, TEXT_check_address_ok,
                               ARGUMENTS("fmg.example.org"), NULL, &host.failure),
                    HECTOR_OK);
    CU_ASSERT_EQUAL(check_emit(&host.operation, CHECK_DEVICES, CHECK_PASSED, TEXT_check_devices_ok,
                               ARGUMENTS("7"), &exact, &host.failure),
                    HECTOR_OK);
    CU_ASSERT_EQUAL(check_emit(&host.operation, CHECK_ACCESS_POINTS, CHECK_WARNING,
                               TEXT_check_adoms_unknown, NO_ARGUMENTS, &up_to, &host.failure),
                    HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(host_text(&host, NULL, 0),
                           "{\"kind\":\"check\",\"step\":\"address\",\"status\":\"passed\","
                           "\"reason\":\"check_address_ok\",\"message\":\"fmg.example.org can be "
                           "reached.\"}");
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 1, "/step"), "devices");
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 1, "/units"), "7");
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 1, "/units_exact"), "true");
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 2, "/step"), "access_points");
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 2, "/status"), "warning");
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 2, "/units"), "160000");
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 2, "/units_exact"), "false");
    host_end(&host);
}

static void test_failure(void)
{
    struct test_host host;
    struct failure why;

    host_begin(&host);
    (void)fail(&host.operation, &why, HECTOR_UNREACHABLE, TEXT_name_unknown, "detail stays inside",
               ARGUMENTS("fmg.example.org"));
    CU_ASSERT_EQUAL(
        check_emit_failure(&host.operation, CHECK_TLS, CHECK_FAILED, &why, &host.failure),
        HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(host_text(&host, NULL, 0),
                           "{\"kind\":\"check\",\"step\":\"tls\",\"status\":\"failed\",\"reason\":"
                           "\"name_unknown\",\"message\":\"The name fmg.example.org is not known. "
                           "Check the address, or the name server that Hector uses.\"}");
    host_end(&host);
}

static void test_rest(void)
{
    static const char *const steps[] = {"address", "tls",     "system",   "credentials",  "version",
                                        "adoms",   "devices", "switches", "access_points"};

    for (int from = 0; from <= CHECK_COUNT; from++) {
        struct test_host host;

        host_begin(&host);
        CU_ASSERT_EQUAL(check_skip_rest(&host.operation, (enum check_step)from, &host.failure),
                        HECTOR_OK);
        CU_ASSERT_EQUAL(host_count(&host, "check"), (size_t)(CHECK_COUNT - from));
        for (int i = from; i < CHECK_COUNT; i++) {
            size_t nth = (size_t)(i - from);

            CU_ASSERT_STRING_EQUAL(host_value(&host, "check", nth, "/step"), steps[i]);
            CU_ASSERT_STRING_EQUAL(host_value(&host, "check", nth, "/status"), "skipped");
            CU_ASSERT_STRING_EQUAL(host_value(&host, "check", nth, "/reason"), "check_not_reached");
        }
        host_end(&host);
    }
}

static void test_refused(void)
{
    struct test_host host;

    host_begin(&host);
    host.refuse_at = 2;
    CU_ASSERT_EQUAL(check_skip_rest(&host.operation, CHECK_ADDRESS, &host.failure), HECTOR_HOST);
    CU_ASSERT_EQUAL(host_count(&host, NULL), 2);
    host_end(&host);
}

static CU_TestInfo check_tests[] = {
    {"documents", test_documents},
    {"a failure", test_failure},
    {"the rest is not reached", test_rest},
    {"refused", test_refused},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "check", .pTests = check_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
