/*
 * test_json_guard.c - which JSON is refused, which is repaired, and the memory limit of a tree.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "json/json_guard.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CUnit/CUnit.h>

#include "base/limits.h"
#include "lib/tap.h"

#define REPLACED     "\xEF\xBF\xBD"
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct result {
    enum json_fault fault;
    bool repaired;
    char text[512]; /* the tree as json-c writes it */
};

/* Feeds a document in pieces of `cut` bytes. */
static struct result parse_cut(const char *text, size_t size, size_t cut)
{
    struct json_guard *guard = json_guard_new(MIB(1), MIB(8));
    struct result result = {.fault = JSON_MEMORY};
    struct json_object *tree = NULL;

    CU_ASSERT_PTR_NOT_NULL(guard);
    for (size_t i = 0; i < size; i += cut) {
        (void)json_guard_feed(guard, text + i, size - i < cut ? size - i : cut);
    }
    result.fault = json_guard_finish(guard, &tree, &result.repaired);
    json_guard_free(guard);
    if (result.fault == JSON_OK) {
        const char *written = json_object_to_json_string_ext(
            tree, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);

        (void)snprintf(result.text, sizeof(result.text), "%s", written);
    }
    json_object_put(tree);
    return result;
}

/* The result is the same whatever the pieces. */
static struct result parse(const char *text, size_t size)
{
    struct result whole = parse_cut(text, size, size + 1);

    for (size_t cut = 1; cut <= 3; cut++) {
        struct result pieces = parse_cut(text, size, cut);

        CU_ASSERT_EQUAL(pieces.fault, whole.fault);
        CU_ASSERT_EQUAL(pieces.repaired, whole.repaired);
        CU_ASSERT_STRING_EQUAL(pieces.text, whole.text);
    }
    return whole;
}

/* ---- grammar */

static void test_accepted(void)
{
    static const char *const CASES[][2] = {
        {"{}", "{}"},
        {"[]", "[]"},
        {" \t\r\n{ \"a\" : [ 1 , 2 ] } \r\n", "{\"a\":[1,2]}"},
        {"null", "null"},
        {"true", "true"},
        {"false", "false"},
        {"0", "0"},
        {"-0", "0"},
        {"12", "12"},
        {"-12", "-12"},
        {"1.5", "1.5"},
        {"-1.25e-3", "-1.25e-3"},
        {"1E+5", "1E+5"},
        {"0e0", "0e0"},
        {"18446744073709551615", "18446744073709551615"},
        {"\"\"", "\"\""},
        {"\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"a\\\"\\\\/\\b\\f\\n\\r\\t\""},
        {"\"\\u0041\\u00e9\\u20AC\\ud83d\\ude00\"", "\"A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\""},
        {"\"\\u0022\\u005c\\u0001\"", "\"\\\"\\\\\\u0001\""},
        {"\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\x7F\"",
         "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\x7F\""},
        {"\"NaN // 'x' {,}\"", "\"NaN // 'x' {,}\""},
        {"{\"a\":1,\"a\":2}", "{\"a\":2}"},
        /* a byte order mark */
        {"\xEF\xBB\xBF{}", "{}"},
        {"\xEF\xBB\xBF \r\n[1]", "[1]"},
        {"[[],{},[{}],null,true,false,\"\",0]", "[[],{},[{}],null,true,false,\"\",0]"},
    };

    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct result result = parse(CASES[i][0], strlen(CASES[i][0]));

        CU_ASSERT_EQUAL(result.fault, JSON_OK);
        CU_ASSERT_FALSE(result.repaired);
        CU_ASSERT_STRING_EQUAL(result.text, CASES[i][1]);
    }
}

static void test_refused(void)
{
    static const char *const CASES[] = {
        "\xEF{}",
        "\xEF\xBB{}",
        "\xEF\xBB\xBF\xEF\xBB\xBF{}",
        " \xEF\xBB\xBF{}",
        "{}\xEF\xBB\xBF",
        "NaN",
        "nan",
        "Infinity",
        "-Infinity",
        "[NaN]",
        "{\"a\":Infinity}",
        "'a'",
        "{'a':1}",
        "{a:1}",
        "// c\n{}",
        "/* c */{}",
        "{}/**/",
        "[1,]",
        "{\"a\":1,}",
        "[,1]",
        "[1,,2]",
        "{,}",
        "[1 2]",
        "{\"a\" 1}",
        "{\"a\":}",
        "{\"a\"}",
        "{1:2}",
        "{\"a\":1:2}",
        "[1}",
        "{]",
        "]",
        "}",
        ",",
        ":",
        "{}x",
        "{}{}",
        "1 2",
        "truex",
        "tRue",
        "TRUE",
        "nul1",
        "+1",
        "01",
        "-01",
        ".5",
        "1.e5",
        "1e+x",
        "--1",
        "-a",
        "0x10",
        "1_000",
        "\"\\x\"",
        "\"\\u12G4\"",
        "\"\\u-123\"",
        "[\"\\'\"]",
        "\x01",
        "[1\x0b,2]",
        "<html>",
        "\xFF",
        "\"a\"\"b\"",
        "[\"a\"\"b\"]",
        "\f{}",
    };

    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct result result = parse(CASES[i], strlen(CASES[i]));

        CU_ASSERT_EQUAL(result.fault, JSON_SYNTAX);
    }
    CU_ASSERT_EQUAL(parse("{}\0", 3).fault, JSON_SYNTAX);
    CU_ASSERT_EQUAL(parse("{\0}", 3).fault, JSON_SYNTAX);
    CU_ASSERT_EQUAL(parse("\0", 1).fault, JSON_SYNTAX);
    CU_ASSERT_EQUAL(parse("\"\\\0\"", 4).fault, JSON_SYNTAX);
}

static void test_long_number(void)
{
    char text[80];

    memset(text, '1', sizeof(text));
    CU_ASSERT_EQUAL(parse(text, 64).fault, JSON_OK);
    CU_ASSERT_EQUAL(parse(text, 65).fault, JSON_SYNTAX);
}

/* Every proper prefix of a document is reported as truncated. */
static void test_truncated(void)
{
    static const char DOCUMENT[] =
        "{\"a\":[1,-2.5e+3,true,false,null,\"\\u00e9\\n\xE2\x82\xAC\\ud83d\\ude00\"],\"b\":{}}";

    for (size_t size = 0; size < sizeof(DOCUMENT) - 1; size++) {
        CU_ASSERT_EQUAL(parse(DOCUMENT, size).fault, JSON_TRUNCATED);
    }
    CU_ASSERT_EQUAL(parse(DOCUMENT, sizeof(DOCUMENT) - 1).fault, JSON_OK);
    CU_ASSERT_EQUAL(parse(" \n", 2).fault, JSON_TRUNCATED);
    CU_ASSERT_EQUAL(parse("-", 1).fault, JSON_TRUNCATED);
    CU_ASSERT_EQUAL(parse("1.", 2).fault, JSON_TRUNCATED);
    CU_ASSERT_EQUAL(parse("1e+", 3).fault, JSON_TRUNCATED);
    CU_ASSERT_EQUAL(parse("\"", 1).fault, JSON_TRUNCATED);
}

static void test_depth(void)
{
    char text[2 * (JSON_DEPTH_MAX + 1)];

    for (int depth = JSON_DEPTH_MAX; depth <= JSON_DEPTH_MAX + 1; depth++) {
        memset(text, '[', (size_t)depth);
        memset(text + depth, ']', (size_t)depth);
        CU_ASSERT_EQUAL(parse(text, (size_t)depth * 2).fault,
                        depth == JSON_DEPTH_MAX ? JSON_OK : JSON_DEPTH);
    }
    /* The deepest container may hold a value. */
    memset(text, '[', JSON_DEPTH_MAX);
    text[JSON_DEPTH_MAX] = '1';
    memset(text + JSON_DEPTH_MAX + 1, ']', JSON_DEPTH_MAX);
    CU_ASSERT_EQUAL(parse(text, 2 * JSON_DEPTH_MAX + 1).fault, JSON_OK);
}

/* ---- repairs */

static void test_repaired(void)
{
    static const char *const CASES[][2] = {
        {"\"a\xFFz\"", "a" REPLACED "z"},
        {"\"\x80\"", REPLACED},
        {"\"\xC0\x80\"", REPLACED REPLACED}, /* overlong NUL */
        {"\"\xC1\xBF\"", REPLACED REPLACED},
        {"\"\xE0\x80\x80\"", REPLACED REPLACED REPLACED}, /* overlong */
        {"\"\xED\xA0\x80\"", REPLACED REPLACED REPLACED}, /* surrogate as UTF-8 */
        {"\"\xF0\x80\x80\x80\"", REPLACED REPLACED REPLACED REPLACED},
        {"\"\xF4\x90\x80\x80\"", REPLACED REPLACED REPLACED REPLACED}, /* over U+10FFFF */
        {"\"\xF5\"", REPLACED},
        {"\"\xE2\x82\"", REPLACED}, /* cut by the end of the string */
        {"\"\xE2\x82z\"", REPLACED "z"},
        {"\"\xE2\xE2\x82\xAC\"", REPLACED "\xE2\x82\xAC"},
        {"\"\xF0\x9F\x98\\n\"", REPLACED "\\n"},
        {"\"a\tb\nc\x01z\"", "a" REPLACED "b" REPLACED "c" REPLACED "z"},
        {"\"\\u0000\"", REPLACED},
        {"\"\\ud83d\"", REPLACED},
        {"\"\\ude00\"", REPLACED},
        {"\"\\ud83dz\"", REPLACED "z"},
        {"\"\\ud83d\\n\"", REPLACED "\\n"},
        {"\"\\ud83d\\u0041\"", REPLACED "A"},
        {"\"\\ud83d\\u0000\"", REPLACED REPLACED},
        {"\"\\ud83d\\ud83d\\ude00\"", REPLACED "\xF0\x9F\x98\x80"},
        {"\"\\ude00\\ud83d\"", REPLACED REPLACED},
        {"\"\\ud83d\xFF\"", REPLACED REPLACED},
        {"\"\\ud83d\xE2\x82\xAC\"", REPLACED "\xE2\x82\xAC"},
    };

    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct result result = parse(CASES[i][0], strlen(CASES[i][0]));
        char expected[64];

        (void)snprintf(expected, sizeof(expected), "\"%s\"", CASES[i][1]);
        CU_ASSERT_EQUAL(result.fault, JSON_OK);
        CU_ASSERT_TRUE(result.repaired);
        CU_ASSERT_STRING_EQUAL(result.text, expected);
    }
    CU_ASSERT_TRUE(parse("\"a\0b\"", 5).repaired);
    CU_ASSERT_STRING_EQUAL(parse("{\"\xFF\":1}", 7).text, "{\"" REPLACED "\":1}");
    /* The replacement character itself, and every non-character, is valid text. */
    CU_ASSERT_FALSE(parse("\"\\ufffd" REPLACED "\\uffff\"", 17).repaired);
}

/* ---- limits */

static void test_bytes(void)
{
    struct json_guard *guard = json_guard_new(4, MIB(1));
    struct json_object *tree = NULL;

    CU_ASSERT_EQUAL(json_guard_feed(guard, "[1,", 3), JSON_OK);
    CU_ASSERT_EQUAL(json_guard_feed(guard, "2]", 2), JSON_BYTES);
    CU_ASSERT_EQUAL(json_guard_feed(guard, "]", 1), JSON_BYTES); /* the fault persists */
    CU_ASSERT_EQUAL(json_guard_finish(guard, &tree, NULL), JSON_BYTES);
    CU_ASSERT_PTR_NULL(tree);
    json_guard_free(guard);
    guard = json_guard_new(4, MIB(1));
    CU_ASSERT_EQUAL(json_guard_feed(guard, "[12]", 4), JSON_OK);
    CU_ASSERT_EQUAL(json_guard_finish(guard, &tree, NULL), JSON_OK);
    json_object_put(tree);
    json_guard_free(guard);
}

/* Feeds `unit` repeatedly after `open`; returns the number of bytes before the tree is too
 * large. */
static size_t bytes_until_tree_fault(const char *open, const char *unit, size_t tree_max_bytes)
{
    struct json_guard *guard = json_guard_new(MIB(64), tree_max_bytes);
    enum json_fault fault = json_guard_feed(guard, open, strlen(open));
    size_t bytes = 0;

    while (fault == JSON_OK && bytes < MIB(32)) {
        fault = json_guard_feed(guard, unit, strlen(unit));
        bytes += strlen(unit);
    }
    CU_ASSERT_EQUAL(fault, JSON_TREE);
    json_guard_free(guard);
    return bytes;
}

/* json-c 0.16's memory for each, measured; the estimate may differ by a tenth. */
static void test_tree(void)
{
    static const struct {
        const char *open, *unit;
        size_t heap_bytes;
    } CASES[] = {
        {"[", "{},", 792},
        {"[", "[],", 152},
        {"[", "{\"abcdefgh\":1},", 888},
        {"[", "1,", 76},
        {"[", "1.5,", 108},
        {"[", "true,", 76},
        {"[", "null,", 16},
        {"[", "\"\",", 92},
        {"[", "\"12345678901234567890123456789012345\",", 108},
    };

    for (size_t i = 0; i < COUNT(CASES); i++) {
        size_t bytes = bytes_until_tree_fault(CASES[i].open, CASES[i].unit, MIB(1));
        size_t heap = bytes / strlen(CASES[i].unit) * CASES[i].heap_bytes;

        CU_ASSERT_TRUE(heap > MIB(1) * 8 / 10);
        CU_ASSERT_TRUE(heap < MIB(1) * 12 / 10);
    }
    /* A growing string, which json-c's scratch memory holds twice. */
    CU_ASSERT_TRUE(bytes_until_tree_fault("\"", "0123456789abcdef", MIB(1)) < KIB(360));
    CU_ASSERT_TRUE(bytes_until_tree_fault("\"", "\x01", MIB(1)) < KIB(120));
}

struct memory {
    size_t estimate, used, taken;
};

/* Measures in a child process, whose heap is fresh: repeats `unit` up to an estimate of 16 MiB. */
static void measure(const char *unit, struct memory *ret)
{
    struct json_guard *guard = json_guard_new(MIB(64), MIB(64));
    size_t size = strlen(unit);
    struct mallinfo2 before, after;

    (void)json_guard_feed(guard, "[", 1);
    before = mallinfo2();
    while (json_guard_tree_bytes(guard) < MIB(16)) {
        (void)json_guard_feed(guard, unit, size);
    }
    ret->estimate = json_guard_tree_bytes(guard);
    after = mallinfo2();
    ret->used = after.uordblks + after.hblkhd - before.uordblks - before.hblkhd;
    ret->taken = after.arena + after.hblkhd - before.arena - before.hblkhd;
    _exit(json_guard_feed(guard, "null", 4) == JSON_OK ? 0 : 1);
}

/* The estimate is never far below what json-c takes from the heap, nor below what the heap takes
 * from the system: freed lists leave holes that cannot be reused. (A sanitizer's heap reports
 * zeros.) */
static void test_weights(void)
{
    static const char *const UNITS[] = {
        "[],",
        "[1],",
        "[1,2],",
        "[null,null],",
        "[\"\"],",
        "[1.5],",
        "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],",
        "[[]],",
        "[[[]]],",
        "[[],[[],[]]],",
        "[[[[[[[[[[[]]]]]]]]]]],",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]],",
        "[{}],",
        "{},",
        "{\"a\":1},",
        "{\"a\":[]},",
        "{\"a\":{\"b\":{\"c\":{}}}},",
        "{\"a\":[1,2,{\"b\":[\"x\"]}],\"c\":\"hello\"},",
        "\"\",",
        "\"12345678901234567890123\",",
        "\"123456789012345678901234\",",
        "1,",
        "18446744073709551615,",
        "1.5,",
        "0.1111111111111111111111111111111111111111111111111111111111,",
        "true,",
    };
    struct memory *memory =
        mmap(NULL, sizeof(*memory), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    CU_ASSERT_FATAL(memory != MAP_FAILED);
    for (size_t i = 0; i < COUNT(UNITS); i++) {
        pid_t child = fork();
        int status = -1;

        if (child == 0) {
            measure(UNITS[i], memory);
        }
        CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
        CU_ASSERT_EQUAL(status, 0);
        CU_ASSERT_TRUE(memory->estimate >= MIB(16));
        CU_ASSERT_TRUE(memory->used <= memory->estimate / 100 * 103);
        CU_ASSERT_TRUE(memory->taken <= memory->estimate / 100 * 120);
    }
    (void)munmap(memory, sizeof(*memory));
}

/* While a long list or a large table is copied, the old one exists, too. */
static void test_growth(void)
{
    struct json_guard *guard = json_guard_new(MIB(64), MIB(20));
    enum json_fault fault = json_guard_feed(guard, "[", 1);

    /* One element more than 2^20: 16 MiB of slots beside the 8 MiB before. */
    for (size_t i = 0; fault == JSON_OK && i < MIB(1); i++) {
        fault = json_guard_feed(guard, "null,", 5);
    }
    CU_ASSERT_EQUAL(fault, JSON_OK);
    CU_ASSERT_EQUAL(json_guard_feed(guard, "null,", 5), JSON_TREE);
    json_guard_free(guard);
    guard = json_guard_new(MIB(64), MIB(24) + KIB(2));
    fault = json_guard_feed(guard, "[", 1);
    for (size_t i = 0; fault == JSON_OK && i < MIB(1) + 1; i++) {
        fault = json_guard_feed(guard, "null,", 5);
    }
    CU_ASSERT_EQUAL(fault, JSON_OK);
    json_guard_free(guard);
}

/* A page as large as the default limits allow passes. */
static void test_real_page(void)
{
    static const char ROW[] =
        "{\"name\":\"branch-fw-0001\",\"sn\":\"FGT60FTK20000001\",\"oid\":160,"
        "\"ip\":\"10.0.0.1\",\"os_ver\":7,\"mr\":4,\"patch\":5,\"ha_mode\":0,"
        "\"platform_str\":\"FortiGate-60F\",\"conn_status\":1},";
    struct limits limits = LIMITS_DEFAULT;
    struct json_guard *guard = json_guard_new(limits.reply_max_bytes, limits.tree_max_bytes);
    struct json_object *tree = NULL;
    size_t rows = limits.reply_aim_bytes / sizeof(ROW);

    CU_ASSERT_EQUAL(json_guard_feed(guard, "[", 1), JSON_OK);
    for (size_t i = 0; i < rows; i++) {
        CU_ASSERT_EQUAL(json_guard_feed(guard, ROW, sizeof(ROW) - 1), JSON_OK);
    }
    CU_ASSERT_EQUAL(json_guard_feed(guard, "{}]", 3), JSON_OK);
    CU_ASSERT_EQUAL(json_guard_finish(guard, &tree, NULL), JSON_OK);
    CU_ASSERT_EQUAL(json_object_array_length(tree), rows + 1);
    json_object_put(tree);
    json_guard_free(guard);
}

/* The 16 KiB pieces fed to json-c must not split a character or an escape. */
static void test_across_pieces(void)
{
    char text[200];
    char *document = malloc(KIB(33));

    for (size_t lead = KIB(16) - 20; lead < KIB(16) + 4; lead++) {
        size_t size = 0;
        struct json_object *tree = NULL;
        bool repaired = true;

        document[size++] = '"';
        memset(document + size, 'a', lead);
        size += lead;
        size += (size_t)snprintf(document + size, 100, "\\n\xF0\x9F\x98\x80\\u0001\\\\z\"");
        CU_ASSERT_EQUAL(json_guard_parse(document, size, MIB(1), &tree, &repaired), JSON_OK);
        CU_ASSERT_FALSE(repaired);
        (void)snprintf(text, sizeof(text), "%s", json_object_get_string(tree) + lead);
        CU_ASSERT_STRING_EQUAL(text, "\n\xF0\x9F\x98\x80\x01\\z");
        json_object_put(tree);
    }
    free(document);
}

static void test_free(void)
{
    struct json_guard *guard = json_guard_new(100, 10000);

    json_guard_free(NULL);
    CU_ASSERT_EQUAL(json_guard_feed(guard, "{\"a\":[1,\"b", 10), JSON_OK);
    json_guard_free(guard);
}

static CU_TestInfo grammar_tests[] = {
    {"accepted", test_accepted},   {"refused", test_refused}, {"a long number", test_long_number},
    {"truncated", test_truncated}, {"depth", test_depth},     CU_TEST_INFO_NULL,
};

static CU_TestInfo repair_tests[] = {
    {"repaired", test_repaired},
    {"across pieces", test_across_pieces},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo limit_tests[] = {
    {"weights", test_weights},
    {"bytes", test_bytes},
    {"tree", test_tree},
    {"a list that grows", test_growth},
    {"a real page", test_real_page},
    {"freed half-way", test_free},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {
        {.pName = "limits", .pTests = limit_tests},
        {.pName = "grammar", .pTests = grammar_tests},
        {.pName = "repairs", .pTests = repair_tests},
        CU_SUITE_INFO_NULL,
    };

    return tap_run(suites);
}
