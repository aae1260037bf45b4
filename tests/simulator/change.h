/*
 * change.h - one change of the whole topology, between two requests that a client sends.
 * SPDX-License-Identifier: Apache-2.0
 *
 * GET /simulator/change answers what there is now and what has changed. With topology=N the
 * topology is grown anew from that number, small and of any kind; change=N chooses by chance what
 * changes, and before=N the request before which it does, counted from 1 from then on.
 */
#ifndef SIMULATOR_CHANGE_H
#define SIMULATOR_CHANGE_H

#include "simulator.h"
#include "text.h"

/* `topology` may be NULL; then nothing is planned. `change` NULL: the topology stays as it is. */
void change_plan(struct simulator *simulator, const char *topology, const char *change,
                 const char *before);

/* Counts a request, and changes the topology when it is the turn. */
void change_step(struct simulator *simulator);

/*
 * {"change", "requests", "units": [{"serial", "device_type"}]}: change is null while there was
 * none; units are the physical ones that a run may find.
 */
void change_write(const struct simulator *simulator, struct text *text);

#endif
