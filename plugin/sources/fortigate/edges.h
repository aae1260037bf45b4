/*
 * edges.h - reads the switches and access points of all VDOMs.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef GATE_EDGES_H
#define GATE_EDGES_H

#include "gate.h"

/*
 * Reads the units of `type` (SWITCH or ACCESS_POINT) of all VDOMs into the inventory, and ends the
 * coverage of each VDOM. OK even if VDOMs are incomplete; fails only with what ends the run.
 */
int32_t fgt_edges_read(struct gate_run *run, enum device_type type, struct failure *reterr);
#endif
