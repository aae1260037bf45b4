/*
 * columns.h - the attributes that FortiNAC reports of a host.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FNAC_COLUMNS_H
#define FNAC_COLUMNS_H

#include "sources/columns.h"

/* Read from the members of a host alone. */
extern const struct columns fnac_host_columns;

extern const struct origin fnac_origins[];

#endif
