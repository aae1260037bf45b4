/*
 * closing_compare.h - compares ADOMs and devices with what was read of them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What differs is marked to be read again (adom->changed, run->none_changed) or, in the last pass,
 * becomes incomplete (changed_meanwhile). All functions return OK unless the run ends or an answer
 * is unusable.
 */
#ifndef CLOSING_COMPARE_H
#define CLOSING_COMPARE_H

#include "run.h"

#define CLOSING_ROW_FIELDS "[\"name\",\"sn\"]" /* of a device; a whole row contains secrets */

struct comparison {
    struct fmg_run *run;
    bool last;        /* last pass: what differs now is incomplete */
    const char *adom; /* whose device table is being read; NULL = the table of all ADOMs */
};

/* Takes the answer to the query for the ADOM table. */
int32_t fmg_closing_compare_adoms(struct comparison *comparison, const struct rpc_param *param,
                                  struct failure *failure);

/*
 * Takes the device count of an ADOM that lists no device: it is empty, outside of the account, or
 * has devices after all.
 */
int32_t fmg_closing_compare_empty(struct comparison *comparison, struct adom *adom,
                                  const struct rpc_param *param, struct failure *failure);

/* Takes the answer to the query for a device by its name. */
int32_t fmg_closing_compare_fgt(struct comparison *comparison, const struct fgt *fgt,
                                const struct rpc_param *param, struct failure *failure);

/* Reads the device tables of the ADOMs that reported no count. */
int32_t fmg_closing_compare_uncounted(struct comparison *comparison, struct failure *failure);

/* Reads the device tables of the run and compares each row. */
int32_t fmg_closing_compare_rows(struct comparison *comparison, struct failure *failure);
#endif
