/*
 * test_text.c - every sentence in both languages, and how they are filled.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "text.h"

#include <stdint.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "bounds.h"
#include "guide.h"
#include "tap.h"

/*
 * Which {n} a template holds, as bits, and bit 10 for the place-holder that a host fills in; -1 for
 * another brace.
 */
static int placeholders(const char *template)
{
    int found = 0;

    for (const char *brace = strchr(template, '{'); brace != NULL; brace = strchr(brace + 1, '{')) {
        if (brace[1] >= '0' && brace[1] <= '9' &&
            (brace[2] == '}' || (brace[2] == '|' && strchr(brace + 3, '|') != NULL &&
                                 strchr(brace + 3, '|') < strchr(brace, '}')))) {
            found |= 1 << (brace[1] - '0');
        } else if (strncmp(brace, GUIDE_ADDRESS, strlen(GUIDE_ADDRESS)) == 0) {
            found |= 1 << 10;
        } else if (brace[1] != '"') { /* an example in JSON */
            return -1;
        }
    }
    return found;
}

static void test_both_languages(void)
{
    for (int id = 0; id < TEXT_COUNT; id++) {
        const char *english = text_template(LANGUAGE_ENGLISH, (enum text_id)id);
        const char *french = text_template(LANGUAGE_FRENCH, (enum text_id)id);

        CU_ASSERT_TRUE(english != NULL && *english != '\0');
        CU_ASSERT_TRUE(french != NULL && *french != '\0');
        CU_ASSERT_TRUE(strlen(english) < TEXT_MAX);
        CU_ASSERT_TRUE(strlen(french) < TEXT_MAX);
        CU_ASSERT_NOT_EQUAL(placeholders(english), -1);
        CU_ASSERT_EQUAL(placeholders(english), placeholders(french));
        CU_ASSERT_EQUAL(english[strspn(english, " ")], english[0]);
        CU_ASSERT_PTR_NULL(strpbrk(english, "\n\t"));
        CU_ASSERT_PTR_NULL(strpbrk(french, "\n\t"));
    }
}

/* {0} without {1} would be an argument that nobody sees. */
static void test_placeholders_are_numbered_through(void)
{
    for (int id = 0; id < TEXT_COUNT; id++) {
        int found = placeholders(text_template(LANGUAGE_ENGLISH, (enum text_id)id)) & 0x3FF;

        /* serial_unusable and the like take less than they are given; holes there are none. */
        CU_ASSERT_EQUAL(found & (found + 1), 0);
    }
}

static void test_slugs(void)
{
    for (int id = 0; id < TEXT_COUNT; id++) {
        const char *slug = text_slug((enum text_id)id);

        CU_ASSERT_TRUE(strlen(slug) > 0 && strlen(slug) <= 46);
        CU_ASSERT_EQUAL(strspn(slug, "abcdefghijklmnopqrstuvwxyz0123456789_"), strlen(slug));
        for (int other = 0; other < id; other++) {
            CU_ASSERT_STRING_NOT_EQUAL(slug, text_slug((enum text_id)other));
        }
    }
    CU_ASSERT_STRING_EQUAL(text_slug(TEXT_token_refused), "token_refused");
}

static void test_format(void)
{
    char out[TEXT_MAX];

    text_format(out, sizeof(out), LANGUAGE_ENGLISH, TEXT_setting_invalid,
                ARGUMENTS("url", "it must be a text", "https://1.2.3.4"));
    CU_ASSERT_STRING_EQUAL(
        out, "The setting url is not valid: it must be a text. Example: https://1.2.3.4");
    text_format(out, sizeof(out), LANGUAGE_FRENCH, TEXT_setting_invalid,
                ARGUMENTS("url", "ce doit \xC3\xAAtre un texte", "https://1.2.3.4"));
    CU_ASSERT_STRING_EQUAL(out, "Le r\xC3\xA9glage url n'est pas valide : ce doit \xC3\xAAtre un "
                                "texte. Exemple : https://1.2.3.4");
}

/* One, and more than one; of nothing there is one in French. */
static void test_numbers(void)
{
    static const struct {
        enum language language;
        const char *number, *sentence;
    } cases[] = {
        {LANGUAGE_ENGLISH, "0", "0 firewalls would be imported."},
        {LANGUAGE_ENGLISH, "1", "1 firewall would be imported."},
        {LANGUAGE_ENGLISH, "11", "11 firewalls would be imported."},
        {LANGUAGE_ENGLISH, NULL, "? firewalls would be imported."},
        {LANGUAGE_FRENCH, "0", "0 pare-feu serait import\xC3\xA9."},
        {LANGUAGE_FRENCH, "1", "1 pare-feu serait import\xC3\xA9."},
        {LANGUAGE_FRENCH, "2", "2 pare-feu seraient import\xC3\xA9s."},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char out[TEXT_MAX];

        text_format(out, sizeof(out), cases[i].language, TEXT_check_devices_ok,
                    ARGUMENTS(cases[i].number));
        CU_ASSERT_STRING_EQUAL(out, cases[i].sentence);
    }
}

static void test_missing_arguments(void)
{
    char out[TEXT_MAX];

    text_format(out, sizeof(out), LANGUAGE_ENGLISH, TEXT_setting_invalid, ARGUMENTS("url"));
    CU_ASSERT_STRING_EQUAL(out, "The setting url is not valid: ?. Example: ?");
    text_format(out, sizeof(out), LANGUAGE_ENGLISH, TEXT_setting_invalid, NO_ARGUMENTS);
    CU_ASSERT_STRING_EQUAL(out, "The setting ? is not valid: ?. Example: ?");
    /* More than are needed. */
    text_format(out, sizeof(out), LANGUAGE_ENGLISH, TEXT_no_memory, ARGUMENTS("a", "b"));
    CU_ASSERT_STRING_EQUAL(out, "Not enough memory.");
}

/* What looks like a place-holder in an argument is none, and JSON in a template is none either. */
static void test_braces(void)
{
    char out[TEXT_MAX];

    text_format(out, sizeof(out), LANGUAGE_ENGLISH, TEXT_setting_invalid,
                ARGUMENTS("{1}", "{0}", "%s%n"));
    CU_ASSERT_STRING_EQUAL(out, "The setting {1} is not valid: {0}. Example: %s%n");
    text_format(out, sizeof(out), LANGUAGE_ENGLISH, TEXT_request_invalid, NO_ARGUMENTS);
    CU_ASSERT_PTR_NOT_NULL(strstr(out, "{\"settings\": {\"url\": \"https://1.2.3.4\"}}"));
}

static void test_control_characters(void)
{
    char out[TEXT_MAX];

    text_format(out, sizeof(out), LANGUAGE_ENGLISH, TEXT_setting_unknown,
                ARGUMENTS("a\nb\tc\x01"
                          "d\x7F"
                          "e\xC3\xA9"));
    CU_ASSERT_STRING_EQUAL(
        out, "The setting a b c d e\xC3\xA9 is not known to this version and was ignored.");
}

/* Cut where it fits, never within a character. */
static void test_cut(void)
{
    static const char whole[] = "The setting \xC3\xA9\xE2\x82\xAC is not";
    char out[32];

    for (size_t capacity = 1; capacity <= sizeof(whole); capacity++) {
        size_t size;

        memset(out, 'x', sizeof(out));
        text_format(out, capacity, LANGUAGE_ENGLISH, TEXT_setting_unknown,
                    ARGUMENTS("\xC3\xA9\xE2\x82\xAC"));
        size = strlen(out);
        CU_ASSERT_TRUE(size < capacity);
        CU_ASSERT_EQUAL(strncmp(out, whole, size), 0);
        CU_ASSERT_TRUE((unsigned char)whole[size] < 0x80 || (unsigned char)whole[size] >= 0xC0);
        /* No byte is given away without need: the longest character here has three. */
        CU_ASSERT_TRUE(size + 3 >= capacity);
    }
}

static void test_long_argument(void)
{
    char argument[8000], out[TEXT_MAX];

    memset(argument, 'a', sizeof(argument));
    argument[sizeof(argument) - 1] = '\0';
    text_format(out, sizeof(out), LANGUAGE_ENGLISH, TEXT_setting_unknown, ARGUMENTS(argument));
    CU_ASSERT_EQUAL(strlen(out), TEXT_MAX - 1);
}

static void test_languages(void)
{
    CU_ASSERT_STRING_EQUAL(language_code(LANGUAGE_ENGLISH), "en");
    CU_ASSERT_STRING_EQUAL(language_code(LANGUAGE_FRENCH), "fr");
    CU_ASSERT_EQUAL(language_from_code("en"), LANGUAGE_ENGLISH);
    CU_ASSERT_EQUAL(language_from_code("fr"), LANGUAGE_FRENCH);
    CU_ASSERT_EQUAL(language_from_code("de"), LANGUAGE_ENGLISH);
    CU_ASSERT_EQUAL(language_from_code(""), LANGUAGE_ENGLISH);
    CU_ASSERT_EQUAL(language_from_code(NULL), LANGUAGE_ENGLISH);
}

static CU_TestInfo catalogue_tests[] = {
    {"both languages", test_both_languages},
    {"place-holders are numbered through", test_placeholders_are_numbered_through},
    {"slugs", test_slugs},
    {"codes of languages", test_languages},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo format_tests[] = {
    {"filled", test_format},
    {"numbers", test_numbers},
    {"missing arguments", test_missing_arguments},
    {"braces", test_braces},
    {"control characters", test_control_characters},
    {"cut", test_cut},
    {"a long argument", test_long_argument},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {
        {.pName = "catalogue", .pTests = catalogue_tests},
        {.pName = "format", .pTests = format_tests},
        CU_SUITE_INFO_NULL,
    };

    return tap_run(suites);
}
