/*
 * ha_members.h - asks for the members of clusters whose rows lack them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A row of the device table carries the members of its cluster (ha_slave). Right after a cluster
 * was formed, or after a fail-over, the list may be null or empty
 * [inferred: no such row is recorded]. /dvmdb/device/{name}/ha_slave is the same table
 * [how-to-fortimanager-api 007].
 */
#ifndef HA_MEMBERS_H
#define HA_MEMBERS_H

#include "run.h"

/*
 * Asks for the members of all clusters in run->clusters, several per request, and passes each row
 * to fmg_device_import_cluster(), also if they cannot be read. Releases what was kept. Returns OK
 * unless the run ends.
 */
int32_t fmg_ha_members_ask(struct fmg_run *run, struct failure *failure);

/* Frees what was kept. Safe on an empty list. */
void fmg_ha_members_release(struct fmg_run *run);
#endif
