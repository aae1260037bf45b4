/*
 * cluster.h - the members of the HA cluster, merged by serial, and the Security Fabric.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FGT_CLUSTER_H
#define FGT_CLUSTER_H

#include "run.h"

/* True for the unit that answered first and for each known member of its cluster. */
bool fgt_is_member(const struct fgt_run *run, const char *serial);

/* True if an envelope names the serial of a unit that is no member. */
bool fgt_is_foreign(const struct fgt_run *run, struct json_object *envelope);

/* Returns the serial of a unit that answered but is no member, borrowed from `run`; NULL = none. */
const char *fgt_stranger(const struct fgt_run *run);

/*
 * Reads the cluster members, HA mode, cluster name and Security Fabric, and names the scopes. OK
 * even if they cannot be read: `run` then notes why. Fails only with what ends the run.
 */
int32_t fgt_cluster_read(struct fgt_run *run, struct failure *failure);

/*
 * Queries the connected members of a cluster again, if a call lists them. `run->changed` becomes
 * the serial of a member that joined or left. Fails only with what ends the run.
 */
int32_t fgt_members_compare(struct fgt_run *run, struct failure *failure);

/* Sets and returns DATA (changed_meanwhile). `what` changed: a serial or a scope. */
int32_t fgt_fail_changed(const struct fgt_run *run, const char *what, struct failure *failure);

/*
 * Reports each FortiGate of the Security Fabric that this run does not read, as a problem of
 * severity info.
 */
int32_t fgt_fabric_report(struct fgt_run *run, struct failure *failure);

/* Releases the FortiGates of the Security Fabric, and the memory that they count. */
void fgt_fabric_release(struct fgt_run *run);
#endif
