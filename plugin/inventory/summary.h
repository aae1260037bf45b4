/*
 * summary.h - the end of a run: scopes, skipped rows, coverages and the summary.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SUMMARY_H
#define SUMMARY_H

#include "types.h"

/*
 * Ends a run: emits deferred records, scopes, coverages and the summary. `code` and `failure` are
 * what the source returned. After a cancel, deferred records are dropped and no scope of their
 * types is complete. Returns the code of the whole operation: OK, PARTIAL, or the worst cause, with
 * `failure` filled unless OK.
 */
int32_t inventory_finish(struct inventory *inventory, int32_t code, struct failure *failure);
#endif
