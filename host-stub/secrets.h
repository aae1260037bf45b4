/*
 * secrets.h - the secrets that the plugin may ask for: from files and from the environment.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_SECRETS_H
#define HOST_STUB_SECRETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hector/integration.h"
#include "limits.h"
#include "message.h"
#include "span.h"

struct secret {
    char name[SECRETS_NAME_MAX];
    size_t size;
    char bytes[HECTOR_SECRET_MAX];
    bool named; /* on the command line */
    bool asked; /* the plugin asked for it */
};

struct secrets {
    size_t count;
    bool asked; /* the plugin asked for one, given or not */
    bool given; /* it got one */
    struct secret items[SECRETS_MAX];
};

/*
 * Takes NAME=FILE: the file's text without the line end that closes it. Returns 0, or -1 with one
 * sentence in `message`. *ret_exposed says that everybody on this machine may read the file.
 */
int secrets_add_file(struct secrets *secrets, const char *assignment, bool *ret_exposed,
                     struct message *message);

/*
 * Takes every HECTOR_SECRET_NAME of the environment, but for names that a file gave already.
 * Returns 0, or -1 with one sentence in `message`.
 */
int secrets_add_environment(struct secrets *secrets, char *const environment[],
                            struct message *message);

/* The answer to hector_host.secret: length, above `capacity` = nothing written, -1 = unknown. */
int64_t secrets_give(struct secrets *secrets, struct span name, char *buffer, size_t capacity);

/*
 * The name of a secret that a plugin which asked for others did not want: it may be misspelt. One
 * of the environment, which may be there for another run, only where the plugin got none. NULL =
 * none.
 */
const char *secrets_unasked(const struct secrets *secrets);

/*
 * Copies a text to `copy` (MAY be NULL), of the same size, with stars for what is a secret of at
 * least four bytes. Secrets may overlap: hence two buffers. Returns whether there is such a secret.
 */
bool secrets_redact(const struct secrets *secrets, struct span text, char *copy);

#endif
