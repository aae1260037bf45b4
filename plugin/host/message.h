/*
 * message.h - all messages and labels, by id, in English and French.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An id is REASON_slug, SKIP_slug or LABEL_slug, by the file that has its words: reasons.def,
 * skips.def or labels.def. Slugs are the stable reasons of errors, checks, coverages, problems and
 * skipped rows.
 */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/limits.h"

enum language { LANGUAGE_ENGLISH, LANGUAGE_FRENCH, LANGUAGE_COUNT };

enum message_id {
    MESSAGE_NONE,
    SKIP_NONE = MESSAGE_NONE, /* the row is an asset */
#define REASON(slug, cause, english, french) REASON_##slug,
#include "reasons.def"
#define SKIP(slug, english, french) SKIP_##slug,
#include "skips.def"
#define LABEL(slug, english, french) LABEL_##slug,
#include "labels.def"
    MESSAGE_COUNT
};

/*
 * Arguments of a message for the functions below: ARGUMENTS(name, number) or NO_ARGUMENTS. The
 * array lives as long as the enclosing block.
 */
#define ARGUMENTS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define NO_ARGUMENTS   ((const char *const *)NULL)

/*
 * A number as an argument: ARGUMENTS(message_number(count).text), whose text lives until the end of
 * the full expression.
 */
struct message_number {
    char text[24];
};

struct message_number message_number(int64_t number);

/* The slug of a message, such as "token_refused". Static. */
const char *message_slug(enum message_id id);

/* The code of a reason, HECTOR_CONFIG ...; HECTOR_OK if it only reports something. */
int32_t message_cause(enum message_id reason);

/* The message with its placeholders unfilled. Static. */
const char *message_template(enum language language, enum message_id id);

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
void message_format(char *out, size_t capacity, const struct wording *wording, enum message_id id,
                    const char *const *arguments);

/*
 * The code of a language, "en" or "fr", and the language of a code; any other code, or NULL, is
 * English.
 */
const char *message_language_code(enum language language);
enum language message_language(const char *code);
#endif
