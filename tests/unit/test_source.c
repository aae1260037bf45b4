/*
 * test_source.c - the probe of an address, which precedes any credential.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/source.h"

#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/fgt_fixture.h"
#include "lib/tap.h"
#include "json/json_read.h"

#define MANAGER_REFUSES                                                                            \
    "{\"id\":1,\"result\":[{\"status\":{\"code\":-11,\"message\":\"No permission for the "         \
    "resource\"},\"url\":\"/sys/status\"}]}"
/* The four URLs that a run begins with, refused, and as a FortiAnalyzer answers them. */
#define ROW(url) "{\"status\":{\"code\":-11,\"message\":\"No permission\"},\"url\":\"" url "\"}"
#define ALL_REFUSED                                                                                \
    "{\"result\":[" ROW("/sys/status") "," ROW("/sys/ha/status") "," ROW("/dvmdb/adom") "," ROW(   \
        "/sys/session") "]}"
#define UNKNOWN "{\"status\":{\"code\":-6,\"message\":\"Invalid url\"}}"
#define ANALYZER                                                                                   \
    "{\"result\":[{\"status\":{\"code\":0},\"data\":{\"Serial Number\":\"FAZ-VM0000000001\","      \
    "\"Platform Full Name\":\"FortiAnalyzer-VM64\",\"Major\":7,\"Minor\":4,\"Patch\":3}}," UNKNOWN \
    "," UNKNOWN "," UNKNOWN "]}"
#define PAGE "<!DOCTYPE html><html>Not Found</html>"

static const struct fgt_answer MANAGER[] = {{"/jsonrpc", 200, MANAGER_REFUSES, NULL, 0},
                                            {"/api/", 404, PAGE, NULL, 0},
                                            {NULL, 0, NULL, NULL, 0}};

/* A FortiManager answers the first probe; its token never goes to a FortiGate. */
static void test_fortimanager(void)
{
    static const struct fgt_answer answers[] = {{"/jsonrpc", 200, MANAGER_REFUSES, NULL, 0},
                                                {NULL, 0, NULL, NULL, 0}};
    struct fgt_fixture fixture;

    (void)fgt_fixture_run(&fixture, validate, "", "", answers);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 2, "/reason"), "check_system_ok");
    CU_ASSERT_PTR_NOT_NULL(
        strstr(host_value(&fixture.host, "check", 2, "/message"), " is a FortiManager."));
    CU_ASSERT_EQUAL(fgt_fixture_asked(&fixture, "GET /api"), 0);
    CU_ASSERT_PTR_NULL(strstr(fixture.record.requests[0], "Authorization"));
    fgt_fixture_end(&fixture);
}

static void test_fortigate(void)
{
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, validate, "", "", NULL), HECTOR_OK);
    CU_ASSERT_PTR_NOT_NULL(
        strstr(host_value(&fixture.host, "check", 2, "/message"), " is a FortiGate."));
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "source", 0, "/system"), "fortigate");
    /* One probe of each kind, none of them with the token. */
    CU_ASSERT_EQUAL(fgt_fixture_asked(&fixture, "POST /jsonrpc"), 1);
    CU_ASSERT_PTR_NULL(strstr(fixture.record.requests[0], "Authorization"));
    CU_ASSERT_PTR_NULL(strstr(fixture.record.requests[1], "Authorization"));
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.record.requests[2], "Authorization: Bearer the-key"));
    fgt_fixture_end(&fixture);
}

/* A setting for the system skips the other probe. */
static void test_chosen(void)
{
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, validate, ",\"source\":\"fortigate\"", "", NULL),
                    HECTOR_OK);
    CU_ASSERT_EQUAL(fgt_fixture_asked(&fixture, "POST"), 0);
    fgt_fixture_end(&fixture);
}

/* A setting for the wrong system is reported with what the address is; the token is not sent. */
static void test_mismatch(void)
{
    static const struct {
        const char *settings, *says;
        const struct fgt_answer *answers;
    } rows[] = {
        {",\"source\":\"fortimanager\"", " is a FortiGate, but \"Source\" is \"FortiManager\".",
         NULL},
        {",\"source\":\"fortigate\"", " is a FortiManager, but \"Source\" is \"FortiGate\".",
         MANAGER},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct fgt_fixture fixture;

        CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, rows[i].settings, "", rows[i].answers),
                        HECTOR_CONFIG);
        CU_ASSERT_EQUAL(fixture.host.failure.reason, REASON_source_mismatch);
        CU_ASSERT_STRING_EQUAL(fixture.host.failure.field, "source");
        CU_ASSERT_PTR_NOT_NULL(strstr(fixture.host.failure.message, rows[i].says));
        CU_ASSERT_EQUAL(fgt_fixture_asked(&fixture, "Authorization"), 0);
        CU_ASSERT_EQUAL(fixture.record.count, 2);
        fgt_fixture_end(&fixture);
    }
}

/* Neither system: a web page, another API, a web server with a login of its own. */
#define KUBERNETES                                                                                 \
    "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","           \
    "\"message\":\"Unauthorized\",\"reason\":\"Unauthorized\",\"code\":401}"
#define RESULT(row) "{\"id\":1,\"result\":[" row "]}"

static void test_neither(void)
{
    static const struct {
        int32_t status;
        const char *body, *header;
        enum message_id reason;
    } rows[] = {
        {200, PAGE, NULL, REASON_not_fortimanager_html},
        {404, "{\"error\":\"not found\"}", NULL, REASON_not_fortimanager},
        {404, "{\"error\":{\"code\":404,\"message\":\"not found\"}}", NULL,
         REASON_not_fortimanager},
        {200, "{\"error\":{\"code\":-32601}}", NULL, REASON_not_fortimanager},
        {404, "", NULL, REASON_not_fortimanager},
        {403, "[1,2]", NULL, REASON_not_fortimanager},
        {302, "", "Location: https://192.0.2.1/\r\n", REASON_not_fortimanager},
        /* Results of other systems, and rows of other URLs. */
        {200, "{\"result\":[]}", NULL, REASON_not_fortimanager},
        {200, "{\"result\":[1]}", NULL, REASON_not_fortimanager},
        {200, "{\"result\":{\"status\":{}}}", NULL, REASON_not_fortimanager},
        {200, RESULT("{\"status\":{\"code\":-11}}"), NULL, REASON_not_fortimanager},
        {200, RESULT("{\"status\":{\"code\":\"no\"},\"url\":\"/sys/status\"}"), NULL,
         REASON_not_fortimanager},
        {200, RESULT("{\"status\":{\"code\":-11},\"url\":\"/sys/other\"}"), NULL,
         REASON_not_fortimanager},
        {201, MANAGER_REFUSES, NULL, REASON_not_fortimanager},
        {404, MANAGER_REFUSES, NULL, REASON_not_fortimanager},
        /* Envelopes without the members that identify FortiOS. */
        {200, "{\"http_method\":\"GET\"}", NULL, REASON_not_fortimanager},
        {200, "{\"http_method\":\"GET\",\"serial\":\"FGT60FTK20000001\"}", NULL,
         REASON_not_fortimanager},
        {200,
         "{\"http_method\":\"GET\",\"serial\":\"FGT60FTK20000001\",\"status\":\"success\","
         "\"version\":\"1.0\"}",
         NULL, REASON_not_fortimanager},
        /* 401 from other systems: an authentication scheme that FortiOS does not use, or a body
         * that is no web page. */
        {401, "no", "WWW-Authenticate: Basic realm=\"router\"\r\n", REASON_not_fortimanager},
        {401, "no", "WWW-Authenticate: negotiate\r\n", REASON_not_fortimanager},
        {401, PAGE, "WWW-Authenticate: Bearer\r\n", REASON_not_fortimanager_html},
        {401, PAGE, "WWW-Authenticate: Bearer error=\"invalid_token\"\r\n",
         REASON_not_fortimanager_html},
        {401, PAGE, "WWW-Authenticate:\r\n", REASON_not_fortimanager_html},
        {401, PAGE, "WWW-Authenticate: Basic realm=\"kubernetes\"\r\nWWW-Authenticate: Bearer\r\n",
         REASON_not_fortimanager_html},
        {401, PAGE, "WWW-Authenticate: Basic\r\nWWW-Authenticate: error=\"invalid_token\"\r\n",
         REASON_not_fortimanager_html},
        {401, PAGE, "WWW-Authenticate: error=\"invalid_token\"\r\nWWW-Authenticate: Basic\r\n",
         REASON_not_fortimanager_html},
        {401, KUBERNETES, NULL, REASON_not_fortimanager},
        {401, KUBERNETES, "WWW-Authenticate: error=\"invalid_token\"\r\n", REASON_not_fortimanager},
        {401, "Unauthorized", NULL, REASON_not_fortimanager},
        {401, "<Error><Code>AccessDenied</Code></Error>", NULL, REASON_not_fortimanager},
        {403, PAGE, "WWW-Authenticate: error=\"invalid_token\"\r\n", REASON_not_fortimanager_html},
    };
    static const char *const settings[] = {"", ",\"source\":\"fortigate\"",
                                           ",\"source\":\"fortimanager\""};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct fgt_answer answers[] = {{"/", rows[i].status, rows[i].body, rows[i].header, 0},
                                       {NULL, 0, NULL, NULL, 0}};

        for (size_t s = 0; s < 3; s++) {
            struct fgt_fixture fixture;

            CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, validate, settings[s], "", answers),
                            HECTOR_DATA);
            CU_ASSERT_EQUAL(fixture.host.failure.reason, rows[i].reason);
            /* Those of a FortiGate are vdoms and three types; of a FortiManager, adoms and four. */
            CU_ASSERT_STRING_EQUAL(fgt_fixture_steps(&fixture),
                                   s == 1 ? "passed skipped failed skipped skipped skipped skipped "
                                            "skipped skipped"
                                          : "passed skipped failed skipped skipped skipped skipped "
                                            "skipped skipped skipped");
            CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 5, "/step"),
                                   s == 1 ? "vdoms" : "adoms");
            CU_ASSERT_EQUAL(fgt_fixture_asked(&fixture, "Authorization"), 0);
            /* Probed twice, in case of an accident; an empty 302 is repeated each time, too. */
            CU_ASSERT_EQUAL(fixture.record.count, rows[i].status == 302 ? 8 : 4);
            fgt_fixture_end(&fixture);
        }
    }
}

/* A system that answers the probe as real ones do gets the token. */
static void test_probed(void)
{
    static const struct {
        struct fgt_answer stranger;
        const char *system;
    } rows[] = {
        {{"/system/status", 401, PAGE, NULL, 1}, " is a FortiGate."},
        {{"/system/status", 401, "", NULL, 1}, " is a FortiGate."},
        {{"/system/status", 401, "", "WWW-Authenticate: error=\"invalid_token\"\r\n", 1},
         " is a FortiGate."},
        {{"/system/status", 401, "\r\n\r\n" PAGE, "www-authenticate:  error=\"x\"\r\n", 1},
         " is a FortiGate."},
        {{"/jsonrpc", 200, MANAGER_REFUSES, NULL, 0}, " is a FortiManager."},
        /* From 5.2, and a URL as 7.2 returns it. */
        {{"/jsonrpc", 200, "{\"result\":{\"status\":{\"code\":-11},\"url\":\"sys/status\"}}", NULL,
          0},
         " is a FortiManager."},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct fgt_answer answers[] = {rows[i].stranger, {NULL, 0, NULL, NULL, 0}};
        struct fgt_fixture fixture;

        (void)fgt_fixture_run(&fixture, validate, "", "", answers);
        CU_ASSERT_PTR_NOT_NULL(
            strstr(host_value(&fixture.host, "check", 2, "/message"), rows[i].system));
        CU_ASSERT_TRUE(fgt_fixture_asked(&fixture, "Authorization: Bearer the-key") > 0);
        fgt_fixture_end(&fixture);
    }
}

/* Device types that a FortiGate does not have: refused alone, before the token is sent, and ignored
 * beside others. */
static void test_types(void)
{
    static const char alone[] = ",\"device_types\":[\"management\"]";
    static const char beside[] = ",\"device_types\":[\"management\",\"switch\"]";
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, validate, alone, "", NULL), HECTOR_CONFIG);
    CU_ASSERT_STRING_EQUAL(fgt_fixture_steps(&fixture),
                           "passed skipped failed skipped skipped skipped skipped skipped skipped");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 2, "/field"), "device_types");
    CU_ASSERT_STRING_EQUAL(
        host_value(&fixture.host, "check", 2, "/message"),
        "A FortiGate has none of the types in \"Device types\". Choose one or more "
        "of: Firewalls, Switches, Access Points.");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 5, "/step"), "vdoms");
    CU_ASSERT_EQUAL(fgt_fixture_asked(&fixture, "Authorization"), 0);
    fgt_fixture_end(&fixture);
    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, alone, ",\"names\":{}", NULL),
                    HECTOR_CONFIG);
    CU_ASSERT_EQUAL(fixture.host.failure.reason, REASON_device_types_not_for);
    CU_ASSERT_PTR_NOT_NULL(
        strstr(fixture.host.failure.message, "in device_types. Choose one or more of: firewall, "));
    fgt_fixture_end(&fixture);

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, validate, beside, "", NULL), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(fgt_fixture_steps(&fixture),
                           "passed skipped passed passed passed passed "
                           "skipped passed skipped skipped");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 9, "/step"), "management");
    CU_ASSERT_STRING_EQUAL(
        host_value(&fixture.host, "check", 9, "/message"),
        "Management Systems: a FortiGate has none. Untick them in \"Device types\".");
    fgt_fixture_end(&fixture);
    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, beside, "", NULL), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 0, "/reason"),
                           "device_type_ignored");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 0, "/severity"), "info");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "summary", 0, "/device_types/management"), "");
    fgt_fixture_end(&fixture);
    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, "", "", NULL), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), 0);
    fgt_fixture_end(&fixture);
}

/* A proxy on the way has authenticated us: the envelope identifies the FortiGate. */
static void test_envelope_without_token(void)
{
    static const struct fgt_answer answers[] = {
        {"/system/status", 200, FGT_ENVELOPE("root", "{}"), NULL, 0}, {NULL, 0, NULL, NULL, 0}};
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, "", "", answers), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "source", 0, "/id"), FGT_SERIAL);
    fgt_fixture_end(&fixture);
}

/* A server error does not identify the system; after a passing one the probe succeeds. */
static void test_server_error(void)
{
    static const struct fgt_answer stays[] = {{"/", 500, PAGE, NULL, 0}, {NULL, 0, NULL, NULL, 0}};
    static const struct fgt_answer once[] = {{"/", 404, PAGE, NULL, 2}, {NULL, 0, NULL, NULL, 0}};
    static const struct fgt_answer posts[] = {{"POST", 501, PAGE, NULL, 0},
                                              {NULL, 0, NULL, NULL, 0}};
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, "", "", stays), HECTOR_UNREACHABLE);
    CU_ASSERT_EQUAL(fixture.host.failure.reason, REASON_server_error);
    fgt_fixture_end(&fixture);
    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, "", "", once), HECTOR_OK);
    fgt_fixture_end(&fixture);
    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, "", "", posts), HECTOR_OK);
    fgt_fixture_end(&fixture);
}

/* A probe without an answer is a connection failure, not an unknown system. */
static void test_lost(void)
{
    static const struct fgt_answer answers[] = {{"/api/", FGT_LOST, NULL, NULL, 0},
                                                {NULL, 0, NULL, NULL, 0}};
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, "", "", answers), HECTOR_UNREACHABLE);
    CU_ASSERT_EQUAL(fixture.host.failure.reason, REASON_connection_broken);
    fgt_fixture_end(&fixture);
}

/* Validates with a password and no token. */
static int32_t validate_as_user(struct operation *operation, struct json_object *request,
                                int32_t code, struct failure *failure)
{
    struct test_host *host = operation->host.context;

    host->token = NULL;
    host->password = "a password";
    return validate(operation, request, code, failure);
}

/* When a FortiManager refuses the key, the check has a CLI snippet for its console. */
static void test_fortimanager_cli(void)
{
    static const struct fgt_answer answers[] = {{"/jsonrpc", 200, ALL_REFUSED, NULL, 0},
                                                {NULL, 0, NULL, NULL, 0}};
    static const char lines[] =
        "[\"config system admin profile\",\"    edit \\\"Hector_Read\\\"\","
        "\"        set device-manager read\",\"        set device-ap read\","
        "\"        set device-fortiswitch read\",\"    next\",\"end\","
        "\"config system admin user\",\"    edit \\\"api_hector\\\"\","
        "\"        set user_type api\",\"        set profileid \\\"Hector_Read\\\"\","
        "\"        set rpc-permit read\",\"        set trusthost1 203.0.113.7\\/32\","
        "\"    next\",\"end\",\"execute api-user generate-key api_hector\"]";
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(
        fgt_fixture_run(&fixture, validate, "", ",\"egress_address\":\"203.0.113.7\"", answers),
        HECTOR_AUTH);
    CU_ASSERT_EQUAL(fixture.host.failure.reason, REASON_token_refused);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 3, "/console"), lines);
    fgt_fixture_end(&fixture);
    CU_ASSERT_EQUAL(
        fgt_fixture_run(&fixture, validate, "", ",\"egress_address\":\"2001:db8::7\"", answers),
        HECTOR_AUTH);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 3, "/console/12"),
                           "        set ipv6_trusthost1 2001:db8::7/128");
    fgt_fixture_end(&fixture);
}

/* The snippet keeps the password of an existing user; a name that would end the quotes is left out
 * of it. */
static void test_fortimanager_user_cli(void)
{
    static const struct fgt_answer answers[] = {
        {"/jsonrpc", 200, MANAGER_REFUSES, NULL, 1},
        {"/jsonrpc", 200, "{\"result\":[" ROW("/sys/login/user") "]}", NULL, 0},
        {NULL, 0, NULL, NULL, 0}};
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(
        fgt_fixture_run(&fixture, validate_as_user, ",\"username\":\"reader\"", "", answers),
        HECTOR_PERMISSION);
    CU_ASSERT_EQUAL(fixture.host.failure.reason, REASON_login_no_api_access);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 3, "/console/8"),
                           "    edit \"reader\"");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 3, "/console/9"),
                           "        set profileid \"Hector_Read\"");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 3, "/console/11"),
                           "        set trusthost1 {egress_address}/32");
    fgt_fixture_end(&fixture);
    CU_ASSERT_EQUAL(
        fgt_fixture_run(&fixture, validate_as_user, ",\"username\":\"a\\\"b\"", "", answers),
        HECTOR_PERMISSION);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 3, "/console"), "");
    fgt_fixture_end(&fixture);
}

/* The peer also plays FortiCloud. */
static int32_t validate_as_api_user(struct operation *operation, struct json_object *request,
                                    int32_t code, struct failure *failure)
{
    struct json_object *settings = json_member(request, "settings");

    json_object_object_add(settings, "forticloud_user", json_object_new_string("API-1"));
    json_object_object_add(json_member(request, "host"), "forticloud_url",
                           json_object_get(json_member(settings, "url")));
    return validate_as_user(operation, request, code, failure);
}

/* An API user of FortiCloud cannot be created in a FortiManager's CLI. */
static void test_cloud_has_no_cli(void)
{
    static const struct fgt_answer answers[] = {
        {"/oauth/token", 200, "{\"access_token\":\"the-access-token\",\"status\":\"success\"}",
         NULL, 0},
        {"/p/forticloud_jsonrpc_login", 200, "{\"session\":\"S1\"}", NULL, 0},
        {"/jsonrpc", 200, MANAGER_REFUSES, NULL, 1},
        {"/jsonrpc", 200, ALL_REFUSED, NULL, 0},
        {NULL, 0, NULL, NULL, 0}};
    struct fgt_fixture fixture;

    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, validate_as_api_user, "", "", answers),
                    HECTOR_PERMISSION);
    CU_ASSERT_EQUAL(fixture.host.failure.reason, REASON_everything_refused);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 3, "/status"), "failed");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 3, "/console"), "");
    fgt_fixture_end(&fixture);
}

/* A FortiAnalyzer answers the probe as a FortiManager does; its platform shows after the login. */
static void test_fortianalyzer(void)
{
    static const struct fgt_answer answers[] = {
        {"/jsonrpc", 200, MANAGER_REFUSES, NULL, 1},
        {"/jsonrpc", 200, ANALYZER, NULL, 1},
        {"/jsonrpc", 200, "{\"result\":[" UNKNOWN "]}", NULL, 0},
        {NULL, 0, NULL, NULL, 0}};
    struct fgt_fixture fixture;

    (void)fgt_fixture_run(&fixture, validate, "", "", answers);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 4, "/step"), "version");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 4, "/status"), "warning");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 4, "/reason"), "fortianalyzer");
    fgt_fixture_end(&fixture);
    (void)fgt_fixture_run(&fixture, sync_run, "", "", answers);
    CU_ASSERT_PTR_NOT_NULL(
        strstr(fgt_fixture_problem(&fixture, "fortianalyzer"), " is a FortiAnalyzer"));
    fgt_fixture_end(&fixture);
}

static CU_TestInfo source_tests[] = {
    {"a FortiManager", test_fortimanager},
    {"a FortiGate", test_fortigate},
    {"chosen: one question", test_chosen},
    {"the wrong choice", test_mismatch},
    {"device types", test_types},
    {"neither", test_neither},
    {"what is probed", test_probed},
    {"an envelope without a token", test_envelope_without_token},
    {"a server error", test_server_error},
    {"no answer", test_lost},
    {"lines for a FortiManager's console", test_fortimanager_cli},
    {"lines for a user of a FortiManager", test_fortimanager_user_cli},
    {"no lines for a FortiManager Cloud", test_cloud_has_no_cli},
    {"a FortiAnalyzer", test_fortianalyzer},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{"source", NULL, NULL, NULL, NULL, source_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
