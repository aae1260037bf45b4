/*
 * columns.h - the attributes that a FortiManager reports.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FMG_COLUMNS_H
#define FMG_COLUMNS_H

#include "sources/columns.h"

extern const struct columns fmg_columns;
#endif
