/*
 * test_forticloud_api.c - calls to FortiCloud: what replies mean, tokens, and the pace.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/forticloud/api.h"

#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/forticloud_fixture.h"
#include "lib/tap.h"

#define ONE_ROW "{\"status\":0,\"message\":\"OK\",\"assets\":[{}],\"token\":\"token-1\"}"

/* The path of each call, for answers to all. */
#define ANY "/ES/api/"

struct fixture {
    struct forticloud_fixture of;
    struct forticloud_api api;
};

static void begin(struct fixture *fixture, const struct forticloud_answer *answers)
{
    forticloud_fixture_begin(&fixture->of, answers);
    CU_ASSERT_EQUAL(
        forticloud_api_open(&fixture->api, &fixture->of.call, "Product", &fixture->of.host.failure),
        HECTOR_OK);
}

/* Calls with an empty object; the number of rows is that of the list. */
static int32_t call(struct fixture *fixture, enum forticloud_call which, size_t *ret_rows)
{
    struct buffer body = BUFFER(KIB(1));
    struct forticloud_list list;

    buffer_append_text(&body, "{}");
    int32_t code =
        forticloud_api_call(&fixture->api, which, &body, &list, &fixture->of.host.failure);
    if (code == HECTOR_OK) {
        *ret_rows = json_object_is_type(list.rows, json_type_array)
                        ? json_object_array_length(list.rows)
                        : 0;
        forticloud_list_release(&list);
    }
    buffer_release(&body);
    return code;
}

static void end(struct fixture *fixture)
{
    forticloud_api_close(&fixture->api);
    forticloud_fixture_end(&fixture->of);
}

static size_t asked(const struct fixture *fixture, const char *text)
{
    return forticloud_fixture_asked(&fixture->of, text);
}

/* One login serves all calls; the four paths, each with its own client id. */
static void test_paths(void)
{
    static const struct {
        enum forticloud_call call;
        const char *client, *head, *list;
    } rows[] = {
        {FORTICLOUD_PRODUCTS, "assetmanagement", "POST /ES/api/registration/v3/products/list HTTP",
         "{\"status\":0,\"assets\":[{},{}]}"},
        {FORTICLOUD_PROGRAMS, "flexvm", "POST /ES/api/fortiflex/v2/programs/list HTTP",
         "{\"status\":0,\"programs\":[{},{}]}"},
        {FORTICLOUD_CONFIGS, "flexvm", "POST /ES/api/fortiflex/v2/configs/list HTTP",
         "{\"status\":0,\"configs\":[{},{}]}"},
        {FORTICLOUD_ENTITLEMENTS, "flexvm", "POST /ES/api/fortiflex/v2/entitlements/list HTTP",
         "{\"status\":0,\"entitlements\":[{},{}]}"},
        {FORTICLOUD_ENTITLEMENTS, "flexvm", "POST /ES/api/fortiflex/v2/entitlements/list HTTP",
         "{\"status\":0,\"vms\":[{},{}]}"},
        {FORTICLOUD_ENTITLEMENTS, "flexvm", "POST /ES/api/fortiflex/v2/entitlements/list HTTP",
         "{\"status\":0,\"entitlements\":null,\"vms\":[{},{}]}"},
        {FORTICLOUD_ENTITLEMENTS, "flexvm", "POST /ES/api/fortiflex/v2/entitlements/list HTTP",
         "{\"status\":0,\"entitlements\":[{},{}],\"vms\":null}"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct forticloud_answer answers[] = {{ANY, 0, rows[i].list, 0}, {NULL, 0, NULL, 0}};
        struct fixture fixture;
        size_t found = 0;

        begin(&fixture, answers);
        CU_ASSERT_EQUAL(call(&fixture, rows[i].call, &found), HECTOR_OK);
        CU_ASSERT_EQUAL(call(&fixture, rows[i].call, &found), HECTOR_OK);
        CU_ASSERT_EQUAL(found, 2);
        forticloud_fixture_stop(&fixture.of);
        CU_ASSERT_EQUAL(fixture.of.record.count, 3);
        CU_ASSERT_EQUAL(asked(&fixture, rows[i].client), 1);
        CU_ASSERT_EQUAL(asked(&fixture, rows[i].head), 2);
        CU_ASSERT_EQUAL(asked(&fixture, "Authorization: Bearer token-1\r\n"), 2);
        CU_ASSERT_STRING_EQUAL(rpc_record_body(&fixture.of.record, 1), "{}");
        end(&fixture);
    }
}

/* What is no list, and how it is reported. No reply is repeated, but for those of http.h. */
static void test_meanings(void)
{
    static const struct {
        int32_t status;
        const char *body;
        int32_t code;
        const char *reason, *message; /* the reason of a failure; "" = none */
    } rows[] = {
        {200, ONE_ROW, HECTOR_OK, "", ""},
        {200, "{\"status\":0,\"assets\":[]}", HECTOR_OK, "", ""},
        {200, "{\"status\":0,\"assets\":null}", HECTOR_OK, "", ""},
        {200, "{\"status\":\"0\",\"error\":null,\"assets\":[]}", HECTOR_OK, "", ""},
        {200,
         "{\"error\":{\"errorCode\":301,\"message\":\"No product found\"},\"message\":"
         "\"No product found\",\"status\":0,\"assets\":null,\"pageNumber\":0,\"totalPages\":0}",
         HECTOR_OK, "", ""},
        {200, "{\"status\":1008,\"message\":\"no records found\"}", HECTOR_OK, "", ""},
        /* 301 beside another status is an error */
        {400,
         "{\"error\":{\"errorCode\":301,\"message\":\"Failed\"},\"message\":\"Failed\",\"status\":-"
         "2}",
         HECTOR_DATA, "forticloud_error", "Product has, but answers \"Failed\". Try again"},
        {200, "{\"status\":2,\"message\":\"Failed\",\"assets\":[]}", HECTOR_DATA,
         "forticloud_error", "Failed"},
        {400,
         FORTICLOUD_ERROR("101", "Both serialNumber and expireBefore cannot be empty at the same "
                                 "time."),
         HECTOR_DATA, "forticloud_error", "Both serialNumber and expireBefore cannot"},
        {401, FORTICLOUD_ERROR("7", "Please provide token in request."), HECTOR_DATA,
         "forticloud_error", "Please provide token"},
        {403,
         FORTICLOUD_ERROR("7", "Access denied. No permission to access the requested action or "
                               "resource."),
         HECTOR_PERMISSION, "forticloud_access_denied", "denies it Product"},
        {200, FORTIFLEX_ERROR("Access denied."), HECTOR_PERMISSION, "forticloud_access_denied",
         "API user API-1"},
        {400, FORTICLOUD_ERROR("7", "Request should include a positive number for accountId"),
         HECTOR_CONFIG, "forticloud_account_needed", "API-1"},
        {200, "{\"status\":-1,\"error\":\"in a text\",\"message\":\"m\"}", HECTOR_DATA,
         "forticloud_error", "in a text"},
        /* the token in an error is hidden */
        {400, FORTICLOUD_ERROR("9", "no such thing: token-1"), HECTOR_DATA, "forticloud_error",
         "no such thing: ***\". Try again"},
        {200, "{\"status\":0,\"message\":\"OK\"}", HECTOR_DATA, "forticloud_unreadable",
         "not with a list of Product"},
        {200, "{\"status\":0,\"assets\":{}}", HECTOR_DATA, "forticloud_unreadable", ""},
        {200, "{\"assets\":[]}", HECTOR_DATA, "forticloud_unreadable", ""},
        /* without a status, a text may be about success */
        {200, "{\"message\":\"Request processed successfully\",\"assets\":[]}", HECTOR_DATA,
         "forticloud_unreadable", "not with a list of Product"},
        {200, "{\"message\":\"Access denied.\"}", HECTOR_PERMISSION, "forticloud_access_denied",
         ""},
        {403, "{\"message\":\"Gone for lunch\"}", HECTOR_DATA, "forticloud_error", "lunch"},
        {200, "[]", HECTOR_DATA, "forticloud_unreadable", ""},
        {200, "null", HECTOR_DATA, "forticloud_unreadable", ""},
        {200, "<html></html>", HECTOR_DATA, "forticloud_unreadable", ""},
        {302, "", HECTOR_DATA, "forticloud_unreadable", ""},
        {401, "<html></html>", HECTOR_DATA, "forticloud_unreadable", ""},
        {400, "{\"status\":0,\"assets\":[]}", HECTOR_DATA, "forticloud_unreadable", ""},
        {500, "<html></html>", HECTOR_UNREACHABLE, "server_error", "HTTP 500"},
        {503, "", HECTOR_UNREACHABLE, "server_error", "HTTP 503"},
        {500, "{\"status\":-1,\"message\":\"busy\"}", HECTOR_DATA, "forticloud_error", "busy"},
        {429, "", HECTOR_THROTTLED, "throttled", "60 seconds"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct forticloud_answer answers[] = {{ANY, rows[i].status, rows[i].body, 0},
                                                    {NULL, 0, NULL, 0}};
        struct fixture fixture;
        size_t found;

        begin(&fixture, answers);
        CU_ASSERT_EQUAL(call(&fixture, FORTICLOUD_PRODUCTS, &found), rows[i].code);
        CU_ASSERT_STRING_EQUAL(forticloud_fixture_reason(&fixture.of), rows[i].reason);
        CU_ASSERT_PTR_NOT_NULL(strstr(fixture.of.host.failure.message, rows[i].message));
        CU_ASSERT_STRING_EQUAL(fixture.of.host.failure.field,
                               rows[i].code == HECTOR_CONFIG ? "forticloud_account" : "");
        forticloud_fixture_stop(&fixture.of);
        CU_ASSERT_EQUAL(asked(&fixture, FORTICLOUD_OAUTH), 1);
        if (rows[i].status < 429 && rows[i].status != 302) {
            CU_ASSERT_EQUAL(fixture.of.record.count, 2);
        }
        end(&fixture);
    }
}

/* A token that is refused: Asset Management logs in at once, FortiFlex after three repeats. */
static void test_token(void)
{
    static const struct {
        enum forticloud_call call;
        int32_t status, refusals; /* in a row */
        size_t calls, logins;
        int32_t code;
    } rows[] = {
        {FORTICLOUD_PRODUCTS, 401, 1, 2, 2, HECTOR_OK},
        {FORTICLOUD_PRODUCTS, 400, 2, 2, 2, HECTOR_AUTH},
        {FORTICLOUD_PROGRAMS, 200, 2, 3, 1, HECTOR_OK},
        {FORTICLOUD_PROGRAMS, 200, 4, 5, 2, HECTOR_OK},
        {FORTICLOUD_PROGRAMS, 403, 5, 5, 2, HECTOR_AUTH},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *const refused = rows[i].call == FORTICLOUD_PRODUCTS
                                        ? FORTICLOUD_ERROR("201", "Invalid security token.")
                                        : FORTIFLEX_ERROR("Invalid security token.");
        const struct forticloud_answer answers[] = {
            {ANY, rows[i].status, refused, rows[i].refusals},
            {ANY, 0, "{\"status\":0,\"assets\":[],\"programs\":[]}", 0},
            {NULL, 0, NULL, 0}};
        struct fixture fixture;
        size_t found;

        begin(&fixture, answers);
        CU_ASSERT_EQUAL(call(&fixture, rows[i].call, &found), rows[i].code);
        CU_ASSERT_STRING_EQUAL(forticloud_fixture_reason(&fixture.of),
                               rows[i].code == HECTOR_OK ? "" : "forticloud_token_refused");
        forticloud_fixture_stop(&fixture.of);
        CU_ASSERT_EQUAL(asked(&fixture, ANY), rows[i].calls);
        CU_ASSERT_EQUAL(asked(&fixture, FORTICLOUD_OAUTH), rows[i].logins);
        CU_ASSERT_EQUAL(asked(&fixture, "Bearer token-2"), rows[i].logins - 1);
        end(&fixture);
    }
}

/* A new token is fetched before the old one ends; without a sensible lifetime it lasts 1440 s. */
static void test_expiry(void)
{
    static const struct {
        const char *login;
        int64_t lasts_ms; /* until it is renewed */
    } rows[] = {
        {"{\"access_token\":\"t\",\"expires_in\":3660}", 3600000},
        {"{\"access_token\":\"t\",\"expires_in\":\"14400\"}", 14340000},
        {"{\"access_token\":\"t\",\"expires_in\":121}", 61000},
        {"{\"access_token\":\"t\",\"expires_in\":120}", 60000},
        {"{\"access_token\":\"t\",\"expires_in\":20}", 10000},
        {"{\"access_token\":\"t\"}", 1380000},
        {"{\"access_token\":\"t\",\"expires_in\":0}", 1380000},
        {"{\"access_token\":\"t\",\"expires_in\":-5}", 1380000},
        {"{\"access_token\":\"t\",\"expires_in\":999999999999}", 1380000},
        {"{\"access_token\":\"t\",\"expires_in\":\"never\"}", 1380000},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct forticloud_answer answers[] = {
            {FORTICLOUD_OAUTH, 0, rows[i].login, 0}, {ANY, 0, ONE_ROW, 0}, {NULL, 0, NULL, 0}};
        struct fixture fixture;
        int64_t before = clock_ms();
        size_t found;

        begin(&fixture, answers);
        CU_ASSERT_EQUAL(call(&fixture, FORTICLOUD_PRODUCTS, &found), HECTOR_OK);
        CU_ASSERT_TRUE(fixture.api.renew_ms >= before + rows[i].lasts_ms);
        CU_ASSERT_TRUE(fixture.api.renew_ms <= clock_ms() + rows[i].lasts_ms);
        fixture.api.renew_ms = clock_ms() + 60000;
        CU_ASSERT_EQUAL(call(&fixture, FORTICLOUD_PRODUCTS, &found), HECTOR_OK);
        fixture.api.renew_ms = clock_ms();
        CU_ASSERT_EQUAL(call(&fixture, FORTICLOUD_PRODUCTS, &found), HECTOR_OK);
        forticloud_fixture_stop(&fixture.of);
        CU_ASSERT_EQUAL(asked(&fixture, FORTICLOUD_OAUTH), 2);
        end(&fixture);
    }
}

/*
 * However many tokens there are, and however long: those that have ended take no room, so that the
 * secrets of the source have some. The last one is hidden until the end.
 */
static void test_many_tokens(void)
{
    static const struct forticloud_answer answers[] = {{ANY, 0, ONE_ROW, 0}, {NULL, 0, NULL, 0}};
    struct fixture fixture;
    struct buffer *texts = &fixture.of.host.operation.secrets.texts;
    size_t found, before;

    begin(&fixture, answers);
    before = texts->size + sizeof("pa\"ss");
    for (int i = 0; i < 9; i++) {
        fixture.api.renew_ms = clock_ms();
        CU_ASSERT_EQUAL(call(&fixture, FORTICLOUD_PRODUCTS, &found), HECTOR_OK);
        CU_ASSERT_EQUAL(texts->size, before + sizeof("token-1"));
    }
    CU_ASSERT_PTR_NOT_NULL(memmem(texts->data, texts->size, "token-9", sizeof("token-9")));
    forticloud_api_close(&fixture.api);
    CU_ASSERT_EQUAL(texts->size, before);
    forticloud_fixture_stop(&fixture.of);
    CU_ASSERT_EQUAL(asked(&fixture, FORTICLOUD_OAUTH), 9);
    forticloud_fixture_end(&fixture.of);
}

/* Refused credentials are not sent again, and the list is not called. */
static void test_refused(void)
{
    static const struct forticloud_answer answers[] = {
        {FORTICLOUD_OAUTH, 400, "{\"error\":\"invalid_grant\"}", 0}, {NULL, 0, NULL, 0}};
    struct fixture fixture;
    size_t found;

    begin(&fixture, answers);
    CU_ASSERT_EQUAL(call(&fixture, FORTICLOUD_PRODUCTS, &found), HECTOR_AUTH);
    CU_ASSERT_STRING_EQUAL(forticloud_fixture_reason(&fixture.of), "forticloud_refused");
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.of.host.failure.message,
                                  "downloading its credentials again replaces the password"));
    forticloud_fixture_stop(&fixture.of);
    CU_ASSERT_EQUAL(fixture.of.record.count, 1);
    end(&fixture);
}

/* Within a minute, and an hour, there are as many requests as allowed, with room for repeats. */
static void test_pace(void)
{
    static const struct forticloud_answer answers[] = {{ANY, 0, ONE_ROW, 0}, {NULL, 0, NULL, 0}};
    static const struct {
        int32_t minute_calls, hour_calls;
        int64_t least_ms; /* that 12 requests take, with a minute of 200 ms */
    } rows[] = {{8, 1000, 400}, {100, 1000, 0}, {1000, 15, 0}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fixture fixture;
        int64_t begun;
        size_t found;

        begin(&fixture, answers);
        fixture.of.host.limits.forticloud_minute_ms = 200;
        fixture.of.host.limits.forticloud_minute_calls = rows[i].minute_calls;
        fixture.of.host.limits.forticloud_hour_calls = rows[i].hour_calls;
        begun = clock_ms();
        for (int n = 0; n < 11; n++) { /* and a login */
            CU_ASSERT_EQUAL(call(&fixture, FORTICLOUD_PRODUCTS, &found), HECTOR_OK);
        }
        CU_ASSERT_TRUE(clock_ms() - begun >= rows[i].least_ms);
        /* An hour that is full would end after the deadline: no wait, and no request. */
        fixture.of.host.operation.deadline_ms = clock_ms() + 10000;
        CU_ASSERT_EQUAL(call(&fixture, FORTICLOUD_PRODUCTS, &found),
                        rows[i].hour_calls == 15 ? HECTOR_LIMIT : HECTOR_OK);
        CU_ASSERT_STRING_EQUAL(forticloud_fixture_reason(&fixture.of),
                               rows[i].hour_calls == 15 ? "deadline_passed" : "");
        CU_ASSERT_TRUE(clock_ms() < fixture.of.host.operation.deadline_ms);
        forticloud_fixture_stop(&fixture.of);
        CU_ASSERT_EQUAL(fixture.of.record.count, rows[i].hour_calls == 15 ? 12 : 13);
        end(&fixture);
    }
}

/* A wait for the pace can be cancelled. */
static void test_cancelled(void)
{
    static const struct forticloud_answer answers[] = {{ANY, 0, ONE_ROW, 0}, {NULL, 0, NULL, 0}};
    struct fixture fixture;
    size_t found;

    begin(&fixture, answers);
    fixture.of.host.limits.forticloud_minute_calls = 4;
    CU_ASSERT_EQUAL(call(&fixture, FORTICLOUD_PRODUCTS, &found), HECTOR_OK);
    fixture.of.host.cancel = true;
    CU_ASSERT_EQUAL(call(&fixture, FORTICLOUD_PRODUCTS, &found), HECTOR_CANCELLED);
    forticloud_fixture_stop(&fixture.of);
    CU_ASSERT_EQUAL(fixture.of.record.count, 2);
    end(&fixture);
}

/* After nine errors FortiCloud is not called again; repeats of http.h count, too. */
static void test_errors(void)
{
    static const struct {
        int32_t status;
        const char *body;
        size_t calls;
    } rows[] = {
        {400, FORTICLOUD_ERROR("9", "wrong"), 9},
        {403, FORTICLOUD_ERROR("7", "Access denied."), 9},
        {503, "", 9},
        {200, ONE_ROW, 20},
        {200, "{\"status\":0,\"error\":{\"errorCode\":301},\"assets\":null}", 20},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct forticloud_answer answers[] = {{ANY, rows[i].status, rows[i].body, 0},
                                                    {NULL, 0, NULL, 0}};
        struct fixture fixture;
        size_t found;

        begin(&fixture, answers);
        for (int n = 0; n < 20; n++) {
            (void)call(&fixture, FORTICLOUD_PRODUCTS, &found);
        }
        CU_ASSERT_STRING_EQUAL(forticloud_fixture_reason(&fixture.of),
                               rows[i].calls == 20 ? "" : "forticloud_errors");
        forticloud_fixture_stop(&fixture.of);
        CU_ASSERT_EQUAL(asked(&fixture, ANY), rows[i].calls);
        end(&fixture);
    }
}

static CU_TestInfo tests[] = {
    {"paths", test_paths},
    {"what replies mean", test_meanings},
    {"a token that is refused", test_token},
    {"a token that ends", test_expiry},
    {"tokens without end", test_many_tokens},
    {"refused credentials", test_refused},
    {"the pace", test_pace},
    {"a wait that is cancelled", test_cancelled},
    {"errors", test_errors},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "forticloud_api", .pTests = tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
