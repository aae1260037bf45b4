/*
 * device_row.c - one row of FortiManager's device table: what it is, and its physical units.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "device_row.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "json/json_read.h"

enum os_type {
    OS_UNKNOWN = -1,
    OS_FOS = 0,
    OS_FSW = 1,
    OS_FOC = 2,
    OS_LAST = 14,
    OS_NAMED = 1000000
};
enum os_named { OS_FFW = OS_NAMED, OS_FAP, OS_FSS, OS_FCA, OS_FTC };

/* Newer types are only known by name: their numbers differ by version. */
static const struct json_name OS_TYPES[] = {{OS_UNKNOWN, "unknown"},
                                            {OS_FOS, "fos"},
                                            {OS_FSW, "fsw"},
                                            {OS_FOC, "foc"},
                                            {3, "fml"},
                                            {4, "faz"},
                                            {5, "fwb"},
                                            {6, "fch"},
                                            {7, "fct"},
                                            {8, "log"},
                                            {9, "fmg"},
                                            {10, "fsa"},
                                            {11, "fdd"},
                                            {12, "fac"},
                                            {13, "fpx"},
                                            {OS_LAST, "fna"},
                                            {OS_FFW, "ffw"},
                                            {OS_FAP, "fap"},
                                            {OS_FSS, "fss"},
                                            {OS_FCA, "fca"},
                                            {OS_FTC, "ftc"},
                                            {0, NULL}};

enum mgmt_mode { MGMT_UNREG, MGMT_FMG, MGMT_FAZ, MGMT_FMGFAZ };

static const struct json_name MGMT_MODES[] = {{MGMT_UNREG, "unreg"},
                                              {MGMT_FMG, "fmg"},
                                              {MGMT_FAZ, "faz"},
                                              {MGMT_FMGFAZ, "fmgfaz"},
                                              {0, NULL}};

enum conn_status { CONN_UNKNOWN, CONN_UP, CONN_DOWN };

static const struct json_name CONN_STATES[] = {
    {CONN_UNKNOWN, "UNKNOWN"}, {CONN_UP, "up"}, {CONN_DOWN, "down"}, {0, NULL}};

static const struct json_name CONF_STATES[] = {
    {0, "unknown"}, {1, "insync"}, {2, "outofsync"}, {0, NULL}};

enum ha_mode { HA_STANDALONE, HA_ACTIVE_PASSIVE, HA_ACTIVE_ACTIVE, HA_UNKNOWN = 6 };

static const struct json_name HA_MODES[] = {{HA_STANDALONE, "standalone"},
                                            {HA_ACTIVE_PASSIVE, "AP"},
                                            {HA_ACTIVE_ACTIVE, "AA"},
                                            {3, "ELBC"},
                                            {4, "DUAL"},
                                            {5, "enabled"},
                                            {HA_UNKNOWN, "unknown"},
                                            {7, "fmg-enabled"},
                                            {8, "autoscale"},
                                            {0, NULL}};

static const struct json_name HA_ROLES[] = {{0, "slave"}, {1, "master"}, {0, NULL}};

#define FLAG_IS_MODEL 262144

static const char *text_or_empty(struct json_object *row, const char *key)
{
    const char *text = json_member_text(row, key);

    return text != NULL ? text : "";
}

/* The serial without surrounding white space; one that is too long is returned as it is. */
static const char *serial_of(struct json_object *json, char scratch[static SERIAL_MAX + 1])
{
    const char *serial = text_or_empty(json, "sn");

    return device_serial_trim(serial, scratch) ? scratch : serial + strspn(serial, " \t\r\n");
}

/* Whether the row is a model device. Flags come as a list of names, as one name, or as a bit mask.
 */
static bool has_model_flag(struct json_object *row)
{
    struct json_object *flags = json_member(row, "flags");
    const char *text = json_text(flags);
    int64_t bits;

    for (size_t i = 0; text == NULL || strcmp(text, "is_model") != 0; i++) {
        if (i == json_count(flags)) {
            return json_integer(flags, &bits) && (bits & FLAG_IS_MODEL) != 0;
        }
        text = json_text(json_element(flags, i));
    }
    return true;
}

static enum device_type type_of(struct json_object *row, enum message_id *ret_skip)
{
    int64_t os_type = json_member_enum(row, "os_type", OS_TYPES, OS_UNKNOWN);
    char scratch[SERIAL_MAX + 1];
    const struct model_row *model = model_by_prefix(serial_of(row, scratch));

    *ret_skip = SKIP_NONE;
    switch (os_type) {
    case OS_FOS:
    case OS_FOC:
    case OS_FFW: return FIREWALL;
    case OS_FSW: return SWITCH;
    case OS_FAP: return ACCESS_POINT;
    case OS_FSS:
    case OS_FCA:
    case OS_FTC: *ret_skip = SKIP_service; return OTHER;
    case OS_UNKNOWN:
        if (model != NULL && model->type != OTHER) {
            return model->type;
        }
        break;
    default: break;
    }
    *ret_skip = SKIP_other_product;
    return OTHER;
}

bool fmg_device_row_is_fgt(struct json_object *row)
{
    enum message_id skip;

    return type_of(row, &skip) == FIREWALL;
}

/*
 * The version is major(os_ver).mr.patch; with `verbose`, os_ver is "7.0" and only its major counts.
 */
static void read_version(struct json_object *json, struct device_row *row)
{
    const char *os_ver = json_member_text(json, "os_ver");
    int64_t major = -1, mr, patch;

    if (os_ver != NULL && os_ver[0] >= '1' && os_ver[0] <= '9') {
        major = os_ver[0] - '0';
        if (os_ver[1] >= '0' && os_ver[1] <= '9') {
            major = major * 10 + os_ver[1] - '0';
        }
    } else if (os_ver == NULL) {
        (void)json_member_integer(json, "os_ver", &major);
    }
    if (major > 0 && major < 100 && json_member_integer(json, "mr", &mr) && mr >= 0 && mr < 100 &&
        json_member_integer(json, "patch", &patch) && patch >= 0 && patch < 1000) {
        (void)snprintf(row->version, sizeof(row->version), "%" PRId64 ".%" PRId64 ".%" PRId64,
                       major, mr, patch);
    }
}

static void read_revision(struct json_object *json, struct device_row *row)
{
    int64_t major, minor;

    if (json_member_integer(json, "hw_rev_major", &major) && major > 0 && major < 1000 &&
        json_member_integer(json, "hw_rev_minor", &minor) && minor >= 0 && minor < 1000) {
        (void)snprintf(row->revision, sizeof(row->revision), "%" PRId64 ".%" PRId64, major, minor);
    }
}

/* Why a firewall, switch or access point is no asset by default. */
static enum message_id skip_reason(struct json_object *json, const struct device_row *row,
                                   int64_t mgmt_mode, const struct settings *settings)
{
    if (!settings->include_model && has_model_flag(json)) {
        return SKIP_model_device;
    }
    if (!settings->include_unauthorized && mgmt_mode == MGMT_UNREG) {
        return SKIP_unauthorized;
    }
    if (!settings->include_log_only && row->log_only) {
        return SKIP_log_only_excluded;
    }
    return SKIP_NONE;
}

/*
 * Reads the members of a cluster and counts its units: the row's own unit may be missing from the
 * list.
 */
static void read_members(struct json_object *json, struct device_row *row)
{
    struct json_object *members = json_member_array(json, "ha_slave");
    int64_t mode = json_member_enum(json, "ha_mode", HA_MODES, HA_UNKNOWN);
    size_t count = json_count(members);

    row->unit_count = 1;
    if (mode == HA_STANDALONE || (mode == HA_UNKNOWN && count == 0)) {
        row->ha_mode = mode == HA_STANDALONE ? "standalone" : NULL;
        return;
    }
    row->clustered = true;
    row->ha_mode = mode == HA_ACTIVE_PASSIVE  ? "active-passive"
                   : mode == HA_ACTIVE_ACTIVE ? "active-active"
                                              : "cluster";
    if (count == 0) {
        return; /* no members listed yet: one unit */
    }
    row->members = members;
    row->unit_count = count;
    row->primary_apart = *row->serial != '\0';
    for (size_t i = 0; i < row->unit_count; i++) {
        char scratch[SERIAL_MAX + 1];

        if (strcmp(serial_of(json_element(members, i), scratch), row->serial) == 0) {
            row->primary_apart = false;
        }
    }
    row->unit_count += row->primary_apart ? 1 : 0;
}

bool fmg_device_row_has_unit(const struct device_row *row, size_t i)
{
    return i >= json_count(row->members) ||
           json_object_is_type(json_element(row->members, i), json_type_object);
}

/*
 * Whether a row must have members that it does not show. An active-passive or active-active cluster
 * is one row with all its members; in other modes each member may have a row of its own.
 * FortiManager may not know the members of a cluster that it does not manage.
 */
static bool lacks_members(const struct device_row *row, int64_t ha_mode, int64_t mgmt_mode)
{
    for (size_t i = 0; i < row->unit_count; i++) {
        if (!fmg_device_row_has_unit(row, i)) {
            return true;
        }
    }
    return row->members == NULL && (ha_mode == HA_ACTIVE_PASSIVE || ha_mode == HA_ACTIVE_ACTIVE) &&
           (mgmt_mode == MGMT_FMG || mgmt_mode == MGMT_FMGFAZ) && !has_model_flag(row->json);
}

/* The serial whose prefix names the model if no field does: the row's own, else a member's. */
static const char *model_serial(const struct device_row *row, char scratch[static SERIAL_MAX + 1])
{
    const char *serial = row->serial;

    for (size_t i = 0; !device_serial_valid(serial) && i < json_count(row->members); i++) {
        serial = serial_of(json_element(row->members, i), scratch);
    }
    return serial;
}

void fmg_device_row_read(struct json_object *json, const struct settings *settings,
                         struct device_row *ret)
{
    static const char *const connections[] = {NULL, "up", "down"};
    static const char *const modes[] = {"unauthorized", "managed", "logs_only", "managed_and_logs"};
    int64_t conn = json_member_enum(json, "conn_status", CONN_STATES, CONN_UNKNOWN);
    int64_t mgmt = json_member_enum(json, "mgmt_mode", MGMT_MODES, -1);
    char scratch[SERIAL_MAX + 1];

    *ret = (struct device_row){.json = json, .name = text_or_empty(json, "name")};
    ret->serial = serial_of(json, ret->serial_text);
    ret->connected = conn == CONN_UP;
    ret->connection = connections[conn == CONN_UP || conn == CONN_DOWN ? conn : CONN_UNKNOWN];
    ret->management_mode = mgmt >= MGMT_UNREG && mgmt <= MGMT_FMGFAZ ? modes[mgmt] : NULL;
    ret->log_only = mgmt == MGMT_FAZ;
    ret->deployed = mgmt != MGMT_UNREG && !has_model_flag(json);
    ret->type = type_of(json, &ret->skip);
    if (ret->skip == SKIP_NONE) {
        ret->skip = skip_reason(json, ret, mgmt, settings);
    }
    read_version(json, ret);
    read_revision(json, ret);
    read_members(json, ret);
    ret->members_missing =
        ret->type == FIREWALL && ret->skip == SKIP_NONE &&
        lacks_members(ret, json_member_enum(json, "ha_mode", HA_MODES, HA_UNKNOWN), mgmt);
    ret->model_guessed = model_resolve(json_member_text(json, "platform_str"), NULL,
                                       model_serial(ret, scratch), ret->model) != 0;
}

/* A coordinate as text. Zero in any notation means that it is not set. */
static const char *coordinate(struct json_object *json, const char *key)
{
    const char *text = json_member_text(json, key);

    return text != NULL && text[strspn(text, "+-0.")] != '\0' ? text : NULL;
}

/* Sets the attributes that all members of a cluster share. */
static void set_common(const struct device_row *row, const struct settings *settings,
                       struct device *device)
{
    struct json_object *json = row->json, *meta = json_member_object(json, "meta fields");
    const char *text = json_member_text(json, "ip");
    int64_t number;

    device_set_text(device, ATTRIBUTE_firmware_version, row->version);
    if (json_member_integer(json, "build", &number) && number > 0) {
        device_set_integer(device, ATTRIBUTE_firmware_build, number);
    }
    if (text != NULL && strcmp(text, "0.0.0.0") != 0) {
        device_set_text(device, ATTRIBUTE_ip_address, text);
    }
    device_set_text(device, ATTRIBUTE_management_mode, row->management_mode);
    device_set_text(device, ATTRIBUTE_description, json_member_text(json, "desc"));
    device_set_text(device, ATTRIBUTE_ha_mode, row->ha_mode);
    if (row->clustered) {
        device_set_text(device, ATTRIBUTE_ha_cluster, row->name);
    }
    device_set_text(device, ATTRIBUTE_latitude, coordinate(json, "latitude"));
    device_set_text(device, ATTRIBUTE_longitude, coordinate(json, "longitude"));
    if (json_member_integer(json, "last_checked", &number) && number > 0) {
        device_set_time(device, ATTRIBUTE_last_seen, number);
    }
    number = json_member_enum(json, "conf_status", CONF_STATES, 0);
    device_set_text(device, ATTRIBUTE_config_status,
                    number == 1   ? "in_sync"
                    : number == 2 ? "out_of_sync"
                                  : NULL);
    if (row->management_mode != NULL) {
        device_set_boolean(device, ATTRIBUTE_log_only, row->log_only);
    }
    for (size_t i = 0; i < settings->meta_count; i++) {
        text = json_member_text(meta, settings->meta[i]);
        if (text != NULL && *text != '\0') {
            device->meta[device->meta_count++] = (struct meta_value){settings->meta[i], text};
        }
    }
}

/* Sets the attributes of the unit that reported them. */
static void set_reported(const struct device_row *row, struct device *device)
{
    int64_t number;

    device_set_text(device, ATTRIBUTE_hardware_revision, row->revision);
    if (json_member_integer(row->json, "hdisk_size", &number) && number > 0) {
        device_set_integer(device, ATTRIBUTE_disk_size_mb, number);
    }
    if (model_is_virtual(row->model)) {
        device_set_text(device, ATTRIBUTE_vm_license_type,
                        json_member_text(row->json, "foslic_type"));
    }
    if (json_member_integer(row->json, "vm_lic_expire", &number) && number > 0) {
        device_set_time(device, ATTRIBUTE_vm_license_expiry, number);
    }
}

/* Sets name, role and state of a cluster member. */
static void set_member(struct device_row *row, struct json_object *member, const char *serial,
                       struct device *device)
{
    const char *name = device_title(json_member_text(member, "name"), NULL);
    int64_t role = json_member_enum(member, "role", HA_ROLES, -1), status = -1;

    if (role == 0 || role == 1) {
        device_set_text(device, ATTRIBUTE_ha_role, role == 1 ? "primary" : "secondary");
    }
    /* 0 and 2 both mean down. */
    if (json_member_integer(member, "status", &status) && status != 1) {
        device->connected = false;
        device_set_text(device, ATTRIBUTE_connection_status, "down");
    }
    if (name != NULL) {
        device_set_text(device, ATTRIBUTE_hostname, name);
        device->title = name;
    } else {
        size_t size = utf8_copy(row->title, NAME_MAX_BYTES + 1, row->name, strlen(row->name));

        /* A serial that is too long is left out: cut, it might end in a part of a secret. */
        (void)snprintf(row->title + size, sizeof(row->title) - size, " (%s)",
                       strlen(serial) <= SERIAL_MAX ? serial : "?");
        device->title = row->title;
    }
}

/* Sets the model. The row names that of its own unit; other members may differ. */
static void set_model(struct device_row *row, const char *serial, bool alone, struct device *device)
{
    char scratch[SERIAL_MAX + 1];

    if (alone) {
        utf8_copy(row->unit_model, sizeof(row->unit_model), row->model, strlen(row->model));
    } else {
        model_of_member(row->model, model_serial(row, scratch), serial, row->unit_model);
    }
    device_set_text(device, ATTRIBUTE_model, row->unit_model);
    device_set_boolean(device, ATTRIBUTE_virtual_machine, model_is_virtual(row->unit_model));
}

const char *fmg_device_row_unit(struct device_row *row, size_t i, const struct settings *settings,
                                struct device *ret)
{
    struct json_object *member = row->members != NULL ? json_element(row->members, i) : NULL;
    bool alone = row->members == NULL;
    const char *serial = row->serial, *hostname = json_member_text(row->json, "hostname");

    *ret = (struct device){.type = row->type, .connected = row->connected};
    set_common(row, settings, ret);
    device_set_text(ret, ATTRIBUTE_connection_status, row->connection);
    if (alone) {
        device_set_text(ret, ATTRIBUTE_hostname, hostname);
        ret->title = device_title(row->name, device_title(hostname, serial));
    } else {
        /* The row's own unit follows the members, if they lack it. */
        serial = i < json_count(row->members) ? serial_of(member, row->unit_serial) : row->serial;
        set_member(row, member, serial, ret);
    }
    if (strcmp(serial, row->serial) == 0) {
        set_reported(row, ret);
    }
    set_model(row, serial, alone, ret);
    device_set_text(ret, ATTRIBUTE_serial_number, serial);
    device_set_text(ret, ATTRIBUTE_name, ret->title);
    return serial;
}
