/*
 * text.h - every sentence and label a person may read, by id, in English and French.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The ids are the stable slugs of errors, checks, coverages and problems: TEXT_token_refused is
 * the reason "token_refused". The sentences stand in text.def, which says what its place-holders
 * are.
 */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>

enum language { LANGUAGE_ENGLISH, LANGUAGE_FRENCH, LANGUAGE_COUNT };

#define TEXT(slug, english, french) TEXT_##slug,
enum text_id {
#include "text.def"
    TEXT_COUNT
};
#undef TEXT

/* The arguments of a text, for the calls below: ARGUMENTS(name, number) or NO_ARGUMENTS. */
#define ARGUMENTS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define NO_ARGUMENTS   ((const char *const *)NULL)

/* "token_refused". Static. */
const char *text_slug(enum text_id id);

/* The sentence with its place-holders unfilled. Static. */
const char *text_template(enum language language, enum text_id id);

#define KEY_LEAD_MAX 24 /* with its NUL */

/*
 * How a sentence is worded. `keys`: settings, secrets and choices are called as a shell spells them
 * (--set timeout_s), each behind its lead, and not as a form labels them ("Time limit of a
 * request").
 */
struct wording {
    enum language language;
    bool keys;
    char setting_lead[KEY_LEAD_MAX], secret_lead[KEY_LEAD_MAX]; /* "--set " */
};

/*
 * Fills the sentence into a fixed array, cut on a character boundary. Control characters in an
 * argument become spaces; a missing argument becomes "?".
 */
void text_format(char *out, size_t capacity, const struct wording *wording, enum text_id id,
                 const char *const *arguments);

/* "en" or "fr", and back; anything else is English. */
const char *language_code(enum language language);
enum language language_from_code(const char *code);
#endif
