/*
 * test_cloud.c - the login to a FortiManager Cloud, against a peer that also plays FortiCloud.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/rpc_fixture.h"
#include "lib/tap.h"
#include "sources/forticloud/oauth.h"

#define TOKEN   "{\"access_token\":\"the-access-token\",\"expires_in\":14400,\"status\":\"success\"}"
#define SESSION "{\"session\":\"S1\"}"
#define HTML    "<html><body>Login</body></html>"

/* FortiCloud and the FortiManager are the same peer; the requests differ. */
static int32_t begin(struct rpc_fixture *fixture, const struct rpc_reply *script)
{
    rpc_fixture_begin_user(fixture, script);
    fixture->host.settings.username = NULL;
    fixture->host.settings.forticloud_user = "API-1";
    fixture->host.settings.is_cloud = true;
    fixture->host.settings.forticloud = fixture->host.settings.address;
    return rpc_fixture_open(fixture);
}

static void test_login(void)
{
    static const struct rpc_reply script[] = {{200, TOKEN}, {200, SESSION}, {200, "{}"}, {0, NULL}};
    struct rpc_fixture fixture;

    CU_ASSERT_EQUAL(begin(&fixture, script), HECTOR_OK);
    CU_ASSERT_TRUE(fixture.rpc.logged_in);
    rpc_fixture_close(&fixture);
    CU_ASSERT_EQUAL(fixture.record.count, 3);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture, "POST /api/v1/oauth/token/ HTTP/1.1\r\n"), 1);
    CU_ASSERT_STRING_EQUAL(rpc_record_body(&fixture.record, 0),
                           "{\"username\":\"API-1\",\"password\":\"pa\\\"ss\","
                           "\"client_id\":\"FortiManager\",\"grant_type\":\"password\"}");
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture, "POST /p/forticloud_jsonrpc_login/ HTTP/1.1\r\n"),
                    1);
    CU_ASSERT_STRING_EQUAL(rpc_record_body(&fixture.record, 1),
                           "{\"access_token\":\"the-access-token\"}");
    CU_ASSERT_STRING_EQUAL(rpc_record_body(&fixture.record, 2),
                           "{\"id\":1,\"method\":\"exec\",\"params\":[{\"url\":\"/sys/logout\"}],"
                           "\"verbose\":1,\"session\":\"S1\"}");
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture, "Authorization"), 0);
    rpc_fixture_end(&fixture);
}

/* Refused credentials are sent only once, and no logout follows. */
static void test_refused(void)
{
    static const struct {
        struct rpc_reply token, session;
        size_t requests;
        int32_t code;
        const char *reason, *message, *detail;
    } cases[] = {
        {{400, "{\"error\":\"invalid_grant\"}"},
         {0, NULL},
         1,
         HECTOR_AUTH,
         "forticloud_refused",
         "refuses the API user API-1 or its password",
         "HTTP 400 invalid_grant"},
        {{401, "{\"error\":\"wrong: pa\\\"ss\",\"error_description\":\"pa\\\"ss\"}"},
         {0, NULL},
         1,
         HECTOR_AUTH,
         "forticloud_refused",
         "refuses the API user API-1",
         "HTTP 401"},
        {{403, HTML}, {0, NULL}, 1, HECTOR_AUTH, "forticloud_refused", "API-1", "HTTP 403"},
        {{500, HTML}, {0, NULL}, 1, HECTOR_UNREACHABLE, "server_error", "HTTP 500", "FortiCloud"},
        {{429, HTML}, {0, NULL}, 1, HECTOR_THROTTLED, "throttled", "60 seconds", "HTTP 429"},
        {{200, HTML}, {0, NULL}, 1, HECTOR_DATA, "forticloud_invalid", "not with a token", "200"},
        {{200, "{}"}, {0, NULL}, 1, HECTOR_DATA, "forticloud_invalid", "not with a token", "200"},
        {{200, "{\"access_token\":\"\"}"},
         {0, NULL},
         1,
         HECTOR_DATA,
         "forticloud_invalid",
         "not with a token",
         "200"},
        {{200, "{\"access_token\":\"a\\r\\nX-Header: b\"}"},
         {0, NULL},
         1,
         HECTOR_DATA,
         "forticloud_invalid",
         "not with a token",
         "200"},
        {{200, "{\"access_token\":7}"},
         {0, NULL},
         1,
         HECTOR_DATA,
         "forticloud_invalid",
         "not with a token",
         "200"},
        {{302, ""}, {0, NULL}, 1, HECTOR_DATA, "forticloud_invalid", "not with a token", "302"},
        {{200, TOKEN},
         {403, "{\"error\":\"access_denied\"}"},
         2,
         HECTOR_PERMISSION,
         "cloud_refused",
         "FortiCloud accepts the API user API-1, but fmg opens no session for it.",
         "/p/forticloud_jsonrpc_login/: HTTP 403"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct rpc_reply script[] = {cases[i].token, cases[i].session, {0, NULL}};
        struct rpc_fixture fixture;

        CU_ASSERT_EQUAL(begin(&fixture, script), cases[i].code);
        CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&fixture), cases[i].reason);
        CU_ASSERT_PTR_NOT_NULL(strstr(fixture.host.failure.message, cases[i].message));
        CU_ASSERT_PTR_NOT_NULL(strstr(fixture.host.failure.detail, cases[i].detail));
        CU_ASSERT_PTR_NULL(strstr(fixture.host.failure.detail, "ss\""));
        CU_ASSERT_FALSE(fixture.rpc.login_lost);
        rpc_fixture_close(&fixture);
        CU_ASSERT_EQUAL(fixture.record.count, cases[i].requests);
        rpc_fixture_end(&fixture);
    }
}

/* A session whose id was lost is remembered for a problem; it cannot be closed. */
static void test_lost(void)
{
    static const struct {
        struct rpc_reply reply;
        int32_t code;
        const char *reason;
    } cases[] = {
        {{RPC_LOST, NULL}, HECTOR_UNREACHABLE, "plain_http_unanswered"},
        {{200, HTML}, HECTOR_DATA, "reply_invalid"},
        {{502, HTML}, HECTOR_UNREACHABLE, "server_error"},
        {{500, "{\"error\":\"busy\"}"}, HECTOR_UNREACHABLE, "server_error"},
        {{200, "{\"session\":\"\"}"}, HECTOR_DATA, "reply_invalid"},
        {{200, "{\"session\":13807}"}, HECTOR_DATA, "reply_invalid"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct rpc_reply script[] = {{200, TOKEN}, cases[i].reply, {0, NULL}};
        struct rpc_fixture fixture;

        CU_ASSERT_EQUAL(begin(&fixture, script), cases[i].code);
        CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&fixture), cases[i].reason);
        CU_ASSERT_TRUE(fixture.rpc.login_lost);
        rpc_fixture_close(&fixture);
        CU_ASSERT_EQUAL(fixture.record.count, 2);
        rpc_fixture_end(&fixture);
    }
}

/* A token for another API, which needs no FortiManager. */
static void test_client_id(void)
{
    static const struct rpc_reply script[] = {{200, TOKEN}, {0, NULL}};
    struct forticloud_token token = {BUFFER(HECTOR_SECRET_MAX), 0};
    struct rpc_fixture fixture;
    char shown[64];

    rpc_fixture_begin_user(&fixture, script);
    fixture.host.settings.forticloud_user = "API-1";
    fixture.host.settings.is_cloud = true;
    fixture.host.settings.forticloud = fixture.host.settings.address;
    CU_ASSERT_EQUAL(forticloud_login(&fixture.host.operation, &fixture.host.settings, "flexvm",
                                     &token, &fixture.host.failure),
                    HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(buffer_text(&token.text), "the-access-token");
    CU_ASSERT_EQUAL(token.lasts_s, 14400);
    secrets_hide(&fixture.host.operation.secrets, "Bearer the-access-token", shown, sizeof(shown));
    CU_ASSERT_STRING_EQUAL(shown, "Bearer ***");
    buffer_release_secret(&token.text);
    rpc_fixture_close(&fixture);
    CU_ASSERT_EQUAL(fixture.record.count, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(rpc_record_body(&fixture.record, 0), "\"client_id\":\"flexvm\""));
    rpc_fixture_end(&fixture);
}

/* The settings for the certificate of the source do not weaken the check of FortiCloud's. */
static void test_policy(void)
{
    struct settings settings = {.pinned_public_key = "sha256//AAAA",
                                .ca_certificate = "PEM",
                                .ca_file = "/authorities",
                                .timeout_s = 7};
    struct http_policy policy = forticloud_policy(&settings, "support.fortinet.com");

    CU_ASSERT_TRUE(policy.address.https);
    CU_ASSERT_EQUAL(policy.address.port, 443);
    CU_ASSERT_STRING_EQUAL(policy.address.host, "support.fortinet.com");
    CU_ASSERT_TRUE(policy.verify_tls);
    CU_ASSERT_PTR_NULL(policy.pinned_public_key);
    CU_ASSERT_PTR_NULL(policy.ca_certificate);
    CU_ASSERT_STRING_EQUAL(policy.ca_file, "/authorities");
    CU_ASSERT_EQUAL(policy.timeout_ms, 7000);
    settings.forticloud = (struct address){.host = "127.0.0.1", .port = 8080};
    policy = forticloud_policy(&settings, "support.fortinet.com");
    CU_ASSERT_STRING_EQUAL(policy.address.host, "127.0.0.1");
}

static void test_credentials(void)
{
    static const struct rpc_reply nothing[] = {{0, NULL}};
    struct rpc_fixture fixture;

    rpc_fixture_begin_user(&fixture, nothing);
    fixture.host.settings.username = NULL;
    fixture.host.settings.forticloud_user = "API-1";
    fixture.host.settings.is_cloud = true;
    fixture.host.token = "the-key";
    CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), HECTOR_CONFIG);
    CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&fixture), "credentials_both");
    fmg_rpc_close(&fixture.rpc);
    fixture.host.token = fixture.host.password = NULL;
    CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), HECTOR_CONFIG);
    CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&fixture), "password_missing");
    CU_ASSERT_STRING_EQUAL(fixture.host.failure.field, "forticloud_password");
    rpc_fixture_close(&fixture);
    CU_ASSERT_EQUAL(fixture.record.count, 0);
    rpc_fixture_end(&fixture);
}

static CU_TestInfo tests[] = {
    {"a session", test_login},
    {"refused", test_refused},
    {"lost sessions", test_lost},
    {"another client id", test_client_id},
    {"the certificate is always checked", test_policy},
    {"unusable credentials", test_credentials},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "cloud", .pTests = tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
