/*
 * live.h - questions to the FortiGates themselves, through the FortiManager.
 * SPDX-License-Identifier: Apache-2.0
 *
 * exec /sys/proxy/json with action get: several gates a call, answers in any order, each with a
 * status of its own around FortiOS's envelope [how-to-fortimanager-api 016]. Asked only with
 * live_status and a ticked attribute that needs it, only of gates that are connected, one call in
 * flight. A target's -6 is a path that its FortiOS lacks; -11 for a whole call is believed only
 * when a gate that answered before is refused, too [observed on 7.6.7]. Whatever fails here makes
 * no scope incomplete: it is told as a problem. One failure has consequences elsewhere: a
 * FortiManager that asks to be left alone (429, Retry-After) is, by the unit lists too (http.h),
 * and what they had to read meanwhile is incomplete as THROTTLED.
 */
#ifndef LIVE_H
#define LIVE_H

#include "run.h"
#include "sources/overlay.h"

struct live {
    struct run *run;
    bool needed[DEVICE_TYPE_COUNT];
    bool stopped;              /* refused, or its time is spent: nothing more is asked */
    int64_t spent_ms;          /* on questions so far */
    const char *answered_adom; /* in it, `answered` is a gate that has answered; NULL = none has */
    uint32_t answered;
};

void live_init(struct live *live, struct run *run);

/* Tells the host how many gates will be asked, as far as their counters say that they have units.
 */
void live_expect(const struct live *live);

/* Takes a row of a gate's answer. */
typedef void live_row(void *context, struct json_object *row);

/*
 * Asks one gate of an ADOM for its switches, and calls `take` for each row. Nothing is asked
 * without live_status, or of a gate that is down. What fails is no problem document: no rows come.
 * OK unless the run ends.
 */
int32_t live_rows(struct live *live, const char *adom, uint32_t gate, live_row *take, void *context,
                  struct failure *reterr);

/*
 * Asks the connected ones among some gates of an ADOM for their units of `type`, into `facts`.
 * `gates` are numbers in the topology. OK unless the run ends.
 */
int32_t live_ask(struct live *live, const char *adom, enum device_type type, const uint32_t *gates,
                 size_t count, struct overlay *overlay, struct failure *reterr);
#endif
