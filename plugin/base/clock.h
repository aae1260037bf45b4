/*
 * clock.h - the monotonic clock.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>

/* Milliseconds since an unspecified start; never goes backwards. Any thread. */
int64_t clock_ms(void);
#endif
