/*
 * test_message.c - all messages in both languages, and their arguments.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "host/message.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "base/limits.h"
#include "lib/tap.h"
#include "sources/source.h"

static const struct wording ENGLISH = {.language = LANGUAGE_ENGLISH};
static const struct wording FRENCH = {.language = LANGUAGE_FRENCH};

/* The wording for a program and for a shell. */
static const struct wording KEYS = {.language = LANGUAGE_ENGLISH, .keys = true};
static const struct wording SHELL[LANGUAGE_COUNT] = {
    {LANGUAGE_ENGLISH, true, "--set ", "--secret-file "},
    {LANGUAGE_FRENCH, true, "--set ", "--secret-file "}};

/* The key, name or word inside a placeholder that names one; NULL = another placeholder. */
static const char *name_of(const char *brace)
{
    static const char *const marks[] = {"{field_", "{secret_", "{choice_"};

    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        if (strncmp(brace, marks[i], strlen(marks[i])) == 0) {
            return brace + strlen(marks[i]);
        }
    }
    return NULL;
}

/* The {n} of a template as bits, with bit 10 for the placeholder that the host fills in; -1 for any
 * other brace. */
static int placeholders(const char *template)
{
    int found = 0;

    for (const char *brace = strchr(template, '{'); brace != NULL; brace = strchr(brace + 1, '{')) {
        if (brace[1] >= '0' && brace[1] <= '9' &&
            (brace[2] == '}' || (brace[2] == '|' && strchr(brace + 3, '|') != NULL &&
                                 strchr(brace + 3, '|') < strchr(brace, '}')))) {
            found |= 1 << (brace[1] - '0');
        } else if (name_of(brace) != NULL) {
            const char *name = name_of(brace);

            found |= *name >= '0' && *name <= '9' ? 1 << (*name - '0') : 0;
        } else if (strncmp(brace, GUIDE_ADDRESS, strlen(GUIDE_ADDRESS)) == 0) {
            found |= 1 << 10;
        } else if (brace[1] != '"') { /* a JSON example */
            return -1;
        }
    }
    return found;
}

/* Fails by the slug of a message. */
static void check(bool held, int id, const char *what)
{
    char text[128];

    (void)snprintf(text, sizeof(text), "%s: %s", message_slug((enum message_id)id), what);
    CU_assertImplementation(held, __LINE__, text, __FILE__, "", CU_FALSE);
}

/* Whether `other` has each {field_KEY}, {secret_NAME} and {choice_WORD} of `template`. */
static bool has_names(const char *template, const char *other)
{
    for (const char *brace = strchr(template, '{'); brace != NULL; brace = strchr(brace + 1, '{')) {
        char name[64];

        (void)snprintf(name, sizeof(name), "%.*s", (int)strcspn(brace, "}") + 1, brace);
        if (name_of(brace) != NULL && strstr(other, name) == NULL) {
            return false;
        }
    }
    return true;
}

static void test_both_languages(void)
{
    for (int id = 1; id < MESSAGE_COUNT; id++) {
        const char *english = message_template(LANGUAGE_ENGLISH, (enum message_id)id);
        const char *french = message_template(LANGUAGE_FRENCH, (enum message_id)id);

        check(*english != '\0', id, "no English");
        check(*french != '\0', id, "no French");
        check(strlen(english) < MESSAGE_MAX, id, "the English is too long");
        check(strlen(french) < MESSAGE_MAX, id, "the French is too long");
        check(placeholders(english) != -1, id, "a brace that is no placeholder");
        check(placeholders(english) == placeholders(french) && has_names(english, french) &&
                  has_names(french, english),
              id, "the languages have different placeholders");
        check(english[strspn(english, " ")] == english[0], id, "a blank at the beginning");
        check(strpbrk(english, "\n\t") == NULL, id, "a line break or tab in English");
        check(strpbrk(french, "\n\t") == NULL, id, "a line break or tab in French");
    }
}

/* Names, and words that are French as well. */
static void test_sentences_are_translated(void)
{
    static const enum message_id same[] = {
        LABEL_label_scope_adom, LABEL_check_version_ok,    LABEL_tab_options,
        LABEL_field_source,     LABEL_choice_fortimanager, LABEL_choice_fortigate,
        LABEL_choice_fortinac,  LABEL_choice_ems,          LABEL_check_gate_version_ok};

    for (int id = 1; id < MESSAGE_COUNT; id++) {
        bool expected = false;

        for (size_t i = 0; i < COUNT(same); i++) {
            expected = expected || same[i] == (enum message_id)id;
        }
        check((strcmp(message_template(LANGUAGE_ENGLISH, (enum message_id)id),
                      message_template(LANGUAGE_FRENCH, (enum message_id)id)) == 0) == expected,
              id, expected ? "the languages differ" : "the French is the English");
    }
}

/* {0} without {1} would hide an argument. */
static void test_placeholders_are_numbered_through(void)
{
    for (int id = 1; id < MESSAGE_COUNT; id++) {
        int found = placeholders(message_template(LANGUAGE_ENGLISH, (enum message_id)id)) & 0x3FF;

        /* serial_unusable and others use fewer arguments than they are given, but without gaps. */
        check((found & (found + 1)) == 0, id, "{0} to the last placeholder, without a gap");
    }
}

static void test_slugs(void)
{
    for (int id = 1; id < MESSAGE_COUNT; id++) {
        const char *slug = message_slug((enum message_id)id);

        check(strlen(slug) > 0 && strlen(slug) <= 46, id, "a slug has 1 to 46 characters");
        check(strspn(slug, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(slug), id,
              "a character that no slug has");
        for (int other = 0; other < id; other++) {
            check(strcmp(slug, message_slug((enum message_id)other)) != 0, id, "a slug twice");
        }
    }
    CU_ASSERT_STRING_EQUAL(message_slug(REASON_token_refused), "token_refused");
}

static void test_format(void)
{
    char out[MESSAGE_MAX];

    message_format(out, sizeof(out), &ENGLISH, REASON_setting_invalid,
                   ARGUMENTS("url", "it must be a text", "https://1.2.3.4"));
    CU_ASSERT_STRING_EQUAL(
        out, "The value of \"Url / IP address\" is not valid: it must be a text. Example: "
             "https://1.2.3.4");
    message_format(out, sizeof(out), &FRENCH, REASON_setting_invalid,
                   ARGUMENTS("url", "ce doit \xC3\xAAtre un texte", "https://1.2.3.4"));
    CU_ASSERT_STRING_EQUAL(out,
                           "La valeur de \xC2\xAB URL / adresse IP \xC2\xBB n'est pas valide : "
                           "ce doit \xC3\xAAtre un texte. Exemple : https://1.2.3.4");
    /* A value may end like a sentence. */
    message_format(out, sizeof(out), &ENGLISH, REASON_serials_placeholder,
                   ARGUMENTS("1", "To Be Filled By O.E.M."));
    CU_ASSERT_PTR_NOT_NULL(strstr(out, "To Be Filled By O.E.M."));
    CU_ASSERT_PTR_NULL(strstr(out, ".."));
}

/* A form has labels, a shell has options; "never" is a choice and has no option. */
static void test_names(void)
{
    static const struct {
        const struct wording *wording;
        enum message_id id;
        const char *arguments[4], *sentence;
    } cases[] = {
        {&ENGLISH,
         REASON_time_out,
         {"fmg"},
         "fmg did not answer in time. Try again, or raise \"Time limit of a request\"."},
        {&SHELL[LANGUAGE_ENGLISH],
         REASON_time_out,
         {"fmg"},
         "fmg did not answer in time. Try again, or raise --set timeout_s."},
        {&FRENCH,
         REASON_time_out,
         {"fmg"},
         "fmg n'a pas r\xC3\xA9pondu \xC3\xA0 temps. R\xC3\xA9"
         "essayez, ou augmentez \xC2\xAB D\xC3\xA9lai "
         "d'une requ\xC3\xAAte \xC2\xBB."},
        {&SHELL[LANGUAGE_FRENCH],
         REASON_time_out,
         {"fmg"},
         "fmg n'a pas r\xC3\xA9pondu \xC3\xA0 temps. R\xC3\xA9"
         "essayez, ou augmentez --set timeout_s."},
        {&ENGLISH,
         REASON_secret_padded,
         {"token"},
         "\"Token\" has blanks or quotes around it. Copy it again without them."},
        {&SHELL[LANGUAGE_ENGLISH],
         REASON_secret_padded,
         {"token"},
         "--secret-file token has blanks or quotes around it. Copy it again without them."},
        {&ENGLISH,
         REASON_source_mismatch,
         {"a", "FortiGate", "fortimanager"},
         "a is a FortiGate, but \"Source\" is \"FortiManager\". Choose \"Find out automatically\" "
         "there, or "
         "enter the address of a system of that kind."},
        {&SHELL[LANGUAGE_ENGLISH],
         REASON_source_mismatch,
         {"a", "FortiGate", "fortimanager"},
         "a is a FortiGate, but --set source is fortimanager. Choose auto there, or enter the "
         "address of a "
         "system of that kind."},
        {&KEYS,
         REASON_setting_not_for,
         {"fallback_url", "FortiGate"},
         "fallback_url cannot be used with a FortiGate. Leave it empty."},
        /* A name that is in no form stays unchanged. */
        {&SHELL[LANGUAGE_ENGLISH],
         REASON_setting_invalid,
         {"deadline_s", "it must be a text", "1"},
         "The value of deadline_s is not valid: it must be a text. Example: 1"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char out[MESSAGE_MAX];

        message_format(out, sizeof(out), cases[i].wording, cases[i].id, cases[i].arguments);
        CU_ASSERT_STRING_EQUAL(out, cases[i].sentence);
    }
}

/* With the name of each setting filled in, no message is cut, and none keeps a brace of a
 * placeholder. */
static void test_names_fit(void)
{
    static const char *const marks[] = {"{field_", "{secret_", "{choice_"};

    for (int id = 1; id < MESSAGE_COUNT; id++) {
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            const struct wording form = {.language = (enum language)language};
            const struct wording *wordings[] = {&form, &SHELL[language]};

            for (int i = 0; i < 2; i++) {
                char out[2 * MESSAGE_MAX];

                message_format(out, sizeof(out), wordings[i], (enum message_id)id,
                               ARGUMENTS("", ""));
                CU_ASSERT_TRUE(strlen(out) < MESSAGE_MAX);
                for (size_t k = 0; k < sizeof(marks) / sizeof(marks[0]); k++) {
                    CU_ASSERT_PTR_NULL(strstr(out, marks[k]));
                }
            }
        }
    }
}

/* Singular and plural; French uses the singular for zero. */
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
        char out[MESSAGE_MAX];

        message_format(out, sizeof(out), &(struct wording){.language = cases[i].language},
                       LABEL_check_devices_ok, ARGUMENTS(cases[i].number));
        CU_ASSERT_STRING_EQUAL(out, cases[i].sentence);
    }
}

static void test_missing_arguments(void)
{
    char out[MESSAGE_MAX];

    message_format(out, sizeof(out), &ENGLISH, REASON_setting_invalid, ARGUMENTS("url"));
    CU_ASSERT_STRING_EQUAL(out, "The value of \"Url / IP address\" is not valid: ?. Example: ?");
    message_format(out, sizeof(out), &ENGLISH, REASON_setting_invalid, NO_ARGUMENTS);
    CU_ASSERT_STRING_EQUAL(out, "The value of ? is not valid: ?. Example: ?");
    /* More arguments than needed. */
    message_format(out, sizeof(out), &ENGLISH, REASON_no_memory, ARGUMENTS("a", "b"));
    CU_ASSERT_STRING_EQUAL(out, "Not enough memory.");
}

/* A placeholder in an argument is not replaced, nor is JSON in a template. */
static void test_braces(void)
{
    char out[MESSAGE_MAX];

    message_format(out, sizeof(out), &ENGLISH, REASON_setting_invalid,
                   ARGUMENTS("{1}", "{0}", "%s%n"));
    CU_ASSERT_STRING_EQUAL(out, "The value of {1} is not valid: {0}. Example: %s%n");
    message_format(out, sizeof(out), &ENGLISH, REASON_request_invalid, NO_ARGUMENTS);
    CU_ASSERT_PTR_NOT_NULL(strstr(out, "{\"settings\": {\"url\": \"https://1.2.3.4\"}}"));
}

static void test_control_characters(void)
{
    char out[MESSAGE_MAX];

    message_format(out, sizeof(out), &ENGLISH, REASON_setting_unknown,
                   ARGUMENTS("a\nb\tc\x01"
                             "d\x7F"
                             "e\xC3\xA9"));
    CU_ASSERT_STRING_EQUAL(
        out, "The setting a b c d e\xC3\xA9 is not known to this version and was ignored.");
}

/* Cut to fit, never within a character. */
static void test_cut(void)
{
    static const char whole[] = "The setting \xC3\xA9\xE2\x82\xAC is not";
    char out[32];

    for (size_t capacity = 1; capacity <= sizeof(whole); capacity++) {
        size_t size;

        memset(out, 'x', sizeof(out));
        message_format(out, capacity, &ENGLISH, REASON_setting_unknown,
                       ARGUMENTS("\xC3\xA9\xE2\x82\xAC"));
        size = strlen(out);
        CU_ASSERT_TRUE(size < capacity);
        CU_ASSERT_EQUAL(strncmp(out, whole, size), 0);
        CU_ASSERT_TRUE((unsigned char)whole[size] < 0x80 || (unsigned char)whole[size] >= 0xC0);
        /* No longer cut than necessary: the longest character here has three bytes. */
        CU_ASSERT_TRUE(size + 3 >= capacity);
    }
}

static void test_long_argument(void)
{
    char argument[8000], out[MESSAGE_MAX];

    memset(argument, 'a', sizeof(argument));
    argument[sizeof(argument) - 1] = '\0';
    message_format(out, sizeof(out), &ENGLISH, REASON_setting_unknown, ARGUMENTS(argument));
    CU_ASSERT_EQUAL(strlen(out), MESSAGE_MAX - 1);
}

static void test_languages(void)
{
    CU_ASSERT_STRING_EQUAL(message_language_code(LANGUAGE_ENGLISH), "en");
    CU_ASSERT_STRING_EQUAL(message_language_code(LANGUAGE_FRENCH), "fr");
    CU_ASSERT_EQUAL(message_language("en"), LANGUAGE_ENGLISH);
    CU_ASSERT_EQUAL(message_language("fr"), LANGUAGE_FRENCH);
    CU_ASSERT_EQUAL(message_language("fr-CA"), LANGUAGE_FRENCH);
    CU_ASSERT_EQUAL(message_language("de"), LANGUAGE_ENGLISH);
    CU_ASSERT_EQUAL(message_language("fro"), LANGUAGE_ENGLISH);
    CU_ASSERT_EQUAL(message_language(""), LANGUAGE_ENGLISH);
    CU_ASSERT_EQUAL(message_language(NULL), LANGUAGE_ENGLISH);
}

static CU_TestInfo catalogue_tests[] = {
    {"both languages", test_both_languages},
    {"texts are translated", test_sentences_are_translated},
    {"place-holders are numbered through", test_placeholders_are_numbered_through},
    {"slugs", test_slugs},
    {"codes of languages", test_languages},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo format_tests[] = {
    {"filled", test_format},
    {"names of settings", test_names},
    {"names of settings fit", test_names_fit},
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
