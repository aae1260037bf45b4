/*
 * device_database.h - switches and access points in the database of one gate.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_DEVICE_DATABASE_H
#define SIMULATOR_DEVICE_DATABASE_H

#include "table.h"

/* /pm/config/device/{d}/vdom/{v}/switch-controller/managed-switch and .../wireless-controller/wtp:
 * what one VDOM of a gate manages, as configured: no state, no model, no parent. */
extern const struct table device_switch_table;
extern const struct table device_access_point_table;

/* The rows of one VDOM; the caller frees the items. A status code. */
int device_database_rows(const struct simulator *simulator, const char *device, const char *vdom,
                         bool access_points, struct rows *ret_rows);

#endif
