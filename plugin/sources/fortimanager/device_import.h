/*
 * device_import.h - one row of the device table into the topology and the inventory.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef DEVICE_IMPORT_H
#define DEVICE_IMPORT_H

#include "device_row.h"
#include "run.h"

/* One reading of a device table. About 10 KiB. */
struct device_import {
    struct fmg_run *run;
    const char *adom; /* whose table is read; NULL = the table of all ADOMs */

    /* the current row */
    struct device_row row;
    struct fgt *fgt; /* in the topology; NULL = the row has no usable name */
    const char *scope;
    char adoms[VALUE_MAX], vdoms[VALUE_MAX]; /* joined by ", " */
};

/*
 * Imports one row (a table_row, context: struct device_import): adds the FortiGate with its ADOMs
 * and VDOMs to the topology, expects the scopes that the row opens, and records each of its units.
 * A device that another ADOM's table has already shown is not recorded again.
 */
int32_t fmg_device_import_row(void *context, struct json_object *json, struct failure *failure);

/*
 * Records the units of a cluster whose members were asked for after the tables, from its row with
 * the members that were found. `missing` says why they may be incomplete, and the firewall scopes
 * of the cluster's ADOMs with them; NULL = they are complete.
 */
int32_t fmg_device_import_cluster(struct fmg_run *run, const struct ha_cluster *cluster,
                                  struct json_object *json, const struct failure *missing,
                                  struct failure *failure);
#endif
