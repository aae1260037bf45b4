/*
 * cluster.h - reads the members of the HA cluster.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FGT_CLUSTER_H
#define FGT_CLUSTER_H

#include "run.h"

/*
 * Reads the cluster members, HA mode, cluster name and Security Fabric, and names the scopes. OK
 * even if they cannot be read: `run` then notes why. Fails only with what ends the run.
 */
int32_t fgt_cluster_read(struct fgt_run *run, struct failure *failure);

/*
 * Queries the connected members of a cluster again. `ret_changed`: the serial of a member that
 * joined or left; "" if there is none, or no call lists the members. Fails only with what ends the
 * run.
 */
int32_t fgt_members_compare(struct fgt_run *run, char ret_changed[static SERIAL_MAX + 1],
                            struct failure *failure);

/* Sets and returns DATA (changed_meanwhile). `what` changed: a serial or a scope. */
int32_t fgt_fail_changed(const struct fgt_run *run, const char *what, struct failure *failure);

/* Reports each call whose data is missing as a problem of severity info. */
int32_t fgt_unread_report(struct fgt_run *run, struct failure *failure);
#endif
