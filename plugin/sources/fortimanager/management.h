/*
 * management.h - the FortiManager itself and its HA peers, as units.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MANAGEMENT_H
#define MANAGEMENT_H

#include "run.h"

/* The scope of these units. */
#define SCOPE_MANAGEMENT "management"

/*
 * Reports the FortiManager and its HA peers to the inventory, if they are chosen, and ends their
 * scope. Everything is in the answers to the first request; nothing is sent. The scope is
 * incomplete if the system status or the HA status cannot be read, and if the FortiManager is not
 * the primary of its cluster, because only the primary names all members [inferred].
 */
int32_t fmg_management_report(struct fmg_run *run, struct failure *failure);

/*
 * Why the scope is incomplete: PERMISSION (system_refused), DATA (peers_missing), and what
 * fmg_rpc_fail() returns. OK if it is complete.
 */
int32_t fmg_management_incomplete(const struct fmg_run *run, struct failure *failure);
#endif
