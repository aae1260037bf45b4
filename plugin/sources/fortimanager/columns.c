/*
 * columns.c - the attributes that a FortiManager reports.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "columns.h"

#include <inttypes.h>
#include <stdio.h>

#include "catalogue/models.h"
#include "sources/fortios/fortios.h"
#include "json/json_read.h"

/* ---- special readers */

/*
 * The version is major(os_ver).mr.patch; with `verbose`, os_ver is "7.0" and only its major counts.
 */
static void read_version(const struct cell *cell)
{
    const char *os_ver = json_member_text(cell->row, "os_ver");
    int64_t major = 0, mr, patch;

    for (size_t i = 0; os_ver != NULL && i < 2 && os_ver[i] >= '0' && os_ver[i] <= '9'; i++) {
        major = major * 10 + os_ver[i] - '0';
    }
    if (os_ver == NULL) {
        (void)json_member_integer(cell->row, "os_ver", &major);
    }
    if (major > 0 && major < 100 && json_member_integer(cell->row, "mr", &mr) && mr >= 0 &&
        mr < 100 && json_member_integer(cell->row, "patch", &patch) && patch >= 0 && patch < 1000) {
        (void)snprintf(cell->texts->version, sizeof(cell->texts->version),
                       "%" PRId64 ".%" PRId64 ".%" PRId64, major, mr, patch);
        device_set_text(cell->device, cell->column->attribute, cell->texts->version);
    }
}

static void read_revision(const struct cell *cell)
{
    int64_t major, minor;

    if (json_member_integer(cell->row, "hw_rev_major", &major) && major > 0 && major < 1000 &&
        json_member_integer(cell->row, "hw_rev_minor", &minor) && minor >= 0 && minor < 1000) {
        (void)snprintf(cell->texts->revision, sizeof(cell->texts->revision), "%" PRId64 ".%" PRId64,
                       major, minor);
        device_set_text(cell->device, cell->column->attribute, cell->texts->revision);
    }
}

static void read_config_status(const struct cell *cell)
{
    static const char *const states[] = {"unknown", "insync", "outofsync", NULL};
    int64_t state = json_member_enum(cell->row, cell->column->members[0], states, 0);

    device_set_text(cell->device, cell->column->attribute,
                    state == 1   ? "in_sync"
                    : state == 2 ? "out_of_sync"
                                 : NULL);
}

/* Hardware has no licence of a virtual machine, whatever its row says. */
static void read_license_type(const struct cell *cell)
{
    const char *model = device_model(cell->device);

    if (model != NULL && model_is_virtual(model)) {
        column_text(cell);
    }
}

/* The connection status of the last poll; only access points have it as a number, 2 = connected. */
static void read_connection(const struct cell *cell)
{
    const char *member = cell->column->members[0], *text = json_member_text(cell->row, member);
    int64_t number;

    if (text == NULL && cell->device->type == ACCESS_POINT &&
        json_member_integer(cell->row, member, &number) && number != 0) {
        text = number == 2 ? "up" : "down";
    }
    fortios_set_status(cell->device, text);
}

/* ---- tables */

#define UNITS (OF(SWITCH) | OF(ACCESS_POINT))
#define ALL   (OF(FIREWALL) | UNITS)

/* What identifies a unit, and what follows from several rows or from the run. */
static const struct column ALWAYS_ROWS[] = {
    COLUMN(serial_number, OF(FIREWALL), NULL, "sn"),
    COLUMN(serial_number, OF(SWITCH), NULL, "switch-id"), /* or `sn`, where it is known */
    COLUMN(serial_number, OF(ACCESS_POINT), NULL, "wtp-id"),
    COLUMN(name, ALL, NULL, "name"),
    COLUMN(model, OF(FIREWALL), NULL, "platform_str"),
    COLUMN(model, OF(SWITCH), NULL, "platform"),
    COLUMN_SET(model, OF(ACCESS_POINT) | OF(MANAGEMENT)), /* by its serial, or by the status */
    COLUMN(connection_status, OF(FIREWALL), NULL, "conn_status"),
    COLUMN(connection_status, OF(SWITCH), read_connection, "status"),
    COLUMN(connection_status, OF(ACCESS_POINT), read_connection, "_conn-state"),
    COLUMN(management_mode, OF(FIREWALL), NULL, "mgmt_mode"),
    COLUMN_SET(adom, ALL),
    COLUMN_SET(vdoms, OF(FIREWALL)),
    COLUMN(ha_mode, OF(FIREWALL), NULL, "ha_mode"),
    COLUMN_SET(ha_role, OF(FIREWALL) | OF(MANAGEMENT)),
    COLUMN_SET(ha_cluster, OF(FIREWALL)),
    COLUMN(managed_by, UNITS, NULL, "scope member"),
    COLUMN_SET(managed_by_serials, UNITS),
    COLUMN_SET(virtual_machine, OF(FIREWALL) | OF(SWITCH) | OF(MANAGEMENT)),
    COLUMN_SET(log_only, OF(FIREWALL)),
    COLUMN_SET(serial_number, OF(MANAGEMENT)),
    COLUMN_SET(name, OF(MANAGEMENT)),
    COLUMN_SET(hostname, OF(MANAGEMENT)),
    COLUMN_SET(connection_status, OF(MANAGEMENT)),
    COLUMN_SET(firmware_version, OF(MANAGEMENT)),
    COLUMN_SET(firmware_build, OF(MANAGEMENT)),
    COLUMN_SET(ip_address, OF(MANAGEMENT)),
};
const struct columns fmg_always_columns = COLUMNS(ALWAYS_ROWS);

static const struct column DEVICE_ROWS[] = {
    COLUMN(hostname, OF(FIREWALL), NULL, "hostname"), /* of a cluster: each member's name */
    COLUMN(firmware_version, OF(FIREWALL), read_version, "os_ver", "mr", "patch"),
    COLUMN(firmware_build, OF(FIREWALL), column_number, "build"),
    COLUMN(ip_address, OF(FIREWALL), column_nonzero, "ip"),
    COLUMN(description, OF(FIREWALL), column_text, "desc"),
    COLUMN(latitude, OF(FIREWALL), column_nonzero, "latitude"),
    COLUMN(longitude, OF(FIREWALL), column_nonzero, "longitude"),
    COLUMN(last_seen, OF(FIREWALL), column_time, "last_checked"),
    COLUMN(config_status, OF(FIREWALL), read_config_status, "conf_status"),
};
const struct columns fmg_device_columns = COLUMNS(DEVICE_ROWS);

static const struct column OWN_ROWS[] = {
    COLUMN(vm_license_type, OF(FIREWALL), read_license_type, "foslic_type"),
    COLUMN(vm_license_expiry, OF(FIREWALL), column_time, "vm_lic_expire"),
    COLUMN(hardware_revision, OF(FIREWALL), read_revision, "hw_rev_major", "hw_rev_minor"),
    COLUMN(disk_size_mb, OF(FIREWALL), column_number, "hdisk_size"),
};
const struct columns fmg_own_columns = COLUMNS(OWN_ROWS);

static const struct column CACHE_ROWS[] = {
    COLUMN(ip_address, OF(ACCESS_POINT), column_nonzero, "local_ip"),
    COLUMN(mac_address, OF(ACCESS_POINT), column_nonzero, "board_mac"),
    COLUMN(location, OF(ACCESS_POINT), column_text, "location"),
};
const struct columns fmg_cache_columns = COLUMNS(CACHE_ROWS);

const struct origin fmg_origins[] = {
    {&fmg_always_columns, COST_ALWAYS}, {&fmg_device_columns, COST_FIELD},
    {&fmg_own_columns, COST_FIELD},     {&fmg_cache_columns, COST_CACHE},
    {&fortios_columns, COST_LIVE},      {NULL, COST_NO},
};
