/*
 * columns.h - the attributes that an EMS reports.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Every member is optional: the list and the details of one version have others than those of the
 * next, and servers send more than their schema.
 */
#ifndef EMS_COLUMNS_H
#define EMS_COLUMNS_H

#include "sources/columns.h"

/* Of a row of the list, and of the details of one endpoint. */
extern const struct columns ems_columns;

extern const struct origin ems_origins[];

/* The hardware in the details, borrowed; FortiSASE's twin writes hardwareDetails. NULL = none. */
struct json_object *ems_hardware(struct json_object *row);
#endif
