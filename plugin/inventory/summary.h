/*
 * summary.h - the end of a run: scopes, skipped rows, coverages and the summary.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SUMMARY_H
#define SUMMARY_H

#include "types.h"

/*
 * Emits scopes, skipped rows, coverages, and the problems that concern the whole run. `failed`: the
 * source did not return OK.
 */
int32_t inventory_emit_tail(struct inventory *inventory, bool failed, struct failure *failure);

/*
 * Emits the summary. `ended`: the source returned OK, whatever it delivered; `why`: unless `code`
 * is OK.
 */
int32_t inventory_emit_summary(struct inventory *inventory, int32_t code, bool ended,
                               const struct failure *why, struct failure *failure);
#endif
