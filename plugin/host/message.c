/*
 * message.c - all messages and labels, by id, in English and French.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "message.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "hector/integration.h"

static const struct {
    const char *slug;
    int32_t cause;
    const char *languages[LANGUAGE_COUNT];
} MESSAGES[MESSAGE_COUNT] = {
    {"", HECTOR_OK, {"", ""}},
#define REASON(slug, cause, english, french) {#slug, cause, {english, french}},
#include "reasons.def"
#define SKIP(slug, english, french) {#slug, HECTOR_OK, {english, french}},
#include "skips.def"
#define LABEL(slug, english, french) {#slug, HECTOR_OK, {english, french}},
#include "labels.def"
};

struct message_number message_number(int64_t number)
{
    struct message_number ret;

    (void)snprintf(ret.text, sizeof(ret.text), "%" PRId64, number);
    return ret;
}

const char *message_slug(enum message_id id)
{
    return MESSAGES[id].slug;
}

int32_t message_cause(enum message_id reason)
{
    return MESSAGES[reason].cause;
}

const char *message_template(enum language language, enum message_id id)
{
    return MESSAGES[id].languages[language];
}

static const char *find_argument(const char *const *arguments, char digit)
{
    for (int i = 0; arguments != NULL && arguments[i] != NULL; i++) {
        if (i == digit - '0') {
            return arguments[i];
        }
    }
    return "?";
}

static bool is_one(const char *number, enum language language)
{
    return strcmp(number, "1") == 0 || (language == LANGUAGE_FRENCH && strcmp(number, "0") == 0);
}

/* The message so far; message_format() cuts it once, at the end, between UTF-8 characters. */
struct sentence {
    const struct wording *wording;
    const char *const *arguments;
    char text[SENTENCE_MAX];
    size_t size;
};

static void append_text(struct sentence *sentence, const char *text, size_t size)
{
    for (size_t i = 0; i < size && sentence->size < sizeof(sentence->text) - 1; i++) {
        unsigned char c = (unsigned char)text[i];

        sentence->text[sentence->size++] = c < 0x20 || c == 0x7F ? ' ' : text[i];
    }
}

/* Handles "{n}" and "{n|word|words}". Returns false for another placeholder. */
static bool append_argument(struct sentence *sentence, const char *name, size_t size)
{
    const char *text, *one = name + 2, *many;

    if (isdigit((unsigned char)name[0]) == 0 || (size > 1 && name[1] != '|')) {
        return false;
    }
    text = find_argument(sentence->arguments, name[0]);
    if (size == 1) {
        append_text(sentence, text, strlen(text));
        return true;
    }
    many = one + strcspn(one, "|") + 1;
    if (is_one(text, sentence->wording->language)) {
        append_text(sentence, one, (size_t)(many - 1 - one));
    } else {
        append_text(sentence, many, (size_t)(name + size - many));
    }
    return true;
}

static const char *text_by_slug(const char *lead, const char *rest, size_t size,
                                enum language language)
{
    char slug[64]; /* longer ones, cut, are no slugs */

    (void)snprintf(slug, sizeof(slug), "%s%.*s", lead, (int)size, rest);
    for (int id = 1; id < MESSAGE_COUNT; id++) {
        if (strcmp(MESSAGES[id].slug, slug) == 0) {
            return MESSAGES[id].languages[language];
        }
    }
    return NULL;
}

static void append_label(struct sentence *sentence, const char *label)
{
    bool french = sentence->wording->language == LANGUAGE_FRENCH;
    const char *open = french ? "\xC2\xAB " : "\"", *close = french ? " \xC2\xBB" : "\"";

    append_text(sentence, open, strlen(open));
    append_text(sentence, label, strlen(label));
    append_text(sentence, close, strlen(close));
}

/*
 * Handles "{field_KEY}", "{secret_NAME}" and "{choice_WORD}", where the key may be the number of an
 * argument. Returns false for another placeholder.
 */
static bool append_name(struct sentence *sentence, const char *name, size_t size)
{
    const struct wording *wording = sentence->wording;
    const struct {
        const char *mark, *slug, *lead;
    } kinds[] = {{"field_", "field_", wording->setting_lead},
                 {"secret_", "field_", wording->secret_lead},
                 {"choice_", "choice_", ""}};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        size_t lead = strlen(kinds[i].mark);
        const char *key = name + lead, *label;

        if (strncmp(name, kinds[i].mark, lead) != 0) {
            continue;
        }
        size -= lead;
        if (size == 1 && isdigit((unsigned char)*key) != 0) {
            key = find_argument(sentence->arguments, *key);
            size = strlen(key);
        }
        label = text_by_slug(kinds[i].slug, key, size, wording->language);
        if (label != NULL && !wording->keys) {
            append_label(sentence, label);
            return true;
        }
        append_text(sentence, kinds[i].lead, label != NULL ? strlen(kinds[i].lead) : 0);
        append_text(sentence, key, size);
        return true;
    }
    return false;
}

void message_format(char *out, size_t capacity, const struct wording *wording, enum message_id id,
                    const char *const *arguments)
{
    struct sentence sentence = {.wording = wording, .arguments = arguments};

    for (const char *t = message_template(wording->language, id); *t != '\0'; t++) {
        size_t size = *t == '{' ? strcspn(t + 1, "}") : 0;
        /* A value may end with a full stop of its own. */
        bool ended = sentence.size > 0 && sentence.text[sentence.size - 1] == '.';

        if (size > 0 &&
            (append_argument(&sentence, t + 1, size) || append_name(&sentence, t + 1, size))) {
            t += size + 1;
        } else if (*t != '.' || !ended) {
            append_text(&sentence, t, 1);
        }
    }
    utf8_copy(out, capacity, sentence.text, sentence.size);
}

const char *message_language_code(enum language language)
{
    return language == LANGUAGE_FRENCH ? "fr" : "en";
}

enum language message_language(const char *code)
{
    return code != NULL && strcspn(code, "-") == 2 && strncmp(code, "fr", 2) == 0
               ? LANGUAGE_FRENCH
               : LANGUAGE_ENGLISH;
}
