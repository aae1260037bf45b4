/*
 * random_faults.h - random faults, drawn from the seed.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_RANDOM_FAULTS_H
#define SIMULATOR_RANDOM_FAULTS_H

#include "faults.h"

/* A fault among those that count what `counted` counts, in about one of `every` calls; otherwise
 * FAULT_NONE. The same `random` gives the same faults. Never one that changes units or their names,
 * because what is expected would be unknown. */
enum fault random_fault(struct random *random, uint32_t every, enum counted counted);

#endif
