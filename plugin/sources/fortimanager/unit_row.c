/*
 * unit_row.c - decodes one row of an ADOM's switch or access point table into a device.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "unit_row.h"

#include <string.h>

#include "columns.h"
#include "kinds.h"
#include "json/json_read.h"

/* Whether the platform of the row matches an id: FortiSwitch-124D-POE, S124DP3X15000001. */
static bool platform_confirms(struct json_object *row, const char *id)
{
    static const char MAKE[] = "FortiSwitch-";
    const char *platform = json_member_text(row, "platform");

    if (platform == NULL || strncmp(platform, MAKE, strlen(MAKE)) != 0) {
        return false;
    }
    platform += strlen(MAKE);
    size_t size = strcspn(platform, "-");
    return size >= 4 && id[0] == 'S' && strncmp(id + 1, platform, size) == 0;
}

/*
 * Finds the serial of a switch: `sn`, else its switch-id. A switch-id with the prefix of a known
 * switch model is a serial. With an unknown prefix, it must have the shape of one
 * (S124DP3X15000001, FS108D3W17000001), and either no switch can have been renamed under this
 * FortiManager, or the row's platform must match.
 */
static bool switch_serial(struct json_object *row, bool ids_are_serials, char *serial)
{
    const char *sn = json_member_text(row, "sn");

    if (sn != NULL && *sn != '\0') {
        return device_serial_trim(sn, serial) && device_serial_valid(serial);
    }
    if (!device_serial_trim(json_member_text(row, "switch-id"), serial) ||
        !device_serial_valid(serial)) {
        return false;
    }
    const struct model_row *model = model_by_prefix(serial);
    if (model != NULL) {
        return model->type == SWITCH;
    }
    return strlen(serial) == 16 && (serial[0] == 'S' || serial[0] == 'F') &&
           (ids_are_serials || platform_confirms(row, serial));
}

/* Whether a row's `key` is enable or not reported. */
static bool is_authorized(struct json_object *row, const char *key)
{
    static const char *const states[] = {"discovered", "disable", "enable", NULL};

    return json_member(row, key) == NULL || json_member_enum(row, key, states, -1) == 2;
}

static enum message_id skip_reason(const struct unit_row *unit, const struct settings *settings)
{
    struct json_object *row = unit->json;
    const char *id = unit->serial[0] != '\0' ? unit->serial : unit->id;

    if (strchr(id, '*') != NULL) {
        return SKIP_wildcard;
    }
    if (fortios_kinds[unit->type].may_be_local_radio && model_is_local_radio(id)) {
        return SKIP_local_radio;
    }
    if (json_member_true(row, "_is-model") || json_member_true(row, "is-model")) {
        return SKIP_pre_provisioned;
    }
    if (!settings->chosen[CHOICE_include_unauthorized] &&
        (!is_authorized(row, fmg_kinds[unit->type].state) ||
         !is_authorized(row, "fsw-wan1-admin"))) {
        return SKIP_unauthorized;
    }
    if (unit->serial[0] != '\0') {
        return SKIP_NONE;
    }
    return *id != '\0' ? SKIP_serial_unusable : SKIP_row_unnamed;
}

const char *fmg_unit_row_place(struct json_object *row, const char *key)
{
    struct json_object *members = json_member_array(row, "scope member");
    const char *text = json_member_text(json_element(members, 0), key);

    return text != NULL ? text : "";
}

void fmg_unit_row_read(struct unit_row *row, const struct settings *settings,
                       struct device *ret_device)
{
    struct json_object *json = row->json;
    const struct fortios_kind *fortios = &fortios_kinds[row->type];
    const char *id = json_member_text(json, fortios->id);
    const char *name = json_member_text(json, "name"), *fgt = fmg_unit_row_place(json, "name");

    row->id = id != NULL && *id != '\0' ? id : name != NULL ? name : "";
    bool found = fortios->serial != NULL
                     ? switch_serial(json, row->ids_are_serials, row->serial)
                     : device_serial_trim(id, row->serial) && device_serial_valid(row->serial);
    if (!found) {
        row->serial[0] = '\0';
    }
    row->skip = skip_reason(row, settings);
    row->fgt = *fgt != '\0' ? fgt : NULL;
    *ret_device = (struct device){.type = row->type};
    if (row->skip != SKIP_NONE) {
        return;
    }
    ret_device->model_guessed =
        model_resolve(json_member_text(json, "platform"), NULL, row->serial, row->model) != 0;
    ret_device->title = device_title(name, row->serial);
    ret_device->manager = row->fgt;
    ret_device->vdom =
        json_member_text(json_element(json_member_array(json, "scope member"), 0), "vdom");
    device_set_text(ret_device, ATTRIBUTE_serial_number, row->serial);
    device_set_text(ret_device, ATTRIBUTE_name, ret_device->title);
    device_set_text(ret_device, ATTRIBUTE_model, row->model);
    columns_read(&fmg_always_columns, row->type, json, NULL, ret_device);
    device_set_text(ret_device, ATTRIBUTE_managed_by, row->fgt);
    if (fortios->may_be_virtual) {
        device_set_boolean(ret_device, ATTRIBUTE_virtual_machine, model_is_virtual(row->model));
    }
}
