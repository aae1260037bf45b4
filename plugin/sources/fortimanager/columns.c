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
static void read_version(const struct column *column, struct json_object *row,
                         struct column_texts *texts, struct device *ret)
{
    const char *os_ver = json_member_text(row, "os_ver");
    int64_t major = 0, mr, patch;

    for (size_t i = 0; os_ver != NULL && i < 2 && os_ver[i] >= '0' && os_ver[i] <= '9'; i++) {
        major = major * 10 + os_ver[i] - '0';
    }
    if (os_ver == NULL) {
        (void)json_member_integer(row, "os_ver", &major);
    }
    if (major > 0 && major < 100 && json_member_integer(row, "mr", &mr) && mr >= 0 && mr < 100 &&
        json_member_integer(row, "patch", &patch) && patch >= 0 && patch < 1000) {
        (void)snprintf(texts->version, sizeof(texts->version), "%" PRId64 ".%" PRId64 ".%" PRId64,
                       major, mr, patch);
        device_set_text(ret, column->attribute, texts->version);
    }
}

static void read_revision(const struct column *column, struct json_object *row,
                          struct column_texts *texts, struct device *ret)
{
    int64_t major, minor;

    if (json_member_integer(row, "hw_rev_major", &major) && major > 0 && major < 1000 &&
        json_member_integer(row, "hw_rev_minor", &minor) && minor >= 0 && minor < 1000) {
        (void)snprintf(texts->revision, sizeof(texts->revision), "%" PRId64 ".%" PRId64, major,
                       minor);
        device_set_text(ret, column->attribute, texts->revision);
    }
}

static void read_config_status(const struct column *column, struct json_object *row,
                               struct column_texts *texts, struct device *ret)
{
    static const char *const states[] = {"unknown", "insync", "outofsync", NULL};
    int64_t state = json_member_enum(row, column->members[0], states, 0);

    (void)texts;
    device_set_text(ret, column->attribute,
                    state == 1   ? "in_sync"
                    : state == 2 ? "out_of_sync"
                                 : NULL);
}

/* Hardware has no licence of a virtual machine, whatever its row says. */
static void read_license_type(const struct column *column, struct json_object *row,
                              struct column_texts *texts, struct device *ret)
{
    const char *model = device_model(ret);

    if (model != NULL && model_is_virtual(model)) {
        column_text(column, row, texts, ret);
    }
}

/* ---- tables */

#define UNITS (OF(SWITCH) | OF(ACCESS_POINT))
#define ALL   (OF(FIREWALL) | UNITS)

/* What decides which unit it is, and what follows from several rows or from the run. */
static const struct column ALWAYS_ROWS[] = {
    COLUMN_SET(serial_number, ALL),
    COLUMN_SET(name, ALL),
    COLUMN_SET(model, ALL),
    COLUMN_SET(connection_status, ALL),
    COLUMN_SET(management_mode, OF(FIREWALL)),
    COLUMN_SET(adom, ALL),
    COLUMN_SET(vdoms, OF(FIREWALL)),
    COLUMN_SET(ha_mode, OF(FIREWALL)),
    COLUMN_SET(ha_role, OF(FIREWALL)),
    COLUMN_SET(ha_cluster, OF(FIREWALL)),
    COLUMN_SET(managed_by, UNITS),
    COLUMN_SET(managed_by_serials, UNITS),
    COLUMN_SET(virtual_machine, OF(FIREWALL) | OF(SWITCH)),
    COLUMN_SET(log_only, OF(FIREWALL)),
};
static const struct columns ALWAYS = COLUMNS(ALWAYS_ROWS);

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
    {&ALWAYS, COST_ALWAYS},         {&fmg_device_columns, COST_FIELD},
    {&fmg_own_columns, COST_FIELD}, {&fmg_cache_columns, COST_CACHE},
    {&fortios_columns, COST_LIVE},  {NULL, COST_NO},
};
