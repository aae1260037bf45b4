/*
 * management.c - the FortiManager itself and its HA peers, as units.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "management.h"

#include <stdlib.h>
#include <string.h>

#include "catalogue/models.h"
#include "json/json_read.h"

enum role { ROLE_UNKNOWN, STANDALONE, PRIMARY, SECONDARY };

/* The values of the attribute ha_role. */
static const char *const ROLES[] = {[PRIMARY] = "primary", [SECONDARY] = "secondary"};

/* The role of the FortiManager in its cluster, STANDALONE without one. */
static enum role role_of(const struct fmg_run *run)
{
    static const struct {
        const char *name;
        enum role role;
    } roles[] = {
        {"Standalone", STANDALONE}, {"Stand Alone", STANDALONE}, {"Primary", PRIMARY},
        {"Master", PRIMARY},        {"Secondary", SECONDARY},    {"Slave", SECONDARY},
    };
    const char *text = json_member_text(run->ha_status.data, "HA Role");

    text = text != NULL ? text : json_member_text(run->status.data, "HA Mode");
    for (size_t i = 0; text != NULL && i < COUNT(roles); i++) {
        if (strcmp(roles[i].name, text) == 0) {
            return roles[i].role;
        }
    }
    return ROLE_UNKNOWN;
}

/* Reports one unit; `device` has what only one kind of unit has. The other texts may be NULL. */
static int32_t record(struct fmg_run *run, struct device *device, const char *serial,
                      const char *hostname, struct failure *failure)
{
    const char *platform = json_member_text(run->status.data, "Platform Full Name");
    char key[SERIAL_MAX + 1], model[MODEL_MAX];

    if (!device_serial_trim(serial, key) || !device_serial_valid(key)) {
        return inventory_skip(
            run->inventory,
            &(const struct inventory_row){MANAGEMENT, SCOPE_MANAGEMENT, SKIP_serial_unusable,
                                          device_title(hostname, run->settings->origin), NULL},
            failure);
    }
    /* All members of a cluster are of one model [FortiManager Administration Guide, HA]. */
    device->model_guessed = model_resolve(platform, NULL, key, model) != 0;
    device->type = MANAGEMENT;
    device->scope = SCOPE_MANAGEMENT;
    device->title = device_title(hostname, key);
    device_set_text(device, ATTRIBUTE_serial_number, key);
    device_set_text(device, ATTRIBUTE_name, device->title);
    device_set_text(device, ATTRIBUTE_hostname, hostname);
    device_set_text(device, ATTRIBUTE_model, model);
    device_set_boolean(device, ATTRIBUTE_virtual_machine, model_is_virtual(model));
    return inventory_record(run->inventory, device, failure);
}

/* The build of "v7.2.2-build1317 230107 (Interim)" or of the member of its own; 0 = unknown. */
static int64_t build_of(struct json_object *status)
{
    static const char lead[] = "-build";
    const char *version = json_member_text(status, "Version");
    const char *text = version != NULL ? strstr(version, lead) : NULL;
    int64_t build;

    if (json_member_integer(status, "Build", &build)) {
        return build;
    }
    return text != NULL ? strtoll(text + strlen(lead), NULL, 10) : 0;
}

static int32_t record_own(struct fmg_run *run, struct failure *failure)
{
    struct device device = {.connected = true};
    int64_t build = build_of(run->status.data);

    device_set_text(&device, ATTRIBUTE_connection_status, "up");
    device_set_text(&device, ATTRIBUTE_firmware_version, run->version_text);
    if (build > 0) {
        device_set_integer(&device, ATTRIBUTE_firmware_build, build);
    }
    device_set_text(&device, ATTRIBUTE_ha_role, ROLES[role_of(run)]);
    return record(run, &device, json_member_text(run->status.data, "Serial Number"), run->hostname,
                  failure);
}

/* Reports the members that the HA status names, which are the others of the cluster. */
static int32_t record_peers(struct fmg_run *run, struct failure *failure)
{
    struct json_object *members = json_member_array(run->ha_status.data, "members");
    enum role role = role_of(run);
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < json_count(members); i++) {
        struct json_object *member = json_element(members, i);
        const char *serial = json_member_text(member, "Serial Number");
        const char *state = json_member_text(member, "HA Sync status");
        struct device device = {.connected = state == NULL || strncmp(state, "up", 2) == 0};

        if (json_member_is(member, "Serial Number", run->serial)) {
            continue;
        }
        device_set_text(&device, ATTRIBUTE_ip_address, json_member_text(member, "IP"));
        if (state != NULL) {
            device_set_text(&device, ATTRIBUTE_connection_status, device.connected ? "up" : "down");
        }
        device_set_text(&device, ATTRIBUTE_ha_role, role == PRIMARY ? ROLES[SECONDARY] : NULL);
        code = record(run, &device, serial, json_member_text(member, "Hostname"), failure);
    }
    return code;
}

static int32_t fail_unread(const struct fmg_run *run, const struct rpc_param *param,
                           struct failure *failure)
{
    return param->code == RPC_NO_PERMISSION ? fail(run->operation, failure, REASON_system_refused,
                                                   param->url, ARGUMENTS(param->url))
                                            : fmg_rpc_fail(&run->rpc, param, failure);
}

int32_t fmg_management_incomplete(const struct fmg_run *run, struct failure *failure)
{
    enum role role = role_of(run);

    if (run->status.code != RPC_OK) {
        return fail_unread(run, &run->status, failure);
    }
    if (role == STANDALONE) {
        return HECTOR_OK;
    }
    if (run->ha_status.code != RPC_OK) {
        return fail_unread(run, &run->ha_status, failure);
    }
    if (role == PRIMARY && json_count(json_member_array(run->ha_status.data, "members")) > 0) {
        return HECTOR_OK;
    }
    return fail(run->operation, failure, REASON_peers_missing, NULL,
                ARGUMENTS(run->settings->origin));
}

int32_t fmg_management_report(struct fmg_run *run, struct failure *failure)
{
    struct failure why;
    int32_t code;

    if (!run->settings->device_types[MANAGEMENT]) {
        return HECTOR_OK;
    }
    if ((code = inventory_expect(run->inventory, SCOPE_MANAGEMENT, MANAGEMENT, failure)) !=
            HECTOR_OK ||
        (run->status.code == RPC_OK && (code = record_own(run, failure)) != HECTOR_OK) ||
        (code = record_peers(run, failure)) != HECTOR_OK) {
        return code;
    }
    bool incomplete = fmg_management_incomplete(run, &why) != HECTOR_OK;
    return inventory_end_scope(run->inventory, SCOPE_MANAGEMENT, MANAGEMENT,
                               incomplete ? &why : NULL, failure);
}
