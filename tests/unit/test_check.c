/*
 * test_check.c - check documents, byte by byte, and their order.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/source.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "base/utf8.h"
#include "lib/host.h"
#include "lib/tap.h"

static void test_documents(void)
{
    struct test_host host;

    host_begin(&host);
    CU_ASSERT_EQUAL(check_pass(&host.operation, CHECK_ADDRESS, LABEL_check_address_ok,
                               ARGUMENTS("fmg.example.org"), &host.failure),
                    HECTOR_OK);
    CU_ASSERT_EQUAL(check_pass_units(&host.operation, FIREWALL, 7, true, &host.failure), HECTOR_OK);
    CU_ASSERT_EQUAL(check_pass_units(&host.operation, ACCESS_POINT, 160000, false, &host.failure),
                    HECTOR_OK);
    CU_ASSERT_EQUAL(check_pass_units(&host.operation, SWITCH, 0, false, &host.failure), HECTOR_OK);
    CU_ASSERT_EQUAL(check_skip_type(&host.operation, SWITCH, &host.failure), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(host_text(&host, NULL, 0),
                           "{\"kind\":\"check\",\"step\":\"address\",\"status\":\"passed\","
                           "\"reason\":\"check_address_ok\",\"message\":\"fmg.example.org can be "
                           "reached.\"}");
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 1, "/step"), "devices");
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 1, "/units"), "7");
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 1, "/units_exact"), "true");
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 2, "/step"), "access_points");
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 2, "/status"), "passed");
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 2, "/units"), "160000");
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 2, "/units_exact"), "false");
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 3, "/reason"), "check_roster_empty");
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 3, "/units_exact"), "true");
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 4, "/step"), "switches");
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 4, "/status"), "skipped");
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 4, "/reason"), "check_type_not_chosen");
    host_end(&host);
}

static void test_failure(void)
{
    struct test_host host;
    struct failure why;

    host_begin(&host);
    (void)fail(&host.operation, &why, REASON_name_unknown, "detail stays inside",
               ARGUMENTS("fmg.example.org"));
    CU_ASSERT_EQUAL(check_emit_failure(&(struct checks){.operation = &host.operation}, CHECK_TLS,
                                       CHECK_FAILED, &why, &host.failure),
                    HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(host_text(&host, NULL, 0),
                           "{\"kind\":\"check\",\"step\":\"tls\",\"status\":\"failed\",\"reason\":"
                           "\"name_unknown\",\"message\":\"The name fmg.example.org is not known. "
                           "Check the address, or the name server that Hector uses.\",\"field\":"
                           "\"url\"}");
    host_end(&host);
}

/* Passes on a snippet; none for a failure that no snippet would cure. */
static bool pass_lines(const void *lines, const struct failure *why, struct buffer *out)
{
    const struct buffer *snippet = lines;

    buffer_append(out, snippet->data, snippet->size);
    out->state = snippet->state;
    return why->cause == HECTOR_AUTH;
}

/* The lines of the CLI snippet, one element each. */
static void test_cli(void)
{
    struct buffer lines = BUFFER(KIB(1));
    struct test_host host;
    struct checks checks = {&host.operation, pass_lines, &lines};
    struct failure why;

    buffer_append_text(&lines, "config system admin user\n    next\nend");
    host_begin(&host);
    (void)fail(&host.operation, &why, REASON_token_refused, NULL,
               ARGUMENTS("fmg.example.org", "203.0.113.7"));
    CU_ASSERT_EQUAL(
        check_emit_failure(&checks, CHECK_CREDENTIALS, CHECK_FAILED, &why, &host.failure),
        HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 0, "/secret"), "token");
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 0, "/console"),
                           "[\"config system admin user\",\"    next\",\"end\"]");
    lines.state = BUFFER_NO_MEMORY;
    CU_ASSERT_EQUAL(
        check_emit_failure(&checks, CHECK_CREDENTIALS, CHECK_FAILED, &why, &host.failure),
        HECTOR_NO_MEMORY);
    CU_ASSERT_EQUAL(host_count(&host, "check"), 1);
    why.cause = HECTOR_DATA;
    lines.state = BUFFER_OK;
    CU_ASSERT_EQUAL(
        check_emit_failure(&checks, CHECK_CREDENTIALS, CHECK_FAILED, &why, &host.failure),
        HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 1, "/console"), "");
    buffer_release(&lines);
    host_end(&host);
}

/* The setting at fault: the one that the failure names, or the one that its reason implies. */
static void test_at_fault(void)
{
    static const struct {
        enum check_step step;
        enum message_id reason;
        const char *named, *field, *secret;
    } rows[] = {
        {CHECK_ADDRESS, REASON_connection_failed, "", "url", ""},
        {CHECK_ADDRESS, REASON_address_refused, "fallback_url", "fallback_url", ""},
        {CHECK_ADDRESS, REASON_proxy_failed, "", "", ""},
        {CHECK_ADDRESS, REASON_time_out, "", "timeout_s", ""},
        {CHECK_TLS, REASON_tls_pin_mismatch, "", "pinned_public_key", ""},
        {CHECK_TLS, REASON_tls_unknown_authority, "", "pinned_public_key", ""},
        {CHECK_TLS, REASON_tls_wrong_name, "", "pinned_public_key", ""},
        {CHECK_TLS, REASON_tls_settings, "ca_certificate", "ca_certificate", ""},
        {CHECK_SYSTEM, REASON_not_fortimanager_html, "", "url", ""},
        {CHECK_SYSTEM, REASON_source_mismatch, "source", "source", ""},
        {CHECK_SYSTEM, REASON_server_error, "", "", ""},
        {CHECK_CREDENTIALS, REASON_not_fortigate, "", "url", ""},
        {CHECK_CREDENTIALS, REASON_token_refused, "", "", "token"},
        {CHECK_CREDENTIALS, REASON_gate_token_refused, "", "", "token"},
        {CHECK_CREDENTIALS, REASON_credentials_missing, "token", "", "token"},
        {CHECK_CREDENTIALS, REASON_login_refused, "", "", "password"},
        {CHECK_CREDENTIALS, REASON_password_missing, "forticloud_password", "",
         "forticloud_password"},
        {CHECK_CREDENTIALS, REASON_forticloud_refused, "", "", "forticloud_password"},
        {CHECK_ADOMS, REASON_adom_unknown, "adoms", "adoms", ""},
        /* FortiCloud's own address and certificate are not settings. */
        {CHECK_CREDENTIALS, REASON_name_unknown, "", "", ""},
        {CHECK_CREDENTIALS, REASON_tls_unknown_authority, "", "", ""},
        {CHECK_TYPES, REASON_connection_broken, "", "", ""},
        {CHECK_TYPES, REASON_devices_refused, "", "", ""},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct test_host host;
        struct failure why;

        host_begin(&host);
        (void)fail(&host.operation, &why, rows[i].reason, NULL, NO_ARGUMENTS);
        (void)utf8_copy(why.field, sizeof(why.field), rows[i].named, strlen(rows[i].named));
        CU_ASSERT_EQUAL(check_emit_failure(&(struct checks){.operation = &host.operation},
                                           rows[i].step, CHECK_FAILED, &why, &host.failure),
                        HECTOR_OK);
        CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 0, "/field"), rows[i].field);
        CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 0, "/secret"), rows[i].secret);
        host_end(&host);
    }
}

/* A warning without a failure names its setting, too; a passed check names none. */
static void test_at_fault_of_a_warning(void)
{
    struct test_host host;

    host_begin(&host);
    CU_ASSERT_EQUAL(check_warn(&host.operation, CHECK_TLS, REASON_tls_not_verified,
                               ARGUMENTS("fmg.example.org"), &host.failure),
                    HECTOR_OK);
    CU_ASSERT_EQUAL(check_warn(&host.operation, CHECK_ADOMS, REASON_adoms_ignored,
                               ARGUMENTS("fgt.example.org"), &host.failure),
                    HECTOR_OK);
    CU_ASSERT_EQUAL(check_pass(&host.operation, CHECK_TLS, LABEL_check_tls_ok,
                               ARGUMENTS("fmg.example.org"), &host.failure),
                    HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 0, "/field"), "verify_tls");
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 1, "/field"), "adoms");
    CU_ASSERT_STRING_EQUAL(host_value(&host, "check", 2, "/field"), "");
    host_end(&host);
}

/* The steps that a source does not have are no steps of its validation. */
static void test_rest(void)
{
    static const struct source fortimanager = {.types = {[FIREWALL] = true, [ACCESS_POINT] = true},
                                               .scopes_step = CHECK_ADOMS};
    static const struct source fortigate = {.types = {[SWITCH] = true}, .scopes_step = CHECK_VDOMS};
    static const struct {
        const struct source *source;
        enum check_step from;
        const char *steps;
    } rows[] = {
        {&fortimanager, CHECK_SETTINGS,
         " settings address tls system credentials version adoms devices access_points"},
        {&fortigate, CHECK_VERSION, " version vdoms switches"},
        {&fortimanager, CHECK_TYPES, " devices access_points"},
        {&fortigate, CHECK_ATTRIBUTES, ""},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char steps[256] = "";
        struct test_host host;

        host_begin(&host);
        CU_ASSERT_EQUAL(
            source_skip_checks(&host.operation, rows[i].source, rows[i].from, &host.failure),
            HECTOR_OK);
        for (size_t k = 0; k < host_count(&host, "check"); k++) {
            (void)snprintf(steps + strlen(steps), sizeof(steps) - strlen(steps), " %s",
                           host_value(&host, "check", k, "/step"));
            CU_ASSERT_STRING_EQUAL(host_value(&host, "check", k, "/status"), "skipped");
            CU_ASSERT_STRING_EQUAL(host_value(&host, "check", k, "/reason"), "check_not_reached");
        }
        CU_ASSERT_STRING_EQUAL(steps, rows[i].steps);
        host_end(&host);
    }
}

static void test_refused(void)
{
    static const struct source source = {.scopes_step = CHECK_ADOMS};
    struct test_host host;

    host_begin(&host);
    host.refuse_at = 2;
    CU_ASSERT_EQUAL(source_skip_checks(&host.operation, &source, CHECK_ADDRESS, &host.failure),
                    HECTOR_HOST);
    CU_ASSERT_EQUAL(host_count(&host, NULL), 2);
    host_end(&host);
}

static CU_TestInfo check_tests[] = {
    {"documents", test_documents},
    {"a failure", test_failure},
    {"CLI text", test_cli},
    {"the setting or secret at fault", test_at_fault},
    {"the setting at fault of a warning", test_at_fault_of_a_warning},
    {"the rest is not reached", test_rest},
    {"refused", test_refused},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "check", .pTests = check_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
