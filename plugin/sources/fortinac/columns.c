/*
 * columns.c - the attributes that FortiNAC reports of a host.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "columns.h"

#include "json/json_read.h"

static void read_mdm(const struct cell *cell)
{
    const char *member = cell->column->members[0];

    if (json_member(cell->row, member) != NULL) {
        device_set_boolean(cell->device, cell->column->attribute,
                           json_member_true(cell->row, member));
    }
}

/* A row is read as a whole, so each attribute costs the same. */
static const struct column HOST_ROWS[] = {
    COLUMN(hostname, OF(ENDPOINT), column_text, "hostName"),
    COLUMN(model, OF(ENDPOINT), column_text, "hardwareType"),
    COLUMN(mac_address, OF(ENDPOINT), column_nonzero, "primaryMac"),
    COLUMN(operating_system, OF(ENDPOINT), column_text, "operatingSystem"),
    COLUMN(owner, OF(ENDPOINT), column_text, "owner"),
    COLUMN(user, OF(ENDPOINT), column_text, "loggedOnUserId"),
    COLUMN(role, OF(ENDPOINT), column_text, "role"),
    COLUMN(agent_version, OF(ENDPOINT), column_text, "agentVersion"),
    COLUMN(managed_by_mdm, OF(ENDPOINT), read_mdm, "managedByMDM"),
};
const struct columns fnac_host_columns = COLUMNS(HOST_ROWS);

/* What needs more than one member, or an adapter. */
static const struct column SET_ROWS[] = {
    COLUMN_SET(serial_number, OF(ENDPOINT)),     COLUMN_SET(name, OF(ENDPOINT)),
    COLUMN_SET(ip_address, OF(ENDPOINT)),        COLUMN_SET(endpoint_type, OF(ENDPOINT)),
    COLUMN_SET(connection_status, OF(ENDPOINT)), COLUMN_SET(connected_to, OF(ENDPOINT)),
    COLUMN_SET(managed_by, OF(ENDPOINT)),        COLUMN_SET(managed_by_serials, OF(ENDPOINT)),
    COLUMN_SET(last_seen, OF(ENDPOINT)),
};
static const struct columns SET = COLUMNS(SET_ROWS);

const struct origin fnac_origins[] = {
    {&fnac_host_columns, COST_ALWAYS},
    {&SET, COST_ALWAYS},
    {NULL, COST_NO},
};
