/*
 * test_secrets.c - texts without the secrets, however they are written.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "secrets.h"

#include <string.h>

#include <CUnit/CUnit.h>

#include "hector/integration.h"
#include "tap.h"

#define TOKEN "k3y-0123456789-ABCDEF"

/* What is shown of a text to somebody who knows two secrets. */
static const char *hide(const char *text)
{
    static char out[256];
    struct secrets secrets;

    secrets_init(&secrets);
    secrets_add(&secrets, TOKEN);
    secrets_add(&secrets, "a/b\"c&d%e'f");
    secrets_add(&secrets, "xyz");
    secrets_add(&secrets, "q&amp;r%25s");
    secrets_add(&secrets, "Session\xC3\xA9");
    secrets_hide(&secrets, text, out, sizeof(out));
    secrets_release(&secrets);
    return out;
}

static void test_spellings(void)
{
    static const char *const cases[][2] = {
        {"", ""},
        {"nothing to hide", "nothing to hide"},
        {TOKEN, "***"},
        {"Bearer " TOKEN ", " TOKEN "!", "Bearer ***, ***!"},
        {"k3Y-0123456789-abcdef", "***"}, /* a header is told in lower case */
        {"xyz" TOKEN "xyz", "*********"},
        {"xxyz", "x***"},
        {"q&amp;r%25s", "***"}, /* of itself: nothing is escaped */
        {"q&amp;amp;r%2525s", "***"},
        {"<a/b\"c&d%e'f>", "<***>"},
        {"<a\\/b\\\"c&d%e\\'f>", "<***>"},
        {"<a\\u002fb\\u0022c\\u0026d\\u0025e\\u0027f>", "<***>"},
        {"<a%2Fb%22c%26d%25e%27f>", "<***>"},
        {"<a%2fb\"c&d%25e'f>", "<***>"},
        {"<a/b&quot;c&amp;d%e&apos;f>", "<***>"},
        {"<a&#x2f;b&#34;c&#38;d&#x25;e&#39;f>", "<***>"},
        {"<%61/b\"c&d%e'f>", "<***>"},
        {"<a\\/b\\nc&d%e'f>", "<a\\/b\\nc&d%e'f>"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        CU_ASSERT_STRING_EQUAL(hide(cases[i][0]), cases[i][1]);
    }
}

/* Cut by somebody: eight characters of a long secret give it away, all of a short one. */
static void test_parts(void)
{
    static const char *const cases[][2] = {
        {"key k3y-0123... refused", "key ***... refused"},
        {"key k3y-012... refused", "key k3y-012... refused"},
        {"xy", "xy"},
        {"a/b\"c&d%", "***"},
        {"k3y-0123", "***"},
        {"Session\xC3\xA8!", "***!"}, /* no half character is left of one that begins alike */
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        CU_ASSERT_STRING_EQUAL(hide(cases[i][0]), cases[i][1]);
    }
}

/* The text is cut behind the secret was taken out, and never within a character. */
static void test_room(void)
{
    struct secrets secrets;
    char out[8];

    secrets_init(&secrets);
    secrets_hide(&secrets, "1234567", out, sizeof(out));
    CU_ASSERT_STRING_EQUAL(out, "1234567");
    secrets_hide(&secrets, "12345678", out, sizeof(out));
    CU_ASSERT_STRING_EQUAL(out, "1234567");
    secrets_hide(&secrets, "12345\xE2\x82\xAC", out, sizeof(out));
    CU_ASSERT_STRING_EQUAL(out, "12345");
    secrets_hide(&secrets, "1234\xE2\x82\xAC", out, sizeof(out));
    CU_ASSERT_STRING_EQUAL(out, "1234\xE2\x82\xAC");
    secrets_add(&secrets, TOKEN);
    secrets_hide(&secrets, "12" TOKEN "34", out, sizeof(out));
    CU_ASSERT_STRING_EQUAL(out, "12***34");
    secrets_hide(&secrets, "123456" TOKEN, out, sizeof(out));
    CU_ASSERT_STRING_EQUAL(out, "123456*");
    secrets_release(&secrets);
}

static void test_kept_once(void)
{
    struct secrets secrets;
    size_t size;

    secrets_init(&secrets);
    secrets_add(&secrets, "");
    CU_ASSERT_EQUAL(secrets.texts.size, 0);
    secrets_add(&secrets, TOKEN);
    size = secrets.texts.size;
    secrets_add(&secrets, TOKEN);
    CU_ASSERT_EQUAL(secrets.texts.size, size);
    secrets_add(&secrets, "another");
    CU_ASSERT_TRUE(secrets.texts.size > size);
    CU_ASSERT_EQUAL(secrets.texts.state, HECTOR_OK);
    secrets_release(&secrets);
    CU_ASSERT_PTR_NULL(secrets.texts.data);
}

static CU_TestInfo secrets_tests[] = {
    {"spellings", test_spellings}, {"parts", test_parts}, {"room", test_room},
    {"kept once", test_kept_once}, CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "secrets", .pTests = secrets_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
