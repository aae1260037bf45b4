/*
 * secrets.h - the secrets that a call knows, and texts without them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A remote system may repeat a secret that it was sent: in an error, a header, a name. Every text
 * from outside that gets into a sentence, a detail or the log passes secrets_hide() before it is
 * cut: half a secret is not recognised. A beginning of a secret counts for nothing: hiding it would
 * confirm a guess byte by byte.
 */
#ifndef SECRETS_H
#define SECRETS_H

#include "base/buffer.h"
#include "base/limits.h"

/* A key, three passwords and three sessions: a run logs in three times at most. */
#define SECRETS_MAX KIB(32)

struct secrets {
    struct buffer texts; /* one behind the other, each with its NUL */
};

void secrets_init(struct secrets *secrets);

/* Wipes them. */
void secrets_release(struct secrets *secrets);

/* Learns one more. secrets->texts.state tells how it went. */
void secrets_add(struct secrets *secrets, const char *secret);

/*
 * Copies `text` into a fixed array, then cut on a character boundary, with "***" for each secret:
 * as it is, in other case, and escaped as in JSON, HTML or a URL.
 */
void secrets_hide(const struct secrets *secrets, const char *text, char *out, size_t capacity);

/*
 * text_copy() of a text that secrets_hide() sees later: a cut that would split a secret comes
 * before it.
 */
void secrets_copy(const struct secrets *secrets, const char *text, char *out, size_t capacity);
#endif
