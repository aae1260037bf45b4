/*
 * system.h - answers on the FortiManager itself: /sys/status, /sys/ha/status, /sys/session.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_SYSTEM_H
#define SIMULATOR_SYSTEM_H

#include "table.h"

/* Write the object in the row's data. */
void system_write_status(const struct simulator *simulator, struct text *text);
void system_write_ha_status(const struct simulator *simulator, struct text *text);
void system_write_session(const struct simulator *simulator, struct text *text);

#endif
