/*
 * roster_counters.h - FortiGates that count units of which no roster has listed a row.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ROSTER_COUNTERS_H
#define ROSTER_COUNTERS_H

#include "roster_reading.h"

/*
 * They are asked alone once more, then their device databases. OK unless the run ends.
 */
int32_t rosters_settle_counters(struct rosters *rosters, struct failure *reterr);
#endif
