/*
 * unit_row.c - decodes one row of a FortiGate's switches or access points into a device.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "unit_row.h"

#include <string.h>
#include <strings.h>

#include "json/json_read.h"

/* Returns the first of the members that has a text, or NULL. */
static const char *first_text(struct json_object *row, const char *const *keys)
{
    for (; *keys != NULL; keys++) {
        const char *text = json_member_text(row, *keys);

        if (text != NULL && *text != '\0') {
            return text;
        }
    }
    return NULL;
}

/*
 * States: "Authorized", "Unauthorized", "Discovered"; "authorized", "discovered", "disabled". A row
 * without a state counts as authorized.
 */
static bool is_authorized(struct json_object *row)
{
    const char *state = json_member_text(row, "state");

    return state == NULL || *state == '\0' || strcasecmp(state, "authorized") == 0;
}

static enum message_id skip_reason(const struct fgt_run *run, struct json_object *row,
                                   const struct unit_kind *kind, const char *id)
{
    if (strchr(id, '*') != NULL) {
        return SKIP_wildcard;
    }
    if (kind->may_be_local_radio &&
        (json_member_true(row, "is_local") || model_is_local_radio(id))) {
        return SKIP_local_radio;
    }
    if (!run->settings->include_unauthorized && !is_authorized(row)) {
        return SKIP_unauthorized;
    }
    return SKIP_NONE;
}

void fgt_unit_row_read(const struct fgt_run *run, struct json_object *row,
                       const struct unit_kind *kind, struct unit_row *ret,
                       struct device *ret_device)
{
    static const char *const keys[] = {"serial", "wtp_id", "sn", "switch-id", NULL};
    static const char *const owners[] = {"owner_vdom", "owner-vdom", NULL};
    const char *key = first_text(row, keys),
               *id = key != NULL ? key : json_member_text(row, "name");
    const char *manager, *serial;

    *ret = (struct unit_row){.id = id != NULL ? id : "",
                             .vdom = json_member_text(row, "vdom"),
                             .owner = first_text(row, owners),
                             .skip = skip_reason(run, row, kind, key != NULL ? key : "")};
    if (ret->skip == SKIP_NONE && !fortios_row(row, kind->type, &ret->texts, ret_device)) {
        ret->skip = *ret->id != '\0' ? SKIP_serial_unusable : SKIP_row_unnamed;
    }
    if (ret->skip != SKIP_NONE) {
        return;
    }
    serial = device_serial(ret_device);
    ret->model_guessed =
        model_resolve(NULL, json_member_text(row, "os_version"), serial, ret->model) != 0;
    ret_device->title = device_title(first_text(row, kind->titles), serial);
    manager = run->hostname[0] != '\0' ? run->hostname : run->serial;
    ret_device->manager = *manager != '\0' ? manager : NULL;
    device_set_text(ret_device, ATTRIBUTE_name, ret_device->title);
    device_set_text(ret_device, ATTRIBUTE_model, ret->model);
    device_set_text(ret_device, ATTRIBUTE_managed_by, ret_device->manager);
    device_set_text(ret_device, ATTRIBUTE_managed_by_serials, run->serials);
    if (kind->may_be_virtual) {
        device_set_boolean(ret_device, ATTRIBUTE_virtual_machine, model_is_virtual(ret->model));
    }
}
