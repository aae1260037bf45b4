/*
 * proxied.h - proxied queries: the FortiManager forwards a query to its FortiGates.
 * SPDX-License-Identifier: Apache-2.0
 *
 * exec /sys/proxy/json with action get: one call addresses several FortiGates. Their answers come
 * in any order, each with a status of its own around FortiOS's envelope
 * [how-to-fortimanager-api 016]. Sent only with live_status and a selected attribute that needs it,
 * only to connected FortiGates, one call in flight.
 *
 * Code -6 of a target: its FortiOS does not know the path. Code -11 of a whole call is either a
 * missing right, or the answer for FortiGates that are gone [observed on 7.6.7]: a FortiGate that
 * answered before is queried again to decide. If there is none, the right counts as missing.
 *
 * A failure here is reported as a problem and does not affect whether scopes are complete, with one
 * exception: if the FortiManager throttles (HTTP 429, Retry-After), the unit lists have to wait as
 * well (http.h), and what they could not read meanwhile is incomplete as THROTTLED.
 */
#ifndef PROXIED_H
#define PROXIED_H

#include "run.h"
#include "sources/fortios/fortios.h"
#include "sources/overlay.h"

struct proxied {
    struct fmg_run *run;
    bool needed[DEVICE_TYPE_COUNT];
    bool stopped;              /* refused, throttled or out of time: no more queries */
    int64_t spent_ms;          /* time spent on queries so far */
    const char *answered_adom; /* ADOM of `answered`; NULL = no FortiGate has answered */
    uint32_t answered;
};

/* Initialises `proxied`; `run` must live as long. */
void fmg_proxied_init(struct proxied *proxied, struct fmg_run *run);

/*
 * Reports to the host how many FortiGates will be queried, as far as their counters report units.
 */
void fmg_proxied_expect(const struct proxied *proxied);

/* FortiGates of one ADOM. */
struct proxied_targets {
    const char *adom;
    const uint32_t *fgts; /* numbers in the topology */
    size_t count;
};

/*
 * Queries a single FortiGate for its switches and passes each row to `take`. Sends nothing without
 * live_status or to a disconnected FortiGate. A failure is not reported: there are just no rows.
 * Returns OK unless the run ends.
 */
int32_t fmg_proxied_rows(struct proxied *proxied, const struct proxied_targets *single,
                         fortios_take *take, void *context, struct failure *failure);

/*
 * Queries the connected FortiGates among the targets for their units of `type`, into `overlay`.
 * Returns OK unless the run ends.
 */
int32_t fmg_proxied_ask(struct proxied *proxied, const struct proxied_targets *targets,
                        enum device_type type, struct overlay *overlay, struct failure *failure);
#endif
