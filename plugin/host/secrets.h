/*
 * secrets.h - the secrets of a call, and their removal from texts.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A remote system may repeat a secret that it received: in an error, a header or a name. Every text
 * from outside that goes into a message, a detail or the log must pass secrets_hide() before it is
 * cut, because part of a secret is not found. A prefix of a secret is deliberately not hidden: that
 * would confirm a guess byte by byte.
 */
#ifndef SECRETS_H
#define SECRETS_H

#include "base/buffer.h"
#include "base/limits.h"

/* Initially {BUFFER(SECRETS_MAX)}; its owner releases it with buffer_release_secret(). */
struct secrets {
    struct buffer texts; /* concatenated, each with its NUL */
};

/* Adds a secret, unless it is empty or known. On failure, sets secrets->texts.state. */
void secrets_add(struct secrets *secrets, const char *secret);

/*
 * Forgets and wipes a secret that is used no more, such as a token that another one replaces:
 * without an end to them, their number would have none either.
 */
void secrets_remove(struct secrets *secrets, const char *secret);

/*
 * Copies `text` with "***" in place of each secret: as it is, in other case, or escaped as in JSON,
 * HTML or a URL. A result too long for `capacity` bytes is cut between UTF-8 characters.
 */
void secrets_hide(const struct secrets *secrets, const char *text, char *out, size_t capacity);

/*
 * As utf8_copy(), for a text that passes secrets_hide() later: the cut is moved before any secret
 * that it would split.
 */
void secrets_copy(const struct secrets *secrets, const char *text, char *out, size_t capacity);
#endif
