/*
 * impatient.c - fortinet.so with shorter times, for tests of what goes wrong.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Sizes and everything else are the product's, so that results apply to the product.
 */
#include "base/limits.h"

#undef LIMITS_DEFAULT
#define LIMITS_DEFAULT                                                                             \
    {                                                                                              \
        .connect_ms = 5000, .low_speed_ms = 3000, .grace_ms = 3000, .backoff_ms = 20,              \
        .backoff_max_ms = 2000, .refused_pause_ms = 50, .proxied_budget_ms = 20000,                \
        .forticloud_minute_ms = 1000, .forticloud_repeat_ms = 20, LIMITS_FORTICLOUD, LIMITS_SIZES  \
    }

#include "entry.c"
