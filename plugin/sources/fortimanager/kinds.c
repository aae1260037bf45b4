/*
 * kinds.c - what differs between the kinds of managed units of a FortiManager: switches and access
 * points.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "kinds.h"

/*
 * The name of a switch's model flag is not documented: both spellings are requested. A device
 * database has no status: only identifying fields are requested, so that no secrets come along.
 */
const struct fmg_kind fmg_kinds[DEVICE_TYPE_COUNT] = {
    [SWITCH] = {"/obj/fsp/managed-switch", .fields = {"state", "is-model", "_is-model"},
                .state = "state", .counter = "fsw_cnt", .per_device = "per_device_fsw",
                .database_fields = "[\"name\",\"switch-id\",\"sn\",\"fsw-wan1-admin\"]",
                .database_fields_old = "[\"name\",\"switch-id\",\"fsw-wan1-admin\"]"},
    [ACCESS_POINT] = {"/obj/wireless-controller/wtp", .fields = {"admin", "_is-model"},
                      .state = "admin", .counter = "fap_cnt", .per_device = "per_device_wtp",
                      .database_fields = "[\"name\",\"wtp-id\",\"admin\"]"},
};

bool fmg_adoms_list(enum device_type type)
{
    return type == FIREWALL || fmg_kinds[type].table != NULL;
}
