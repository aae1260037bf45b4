/*
 * change.h - one change of the whole topology, between two requests of a client.
 * SPDX-License-Identifier: Apache-2.0
 *
 * GET /simulator/change returns the current units and the change. topology=N grows a new topology
 * from that number, small and of any kind; change=N chooses a random change, and before=N the
 * request before which it happens, counted from 1 from then on.
 */
#ifndef SIMULATOR_CHANGE_H
#define SIMULATOR_CHANGE_H

#include "simulator.h"
#include "text.h"

/* Plans a change. `topology` NULL: nothing is planned. `change` NULL: the topology stays the
 * same. */
void change_plan(struct simulator *simulator, const char *topology, const char *change,
                 const char *before);

/* Counts a request, and makes the change when it is due. */
void change_step(struct simulator *simulator);

/* Writes {"change", "requests", "units": [{"serial", "device_type"}]}: change is null before it
 * happens; units are the physical ones that a run may find. */
void change_write(const struct simulator *simulator, struct text *text);

#endif
