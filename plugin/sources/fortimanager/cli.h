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

/*
 * Appends the CLI snippet that sets up the right user and its profile (see struct checks; `run` is
 * a struct fmg_run), if the credential is at fault and belongs to a FortiManager, not to
 * FortiCloud.
 */
bool fmg_cli_write(const void *run, const struct failure *why, struct buffer *out);
#endif
