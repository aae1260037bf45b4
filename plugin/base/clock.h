/*
 * clock.h - the time that only goes forward.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>

/* Milliseconds since some moment before the process. Any thread. */
int64_t monotonic_ms(void);
#endif
