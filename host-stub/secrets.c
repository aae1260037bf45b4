/*
 * secrets.c - the secrets that the plugin may ask for: from files and from the environment.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "secrets.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"

#define SECRETS_PREFIX "HECTOR_SECRET_"

/* A shorter one would star out half of the words of a log. */
#define SECRETS_REDACT_MIN 4

#define SECRETS_LETTERS "abcdefghijklmnopqrstuvwxyz"

/* "token", in the letters a setting's key may have; so NAME and HECTOR_SECRET_NAME map 1:1. */
static bool secrets_name_fits(struct span name)
{
    return name.size > 0 && name.size < SECRETS_NAME_MAX &&
           strchr(SECRETS_LETTERS, name.bytes[0]) != NULL &&
           strspn(name.bytes, SECRETS_LETTERS "0123456789_") >= name.size;
}

static struct secret *secrets_find(struct secrets *secrets, struct span name)
{
    for (size_t i = 0; i < secrets->count; i++) {
        if (span_is(name, secrets->items[i].name)) {
            return &secrets->items[i];
        }
    }
    return NULL;
}

/* Checks that a secret of this name may be added. Returns 0, or -1 with a sentence. */
static int secrets_check(struct secrets *secrets, struct span name, struct message *message)
{
    if (!secrets_name_fits(name)) {
        return message_fail(
            message, "a secret cannot be called '%.*s': its name has small letters, digits and _",
            span_shown(name, MESSAGE_WORD_MAX), name.bytes);
    }
    if (secrets_find(secrets, name) != NULL) {
        return message_fail(message, "the secret %.*s is given twice", (int)name.size, name.bytes);
    }
    return secrets->count < SECRETS_MAX
               ? 0
               : message_fail(message, "more than %d secrets are given", SECRETS_MAX);
}

/* Adds a secret whose name secrets_check() has accepted. */
static struct secret *secrets_add(struct secrets *secrets, struct span name, struct span value)
{
    struct secret *secret = &secrets->items[secrets->count++];

    memcpy(secret->name, name.bytes, name.size);
    secret->name[name.size] = '\0';
    memcpy(secret->bytes, value.bytes, value.size);
    secret->size = value.size;
    return secret;
}

int secrets_add_file(struct secrets *secrets, const char *assignment, bool *ret_exposed,
                     struct message *message)
{
    const struct span name = {assignment, strcspn(assignment, "=")};
    const char *path = assignment + name.size + 1; /* the command line made sure of '=' */
    char text[HECTOR_SECRET_MAX + 2];              /* its line end may come on top */
    mode_t mode = 0;
    int result = 0;

    if (secrets_check(secrets, name, message) != 0) {
        return -1;
    }
    if (*path == '\0') {
        return message_fail(message, "--secret-file %s names no file: its value is empty",
                            assignment);
    }
    ssize_t got = file_read(path, text, sizeof(text), &mode);
    if (got > 0 && text[got - 1] == '\n') {
        got -= got > 1 && text[got - 2] == '\r' ? 2 : 1;
    }
    if (got < 0 && errno != EFBIG) {
        result = message_fail(message, "cannot read the secret file %s: %s", path, strerror(errno));
    } else if (got < 0 || got > HECTOR_SECRET_MAX) {
        result = message_fail(message, "the secret file %s holds more than %d bytes", path,
                              HECTOR_SECRET_MAX);
    } else if (got == 0 || memchr(text, '\n', (size_t)got) != NULL) {
        result = message_fail(message, "the secret file %s %s", path,
                              got == 0 ? "is empty" : "holds more than one line");
    } else {
        secrets_add(secrets, name, (struct span){text, (size_t)got})->named = true;
        *ret_exposed = S_ISREG(mode) && (mode & S_IROTH) != 0;
    }
    explicit_bzero(text, sizeof(text));
    return result;
}

/* Takes one variable of the environment, if it is a secret. */
static int secrets_add_variable(struct secrets *secrets, const char *variable,
                                struct message *message)
{
    const char *upper = variable + strlen(SECRETS_PREFIX);
    const size_t size = strcspn(upper, "=" SECRETS_LETTERS);
    char name[SECRETS_NAME_MAX] = "";
    const struct span lower = {name, size};

    if (upper[size] != '=' || size >= sizeof(name)) {
        return 0; /* not a name that a plugin could ask for */
    }
    for (size_t i = 0; i < size; i++) {
        name[i] = upper[i] >= 'A' && upper[i] <= 'Z' ? (char)(upper[i] - 'A' + 'a') : upper[i];
    }
    if (!secrets_name_fits(lower) || secrets_find(secrets, lower) != NULL) {
        return 0;
    }
    const struct span value = span_of(upper + size + 1);
    if (value.size > HECTOR_SECRET_MAX) {
        return message_fail(message, "%s%.*s holds more than %d bytes", SECRETS_PREFIX, (int)size,
                            upper, HECTOR_SECRET_MAX);
    }
    if (secrets_check(secrets, lower, message) != 0) {
        return -1;
    }
    (void)secrets_add(secrets, lower, value);
    return 0;
}

int secrets_add_environment(struct secrets *secrets, char *const environment[],
                            struct message *message)
{
    for (size_t i = 0; environment[i] != NULL; i++) {
        if (strncmp(environment[i], SECRETS_PREFIX, strlen(SECRETS_PREFIX)) == 0 &&
            secrets_add_variable(secrets, environment[i], message) != 0) {
            return -1;
        }
    }
    return 0;
}

int64_t secrets_give(struct secrets *secrets, struct span name, char *buffer, size_t capacity)
{
    struct secret *secret = secrets_find(secrets, name);

    secrets->asked = true;
    if (secret == NULL) {
        return -1;
    }
    secrets->given = secret->asked = true;
    if (secret->size <= capacity && secret->size > 0) {
        memcpy(buffer, secret->bytes, secret->size);
    }
    return (int64_t)secret->size;
}

const char *secrets_unasked(const struct secrets *secrets)
{
    for (size_t i = 0; secrets->asked && i < secrets->count; i++) {
        if ((secrets->items[i].named || !secrets->given) && !secrets->items[i].asked) {
            return secrets->items[i].name;
        }
    }
    return NULL;
}

bool secrets_redact(const struct secrets *secrets, struct span text, char *copy)
{
    const char *end = text.bytes + text.size;
    bool redacted = false;

    if (copy != NULL) {
        memcpy(copy, text.bytes, text.size);
    }
    for (size_t i = 0; i < secrets->count; i++) {
        const struct secret *secret = &secrets->items[i];
        const char *at = text.bytes;

        if (secret->size < SECRETS_REDACT_MIN) {
            continue;
        }
        while ((at = memmem(at, (size_t)(end - at), secret->bytes, secret->size)) != NULL) {
            if (copy != NULL) {
                memset(copy + (at - text.bytes), '*', secret->size);
            }
            redacted = true;
            at++;
        }
    }
    return redacted;
}
