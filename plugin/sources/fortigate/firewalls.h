/*
 * firewalls.h - the members of a cluster as firewalls, and the verdicts on their scopes.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef GATE_FIREWALLS_H
#define GATE_FIREWALLS_H

#include "gate.h"

/* the units as firewalls into the inventory, and the verdict on their scope. */
int32_t gate_firewalls_report(struct gate_run *run, struct failure *reterr);

/* The same verdict on all other VDOMs that are read, once these are known: they list none. */
int32_t gate_firewalls_end(struct gate_run *run, struct failure *reterr);
#endif
