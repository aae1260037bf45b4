/*
 * options.h - the command line of the simulated FortiGate.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FORTIGATE_OPTIONS_H
#define FORTIGATE_OPTIONS_H

#include "fgt.h"

/* Returns 0 to go on, 1 when help was printed, -1 after a message about a wrong option. */
int options_read(struct fgt *fgt, int argument_count, char **arguments);

#endif
