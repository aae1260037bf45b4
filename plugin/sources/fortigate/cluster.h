/*
 * cluster.h - cluster members, and the FortiGates of a Security Fabric.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef GATE_CLUSTER_H
#define GATE_CLUSTER_H

#include "gate.h"

/*
 * Reads the cluster members, HA mode and cluster name, and names the scopes. OK even if they cannot
 * be read: `run` then notes why. Fails only with what ends the run.
 */
int32_t fgt_cluster_read(struct gate_run *run, struct failure *reterr);

/* True for the unit that answered first and for each known member of its cluster. */
bool fgt_is_member(const struct gate_run *run, const char *serial);

/* Returns the serial of a unit that answered but is no member, borrowed from `run`; NULL = none. */
const char *fgt_stranger(const struct gate_run *run);

/*
 * Queries the connected members of a cluster again. `ret_changed`: the serial of a member that
 * joined or left; "" if there is none, or no call lists the members. Fails only with what ends the
 * run.
 */
int32_t fgt_members_compare(struct gate_run *run, char ret_changed[static SERIAL_MAX + 1],
                            struct failure *reterr);

/* Sets and returns DATA (changed_meanwhile). `what` changed: a serial or a scope. */
int32_t fgt_fail_changed(const struct gate_run *run, const char *what, struct failure *reterr);

/* Reports each call whose data is missing as a problem of severity info. */
int32_t fgt_unread_report(struct gate_run *run, struct failure *reterr);

/*
 * Reports each FortiGate of the Security Fabric that this run does not read, as a problem of
 * severity info.
 */
int32_t fgt_fabric_report(struct gate_run *run, struct failure *reterr);

/* Releases the FortiGates of the Security Fabric, and the memory that they count. */
void fgt_fabric_release(struct gate_run *run);
#endif
