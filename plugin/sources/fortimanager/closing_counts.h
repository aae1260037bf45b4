/*
 * closing_counts.h - whether the unit lists that were read have as many rows as are counted now.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLOSING_COUNTS_H
#define CLOSING_COUNTS_H

#include "unit_list_reading.h"

/*
 * Compares the readings with the counts of the closing request: discards counts of whole tables,
 * and finds readings that units have left. Returns whether any reading differs from its count.
 */
bool fmg_closing_counts_compare(struct unit_lists *unit_lists);

/* Whether a reading differs from its count, so that its unit list is read again. */
bool fmg_closing_counts_differ(const struct unit_list_reading *reading);

/*
 * Last pass: marks readings with fewer rows than a reliable count as incomplete. Differences from
 * other counts are reported as a problem.
 */
int32_t fmg_closing_counts_check(struct unit_lists *unit_lists, struct failure *failure);
#endif
