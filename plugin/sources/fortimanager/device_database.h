/*
 * device_database.h - switches and access points from each FortiGate's own configuration database.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An ADOM in per-device mode (flags per_device_fsw, per_device_wtp) manages its units on each
 * FortiGate separately: the ADOM's table is empty or partial, and
 * /pm/config/device/{d}/vdom/{v}/... has the rest. The rows of both are merged by serial number
 * [inferred from the flags' names and how-to-fortimanager-api 009].
 */
#ifndef DEVICE_DATABASE_H
#define DEVICE_DATABASE_H

#include "unit_list_reading.h"

/*
 * Adds the query for the table of one VDOM of a FortiGate to a batch: for these fields of its rows,
 * or for their number (NULL).
 */
void fmg_device_database_add(struct rpc_batch *batch, const char *fgt, const char *vdom,
                             enum device_type type, const char *fields);

/*
 * Reports to the host, before the first is read, how many tables the ADOMs in per-device mode have.
 */
void fmg_device_database_expect(const struct unit_lists *unit_lists);

/*
 * Reads the databases of the FortiGates of `count` unit lists, at least one, of one ADOM and type.
 * The first request asks for one table only: if it is refused, the rest is not asked for. What
 * cannot be read makes the scope incomplete. Returns OK unless the run ends.
 */
int32_t fmg_device_database_read(struct unit_lists *unit_lists, const struct unit_list *lists,
                                 size_t count, struct failure *failure);
#endif
