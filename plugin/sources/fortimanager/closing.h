/*
 * closing.h - whether all that a run has read is one snapshot of the FortiManager.
 * SPDX-License-Identifier: Apache-2.0
 *
 * FortiManager's tables are read one behind the other, and devices are moved, renamed and added
 * meanwhile. The closing request asks for the ADOMs with their members, the number of units of each
 * unit list that was read, and the VDOMs of FortiGates that were read by their names. What differs
 * from what was read is read again, once; what differs from that is incomplete. Two units that swap
 * their places between two readings cannot be noticed.
 */
#ifndef CLOSING_H
#define CLOSING_H

#include "unit_lists.h"

/*
 * Sends the closing request, reads again what has changed, and leaves what changes once more
 * incomplete (changed_meanwhile, table_changed). Where the request fails, every scope is incomplete
 * for that reason. OK unless the run ends.
 */
int32_t closing_settle(struct unit_lists *unit_lists, struct failure *reterr);
#endif
