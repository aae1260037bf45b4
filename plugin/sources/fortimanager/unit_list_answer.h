/*
 * unit_list_answer.h - imports the answer for one unit list: table, status cache, device databases.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef UNIT_LIST_ANSWER_H
#define UNIT_LIST_ANSWER_H

#include "unit_list_reading.h"

/*
 * Imports the answers of a unit list's table and, if it has one, of its status cache. What cannot
 * be read makes the unit list's scope incomplete. Returns OK unless the run ends.
 */
int32_t fmg_unit_lists_take_answer(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                                   const struct rpc_param *table, const struct rpc_param *cache,
                                   struct failure *failure);
#endif
