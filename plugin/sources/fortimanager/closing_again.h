/*
 * closing_again.h - reads again the device tables and unit lists that have changed.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLOSING_AGAIN_H
#define CLOSING_AGAIN_H

#include "unit_list_reading.h"

/* Whether anything has changed since it was read: an ADOM, the devices in no ADOM, a unit list. */
bool fmg_closing_again_needed(const struct unit_lists *unit_lists);

/*
 * Reads again what has changed. Marks what cannot be read as incomplete; returns OK unless the run
 * ends.
 */
int32_t fmg_closing_again_read(struct unit_lists *unit_lists, struct failure *failure);
#endif
