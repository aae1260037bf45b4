/*
 * devices.h - reads the device tables into the inventory and the topology.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef DEVICES_H
#define DEVICES_H

#include "run.h"

/* The further members of a query for device rows: with VDOMs, and the ADOM of each. */
#define DEVICE_REST "\"sub fetch\":{\"vdom\":{\"fields\":[\"name\"]}},\"option\":[\"extra info\"]"

/* Reads the device tables. Returns OK although scopes may be incomplete. */
int32_t fmg_devices_read(struct fmg_run *run, struct failure *failure);

/* Reads the device tables of the ADOMs that have changed once more. */
int32_t fmg_devices_read_changed(struct fmg_run *run, struct failure *failure);
#endif
