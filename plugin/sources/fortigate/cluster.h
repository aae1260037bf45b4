/*
 * cluster.h - the members of a cluster, and the FortiGates of a Security Fabric.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef GATE_CLUSTER_H
#define GATE_CLUSTER_H

#include "gate.h"

/* all members, and what is known of the cluster. OK although they cannot be read. */
int32_t gate_cluster_read(struct gate_run *run, struct failure *reterr);

/* True for the unit that answered first, and each member of its cluster. */
bool gate_is_member(const struct gate_run *run, const char *serial);

/* The serial of a unit that answered and is no member; NULL when there is none. */
const char *gate_stranger(const struct gate_run *run);

/*
 * Asks once more for the living members of a cluster. `*ret_changed` is the serial of one that came
 * or went; NULL when there is none, and where no call names them.
 */
int32_t gate_members_compare(struct gate_run *run, char ret_changed[static SERIAL_MAX + 1],
                             struct failure *reterr);

/* DATA (changed_meanwhile). */
int32_t gate_fail_changed(const struct gate_run *run, const char *what, struct failure *reterr);

/* Tells, as problems, what the gate did not tell although it was asked. */
int32_t gate_unread_report(struct gate_run *run, struct failure *reterr);

/* Names the gates of the Security Fabric that this run does not read, as problems. */
int32_t gate_fabric_report(struct gate_run *run, struct failure *reterr);

/* Done with them. */
void gate_fabric_release(struct gate_run *run);
#endif
