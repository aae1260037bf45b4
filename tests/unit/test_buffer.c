/*
 * test_buffer.c - buffers with a maximum size, and texts cut on a character boundary.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "base/utf8.h"
#include "base/vector.h"
#include "hector/integration.h"
#include "lib/tap.h"

/* Lets the sanitizer's malloc return NULL, where it would end the program by default. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

static void test_empty(void)
{
    struct buffer buffer = BUFFER(10);

    CU_ASSERT_STRING_EQUAL(buffer_text(&buffer), "");
    buffer_clear(&buffer);
    buffer_append(&buffer, NULL, 0);
    CU_ASSERT_STRING_EQUAL(buffer_text(&buffer), "");
    CU_ASSERT_EQUAL(buffer.size, 0);
    CU_ASSERT_EQUAL(buffer.state, BUFFER_OK);
    buffer_release(&buffer);
    buffer_release(&buffer);
    buffer_release_secret(&buffer);
}

static void test_append(void)
{
    struct buffer buffer = BUFFER(100000);

    for (int i = 0; i < 10000; i++) {
        buffer_append_text(&buffer, "0123");
        buffer_printf(&buffer, "%d%s", 45, "6789");
    }
    CU_ASSERT_EQUAL(buffer.state, BUFFER_OK);
    CU_ASSERT_EQUAL(buffer.size, 100000);
    CU_ASSERT_EQUAL(strlen(buffer.data), 100000);
    for (size_t i = 0; i < buffer.size; i++) {
        if (buffer.data[i] != (char)('0' + i % 10)) {
            CU_FAIL("a byte is wrong");
            break;
        }
    }
    buffer_release(&buffer);
    CU_ASSERT_EQUAL(buffer.maximum, 100000);
    CU_ASSERT_PTR_NULL(buffer.data);
}

/* An append that does not fit changes nothing, and marks the buffer until it is cleared. */
static void test_maximum(void)
{
    struct buffer buffer = BUFFER(5);

    buffer_append(&buffer, "12345", 5);
    CU_ASSERT_EQUAL(buffer.state, BUFFER_OK);
    buffer_append(&buffer, "", 0);
    CU_ASSERT_EQUAL(buffer.state, BUFFER_OK);
    buffer_append(&buffer, "6", 1);
    CU_ASSERT_EQUAL(buffer.state, BUFFER_FULL);
    CU_ASSERT_STRING_EQUAL(buffer_text(&buffer), "12345");
    buffer_clear(&buffer);
    CU_ASSERT_EQUAL(buffer.state, BUFFER_OK);
    CU_ASSERT_STRING_EQUAL(buffer_text(&buffer), "");
    buffer_append_text(&buffer, "1234567");
    CU_ASSERT_EQUAL(buffer.state, BUFFER_FULL);
    buffer_append_text(&buffer, "1"); /* ignored, although it would fit */
    CU_ASSERT_STRING_EQUAL(buffer_text(&buffer), "");
    buffer_release(&buffer);
    CU_ASSERT_EQUAL(buffer.state, BUFFER_OK);
}

static void test_long_printf(void)
{
    struct buffer buffer = BUFFER(10000);
    char text[1100];

    memset(text, 'a', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    text[1023] = '\0';
    buffer_printf(&buffer, "%s", text);
    CU_ASSERT_EQUAL(buffer.size, 1023);
    text[1023] = 'a';
    buffer_printf(&buffer, "%s", text);
    CU_ASSERT_EQUAL(buffer.state, BUFFER_FULL);
    CU_ASSERT_EQUAL(buffer.size, 1023);
    buffer_release(&buffer);
}

static void test_no_memory(void)
{
    struct buffer buffer = BUFFER(SIZE_MAX / 2 - 1);
    volatile size_t size = SIZE_MAX / 4;

    buffer_append_text(&buffer, "kept");
    buffer_append(&buffer, "", size); /* refused before any byte is read */
    CU_ASSERT_EQUAL(buffer.state, BUFFER_NO_MEMORY);
    CU_ASSERT_STRING_EQUAL(buffer_text(&buffer), "kept");
    buffer_release(&buffer);
}

static void test_array_room(void)
{
    size_t capacity = 0;
    int *array = NULL;
    void *none;
    volatile size_t size = SIZE_MAX / 4;

    for (size_t i = 0; i < 1000; i++) {
        array = vector_room(array, i, &capacity, sizeof(*array));
        CU_ASSERT_TRUE(array != NULL && capacity > i);
        array[i] = (int)i;
    }
    CU_ASSERT_EQUAL(array[999], 999);
    CU_ASSERT_EQUAL(capacity, 1024);
    free(array);
    capacity = 0;
    none = vector_room(NULL, 0, &capacity, size);
    CU_ASSERT_PTR_NULL(none);
    CU_ASSERT_EQUAL(capacity, 0);
}

/* ---- texts */

static void test_text_copy(void)
{
    static const struct {
        const char *from, *to; /* copied into 6 bytes */
    } CASES[] = {
        {"", ""},
        {"abcde", "abcde"},
        {"abcdef", "abcde"},
        {"abcd\xC3\xA9", "abcd"},
        {"abc\xC3\xA9", "abc\xC3\xA9"},
        {"abc\xE2\x82\xACz", "abc"},
        {"ab\xE2\x82\xACz", "ab\xE2\x82\xAC"},
        {"ab\xF0\x9F\x98\x80", "ab"},
        {"\x80\x80\x80\x80\x80\x80\x80", ""}, /* not valid UTF-8, but no overflow either */
    };

    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        char to[6];
        size_t size = utf8_copy(to, sizeof(to), CASES[i].from, strlen(CASES[i].from));

        CU_ASSERT_STRING_EQUAL(to, CASES[i].to);
        CU_ASSERT_EQUAL(size, strlen(CASES[i].to));
    }
}

static CU_TestInfo buffer_tests[] = {
    {"empty", test_empty},
    {"append", test_append},
    {"the maximum", test_maximum},
    {"a long printf", test_long_printf},
    {"no memory", test_no_memory},
    {"an array that grows", test_array_room},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo text_tests[] = {
    {"text_copy", test_text_copy},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {
        {.pName = "buffer", .pTests = buffer_tests},
        {.pName = "text", .pTests = text_tests},
        CU_SUITE_INFO_NULL,
    };

    return tap_run(suites);
}
