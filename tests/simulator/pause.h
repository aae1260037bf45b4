/*
 * pause.h - waits on the only answering thread.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_PAUSE_H
#define SIMULATOR_PAUSE_H

#include <stdint.h>

void pause_for(uint32_t milliseconds);

#endif
