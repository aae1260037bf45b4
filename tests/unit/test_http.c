/*
 * test_http.c - requests, replies, limits and repeats of struct http, against a scripted peer.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "net/http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <CUnit/CUnit.h>

#include "lib/http_fixture.h"
#include "lib/loopback.h"
#include "lib/tap.h"
#include "json/json_read.h"

#define END_OF_SCRIPT                                                                              \
    {                                                                                              \
        NULL, PEER_KEEP, NULL, 0                                                                   \
    }

/* Begins a fixture whose peer sends these answers. */
#define BEGIN(fixture, ...)                                                                        \
    const struct peer_answer answers[] = {__VA_ARGS__, END_OF_SCRIPT};                             \
    http_fixture_begin(fixture, &(struct peer_script){.answers = answers})

/* The number of times that the peer's log contains a text. */
static int count_of(const char *text, const char *part)
{
    int count = 0;

    for (const char *found = strstr(text, part); found != NULL;
         found = strstr(found + strlen(part), part)) {
        count++;
    }
    return count;
}

/* ---- requests and replies */

static void test_json_reply(void)
{
    struct http_fixture fixture;
    int64_t number = 0;

    BEGIN(&fixture, {.text = ANSWER_JSON(10, "{\"a\": 42 }")});
    CU_ASSERT_EQUAL(http_fixture_post(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(fixture.reply.status, 200);
    CU_ASSERT_EQUAL(fixture.reply.fault, JSON_OK);
    CU_ASSERT_FALSE(fixture.reply.repaired);
    CU_ASSERT_EQUAL(fixture.operation.repaired, 0);
    CU_ASSERT_STRING_EQUAL(fixture.reply.content_type, "application/json");
    CU_ASSERT_TRUE(json_member_integer(fixture.reply.json, "a", &number) && number == 42);
    CU_ASSERT_EQUAL(fixture.operation.requests, 1);
    CU_ASSERT_EQUAL(fixture.operation.repeats, 0);
    CU_ASSERT_TRUE(fixture.operation.bytes > 90 && fixture.operation.bytes < 110);
    http_fixture_end(&fixture);
}

static void test_what_is_sent(void)
{
    struct http_fixture fixture;

    BEGIN(&fixture, {.text = ANSWER_JSON(2, "{}")});
    fixture.policy.user_agent = "hector/1";
    CU_ASSERT_EQUAL(http_fixture_post(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_OK);
    http_fixture_stop_peer(&fixture);
    CU_ASSERT_EQUAL(fixture.record.requests, 2);
    CU_ASSERT_EQUAL(fixture.record.connections, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.record.text, "POST /jsonrpc HTTP/1.1\r\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.record.text, "Authorization: Bearer top-secret\r\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.record.text, "Content-Type: application/json\r\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.record.text, "User-Agent: hector/1\r\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.record.text, "\r\n\r\n{}GET / HTTP/1.1\r\n"));
    CU_ASSERT_EQUAL(count_of(fixture.record.text, "Authorization"), 1);
    CU_ASSERT_EQUAL(count_of(fixture.record.text, "Content-Type"), 1);
    CU_ASSERT_EQUAL(count_of(fixture.record.text, "Expect"), 0);
    CU_ASSERT_EQUAL(count_of(fixture.record.text, "Accept-Encoding"), 0);
    CU_ASSERT_EQUAL(count_of(fixture.record.text, "Cookie"), 0);
    http_fixture_end(&fixture);
}

static void test_large_body_without_expect(void)
{
    struct http_fixture fixture;
    char body[8192] = "";

    memset(body, ' ', sizeof(body) - 1);
    BEGIN(&fixture, {.text = ANSWER_JSON(2, "{}")});
    CU_ASSERT_EQUAL(
        http_fixture_ask(&fixture, &(struct http_request){.path = "/jsonrpc", .body = body}),
        HECTOR_OK);
    http_fixture_end(&fixture);
}

static void test_html(void)
{
    struct http_fixture fixture;

    BEGIN(&fixture, {.text = "HTTP/1.1 404 Not Found\r\nContent-Type: Text/HTML;charset=x\r\n"
                             "WWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 17\r\n\r\n"
                             "\n <!DOCTYPE html>"});
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(fixture.reply.status, 404);
    CU_ASSERT_STRING_EQUAL(fixture.reply.content_type, "text/html");
    CU_ASSERT_EQUAL(fixture.reply.fault, JSON_SYNTAX);
    CU_ASSERT_PTR_NULL(fixture.reply.json);
    CU_ASSERT_TRUE(fixture.reply.html);
    http_fixture_end(&fixture);
}

/* An overlong content type is dropped, never cut. */
static void test_content_type_too_long(void)
{
    struct http_fixture fixture;

    BEGIN(&fixture, {.text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: "
                             "application/0123456789012345678901234567890123456789012345678901;x=1"
                             "\r\n\r\n{}"});
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(fixture.reply.content_type, "");
    http_fixture_end(&fixture);
}

static void test_gzip_is_no_json(void)
{
    struct http_fixture fixture;

    BEGIN(&fixture, {.text = "HTTP/1.1 200 OK\r\nContent-Encoding: GZIP\r\n"
                             "Content-Length: 5\r\n\r\n\x1f\x8b\x08\x01\x01"});
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_OK);
    CU_ASSERT_PTR_NULL(fixture.reply.json);
    CU_ASSERT_EQUAL(fixture.reply.fault, JSON_SYNTAX);
    CU_ASSERT_EQUAL(fixture.operation.requests, 1);
    http_fixture_end(&fixture);
}

static void test_repaired(void)
{
    struct http_fixture fixture;

    BEGIN(&fixture, {.text = ANSWER_JSON(9, "{\"a\":\"\xff\"}")});
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_OK);
    CU_ASSERT_TRUE(fixture.reply.repaired);
    CU_ASSERT_EQUAL(fixture.operation.repaired, 1);
    CU_ASSERT_STRING_EQUAL(json_member_text(fixture.reply.json, "a"), "\xEF\xBF\xBD");
    http_fixture_end(&fixture);
}

static void test_interim_reply(void)
{
    struct http_fixture fixture;

    BEGIN(&fixture,
          {.text =
               "HTTP/1.1 103 Early Hints\r\nContent-Encoding: gzip\r\n\r\n" ANSWER_JSON(2, "{}")});
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(fixture.reply.status, 200);
    CU_ASSERT_EQUAL(fixture.reply.fault, JSON_OK);
    http_fixture_end(&fixture);
}

/* The second peer must receive nothing, above all no credential. */
static void test_redirect_is_not_followed(void)
{
    const struct peer_answer other[] = {{.text = ANSWER_JSON(2, "{}")}, END_OF_SCRIPT};
    struct http_peer *second = http_peer_start(&(struct peer_script){.answers = other});
    struct peer_record record;
    struct http_fixture fixture;
    char redirect[256];

    (void)snprintf(redirect, sizeof(redirect),
                   "HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:%u/x\r\n"
                   "Content-Length: 0\r\n\r\n",
                   (unsigned)http_peer_port(second));
    BEGIN(&fixture, {.text = redirect});
    CU_ASSERT_EQUAL(http_fixture_post(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(fixture.reply.status, 301);
    http_peer_stop(second, &record);
    CU_ASSERT_EQUAL(record.connections, 0);
    http_fixture_end(&fixture);
}

/* ---- limits */

static void test_body_too_large(void)
{
    const struct peer_answer answers[][2] = {
        {{.text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
          .again = "10\r\n\"0123456789ABC\",\r\n"},
         END_OF_SCRIPT},
        {{.text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n[\r\n",
          .again = "10\r\n\"0123456789ABC\",\r\n"},
         END_OF_SCRIPT},
        {{.text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n[\r\n",
          .again = "9\r\n{},{},{},\r\n"},
         END_OF_SCRIPT},
        {{.text = "HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n["}, END_OF_SCRIPT},
        {{.text = "HTTP/1.1 200 OK\r\n\r\n<html>", .again = "and more and more"}, END_OF_SCRIPT},
        {{.text = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", .again = "more and more"},
         END_OF_SCRIPT},
    };

    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
        struct http_fixture fixture;

        http_fixture_begin(&fixture, &(struct peer_script){.answers = answers[i]});
        CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_LIMIT);
        CU_ASSERT_STRING_EQUAL(http_fixture_reason(&fixture), "reply_too_large");
        CU_ASSERT_EQUAL(fixture.operation.requests, 1);
        CU_ASSERT_TRUE(fixture.operation.bytes < KIB(400));
        http_fixture_end(&fixture);
    }
}

static void test_header_flood(void)
{
    const struct peer_answer answers[][2] = {
        {{.text = "HTTP/1.1 200 OK\r\n", .again = "X-Flood: 0123456789012345\r\n"}, END_OF_SCRIPT},
        {{.text = "HTTP/1.1 200 OK\r\nX-Flood: ", .again = "0123456789"}, END_OF_SCRIPT},
        {{.text = "", .again = "HTTP/1.1 100 Continue\r\n\r\n"}, END_OF_SCRIPT},
        {{.text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n",
          .again = "X-Trailer: 0123456789012345\r\n"},
         END_OF_SCRIPT},
    };

    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
        struct http_fixture fixture;

        http_fixture_begin(&fixture, &(struct peer_script){.answers = answers[i]});
        CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_LIMIT);
        CU_ASSERT_STRING_EQUAL(http_fixture_reason(&fixture), "reply_too_large");
        CU_ASSERT_EQUAL(fixture.operation.requests, 1);
        http_fixture_end(&fixture);
    }
}

/* Trailers are ignored, whatever their names. */
static void test_trailers(void)
{
    struct http_fixture fixture;

    BEGIN(&fixture, {.text = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                             "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n"
                             "Content-Encoding: gzip\r\nContent-Type: text/html\r\n\r\n"});
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(fixture.reply.fault, JSON_OK);
    CU_ASSERT_STRING_EQUAL(fixture.reply.content_type, "application/json");
    CU_ASSERT_EQUAL(fixture.operation.requests, 1);
    http_fixture_end(&fixture);
}

/* ---- failures and repeats */

static void test_refused_connection(void)
{
    struct http_fixture fixture;

    http_fixture_begin(&fixture, NULL);
    fixture.policy.address.port = loopback_closed_port();
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_UNREACHABLE);
    CU_ASSERT_STRING_EQUAL(http_fixture_reason(&fixture), "connection_refused");
    CU_ASSERT_EQUAL(fixture.operation.requests, 3);
    CU_ASSERT_EQUAL(fixture.operation.repeats, 2);
    CU_ASSERT_EQUAL(http_fixture_post_once(&fixture), HECTOR_UNREACHABLE);
    CU_ASSERT_EQUAL(fixture.operation.requests, 4);
    http_fixture_end(&fixture);
}

/* A label of 64 bytes: the resolver refuses it without a query. */
static void test_name_unknown(void)
{
    struct http_fixture fixture;

    http_fixture_begin(&fixture, NULL);
    fixture.policy.address = (struct address){.https = true, .port = 443};
    memset(fixture.policy.address.host, 'a', 64);
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_UNREACHABLE);
    CU_ASSERT_STRING_EQUAL(http_fixture_reason(&fixture), "name_unknown");
    CU_ASSERT_EQUAL(fixture.operation.requests, 1);
    http_fixture_end(&fixture);
}

static void test_broken_connection(void)
{
    const char *broken[] = {
        "",
        "HTTP/1.1 200 OK\r\nContent-",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "\x15\x03\x01", /* a TLS alert, up to its NUL */
    };

    for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
        struct http_fixture fixture;

        BEGIN(&fixture, {.text = broken[i], .after = PEER_CLOSE});
        CU_ASSERT_EQUAL(http_fixture_post(&fixture), HECTOR_UNREACHABLE);
        CU_ASSERT_STRING_EQUAL(http_fixture_reason(&fixture),
                               i > 0 && i < 4 ? "connection_broken" : "plain_http_unanswered");
        CU_ASSERT_PTR_NULL(strstr(fixture.failure.detail, "top-secret"));
        CU_ASSERT_EQUAL(fixture.operation.requests, 3);
        http_fixture_end(&fixture);
    }
}

static void test_broken_then_good(void)
{
    struct http_fixture fixture;

    BEGIN(&fixture, {.text = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", .after = PEER_CLOSE},
          {.text = ANSWER_JSON(2, "{}")});
    CU_ASSERT_EQUAL(http_fixture_post(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(fixture.operation.repeats, 1);
    CU_ASSERT_EQUAL(fixture.failure.cause, 0); /* a failure that a repeat cured is none */
    http_fixture_end(&fixture);
}

static void test_not_repeatable_is_sent_once(void)
{
    struct http_fixture fixture;

    BEGIN(&fixture, {.text = ANSWER_JSON(2, "{}")}, {.after = PEER_CLOSE},
          {.text = ANSWER_JSON(2, "{}")});
    CU_ASSERT_EQUAL(http_fixture_post_once(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(http_fixture_post_once(&fixture), HECTOR_UNREACHABLE);
    http_fixture_stop_peer(&fixture);
    CU_ASSERT_EQUAL(fixture.record.requests, 2);
    http_fixture_end(&fixture);
}

/* The server has closed the kept connection before the next request: a new one at once, which does
 * not count as a repeat. */
static void test_dead_kept_connection(void)
{
    struct http_fixture fixture;

    BEGIN(&fixture, {.text = ANSWER_JSON(2, "{}")}, {.after = PEER_CLOSE},
          {.text = ANSWER_JSON(2, "{}")});
    fixture.limits.attempts = 1;
    CU_ASSERT_EQUAL(http_fixture_post(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(http_fixture_post(&fixture), HECTOR_OK);
    http_fixture_stop_peer(&fixture);
    CU_ASSERT_EQUAL(fixture.record.connections, 2);
    http_fixture_end(&fixture);
}

/* Any number of times: libcurl itself gives up after five. */
static void test_connections_that_never_last(void)
{
    struct http_fixture fixture;

    BEGIN(&fixture, {.text = ANSWER_JSON(2, "{}")}, {.after = PEER_CLOSE},
          {.text = ANSWER_JSON(2, "{}")}, {.after = PEER_CLOSE}, {.text = ANSWER_JSON(2, "{}")},
          {.after = PEER_CLOSE}, {.text = ANSWER_JSON(2, "{}")}, {.after = PEER_CLOSE},
          {.text = ANSWER_JSON(2, "{}")}, {.after = PEER_CLOSE}, {.text = ANSWER_JSON(2, "{}")},
          {.after = PEER_CLOSE}, {.text = ANSWER_JSON(2, "{}")});
    for (int i = 0; i < 7; i++) {
        CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_OK);
    }
    CU_ASSERT_EQUAL(fixture.operation.repeats, 0);
    http_fixture_stop_peer(&fixture);
    CU_ASSERT_EQUAL(fixture.record.connections, 7);
    http_fixture_end(&fixture);
}

static void test_truncated_json(void)
{
    struct http_fixture fixture;

    BEGIN(&fixture, {.text = ANSWER_JSON(5, "{\"a\":")}, {.text = ANSWER_JSON(2, "{}")});
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(fixture.reply.fault, JSON_OK);
    CU_ASSERT_EQUAL(fixture.operation.repeats, 1);
    http_fixture_end(&fixture);
}

static void test_bad_gateway(void)
{
    struct http_fixture good;
    struct http_fixture bad;

    {
        BEGIN(&good, {.text = ANSWER_STATUS(502, "")}, {.text = ANSWER_STATUS(504, "")},
              {.text = ANSWER_JSON(2, "{}")});
        CU_ASSERT_EQUAL(http_fixture_get(&good), HECTOR_OK);
        CU_ASSERT_EQUAL(good.reply.status, 200);
        CU_ASSERT_EQUAL(good.operation.repeats, 2);
        http_fixture_end(&good);
    }
    {
        BEGIN(&bad, {.text = ANSWER_STATUS(503, "")});
        CU_ASSERT_EQUAL(http_fixture_get(&bad), HECTOR_OK);
        CU_ASSERT_EQUAL(bad.reply.status, 503);
        CU_ASSERT_EQUAL(bad.operation.requests, 3);
        http_fixture_end(&bad);
    }
}

/* Passing faults of a web server: an error without a body, or no data. */
static void test_passing_faults_are_repeated_once(void)
{
    static const char *const PASSING[] = {ANSWER_STATUS(500, ""), ANSWER_STATUS(204, ""),
                                          ANSWER_STATUS(302, "Location: /\r\n"),
                                          ANSWER_STATUS(304, "")};

    for (size_t i = 0; i < sizeof(PASSING) / sizeof(PASSING[0]); i++) {
        struct http_fixture once, stays;

        {
            BEGIN(&once, {.text = PASSING[i]}, {.text = ANSWER_JSON(2, "{}")});
            CU_ASSERT_EQUAL(http_fixture_get(&once), HECTOR_OK);
            CU_ASSERT_EQUAL(once.reply.status, 200);
            CU_ASSERT_EQUAL(once.operation.repeats, 1);
            http_fixture_end(&once);
        }
        {
            BEGIN(&stays, {.text = PASSING[i]}, {.text = PASSING[i]},
                  {.text = ANSWER_JSON(2, "{}")});
            CU_ASSERT_EQUAL(http_fixture_get(&stays), HECTOR_OK);
            CU_ASSERT_NOT_EQUAL(stays.reply.status, 200);
            CU_ASSERT_EQUAL(stays.operation.requests, 2);
            http_fixture_end(&stays);
        }
    }
}

/* ---- rows */

struct row_count {
    int restarts, rows;
    int refuse_at; /* from 1; 0 = never */
};

static int32_t take_row(void *context, struct json_object *row, struct failure *failure)
{
    struct row_count *count = context;

    CU_ASSERT_TRUE(json_object_is_type(row, json_type_object));
    if (++count->rows != count->refuse_at) {
        return HECTOR_OK;
    }
    *failure = (struct failure){.cause = HECTOR_CANCELLED, .reason = REASON_cancelled};
    return HECTOR_CANCELLED;
}

static void restart_rows(void *context)
{
    struct row_count *count = context;

    count->restarts++;
    count->rows = 0;
}

static int32_t get_rows(struct http_fixture *fixture, struct row_count *count)
{
    static const char *const NAMES[] = {"results", NULL};
    const struct http_rows rows = {NAMES, take_row, restart_rows, count};

    return http_fixture_ask(
        fixture, &(struct http_request){.path = "/rows", .rows = &rows, .repeatable = true});
}

#define ROWS_HEAD "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

static void test_rows(void)
{
    struct http_fixture fixture;
    struct row_count count = {0};

    /* The first try ends in the middle: its rows do not count. */
    BEGIN(&fixture, {.text = ANSWER_JSON(22, "{\"results\":[{},{},{}, "), .after = PEER_CLOSE},
          {.text = ANSWER_JSON(29, "{\"results\":[{},{}],\"total\":2}")});
    CU_ASSERT_EQUAL(get_rows(&fixture, &count), HECTOR_OK);
    CU_ASSERT_EQUAL(count.restarts, 2);
    CU_ASSERT_EQUAL(count.rows, 2);
    CU_ASSERT_EQUAL(fixture.reply.rows, 2);
    CU_ASSERT_STRING_EQUAL(json_object_to_json_string_ext(fixture.reply.json, 0),
                           "{\"results\":[],\"total\":2}");
    http_fixture_end(&fixture);
}

/* Far more than reply_max_bytes; the receiver ends it. */
static void test_rows_without_end(void)
{
    struct http_fixture fixture;
    struct row_count count = {.refuse_at = 100000};

    BEGIN(&fixture, {.text = ROWS_HEAD "e\r\n{\"results\":[{}\r\n", .again = "9\r\n,{},{},{}\r\n"});
    CU_ASSERT_EQUAL(get_rows(&fixture, &count), HECTOR_CANCELLED);
    CU_ASSERT_STRING_EQUAL(http_fixture_reason(&fixture), "cancelled");
    CU_ASSERT_EQUAL(count.rows, 100000);
    CU_ASSERT_EQUAL(fixture.operation.requests, 1);
    http_fixture_end(&fixture);
}

/* A reply of another status is one tree, with the limits of one. */
static void test_rows_of_an_error(void)
{
    struct http_fixture fixture;
    struct row_count count = {0};

    BEGIN(&fixture, {.text = "HTTP/1.1 401 No\r\nContent-Length: 16\r\n\r\n{\"results\":[{}]}"});
    CU_ASSERT_EQUAL(get_rows(&fixture, &count), HECTOR_OK);
    CU_ASSERT_EQUAL(count.rows, 0);
    CU_ASSERT_EQUAL(json_count(json_member_array(fixture.reply.json, "results")), 1);
    http_fixture_end(&fixture);
}

static void test_other_statuses_are_not_repeated(void)
{
    static const char *const ANSWERS[] = {
        "HTTP/1.1 500 Error\r\nContent-Length: 2\r\n\r\n{}", /* JSON counts as an answer */
        "HTTP/1.1 302 Found\r\nContent-Length: 6\r\n\r\n<html>", ANSWER_STATUS(401, "")};

    for (size_t i = 0; i < sizeof(ANSWERS) / sizeof(ANSWERS[0]); i++) {
        struct http_fixture fixture;

        BEGIN(&fixture, {.text = ANSWERS[i]});
        CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_OK);
        CU_ASSERT_EQUAL(fixture.operation.requests, 1);
        http_fixture_end(&fixture);
    }
}

/* ---- throttling */

static void test_retry_after_is_honoured(void)
{
    struct http_fixture fixture;
    int64_t start;

    BEGIN(&fixture, {.text = ANSWER_STATUS(429, "Retry-After: 1\r\n")},
          {.text = ANSWER_JSON(2, "{}")});
    start = clock_ms();
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_OK);
    CU_ASSERT_TRUE(clock_ms() - start >= 1000);
    CU_ASSERT_EQUAL(fixture.operation.repeats, 1);
    http_fixture_end(&fixture);
}

static void test_retry_after_too_long(void)
{
    struct http_fixture fixture;

    BEGIN(&fixture, {.text = ANSWER_STATUS(429, "Retry-After: 120\r\n")});
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_THROTTLED);
    CU_ASSERT_STRING_EQUAL(http_fixture_reason(&fixture), "throttled");
    CU_ASSERT_EQUAL(fixture.failure.retry_after_s, 120);
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.failure.message, "120"));
    CU_ASSERT_STRING_EQUAL(fixture.failure.detail, "HTTP 429");
    CU_ASSERT_EQUAL(fixture.operation.requests, 1);
    /* The server throttled us: no repeat follows. */
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_THROTTLED);
    CU_ASSERT_EQUAL(fixture.failure.retry_after_s, 120);
    CU_ASSERT_EQUAL(fixture.operation.requests, 1);
    http_fixture_end(&fixture);
}

/* Not strftime(): HTTP's names are English whatever the locale. */
static void write_date(time_t then, char *out, size_t size)
{
    static const char *const DAYS[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const MONTHS[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct tm tm;

    CU_ASSERT_PTR_NOT_NULL_FATAL(gmtime_r(&then, &tm));
    (void)snprintf(out, size, "%s, %02d %s %d %02d:%02d:%02d GMT", DAYS[tm.tm_wday], tm.tm_mday,
                   MONTHS[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/* The first answer has this status and Retry-After, the second is good. */
static int32_t ask_later(struct http_fixture *fixture, int status, const char *retry_after)
{
    char answer[256];
    int32_t code;

    (void)snprintf(answer, sizeof(answer),
                   "HTTP/1.1 %d Busy\r\nRetry-After: %s\r\nContent-Length: 0\r\n\r\n", status,
                   retry_after);
    BEGIN(fixture, {.text = answer}, {.text = ANSWER_JSON(2, "{}")});
    code = http_fixture_get(fixture);
    http_fixture_stop_peer(fixture); /* the end of its script */
    return code;
}

/* Both statuses, in both notations: a short wait is waited for, a long one reported, a past time
 * means now. */
static void test_retry_after_of_each_kind(void)
{
    static const int STATUSES[] = {429, 503};
    struct http_fixture fixture;
    char date[64];

    for (size_t i = 0; i < 2; i++) {
        CU_ASSERT_EQUAL(ask_later(&fixture, STATUSES[i], "1"), HECTOR_OK);
        CU_ASSERT_EQUAL(fixture.operation.repeats, 1);
        http_fixture_end(&fixture);
        CU_ASSERT_EQUAL(ask_later(&fixture, STATUSES[i], "600"), HECTOR_THROTTLED);
        CU_ASSERT_EQUAL(fixture.failure.retry_after_s, 600);
        CU_ASSERT_EQUAL(fixture.operation.requests, 1);
        http_fixture_end(&fixture);

        write_date(time(NULL) - 600, date, sizeof(date));
        CU_ASSERT_EQUAL(ask_later(&fixture, STATUSES[i], date), HECTOR_OK);
        CU_ASSERT_EQUAL(fixture.operation.repeats, 1);
        http_fixture_end(&fixture);
        write_date(time(NULL) + 1, date, sizeof(date));
        CU_ASSERT_EQUAL(ask_later(&fixture, STATUSES[i], date), HECTOR_OK);
        CU_ASSERT_EQUAL(fixture.operation.repeats, 1);
        http_fixture_end(&fixture);
        write_date(time(NULL) + 600, date, sizeof(date));
        CU_ASSERT_EQUAL(ask_later(&fixture, STATUSES[i], date), HECTOR_THROTTLED);
        CU_ASSERT_TRUE(fixture.failure.retry_after_s >= 500 &&
                       fixture.failure.retry_after_s <= 600);
        CU_ASSERT_EQUAL(fixture.operation.requests, 1);
        http_fixture_end(&fixture);
    }
}

static void test_throttled_for_good(void)
{
    struct http_fixture fixture;

    BEGIN(&fixture, {.text = ANSWER_STATUS(429, "")});
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_THROTTLED);
    CU_ASSERT_EQUAL(fixture.failure.retry_after_s, 0);
    CU_ASSERT_EQUAL(fixture.operation.requests, 3);
    CU_ASSERT_EQUAL(http_fixture_post_once(&fixture), HECTOR_THROTTLED);
    CU_ASSERT_EQUAL(fixture.operation.requests, 4);
    http_fixture_end(&fixture);
}

/* The Retry-After of one reply does not apply to the next. */
static void test_retry_after_is_forgotten(void)
{
    struct http_fixture fixture;

    BEGIN(&fixture, {.text = ANSWER_STATUS(503, "Retry-After: 1\r\n")},
          {.text = ANSWER_STATUS(503, "")});
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(fixture.reply.status, 503);
    http_fixture_end(&fixture);
}

static CU_TestInfo exchange_tests[] = {
    {"a JSON reply", test_json_reply},
    {"what is sent", test_what_is_sent},
    {"a large body goes without Expect", test_large_body_without_expect},
    {"HTML is reported", test_html},
    {"a content type that is none", test_content_type_too_long},
    {"gzip that was not requested", test_gzip_is_no_json},
    {"a repaired string is reported", test_repaired},
    {"an interim reply is skipped", test_interim_reply},
    {"trailers are read over", test_trailers},
    {"a redirect is not followed", test_redirect_is_not_followed},
    {"rows", test_rows},
    {"rows of an error", test_rows_of_an_error},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo limit_tests[] = {
    {"a body beyond the cap", test_body_too_large},
    {"a flood of headers", test_header_flood},
    {"rows without end", test_rows_without_end},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo repeat_tests[] = {
    {"a refused connection", test_refused_connection},
    {"an unknown name", test_name_unknown},
    {"a connection broken", test_broken_connection},
    {"broken, then good", test_broken_then_good},
    {"not repeatable is sent once", test_not_repeatable_is_sent_once},
    {"a kept connection that died", test_dead_kept_connection},
    {"connections that never last", test_connections_that_never_last},
    {"truncated JSON is asked for again", test_truncated_json},
    {"a bad gateway", test_bad_gateway},
    {"passing faults are repeated once", test_passing_faults_are_repeated_once},
    {"other statuses are not repeated", test_other_statuses_are_not_repeated},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo throttle_tests[] = {
    {"Retry-After is honoured", test_retry_after_is_honoured},
    {"Retry-After too long", test_retry_after_too_long},
    {"Retry-After of 429 and 503, in seconds and as a date", test_retry_after_of_each_kind},
    {"throttled for good", test_throttled_for_good},
    {"Retry-After is forgotten", test_retry_after_is_forgotten},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {
        {.pName = "exchange", .pTests = exchange_tests},
        {.pName = "limits", .pTests = limit_tests},
        {.pName = "repeats", .pTests = repeat_tests},
        {.pName = "throttling", .pTests = throttle_tests},
        CU_SUITE_INFO_NULL,
    };

    return tap_run(suites);
}
