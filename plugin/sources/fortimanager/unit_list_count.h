/*
 * unit_list_count.h - how many switches or access points there are at most.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef UNIT_LIST_COUNT_H
#define UNIT_LIST_COUNT_H

#include "run.h"

/*
 * Counts the units of `type`, into `ret`: an upper bound. PERMISSION or DATA if a table cannot be
 * counted, and what fmg_rpc_get() returns.
 */
int32_t fmg_unit_lists_count(struct fmg_run *run, enum device_type type, uint64_t *ret,
                             struct failure *failure);
#endif
