/*
 * fuzz_secrets.c - texts from outside that may repeat a secret, for a sentence or the log.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: a byte that says how much room there is, then secrets, one a line, up to an empty
 * line; the rest is the text.
 */
#include "secrets.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "hector/integration.h"

#define TOLD 8 /* secrets that are looked for */

/* What is told of a text holds no secret, and is text when the text and the secrets are. */
static void check_hidden(const char *out, char *const *told, size_t count, bool text)
{
    FUZZ_CHECK(!text || fuzz_is_utf8(out, strlen(out)));
    for (size_t i = 0; i < count; i++) {
        /* Stars take a secret's place. */
        if (*told[i] != '\0' && strchr(told[i], '*') == NULL) {
            FUZZ_CHECK(strstr(out, told[i]) == NULL);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = {(const char *)data, size}, line = {"", 0};
    size_t capacity = 1 + (size_t)fuzz_byte(&input) * 4, count = 0;
    bool text = fuzz_is_utf8(input.at, input.size);
    char *told[TOLD], *words, *out = malloc(capacity);
    struct secrets secrets;

    FUZZ_CHECK(out != NULL);
    secrets_init(&secrets);
    while (count < TOLD && fuzz_line(&input, &line) && line.size > 0) {
        told[count] = fuzz_text(line);
        secrets_add(&secrets, told[count++]);
    }
    words = fuzz_text(input);
    secrets_hide(&secrets, words, out, capacity);
    FUZZ_CHECK(memchr(out, '\0', capacity) != NULL);
    if (secrets.texts.state == HECTOR_OK) {
        check_hidden(out, told, count, text);
    }
    secrets_release(&secrets);
    free(words);
    free(out);
    while (count > 0) {
        free(told[--count]);
    }
    return 0;
}
