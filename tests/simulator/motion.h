/*
 * motion.h - devices that come and go while a client reads.
 * SPDX-License-Identifier: Apache-2.0
 *
 * With the fault row-added the first few devices, by oid, are not there at first: each time the
 * fault is applied, one of them comes. With row-removed one of them goes. They are gates that
 * manage nothing and stand alone, so that no other table changes with them.
 */
#ifndef SIMULATOR_MOTION_H
#define SIMULATOR_MOTION_H

#include "simulator.h"

/* Chooses the devices that will move; after the faults were read and the topology was built. */
void motion_begin(struct simulator *simulator);

/* One step, when it is the turn of one of these faults. */
void motion_step(struct simulator *simulator, enum fault fault);

/* Those of the devices that are there now. True: `ret_rows` is the caller's, to free its items. */
bool motion_choose(const struct simulator *simulator, const struct rows *devices,
                   struct rows *ret_rows);

#endif
