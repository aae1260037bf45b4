/*
 * columns.c - the attributes that a FortiGate reports.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "columns.h"

#include "sources/fortios/fortios.h"

#define UNITS (OF(SWITCH) | OF(ACCESS_POINT))
#define ALL   (OF(FIREWALL) | UNITS)

/* What follows from several answers, or from the run. */
static const struct column ALWAYS_ROWS[] = {
    COLUMN_SET(serial_number, ALL),
    COLUMN_SET(name, ALL),
    COLUMN_SET(hostname, OF(FIREWALL)),
    COLUMN_SET(model, ALL),
    COLUMN_SET(firmware_version, OF(FIREWALL)),
    COLUMN_SET(firmware_build, OF(FIREWALL)),
    COLUMN_SET(ip_address, OF(FIREWALL)),
    COLUMN_SET(connection_status, ALL),
    COLUMN_SET(vdoms, OF(FIREWALL)),
    COLUMN_SET(ha_mode, OF(FIREWALL)),
    COLUMN_SET(ha_role, OF(FIREWALL)),
    COLUMN_SET(ha_cluster, OF(FIREWALL)),
    COLUMN_SET(managed_by, UNITS),
    COLUMN_SET(managed_by_serials, UNITS),
    COLUMN_SET(virtual_machine, OF(FIREWALL) | OF(SWITCH)),
};
static const struct columns ALWAYS = COLUMNS(ALWAYS_ROWS);

static const struct column GLOBAL_ROWS[] = {
    COLUMN(latitude, OF(FIREWALL), column_nonzero, "gui-device-latitude"),
    COLUMN(longitude, OF(FIREWALL), column_nonzero, "gui-device-longitude"),
};
const struct columns fgt_global_columns = COLUMNS(GLOBAL_ROWS);

const struct origin fgt_origins[] = {
    {&ALWAYS, COST_ALWAYS},
    {&fortios_columns, COST_ALWAYS},
    {&fgt_global_columns, COST_FIELD},
    {NULL, COST_NO},
};
