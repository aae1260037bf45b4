/*
 * random_faults.h - faults that nobody planned: drawn from the seed, now and then.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_RANDOM_FAULTS_H
#define SIMULATOR_RANDOM_FAULTS_H

#include "faults.h"

/*
 * A fault among those that count what `counted` counts, in about one of `every` calls; else
 * FAULT_NONE. The same `random` gives the same faults. Never one that changes what there is to
 * find, or what it is called: nobody could tell the truth of it.
 */
enum fault random_fault(struct random *random, uint32_t every, enum counted counted);

#endif
