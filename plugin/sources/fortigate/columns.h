/*
 * columns.h - the attributes that a FortiGate reports.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FGT_COLUMNS_H
#define FGT_COLUMNS_H

#include "sources/columns.h"

/* Of cmdb/system/global, which is requested only if one of them is selected. */
extern const struct columns fgt_global_columns;

extern const struct origin fgt_origins[];
#endif
