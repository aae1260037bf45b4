/*
 * fuzz_stub_secrets.c - secrets from file and environment, which log and progress must not show.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: lines with an equals sign are the environment, up to the first line without one, which
 * is the name of a secret; the rest is its file. All of it is also a line of the log, and a phase
 * of the progress.
 */
#include "host-stub/secrets.h"

#include <stdlib.h>
#include <string.h>

#include "host-stub/console.h"
#include "host-stub/escape.h"
#include "output_text.h"

#define VARIABLES_MAX 16

static void check_given(struct secrets *secrets)
{
    char buffer[HECTOR_SECRET_MAX];

    FUZZ_CHECK(secrets->count <= SECRETS_MAX);
    for (size_t i = 0; i < secrets->count; i++) {
        const struct secret *secret = &secrets->items[i];
        const struct span name = span_of(secret->name);

        FUZZ_CHECK(name.size > 0 && name.size < SECRETS_NAME_MAX &&
                   secret->size <= HECTOR_SECRET_MAX);
        FUZZ_CHECK(strspn(secret->name, "abcdefghijklmnopqrstuvwxyz0123456789_") == name.size);
        FUZZ_CHECK(secrets_give(secrets, name, buffer, sizeof(buffer)) == (int64_t)secret->size);
        FUZZ_CHECK(memcmp(buffer, secret->bytes, secret->size) == 0);
        /* A buffer that is too small is not written to. */
        memset(buffer, 'x', sizeof(buffer));
        FUZZ_CHECK(secrets_give(secrets, name, buffer, 0) == (int64_t)secret->size);
        FUZZ_CHECK(buffer[0] == 'x');
    }
}

static bool only_stars(const char *text, size_t size)
{
    while (size > 0 && *text == '*') {
        text++;
        size--;
    }
    return size == 0;
}

/* No part of a secret is left, also where it overlaps itself or another. */
static void check_redacted(const struct secrets *secrets, const char *text, size_t size)
{
    char *copy = malloc(size + 1);

    FUZZ_CHECK(copy != NULL);
    (void)secrets_redact(secrets, (struct span){text, size}, copy);
    for (size_t i = 0; i < secrets->count; i++) {
        const struct secret *secret = &secrets->items[i];

        for (size_t at = 0; secret->size >= 4 && at + secret->size <= size; at++) {
            if (memcmp(text + at, secret->bytes, secret->size) == 0) {
                FUZZ_CHECK(only_stars(copy + at, secret->size));
            }
        }
    }
    free(copy);
}

static void check_log(const struct secrets *secrets, const char *text, size_t size)
{
    struct output_text out;
    struct console console = {.secrets = secrets, .log_level = HECTOR_LOG_DEBUG};

    output_text_open(&out);
    console.stream = out.stream;
    console_log(&console, HECTOR_LOG_ERROR, (struct span){text, size});
    output_text_close(&out);
    output_text_check_shown(&out, "\n");
    FUZZ_CHECK(memchr(out.bytes, '\n', out.size) == out.bytes + out.size - 1);
    output_text_release(&out);
}

/* One line, narrower than a terminal of unknown width, and cleared at the end. */
static void check_progress(const struct secrets *secrets, const char *text, size_t size)
{
    static const char taken_away[] = "\r\033[K";
    struct output_text out;
    struct console console = {.secrets = secrets, .progress_wanted = true};
    size_t tail = strlen(taken_away);

    output_text_open(&out);
    console.stream = out.stream;
    console_progress(&console, (struct span){text, size}, size, 2 * size);
    console_clear(&console);
    output_text_close(&out);
    FUZZ_CHECK(out.size >= tail && memcmp(out.bytes + out.size - tail, taken_away, tail) == 0);
    out.size -= tail;
    output_text_check_shown(&out, "");
    FUZZ_CHECK(escape_terminal(NULL, (struct span){out.bytes, out.size}) < 80);
    output_text_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct secrets secrets; /* static because it is large */
    struct fuzz_input input = {(const char *)data, size}, line = {"", 0};
    char *variables[VARIABLES_MAX + 1] = {NULL}, assignment[512], *text;
    struct message message = {""};
    size_t count = 0;
    bool exposed = false;

    secrets = (struct secrets){0};
    while (count < VARIABLES_MAX && fuzz_line(&input, &line) &&
           memchr(line.at, '=', line.size) != NULL) {
        variables[count++] = fuzz_text(line);
        line = (struct fuzz_input){"token", 5};
    }
    text = fuzz_text(line);
    (void)snprintf(assignment, sizeof(assignment), "%.200s=%s", text, output_text_file(input));
    if (strchr(text, '=') == NULL) {
        int result = secrets_add_file(&secrets, assignment, &exposed, &message);

        FUZZ_CHECK((result == 0) == (message.text[0] == '\0'));
        FUZZ_CHECK(result != 0 ||
                   memchr(secrets.items[0].bytes, '\n', secrets.items[0].size) == NULL);
    }
    (void)secrets_add_environment(&secrets, variables, &message);
    check_given(&secrets);
    check_redacted(&secrets, (const char *)data, size);
    check_log(&secrets, (const char *)data, size);
    check_progress(&secrets, (const char *)data, size);
    explicit_bzero(&secrets, sizeof(secrets));
    free(text);
    for (size_t i = 0; i < count; i++) {
        free(variables[i]);
    }
    return 0;
}
