/*
 * pace.c - the limits of FortiCloud's APIs.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _POSIX_C_SOURCE 200809L

#include "pace.h"

#include "text.h"

#include <stdlib.h>
#include <time.h>

#define MINUTE_MS ((uint64_t)60 * 1000)
#define HOUR_MS   (60 * MINUTE_MS)

uint64_t pace_now_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void add(struct moments *moments)
{
    moments->times_ms =
        must_resize(moments->times_ms, moments->count + 1, sizeof(moments->times_ms[0]));
    moments->times_ms[moments->count++] = pace_now_ms();
}

static size_t count_since(const struct moments *moments, uint64_t window_ms)
{
    uint64_t now = pace_now_ms();
    size_t count = 0;

    while (count < moments->count &&
           now - moments->times_ms[moments->count - 1 - count] < window_ms)
        count++;
    return count;
}

bool pace_call(struct pace *pace, const struct pace_limits *limits, const char **ret_limit)
{
    add(&pace->calls);
    *ret_limit = NULL;
    if (count_since(&pace->calls, MINUTE_MS) > limits->calls_a_minute)
        *ret_limit = "calls a minute";
    else if (count_since(&pace->calls, HOUR_MS) > limits->calls_an_hour)
        *ret_limit = "calls an hour";
    else if (count_since(&pace->errors, HOUR_MS) >= limits->errors_an_hour)
        *ret_limit = "errors an hour";
    return *ret_limit == NULL;
}

void pace_error(struct pace *pace)
{
    add(&pace->errors);
}

size_t pace_calls_a_minute(const struct pace *pace)
{
    return count_since(&pace->calls, MINUTE_MS);
}

void pace_release(struct pace *pace)
{
    free(pace->calls.times_ms);
    free(pace->errors.times_ms);
    *pace = (struct pace){{NULL, 0}, {NULL, 0}};
}
