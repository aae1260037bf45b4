/*
 * scopes.h - the end of a run: which scopes there are, and which were read.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SCOPES_H
#define SCOPES_H

#include "run.h"

/*
 * the end of a run: every scope that no failure has left incomplete is complete.
 */
int32_t scopes_end(struct run *run, struct failure *reterr);

/*
 * Names all scopes, after the last reading, also of a run that ended early (not `ended`): an ADOM
 * that it would have read is a scope, though no answer about it came.
 */
int32_t scopes_name(struct run *run, bool ended, struct failure *reterr);
#endif
