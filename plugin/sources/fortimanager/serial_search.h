/*
 * serial_search.h - finds the serials of switches whose rows have none.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Under a FortiManager before 7.4.3, a renamed switch has a name as switch-id and no `sn`
 * [Troubleshooting Tip 392028]. Its FortiGate knows the serial: the FortiGate's device database is
 * asked first, several tables per request, then, with live_status, the FortiGate itself, once.
 */
#ifndef SERIAL_SEARCH_H
#define SERIAL_SEARCH_H

#include "unit_list_reading.h"

/*
 * Call after all unit lists: searches the serials of the rows kept, and records the rows, with the
 * serial if it was found. Returns OK unless the run ends.
 */
int32_t fmg_serial_search_settle(struct unit_lists *unit_lists, struct failure *failure);
#endif
