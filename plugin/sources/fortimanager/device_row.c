/*
 * device_row.c - one row of FortiManager's device table: what it is, and its physical units.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "device_row.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "columns.h"
#include "json/json_read.h"

enum os_type { OS_UNKNOWN = -1, OS_FOS, OS_FSW, OS_FOC };

static const char *const OS_TYPES[] = {"fos", "fsw", "foc", "fml", "faz", "fwb", "fch", "fct",
                                       "log", "fmg", "fsa", "fdd", "fac", "fpx", "fna", NULL};

/* Only known by name: their numbers differ by version. */
static const struct {
    const char *name;
    enum device_type type;
    enum message_id skip;
} NEWER_OS_TYPES[] = {{"ffw", FIREWALL, SKIP_NONE},
                      {"fap", ACCESS_POINT, SKIP_NONE},
                      {"fss", OTHER, SKIP_service},
                      {"fca", OTHER, SKIP_service},
                      {"ftc", OTHER, SKIP_service}};

enum mgmt_mode { MGMT_UNREG, MGMT_FMG, MGMT_FAZ, MGMT_FMGFAZ };
static const char *const MGMT_MODES[] = {"unreg", "fmg", "faz", "fmgfaz", NULL};

enum conn_status { CONN_UNKNOWN, CONN_UP, CONN_DOWN };
static const char *const CONN_STATES[] = {"UNKNOWN", "up", "down", NULL};

enum ha_mode { HA_STANDALONE, HA_ACTIVE_PASSIVE, HA_ACTIVE_ACTIVE, HA_UNKNOWN = 6 };
static const char *const HA_MODES[] = {"standalone", "AP",      "AA",          "ELBC",      "DUAL",
                                       "enabled",    "unknown", "fmg-enabled", "autoscale", NULL};

static const char *const HA_ROLES[] = {"slave", "master", NULL};

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

int64_t fmg_row_number(struct json_object *row, const char *key)
{
    int64_t number = 0;

    return json_member_integer(row, key, &number) && number > 0 ? number : 0;
}

bool fmg_row_has_flag(struct json_object *row, const char *name)
{
    struct json_object *flags = json_member(row, "flags");
    bool found = json_member_is(row, "flags", name);

    for (size_t i = 0; !found && i < json_count(flags); i++) {
        const char *flag = json_text(json_element(flags, i));

        found = flag != NULL && strcmp(flag, name) == 0;
    }
    return found;
}

/* Whether the row is a model device: its flags may be a bit mask as well. */
static bool has_model_flag(struct json_object *row)
{
    int64_t bits;

    return fmg_row_has_flag(row, "is_model") ||
           (json_member_integer(row, "flags", &bits) && (bits & FLAG_IS_MODEL) != 0);
}

/* The type of an os_type that OS_TYPES lacks: of a newer one, else by the serial's prefix. */
static enum device_type type_of_unknown(struct json_object *row, enum message_id *ret_skip)
{
    const char *name = text_or_empty(row, "os_type");
    char scratch[SERIAL_MAX + 1];
    const struct model_row *model = model_by_prefix(serial_of(row, scratch));

    for (size_t i = 0; i < sizeof(NEWER_OS_TYPES) / sizeof(NEWER_OS_TYPES[0]); i++) {
        if (strcasecmp(name, NEWER_OS_TYPES[i].name) == 0) {
            *ret_skip = NEWER_OS_TYPES[i].skip;
            return NEWER_OS_TYPES[i].type;
        }
    }
    *ret_skip = model != NULL && model->type != OTHER ? SKIP_NONE : SKIP_other_product;
    return model != NULL ? model->type : OTHER;
}

static enum device_type type_of(struct json_object *row, enum message_id *ret_skip)
{
    *ret_skip = SKIP_NONE;
    switch (json_member_enum(row, "os_type", OS_TYPES, OS_UNKNOWN)) {
    case OS_FOS:
    case OS_FOC: return FIREWALL;
    case OS_FSW: return SWITCH;
    case OS_UNKNOWN: return type_of_unknown(row, ret_skip);
    default: *ret_skip = SKIP_other_product; return OTHER;
    }
}

bool fmg_device_row_is_fgt(struct json_object *row)
{
    enum message_id skip;

    return type_of(row, &skip) == FIREWALL;
}

/* Why a firewall, switch or access point is no asset by default. */
static enum message_id skip_reason(const struct device_row *row, int64_t mgmt_mode)
{
    const struct settings *settings = row->settings;

    if (!settings->chosen[CHOICE_include_model] && has_model_flag(row->json)) {
        return SKIP_model_device;
    }
    if (!settings->chosen[CHOICE_include_unauthorized] && mgmt_mode == MGMT_UNREG) {
        return SKIP_unauthorized;
    }
    if (!settings->chosen[CHOICE_include_log_only] && row->log_only) {
        return SKIP_log_only_excluded;
    }
    return SKIP_NONE;
}

/*
 * Reads the members of a cluster and counts its units: the row's own unit may be missing from the
 * list.
 */
static void read_members(struct json_object *json, int64_t mode, struct device_row *row)
{
    static const char *const modes[] = {"standalone", "active-passive", "active-active"};
    struct json_object *members = json_member_array(json, "ha_slave");
    size_t count = json_count(members);

    row->unit_count = 1;
    if (mode == HA_STANDALONE || (mode == HA_UNKNOWN && count == 0)) {
        row->ha_mode = mode == HA_STANDALONE ? modes[mode] : NULL;
        return;
    }
    row->ha_mode = mode > HA_STANDALONE && mode <= HA_ACTIVE_ACTIVE ? modes[mode] : "cluster";
    if (count == 0) {
        return; /* no members listed yet: one unit */
    }
    row->members = members;
    bool primary_apart = *row->serial != '\0'; /* not among the members: one more unit */
    for (size_t i = 0; i < count; i++) {
        char scratch[SERIAL_MAX + 1];

        if (strcmp(serial_of(json_element(members, i), scratch), row->serial) == 0) {
            primary_apart = false;
        }
    }
    row->unit_count = count + (primary_apart ? 1 : 0);
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
    if (row->members != NULL) {
        return !json_all_objects(row->members);
    }
    return (ha_mode == HA_ACTIVE_PASSIVE || ha_mode == HA_ACTIVE_ACTIVE) &&
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
    int64_t ha_mode = json_member_enum(json, "ha_mode", HA_MODES, HA_UNKNOWN);
    char scratch[SERIAL_MAX + 1];

    *ret = (struct device_row){
        .settings = settings, .json = json, .name = text_or_empty(json, "name")};
    ret->serial = serial_of(json, ret->serial_text);
    ret->connected = conn == CONN_UP;
    ret->connection = conn == CONN_UP || conn == CONN_DOWN ? connections[conn] : NULL;
    ret->management_mode = mgmt >= MGMT_UNREG && mgmt <= MGMT_FMGFAZ ? modes[mgmt] : NULL;
    ret->log_only = mgmt == MGMT_FAZ;
    ret->deployed = mgmt != MGMT_UNREG && !has_model_flag(json);
    ret->type = type_of(json, &ret->skip);
    if (ret->skip == SKIP_NONE) {
        ret->skip = skip_reason(ret, mgmt);
    }
    read_members(json, ha_mode, ret);
    ret->members_missing =
        ret->type == FIREWALL && ret->skip == SKIP_NONE && lacks_members(ret, ha_mode, mgmt);
    ret->model_guessed = model_resolve(json_member_text(json, "platform_str"), NULL,
                                       model_serial(ret, scratch), ret->model) != 0;
}

/* Sets the attributes that all members of a cluster share. */
static void set_common(struct device_row *row, struct device *device)
{
    const struct settings *settings = row->settings;
    struct json_object *meta = json_member_object(row->json, "meta fields");

    columns_read(&fmg_device_columns, FIREWALL, row->json, &row->texts, device);
    device_set_text(device, ATTRIBUTE_management_mode, row->management_mode);
    device_set_text(device, ATTRIBUTE_ha_mode, row->ha_mode);
    if (row->ha_mode != NULL && strcmp(row->ha_mode, "standalone") != 0) {
        device_set_text(device, ATTRIBUTE_ha_cluster, row->name);
    }
    if (row->management_mode != NULL) {
        device_set_boolean(device, ATTRIBUTE_log_only, row->log_only);
    }
    for (size_t i = 0; i < settings->meta_count; i++) {
        const char *text = json_member_text(meta, settings->meta[i]);

        if (text != NULL && *text != '\0') {
            device->meta[device->meta_count++] = (struct meta_value){settings->meta[i], text};
        }
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

const char *fmg_device_row_unit(struct device_row *row, size_t i, struct device *ret)
{
    struct json_object *member = row->members != NULL ? json_element(row->members, i) : NULL;
    bool alone = row->members == NULL;
    const char *serial = row->serial, *hostname = json_member_text(row->json, "hostname");

    *ret = (struct device){.type = row->type, .connected = row->connected};
    set_common(row, ret);
    device_set_text(ret, ATTRIBUTE_connection_status, row->connection);
    if (alone) {
        device_set_text(ret, ATTRIBUTE_hostname, hostname);
        ret->title = device_title(row->name, device_title(hostname, serial));
    } else {
        /* The row's own unit follows the members, if they lack it. */
        serial = i < json_count(row->members) ? serial_of(member, row->unit_serial) : row->serial;
        set_member(row, member, serial, ret);
    }
    set_model(row, serial, alone, ret);
    if (strcmp(serial, row->serial) == 0) {
        columns_read(&fmg_own_columns, FIREWALL, row->json, &row->texts, ret);
    }
    device_set_text(ret, ATTRIBUTE_serial_number, serial);
    device_set_text(ret, ATTRIBUTE_name, ret->title);
    return serial;
}
