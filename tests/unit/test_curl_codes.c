/*
 * test_curl_codes.c - the message for each code with which libcurl may end a transfer.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The linker redirects three functions of libcurl to this file (--wrap, see Makefile.inc), so that
 * a transfer, the start of libcurl and the reading of headers end with the code that a test wants.
 */
#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>
#include <curl/curl.h>

#include "lib/http_fixture.h"
#include "lib/tap.h"

CURLMsg *__real_curl_multi_info_read(CURLM *multi, int *left);
CURLMsg *__wrap_curl_multi_info_read(CURLM *multi, int *left);

CURLcode __real_curl_global_init(long flags);
CURLcode __wrap_curl_global_init(long flags);

CURLHcode __wrap_curl_easy_header(CURL *easy, const char *name, size_t index, unsigned int origin,
                                  int request, struct curl_header **ret);
CURLHcode __real_curl_easy_header(CURL *easy, const char *name, size_t index, unsigned int origin,
                                  int request, struct curl_header **ret);

static CURLcode wanted, wanted_start;
static bool without_headers;

CURLHcode __wrap_curl_easy_header(CURL *easy, const char *name, size_t index, unsigned int origin,
                                  int request, struct curl_header **ret)
{
    return without_headers ? CURLHE_NOT_BUILT_IN
                           : __real_curl_easy_header(easy, name, index, origin, request, ret);
}

CURLcode __wrap_curl_global_init(long flags)
{
    return wanted_start == CURLE_OK ? __real_curl_global_init(flags) : wanted_start;
}

CURLMsg *__wrap_curl_multi_info_read(CURLM *multi, int *left)
{
    CURLMsg *message = __real_curl_multi_info_read(multi, left);

    if (message != NULL) {
        message->data.result = wanted;
    }
    return message;
}

/* Sends one request that ends with this code; the failure is in the fixture. */
static int32_t end_with(struct http_fixture *fixture, int code)
{
    static const struct peer_answer GOOD[] = {{.text = ANSWER_JSON(2, "{}")}, {.text = NULL}};

    wanted = (CURLcode)code;
    http_fixture_begin(fixture, &(struct peer_script){.answers = GOOD});
    fixture->limits.attempts = 1;
    return http_fixture_get(fixture);
}

/* Must run first, before libcurl has been started. */
static void test_start_again(void)
{
    struct http_fixture fixture;

    wanted_start = CURLE_OUT_OF_MEMORY;
    CU_ASSERT_EQUAL(end_with(&fixture, CURLE_OK), HECTOR_INTERNAL);
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.failure.message, "libcurl does not start"));
    http_fixture_end(&fixture);
    wanted_start = CURLE_OK;
    CU_ASSERT_EQUAL(end_with(&fixture, CURLE_OK), HECTOR_OK);
    http_fixture_end(&fixture);
    wanted_start = CURLE_OUT_OF_MEMORY; /* libcurl is not started a second time */
    CU_ASSERT_EQUAL(end_with(&fixture, CURLE_OK), HECTOR_OK);
    http_fixture_end(&fixture);
    wanted_start = CURLE_OK;
}

/* The headers of a reply decide what it comes from: no request without them. */
static void test_without_headers(void)
{
    struct http_fixture fixture;

    without_headers = true;
    CU_ASSERT_EQUAL(end_with(&fixture, CURLE_OK), HECTOR_INTERNAL);
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.failure.message, "without its headers API"));
    http_fixture_end(&fixture);
    without_headers = false;
}

/* Codes of this libcurl, of later ones, and numbers that are no codes. */
static void test_no_code_is_a_defect(void)
{
    for (int code = 1; code < 2 * CURL_LAST; code++) {
        struct http_fixture fixture;
        char number[32];
        int32_t result = end_with(&fixture, code);

        CU_ASSERT_TRUE(result == HECTOR_UNREACHABLE || result == HECTOR_DATA ||
                       result == HECTOR_LIMIT || result == HECTOR_NO_MEMORY ||
                       result == HECTOR_CONFIG);
        CU_ASSERT_STRING_NOT_EQUAL(http_fixture_reason(&fixture), "internal");
        (void)snprintf(number, sizeof(number), "libcurl %d: ", code);
        CU_ASSERT_PTR_NOT_NULL(strstr(fixture.failure.detail, number));
        http_fixture_end(&fixture);
    }
}

static void test_reasons(void)
{
    static const struct {
        int code;
        int32_t cause;
        const char *reason;
    } CASES[] = {
        {CURLE_URL_MALFORMAT, HECTOR_UNREACHABLE, "name_unknown"},
        {CURLE_COULDNT_RESOLVE_HOST, HECTOR_UNREACHABLE, "name_unknown"},
        {CURLE_COULDNT_CONNECT, HECTOR_UNREACHABLE, "connection_failed"},
        {CURLE_SSL_CONNECT_ERROR, HECTOR_UNREACHABLE, "tls_failed"},
        {CURLE_SSL_CLIENTCERT, HECTOR_UNREACHABLE, "tls_failed"},
        {CURLE_SSL_PINNEDPUBKEYNOTMATCH, HECTOR_UNREACHABLE, "tls_pin_mismatch"},
        {CURLE_SSL_CACERT_BADFILE, HECTOR_CONFIG, "tls_settings"},
        {CURLE_RECV_ERROR, HECTOR_UNREACHABLE, "connection_broken"},
        {CURLE_HTTP2_STREAM, HECTOR_UNREACHABLE, "connection_broken"},
        {CURLE_BAD_CONTENT_ENCODING, HECTOR_DATA, "reply_unreadable"},
        {CURLE_BAD_FUNCTION_ARGUMENT, HECTOR_DATA, "reply_unreadable"},
        {CURLE_FILESIZE_EXCEEDED, HECTOR_LIMIT, "reply_too_large"},
        {100 /* CURLE_TOO_LARGE, since libcurl 8.6 */, HECTOR_LIMIT, "reply_too_large"},
        {CURLE_OUT_OF_MEMORY, HECTOR_NO_MEMORY, "no_memory"},
        {4711, HECTOR_UNREACHABLE, "connection_broken"},
    };

    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        struct http_fixture fixture;

        CU_ASSERT_EQUAL(end_with(&fixture, CASES[i].code), CASES[i].cause);
        CU_ASSERT_STRING_EQUAL(http_fixture_reason(&fixture), CASES[i].reason);
        http_fixture_end(&fixture);
    }
}

static CU_TestInfo code_tests[] = {
    {"a start that failed is not for ever", test_start_again},
    {"a libcurl without its headers API", test_without_headers},
    {"no code is called a defect", test_no_code_is_a_defect},
    {"the reason of a code", test_reasons},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {
        {.pName = "libcurl's codes", .pTests = code_tests},
        CU_SUITE_INFO_NULL,
    };

    return tap_run(suites);
}
