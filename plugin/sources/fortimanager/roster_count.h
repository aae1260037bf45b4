/*
 * roster_count.h - how many units the rosters count.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ROSTER_COUNT_H
#define ROSTER_COUNT_H

#include "run.h"

/* At most; PERMISSION or DATA when one cannot be counted. */
int32_t rosters_count(struct run *run, enum device_type type, uint64_t *ret,
                      struct failure *reterr);
#endif
