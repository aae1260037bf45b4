/*
 * fabric.h - the FortiGates of the Security Fabric, and what it reports of the own cluster.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FGT_FABRIC_H
#define FGT_FABRIC_H

#include "run.h"

/*
 * Reads the fabric, unless the token lacks the right: keeps its FortiGates in `run->fabric`, and
 * notes the members of the own cluster, its mode and its name. Fails only with what ends the run.
 */
int32_t fgt_fabric_read(struct fgt_run *run, struct failure *failure);

/*
 * Reports each FortiGate of the Security Fabric that this run does not read, as a problem of
 * severity info.
 */
int32_t fgt_fabric_report(struct fgt_run *run, struct failure *failure);

/* Releases the FortiGates of the Security Fabric, and the memory that they count. */
void fgt_fabric_release(struct fgt_run *run);
#endif
