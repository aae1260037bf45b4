/*
 * controller_status.h - FortiManager's cache of its last poll of switches and access points.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_CONTROLLER_STATUS_H
#define SIMULATOR_CONTROLLER_STATUS_H

#include "table.h"

/* Accepts "scope member", and nothing else. */
extern const struct table controller_status_table;

/* Writes `"data": ...` for the access points in `rows`: each row has JSON as text. */
void controller_status_write(const struct rows *rows, struct text *text);

#endif
