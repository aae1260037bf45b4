/*
 * pause.c - waits on the only answering thread.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _POSIX_C_SOURCE 200809L

#include "pause.h"

#include <time.h>

void pause_for(uint32_t milliseconds)
{
    struct timespec time = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};

    if (milliseconds > 0)
        (void)nanosleep(&time, NULL);
}
