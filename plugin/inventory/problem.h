/*
 * problem.h - what a user should know about a run: problem documents.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PROBLEM_H
#define PROBLEM_H

#include "types.h"

/*
 * Emits a problem. Beyond PROBLEMS_PER_REASON_MAX of one reason they are only counted; one last
 * problem at the end gives their number.
 */
int32_t inventory_problem(struct inventory *inventory, const struct problem *problem,
                          struct failure *failure);
#endif
