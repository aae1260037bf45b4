/*
 * device_columns.c - the columns of a device row (fortimanager.md section 3.2).
 * SPDX-License-Identifier: Apache-2.0
 *
 * Column names, types and enum numbers are those of section 3.2; the name of a sample that shows
 * the column is in brackets. Columns are sorted by name, as in all samples.
 */
#include "device_facts.h"
#include "devices.h"

#include <string.h>

#define AT(member) offsetof(struct device, member)

static const struct value_name connections[] = {{0, "UNKNOWN"}, {1, "up"}, {2, "down"}, {0, NULL}};
static const struct value_name managements[] = {
    {0, "unreg"}, {1, "fmg"}, {2, "faz"}, {3, "fmgfaz"}, {0, NULL}};
static const struct value_name ha_modes[] = {{0, "standalone"}, {1, "AP"}, {2, "AA"}, {0, NULL}};
static const struct value_name products[] = {{0, "fos"}, {1, "fsw"},  {3, "fml"},  {4, "faz"},
                                             {5, "fwb"}, {19, "fap"}, {27, "fss"}, {0, NULL}};
static const struct value_name major_versions[] = {{6, "6.0"}, {7, "7.0"}, {0, NULL}};
static const struct value_name device_flags[] = {
    {(int64_t)FLAG_HAS_DISK, "has_hdd"},      {(int64_t)FLAG_VDOM_ENABLED, "vdom_enabled"},
    {(int64_t)FLAG_IS_MODEL, "is_model"},     {(int64_t)FLAG_LINKED_TO_MODEL, "linked_to_model"},
    {(int64_t)FLAG_NEED_RESET, "need_reset"}, {0, NULL}};

/* A number that is one of two, depending on the device. */
static const struct value_name conf_states[] = {
    {0, "unknown"}, {1, "insync"}, {2, "outofsync"}, {0, NULL}};
static const struct value_name db_states[] = {{0, "unknown"}, {1, "nomod"}, {2, "mod"}, {0, NULL}};
static const struct value_name dev_states[] = {
    {1, "unknown"}, {4, "installed"}, {15, "auto_updated"}, {0, NULL}};

static bool is_real(const struct device *device)
{
    return (device->flags & FLAG_IS_MODEL) == 0;
}

static void write_conf_status(struct text *text, const void *row, const struct query *query)
{
    const struct device *device = row;

    text_key(text, "conf_status");
    write_named(text, device_config_status(device), conf_states, query->verbose);
}

static void write_db_status(struct text *text, const void *row, const struct query *query)
{
    const struct device *device = row;

    text_key(text, "db_status");
    write_named(text, is_real(device) ? 1 : 2, db_states, query->verbose);
}

static void write_dev_status(struct text *text, const void *row, const struct query *query)
{
    const struct device *device = row;

    text_key(text, "dev_status");
    write_named(text,
                !is_real(device)       ? 1
                : device->oid % 2 == 0 ? 4
                                       : 15,
                dev_states, query->verbose);
}

/* [repaired/device_list_flags]: a list of names, or null; one number when not verbose. */
static void write_flags(struct text *text, const void *row, const struct query *query)
{
    const struct device *device = row;

    text_key(text, "flags");
    if (!query->verbose) {
        text_integer(text, (int64_t)device->flags);
        return;
    }
    if (device->flags == 0) {
        text_literal(text, "null");
        return;
    }
    text_open(text, '[');
    for (size_t i = 0; device_flags[i].name != NULL; i++)
        if ((device->flags & (uint64_t)device_flags[i].value) != 0)
            text_string(text, device_flags[i].name);
    text_close(text, ']');
}

static void write_secret(struct text *text, const char *name, const void *row)
{
    const struct device *device = row;

    text_key(text, name);
    text_open(text, '"');
    text_format(text, "CANARY-%s-%d", name, device->oid);
    text_close(text, '"');
}

static void write_user(struct text *text, const void *row, const struct query *query)
{
    (void)query;
    write_secret(text, "adm_usr", row);
}

/* A get returns the password as a list: "ENC" and the text (section 3.2). */
static void write_password(struct text *text, const void *row, const struct query *query)
{
    const struct device *device = row;

    (void)query;
    text_key(text, "adm_pass");
    text_open(text, '[');
    text_string(text, "ENC");
    text_open(text, '"');
    text_format(text, "CANARY-adm_pass-%d", device->oid);
    text_close(text, '"');
    text_close(text, ']');
}

static void write_psk(struct text *text, const void *row, const struct query *query)
{
    (void)query;
    write_secret(text, "psk", row);
}

/* [device_private_key_leak] */
static void write_private_key(struct text *text, const void *row, const struct query *query)
{
    (void)query;
    write_secret(text, "private_key", row);
}

static void write_tunnel_cookie(struct text *text, const void *row, const struct query *query)
{
    (void)query;
    write_secret(text, "tunnel_cookie", row);
}

static void write_disk(struct text *text, const void *row, const struct query *query)
{
    const struct device *device = row;

    (void)query;
    text_key(text, "hdisk_size");
    text_integer(text, device_disk_mb(device));
}

static void write_processors(struct text *text, const void *row, const struct query *query)
{
    (void)query;
    text_key(text, "vm_cpu");
    text_integer(text, device_is_virtual(row) ? 2 : 0);
}

static void write_memory(struct text *text, const void *row, const struct query *query)
{
    (void)query;
    text_key(text, "vm_mem");
    text_integer(text, device_is_virtual(row) ? 2007 : 0);
}

static void write_revision_major(struct text *text, const void *row, const struct query *query)
{
    (void)query;
    text_key(text, "hw_rev_major");
    text_integer(text, device_revision_major(row));
}

static void write_revision_minor(struct text *text, const void *row, const struct query *query)
{
    (void)query;
    text_key(text, "hw_rev_minor");
    text_integer(text, device_revision_minor(row));
}

static void write_license_type(struct text *text, const void *row, const struct query *query)
{
    (void)query;
    text_key(text, "foslic_type");
    text_string(text, device_license_type(row));
}

static void write_license_expiry(struct text *text, const void *row, const struct query *query)
{
    (void)query;
    text_key(text, "vm_lic_expire");
    text_integer(text, device_license_expiry(row));
}

static void write_location_source(struct text *text, const void *row, const struct query *query)
{
    const struct device *device = row;

    (void)query;
    /* [device_list_location_from] */
    text_key(text, "location_from");
    text_string(text, strcmp(device->latitude, "0.0") == 0 ? "unset"
                      : device->oid % 2 == 0               ? "config"
                                                           : "GUI");
}

static void write_platform_id(struct text *text, const void *row, const struct query *query)
{
    const struct device *device = row;

    (void)query;
    text_key(text, "platform_id");
    text_integer(text, device->model->platform_id);
}

static void write_version(struct text *text, const void *row, const struct query *query)
{
    const struct device *device = row;

    (void)query;
    text_key(text, "version");
    text_integer(text, device->os_ver * 100);
}

/* Section 3.2: the serial of the managing FortiManager. */
static void write_managed_serial(struct text *text, const void *row, const struct query *query)
{
    (void)row;
    text_key(text, "managed_sn");
    text_string(text, query->simulator->topology.system.serial);
}

/* Section 5: since 7.6, text or list. */
static void write_cluster_worker(struct text *text, const void *row, const struct query *query)
{
    const struct device *device = row;

    (void)query;
    text_key(text, "cluster_worker");
    text_literal(text, device->oid % 2 == 0 ? "[]" : "\"\"");
}

#define STRING(name_, member)                                                                      \
    {                                                                                              \
        .name = (name_), .kind = COLUMN_STRING, .offset = AT(member)                               \
    }
#define NUMBER(name_, member)                                                                      \
    {                                                                                              \
        .name = (name_), .kind = COLUMN_NUMBER, .offset = AT(member)                               \
    }
#define NAMED(name_, member, names_)                                                               \
    {                                                                                              \
        .name = (name_), .kind = COLUMN_NAMED, .offset = AT(member), .names = (names_)             \
    }
#define FIXED(name_, json_)                                                                        \
    {                                                                                              \
        .name = (name_), .kind = COLUMN_FIXED, .json = (json_)                                     \
    }
#define CUSTOM(name_, write_)                                                                      \
    {                                                                                              \
        .name = (name_), .kind = COLUMN_CUSTOM, .write = (write_)                                  \
    }
#define SECRET(name_, write_)                                                                      \
    {                                                                                              \
        .name = (name_), .kind = COLUMN_CUSTOM, .write = (write_), .role = ROLE_SECRET             \
    }
#define SUB_TABLE(name_, write_)                                                                   \
    {                                                                                              \
        .name = (name_), .kind = COLUMN_CUSTOM, .write = (write_), .role = ROLE_SUB_TABLE          \
    }

/* A column without another note is from section 3.2 or sample device_add_real_full. */
static const struct column columns[] = {
    SECRET("adm_pass", write_password),
    SECRET("adm_usr", write_user),
    FIXED("app_ver", "\"\""),
    FIXED("av_ver", "\"1.00000(2018-04-09 18:07)\""),
    FIXED("beta", "-1"),
    NUMBER("branch_pt", build),
    NUMBER("build", build),
    {.name = "cluster_worker",
     .kind = COLUMN_CUSTOM,
     .write = write_cluster_worker,
     .since = 70600},
    CUSTOM("conf_status", write_conf_status),
    FIXED("conn_mode", "1"),
    NAMED("conn_status", connection, connections),
    CUSTOM("db_status", write_db_status),
    STRING("desc", description),
    CUSTOM("dev_status", write_dev_status),
    FIXED("eip", "\"\""), /* section 5 */
    NUMBER("fap_cnt", access_point_count),
    FIXED("fex_cnt", "0"),
    NUMBER("first_tunnel_up", last_checked),
    CUSTOM("flags", write_flags),
    CUSTOM("foslic_type", write_license_type),
    NUMBER("fsw_cnt", switch_count),
    {.name = "ha.vsn", .kind = COLUMN_FIXED, .json = "0", .since = 70404},
    FIXED("ha_group_id", "0"),
    STRING("ha_group_name", ha_group),
    NAMED("ha_mode", ha_mode, ha_modes),
    SUB_TABLE("ha_slave", devices_write_ha_slave),
    FIXED("ha_upgrade_mode", "0"),
    CUSTOM("hdisk_size", write_disk),
    STRING("hostname", hostname),
    {.name = "hw_generation", .kind = COLUMN_FIXED, .json = "1", .since = 70401},
    CUSTOM("hw_rev_major", write_revision_major),
    CUSTOM("hw_rev_minor", write_revision_minor),
    {.name = "ip", .kind = COLUMN_TEXT, .offset = AT(address)},
    FIXED("ips_ver", "\"6.00741(2015-12-01 02:30)\""),
    NUMBER("last_checked", last_checked),
    NUMBER("last_resync", last_checked),
    STRING("latitude", latitude),
    FIXED("lic_flags", "0"),
    FIXED("lic_region", "\"\""),
    CUSTOM("location_from", write_location_source),
    FIXED("logdisk_size", "0"),
    STRING("longitude", longitude),
    CUSTOM("managed_sn", write_managed_serial),
    FIXED("maxvdom", "10"),
    {.name = "meta fields",
     .kind = COLUMN_CUSTOM,
     .write = devices_write_meta_fields,
     .role = ROLE_META},
    {.name = "mgmt_id", .kind = COLUMN_NUMBER, .offset = AT(oid), .until = 70200},
    FIXED("mgmt_if", "\"wan1\""),
    NAMED("mgmt_mode", management, managements),
    {.name = "mgmt_uuid", .kind = COLUMN_FIXED, .json = "\"1981351328\"", .since = 70201},
    FIXED("mgt_vdom", "\"root\""),
    FIXED("module_sn", "\"\""),
    NUMBER("mr", mr),
    {.name = "name", .kind = COLUMN_STRING, .offset = AT(name), .role = ROLE_ALWAYS},
    {.name = "oid", .kind = COLUMN_NUMBER, .offset = AT(oid), .role = ROLE_ALWAYS},
    SUB_TABLE("onboard_rule", devices_write_onboard_rule), /* device_list_subfetch_vdom */
    FIXED("opts", "256"),
    NAMED("os_type", product, products),
    NAMED("os_ver", os_ver, major_versions),
    NUMBER("patch", patch),
    CUSTOM("platform_id", write_platform_id),
    STRING("platform_str", platform),
    SECRET("private_key", write_private_key),
    FIXED("private_key_status", "2"), /* device_private_key_leak */
    SECRET("psk", write_psk),
    {.name = "relver_info", .kind = COLUMN_FIXED, .json = "\"GA\"", .since = 70403},
    FIXED("role", "\"master\""),
    {.name = "sn", .kind = COLUMN_TEXT, .offset = AT(serial)},
    FIXED("source", "1"),
    FIXED("tab_status", "\"<unknown>\""),
    SECRET("tunnel_cookie", write_tunnel_cookie),
    FIXED("tunnel_ip", "\"169.254.0.2\""),
    SUB_TABLE("vdom", devices_write_vdoms),
    CUSTOM("version", write_version),
    FIXED("vm.lic_type", "0"),
    CUSTOM("vm_cpu", write_processors),
    FIXED("vm_cpu_limit", "1"),
    CUSTOM("vm_lic_expire", write_license_expiry),
    CUSTOM("vm_mem", write_memory),
    FIXED("vm_mem_limit", "2147483647"),
    FIXED("vm_payg_status", "0"),
    FIXED("vm_status", "3"),
};

_Static_assert(sizeof(columns) / sizeof(columns[0]) <= MAXIMUM_COLUMNS, "more columns than bits");

/* Members and options: section 2; "sub fetch" howto 021, "get meta" [device_list_meta_all]. */
static const char *const members[] = {"sub fetch", "meta fields", NULL};
static const char *const options[] = {"extra info", "get meta", NULL};
static const char *const keys[] = {"name", "oid", NULL};

const struct table device_table = {.name = "device",
                                   .columns = columns,
                                   .column_count = sizeof(columns) / sizeof(columns[0]),
                                   .members = members,
                                   .options = options,
                                   .keys = keys};
