/*
 * test_secrets.c - removal of secrets from texts, in every notation.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "host/secrets.h"

#include <string.h>

#include <CUnit/CUnit.h>

#include "hector/integration.h"
#include "lib/tap.h"

#define TOKEN "k3y-0123456789-ABCDEF"

/* The text as secrets_hide() shows it, with the secrets of this test known. */
static const char *hide(const char *text)
{
    static char out[256];
    struct secrets secrets;

    secrets = (struct secrets){BUFFER(SECRETS_MAX)};
    secrets_add(&secrets, TOKEN);
    secrets_add(&secrets, "a/b\"c&d%e'f");
    secrets_add(&secrets, "xyz");
    secrets_add(&secrets, "q&amp;r%25s");
    secrets_add(&secrets, "Session\xC3\xA9");
    secrets_add(&secrets, "smile \xF0\x9F\x98\x80");
    secrets_add(&secrets, "line\nend");
    secrets_hide(&secrets, text, out, sizeof(out));
    buffer_release_secret(&secrets.texts);
    return out;
}

static void test_spellings(void)
{
    static const char *const cases[][2] = {
        {"", ""},
        {"nothing to hide", "nothing to hide"},
        {TOKEN, "***"},
        {"Bearer " TOKEN ", " TOKEN "!", "Bearer ***, ***!"},
        {"k3Y-0123456789-abcdef", "***"}, /* in lower case, as in a header */
        {"xyz" TOKEN "xyz", "*********"},
        {"xxyz", "x***"},
        {"q&amp;r%25s", "***"}, /* a secret that looks escaped itself */
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
        {"<Session\xC3\xA9>", "<***>"},
        {"<session%C3%A9>", "<***>"},
        {"<Session\\u00E9>", "<***>"},
        {"<Session&#233;>", "<***>"},
        {"<Session&#xe9;>", "<***>"},
        {"<smile \\uD83D\\uDE00>", "<***>"},
        {"<smile \\ud83d\\u0041>", "<smile \\ud83d\\u0041>"},
        {"<smile &#x1F600;>", "<***>"},
        {"<line\\nend>", "<***>"},
        {"<line%0Aend>", "<***>"},
        {"&#;&#x;&#99999999;\\u12%1&", "&#;&#x;&#99999999;\\u12%1&"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        CU_ASSERT_STRING_EQUAL(hide(cases[i][0]), cases[i][1]);
    }
}

/* The beginning of a secret is not hidden, however long: hiding it would confirm guesses byte by
 * byte. */
static void test_beginnings(void)
{
    static const char *const texts[] = {
        "k3y-0123456789-ABCDE",
        "key k3y-0123... refused",
        "k3y-0123456789-ABCDEX",
        "3y-0123456789-ABCDEF",
        "xy",
        "a/b\"c&d%e'",
        "Session\xC3\xA8!",
        "a\\/b\\\"c&d%e",
        "Session%c3%a8",
        "%6b3y-0123456789-ABCDE",
        "q&amp;r%25",
    };

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        CU_ASSERT_STRING_EQUAL(hide(texts[i]), texts[i]);
    }
}

/* The text is cut after the secrets are removed, and never within a character. */
static void test_room(void)
{
    struct secrets secrets;
    char out[8];

    secrets = (struct secrets){BUFFER(SECRETS_MAX)};
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
    buffer_release_secret(&secrets.texts);
}

/* A text that must be cut when it is read keeps no half of a secret. */
static void test_cut_before(void)
{
    static const struct {
        const char *text;
        size_t capacity;
        const char *out;
    } cases[] = {
        {"name " TOKEN, 64, "name " TOKEN},  {"name " TOKEN, 27, "name " TOKEN},
        {"name " TOKEN, 26, "name "},        {"name " TOKEN, 7, "name "},
        {"name " TOKEN, 5, "name"},          {"name " TOKEN " goes on", 30, "name " TOKEN " go"},
        {"%6b3y-0123456789-ABCDEF", 23, ""}, {TOKEN, 1, ""},
        {"xyzxyzxyz", 8, "xyzxyz"},          {"\xE2\x82\xAC\xE2\x82\xAC", 6, "\xE2\x82\xAC"},
    };
    struct secrets secrets;
    char out[64];

    secrets = (struct secrets){BUFFER(SECRETS_MAX)};
    secrets_add(&secrets, TOKEN);
    secrets_add(&secrets, "xyz");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        secrets_copy(&secrets, cases[i].text, out, cases[i].capacity);
        CU_ASSERT_STRING_EQUAL(out, cases[i].out);
    }
    buffer_release_secret(&secrets.texts);
}

static void test_kept_once(void)
{
    struct secrets secrets;
    size_t size;

    secrets = (struct secrets){BUFFER(SECRETS_MAX)};
    secrets_add(&secrets, "");
    CU_ASSERT_EQUAL(secrets.texts.size, 0);
    secrets_add(&secrets, TOKEN);
    size = secrets.texts.size;
    secrets_add(&secrets, TOKEN);
    CU_ASSERT_EQUAL(secrets.texts.size, size);
    secrets_add(&secrets, "another");
    CU_ASSERT_TRUE(secrets.texts.size > size);
    CU_ASSERT_EQUAL(secrets.texts.state, BUFFER_OK);
    buffer_release_secret(&secrets.texts);
    CU_ASSERT_PTR_NULL(secrets.texts.data);
}

/* A secret that was removed is hidden no more, the others are; nothing of it remains. */
static void test_removed(void)
{
    struct secrets secrets = {BUFFER(SECRETS_MAX)};
    char out[64], token[1024];

    secrets_add(&secrets, "first");
    secrets_add(&secrets, TOKEN);
    secrets_add(&secrets, "last");
    secrets_remove(&secrets, TOKEN);
    secrets_remove(&secrets, "fir");
    secrets_remove(&secrets, "");
    secrets_hide(&secrets, "first, " TOKEN ", last", out, sizeof(out));
    CU_ASSERT_STRING_EQUAL(out, "***, " TOKEN ", ***");
    CU_ASSERT_EQUAL(secrets.texts.size, sizeof("first") + sizeof("last"));
    for (int i = 0; i < 100; i++) {
        memset(token, 'a' + i % 26, sizeof(token) - 1);
        token[sizeof(token) - 1] = '\0';
        secrets_add(&secrets, token);
        secrets_remove(&secrets, token);
    }
    CU_ASSERT_EQUAL(secrets.texts.state, BUFFER_OK);
    buffer_release_secret(&secrets.texts);
}

static CU_TestInfo secrets_tests[] = {
    {"spellings", test_spellings},
    {"beginnings", test_beginnings},
    {"room", test_room},
    {"cut before it is hidden", test_cut_before},
    {"kept once", test_kept_once},
    {"removed", test_removed},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "secrets", .pTests = secrets_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
