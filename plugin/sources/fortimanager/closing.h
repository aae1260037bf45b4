/*
 * closing.h - whether everything that a run has read is one snapshot of the FortiManager.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A run reads FortiManager's tables one after the other; meanwhile devices may be moved, renamed or
 * added. The closing request therefore asks for the ADOMs with their members, for the number of
 * units of each unit list that was read, and for the VDOMs of FortiGates that were read by name.
 * Whatever differs is read again once. What differs after that makes its scope incomplete. Two
 * units that swap places between two readings go unnoticed.
 */
#ifndef CLOSING_H
#define CLOSING_H

#include "unit_lists.h"

/*
 * Sends the closing request, reads again what has changed, and marks as incomplete what changes
 * once more (changed_meanwhile, table_changed). If the request fails, every scope is incomplete for
 * that reason. Returns OK unless the run ends.
 */
int32_t fmg_closing_settle(struct unit_lists *unit_lists, struct failure *failure);
#endif
