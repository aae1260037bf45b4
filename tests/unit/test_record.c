/*
 * test_record.c - exchanges as documents: requests and replies without secrets.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "net/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/http_fixture.h"
#include "lib/tap.h"
#include "json/json_read.h"

#define END_OF_SCRIPT                                                                              \
    {                                                                                              \
        NULL, PEER_KEEP, NULL, 0                                                                   \
    }

/* All documents of a fixture, and the joined texts of its replies. */
struct recording {
    struct json_object *documents; /* array */
    struct buffer all, text;
    size_t refuse_at; /* from 1; 0 = none */
};

static int32_t take(void *context, const char *document, size_t size)
{
    struct recording *recording = context;
    struct json_object *json = json_tokener_parse(document);
    const char *text = json_member_text(json, "text");

    CU_ASSERT_TRUE(size <= DOCUMENT_MAX);
    buffer_append(&recording->all, document, size);
    if (text != NULL && strcmp(json_member_text(json, "part"), "reply") == 0) {
        buffer_append_text(&recording->text, text);
    }
    json_object_array_add(recording->documents, json);
    return json_object_array_length(recording->documents) == recording->refuse_at;
}

/* A fixture that records, with two known secrets. `answers` ends with END_OF_SCRIPT. */
static void begin(struct http_fixture *fixture, struct recording *recording,
                  const struct peer_answer *answers)
{
    http_fixture_begin(fixture, &(struct peer_script){.answers = answers});
    *recording = (struct recording){
        .documents = json_object_new_array(), .all = BUFFER(MIB(8)), .text = BUFFER(MIB(8))};
    fixture->operation.host.context = recording;
    fixture->operation.host.emit = take;
    fixture->operation.host.progress = NULL;
    fixture->operation.host.cancelled = NULL;
    fixture->operation.record = true;
    secrets_add(&fixture->operation.secrets, "top-secret");
    secrets_add(&fixture->operation.secrets, "pass\"word");
}

static void end(struct http_fixture *fixture, struct recording *recording)
{
    CU_ASSERT_PTR_NULL(strstr(buffer_text(&recording->all), "top-secret"));
    http_fixture_end(fixture);
    json_object_put(recording->documents);
    buffer_release(&recording->all);
    buffer_release(&recording->text);
}

/* One member of a document, as text; "" = absent. */
static const char *member(const struct recording *recording, size_t i, const char *name)
{
    struct json_object *value = NULL;

    (void)json_object_object_get_ex(json_element(recording->documents, i), name, &value);
    return value != NULL ? json_object_get_string(value) : "";
}

static void test_both_parts(void)
{
    const struct peer_answer answers[] = {
        {.text = ANSWER_JSON(31, "{\"a\": [1, 2.5, null, \"\\u00e9\"]}")}, END_OF_SCRIPT};
    struct http_fixture fixture;
    struct recording recording;

    begin(&fixture, &recording, answers);
    CU_ASSERT_EQUAL(
        http_fixture_ask(&fixture, &(struct http_request){.path = "/jsonrpc?x=top-secret",
                                                          .body = "{\"b\":\"top-secret\"}"}),
        HECTOR_OK);
    CU_ASSERT_EQUAL(json_count(recording.documents), 2);
    CU_ASSERT_STRING_EQUAL(member(&recording, 0, "kind"), "exchange");
    CU_ASSERT_STRING_EQUAL(member(&recording, 0, "exchange"), "1");
    CU_ASSERT_STRING_EQUAL(member(&recording, 0, "part"), "request");
    CU_ASSERT_STRING_EQUAL(member(&recording, 0, "method"), "POST");
    CU_ASSERT_STRING_EQUAL(member(&recording, 0, "path"), "/jsonrpc?x=***");
    CU_ASSERT_STRING_EQUAL(member(&recording, 0, "text"), "{\"b\":\"***\"}");
    CU_ASSERT_STRING_EQUAL(member(&recording, 1, "part"), "reply");
    CU_ASSERT_STRING_EQUAL(member(&recording, 1, "outcome"), "ok");
    CU_ASSERT_STRING_EQUAL(member(&recording, 1, "status"), "200");
    CU_ASSERT_STRING_EQUAL(member(&recording, 1, "content_type"), "application/json");
    CU_ASSERT_STRING_EQUAL(member(&recording, 1, "body"), "json");
    CU_ASSERT_STRING_EQUAL(member(&recording, 1, "text"), "{\"a\":[1,2.5,null,\"\xC3\xA9\"]}");
    CU_ASSERT_STRING_EQUAL(member(&recording, 1, "more"), "false");
    end(&fixture, &recording);
}

/* As the value of any member, inside JSON text, as a member's name; and values whose name implies a
 * secret. */
static void test_secrets(void)
{
#define BODY                                                                                       \
    "{\"top-secret\":1,\"x\":\"a top-secret b pass\\\"word\",\"session\":\"abc\","                 \
    "\"adm_pass\":[\"ENC\",\"xyz\"],\"psk\":null,\"login-passwd\":7,\"quarantine_access_code\":"   \
    "\"Q1\",\"sim1-pin\":1234,"                                                                    \
    "\"mapping\":1,\"auth\":[\"ENC\",\"xyz\"],\"blob\":\"ENC xyz\",\"cookie\":\"xyz\","            \
    "\"pem\":\"-----BEGIN RSA PRIVATE KEY-----xyz\","                                              \
    "\"data\":\"{\\\"psksecret\\\":\\\"hidden\\\",\\\"y\\\":\\\""                                  \
    "top-secret\\\",\\\"z\\\":\\\"{\\\\\\\"psk\\\\\\\":\\\\\\\"hidden\\\\\\\",\\\\\\\"v\\\\\\\":"  \
    "1}"                                                                                           \
    "\\\"}\"}"
    const struct peer_answer answers[] = {
        {.text = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" BODY,
         .after = PEER_CLOSE},
        END_OF_SCRIPT};
    struct http_fixture fixture;
    struct recording recording;

    begin(&fixture, &recording, answers);
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(
        buffer_text(&recording.text),
        "{\"***\":\"***\",\"x\":\"a *** b "
        "***\",\"session\":\"***\",\"adm_pass\":\"***\",\"psk\":null,"
        "\"login-passwd\":\"***\",\"quarantine_access_code\":\"***\",\"sim1-pin\":\"***\","
        "\"mapping\":1,\"auth\":\"***\","
        "\"blob\":\"***\",\"cookie\":\"***\",\"pem\":\"***\",\"data\":\"{\\\"psksecret\\\":\\\"***"
        "\\\",\\\"y\\\":\\\"***\\\",\\\"z\\\":\\\"{\\\\\\\"psk\\\\\\\":\\\\\\\"***\\\\\\\","
        "\\\\\\\"v\\\\\\\":1}\\\"}\"}");
    end(&fixture, &recording);
#undef BODY
}

/* An encrypted text is a secret wherever it stands: also in a list, behind what is none. */
static void test_secrets_in_lists(void)
{
#define BODY "{\"a\":[\"x\",\"ENC abc\",[\"ENC\",\"def\"]]}"
    const struct peer_answer answers[] = {
        {.text = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" BODY,
         .after = PEER_CLOSE},
        END_OF_SCRIPT};
    struct http_fixture fixture;
    struct recording recording;

    begin(&fixture, &recording, answers);
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(buffer_text(&recording.text), "{\"a\":[\"x\",\"***\",\"***\"]}");
    end(&fixture, &recording);
#undef BODY
}

static void test_no_json(void)
{
    const struct peer_answer answers[] = {
        {.text = "HTTP/1.1 401 Unauthorized\r\nContent-Type: text/html\r\n"
                 "WWW-Authenticate: Basic realm=\"fgt-paris\"\r\nRetry-After: 60\r\n"
                 "Content-Length: 24\r\n\r\n"
                 "<html>fgt-paris</html>  "},
        {.text = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"a\":\"top"},
        END_OF_SCRIPT};
    struct http_fixture fixture;
    struct recording recording;

    begin(&fixture, &recording, answers);
    fixture.limits.attempts = 1;
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(member(&recording, 1, "status"), "401");
    CU_ASSERT_STRING_EQUAL(member(&recording, 1, "www_authenticate"), "Basic");
    CU_ASSERT_STRING_EQUAL(member(&recording, 1, "www_authenticates"), "1");
    CU_ASSERT_STRING_EQUAL(member(&recording, 1, "retry_after_s"), "60");
    CU_ASSERT_STRING_EQUAL(member(&recording, 1, "body"), "html");
    CU_ASSERT_STRING_EQUAL(member(&recording, 1, "bytes"), "24");
    CU_ASSERT_STRING_EQUAL(member(&recording, 1, "text"), "");
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(member(&recording, 3, "exchange"), "2");
    CU_ASSERT_STRING_EQUAL(member(&recording, 3, "body"), "truncated");
    CU_ASSERT_PTR_NULL(strstr(buffer_text(&recording.all), "fgt-paris"));
    end(&fixture, &recording);
}

/* Each attempt is an exchange, also one without a reply. */
static void test_attempts(void)
{
    const struct peer_answer answers[] = {
        {.after = PEER_CLOSE}, {.text = ANSWER_JSON(2, "{}")}, END_OF_SCRIPT};
    struct http_fixture fixture;
    struct recording recording;

    begin(&fixture, &recording, answers);
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(json_count(recording.documents), 4);
    CU_ASSERT_STRING_EQUAL(member(&recording, 1, "outcome"), "unreachable");
    CU_ASSERT_STRING_EQUAL(member(&recording, 1, "status"), "0");
    CU_ASSERT_STRING_EQUAL(member(&recording, 1, "body"), "none");
    CU_ASSERT_STRING_EQUAL(member(&recording, 3, "outcome"), "ok");
    end(&fixture, &recording);
}

/* The headers up to the one that ends the transfer are those of the reply. */
static void test_too_large(void)
{
    const struct peer_answer answers[] = {
        {.text =
             "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 999999999\r\n\r\n["},
        END_OF_SCRIPT};
    struct http_fixture fixture;
    struct recording recording;

    begin(&fixture, &recording, answers);
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_LIMIT);
    CU_ASSERT_STRING_EQUAL(member(&recording, 1, "outcome"), "limit");
    CU_ASSERT_STRING_EQUAL(member(&recording, 1, "body"), "none");
    CU_ASSERT_STRING_EQUAL(member(&recording, 1, "content_type"), "text/html");
    end(&fixture, &recording);
}

/* Longer than a document may be: in pieces that split no character. */
static void test_pieces(void)
{
    struct peer_answer answers[2] = {{0}};
    struct buffer answer = BUFFER(MIB(1)), body = BUFFER(MIB(1));
    struct http_fixture fixture;
    struct recording recording;

    buffer_append_text(&body, "{\"a\":\"x");
    while (body.size < KIB(200)) {
        buffer_append_text(&body, "\xC3\xA9\\\"");
    }
    buffer_append_text(&body, "\"}");
    buffer_printf(&answer, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n", body.size);
    buffer_append(&answer, body.data, body.size);
    answers[0].text = answer.data;
    begin(&fixture, &recording, answers);
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_OK);
    CU_ASSERT_TRUE(json_count(recording.documents) > 2);
    CU_ASSERT_STRING_EQUAL(member(&recording, 1, "more"), "true");
    CU_ASSERT_STRING_EQUAL(member(&recording, 2, "exchange"), "1");
    CU_ASSERT_STRING_EQUAL(member(&recording, 2, "part"), "reply");
    CU_ASSERT_STRING_EQUAL(member(&recording, json_count(recording.documents) - 1, "more"),
                           "false");
    CU_ASSERT_STRING_EQUAL(buffer_text(&recording.text), body.data);
    end(&fixture, &recording);
    buffer_release(&answer);
    buffer_release(&body);
}

static void test_refused(void)
{
    const struct peer_answer answers[] = {{.text = ANSWER_JSON(2, "{}")}, END_OF_SCRIPT};
    struct http_fixture fixture;
    struct recording recording;

    for (size_t refused = 1; refused <= 2; refused++) {
        begin(&fixture, &recording, answers);
        recording.refuse_at = refused;
        CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_HOST);
        CU_ASSERT_EQUAL(json_count(recording.documents), refused);
        end(&fixture, &recording);
    }
}

static void test_only_if_asked(void)
{
    const struct peer_answer answers[] = {{.text = ANSWER_JSON(2, "{}")}, END_OF_SCRIPT};
    struct http_fixture fixture;
    struct recording recording;

    begin(&fixture, &recording, answers);
    fixture.operation.record = false;
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(json_count(recording.documents), 0);
    end(&fixture, &recording);
}

static int32_t take_row(void *context, struct json_object *row, struct failure *failure)
{
    (void)context;
    (void)row;
    (void)failure;
    return HECTOR_OK;
}

static void restart_rows(void *context)
{
    (void)context;
}

/* The rows are recorded, although the caller does not get them in the tree. */
static void test_rows(void)
{
    static const char *const NAMES[] = {"result", "results", NULL};
    const struct http_rows rows = {NAMES, take_row, restart_rows, NULL};
    const struct peer_answer answers[] = {
        {.text = ANSWER_JSON(42, "{\"results\":[{\"a\":1},{\"token\":\"x\"}],\"b\":{}}")},
        END_OF_SCRIPT};
    struct http_fixture fixture;
    struct recording recording;

    begin(&fixture, &recording, answers);
    CU_ASSERT_EQUAL(http_fixture_ask(&fixture, &(struct http_request){.path = "/", .rows = &rows}),
                    HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(buffer_text(&recording.text),
                           "{\"results\":[{\"a\":1},{\"token\":\"***\"}],\"b\":{}}");
    CU_ASSERT_STRING_EQUAL(member(&recording, 1, "rows"), "2");
    CU_ASSERT_EQUAL(json_count(json_member_array(fixture.reply.json, "results")), 0);
    end(&fixture, &recording);
}

static CU_TestInfo tests[] = {
    {"a request and its reply", test_both_parts},
    {"no secret", test_secrets},
    {"no secret in a list", test_secrets_in_lists},
    {"a body that is no JSON", test_no_json},
    {"each attempt", test_attempts},
    {"a reply that is too large", test_too_large},
    {"in pieces", test_pieces},
    {"a host that refuses", test_refused},
    {"only if asked for", test_only_if_asked},
    {"rows", test_rows},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "record", .pTests = tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
