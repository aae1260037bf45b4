/*
 * unit_list_count.h - how many units the unit lists count.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef UNIT_LIST_COUNT_H
#define UNIT_LIST_COUNT_H

#include "run.h"

/* At most; PERMISSION or DATA when one cannot be counted. */
int32_t unit_lists_count(struct run *run, enum device_type type, uint64_t *ret,
                         struct failure *reterr);
#endif
