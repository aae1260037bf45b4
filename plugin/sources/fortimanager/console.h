/*
 * console.h - how a person makes a credential for a FortiManager that may read all of it.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CONSOLE_H
#define CONSOLE_H

#include "sources/guide.h"

#define CONSOLE_GUIDES 3

/* API key, user and password, and the API user of FortiCloud for a FortiManager Cloud. */
extern const struct guide console_guides[CONSOLE_GUIDES];

/* CLI text, as guide.cli: a profile, and an API user with its key. */
void console_token(struct guide_host host, struct buffer *out);

/* CLI text, as guide.cli: a profile, and what the administrator `name`, who exists, lacks. */
void console_user(const char *name, struct guide_host host, struct buffer *out);
#endif
