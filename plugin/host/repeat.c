/*
 * repeat.c - asking again: when it is due, after which pause; counted and logged in one place.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "repeat.h"

#include <inttypes.h>

int32_t repeat_backoff_ms(const struct operation *operation, int32_t tried)
{
    const struct limits *limits = operation->limits;
    int32_t pause = limits->backoff_ms;

    for (int32_t i = 1; i < tried && pause < limits->backoff_max_ms; i++) {
        pause = pause <= limits->backoff_max_ms / 2 ? pause * 2 : limits->backoff_max_ms;
    }
    return pause / 2 + (int32_t)(clock_ms() % (pause / 2 + 1));
}

bool repeat_due(const struct operation *operation, int32_t tried, uint32_t wait_s, int32_t *ret_ms)
{
    const struct limits *limits = operation->limits;
    int64_t pause = wait_s > 0 ? (int64_t)wait_s * 1000 : repeat_backoff_ms(operation, tried);

    *ret_ms = (int32_t)pause;
    return tried < limits->attempts && pause <= limits->backoff_max_ms &&
           (operation->deadline_ms == 0 || operation->deadline_ms - clock_ms() > pause);
}

int32_t repeat_request(struct operation *operation, int32_t pause_ms, const char *why,
                       struct failure *failure)
{
    operation_log(operation, HECTOR_LOG_INFO, "sent again in %" PRId32 " ms: %s", pause_ms, why);
    operation->repeats++;
    return operation_pause(operation, pause_ms, failure);
}

void repeat_reading(struct operation *operation, uint32_t level, const char *why)
{
    operation_log(operation, level, "read again: %s", why);
    operation->repeats++;
}

void repeat_end(struct operation *operation, bool helped)
{
    operation->repeats -= helped ? 0 : 1;
}
