/*
 * unit_kind.c - what differs between the managed units of a FortiGate: switches and access points.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "unit_kind.h"

#include "sources/fortios/fortios.h"

const struct unit_kind FGT_UNIT_KINDS[DEVICE_TYPE_COUNT] = {
    [SWITCH] = {.type = SWITCH,
                .path = FORTIOS_SWITCH_PATH,
                .old_path = FORTIOS_SWITCH_PATH_OLD,
                .format = FORTIOS_SWITCH_FORMAT "|vdom|owner_vdom",
                .titles = {"name", "switch-id"},
                .may_be_virtual = true,
                .table = {.path = "/api/v2/cmdb/switch-controller/managed-switch",
                          .vdom = "*",
                          .format = "switch-id|sn|fsw-wan1-admin|pre-provisioned|owner-vdom"},
                .id = "switch-id",
                .admin = "fsw-wan1-admin",
                .serial = "sn"},
    [ACCESS_POINT] = {.type = ACCESS_POINT,
                      .path = FORTIOS_ACCESS_POINT_PATH,
                      .format = FORTIOS_ACCESS_POINT_FORMAT "|vdom",
                      .has_pages = true,
                      .titles = {"name"},
                      .may_be_local_radio = true,
                      .table = {.path = "/api/v2/cmdb/wireless-controller/wtp",
                                .vdom = "*",
                                .format = "wtp-id|admin"},
                      .id = "wtp-id",
                      .admin = "admin"},
};
