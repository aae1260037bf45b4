/*
 * columns.h - the attributes that a FortiManager reports.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FMG_COLUMNS_H
#define FMG_COLUMNS_H

#include "sources/columns.h"

/* Of the row that lists a unit: in the device table, in a unit list of an ADOM. */
extern const struct columns fmg_always_columns;

/* Of the device table, requested for a selected attribute. All members of a cluster share them. */
extern const struct columns fmg_device_columns;

/* The same, but the row reports them of its own unit only, not of the members of its cluster. */
extern const struct columns fmg_own_columns;

/* Of the status cache. */
extern const struct columns fmg_cache_columns;

extern const struct origin fmg_origins[];
#endif
