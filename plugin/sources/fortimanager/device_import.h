/*
 * device_import.h - one row of the device table into the topology and the inventory.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef DEVICE_IMPORT_H
#define DEVICE_IMPORT_H

#include "run.h"

struct device_import {
    struct run *run;
    const char *adom;                        /* whose table is read; NULL = all ADOMs' */
    size_t table_bytes;                      /* that the reading of the table remembers */
    char adoms[VALUE_MAX], vdoms[VALUE_MAX]; /* of the row in hand, joined */
};

/*
 * Takes one row (a table_row, context: struct intake): notes the gate with its ADOMs and VDOMs,
 * expects the scopes it opens, and reports each of its units. A device that was there already, in
 * the table of another ADOM, is passed over.
 */
int32_t device_import_row(void *context, struct json_object *json, struct failure *reterr);

/*
 * After the tables: asks for the members of clusters whose rows lack them, and takes their units.
 * Where members stay missing, the firewalls of the cluster's ADOMs are incomplete. OK unless the
 * run ends.
 */
int32_t device_import_clusters(struct run *run, struct failure *reterr);
#endif
