/*
 * motion.h - devices that come and go while a client reads.
 * SPDX-License-Identifier: Apache-2.0
 *
 * With the fault row-added the first few devices, by oid, are absent at first: each time the fault
 * is applied, one of them is added. With row-removed one of them is removed. They are single
 * FortiGates that manage nothing, so that no other table changes with them.
 */
#ifndef SIMULATOR_MOTION_H
#define SIMULATOR_MOTION_H

#include "simulator.h"

/* Chooses the devices that will move. Call it after the faults were read and the topology was
 * built. */
void motion_begin(struct simulator *simulator);

/* Makes one step, when the fault is one of these. */
void motion_step(struct simulator *simulator, enum fault fault);

/* The rows of the devices that are present. True: the caller owns `ret_rows`, and frees its
 * items. */
bool motion_choose(const struct simulator *simulator, const struct rows *devices,
                   struct rows *ret_rows);

#endif
