/*
 * closing_compare.h - compares ADOMs and devices with what was read of them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What differs is marked to be read again (adom->changed, run->none_changed) or, in the last pass
 * (run->last_pass), becomes incomplete (changed_meanwhile). All functions return OK unless the run
 * ends or an answer is unusable.
 */
#ifndef CLOSING_COMPARE_H
#define CLOSING_COMPARE_H

#include "run.h"

#define CLOSING_ROW_FIELDS "[\"name\",\"sn\"]" /* of a device; a whole row contains secrets */

/* Takes the answer to the query for the ADOM table. */
int32_t fmg_closing_compare_adoms(struct fmg_run *run, const struct rpc_param *param,
                                  struct failure *failure);

/*
 * Takes the device count of an ADOM that lists no device: it is empty, outside of the account, or
 * has devices after all. Without a count, reads the ADOM's device table.
 */
int32_t fmg_closing_compare_empty(struct fmg_run *run, struct adom *adom,
                                  const struct rpc_param *param, struct failure *failure);

/* Takes the answer to the query for a device by its name. */
int32_t fmg_closing_compare_fgt(struct fmg_run *run, const struct fgt *fgt,
                                const struct rpc_param *param, struct failure *failure);

/* Reads the device tables of the run and compares each row. */
int32_t fmg_closing_compare_rows(struct fmg_run *run, struct failure *failure);
#endif
