/*
 * test_fgt_check.c - validate and list_options against a FortiGate: steps, refusals, CLI snippets.
 * SPDX-License-Identifier: Apache-2.0
 */
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
#define RIGHTS(profile) ANSWER("/web-ui/state", FGT_STATE(FGT_ADMIN(profile), FGT_FEATURES))
#define REFUSED                                                                                    \
    {                                                                                              \
        "status?vdom", 401, "<!DOCTYPE html><html>401</html>",                                     \
            "WWW-Authenticate: error=\"invalid_token\"\r\n", 0                                     \
    }

enum step { CREDENTIALS = 3, VERSION, VDOMS, DEVICES, SWITCHES, POINTS };

static const char *message(const struct fgt_fixture *fixture, enum step step)
{
    return host_value(&fixture->host, "check", step, "/message");
}

/* The CLI snippet of a step, one line below the other. */
static const char *cli(const struct fgt_fixture *fixture, enum step step)
{
    static char lines[4096];

    lines[0] = '\0';
    for (int i = 0;; i++) {
        char pointer[32];
        const char *line;

        (void)snprintf(pointer, sizeof(pointer), "/console/%d", i);
        line = host_value(&fixture->host, "check", step, pointer);
        if (*line == '\0') {
            return lines;
        }
        (void)snprintf(lines + strlen(lines), sizeof(lines) - strlen(lines), "%s\n", line);
    }
}

static void test_passed(void)
{
    static const struct fgt_answer answers[] = {
        ANSWER("managed-switch/status",
               FGT_VDOMS("[{\"serial\":\"S124EPTQ22000001\"},{\"serial\":\"S124EPTQ22000002\","
                         "\"state\":\"Unauthorized\"}]",
                         "[{\"serial\":\"S124EPTQ22000003\"}]")),
        END};
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, validate, "", "", answers), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(fgt_fixture_steps(&fixture),
                           "passed skipped passed passed passed passed passed passed passed");
    CU_ASSERT_STRING_EQUAL(message(&fixture, VERSION),
                           "FortiGate 7.4.8, fw-berlin, " FGT_SERIAL ".");
    CU_ASSERT_STRING_EQUAL(message(&fixture, VDOMS), "VDOMs that the token may see: root, shop.");
    CU_ASSERT_STRING_EQUAL(message(&fixture, DEVICES), "2 firewalls would be imported.");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", DEVICES, "/units"), "2");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", DEVICES, "/units_exact"), "true");
    CU_ASSERT_STRING_EQUAL(message(&fixture, SWITCHES), "Switches: up to 2 would be imported.");
    CU_ASSERT_STRING_EQUAL(message(&fixture, POINTS), "Access Points: there are none to import.");
    CU_ASSERT_EQUAL(host_count(&fixture.host, "source"), 1);
    CU_ASSERT_EQUAL(host_count(&fixture.host, NULL), 10);
    for (int step = 0; step <= POINTS; step++) {
        CU_ASSERT_STRING_EQUAL(cli(&fixture, (enum step)step), "");
    }
    fgt_fixture_end(&fixture);
}

static void test_unticked(void)
{
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, validate,
                                    ",\"device_types\":[\"switch\"],\"adoms\":[\"root\"]", "",
                                    NULL),
                    HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(fgt_fixture_steps(&fixture),
                           "passed skipped passed passed passed warning skipped passed skipped");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", VDOMS, "/reason"), "adoms_ignored");
    CU_ASSERT_STRING_EQUAL(message(&fixture, POINTS), "Access Points are not chosen.");
    fgt_fixture_end(&fixture);
}

/* A refused token: one sentence with both causes, and a CLI snippet that creates the right user. */
static void test_refused(void)
{
    static const struct fgt_answer answers[] = {REFUSED, END};
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(
        fgt_fixture_run(&fixture, validate, "", ",\"egress_address\":\"203.0.113.7\"", answers),
        HECTOR_AUTH);
    CU_ASSERT_EQUAL(fixture.host.failure.reason, REASON_gate_token_refused);
    CU_ASSERT_STRING_EQUAL(fgt_fixture_steps(&fixture),
                           "passed skipped passed failed skipped skipped skipped skipped skipped");
    CU_ASSERT_PTR_NOT_NULL(
        strstr(message(&fixture, CREDENTIALS), "refuses the token. Either the "));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(message(&fixture, CREDENTIALS), "or 203.0.113.7 is not a trusted host"));
    CU_ASSERT_STRING_EQUAL(cli(&fixture, CREDENTIALS),
                           "config system accprofile\n"
                           "    edit \"hector_read\"\n"
                           "        set secfabgrp read\n"
                           "        set wifi read\n"
                           "        set sysgrp custom\n"
                           "        config sysgrp-permission\n"
                           "            set cfg read\n"
                           "        end\n"
                           "    next\n"
                           "end\n"
                           "config system api-user\n"
                           "    edit \"api_hector\"\n"
                           "        set accprofile \"hector_read\"\n"
                           "        set vdom \"root\"\n"
                           "        config trusthost\n"
                           "            edit 1\n"
                           "                set ipv4-trusthost 203.0.113.7 255.255.255.255\n"
                           "            next\n"
                           "        end\n"
                           "    next\n"
                           "end\n"
                           "execute api-user generate-key api_hector\n");
    CU_ASSERT_EQUAL(host_count(&fixture.host, "source"), 0);
    fgt_fixture_end(&fixture);
}

/* The snippet uses the egress address only when it is an address. */
static void test_trusted_host(void)
{
    static const struct fgt_answer answers[] = {REFUSED, END};
    static const struct {
        const char *host, *line;
    } rows[] = {
        {"", "set ipv4-trusthost {egress_address} 255.255.255.255\n"},
        {",\"egress_address\":\"2001:db8::7\"",
         "set type ipv6-trusthost\n                set ipv6-trusthost 2001:db8::7/128\n"},
        {",\"egress_address\":\"hector.example.org\"",
         "set ipv4-trusthost {egress_address} 255.255.255.255\n"},
        {",\"egress_address\":\"1.2.3.4 0.0.0.0\"",
         "set ipv4-trusthost {egress_address} 255.255.255.255\n"},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct fgt_fixture fixture;

        CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, validate, "", rows[i].host, answers),
                        HECTOR_AUTH);
        CU_ASSERT_PTR_NOT_NULL(strstr(cli(&fixture, CREDENTIALS), rows[i].line));
        fgt_fixture_end(&fixture);
    }
}

/* A missing right is a warning, with a CLI snippet for the existing VDOMs. */
static void test_rights(void)
{
    static const struct fgt_answer answers[] = {
        RIGHTS("\"wifi\":\"none\",\"secfabgrp\":\"none\",\"sysgrp\":\"none\""), END};
    struct fgt_fixture fixture;
    const char *lines;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, validate, "", "", answers), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(fgt_fixture_steps(&fixture),
                           "passed skipped passed passed passed passed warning warning warning");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", DEVICES, "/reason"),
                           "members_unread");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", SWITCHES, "/reason"),
                           "right_missing");
    CU_ASSERT_PTR_NOT_NULL(strstr(message(&fixture, SWITCHES), "Switches: "));
    CU_ASSERT_PTR_NOT_NULL(strstr(message(&fixture, POINTS), "Access Points: "));
    lines = cli(&fixture, POINTS);
    CU_ASSERT_EQUAL(strncmp(lines, "config global\n    config system accprofile\n", 42), 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(lines, "            set scope global\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(lines, "            set vdom \"root\" \"shop\"\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(lines, "\n    execute api-user generate-key api_hector\nend\n"));
    fgt_fixture_end(&fixture);
}

/* A name that would end the quotes is left out of the snippet. */
static void test_names_in_lines(void)
{
    static const struct fgt_answer answers[] = {
        {"system/status?vdom", 200,
         "[" FGT_ENVELOPE("a\\\" \\nset x", FGT_STATUS) "," FGT_ENVELOPE("b", FGT_STATUS) "]", NULL,
         0},
        {"/web-ui/state", 404, "", NULL, 0},
        ANSWER("managed-switch/status", "[" FGT_ENVELOPE("b", "[]") "]"),
        END};
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, validate, "", "", answers), HECTOR_OK);
    CU_ASSERT_PTR_NOT_NULL(strstr(cli(&fixture, SWITCHES), "        set vdom \"b\"\n"));
    fgt_fixture_end(&fixture);
}

/* A failure that has nothing to do with rights has no snippet. */
static void test_no_lines(void)
{
    static const struct fgt_answer answers[] = {{"managed-switch", 502, "", NULL, 0}, END};
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, validate, "", "", answers), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(fgt_fixture_steps(&fixture),
                           "passed skipped passed passed passed passed passed warning passed");
    CU_ASSERT_STRING_EQUAL(cli(&fixture, SWITCHES), "");
    fgt_fixture_end(&fixture);
}

/* A FortiGate accepts a token only. */
static void test_user(void)
{
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, validate, ",\"username\":\"hector\"", "", NULL),
                    HECTOR_CONFIG);
    CU_ASSERT_EQUAL(fixture.host.failure.reason, REASON_token_needed);
    CU_ASSERT_STRING_EQUAL(fixture.host.failure.field, "username");
    CU_ASSERT_STRING_EQUAL(fgt_fixture_steps(&fixture),
                           "passed skipped passed failed skipped skipped skipped skipped skipped");
    CU_ASSERT_NOT_EQUAL(strlen(cli(&fixture, CREDENTIALS)), 0);
    CU_ASSERT_EQUAL(fgt_fixture_asked(&fixture, "Authorization"), 0);
    fgt_fixture_end(&fixture);
}

static int32_t validate_without_token(struct operation *operation, struct json_object *request,
                                      int32_t code, struct failure *failure)
{
    struct test_host *host = operation->host.context;

    host->token = NULL;
    return validate(operation, request, code, failure);
}

static void test_no_token(void)
{
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, validate_without_token, "", "", NULL), HECTOR_CONFIG);
    CU_ASSERT_EQUAL(fixture.host.failure.reason, REASON_token_needed);
    CU_ASSERT_EQUAL(fgt_fixture_asked(&fixture, "Authorization"), 0);
    fgt_fixture_end(&fixture);
}

static int32_t list_adoms(struct operation *operation, struct json_object *request, int32_t code,
                          struct failure *failure)
{
    json_object_object_add(request, "option", json_object_new_string("adoms"));
    return list_options(operation, request, code, failure);
}

static int32_t list_attributes(struct operation *operation, struct json_object *request,
                               int32_t code, struct failure *failure)
{
    json_object_object_add(request, "option", json_object_new_string("attributes"));
    return list_options(operation, request, code, failure);
}

/* No ADOMs, and no custom fields after the catalogue. */
static void test_options(void)
{
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, list_adoms, "", "", NULL), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "option"), 0);
    fgt_fixture_end(&fixture);
    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, list_attributes, "", "", NULL), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "option"), ATTRIBUTE_COUNT);
    fgt_fixture_end(&fixture);
}

/* The host may refuse any document. */
static int32_t validate_refused(struct operation *operation, struct json_object *request,
                                int32_t code, struct failure *failure)
{
    struct test_host *host = operation->host.context;

    host->refuse_at = 5;
    return validate(operation, request, code, failure);
}

static void test_host_refuses(void)
{
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, validate_refused, "", "", NULL), HECTOR_HOST);
    CU_ASSERT_EQUAL(host_count(&fixture.host, NULL), 5);
    fgt_fixture_end(&fixture);
}

static CU_TestInfo check_tests[] = {
    {"passed", test_passed},
    {"types that are not ticked, ADOMs", test_unticked},
    {"a refused token", test_refused},
    {"the trusted host", test_trusted_host},
    {"rights that lack", test_rights},
    {"names in console lines", test_names_in_lines},
    {"no lines for other failures", test_no_lines},
    {"a user name", test_user},
    {"no token", test_no_token},
    {"options", test_options},
    {"the host has enough", test_host_refuses},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{"check", NULL, NULL, NULL, NULL, check_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
