/*
 * test_rpc.c - FortiManager's JSON-RPC: login, envelope, refusals and repeats, against a peer.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/fortimanager/rpc.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/rpc_fixture.h"
#include "lib/tap.h"
#include "json/json_read.h"

#define RESULT(...)  "{\"result\":[" __VA_ARGS__ "]}"
#define OK_ROW(data) "{\"data\":" data ",\"status\":{\"code\":0,\"message\":\"OK\"}}"
#define CODE_ROW(code, message)                                                                    \
    "{\"status\":{\"code\":" code ",\"message\":\"" message "\"},\"url\":\"/x\"}"
#define REFUSED  CODE_ROW("-11", "No permission for the resource")
#define LOGIN_OK "{\"result\":[{\"status\":{\"code\":0}}],\"session\":\"S1\"}"
#define HTML     "<html><body>Login</body></html>"

#define SCRIPT(...)                                                                                \
    (const struct rpc_reply[])                                                                     \
    {                                                                                              \
        __VA_ARGS__,                                                                               \
        {                                                                                          \
            0, NULL                                                                                \
        }                                                                                          \
    }
#define NOTHING                                                                                    \
    (const struct rpc_reply[])                                                                     \
    {                                                                                              \
        {                                                                                          \
            0, NULL                                                                                \
        }                                                                                          \
    }

/* ---- login and logout */

static void test_key(void)
{
    struct rpc_param param = {.url = "/sys/status"};
    struct rpc_fixture fixture;

    rpc_fixture_begin_key(&fixture, SCRIPT({200, RESULT(OK_ROW("{}"))}));
    CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(fmg_rpc_get(&fixture.rpc, &param, 1, &fixture.host.failure), HECTOR_OK);
    fmg_rpc_release(&param, 1);
    rpc_fixture_close(&fixture);
    CU_ASSERT_EQUAL(fixture.record.count, 1); /* no login and no logout */
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture, "POST /jsonrpc HTTP/1.1\r\n"), 1);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture, "\r\nAuthorization: Bearer the-key\r\n"), 1);
    CU_ASSERT_STRING_EQUAL(
        rpc_record_body(&fixture.record, 0),
        "{\"id\":1,\"method\":\"get\",\"params\":[{\"url\":\"/sys/status\"}],\"verbose\":1}");
    CU_ASSERT_PTR_NULL(fixture.rpc.token.data);
    rpc_fixture_end(&fixture);
}

static void test_session(void)
{
    struct rpc_param param = {.url = "/sys/status"};
    struct rpc_fixture fixture;

    rpc_fixture_begin_user(
        &fixture, SCRIPT({200, LOGIN_OK}, {200, RESULT(OK_ROW("{}"))}, {200, RESULT(REFUSED)}));
    CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(fmg_rpc_get(&fixture.rpc, &param, 1, &fixture.host.failure), HECTOR_OK);
    fmg_rpc_release(&param, 1);
    rpc_fixture_close(&fixture); /* a refused logout is no failure */
    CU_ASSERT_EQUAL(fixture.record.count, 3);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture, "Authorization"), 0);
    CU_ASSERT_STRING_EQUAL(rpc_record_body(&fixture.record, 0),
                           "{\"id\":1,\"method\":\"exec\",\"params\":[{\"url\":\"/sys/login/user\","
                           "\"data\":{\"user\":\"hector\",\"passwd\":\"pa\\\"ss\"}}],"
                           "\"verbose\":1}");
    CU_ASSERT_STRING_EQUAL(rpc_record_body(&fixture.record, 1),
                           "{\"id\":2,\"method\":\"get\",\"params\":[{\"url\":\"/sys/status\"}],"
                           "\"verbose\":1,\"session\":\"S1\"}");
    CU_ASSERT_STRING_EQUAL(rpc_record_body(&fixture.record, 2),
                           "{\"id\":3,\"method\":\"exec\",\"params\":[{\"url\":\"/sys/logout\"}],"
                           "\"verbose\":1,\"session\":\"S1\"}");
    CU_ASSERT_PTR_NULL(fixture.rpc.session.data);
    rpc_fixture_end(&fixture);
}

/* A failed login is sent only once, and no logout follows. */
static void test_refused_logins(void)
{
    static const struct {
        struct rpc_reply reply;
        int32_t code;
        const char *reason, *message, *detail;
    } cases[] = {
        {{200, RESULT(CODE_ROW("-22", "Login fail"))},
         HECTOR_AUTH,
         "login_refused",
         "fmg refuses the user name hector or its password.",
         "/sys/login/user: -22 Login fail"},
        {{401, HTML}, HECTOR_AUTH, "login_refused", "fmg refuses the user name hector", "HTTP 401"},
        {{403, ""}, HECTOR_AUTH, "login_refused", "fmg refuses the user name hector", "HTTP 403"},
        {{200, RESULT(REFUSED)},
         HECTOR_PERMISSION,
         "login_no_api_access",
         "The user hector may not use the JSON API of fmg.",
         "-11 No permission for the resource"},
        {{200, RESULT(CODE_ROW("-20", "Too many sessions"))},
         HECTOR_THROTTLED,
         "login_sessions_taken",
         "fmg takes no further login of hector: Too many sessions (-20). Try again later",
         "/sys/login/user: -20 Too many sessions"},
        {{200, RESULT(CODE_ROW("-1", "Maximum login reached"))},
         HECTOR_THROTTLED,
         "login_sessions_taken",
         "fmg takes no further login of hector: Maximum login reached (-1).",
         ""},
        {{200, RESULT(CODE_ROW("-20", "User is disabled"))},
         HECTOR_AUTH,
         "login_other",
         "fmg refuses the login of hector: User is disabled (-20).",
         "/sys/login/user: -20 User is disabled"},
        {{200, RESULT(CODE_ROW("-20", "Session invalid"))}, HECTOR_AUTH, "login_other", "", ""},
        {{200, RESULT(CODE_ROW("-22", "Too many sessions"))}, HECTOR_AUTH, "login_refused", "", ""},
        {{200, HTML}, HECTOR_DATA, "reply_invalid", "The answer of fmg to /sys/login/user", ""},
        {{500, ""}, HECTOR_UNREACHABLE, "server_error", "the error HTTP 500", "/sys/login/user"},
        {{503, ""}, HECTOR_UNREACHABLE, "server_error", "the error HTTP 503", "/sys/login/user"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct rpc_reply script[] = {cases[i].reply, {0, NULL}};
        struct rpc_fixture fixture;

        rpc_fixture_begin_user(&fixture, script);
        CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), cases[i].code);
        CU_ASSERT_EQUAL(fixture.host.failure.cause, cases[i].code);
        CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&fixture), cases[i].reason);
        CU_ASSERT_PTR_NOT_NULL(strstr(fixture.host.failure.message, cases[i].message));
        CU_ASSERT_PTR_NOT_NULL(strstr(fixture.host.failure.detail, cases[i].detail));
        CU_ASSERT_EQUAL(fixture.host.failure.retry_after_s,
                        cases[i].code == HECTOR_THROTTLED ? 900 : 0);
        rpc_fixture_close(&fixture);
        CU_ASSERT_EQUAL(fixture.record.count, 1);
        rpc_fixture_end(&fixture);
    }
}

/* A session whose id was lost is remembered for a problem; it cannot be closed. */
static void test_lost_logins(void)
{
    static const struct {
        struct rpc_reply reply;
        int32_t code;
        const char *reason;
    } cases[] = {
        {{RPC_LOST, NULL}, HECTOR_UNREACHABLE, "plain_http_unanswered"},
        {{200, "{\"result\":[{\"status\":{\"code\":0}}]}"}, HECTOR_DATA, "reply_invalid"},
        {{200, "{\"result\":[{\"status\":{\"code\":0}}],\"session\":\"\"}"},
         HECTOR_DATA,
         "reply_invalid"},
        {{200, "{\"result\":[{\"status\":{\"code\":0}}],\"session\":13807}"},
         HECTOR_DATA,
         "reply_invalid"},
        {{200, "{\"session\":\"S1\"}"}, HECTOR_DATA, "reply_invalid"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct rpc_reply script[] = {cases[i].reply, {0, NULL}};
        struct rpc_fixture fixture;

        rpc_fixture_begin_user(&fixture, script);
        CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), cases[i].code);
        CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&fixture), cases[i].reason);
        CU_ASSERT_TRUE(fixture.rpc.login_lost);
        rpc_fixture_close(&fixture);
        CU_ASSERT_EQUAL(fixture.record.count, 1);
        rpc_fixture_end(&fixture);
    }
}

/* The record of a lost login stays, whatever becomes of a later one. */
static void test_lost_login_then_another(void)
{
    static const struct rpc_reply script[] = {
        {200, "{\"result\":[{\"status\":{\"code\":0}}],\"session\":\"S1\"}"},
        {200, RESULT(REFUSED)},                     /* the session has died */
        {200, RESULT("{\"status\":{\"code\":0}}")}, /* logout */
        {RPC_LOST, NULL},
        {200, RESULT(REFUSED)},
        {429, ""},
        {0, NULL}};
    struct rpc_param param = {.url = "/dvmdb/device"};
    struct rpc_fixture fixture;

    rpc_fixture_begin_user(&fixture, script);
    CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(fmg_rpc_get(&fixture.rpc, &param, 1, &fixture.host.failure),
                    HECTOR_UNREACHABLE);
    CU_ASSERT_EQUAL(fmg_rpc_get(&fixture.rpc, &param, 1, &fixture.host.failure), HECTOR_THROTTLED);
    CU_ASSERT_TRUE(fixture.rpc.login_lost);
    fmg_rpc_release(&param, 1);
    rpc_fixture_close(&fixture);
    CU_ASSERT_EQUAL(fixture.record.count, 6);
    rpc_fixture_end(&fixture);
}

static void test_login_result_as_object(void)
{
    struct rpc_fixture fixture;

    rpc_fixture_begin_user(&fixture, SCRIPT({200, "{\"id\":1,\"result\":{\"status\":{\"code\":0}},"
                                                  "\"session\":\"S1\"}"},
                                            {200, RESULT(OK_ROW("null"))}));
    CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), HECTOR_OK);
    rpc_fixture_close(&fixture);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture, "/sys/logout"), 1);
    rpc_fixture_end(&fixture);
}

/* Unusable credentials are never sent: FortiManager counts an empty login as a failed one. */
static void test_unusable_credentials(void)
{
    static const struct {
        bool user;
        const char *token, *password, *reason, *field;
    } cases[] = {
        {false, NULL, NULL, "credentials_missing", "token"},
        {false, "", NULL, "credentials_missing", "token"},
        {false, "", "pass", "username_missing", "username"},
        {true, "the-key", "pass", "credentials_both", "token"},
        {true, NULL, NULL, "password_missing", "password"},
        {true, "", "", "password_missing", "password"},
        {false, "the-key\n", NULL, "secret_not_printable", "token"},
        {false, "the-k\xC3\xA9y", NULL, "secret_not_printable", "token"},
        {true, NULL, "p\xE4ss", "secret_not_text", "password"},
        {true, NULL, "pass\n", "secret_not_text", "password"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct rpc_fixture fixture;

        if (cases[i].user) {
            rpc_fixture_begin_user(&fixture, NOTHING);
        } else {
            rpc_fixture_begin_key(&fixture, NOTHING);
        }
        fixture.host.token = cases[i].token;
        fixture.host.password = cases[i].password;
        CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), HECTOR_CONFIG);
        CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&fixture), cases[i].reason);
        CU_ASSERT_STRING_EQUAL(fixture.host.failure.field, cases[i].field);
        rpc_fixture_close(&fixture);
        CU_ASSERT_EQUAL(fixture.record.count, 0);
        rpc_fixture_end(&fixture);
    }
}

/* The user of the enrichments is no login to a FortiManager that is none of FortiCloud. */
static void test_no_cloud(void)
{
    static const struct {
        const char *token, *password, *reason, *field;
    } cases[] = {
        {NULL, NULL, "credentials_missing", "token"},
        {NULL, "pass", "username_missing", "username"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct rpc_fixture fixture;

        rpc_fixture_begin_key(&fixture, NOTHING);
        fixture.host.settings.forticloud_user = "API-1";
        fixture.host.token = cases[i].token;
        fixture.host.password = cases[i].password;
        CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), HECTOR_CONFIG);
        CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&fixture), cases[i].reason);
        CU_ASSERT_STRING_EQUAL(fixture.host.failure.field, cases[i].field);
        rpc_fixture_close(&fixture);
        CU_ASSERT_EQUAL(fixture.record.count, 0);
        rpc_fixture_end(&fixture);
    }
}

/* The password is sent unchanged; a refusal mentions that its characters may be the cause. */
static void test_password_beyond_ascii(void)
{
    static const struct {
        const char *password, *reason;
    } cases[] = {{"p\xC3\xA4ss \xE2\x82\xAC", "login_refused_letters"}, {"pass", "login_refused"}};

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct rpc_fixture fixture;

        rpc_fixture_begin_user(
            &fixture,
            SCRIPT({200, "{\"result\":[{\"status\":{\"code\":-22,\"message\":\"Login fail\"}}]}"}));
        fixture.host.password = cases[i].password;
        CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), HECTOR_AUTH);
        CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&fixture), cases[i].reason);
        rpc_fixture_close(&fixture);
        CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture, "/sys/login/user"), 1);
        rpc_fixture_end(&fixture);
    }
}

/* A server that repeats the secrets it received, whole or cut, plain or escaped. */
static void test_secrets_repeated(void)
{
#define PASSWORD "p4ss<word> \"of\\ 20 letters"
    static const char *const echoes[] = {
        "wrong password p4ss<word> \\\"of\\\\ 20 letters for hector", /* JSON-escaped */
        "wrong password P4SS&lt;WORD&gt; &quot;of&#92; 20 letters for hector",
        "wrong password p4ss%3Cword%3e%20%22of%5C%2020%20letters for hector",
        /* Hidden before the cut: the secret would end beyond the capacity of the message. */
        ("------------------------------------------------------------ wrong password "
         "p4ss<word> \\\"of\\\\ 20 letters for hector"),
    };

    for (size_t i = 0; i < sizeof(echoes) / sizeof(echoes[0]); i++) {
        for (int code = -22; code <= -21; code++) {
            struct buffer body = BUFFER(KIB(4));
            struct rpc_reply script[] = {{200, NULL}, {0, NULL}};
            struct rpc_fixture fixture;

            buffer_printf(&body, "{\"result\":[{\"status\":{\"code\":%d,\"message\":\"%s\"}}]}",
                          code, echoes[i]);
            script[0].body = buffer_text(&body);
            rpc_fixture_begin_user(&fixture, script);
            fixture.host.password = PASSWORD;
            CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), HECTOR_AUTH);
            CU_ASSERT_PTR_NOT_NULL(strstr(fixture.host.failure.detail, "wrong password ***"));
            CU_ASSERT_PTR_NULL(strcasestr(fixture.host.failure.detail, "p4ss"));
            CU_ASSERT_PTR_NULL(strcasestr(fixture.host.failure.message, "p4ss"));
            rpc_fixture_close(&fixture);
            rpc_fixture_end(&fixture);
            buffer_release(&body);
        }
    }
}

/* A session id is as secret as the password that opened it, and stays so after the logout. */
static void test_session_repeated(void)
{
#define SESSION "S3ss10n/+=="
    struct rpc_param param = {.url = "/sys/status"};
    struct rpc_fixture fixture;
    struct failure failure;

    rpc_fixture_begin_user(
        &fixture,
        SCRIPT({200, "{\"result\":[{\"status\":{\"code\":0}}],\"session\":\"" SESSION "\"}"},
               {200, RESULT(CODE_ROW("-6", "Invalid url of " SESSION "."))},
               {200, RESULT(OK_ROW("null"))}));
    CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(fmg_rpc_get(&fixture.rpc, &param, 1, &fixture.host.failure), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(param.message, "Invalid url of ***.");
    fmg_rpc_release(&param, 1);
    rpc_fixture_close(&fixture);
    /* The detail cuts a URL after 118 bytes. */
    param.url = "/pm/config/adom/------------------------------------------------------------------"
                "-----------------------------------/" SESSION "/x";
    param.code = RPC_NOT_FOUND;
    (void)fmg_rpc_fail(&fixture.rpc, &param, &failure);
    CU_ASSERT_PTR_NOT_NULL(strstr(failure.detail, "-/**"));
    CU_ASSERT_PTR_NULL(strstr(failure.detail, "S3"));
    (void)fail(&fixture.host.operation, &failure, REASON_internal, "of " SESSION,
               ARGUMENTS(SESSION));
    CU_ASSERT_STRING_EQUAL(failure.detail, "of ***");
    CU_ASSERT_PTR_NULL(strstr(failure.message, SESSION));
    rpc_fixture_end(&fixture);
}

/* Every session is closed, even after the host has cancelled. */
static void test_logout_after_cancel(void)
{
    struct rpc_param param = {.url = "/sys/status"};
    struct rpc_fixture fixture;

    rpc_fixture_begin_user(&fixture, SCRIPT({200, LOGIN_OK}, {200, RESULT(OK_ROW("null"))}));
    CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), HECTOR_OK);
    fixture.host.cancel = true;
    CU_ASSERT_EQUAL(fmg_rpc_get(&fixture.rpc, &param, 1, &fixture.host.failure), HECTOR_CANCELLED);
    fmg_rpc_release(&param, 1);
    rpc_fixture_close(&fixture);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture, "/sys/logout"), 1);
    rpc_fixture_end(&fixture);
}

/* ---- the envelope */

static void test_several_urls(void)
{
    static const char reply[] = "{\"id\":1,\"session\":13807,\"cid\":7,\"result\":["
                                "{\"status\":{\"code\":0},\"data\":[{\"name\":\"x\"}]},"
                                "{\"status\":{\"code\":0},\"data\":7},"
                                "{\"status\":{\"code\":0}},"
                                "{\"status\":{\"code\":-3,\"message\":\"Object does not exist\"}},"
                                "{\"status\":{\"code\":0},\"data\":null}]}";
    struct rpc_param params[] = {{.url = "/a", .fields = "[\"name\",\"oid\"]"},
                                 {.url = "/b", .rest = "\"range\":[0,2],\"loadsub\":0"},
                                 {.url = "/c"},
                                 {.url = "/d"},
                                 {.url = "/e"}};
    struct rpc_fixture fixture;
    int64_t number = 0;

    rpc_fixture_begin_key(&fixture, SCRIPT({200, reply}));
    CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(fmg_rpc_get(&fixture.rpc, params, 5, &fixture.host.failure), HECTOR_OK);
    CU_ASSERT_EQUAL(params[0].code, RPC_OK);
    CU_ASSERT_EQUAL(json_count(params[0].data), 1);
    CU_ASSERT_TRUE(json_integer(params[1].data, &number) && number == 7);
    CU_ASSERT_EQUAL(params[2].code, RPC_OK);
    CU_ASSERT_PTR_NULL(params[2].data);
    CU_ASSERT_EQUAL(params[3].code, -3);
    CU_ASSERT_STRING_EQUAL(params[3].message, "Object does not exist");
    CU_ASSERT_PTR_NULL(params[4].data);
    fmg_rpc_release(params, 5);
    CU_ASSERT_PTR_NULL(params[0].data);
    rpc_fixture_close(&fixture);
    CU_ASSERT_EQUAL(fixture.record.count, 1);
    CU_ASSERT_STRING_EQUAL(rpc_record_body(&fixture.record, 0),
                           "{\"id\":1,\"method\":\"get\",\"params\":[{\"url\":\"/a\",\"fields\":["
                           "\"name\",\"oid\"]},{\"url\":\"/b\",\"range\":[0,2],\"loadsub\":0},"
                           "{\"url\":\"/c\"},{\"url\":\"/d\"},{\"url\":\"/e\"}],\"verbose\":1}");
    rpc_fixture_end(&fixture);
}

/* One URL, one reply. Invalid JSON-RPC is requested again, three times in all. */
static void test_replies(void)
{
    static const struct {
        struct rpc_reply reply;
        const char *detail; /* NULL = the reply is valid */
    } cases[] = {
        {{200, "{\"result\":{\"status\":{\"code\":0},\"data\":[1]}}"}, NULL},
        {{200, "{\"id\":null,\"result\":[" OK_ROW("[1]") "]}"}, NULL},
        {{200, "{\"id\":\"1\",\"result\":[" OK_ROW("[1]") "]}"}, NULL},
        {{200, "{\"result\":[{\"status\":{\"code\":\"0\"},\"data\":[1]}]}"}, NULL},
        {{500, RESULT(OK_ROW("[1]"))}, NULL}, /* the HTTP status does not affect the code */
        {{200, "{\"id\":99,\"result\":[" OK_ROW("[1]") "]}"}, "an answer to another request"},
        {{200, RESULT()}, "more or fewer rows than urls"},
        {{200, RESULT(OK_ROW("[1]") "," OK_ROW("[1]"))}, "more or fewer rows than urls"},
        {{200, RESULT("{\"data\":[1]}")}, "a row without status"},
        {{200, RESULT("{\"data\":[1],\"status\":{}}")}, "a row without status"},
        {{200, RESULT("{\"status\":{\"code\":99999999999}}")}, "a row without status"},
        {{200, RESULT("{\"status\":{\"code\":\"fine\"}}")}, "a row without status"},
        {{200, RESULT("null")}, "a row without status"},
        {{200, "{\"result\":null}"}, "a row without status"},
        {{200, "{\"error\":{\"code\":-32601}}"}, "a row without status"},
        {{200, "{}"}, "a row without status"},
        {{200, "[]"}, "a row without status"},
        {{200, HTML}, "HTTP 200, text/html: no JSON"},
        {{200, "{\"result\":NaN}"}, "no JSON"},
        {{404, HTML}, "HTTP 404, text/html: no JSON"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct rpc_reply script[] = {
            cases[i].reply, cases[i].reply, cases[i].reply, {0, NULL}};
        struct rpc_param param = {.url = "/a"};
        struct rpc_fixture fixture;
        int32_t code;

        rpc_fixture_begin_key(&fixture, script);
        CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), HECTOR_OK);
        code = fmg_rpc_get(&fixture.rpc, &param, 1, &fixture.host.failure);
        if (cases[i].detail == NULL) {
            CU_ASSERT_EQUAL(code, HECTOR_OK);
            CU_ASSERT_EQUAL(param.code, RPC_OK);
            CU_ASSERT_EQUAL(json_count(param.data), 1);
        } else {
            CU_ASSERT_EQUAL(code, HECTOR_DATA);
            CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&fixture), "reply_invalid");
            CU_ASSERT_PTR_NOT_NULL(strstr(fixture.host.failure.message, "of fmg to /a is not"));
            CU_ASSERT_PTR_NOT_NULL(strstr(fixture.host.failure.detail, cases[i].detail));
            CU_ASSERT_EQUAL(fixture.host.operation.repeats, 2);
        }
        fmg_rpc_release(&param, 1);
        rpc_fixture_close(&fixture);
        CU_ASSERT_EQUAL(fixture.record.count, cases[i].detail == NULL ? 1 : 3);
        rpc_fixture_end(&fixture);
    }
}

/* The HTTP layer sends it three times in all. */
static void test_server_error(void)
{
    static const struct rpc_reply script[] = {{502, HTML}, {502, HTML}, {502, HTML}, {0, NULL}};
    struct rpc_param param = {.url = "/a"};
    struct rpc_fixture fixture;

    rpc_fixture_begin_key(&fixture, script);
    CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(fmg_rpc_get(&fixture.rpc, &param, 1, &fixture.host.failure),
                    HECTOR_UNREACHABLE);
    CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&fixture), "server_error");
    CU_ASSERT_STRING_EQUAL(fixture.host.failure.message,
                           "fmg answers with the error HTTP 502. Try again; if it stays, look at "
                           "the load of the appliance.");
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.host.failure.detail, "HTTP 502, text/html: no JSON"));
    fmg_rpc_release(&param, 1);
    rpc_fixture_close(&fixture);
    CU_ASSERT_EQUAL(fixture.record.count, 3);
    rpc_fixture_end(&fixture);
}

/* With two URLs, an object as the result lacks a row. */
static void test_object_for_two_urls(void)
{
    static const struct rpc_reply object = {200, "{\"result\":{\"status\":{\"code\":0}}}"};
    struct rpc_param params[] = {{.url = "/a"}, {.url = "/b"}};
    struct rpc_fixture fixture;

    rpc_fixture_begin_key(&fixture, SCRIPT(object, object, object));
    CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(fmg_rpc_get(&fixture.rpc, params, 2, &fixture.host.failure), HECTOR_DATA);
    fmg_rpc_release(params, 2);
    rpc_fixture_close(&fixture);
    rpc_fixture_end(&fixture);
}

static void test_good_at_last(void)
{
    struct rpc_param param = {.url = "/a"};
    struct rpc_fixture fixture;

    rpc_fixture_begin_key(&fixture,
                          SCRIPT({200, HTML}, {200, "{\"id\":1,\"result\":[" OK_ROW("[9]") "]}"},
                                 {200, "{\"id\":3,\"result\":[" OK_ROW("[1]") "]}"}));
    CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(fmg_rpc_get(&fixture.rpc, &param, 1, &fixture.host.failure), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(json_object_to_json_string_ext(param.data, JSON_C_TO_STRING_PLAIN),
                           "[1]");
    CU_ASSERT_EQUAL(fixture.host.operation.repeats, 2);
    fmg_rpc_release(&param, 1);
    rpc_fixture_close(&fixture);
    CU_ASSERT_EQUAL(fixture.record.count, 3);
    rpc_fixture_end(&fixture);
}

/* A web page first, then a refusal: the refusal is the failure. */
static void test_refusal_behind_a_page(void)
{
    struct rpc_param param = {.url = "/a"};
    struct rpc_fixture fixture;

    rpc_fixture_begin_key(&fixture, SCRIPT({200, HTML}, {401, HTML}, {401, HTML}, {401, HTML}));
    CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(fmg_rpc_get(&fixture.rpc, &param, 1, &fixture.host.failure), HECTOR_AUTH);
    CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&fixture), "token_refused");
    fmg_rpc_release(&param, 1);
    rpc_fixture_close(&fixture);
    CU_ASSERT_EQUAL(fixture.record.count, 4);
    rpc_fixture_end(&fixture);
}

/* FortiManager's message is cut on a character boundary. */
static void test_long_message(void)
{
    struct rpc_param param = {.url = "/a"};
    struct rpc_fixture fixture;

    rpc_fixture_begin_key(
        &fixture,
        SCRIPT({200, RESULT("{\"status\":{\"code\":-9,\"message\":\""
                            "0123456789012345678901234567890123456789012345678901234567890123456789"
                            "012345678901234567890123\xC3\xA9tail\"}}")}));
    CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(fmg_rpc_get(&fixture.rpc, &param, 1, &fixture.host.failure), HECTOR_OK);
    CU_ASSERT_EQUAL(param.code, -9);
    CU_ASSERT_EQUAL(strlen(param.message), 94);
    fmg_rpc_release(&param, 1);
    rpc_fixture_close(&fixture);
    rpc_fixture_end(&fixture);
}

static void test_path(void)
{
    struct buffer url = BUFFER(KIB(1));

    fmg_rpc_path(&url, "/dvmdb/adom/",
                 "Qu\xC3\xA9"
                 "bec / Est/",
                 "/device");
    CU_ASSERT_STRING_EQUAL(buffer_text(&url), "/dvmdb/adom/Qu\xC3\xA9"
                                              "bec \\/ Est\\//device");
    buffer_release(&url);
}

static void test_failures(void)
{
    struct rpc_fixture fixture;
    char url[122];

    rpc_fixture_begin_key(&fixture, NOTHING);
    CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(fmg_rpc_fail(&fixture.rpc,
                                 &(struct rpc_param){.url = "/dvmdb/device",
                                                     .code = -11,
                                                     .message = "No permission for the resource"},
                                 &fixture.host.failure),
                    HECTOR_PERMISSION);
    CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&fixture), "read_refused");
    CU_ASSERT_STRING_EQUAL(fixture.host.failure.message,
                           "The account may not read /dvmdb/device. Give its administrator profile "
                           "read access to it, or leave it out of the import.");
    CU_ASSERT_STRING_EQUAL(fixture.host.failure.detail,
                           "/dvmdb/device: -11 No permission for the resource");
    CU_ASSERT_EQUAL(fmg_rpc_fail(&fixture.rpc,
                                 &(struct rpc_param){
                                     .url = "/dvmdb/device", .code = -6, .message = "Invalid url"},
                                 &fixture.host.failure),
                    HECTOR_DATA);
    CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&fixture), "read_failed");
    CU_ASSERT_STRING_EQUAL(fixture.host.failure.message,
                           "The FortiManager answers -6 (Invalid url) for /dvmdb/device. Try "
                           "again; if it stays, report it with the version of the FortiManager.");
    /* A long URL is cut, but not within a character: 119 bytes, and one of two. */
    memset(url, 'u', sizeof(url));
    memcpy(url + 119, "\xC3\xA9", 3);
    (void)fmg_rpc_fail(&fixture.rpc, &(struct rpc_param){.url = url, .code = -6},
                       &fixture.host.failure);
    CU_ASSERT_EQUAL(strspn(fixture.host.failure.detail, "u"), 119);
    CU_ASSERT_STRING_EQUAL(fixture.host.failure.detail + 119, ": -6 ");
    rpc_fixture_close(&fixture);
    rpc_fixture_end(&fixture);
}

/* ---- replies with invalid rows */

#define ONLY_URL "{\"url\":\"/b\"}"
#define NO_ROW   "{\"url\":\"/a\"}"

/* A URL without objects may come as a row with only its URL. */
static void test_row_with_url_only(void)
{
    static const struct {
        struct rpc_reply replies[3];
        size_t urls, requests, rows;
        const char *what;
    } cases[] = {
        {{{200, RESULT(OK_ROW("[1]") "," ONLY_URL)}, {0, NULL}}, 2, 1, 0, "beside another"},
        {{{200, RESULT(ONLY_URL)}, {200, RESULT(ONLY_URL)}, {0, NULL}}, 1, 2, 0, "alone, twice"},
        {{{200, RESULT(ONLY_URL)}, {200, RESULT(OK_ROW("[1]"))}, {0, NULL}}, 1, 2, 1, "for once"},
        {{{200, RESULT(NO_ROW "," ONLY_URL)}, {200, RESULT(NO_ROW "," ONLY_URL)}, {0, NULL}},
         2,
         2,
         0,
         "all of them, twice"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct rpc_param params[] = {{.url = "/a"}, {.url = "/b"}};
        struct rpc_param *last = &params[cases[i].urls - 1];
        struct rpc_fixture fixture;

        rpc_fixture_begin_key(&fixture, cases[i].replies);
        CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), HECTOR_OK);
        if (fmg_rpc_get(&fixture.rpc, params, cases[i].urls, &fixture.host.failure) != HECTOR_OK ||
            last->code != RPC_OK || json_count(last->data) != cases[i].rows) {
            printf("# %s\n", cases[i].what);
            CU_FAIL("a row with only its url");
        }
        fmg_rpc_release(params, cases[i].urls);
        rpc_fixture_close(&fixture);
        CU_ASSERT_EQUAL(fixture.record.count, cases[i].requests);
        rpc_fixture_end(&fixture);
    }
}

/* An invalid answer to one URL leaves the others' answers valid. */
static void test_bad_row_among_others(void)
{
    static const char *const rows[] = {"null",
                                       "7",
                                       "[]",
                                       "{\"data\":[1]}",
                                       "{\"data\":[1],\"status\":{}}",
                                       "{\"status\":{\"code\":-2147483648},\"data\":[1]}"};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct rpc_param params[] = {
            {.url = "/a"}, {.url = "/b", .fields = "[\"name\"]"}, {.url = "/c"}};
        struct buffer first = BUFFER(KIB(1)), again = BUFFER(KIB(1));
        struct rpc_fixture fixture;

        buffer_printf(&first, RESULT(OK_ROW("[1]") ",%s," CODE_ROW("-3", "none")), rows[i]);
        buffer_printf(&again, RESULT("%s"), rows[i]);
        rpc_fixture_begin_key(&fixture,
                              SCRIPT({200, buffer_text(&first)}, {200, buffer_text(&again)},
                                     {200, buffer_text(&again)}));
        CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), HECTOR_OK);
        CU_ASSERT_EQUAL(fmg_rpc_get(&fixture.rpc, params, 3, &fixture.host.failure), HECTOR_OK);
        CU_ASSERT_EQUAL(params[0].code, RPC_OK);
        CU_ASSERT_EQUAL(json_count(params[0].data), 1);
        CU_ASSERT_EQUAL(params[1].code, RPC_INVALID);
        CU_ASSERT_PTR_NULL(params[1].data);
        CU_ASSERT_EQUAL(params[2].code, RPC_NOT_FOUND);
        CU_ASSERT_EQUAL(fmg_rpc_fail(&fixture.rpc, &params[1], &fixture.host.failure), HECTOR_DATA);
        CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&fixture), "reply_invalid");
        CU_ASSERT_PTR_NOT_NULL(strstr(fixture.host.failure.message, "of fmg to /b is not"));
        CU_ASSERT_PTR_NOT_NULL(strstr(fixture.host.failure.detail, "a row without status"));
        CU_ASSERT_EQUAL(fixture.host.operation.repeats, 2);
        fmg_rpc_release(params, 3);
        rpc_fixture_close(&fixture);
        CU_ASSERT_EQUAL(fixture.record.count, 3);
        CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture, "\"/a\""), 1); /* only the invalid one again */
        CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture, "\"fields\""), 3);
        rpc_fixture_end(&fixture);
        buffer_release(&first);
        buffer_release(&again);
    }
}

/* The repeat succeeds, or fails in its own way. */
static void test_bad_row_asked_again(void)
{
    static const struct {
        struct rpc_reply again;
        int32_t code;
        const char *message;
    } cases[] = {
        {{200, RESULT(OK_ROW("[2,3]"))}, RPC_OK, "OK"},
        {{200, RESULT(CODE_ROW("-3", "gone"))}, RPC_NOT_FOUND, "gone"},
        {{501, HTML}, RPC_INVALID, "HTTP 501, text/html: no JSON"},
        {{200, "{\"result\":["}, RPC_INVALID, "HTTP 200, application/json: no JSON"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct rpc_param params[] = {{.url = "/a"}, {.url = "/b"}};
        struct rpc_fixture fixture;

        rpc_fixture_begin_key(&fixture, SCRIPT({200, RESULT(OK_ROW("[1]") ",null")}, cases[i].again,
                                               cases[i].again, cases[i].again));
        CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), HECTOR_OK);
        CU_ASSERT_EQUAL(fmg_rpc_get(&fixture.rpc, params, 2, &fixture.host.failure), HECTOR_OK);
        CU_ASSERT_EQUAL(json_count(params[0].data), 1);
        CU_ASSERT_EQUAL(params[1].code, cases[i].code);
        CU_ASSERT_STRING_EQUAL(params[1].message, cases[i].message);
        CU_ASSERT_EQUAL(json_count(params[1].data), cases[i].code == RPC_OK ? 2 : 0);
        fmg_rpc_release(params, 2);
        rpc_fixture_close(&fixture);
        rpc_fixture_end(&fixture);
    }
}

/* A URL whose repeats fail does not discard the earlier answers of the others. */
static void test_repeats_that_end_badly(void)
{
    struct rpc_param params[] = {{.url = "/a"}, {.url = "/b"}};
    struct rpc_fixture fixture;

    rpc_fixture_begin_key(&fixture, SCRIPT({200, RESULT(OK_ROW("[1]") "," CODE_ROW("-1", "busy"))},
                                           {200, RESULT("null")}, {200, RESULT("null")},
                                           {200, RESULT("null")}));
    CU_ASSERT_EQUAL(rpc_fixture_open(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(fmg_rpc_get(&fixture.rpc, params, 2, &fixture.host.failure), HECTOR_OK);
    CU_ASSERT_EQUAL(json_count(params[0].data), 1);
    CU_ASSERT_EQUAL(params[1].code, RPC_RUNTIME);
    fmg_rpc_release(params, 2);
    rpc_fixture_close(&fixture);
    rpc_fixture_end(&fixture);
}

static CU_TestInfo login_tests[] = {
    {"a key logs neither in nor out", test_key},
    {"a session", test_session},
    {"refused logins", test_refused_logins},
    {"a password beyond ASCII", test_password_beyond_ascii},
    {"secrets repeated", test_secrets_repeated},
    {"a session repeated", test_session_repeated},
    {"lost logins", test_lost_logins},
    {"a lost login, then another", test_lost_login_then_another},
    {"a result as an object", test_login_result_as_object},
    {"unusable credentials", test_unusable_credentials},
    {"the user of the enrichments", test_no_cloud},
    {"logout after cancel", test_logout_after_cancel},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo envelope_tests[] = {
    {"several urls", test_several_urls},   {"sound and broken replies", test_replies},
    {"a server error", test_server_error}, {"an object for two urls", test_object_for_two_urls},
    {"good at last", test_good_at_last},   {"a refusal behind a page", test_refusal_behind_a_page},
    {"a long message", test_long_message}, {"escaped names", test_path},
    {"codes as failures", test_failures},  CU_TEST_INFO_NULL,
};

static CU_TestInfo row_tests[] = {
    {"a row with only its url", test_row_with_url_only},
    {"a bad row among others", test_bad_row_among_others},
    {"a bad row asked again", test_bad_row_asked_again},
    {"repeats that end badly", test_repeats_that_end_badly},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {
        {.pName = "login", .pTests = login_tests},
        {.pName = "envelope", .pTests = envelope_tests},
        {.pName = "rows", .pTests = row_tests},
        CU_SUITE_INFO_NULL,
    };

    return tap_run(suites);
}
