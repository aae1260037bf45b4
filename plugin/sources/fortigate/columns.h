/*
 * columns.h - the attributes that a FortiGate reports.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FGT_COLUMNS_H
#define FGT_COLUMNS_H

#include "sources/columns.h"

extern const struct columns fgt_columns;
#endif
