/*
 * test_json_write.c - JSON written into a buffer, and read back by the guard.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "json/json_write.h"

#include <string.h>

#include <CUnit/CUnit.h>

#include "base/limits.h"
#include "hector/integration.h"
#include "lib/tap.h"
#include "json/json_guard.h"
#include "json/json_read.h"

static void test_document(void)
{
    struct buffer out = BUFFER(1000);

    json_write_object(&out, NULL);
    json_write_string(&out, "kind", "x");
    json_write_integer(&out, "low", INT64_MIN);
    json_write_integer(&out, "high", INT64_MAX);
    json_write_boolean(&out, "yes", true);
    json_write_boolean(&out, "no", false);
    json_write_array(&out, "empty");
    json_write_array_end(&out);
    json_write_array(&out, "list");
    json_write_integer(&out, NULL, 1);
    json_write_string(&out, NULL, "two");
    json_write_object(&out, NULL);
    json_write_object_end(&out);
    json_write_object(&out, NULL);
    json_write_string_n(&out, "cut", "abcdef", 3);
    json_write_object_end(&out);
    json_write_array_end(&out);
    json_write_json(&out, "ready", "{\"a\":null}");
    json_write_boolean(&out, "last", true);
    json_write_object_end(&out);
    CU_ASSERT_EQUAL(out.state, BUFFER_OK);
    CU_ASSERT_STRING_EQUAL(
        buffer_text(&out),
        "{\"kind\":\"x\",\"low\":-9223372036854775808,\"high\":9223372036854775807,\"yes\":true,"
        "\"no\":false,\"empty\":[],\"list\":[1,\"two\",{},{\"cut\":\"abc\"}],"
        "\"ready\":{\"a\":null},\"last\":true}");
    buffer_release(&out);
}

/* A text that ends with an opening bracket still gets its comma. */
static void test_commas(void)
{
    struct buffer out = BUFFER(1000);

    json_write_array(&out, NULL);
    json_write_string(&out, NULL, "{");
    json_write_string(&out, NULL, "[");
    json_write_string(&out, NULL, ":");
    json_write_string(&out, NULL, "");
    json_write_array_end(&out);
    CU_ASSERT_STRING_EQUAL(buffer_text(&out), "[\"{\",\"[\",\":\",\"\"]");
    buffer_release(&out);
}

/* A text as an array of its lines; a failed buffer is passed on. */
static void test_lines(void)
{
    static const char *const rows[][2] = {
        {"", "[[]]"},
        {"a", "[[\"a\"]]"},
        {"a\n  \"b\"\n\nc\n", "[[\"a\",\"  \\\"b\\\"\",\"\",\"c\"]]"}};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buffer out = BUFFER(100), text = BUFFER(100);

        buffer_append_text(&text, rows[i][0]);
        json_write_array(&out, NULL);
        json_write_lines(&out, NULL, &text);
        json_write_array_end(&out);
        CU_ASSERT_STRING_EQUAL(buffer_text(&out), rows[i][1]);
        CU_ASSERT_EQUAL(out.state, BUFFER_OK);
        text.state = BUFFER_FULL;
        json_write_lines(&out, NULL, &text);
        CU_ASSERT_EQUAL(out.state, BUFFER_FULL);
        buffer_release(&text);
        buffer_release(&out);
    }
}

/* Every byte that a text may hold survives writing and parsing. */
static void test_escapes(void)
{
    struct buffer out = BUFFER(5000);
    struct json_object *tree = NULL;
    char text[200];
    size_t size = 0;
    bool repaired = true;

    for (int c = 1; c < 0x80; c++) {
        text[size++] = (char)c;
    }
    memcpy(text + size, "\xC3\xA9\xF0\x9F\x98\x80", 7);
    json_write_object(&out, NULL);
    json_write_string(&out, "a\"\\\n", text);
    json_write_object_end(&out);
    CU_ASSERT_PTR_NULL(memchr(out.data, '\n', out.size));
    CU_ASSERT_EQUAL(json_guard_parse(out.data, out.size, MIB(1), &tree, &repaired), JSON_OK);
    CU_ASSERT_FALSE(repaired);
    CU_ASSERT_STRING_EQUAL(json_member_text(tree, "a\"\\\n"), text);
    json_object_put(tree);
    buffer_release(&out);
}

static void test_maximum(void)
{
    struct buffer out = BUFFER(20);

    json_write_object(&out, NULL);
    for (int i = 0; i < 10; i++) {
        json_write_integer(&out, "number", i);
    }
    json_write_object_end(&out);
    CU_ASSERT_EQUAL(out.state, BUFFER_FULL);
    CU_ASSERT_TRUE(out.size <= 20);
    buffer_release(&out);
}

static CU_TestInfo tests[] = {
    {"a document", test_document}, {"commas", test_commas},       {"lines", test_lines},
    {"escapes", test_escapes},     {"the maximum", test_maximum}, CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "json_write", .pTests = tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
