/*
 * columns.c - the attributes that a FortiGate reports.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "columns.h"

#include "base/vector.h"

static const struct column ROWS[] = {
    {ATTRIBUTE_serial_number, FIREWALL, COST_ALWAYS},
    {ATTRIBUTE_name, FIREWALL, COST_ALWAYS},
    {ATTRIBUTE_hostname, FIREWALL, COST_ALWAYS},
    {ATTRIBUTE_model, FIREWALL, COST_ALWAYS},
    {ATTRIBUTE_firmware_version, FIREWALL, COST_ALWAYS},
    {ATTRIBUTE_firmware_build, FIREWALL, COST_ALWAYS},
    {ATTRIBUTE_ip_address, FIREWALL, COST_ALWAYS},
    {ATTRIBUTE_connection_status, FIREWALL, COST_ALWAYS},
    {ATTRIBUTE_vdoms, FIREWALL, COST_ALWAYS},
    {ATTRIBUTE_ha_mode, FIREWALL, COST_ALWAYS},
    {ATTRIBUTE_ha_role, FIREWALL, COST_ALWAYS},
    {ATTRIBUTE_ha_cluster, FIREWALL, COST_ALWAYS},
    {ATTRIBUTE_latitude, FIREWALL, COST_FIELD},
    {ATTRIBUTE_longitude, FIREWALL, COST_FIELD},
    {ATTRIBUTE_virtual_machine, FIREWALL, COST_ALWAYS},
    {ATTRIBUTE_serial_number, SWITCH, COST_ALWAYS},
    {ATTRIBUTE_name, SWITCH, COST_ALWAYS},
    {ATTRIBUTE_model, SWITCH, COST_ALWAYS},
    {ATTRIBUTE_firmware_version, SWITCH, COST_ALWAYS},
    {ATTRIBUTE_firmware_build, SWITCH, COST_ALWAYS},
    {ATTRIBUTE_ip_address, SWITCH, COST_ALWAYS},
    {ATTRIBUTE_connection_status, SWITCH, COST_ALWAYS},
    {ATTRIBUTE_managed_by, SWITCH, COST_ALWAYS},
    {ATTRIBUTE_managed_by_serials, SWITCH, COST_ALWAYS},
    {ATTRIBUTE_fortilink_interface, SWITCH, COST_ALWAYS},
    {ATTRIBUTE_virtual_machine, SWITCH, COST_ALWAYS},
    {ATTRIBUTE_serial_number, ACCESS_POINT, COST_ALWAYS},
    {ATTRIBUTE_name, ACCESS_POINT, COST_ALWAYS},
    {ATTRIBUTE_model, ACCESS_POINT, COST_ALWAYS},
    {ATTRIBUTE_firmware_version, ACCESS_POINT, COST_ALWAYS},
    {ATTRIBUTE_firmware_build, ACCESS_POINT, COST_ALWAYS},
    {ATTRIBUTE_ip_address, ACCESS_POINT, COST_ALWAYS},
    {ATTRIBUTE_mac_address, ACCESS_POINT, COST_ALWAYS},
    {ATTRIBUTE_connection_status, ACCESS_POINT, COST_ALWAYS},
    {ATTRIBUTE_managed_by, ACCESS_POINT, COST_ALWAYS},
    {ATTRIBUTE_managed_by_serials, ACCESS_POINT, COST_ALWAYS},
    {ATTRIBUTE_location, ACCESS_POINT, COST_ALWAYS},
    {ATTRIBUTE_connected_since, ACCESS_POINT, COST_ALWAYS},
};

const struct columns fgt_columns = {ROWS, COUNT(ROWS)};
