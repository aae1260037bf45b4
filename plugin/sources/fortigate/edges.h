/*
 * edges.h - the switches and access points of all VDOMs.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef GATE_EDGES_H
#define GATE_EDGES_H

#include "gate.h"

/* the switches or access points of all VDOMs into the inventory, and their verdicts. */
int32_t gate_edges_read(struct gate_run *run, enum device_type type, struct failure *reterr);
#endif
