/*
 * pace.h - how often FortiCloud is called: no more often than it allows, by our own count.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Asset Management allows 100 calls in a minute, 1,000 in an hour, and locks out after 10 errors in
 * an hour [FNDN, as the client hfortix-forticare repeats it]; FortiFlex documents no limits, so it
 * is called no more often either. Every request that was sent counts, with its repeats and logins,
 * whether or not it was answered; and one call may take a login and limits->attempts tries, for
 * which there must be room before it. The minutes and hours slide.
 */
#ifndef FORTICLOUD_PACE_H
#define FORTICLOUD_PACE_H

#include "host/operation.h"

/* Initially all zero. The times of the last requests, in terms of clock_ms(), as rings. */
struct forticloud_pace {
    int64_t calls[FORTICLOUD_CALLS_MAX], errors[FORTICLOUD_ERRORS_MAX];
    uint64_t call_count, error_count;
};

/*
 * Waits until one more call is allowed. LIMIT (deadline_passed), at once, if that would be after
 * the deadline; THROTTLED (forticloud_errors) if there were too many errors; and the errors of
 * operation_pause(). `host` is for the message.
 */
int32_t forticloud_pace_wait(const struct forticloud_pace *pace, struct operation *operation,
                             const char *host, struct failure *failure);

/* Whether there is room for the errors of all tries of a call, so that it may be repeated. */
bool forticloud_pace_may_repeat(const struct forticloud_pace *pace, const struct limits *limits);

/* Counts requests that were sent by now, and how many of them failed. */
void forticloud_pace_count(struct forticloud_pace *pace, uint64_t sent, uint64_t failed);
#endif
