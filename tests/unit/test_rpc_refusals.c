/*
 * test_rpc_refusals.c - the reaction to -11 and other codes, against a peer that answers by URL.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/fortimanager/rpc.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/rpc_fixture.h"
#include "lib/tap.h"
#include "json/json_read.h"

#define RESULT(...)             "{\"result\":[" __VA_ARGS__ "]}"
#define OK_ROW(data)            "{\"data\":" data ",\"status\":{\"code\":0,\"message\":\"OK\"}}"
#define CODE_ROW(code, message) "{\"status\":{\"code\":" code ",\"message\":\"" message "\"}}"
#define REFUSED                 CODE_ROW("-11", "No permission for the resource")

/* A fake server. It refuses /closed/..., /picky with `fields`, and /random once; /flaky answers -1
 * a few times. A session dies after `lives` requests. */
struct server {
    int lives;              /* requests that a session serves; 0 = unlimited */
    int refuse_first;       /* requests to refuse whatever their URL; -1 = all */
    int flaky;              /* times that /flaky still fails */
    const char *picky_code; /* the code and message of /picky */
    bool random_done;
    int accepts;         /* logins accepted before the password is refused; 0 = unlimited */
    const char *refusal; /* the reply after that; NULL = the connection closes without an answer */
    int refused_logins;
    int logins, logouts, left; /* sessions opened and closed; requests left to the last session */
};

static const char *row_of(struct server *server, struct json_object *param)
{
    const char *url = json_member_text(param, "url");

    if (strncmp(url, "/closed", 7) == 0) {
        return REFUSED;
    }
    if (strcmp(url, "/picky") == 0 && json_member(param, "fields") != NULL) {
        return server->picky_code;
    }
    if (strcmp(url, "/random") == 0 && !server->random_done) {
        server->random_done = true;
        return REFUSED;
    }
    if (strcmp(url, "/flaky") == 0 && server->flaky > 0) {
        server->flaky--;
        return CODE_ROW("-1", "runtime error -1");
    }
    return OK_ROW("[1]");
}

/* True for a request with a dead session, and for one to refuse without a reason. */
static bool is_refused(struct server *server, struct json_object *request)
{
    const char *session = json_member_text(request, "session");
    char current[16];

    if (server->refuse_first != 0) {
        server->refuse_first -= server->refuse_first > 0 ? 1 : 0;
        return true;
    }
    if (session == NULL) {
        return server->accepts > 0; /* a request with a key, refused when logins are counted */
    }
    (void)snprintf(current, sizeof(current), "S%d", server->logins);
    if (strcmp(session, current) != 0 || (server->lives > 0 && server->left == 0)) {
        return true;
    }
    server->left -= server->lives > 0 ? 1 : 0;
    return false;
}

static void answer_server(void *context, struct json_object *request, struct rpc_answer *ret)
{
    struct server *server = context;
    struct json_object *params = json_member_array(request, "params");
    const char *url = json_member_text(json_object_array_get_idx(params, 0), "url");
    bool refused;

    if (strcmp(url, "/sys/login/user") == 0 && server->accepts > 0 &&
        server->logins == server->accepts) {
        server->refused_logins++;
        if (server->refusal == NULL) {
            ret->status = 0;
            return;
        }
        buffer_append_text(&ret->body, server->refusal);
        return;
    }
    if (strcmp(url, "/sys/login/user") == 0) {
        server->left = server->lives;
        buffer_printf(&ret->body, "{\"result\":[{\"status\":{\"code\":0}}],\"session\":\"S%d\"}",
                      ++server->logins);
        return;
    }
    if (strcmp(url, "/sys/logout") == 0) {
        server->logouts++;
        buffer_append_text(&ret->body, RESULT(OK_ROW("null")));
        return;
    }
    refused = is_refused(server, request);
    buffer_append_text(&ret->body, "{\"result\":[");
    for (size_t i = 0; i < json_count(params); i++) {
        struct json_object *param = json_object_array_get_idx(params, i);

        buffer_printf(&ret->body, "%s%s", i > 0 ? "," : "",
                      refused ? REFUSED : row_of(server, param));
    }
    buffer_append_text(&ret->body, "]}");
}

static void begin_server(struct rpc_fixture *fixture, struct server *server, bool user)
{
    rpc_fixture_begin_answerer(fixture, answer_server, server);
    if (user) {
        fixture->host.token = NULL;
        fixture->host.password = "pass";
        fixture->host.settings.username = "hector";
    }
    CU_ASSERT_EQUAL(rpc_fixture_open(fixture), HECTOR_OK);
}

/* Requests one or two URLs; returns the code of the call. `codes` gets those of the URLs. */
static int32_t ask(struct rpc_fixture *fixture, const char *first, const char *second,
                   int32_t *codes)
{
    struct rpc_param params[] = {{.url = first}, {.url = second}};
    size_t count = second != NULL ? 2 : 1;
    int32_t code = fmg_rpc_get(&fixture->rpc, params, count, &fixture->host.failure);

    for (size_t i = 0; codes != NULL && i < count; i++) {
        codes[i] = params[i].code;
    }
    fmg_rpc_release(params, count);
    return code;
}

/* The probe URL fails as well, so the session is dead; a new one continues. */
static void test_dead_session(void)
{
    struct server server = {.lives = 1};
    struct rpc_fixture fixture;
    int32_t codes[2];

    begin_server(&fixture, &server, true);
    CU_ASSERT_EQUAL(ask(&fixture, "/sys/status", NULL, NULL), HECTOR_OK);
    CU_ASSERT_EQUAL(ask(&fixture, "/a", "/b", codes), HECTOR_OK);
    CU_ASSERT_EQUAL(codes[0], RPC_OK);
    CU_ASSERT_EQUAL(codes[1], RPC_OK);
    CU_ASSERT_EQUAL(fixture.host.operation.repeats, 1);
    CU_ASSERT_STRING_EQUAL(fixture.host.warning,
                           "read again: the session was refused; logging in again");
    rpc_fixture_close(&fixture);
    CU_ASSERT_EQUAL(server.logins, 2);
    rpc_fixture_end(&fixture);
}

/* At most two new sessions a run. */
static void test_session_that_dies_again(void)
{
    struct server server = {.lives = 1};
    struct rpc_fixture fixture;

    begin_server(&fixture, &server, true);
    CU_ASSERT_EQUAL(ask(&fixture, "/sys/status", NULL, NULL), HECTOR_OK);
    CU_ASSERT_EQUAL(ask(&fixture, "/a", NULL, NULL), HECTOR_OK);
    CU_ASSERT_EQUAL(ask(&fixture, "/b", NULL, NULL), HECTOR_OK);
    CU_ASSERT_EQUAL(ask(&fixture, "/c", NULL, NULL), HECTOR_AUTH);
    CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&fixture), "session_refused");
    CU_ASSERT_STRING_EQUAL(fixture.host.failure.message,
                           "fmg ended the session of hector several times. Check on the "
                           "FortiManager whether an administrator ends it, or an idle time-out of "
                           "a few seconds.");
    rpc_fixture_close(&fixture);
    CU_ASSERT_EQUAL(server.logins, 3);
    rpc_fixture_end(&fixture);
}

/* A password that was refused is never sent again: FortiManager would lock the address out. */
static void test_password_refused_later(void)
{
    static const struct {
        const char *refusal, *reason;
        int32_t code;
    } cases[] = {
        {RESULT(CODE_ROW("-22", "Login fail")), "login_refused", HECTOR_AUTH},
        {RESULT(REFUSED), "session_refused", HECTOR_AUTH},
        {RESULT(CODE_ROW("-9", "Login limit exceeded")), "login_sessions_taken", HECTOR_THROTTLED}};

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct server server = {.lives = 1, .accepts = 1, .refusal = cases[i].refusal};
        struct rpc_fixture fixture;

        begin_server(&fixture, &server, true);
        CU_ASSERT_EQUAL(ask(&fixture, "/sys/status", NULL, NULL), HECTOR_OK);
        for (int turn = 0; turn < 3; turn++) {
            memset(&fixture.host.failure, 0, sizeof(fixture.host.failure));
            /* Not PERMISSION, which could apply to a single table. */
            CU_ASSERT_EQUAL(ask(&fixture, "/a", NULL, NULL), cases[i].code);
            CU_ASSERT_EQUAL(fixture.host.failure.cause, cases[i].code);
            CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&fixture), cases[i].reason);
        }
        rpc_fixture_close(&fixture);
        CU_ASSERT_EQUAL(server.refused_logins, 1);
        CU_ASSERT_EQUAL(server.logins, server.logouts);
        rpc_fixture_end(&fixture);
    }
}

/* New logins that fail without a refusal: the run reports why, even after it has stopped trying. */
static void test_logins_that_break(void)
{
    struct server server = {.lives = 1, .accepts = 1};
    struct rpc_fixture fixture;

    begin_server(&fixture, &server, true);
    CU_ASSERT_EQUAL(ask(&fixture, "/sys/status", NULL, NULL), HECTOR_OK);
    for (int turn = 0; turn < 4; turn++) {
        memset(&fixture.host.failure, 0, sizeof(fixture.host.failure));
        CU_ASSERT_EQUAL(ask(&fixture, "/a", NULL, NULL), HECTOR_UNREACHABLE);
        CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&fixture), "connection_broken");
    }
    rpc_fixture_close(&fixture);
    CU_ASSERT_EQUAL(server.refused_logins, 2);
    rpc_fixture_end(&fixture);
}

static void test_login_that_reads_nothing(void)
{
    struct server server = {.refuse_first = -1};
    struct rpc_fixture fixture;

    begin_server(&fixture, &server, true);
    CU_ASSERT_EQUAL(ask(&fixture, "/sys/status", "/dvmdb/adom", NULL), HECTOR_PERMISSION);
    CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&fixture), "everything_refused");
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.host.failure.message,
                                  "fmg accepts the login of hector, but lets it read nothing."));
    rpc_fixture_close(&fixture);
    CU_ASSERT_TRUE(server.logins >= 2 && server.logins <= 3);
    rpc_fixture_end(&fixture);
}

/* A refused session may still be open: every session is closed. */
static void test_no_session_stays_open(void)
{
    struct server server = {.refuse_first = -1};
    struct rpc_fixture fixture;

    begin_server(&fixture, &server, true);
    CU_ASSERT_EQUAL(ask(&fixture, "/sys/status", NULL, NULL), HECTOR_PERMISSION);
    rpc_fixture_close(&fixture);
    CU_ASSERT_EQUAL(server.logouts, server.logins);
    rpc_fixture_end(&fixture);
}

static void test_session_refusal_stands(void)
{
    struct server server = {0};
    struct rpc_fixture fixture;
    int32_t codes[2];

    begin_server(&fixture, &server, true);
    CU_ASSERT_EQUAL(ask(&fixture, "/sys/status", "/closed", codes), HECTOR_OK);
    CU_ASSERT_EQUAL(codes[0], RPC_OK);
    CU_ASSERT_EQUAL(codes[1], RPC_NO_PERMISSION);
    CU_ASSERT_EQUAL(ask(&fixture, "/closed/2", NULL, codes), HECTOR_OK);
    CU_ASSERT_EQUAL(codes[0], RPC_NO_PERMISSION);
    rpc_fixture_close(&fixture);
    CU_ASSERT_EQUAL(server.logins, 1);
    CU_ASSERT_EQUAL(server.logouts, 1);
    /* Each once, followed by the probe URL that shows a dead session. */
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture, "\"/closed\""), 1);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture, "\"/closed/2\""), 1);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture, "\"/sys/status\""), 3);
    rpc_fixture_end(&fixture);
}

static void test_key_refused(void)
{
    struct server server = {.refuse_first = -1};
    struct rpc_fixture fixture;

    begin_server(&fixture, &server, false);
    CU_ASSERT_EQUAL(ask(&fixture, "/sys/status", "/dvmdb/adom", NULL), HECTOR_AUTH);
    CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&fixture), "token_refused");
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.host.failure.message, "fmg refuses the token."));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(fixture.host.failure.message, "; Hector's address is not a trusted host"));
    rpc_fixture_close(&fixture);
    CU_ASSERT_EQUAL(fixture.record.count, 3); /* the first request is repeated, too, twice */
    CU_ASSERT_EQUAL(server.logins, 0);
    CU_ASSERT_EQUAL(server.logouts, 0);
    rpc_fixture_end(&fixture);
}

static void test_key_refused_names_address(void)
{
    struct server server = {.refuse_first = -1};
    struct rpc_fixture fixture;

    begin_server(&fixture, &server, false);
    fixture.host.settings.egress_address = "203.0.113.7";
    CU_ASSERT_EQUAL(ask(&fixture, "/sys/status", NULL, NULL), HECTOR_AUTH);
    CU_ASSERT_PTR_NOT_NULL(
        strstr(fixture.host.failure.message, "; 203.0.113.7 is not a trusted host"));
    rpc_fixture_close(&fixture);
    rpc_fixture_end(&fixture);
}

/* FortiManager refuses a valid key once or twice: no failure, and nothing is lost. */
static void test_key_refused_for_a_moment(void)
{
    for (int times = 1; times <= 2; times++) {
        struct server server = {.refuse_first = times};
        struct rpc_fixture fixture;
        int32_t codes[2];

        begin_server(&fixture, &server, false);
        CU_ASSERT_EQUAL(ask(&fixture, "/sys/status", "/dvmdb/adom", codes), HECTOR_OK);
        CU_ASSERT_EQUAL(codes[0], RPC_OK);
        CU_ASSERT_EQUAL(codes[1], RPC_OK);
        rpc_fixture_close(&fixture);
        CU_ASSERT_EQUAL(fixture.record.count, (size_t)times + 1);
        rpc_fixture_end(&fixture);
    }
}

/* FortiManager's bug with parallel use of a key: it refuses one URL at random while others
 * answer. */
static void test_key_url_refused_once(void)
{
    struct server server = {0};
    struct rpc_fixture fixture;
    int32_t codes[2];

    begin_server(&fixture, &server, false);
    CU_ASSERT_EQUAL(ask(&fixture, "/sys/status", "/random", codes), HECTOR_OK);
    CU_ASSERT_EQUAL(codes[1], RPC_OK);
    rpc_fixture_close(&fixture);
    CU_ASSERT_EQUAL(fixture.record.count, 2);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture, "\"/sys/status\""),
                    1); /* answered, so not repeated */
    rpc_fixture_end(&fixture);
}

static void test_key_refusal_stands(void)
{
    struct server server = {0};
    struct rpc_fixture fixture;
    int32_t codes[2];

    begin_server(&fixture, &server, false);
    CU_ASSERT_EQUAL(ask(&fixture, "/sys/status", "/closed", codes), HECTOR_OK);
    CU_ASSERT_EQUAL(codes[0], RPC_OK);
    CU_ASSERT_EQUAL(codes[1], RPC_NO_PERMISSION);
    CU_ASSERT_EQUAL(ask(&fixture, "/closed/2", NULL, codes), HECTOR_OK);
    CU_ASSERT_EQUAL(codes[0], RPC_NO_PERMISSION);
    rpc_fixture_close(&fixture);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture, "\"/closed\""), 2);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture, "\"/closed/2\""), 2);
    rpc_fixture_end(&fixture);
}

/* A field that the account may not see makes FortiManager refuse the whole URL: repeated without
 * fields. */
static void test_field_refused(void)
{
    static const char *const codes[] = {REFUSED, CODE_ROW("-3", "Object does not exist"),
                                        CODE_ROW("-10", "The data is invalid for selected url")};

    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        struct rpc_param params[] = {
            {.url = "/sys/status"},
            {.url = "/picky", .fields = "[\"latitude\"]", .rest = "\"a\":1"}};
        struct server server = {.picky_code = codes[i]};
        struct rpc_fixture fixture;
        /* A refusal may mean a dead session, so the probe URL comes in between. */
        size_t probes = i == 0 ? 1 : 0;
        char expected[160];

        begin_server(&fixture, &server, true);
        CU_ASSERT_EQUAL(fmg_rpc_get(&fixture.rpc, params, 2, &fixture.host.failure), HECTOR_OK);
        CU_ASSERT_EQUAL(params[1].code, RPC_OK);
        CU_ASSERT_EQUAL(json_count(params[1].data), 1);
        CU_ASSERT_TRUE(params[1].fields_dropped);
        CU_ASSERT_FALSE(params[0].fields_dropped);
        fmg_rpc_release(params, 2);
        rpc_fixture_close(&fixture);
        CU_ASSERT_EQUAL(fixture.record.count, 4 + probes); /* login, with, without, logout */
        (void)snprintf(expected, sizeof(expected),
                       "{\"id\":%zu,\"method\":\"get\",\"params\":[{\"url\":\"/picky\","
                       "\"a\":1}],\"verbose\":1,\"session\":\"S1\"}",
                       3 + probes);
        CU_ASSERT_STRING_EQUAL(rpc_record_body(&fixture.record, 2 + probes), expected);
        CU_ASSERT_EQUAL(server.logins, 1);
        rpc_fixture_end(&fixture);
    }
}

static void test_url_refused_with_and_without_fields(void)
{
    struct rpc_param params[] = {{.url = "/sys/status"},
                                 {.url = "/closed", .fields = "[\"name\"]"}};
    struct server server = {0};
    struct rpc_fixture fixture;

    begin_server(&fixture, &server, true);
    CU_ASSERT_EQUAL(fmg_rpc_get(&fixture.rpc, params, 2, &fixture.host.failure), HECTOR_OK);
    CU_ASSERT_EQUAL(params[0].code, RPC_OK);
    CU_ASSERT_EQUAL(params[1].code, RPC_NO_PERMISSION);
    CU_ASSERT_PTR_NULL(params[1].data);
    fmg_rpc_release(params, 2);
    rpc_fixture_close(&fixture);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture, "\"/closed\""), 2);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture, "\"fields\""), 1);
    rpc_fixture_end(&fixture);
}

/* -1 is a passing error: only the URL with that code is repeated. */
static void test_runtime_error_passes(void)
{
    struct server server = {.flaky = 2};
    struct rpc_fixture fixture;
    int32_t codes[2];

    begin_server(&fixture, &server, false);
    CU_ASSERT_EQUAL(ask(&fixture, "/sys/status", "/flaky", codes), HECTOR_OK);
    CU_ASSERT_EQUAL(codes[0], RPC_OK);
    CU_ASSERT_EQUAL(codes[1], RPC_OK);
    CU_ASSERT_EQUAL(fixture.host.operation.repeats, 2);
    rpc_fixture_close(&fixture);
    CU_ASSERT_EQUAL(fixture.record.count, 3);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture, "\"/sys/status\""), 1);
    rpc_fixture_end(&fixture);
}

static void test_runtime_error_stays(void)
{
    struct server server = {.flaky = 100};
    struct rpc_fixture fixture;
    int32_t codes[2];

    begin_server(&fixture, &server, false);
    CU_ASSERT_EQUAL(ask(&fixture, "/sys/status", "/flaky", codes), HECTOR_OK);
    CU_ASSERT_EQUAL(codes[0], RPC_OK);
    CU_ASSERT_EQUAL(codes[1], RPC_RUNTIME);
    rpc_fixture_close(&fixture);
    CU_ASSERT_EQUAL(fixture.record.count, 3);
    rpc_fixture_end(&fixture);
}

/* The deadline ends a pause. */
static void test_deadline_in_a_pause(void)
{
    struct server server = {.refuse_first = -1};
    struct rpc_fixture fixture;

    begin_server(&fixture, &server, false);
    fixture.host.limits.refused_pause_ms = 60000;
    fixture.host.operation.deadline_ms = clock_ms() + 2000;
    CU_ASSERT_EQUAL(ask(&fixture, "/sys/status", NULL, NULL), HECTOR_LIMIT);
    CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&fixture), "deadline_passed");
    rpc_fixture_close(&fixture);
    CU_ASSERT_EQUAL(fixture.record.count, 1);
    rpc_fixture_end(&fixture);
}

static CU_TestInfo session_tests[] = {
    {"a dead session", test_dead_session},
    {"a session that dies again and again", test_session_that_dies_again},
    {"a password refused later", test_password_refused_later},
    {"logins that break", test_logins_that_break},
    {"a login that reads nothing", test_login_that_reads_nothing},
    {"no session stays open", test_no_session_stays_open},
    {"a refusal stands", test_session_refusal_stands},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo key_tests[] = {
    {"a refused key", test_key_refused},
    {"a refused key names the address", test_key_refused_names_address},
    {"refused for a moment", test_key_refused_for_a_moment},
    {"one url refused once", test_key_url_refused_once},
    {"a refusal stands", test_key_refusal_stands},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo url_tests[] = {
    {"a field refused", test_field_refused},
    {"refused with and without fields", test_url_refused_with_and_without_fields},
    {"a runtime error passes", test_runtime_error_passes},
    {"a runtime error stays", test_runtime_error_stays},
    {"the deadline ends a pause", test_deadline_in_a_pause},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {
        {.pName = "sessions", .pTests = session_tests},
        {.pName = "keys", .pTests = key_tests},
        {.pName = "urls", .pTests = url_tests},
        CU_SUITE_INFO_NULL,
    };

    return tap_run(suites);
}
