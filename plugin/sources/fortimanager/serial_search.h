/*
 * serial_search.h - switches whose rows have no usable serial: it is looked for elsewhere.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A renamed switch under a FortiManager before 7.4.3 has a name for a switch-id and no `sn`
 * [Troubleshooting Tip 392028]. Its FortiGate knows better: the gate's device database is asked
 * first, some tables a request, then, with live_status, the gate itself, once.
 */
#ifndef SERIAL_SEARCH_H
#define SERIAL_SEARCH_H

#include "unit_list_reading.h"

/*
 * All unit lists were read: looks for the serials of the rows kept, and takes the rows, with the
 * serial where it was found. OK unless the run ends.
 */
int32_t serial_search_settle(struct unit_lists *unit_lists, struct failure *reterr);
#endif
