/*
 * secrets.c - the secrets that the plugin may ask for: from files and from the environment.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "secrets.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "span.h"

#define SECRETS_PREFIX "HECTOR_SECRET_"

/* A shorter one would star out half of the words of a log. */
#define SECRETS_REDACT_MIN 4

#define SECRETS_LETTERS "abcdefghijklmnopqrstuvwxyz"

/* "token", in the letters a setting's key may have; so NAME and HECTOR_SECRET_NAME map 1:1. */
static bool secrets_name_fits(const char *name, size_t size)
{
    return size > 0 && size < SECRETS_NAME_MAX && strchr(SECRETS_LETTERS, name[0]) != NULL &&
           strspn(name, SECRETS_LETTERS "0123456789_") >= size;
}

static struct secret *secrets_find(struct secrets *secrets, const char *name, size_t size)
{
    for (size_t i = 0; i < secrets->count; i++) {
        struct secret *secret = &secrets->items[i];

        if (span_is((struct span){name, size}, secret->name)) {
            return secret;
        }
    }
    return NULL;
}

/* Opens a slot under a name; NULL with a message when the name or the table will not have it. */
static struct secret *secrets_open(struct secrets *secrets, const char *name, size_t size,
                                   struct message *message)
{
    struct secret *secret;

    if (!secrets_name_fits(name, size)) {
        (void)message_fail(
            message, "a secret cannot be called '%.*s': its name has small letters, digits and _",
            (int)(size < MESSAGE_WORD_MAX ? size : MESSAGE_WORD_MAX), name);
        return NULL;
    }
    if (secrets_find(secrets, name, size) != NULL) {
        (void)message_fail(message, "the secret %.*s is given twice", (int)size, name);
        return NULL;
    }
    if (secrets->count == SECRETS_MAX) {
        (void)message_fail(message, "more than %d secrets are given", SECRETS_MAX);
        return NULL;
    }
    secret = &secrets->items[secrets->count];
    memcpy(secret->name, name, size);
    secret->name[size] = '\0';
    return secret;
}

int secrets_add_file(struct secrets *secrets, const char *assignment, bool *ret_exposed,
                     struct message *message)
{
    const size_t name_size = strcspn(assignment, "=");
    const char *path = assignment + name_size + 1; /* the command line made sure of '=' */
    struct secret *secret = secrets_open(secrets, assignment, name_size, message);
    char text[HECTOR_SECRET_MAX + 2]; /* its line end may come on top */
    const char *fault = NULL;
    mode_t mode = 0;
    int result = -1;

    if (secret == NULL) {
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
        (void)message_fail(message, "cannot read the secret file %s: %s", path, strerror(errno));
        goto out;
    }
    if (got < 0 || got > HECTOR_SECRET_MAX) {
        (void)message_fail(message, "the secret file %s holds more than %d bytes", path,
                           HECTOR_SECRET_MAX);
        goto out;
    }
    if (got == 0) {
        fault = "is empty";
    } else if (memchr(text, '\n', (size_t)got) != NULL) {
        fault = "holds more than one line";
    }
    if (fault != NULL) {
        (void)message_fail(message, "the secret file %s %s", path, fault);
        goto out;
    }
    memcpy(secret->bytes, text, (size_t)got);
    secret->size = (size_t)got;
    secret->named = true;
    secrets->count++;
    *ret_exposed = S_ISREG(mode) && (mode & S_IROTH) != 0;
    result = 0;
out:
    explicit_bzero(text, sizeof(text));
    return result;
}

/* Takes one variable of the environment, if it is a secret. */
static int secrets_add_variable(struct secrets *secrets, const char *variable,
                                struct message *message)
{
    const char *upper = variable + strlen(SECRETS_PREFIX);
    const size_t name_size = strcspn(upper, "=" SECRETS_LETTERS);
    const char *value = upper + name_size + 1;
    char name[SECRETS_NAME_MAX] = "";

    if (upper[name_size] != '=' || name_size >= sizeof(name)) {
        return 0; /* not a name that a plugin could ask for */
    }
    for (size_t i = 0; i < name_size; i++) {
        name[i] = upper[i] >= 'A' && upper[i] <= 'Z' ? (char)(upper[i] - 'A' + 'a') : upper[i];
    }
    if (!secrets_name_fits(name, name_size) || secrets_find(secrets, name, name_size) != NULL) {
        return 0;
    }
    if (strlen(value) > HECTOR_SECRET_MAX) {
        return message_fail(message, "%s%.*s holds more than %d bytes", SECRETS_PREFIX,
                            (int)name_size, upper, HECTOR_SECRET_MAX);
    }
    struct secret *secret = secrets_open(secrets, name, name_size, message);
    if (secret == NULL) {
        return -1;
    }
    secret->size = strlen(value);
    memcpy(secret->bytes, value, secret->size);
    secrets->count++;
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

int64_t secrets_give(struct secrets *secrets, const char *name, size_t name_size, char *buffer,
                     size_t capacity)
{
    struct secret *secret = secrets_find(secrets, name, name_size);

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

bool secrets_redact(const struct secrets *secrets, const char *text, char *copy, size_t size)
{
    bool redacted = false;

    for (size_t i = 0; i < secrets->count; i++) {
        const struct secret *secret = &secrets->items[i];
        size_t at = 0;
        const char *found;

        if (secret->size < SECRETS_REDACT_MIN) {
            continue;
        }
        while ((found = memmem(text + at, size - at, secret->bytes, secret->size)) != NULL) {
            at = (size_t)(found - text);
            if (copy != NULL) {
                memset(copy + at, '*', secret->size);
            }
            redacted = true;
            at++;
        }
    }
    return redacted;
}

void secrets_release(struct secrets *secrets)
{
    explicit_bzero(secrets, sizeof(*secrets));
}
