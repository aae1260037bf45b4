/*
 * cli.h - guide and CLI snippet to create a credential on a FortiGate.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FGT_CLI_H
#define FGT_CLI_H

#include "run.h"

/* The guide to create a token on a FortiGate. */
extern const struct guide fgt_guide;

/*
 * Appends the CLI snippet of the guide to `out`, without a final line end. `run` names the VDOMs;
 * NULL = they are not known.
 */
void fgt_cli_lines(const struct fgt_run *run, struct source_host host, struct buffer *out);
#endif
