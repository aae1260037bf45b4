/*
 * test_rest.c - requests to a JSON API: URLs, credentials, and bodies, against a scripted peer.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "net/rest.h"

#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/http_fixture.h"
#include "lib/tap.h"

static void begin(struct http_fixture *fixture, struct rest *rest)
{
    static const struct peer_answer answers[] = {{.text = ANSWER_JSON(2, "{}")}, {.text = NULL}};

    http_fixture_begin(fixture, &(struct peer_script){.answers = answers});
    CU_ASSERT_EQUAL_FATAL(
        http_open(&fixture->operation, &fixture->policy, &fixture->http, &fixture->failure),
        HECTOR_OK);
    *rest = (struct rest){.operation = &fixture->operation,
                          .http = fixture->http,
                          .credential = {.lead = HTTP_BEARER, .secret = "the-token"}};
}

static int32_t get(struct http_fixture *fixture, const struct rest *rest, const struct buffer *url)
{
    http_reply_release(&fixture->reply);
    return rest_get(rest, url, &fixture->reply, &fixture->failure);
}

static void test_parameters(void)
{
    struct buffer url = BUFFER(KIB(1));

    buffer_append_text(&url, "/api/v2/host");
    rest_parameter(&url, "vdom", "*");
    rest_parameter(&url, "filter", "name==a&b,c/d?#%+\"\xC3\xA9\r\n-._~");
    rest_parameter(&url, "empty", "");
    CU_ASSERT_STRING_EQUAL(buffer_text(&url),
                           "/api/v2/host?vdom=*&filter=name%3D%3Da%26b%2Cc%2Fd%3F%23%25%2B%22"
                           "%C3%A9%0D%0A-._~&empty=");
    buffer_release(&url);
}

/* Every header that may authenticate is sent as it is; an empty secret sends none. */
static void test_credentials(void)
{
    struct http_fixture fixture;
    struct buffer url = BUFFER(KIB(1));
    struct rest rest;

    begin(&fixture, &rest);
    buffer_append_text(&url, "/a");
    CU_ASSERT_EQUAL(get(&fixture, &rest, &url), HECTOR_OK);
    rest.credential = (struct http_credential){.lead = "Authorization: ", .secret = "raw-session"};
    CU_ASSERT_EQUAL(get(&fixture, &rest, &url), HECTOR_OK);
    rest.credential = (struct http_credential){.lead = "Cookie: sessionid=", .secret = "a-session"};
    CU_ASSERT_EQUAL(get(&fixture, &rest, &url), HECTOR_OK);
    rest.credential.secret = "";
    CU_ASSERT_EQUAL(get(&fixture, &rest, &url), HECTOR_OK);
    rest.credential.secret = NULL;
    CU_ASSERT_EQUAL(get(&fixture, &rest, &url), HECTOR_OK);
    buffer_release(&url);
    http_fixture_stop_peer(&fixture);
    CU_ASSERT_EQUAL(fixture.record.requests, 5);
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.record.text, "\r\nAuthorization: Bearer the-token\r\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.record.text, "\r\nAuthorization: raw-session\r\n"));
    const char *cookie = strstr(fixture.record.text, "\r\nCookie: sessionid=a-session\r\n");
    CU_ASSERT_PTR_NOT_NULL_FATAL(cookie);
    CU_ASSERT_PTR_NULL(strstr(cookie, "Authorization"));
    CU_ASSERT_PTR_NULL(strstr(cookie + strlen("\r\nCookie"), "Cookie"));
    http_fixture_end(&fixture);
}

/* Each header of a credential that has several is sent; one without a value is not. */
static void test_headers(void)
{
    static const struct http_credential call = {"Ems-Call-Type: ", "2", NULL},
                                        absent = {"Referer: ", "", &call},
                                        csrf = {"X-CSRFToken: ", "forged-not", &absent};
    struct http_fixture fixture;
    struct buffer url = BUFFER(KIB(1));
    struct rest rest;

    begin(&fixture, &rest);
    rest.credential = (struct http_credential){"Cookie: ", "sessionid=a; csrftoken=b", &csrf};
    buffer_append_text(&url, "/a");
    CU_ASSERT_EQUAL(get(&fixture, &rest, &url), HECTOR_OK);
    buffer_release(&url);
    http_fixture_stop_peer(&fixture);
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.record.text, "\r\nCookie: sessionid=a; csrftoken=b\r\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.record.text, "\r\nX-CSRFToken: forged-not\r\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.record.text, "\r\nEms-Call-Type: 2\r\n"));
    CU_ASSERT_PTR_NULL(strstr(fixture.record.text, "Referer"));
    http_fixture_end(&fixture);
}

/* What a reply sets: its headers, and the values of the cookies `sessionid` and `csrftoken`. */
#define SETS(headers) "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" headers "\r\n{}"
#define LONG_16       "0123456789abcdef"
#define LONG_256                                                                                   \
    LONG_16 LONG_16 LONG_16 LONG_16 LONG_16 LONG_16 LONG_16 LONG_16 LONG_16 LONG_16 LONG_16        \
        LONG_16 LONG_16 LONG_16 LONG_16 LONG_16
#define LONG_1024 LONG_256 LONG_256 LONG_256 LONG_256

static void test_cookies(void)
{
    static const struct {
        const char *headers, *session, *csrf;
    } rows[] = {
        {SETS("Set-Cookie: sessionid=abc123; HttpOnly; Path=/; Secure\r\n"
              "Set-Cookie: csrftoken=XyZ; expires=Tue, 30 Nov 2027 10:00:00 GMT\r\n"),
         "abc123", "XyZ"},
        {SETS("SET-COOKIE: csrftoken=\"quoted\"; path=/\r\nset-cookie:sessionid=a=b\r\n"), "a=b",
         "\"quoted\""},
        {SETS(""), "", ""},
        {SETS("Set-Cookie: sessionid=old\r\nSet-Cookie: sessionid=new\r\n"), "new", ""},
        {SETS("Set-Cookie: sessionid=gone\r\nSet-Cookie: sessionid=; Max-Age=0\r\n"), "", ""},
        {SETS("Set-Cookie: mysessionid=x\r\nSet-Cookie: sessionid2=y\r\n"
              "Set-Cookie: sessionid\r\nSet-Cookie: SessionId=z\r\n"),
         "", ""},
        {SETS("Set-Cookie: sessionid=a\tb\r\nSet-Cookie: csrftoken=a,b\r\n"), "a", ""},
        {SETS("Set-Cookie: sessionid=\xC3\xA9\r\nSet-Cookie: csrftoken=a\\b\r\n"), "", ""},
        {SETS("Set-Cookie: sessionid=" LONG_1024 "\r\nSet-Cookie: csrftoken=" LONG_1024 "x\r\n"),
         LONG_1024, ""},
        {"HTTP/1.1 100 Continue\r\nSet-Cookie: sessionid=interim\r\n\r\n" SETS(
             "Set-Cookie: csrftoken=final\r\n"),
         "", "final"},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct peer_answer answers[] = {{.text = rows[i].headers}, {.text = NULL}};
        struct buffer session = BUFFER(COOKIE_MAX), csrf = BUFFER(COOKIE_MAX);
        const struct http_cookie cookies[] = {{"sessionid", &session}, {"csrftoken", &csrf}};
        struct http_fixture fixture;
        char text[64];

        buffer_append_text(&session, "former");
        http_fixture_begin(&fixture, &(struct peer_script){.answers = answers});
        CU_ASSERT_EQUAL(http_fixture_ask(&fixture, &(struct http_request){.path = "/",
                                                                          .cookies = cookies,
                                                                          .cookie_count = 2}),
                        HECTOR_OK);
        CU_ASSERT_STRING_EQUAL(buffer_text(&session), rows[i].session);
        CU_ASSERT_STRING_EQUAL(buffer_text(&csrf), rows[i].csrf);
        secrets_hide(&fixture.operation.secrets, "quoted XyZ", text, sizeof(text));
        CU_ASSERT_STRING_EQUAL(text, i == 0 ? "quoted ***" : i == 1 ? "*** XyZ" : "quoted XyZ");
        buffer_release_secret(&session);
        buffer_release_secret(&csrf);
        http_fixture_end(&fixture);
    }
}

/* A URL or body that did not fit is not sent; a body is wiped in any case. */
static void test_incomplete(void)
{
    struct http_fixture fixture;
    struct buffer url = BUFFER(8), body = BUFFER(8);
    struct rest rest;

    begin(&fixture, &rest);
    buffer_append_text(&url, "/a");
    rest_parameter(&url, "vdom", "root");
    CU_ASSERT_EQUAL(get(&fixture, &rest, &url), HECTOR_LIMIT);
    buffer_append_text(&body, "{}");
    buffer_append_text(&body, "too long");
    CU_ASSERT_EQUAL(rest_post(&rest, (struct http_request){.path = "/a"}, &body, &fixture.reply,
                              &fixture.failure),
                    HECTOR_LIMIT);
    CU_ASSERT_PTR_NULL(body.data);
    CU_ASSERT_EQUAL(fixture.operation.requests, 0);
    buffer_release(&url);
    http_fixture_end(&fixture);
}

static void test_post(void)
{
    struct http_fixture fixture;
    struct buffer body = BUFFER(KIB(1));
    struct rest rest;

    begin(&fixture, &rest);
    buffer_append_text(&body, "{\"a\":1}");
    CU_ASSERT_EQUAL(rest_post(&rest, (struct http_request){.path = "/list"}, &body, &fixture.reply,
                              &fixture.failure),
                    HECTOR_OK);
    CU_ASSERT_PTR_NULL(body.data);
    http_fixture_stop_peer(&fixture);
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.record.text, "POST /list HTTP/1.1\r\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.record.text, "\r\nAuthorization: Bearer the-token\r\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.record.text, "\r\n\r\n{\"a\":1}"));
    http_fixture_end(&fixture);
}

static CU_TestInfo tests[] = {
    {"parameters", test_parameters},
    {"credentials", test_credentials},
    {"several headers", test_headers},
    {"cookies", test_cookies},
    {"what is incomplete", test_incomplete},
    {"a body", test_post},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "rest", .pTests = tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
