/*
 * roster_answer.h - the answer of a roster: its table, its status cache, its device databases.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ROSTER_ANSWER_H
#define ROSTER_ANSWER_H

#include "roster_reading.h"

/*
 * The answer of a roster's table, and of its status cache, where it has one, into the inventory.
 * What cannot be read makes the roster's scope incomplete; OK unless the run ends.
 */
int32_t rosters_take_answer(struct rosters *rosters, const struct roster *roster,
                            const struct rpc_param *table, const struct rpc_param *cache,
                            struct failure *reterr);
#endif
