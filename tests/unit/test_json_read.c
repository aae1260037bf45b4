/*
 * test_json_read.c - typed reads: what counts as a text, a number, a boolean.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "json/json_read.h"

#include <string.h>

#include <CUnit/CUnit.h>

#include "base/limits.h"
#include "lib/tap.h"
#include "json/json_guard.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct json_object *parse(const char *text)
{
    struct json_object *tree = NULL;

    CU_ASSERT_EQUAL(json_guard_parse(text, strlen(text), MIB(1), &tree, NULL), JSON_OK);
    return tree;
}

static void test_members(void)
{
    struct json_object *tree =
        parse("{\"o\":{\"x\":1},\"a\":[1,2],\"t\":\"text\",\"n\":null,\"i\":7}");
    struct json_object *array = json_member_array(tree, "a");

    CU_ASSERT_PTR_NOT_NULL(json_member(tree, "i"));
    CU_ASSERT_PTR_NULL(json_member(tree, "n"));
    CU_ASSERT_PTR_NULL(json_member(tree, "absent"));
    CU_ASSERT_PTR_NULL(json_member(array, "i"));
    CU_ASSERT_PTR_NULL(json_member(NULL, "i"));
    CU_ASSERT_PTR_NOT_NULL(json_member_object(tree, "o"));
    CU_ASSERT_PTR_NULL(json_member_object(tree, "a"));
    CU_ASSERT_PTR_NULL(json_member_array(tree, "o"));
    CU_ASSERT_STRING_EQUAL(json_member_text(tree, "t"), "text");
    CU_ASSERT_PTR_NULL(json_member_text(tree, "i"));
    CU_ASSERT_PTR_NULL(json_member_text(tree, "n"));
    CU_ASSERT_PTR_NULL(json_text(NULL));
    CU_ASSERT_EQUAL(json_count(array), 2);
    CU_ASSERT_EQUAL(json_count(tree), 0);
    CU_ASSERT_EQUAL(json_count(NULL), 0);
    json_object_put(tree);
}

/* json-c may hold a NUL in a text; no caller could see the rest. */
static void test_nul(void)
{
    struct json_object *text = json_object_new_string_len("a\0b", 3);

    CU_ASSERT_PTR_NULL(json_text(text));
    json_object_put(text);
}

static void test_integers(void)
{
    static const struct {
        const char *text;
        int64_t number;
    } CASES[] = {
        {"0", 0},
        {"-1", -1},
        {"9223372036854775807", INT64_MAX},
        {"-9223372036854775808", INT64_MIN},
        {"3.0", 3},
        {"-2.5e1", -25},
        {"9007199254740992.0", 9007199254740992},
        {"\"42\"", 42},
        {"\"-42\"", -42},
        {"\"007\"", 7},
        {"\"9223372036854775807\"", INT64_MAX},
        {"\"-9223372036854775808\"", INT64_MIN},
    };
    static const char *const BAD[] = {
        "9223372036854775808",
        "18446744073709551615",
        "99999999999999999999999",
        "3.9",
        "1e300",
        "1e999",
        "-1e999",
        "\"\"",
        "\"-\"",
        "\"+1\"",
        "\" 1\"",
        "\"1 \"",
        "\"12abc\"",
        "\"0x10\"",
        "\"1.0\"",
        "\"9223372036854775808\"",
        "\"-9223372036854775809\"",
        "\"99999999999999999999\"",
        "true",
        "null",
        "[]",
        "{}",
    };

    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct json_object *value = parse(CASES[i].text);
        int64_t number = 77;

        CU_ASSERT_TRUE(json_integer(value, &number));
        CU_ASSERT_EQUAL(number, CASES[i].number);
        json_object_put(value);
    }
    for (size_t i = 0; i < COUNT(BAD); i++) {
        struct json_object *value = parse(BAD[i]);
        int64_t number = 77;

        CU_ASSERT_FALSE(json_integer(value, &number));
        CU_ASSERT_EQUAL(number, 77);
        json_object_put(value);
    }
}

static void test_expected(void)
{
    static const char *const YES[] = {"true",       "1",          "1.0",      "\"1\"",
                                      "\"enable\"", "\"ENABLE\"", "\"true\"", "\"Yes\""};
    static const char *const NO[] = {"false", "0",  "2",  "\"0\"", "\"disable\"", "\"enabled\"",
                                     "\"\"",  "[]", "{}", "null",  "\"01\""};
    struct json_object *tree = parse("{\"a\":true}");

    CU_ASSERT_TRUE(json_member_true(tree, "a"));
    CU_ASSERT_FALSE(json_member_true(tree, "b"));
    CU_ASSERT_FALSE(json_member_true(NULL, "a"));
    for (size_t i = 0; i < COUNT(YES); i++) {
        json_object_object_add(tree, "a", parse(YES[i]));
        CU_ASSERT_TRUE(json_member_true(tree, "a"));
    }
    for (size_t i = 0; i < COUNT(NO); i++) {
        json_object_object_add(tree, "a", parse(NO[i]));
        CU_ASSERT_FALSE(json_member_true(tree, "a"));
    }
    json_object_put(tree);
}

static void test_enums(void)
{
    static const char *const NAMES[] = {"down", "up", NULL};
    struct json_object *tree =
        parse("{\"a\":\"UP\",\"b\":0,\"c\":7,\"d\":\"odd\",\"e\":\"1\",\"f\":[]}");

    CU_ASSERT_EQUAL(json_member_enum(tree, "a", NAMES, -1), 1);
    CU_ASSERT_EQUAL(json_member_enum(tree, "b", NAMES, -1), 0);
    CU_ASSERT_EQUAL(json_member_enum(tree, "c", NAMES, -1), 7); /* a number is taken as it is */
    CU_ASSERT_EQUAL(json_member_enum(tree, "d", NAMES, -1), -1);
    CU_ASSERT_EQUAL(json_member_enum(tree, "e", NAMES, -1), 1);
    CU_ASSERT_EQUAL(json_member_enum(tree, "f", NAMES, -1), -1);
    CU_ASSERT_EQUAL(json_member_enum(tree, "absent", NAMES, -1), -1);
    json_object_put(tree);
}

/* The rows of an answer: the elements of a list, or one object. */
static void test_rows(void)
{
    static const struct {
        const char *json;
        size_t count;
        int64_t last; /* 0 = there is no row */
    } cases[] = {
        {"[{\"oid\":1},{\"oid\":2}]", 2, 2},
        {"{\"oid\":7}", 1, 7},
        {"[]", 0, 0},
        {"null", 0, 0},
        {"3", 0, 0},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct json_object *tree = parse(cases[i].json);
        size_t count = json_row_count(tree);
        int64_t oid = 0;

        CU_ASSERT_EQUAL(count, cases[i].count);
        (void)json_member_integer(count > 0 ? json_row(tree, count - 1) : NULL, "oid", &oid);
        CU_ASSERT_EQUAL(oid, cases[i].last);
        CU_ASSERT_PTR_NULL(json_row(tree, count + 1));
        json_object_put(tree);
    }
}

static CU_TestInfo tests[] = {
    {"members", test_members},   {"a NUL inside a text", test_nul}, {"integers", test_integers},
    {"booleans", test_expected}, {"enumerations", test_enums},      {"rows", test_rows},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "json_read", .pTests = tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
