/*
 * options.h - the command line of the simulated FortiCloud.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FORTICLOUD_OPTIONS_H
#define FORTICLOUD_OPTIONS_H

#include "forticloud.h"

/* Returns 0 to go on, 1 when help was printed, -1 after a message about a wrong option. */
int options_read(struct forticloud *forticloud, int argument_count, char **arguments);

#endif
