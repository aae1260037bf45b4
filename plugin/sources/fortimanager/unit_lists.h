/*
 * unit_lists.h - the switches and access points of all gates, ADOM by ADOM.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef UNIT_LISTS_H
#define UNIT_LISTS_H

#include "unit_list_reading.h"

/*
 * All of them read, into the inventory. What cannot be read is incomplete. OK unless the run ends.
 * unit_lists_close() also after a failure.
 */
int32_t unit_lists_open(struct run *run, struct unit_lists **ret, struct failure *reterr);
int32_t unit_lists_read(struct unit_lists *unit_lists, struct failure *reterr);
void unit_lists_close(struct unit_lists *unit_lists);

/* Takes a pack (a take_pack, context: struct unit_lists). */
int32_t unit_lists_take_pack(void *context, struct pack *pack, struct failure *reterr);
#endif
