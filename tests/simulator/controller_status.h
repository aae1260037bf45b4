/*
 * controller_status.h - what FortiManager remembers of its last poll of switches and access points.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_CONTROLLER_STATUS_H
#define SIMULATOR_CONTROLLER_STATUS_H

#include "table.h"

/* Takes "scope member" and nothing else. */
extern const struct table controller_status_table;

/* Writes `"data": ...` for the access points in `rows`: each row holds JSON as text. */
void controller_status_write(const struct rows *rows, struct text *text);

#endif
