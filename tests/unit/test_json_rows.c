/*
 * test_json_rows.c - a document whose rows are handed over one by one.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "base/limits.h"
#include "lib/tap.h"
#include "json/json_guard.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define PLAIN        (JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE)

static const char *const NAMES[] = {"results", "result", NULL};

/* What the reading of a document yields. */
struct result {
    enum json_fault fault;
    char rows[512]; /* each followed by ";" */
    char rest[512];
    size_t count, most_bytes;
    size_t refuse_at; /* from 1; 0 = never */
};

static bool take(void *context, struct json_object *row, size_t bytes)
{
    struct result *result = context;
    size_t length = strlen(result->rows);

    (void)snprintf(result->rows + length, sizeof(result->rows) - length, "%s;",
                   json_object_to_json_string_ext(row, PLAIN));
    result->count++;
    result->most_bytes = bytes > result->most_bytes ? bytes : result->most_bytes;
    return result->count != result->refuse_at;
}

static struct result parse_cut(const char *text, size_t cut, size_t refuse_at)
{
    struct result result = {.fault = JSON_MEMORY, .refuse_at = refuse_at};
    const struct json_rows rows = {NAMES, take, &result};
    struct json_guard *guard = json_guard_new(16, KIB(64)); /* 16 bytes: not for rows */
    struct json_object *tree = NULL;
    size_t size = strlen(text);

    CU_ASSERT_PTR_NOT_NULL(guard);
    json_guard_rows(guard, &rows);
    for (size_t i = 0; i < size; i += cut) {
        (void)json_guard_feed(guard, text + i, size - i < cut ? size - i : cut);
    }
    result.fault = json_guard_finish(guard, &tree, NULL);
    CU_ASSERT_TRUE(json_guard_tree_bytes(guard) <= KIB(64) || result.fault != JSON_OK);
    json_guard_free(guard);
    if (result.fault == JSON_OK) {
        (void)snprintf(result.rest, sizeof(result.rest), "%s",
                       json_object_to_json_string_ext(tree, PLAIN));
    }
    json_object_put(tree);
    return result;
}

/* The result is the same whatever the pieces. */
static struct result parse(const char *text)
{
    struct result whole = parse_cut(text, strlen(text) + 1, 0);

    for (size_t cut = 1; cut <= 3; cut++) {
        struct result pieces = parse_cut(text, cut, 0);

        CU_ASSERT_EQUAL(pieces.fault, whole.fault);
        CU_ASSERT_STRING_EQUAL(pieces.rows, whole.rows);
        CU_ASSERT_STRING_EQUAL(pieces.rest, whole.rest);
    }
    return whole;
}

static void test_rows(void)
{
    static const char *const CASES[][3] = {
        {"{\"results\":[]}", "", "{\"results\":[]}"},
        {"{\"results\":[{\"id\":1},{\"id\":2}],\"total\":2}", "{\"id\":1};{\"id\":2};",
         "{\"results\":[],\"total\":2}"},
        {" { \"a\" : [ 1 , [ 2 ] ] , \"results\" : [ { \"b\" : [ { } , [ ] ] } , [ 3 , [ 4 ] ] ] "
         "} ",
         "{\"b\":[{},[]]};[3,[4]];", "{\"a\":[1,[2]],\"results\":[]}"},
        /* any type */
        {"{\"results\":[null,true,-1.5,12,\"x\\n\",\"\\u00e9\",0]}",
         "null;true;-1.5;12;\"x\\n\";\"\xC3\xA9\";0;", "{\"results\":[]}"},
        /* no array: it stays */
        {"{\"result\":{\"id\":[1]},\"results\":null}", "",
         "{\"result\":{\"id\":[1]},\"results\":null}"},
        {"{\"results\":\"[1]\",\"result\":7}", "", "{\"results\":\"[1]\",\"result\":7}"},
        {"{\"results\":[1],\"result\":[2]}", "1;2;", "{\"results\":[],\"result\":[]}"},
        /* other places and names */
        {"{\"a\":{\"results\":[1]},\"resultset\":[2],\"resul\":[3]}", "",
         "{\"a\":{\"results\":[1]},\"resultset\":[2],\"resul\":[3]}"},
        {"{\"results\":[{\"results\":[1],\"result\":[2]}]}", "{\"results\":[1],\"result\":[2]};",
         "{\"results\":[]}"},
        {"[{\"results\":[1]}]", "", "[{\"results\":[1]}]"},
        {"[[\"results\"],[1]]", "", "[[\"results\"],[1]]"},
        {"{\"result\\n\":[1],\"a_name_that_is_longer_than_any_name_of_rows\":[2]}", "",
         "{\"result\\n\":[1],\"a_name_that_is_longer_than_any_name_of_rows\":[2]}"},
        {"{\"r\\u0065sults\":[1]}", "1;", "{\"results\":[]}"},
        {"{\"\":[1],\"results\":[2]}", "2;", "{\"\":[1],\"results\":[]}"},
    };

    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct result result = parse(CASES[i][0]);

        CU_ASSERT_EQUAL(result.fault, JSON_OK);
        CU_ASSERT_STRING_EQUAL(result.rows, CASES[i][1]);
        CU_ASSERT_STRING_EQUAL(result.rest, CASES[i][2]);
    }
}

static void test_refused(void)
{
    static const struct {
        const char *text;
        enum json_fault fault;
        const char *rows; /* those before the fault */
    } CASES[] = {
        {"{\"results\":[{\"id\":1},]}", JSON_SYNTAX, "{\"id\":1};"},
        {"{\"results\":[,1]}", JSON_SYNTAX, ""},
        {"{\"results\":[1 2]}", JSON_SYNTAX, "1;"},
        {"{\"results\":[1}", JSON_SYNTAX, "1;"},
        {"{\"results\":[{\"id\":1]}", JSON_SYNTAX, ""},
        {"{\"results\":[tru]}", JSON_SYNTAX, ""},
        {"{\"results\":[1]} x", JSON_SYNTAX, "1;"},
        {"{\"results\":[1],\"results\":[2]}", JSON_SYNTAX, "1;"},
        {"{\"results\":[1],\"results\":null}", JSON_SYNTAX, "1;"},
        {"{\"results\":[1,{\"a\":", JSON_TRUNCATED, "1;"},
        {"{\"results\":[1,", JSON_TRUNCATED, "1;"},
        {"{\"results\":[12", JSON_TRUNCATED, ""},
        {"{\"results\":[1]", JSON_TRUNCATED, "1;"},
        {"", JSON_TRUNCATED, ""},
    };

    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct result result = parse(CASES[i].text);

        CU_ASSERT_EQUAL(result.fault, CASES[i].fault);
        CU_ASSERT_STRING_EQUAL(result.rows, CASES[i].rows);
    }
}

static void test_receiver_refuses(void)
{
    struct result result = parse_cut("{\"results\":[1,2,3]}", 4, 2);

    CU_ASSERT_EQUAL(result.fault, JSON_REFUSED);
    CU_ASSERT_EQUAL(result.count, 2);
}

static void test_depth(void)
{
    char text[256] = "{\"results\":[";
    struct result result;

    for (int i = 2; i < JSON_DEPTH_MAX; i++) {
        strcat(text, "[");
    }
    for (int i = 2; i < JSON_DEPTH_MAX; i++) {
        strcat(text, "]");
    }
    strcat(text, "]}");
    result = parse(text);
    CU_ASSERT_EQUAL(result.fault, JSON_OK);
    CU_ASSERT_EQUAL(result.count, 1);
    result = parse("{\"results\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[");
    CU_ASSERT_EQUAL(result.fault, JSON_DEPTH);
}

/* Rows take no memory once they were handed over: many of them, and long texts in them. */
static void test_memory(void)
{
    struct result result = {.fault = JSON_OK};
    const struct json_rows rows = {NAMES, take, &result};
    struct json_guard *guard = json_guard_new(16, KIB(8));
    struct json_object *tree = NULL;
    char *text = malloc(KIB(200) + 16);

    json_guard_rows(guard, &rows);
    CU_ASSERT_EQUAL(json_guard_feed(guard, "{\"results\":[0", 13), JSON_OK);
    for (int i = 0; i < 100; i++) {
        size_t size = KIB(200);

        memset(text, 'x', size);
        memcpy(text, ",{\"a\":\"", 7);
        memcpy(text + size - 2, "\"}", 2);
        CU_ASSERT_EQUAL(json_guard_feed(guard, text, size), JSON_OK);
    }
    CU_ASSERT_EQUAL(json_guard_feed(guard, "]}", 2), JSON_OK);
    CU_ASSERT_TRUE(json_guard_tree_bytes(guard) <= KIB(8));
    CU_ASSERT_EQUAL(json_guard_finish(guard, &tree, NULL), JSON_OK);
    CU_ASSERT_EQUAL(result.count, 101);
    CU_ASSERT_TRUE(result.most_bytes <= ROW_TREE_MAX);
    json_object_put(tree);
    json_guard_free(guard);
    free(text);
}

static void test_row_too_large(void)
{
    struct result result = {.fault = JSON_OK};
    const struct json_rows rows = {NAMES, take, &result};
    struct json_guard *guard = json_guard_new(16, KIB(8));
    enum json_fault fault = JSON_OK;

    json_guard_rows(guard, &rows);
    (void)json_guard_feed(guard, "{\"results\":[1,[0", 16);
    for (size_t i = 0; i < ROW_TREE_MAX && fault == JSON_OK; i++) {
        fault = json_guard_feed(guard, ",{}", 3);
    }
    CU_ASSERT_EQUAL(fault, JSON_TREE);
    CU_ASSERT_EQUAL(result.count, 1);
    json_guard_free(guard); /* in the middle of a row */
}

static CU_TestInfo tests[] = {
    {"rows", test_rows},
    {"refused", test_refused},
    {"the receiver refuses a row", test_receiver_refuses},
    {"depth", test_depth},
    {"memory", test_memory},
    {"a row that is too large", test_row_too_large},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "rows", .pTests = tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
