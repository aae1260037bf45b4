/*
 * scopes.h - the end of a run: which scopes there are, and which are complete.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SCOPES_H
#define SCOPES_H

#include "run.h"

/* Ends the run's scopes: every scope without a failure is complete. */
int32_t fmg_scopes_end(struct fmg_run *run, struct failure *failure);

/*
 * Names all scopes after the last reading, also of a run that failed early (`ended` false): an ADOM
 * that the run would have read is a scope, although no answer about it arrived.
 */
int32_t fmg_scopes_name(struct fmg_run *run, bool ended, struct failure *failure);
#endif
