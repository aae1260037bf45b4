/*
 * units.h - reads the switches and access points of all VDOMs.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FGT_UNITS_H
#define FGT_UNITS_H

#include "run.h"

/*
 * Reads the units of `type` (SWITCH or ACCESS_POINT) of all VDOMs into the inventory, and ends the
 * coverage of each VDOM. OK even if VDOMs are incomplete; fails only with what ends the run.
 */
int32_t fgt_units_read(struct fgt_run *run, enum device_type type, struct failure *failure);
#endif
