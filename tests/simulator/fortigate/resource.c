/*
 * resource.c - the resources of the REST API.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "resource.h"

#include <string.h>

static const struct resource resources[] = {
    /* Section 3.1. */
    {.path = "monitor/system/status",
     .fields = "model_name|model_number|model|hostname|log_disk_status",
     .write = write_status},
    {.path = "monitor/web-ui/state",
     .fields = "model_name|model_number|model|hostname|admin|is_vm|features|ha_mode|is_ha_master|"
               "csf_enabled|csf_group_name|vdom_mode|management_vdom|utc_last_reboot|"
               "centrally_managed",
     .write = write_state},
    {.path = "monitor/system/firmware",
     .group = "sysgrp",
     .fields = "current",
     .write = write_firmware},
    {.path = "cmdb/system/global",
     .group = "sysgrp",
     .fields = "hostname|alias|gui-device-latitude|gui-device-longitude",
     .revision = true,
     .write = write_system_global},
    /* Section 3.2. */
    {.path = "monitor/system/ha-peer",
     .group = "sysgrp",
     .fields = "serial_no|hostname|priority|vcluster_id|master|primary",
     .write = write_ha_peer},
    {.path = "monitor/system/ha-statistics",
     .group = "sysgrp",
     .fields = "hostname|serial_no|tnow|uptime|sessions|tpacket|vir_usage|net_usage|tbyte|"
               "intr_usage|cpu_usage|mem_usage",
     .write = write_ha_statistics},
    {.path = "monitor/system/ha-checksums",
     .group = "sysgrp",
     .fields = "serial_no|is_manage_master|is_root_master|is_manage_primary|is_root_primary|"
               "checksum",
     .parameters = "scope",
     .revision = true,
     .write = write_ha_checksums},
    {.path = "cmdb/system/ha",
     .group = "sysgrp",
     .fields = "group-id|group-name|mode|priority|override|hbdev|ha-mgmt-interfaces",
     .revision = true,
     .write = write_system_ha},
    /* Section 3.3. */
    {.path = "monitor/switch-controller/managed-switch/status",
     .group = "wifi",
     .parameters = "start|count",
     .rows = true,
     .of_vdoms = true},
    {.path = "monitor/switch-controller/managed-switch",
     .group = "wifi",
     .parameters = "start|count",
     .rows = true,
     .of_vdoms = true},
    {.path = "monitor/switch-controller/managed-switch/models",
     .group = "wifi",
     .fields = "name|full_name",
     .since = 70600,
     .write = write_switch_models},
    {.path = "cmdb/switch-controller/managed-switch",
     .group = "wifi",
     .fields = "switch-id|q_origin_key|sn|name|description|switch-profile|fsw-wan1-peer|"
               "fsw-wan1-admin|pre-provisioned|type|owner-vdom",
     .parameters = "start|count",
     .of_vdoms = true,
     .revision = true,
     .write = write_switch_table},
    /* Section 3.4. */
    {.path = "monitor/wifi/managed_ap",
     .group = "wifi",
     .parameters = "start|count",
     .rows = true,
     .of_vdoms = true},
    {.path = "monitor/wifi/ap-names",
     .group = "wifi",
     .fields = "prefix|model|platform",
     .since = 70000,
     .write = write_point_models},
    {.path = "cmdb/wireless-controller/wtp",
     .group = "wifi",
     .fields = "wtp-id|q_origin_key|name|location|admin|wtp-profile|uuid|index|region",
     .parameters = "start|count",
     .of_vdoms = true,
     .revision = true,
     .write = write_point_table},
    /* Section 3.5. */
    {.path = "monitor/system/csf",
     .group = "secfabgrp",
     .fields = "devices|protocol_enabled|csf_group_name|pending|trusted|faceplate_map",
     .parameters = "scope|all_vdoms",
     .revision = true,
     .write = write_fabric},
};

const struct resource *resource_find(const char *path)
{
    for (size_t i = 0; i < sizeof(resources) / sizeof(resources[0]); i++)
        if (strcmp(resources[i].path, path) == 0)
            return &resources[i];
    return NULL;
}
