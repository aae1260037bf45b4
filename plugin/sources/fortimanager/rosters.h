/*
 * rosters.h - the switches and access points of all gates, ADOM by ADOM.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ROSTERS_H
#define ROSTERS_H

#include "roster_reading.h"

/*
 * All of them read, into the inventory. What cannot be read is incomplete. OK unless the run ends.
 * rosters_close() also after a failure.
 */
int32_t rosters_open(struct run *run, struct rosters **ret, struct failure *reterr);
int32_t rosters_read(struct rosters *rosters, struct failure *reterr);
void rosters_close(struct rosters *rosters);

/* Takes a pack (a take_pack, context: struct rosters). */
int32_t rosters_take_pack(void *context, struct pack *pack, struct failure *reterr);
#endif
