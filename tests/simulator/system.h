/*
 * system.h - what FortiManager says of itself: /sys/status, /sys/ha/status, /sys/session.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_SYSTEM_H
#define SIMULATOR_SYSTEM_H

#include "table.h"

/* Each writes the object that is the data of the row. */
void system_write_status(const struct simulator *simulator, struct text *text);
void system_write_ha_status(const struct simulator *simulator, struct text *text);
void system_write_session(const struct simulator *simulator, struct text *text);

#endif
