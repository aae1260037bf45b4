/*
 * device_database.h - switches and access points from each gate's own configuration database.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An ADOM in per-device mode (flags per_device_fsw, per_device_wtp) manages them gate by gate: its
 * own table is empty or partial, and /pm/config/device/{d}/vdom/{v}/... has the rest. Both are
 * united by serial [inferred from the flags' names and how-to-fortimanager-api 009].
 */
#ifndef DEVICE_DATABASE_H
#define DEVICE_DATABASE_H

#include "unit_list_reading.h"

/* Appends the url of one table: of a gate's VDOM. */
void device_database_url(const char *gate, const char *vdom, enum device_type type,
                         struct buffer *out);

/* Tells the host how many tables the ADOMs in per-device mode have, before the first is read. */
void device_database_expect(const struct unit_lists *unit_lists);

/*
 * Reads the databases of `count` gates of the unit list's ADOM, by their numbers in the topology.
 * One table is tried first: what refuses it refuses all. What cannot be read makes the unit list's
 * scope incomplete. OK unless the run ends.
 */
int32_t device_database_read(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                             const uint32_t *gates, size_t count, struct failure *reterr);
#endif
