/*
 * text.c - every sentence and label a person may read, by id, in English and French.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "text.h"

#include <stdbool.h>
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

static const char *argument(const char *const *arguments, char digit)
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

/* A part of a sentence, and how long its place-holder is in the template. */
struct filling {
    const char *text;
    size_t size, length;
};

/*
 * What "{n}" stands for: an argument; or "{n|word|words}": one of the two, by the number that the
 * argument is. A length of 0: the template goes on otherwise.
 */
static struct filling fill(const char *template, enum language language,
                           const char *const *arguments)
{
    struct filling filling = {"", 0, 0};

    if (template[0] != '{' || template[1] < '0' || template[1] > '9') {
        return filling;
    }
    filling.text = argument(arguments, template[1]);
    if (template[2] == '}') {
        filling.size = strlen(filling.text);
        filling.length = 3;
    } else if (template[2] == '|') {
        const char *one = template + 3, *many = one + strcspn(one, "|") + 1;
        size_t size = strcspn(many, "}");

        filling.size = is_one(filling.text, language) ? (size_t)(many - 1 - one) : size;
        filling.text = is_one(filling.text, language) ? one : many;
        filling.length = (size_t)(many - template) + size + 1;
    }
    return filling;
}

void text_format(char *out, size_t capacity, enum language language, enum text_id id,
                 const char *const *arguments)
{
    /* Twice the room: what does not fit is cut once, at the end, on a character boundary. */
    char text[4096];
    size_t size = 0;

    for (const char *t = text_template(language, id); *t != '\0' && size < sizeof(text) - 1;) {
        struct filling filling = fill(t, language, arguments);

        if (filling.length == 0) {
            text[size++] = *t++;
            continue;
        }
        t += filling.length;
        for (size_t i = 0; i < filling.size && size < sizeof(text) - 1; i++) {
            unsigned char c = (unsigned char)filling.text[i];

            text[size++] = c < 0x20 || c == 0x7F ? ' ' : filling.text[i];
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
