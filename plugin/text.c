/*
 * text.c - every sentence and label a person may read, by id, in English and French.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "text.h"

#include <string.h>

#include "buffer.h"

static const struct {
    const char *slug;
    const char *languages[LANGUAGE_COUNT];
} TEXTS[TEXT_COUNT] = {
#define TEXT(slug, english, french) {#slug, {english, french}},
#include "text.def"
#undef TEXT
};

const char *text_slug(enum text_id id)
{
    return TEXTS[id].slug;
}

const char *text_template(enum language language, enum text_id id)
{
    return TEXTS[id].languages[language];
}

/* The argument that "{n}" stands for; NULL when the template goes on otherwise. */
static const char *placeholder(const char *template, const char *const *arguments)
{
    int wanted;

    if (template[0] != '{' || template[1] < '0' || template[1] > '9' || template[2] != '}') {
        return NULL;
    }
    wanted = template[1] - '0';
    for (int i = 0; arguments != NULL && arguments[i] != NULL; i++) {
        if (i == wanted) {
            return arguments[i];
        }
    }
    return "?";
}

void text_format(char *out, size_t capacity, enum language language, enum text_id id,
                 const char *const *arguments)
{
    /* Twice the room: what does not fit is cut once, at the end, on a character boundary. */
    char text[4096];
    size_t size = 0;

    for (const char *t = text_template(language, id); *t != '\0' && size < sizeof(text) - 1;) {
        const char *argument = placeholder(t, arguments);

        if (argument == NULL) {
            text[size++] = *t++;
            continue;
        }
        t += 3;
        for (; *argument != '\0' && size < sizeof(text) - 1; argument++) {
            unsigned char c = (unsigned char)*argument;

            text[size++] = c < 0x20 || c == 0x7F ? ' ' : *argument;
        }
    }
    text_copy(out, capacity, text, size);
}

const char *language_code(enum language language)
{
    return language == LANGUAGE_FRENCH ? "fr" : "en";
}

enum language language_from_code(const char *code)
{
    return code != NULL && strncmp(code, "fr", 2) == 0 ? LANGUAGE_FRENCH : LANGUAGE_ENGLISH;
}
