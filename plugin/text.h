/*
 * text.h - every sentence and label a person may read, by id, in English and French.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The ids are the stable slugs of errors, checks, coverages and problems: TEXT_token_refused is
 * the reason "token_refused". The sentences stand in text.def; {0}, {1}, ... take the arguments.
 */
#ifndef TEXT_H
#define TEXT_H

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

/* The sentence with its {n} unfilled. Static. */
const char *text_template(enum language language, enum text_id id);

/*
 * Fills the sentence into a fixed array, cut on a character boundary. Control characters in an
 * argument become spaces; a missing argument becomes "?".
 */
void text_format(char *out, size_t capacity, enum language language, enum text_id id,
                 const char *const *arguments);

/* "en" or "fr", and back; anything else is English. */
const char *language_code(enum language language);
enum language language_from_code(const char *code);
#endif
