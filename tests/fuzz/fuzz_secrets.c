/*
 * fuzz_secrets.c - texts from outside that may repeat a secret, for a message or the log.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: a byte for the capacity, then secrets, one a line, up to an empty line; the rest is
 * the text.
 */
#define _GNU_SOURCE 1 /* strcasestr */

#include "host/secrets.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "hector/integration.h"

#define REPORTED 8 /* known secrets */

static bool holds(const char *text, const char *secret)
{
    return *secret != '\0' && strcasestr(text, secret) != NULL;
}

/* The result holds no secret, and is valid UTF-8 when the text and the secrets are. */
static void check_hidden(const char *out, char *const *reported, size_t count, bool text)
{
    FUZZ_CHECK(!text || fuzz_is_utf8(out, strlen(out)));
    for (size_t i = 0; i < count; i++) {
        /* Stars replace a secret, so one that contains stars cannot be checked. */
        if (strchr(reported[i], '*') == NULL) {
            FUZZ_CHECK(!holds(out, reported[i]));
        }
    }
}

/* A text without secrets is unchanged: the beginning of a secret is not hidden. */
static void check_shown(const char *words, const char *out, char *const *reported, size_t count)
{
    bool plain = strpbrk(words, "%\\&") == NULL;

    for (size_t i = 0; i < count; i++) {
        plain = plain && !holds(words, reported[i]);
    }
    FUZZ_CHECK(!plain || strncmp(words, out, strlen(out)) == 0);
}

/* Cutting before hiding shows no more than hiding first, and no half of a secret. */
static void check_cut(const struct secrets *secrets, const char *words, size_t capacity)
{
    char *cut = malloc(capacity), *after = malloc(capacity),
         *before = malloc(strlen(words) * 3 + 1);

    FUZZ_CHECK(cut != NULL && after != NULL && before != NULL);
    secrets_copy(secrets, words, cut, capacity);
    FUZZ_CHECK(strncmp(words, cut, strlen(cut)) == 0);
    secrets_hide(secrets, cut, after, capacity);
    secrets_hide(secrets, words, before, strlen(words) * 3 + 1);
    FUZZ_CHECK(strncmp(after, before, strlen(after)) == 0);
    free(cut);
    free(after);
    free(before);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = {(const char *)data, size}, line = {"", 0};
    size_t capacity = 1 + (size_t)fuzz_byte(&input) * 4, count = 0;
    bool text = fuzz_is_utf8(input.at, input.size);
    char *reported[REPORTED], *words, *out = malloc(capacity);
    struct secrets secrets;

    FUZZ_CHECK(out != NULL);
    secrets = (struct secrets){BUFFER(SECRETS_MAX)};
    while (count < REPORTED && fuzz_line(&input, &line) && line.size > 0) {
        reported[count] = fuzz_text(line);
        secrets_add(&secrets, reported[count++]);
    }
    words = fuzz_text(input);
    secrets_hide(&secrets, words, out, capacity);
    FUZZ_CHECK(memchr(out, '\0', capacity) != NULL);
    if (secrets.texts.state == BUFFER_OK) {
        check_hidden(out, reported, count, text);
        check_shown(words, out, reported, count);
        if (text) {
            check_cut(&secrets, words, capacity);
        }
    }
    buffer_release_secret(&secrets.texts);
    free(words);
    free(out);
    while (count > 0) {
        free(reported[--count]);
    }
    return 0;
}
