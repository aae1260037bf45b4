/*
 * pace.h - the limits of FortiCloud's APIs: calls in a minute and in an hour, errors in an hour.
 * SPDX-License-Identifier: Apache-2.0
 *
 * They are documented for Asset Management (C.3). Whether FortiFlex has them is not known (G.5):
 * here each API counts its own.
 */
#ifndef FORTICLOUD_PACE_H
#define FORTICLOUD_PACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pace_limits {
    uint32_t calls_a_minute;
    uint32_t calls_an_hour;
    uint32_t errors_an_hour;
};

/* When something happened, oldest first. */
struct moments {
    uint64_t *times_ms;
    size_t count;
};

struct pace {
    struct moments calls;
    struct moments errors;
};

/* Milliseconds of a clock that never goes back. */
uint64_t pace_now_ms(void);

/* Counts a call. False when it is one too many: the limit's name is in `*ret_limit`. */
bool pace_call(struct pace *pace, const struct pace_limits *limits, const char **ret_limit);

void pace_error(struct pace *pace);

/* The calls of the last minute. */
size_t pace_calls_a_minute(const struct pace *pace);

void pace_release(struct pace *pace);

#endif
