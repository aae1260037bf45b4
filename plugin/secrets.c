/*
 * secrets.c - the secrets that a call knows, and texts without them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "secrets.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define SHOWN "***"

void secrets_init(struct secrets *secrets)
{
    secrets->texts = BUFFER(SECRETS_MAX);
}

void secrets_release(struct secrets *secrets)
{
    buffer_release_secret(&secrets->texts);
}

static const char *next_of(const struct secrets *secrets, const char *secret)
{
    const struct buffer *texts = &secrets->texts;

    if (secret == NULL) {
        return texts->size > 0 ? texts->data : NULL;
    }
    secret += strlen(secret) + 1;
    return secret < texts->data + texts->size ? secret : NULL;
}

void secrets_add(struct secrets *secrets, const char *secret)
{
    if (*secret == '\0') {
        return;
    }
    for (const char *s = next_of(secrets, NULL); s != NULL; s = next_of(secrets, s)) {
        if (strcmp(s, secret) == 0) {
            return;
        }
    }
    buffer_append(&secrets->texts, secret, strlen(secret) + 1);
}

/* How many bytes of the text stand for a character that was escaped; 0 = it is another. */
static size_t escaped(const char *text, unsigned char c)
{
    static const struct {
        char character;
        const char *name;
    } names[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&apos;"}};
    char spelling[5][12];

    if (strchr("%\\&", *text) == NULL) {
        return 0;
    }
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (names[i].character == (char)c &&
            strncasecmp(text, names[i].name, strlen(names[i].name)) == 0) {
            return strlen(names[i].name);
        }
    }
    (void)snprintf(spelling[0], sizeof(spelling[0]), "%%%02x", (unsigned)c);
    (void)snprintf(spelling[1], sizeof(spelling[1]), "\\u%04x", (unsigned)c);
    (void)snprintf(spelling[2], sizeof(spelling[2]), "&#%u;", (unsigned)c);
    (void)snprintf(spelling[3], sizeof(spelling[3]), "&#x%x;", (unsigned)c);
    (void)snprintf(spelling[4], sizeof(spelling[4]), "\\%c", (int)c);
    for (size_t i = 0; i < sizeof(spelling) / sizeof(spelling[0]); i++) {
        /* A letter behind a backslash is another character: \n is none of "n". */
        bool possible = i < 4 || strchr("\"\\/'", (int)c) != NULL;

        if (possible && strncasecmp(text, spelling[i], strlen(spelling[i])) == 0) {
            return strlen(spelling[i]);
        }
    }
    return 0;
}

/*
 * How many bytes of the text repeat the secret, or enough of its beginning; 0 = they do not. As it
 * is, or with escapes: "&amp;" may stand for a character, or be five of the secret's own.
 */
static size_t repeats(const char *text, const char *secret, bool escapes)
{
    size_t at = 0, length = 0, whole = strlen(secret);

    for (; length < whole && text[at] != '\0'; length++) {
        size_t size = escapes ? escaped(text + at, (unsigned char)secret[length]) : 0;

        if (size == 0 && strncasecmp(text + at, secret + length, 1) == 0) {
            size = 1;
        }
        if (size == 0) {
            break;
        }
        at += size;
    }
    return length == whole || length >= SECRET_PART ? at : 0;
}

void secrets_hide(const struct secrets *secrets, const char *text, char *out, size_t capacity)
{
    size_t size = 0;

    while (*text != '\0' && size + 1 < capacity) {
        size_t hidden = 0;

        for (const char *s = next_of(secrets, NULL); s != NULL; s = next_of(secrets, s)) {
            size_t plain = repeats(text, s, false), found = repeats(text, s, true);

            found = plain > found ? plain : found;
            hidden = found > hidden ? found : hidden;
        }
        if (hidden > 0) {
            size += text_copy(out + size, capacity - size, SHOWN, strlen(SHOWN));
            text += hidden;
            while (((unsigned char)*text & 0xC0) == 0x80) {
                text++; /* the rest of a character that began like the secret's */
            }
        } else {
            out[size++] = *text++;
        }
    }
    out[size] = *text; /* tells whether the cut splits a character */
    out[utf8_cut(out, size)] = '\0';
}
