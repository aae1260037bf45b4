/*
 * pace.c - how often FortiCloud is called: no more often than it allows, by our own count.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "pace.h"

#include <inttypes.h>

#include "base/vector.h"

#define MINUTES_AN_HOUR 60

static int64_t hour_ms(const struct limits *limits)
{
    return (int64_t)limits->forticloud_minute_ms * MINUTES_AN_HOUR;
}

/* How many of the requests fall into the last `window_ms`. */
static uint64_t count_within(const int64_t *ring, size_t size, uint64_t count, int64_t window_ms)
{
    int64_t since = clock_ms() - window_ms;
    uint64_t ret = 0;

    while (ret < count && ret < size && ring[(count - 1 - ret) % size] > since) {
        ret++;
    }
    return ret;
}

static uint64_t errors_of_hour(const struct forticloud_pace *pace, const struct limits *limits)
{
    return count_within(pace->errors, COUNT(pace->errors), pace->error_count, hour_ms(limits));
}

/* When the n-th last request will be older than the window; a time in the past if there is none. */
static int64_t leaves_at(const struct forticloud_pace *pace, int32_t n, int64_t window_ms)
{
    uint64_t back = n > 0 ? (uint64_t)n : 1;

    return pace->call_count < back
               ? 0
               : pace->calls[(pace->call_count - back) % COUNT(pace->calls)] + window_ms;
}

int32_t forticloud_pace_wait(const struct forticloud_pace *pace, struct operation *operation,
                             const char *host, struct failure *failure)
{
    const struct limits *limits = operation->limits;
    int32_t more = limits->attempts; /* a login, and further tries */
    int64_t minute =
        leaves_at(pace, limits->forticloud_minute_calls - more, limits->forticloud_minute_ms);
    int64_t hour = leaves_at(pace, limits->forticloud_hour_calls - more, hour_ms(limits));
    int64_t wait_ms = (minute > hour ? minute : hour) - clock_ms();
    uint64_t errors = errors_of_hour(pace, limits);

    if (errors >= (uint64_t)limits->forticloud_hour_errors) {
        return fail(operation, failure, REASON_forticloud_errors, NULL,
                    ARGUMENTS(host, message_number((int64_t)errors).text));
    }
    if (wait_ms <= 0) {
        return operation_check(operation, failure);
    }
    if (operation->deadline_ms != 0 && clock_ms() + wait_ms >= operation->deadline_ms) {
        return fail(operation, failure, REASON_deadline_passed, "paced", NO_ARGUMENTS);
    }
    operation_log(operation, HECTOR_LOG_INFO,
                  "waiting for %" PRId64 " ms: FortiCloud allows %" PRId32
                  " calls a minute, %" PRId32 " an hour",
                  wait_ms, limits->forticloud_minute_calls, limits->forticloud_hour_calls);
    int32_t code = operation_pause(operation, (int32_t)wait_ms, failure);
    operation_wait_end(operation);
    return code;
}

bool forticloud_pace_may_repeat(const struct forticloud_pace *pace, const struct limits *limits)
{
    return errors_of_hour(pace, limits) + (uint64_t)limits->attempts <=
           (uint64_t)limits->forticloud_hour_errors;
}

void forticloud_pace_count(struct forticloud_pace *pace, uint64_t sent, uint64_t failed)
{
    int64_t now = clock_ms();

    for (uint64_t i = 0; i < sent; i++) {
        pace->calls[pace->call_count++ % COUNT(pace->calls)] = now;
    }
    for (uint64_t i = 0; i < failed; i++) {
        pace->errors[pace->error_count++ % COUNT(pace->errors)] = now;
    }
}
