/*
 * cli.h - instructions for an administrator: create a read-only account on a FortiManager.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_H
#define CLI_H

#include "sources/source.h"

#define CLI_GUIDES 3

/* One guide each for an API key, for user and password, and for FortiCloud's API user. */
extern const struct guide fmg_cli_guides[CLI_GUIDES];

/* Appends CLI text (see guide.cli) that creates a profile, an API user and its key. */
void fmg_cli_token(struct source_host host, struct buffer *out);

/*
 * Appends CLI text (see guide.cli) that creates a profile and gives the existing administrator
 * `name` the rights it lacks.
 */
void fmg_cli_user(const char *name, struct source_host host, struct buffer *out);
#endif
