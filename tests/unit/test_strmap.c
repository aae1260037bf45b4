/*
 * test_strmap.c - a map from texts to numbers.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/strmap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "base/limits.h"
#include "lib/tap.h"

static void test_empty(void)
{
    struct strmap index = {0};

    CU_ASSERT_PTR_NULL(strmap_find(&index, "a"));
    CU_ASSERT_PTR_NULL(strmap_find(&index, ""));
    strmap_release(&index);
    strmap_release(&index); /* may be released twice */
}

static void test_put_and_find(void)
{
    struct strmap index = {0};
    uint32_t *value = NULL;
    char key[] = "FGT60FTK20011089";
    const char *kept;
    bool added = false;

    kept = strmap_put(&index, key, 7, &value, &added);
    CU_ASSERT_TRUE(added);
    CU_ASSERT_EQUAL(*value, 7);
    CU_ASSERT_PTR_NOT_EQUAL(kept, key); /* a copy */
    key[0] = 'X';
    CU_ASSERT_STRING_EQUAL(kept, "FGT60FTK20011089");
    CU_ASSERT_EQUAL(*strmap_find(&index, "FGT60FTK20011089"), 7);
    CU_ASSERT_PTR_NULL(strmap_find(&index, key));
    /* An existing key keeps its value, which can be changed in place. */
    CU_ASSERT_PTR_EQUAL(strmap_put(&index, "FGT60FTK20011089", 9, &value, &added), kept);
    CU_ASSERT_FALSE(added);
    CU_ASSERT_EQUAL(*value, 7);
    *value = 8;
    CU_ASSERT_EQUAL(*strmap_find(&index, "FGT60FTK20011089"), 8);
    CU_ASSERT_PTR_NOT_NULL(strmap_put(&index, "", 1, NULL, NULL));
    CU_ASSERT_EQUAL(*strmap_find(&index, ""), 1);
    CU_ASSERT_EQUAL(index.count, 2);
    strmap_release(&index);
}

/* Thousands of keys through every growth; no copy of a key moves. */
static void test_many(void)
{
    enum { COUNT = 20000 };
    const char **kept = calloc(COUNT, sizeof(*kept));
    struct strmap index = {0};
    char key[32];

    CU_ASSERT_PTR_NOT_NULL_FATAL(kept);
    for (uint32_t i = 0; i < COUNT; i++) {
        (void)snprintf(key, sizeof(key), "gate-%u", i);
        kept[i] = strmap_put(&index, key, i, NULL, NULL);
    }
    CU_ASSERT_EQUAL(index.count, COUNT);
    CU_ASSERT_EQUAL(index.slots & (index.slots - 1), 0);
    for (uint32_t i = 0; i < COUNT; i++) {
        uint32_t *value;

        (void)snprintf(key, sizeof(key), "gate-%u", i);
        value = strmap_find(&index, key);
        if (value == NULL || *value != i || strcmp(kept[i], key) != 0 ||
            strmap_put(&index, key, 0, NULL, NULL) != kept[i]) {
            CU_FAIL("a key was lost");
            break;
        }
    }
    CU_ASSERT_EQUAL(index.count, COUNT);
    CU_ASSERT_PTR_NULL(strmap_find(&index, "gate-20000"));
    strmap_release(&index);
    free(kept);
}

static void test_long_keys(void)
{
    enum { BLOCK = 16 * 1024 };
    char *key = malloc(BLOCK + 1);
    struct strmap index = {0};

    CU_ASSERT_PTR_NOT_NULL_FATAL(key);
    memset(key, 'k', BLOCK);
    key[BLOCK] = '\0';
    CU_ASSERT_PTR_NULL(strmap_put(&index, key, 1, NULL, NULL)); /* larger than any block */
    CU_ASSERT_PTR_NULL(strmap_find(&index, key));
    key[BLOCK - 1] = '\0';
    CU_ASSERT_PTR_NOT_NULL(strmap_put(&index, key, 2, NULL, NULL));
    CU_ASSERT_PTR_NOT_NULL(strmap_put(&index, "short", 3, NULL, NULL));
    CU_ASSERT_EQUAL(*strmap_find(&index, key), 2);
    CU_ASSERT_EQUAL(*strmap_find(&index, "short"), 3);
    strmap_release(&index);
    free(key);
}

/* strmap_bytes() includes the memory that the next key will take. */
static void test_bytes(void)
{
    struct strmap index = {0};
    char key[32];

    CU_ASSERT_EQUAL(strmap_bytes(&index), 0);
    for (int i = 0; i < 10000; i++) {
        size_t reported;

        reported = strmap_bytes(&index) + 17 * KIB(1); /* plus a block for the keys */
        (void)snprintf(key, sizeof(key), "gate-%d", i);
        CU_ASSERT_PTR_NOT_NULL(strmap_put(&index, key, 0, NULL, NULL));
        CU_ASSERT_TRUE(index.slots == 64 || index.bytes <= reported);
    }
    CU_ASSERT_PTR_NOT_NULL(strmap_keep(&index, "kept"));
    CU_ASSERT_PTR_NULL(strmap_find(&index, "kept"));
    CU_ASSERT_TRUE(index.bytes >= index.slots * sizeof(*index.entries) + 10000 * sizeof("gate-1"));
    strmap_release(&index);
    CU_ASSERT_EQUAL(strmap_bytes(&index), 0);
}

static CU_TestInfo strmap_tests[] = {
    {"empty", test_empty}, {"put and find", test_put_and_find},
    {"many", test_many},   {"long keys", test_long_keys},
    {"bytes", test_bytes}, CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "strmap", .pTests = strmap_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
