/*
 * device_database.h - switches and access points in the device database of a FortiGate.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_DEVICE_DATABASE_H
#define SIMULATOR_DEVICE_DATABASE_H

#include "table.h"

/* /pm/config/device/{d}/vdom/{v}/switch-controller/managed-switch and .../wireless-controller/wtp:
 * the configured units of one VDOM, without state, model or parent. */
extern const struct table device_switch_table;
extern const struct table device_access_point_table;

/* Finds the rows of one VDOM; the caller frees the items. Returns a status code. */
int device_database_rows(const struct simulator *simulator, const char *device, const char *vdom,
                         bool access_points, struct rows *ret_rows);

#endif
