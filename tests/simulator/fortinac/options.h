/*
 * options.h - the command line of the simulated FortiNAC.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FORTINAC_OPTIONS_H
#define FORTINAC_OPTIONS_H

#include "fortinac.h"

/* Returns 0 to go on, 1 when help was printed, -1 after a message about a wrong option. */
int options_read(struct fortinac *fortinac, int argument_count, char **arguments);

#endif
