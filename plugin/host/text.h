/*
 * text.h - all messages and labels, by id, in English and French.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The ids are the stable slugs of errors, checks, coverages and problems: TEXT_token_refused is the
 * reason "token_refused". The messages are in text.def, which explains their placeholders.
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

/*
 * Arguments of a message for the functions below: ARGUMENTS(name, number) or NO_ARGUMENTS. The
 * array lives as long as the enclosing block.
 */
#define ARGUMENTS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define NO_ARGUMENTS   ((const char *const *)NULL)

/* The slug of a text, such as "token_refused". Static. */
const char *text_slug(enum text_id id);

/* The text with its placeholders unfilled. Static. */
const char *text_template(enum language language, enum text_id id);

#define KEY_LEAD_MAX 24 /* including the NUL */

/*
 * How messages name settings, secrets and choices. `keys` true: as a shell spells them, after their
 * lead (--set timeout_s). False: by their label in a form ("Time limit of a request").
 */
struct wording {
    enum language language;
    bool keys;
    char setting_lead[KEY_LEAD_MAX], secret_lead[KEY_LEAD_MAX]; /* "--set " */
};

/*
 * Formats a message into `capacity` bytes, cut between UTF-8 characters if it is too long. Control
 * characters become spaces; a missing argument becomes "?".
 */
void text_format(char *out, size_t capacity, const struct wording *wording, enum text_id id,
                 const char *const *arguments);

/*
 * The code of a language, "en" or "fr", and the language of a code; any other code, or NULL, is
 * English.
 */
const char *text_language_code(enum language language);
enum language text_language(const char *code);
#endif
