/*
 * options.h - the command line of the simulated EMS.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EMS_OPTIONS_H
#define EMS_OPTIONS_H

#include "ems.h"

/* Returns 0 to go on, 1 when help was printed, -1 after a message about a wrong option. */
int options_read(struct ems *ems, int argument_count, char **arguments);

#endif
