/*
 * firewalls.c - the cluster members as firewalls.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Facts that all members share are set on each; names, roles and states are those of each member.
 * The values are those that a FortiManager reports for the same unit, except facts that only one of
 * the two knows.
 */
#include "firewalls.h"

#include <stdio.h>
#include <string.h>

#include "system.h"

/* Texts of one unit, borrowed by its device. */
struct unit_texts {
    char title[NAME_MAX_BYTES + SERIAL_MAX + 8], vdoms[VALUE_MAX], model[MODEL_MAX];
};

/*
 * Sets the HA mode, cluster and role. If the mode is unknown or contradicts the number of members,
 * there is none for one member, and "cluster" for several.
 */
static void set_cluster(const struct fgt_run *run, const struct fgt_member *member,
                        struct device *device)
{
    bool alone = run->member_count + run->unusable_count == 1;
    const char *mode = run->ha_mode;

    if (mode == NULL || strcmp(mode, alone ? "cluster" : "standalone") == 0) {
        mode = alone ? NULL : "cluster";
    }
    device_set_text(device, ATTRIBUTE_ha_mode, mode);
    if (mode == NULL || strcmp(mode, "standalone") == 0) {
        return;
    }
    device_set_text(device, ATTRIBUTE_ha_cluster, run->cluster);
    if (member->role != ROLE_UNKNOWN) {
        device_set_text(device, ATTRIBUTE_ha_role,
                        member->role == ROLE_PRIMARY ? "primary" : "secondary");
    }
}

/*
 * Sets the title: a member's own hostname, else the FortiGate's with the member's serial, else the
 * serial.
 */
static void set_names(const struct fgt_run *run, const struct fgt_member *member,
                      struct unit_texts *texts, struct device *device)
{
    device->title = member->hostname[0] != '\0' ? member->hostname : member->serial;
    if (member->hostname[0] == '\0' && run->hostname[0] != '\0' &&
        strcmp(member->serial, run->serial) != 0) {
        (void)snprintf(texts->title, sizeof(texts->title), "%s (%s)", run->hostname,
                       member->serial);
        device->title = texts->title;
    }
    device_set_text(device, ATTRIBUTE_name, device->title);
    device_set_text(device, ATTRIBUTE_hostname, member->hostname);
}

static void read_member(const struct fgt_run *run, const struct fgt_member *member,
                        struct unit_texts *texts, struct device *device)
{
    const char *ip =
        address_literal(run->management_ip) != 0 ? run->management_ip : run->settings->address.host;

    *device = (struct device){.type = FIREWALL};
    if (run->shared.size > 0) {
        device_unpack(run->shared.data, device);
    }
    device->connected = true;
    device_set_text(device, ATTRIBUTE_serial_number, member->serial);
    set_names(run, member, texts, device);
    model_of_member(run->model, run->serial, member->serial, texts->model);
    device_set_text(device, ATTRIBUTE_model, texts->model);
    device_set_text(device, ATTRIBUTE_firmware_version, run->version);
    if (run->build > 0) {
        device_set_integer(device, ATTRIBUTE_firmware_build, run->build);
    }
    if (address_literal(ip) != 0) { /* a host may be a name */
        device_set_text(device, ATTRIBUTE_ip_address, ip);
    }
    if (member->connected) {
        device_set_text(device, ATTRIBUTE_connection_status, "up");
    }
    fgt_vdom_names(run, texts->vdoms, sizeof(texts->vdoms));
    device_set_text(device, ATTRIBUTE_vdoms, texts->vdoms);
    set_cluster(run, member, device);
    device_set_boolean(device, ATTRIBUTE_virtual_machine, model_is_virtual(texts->model));
}

/* Ends the firewall coverage of a scope: the same calls read all members. */
static int32_t end_scope(struct fgt_run *run, const char *scope, struct failure *failure)
{
    int32_t code = inventory_expect(run->inventory, scope, FIREWALL, failure);

    return code != HECTOR_OK
               ? code
               : inventory_end_scope(run->inventory, scope, FIREWALL,
                                     run->members_known ? NULL : &run->members_unread, failure);
}

/* Reports the members without a usable serial. */
static int32_t report_unusable(struct fgt_run *run, const char *scope, struct failure *failure)
{
    struct inventory_row row = {.type = FIREWALL, .scope = scope, .reason = SKIP_serial_unusable};
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < run->unusable_count; i++) {
        row.subject = run->unusable[i];
        code = inventory_skip(run->inventory, &row, failure);
    }
    row.reason = SKIP_row_unnamed;
    row.subject = "";
    return code != HECTOR_OK || !run->unnamed ? code
                                              : inventory_skip(run->inventory, &row, failure);
}

int32_t fgt_firewalls_report(struct fgt_run *run, struct failure *failure)
{
    struct inventory *inventory = run->inventory;
    const struct fgt_vdom *home = fgt_vdom(run, run->home != NULL ? run->home : "root");
    const char *serial = run->member_count > 0 ? run->members[0].serial : NULL;
    int32_t code;

    if (home == NULL || home->scope == NULL) {
        return fail_memory(run->operation, failure);
    }
    /* The FortiGate may report neither a model nor a usable serial. */
    if (run->model[0] == '\0' && serial != NULL) {
        run->model_guessed = model_resolve(NULL, NULL, serial, run->model) != 0;
    }
    if ((code = inventory_expect(inventory, home->scope, FIREWALL, failure)) != HECTOR_OK ||
        (code = report_unusable(run, home->scope, failure)) != HECTOR_OK ||
        (serial != NULL && run->model_guessed &&
         (code = inventory_unknown_prefix(inventory, serial, failure)) != HECTOR_OK)) {
        return code;
    }
    for (size_t i = 0; code == HECTOR_OK && i < run->member_count; i++) {
        struct unit_texts texts;
        struct device device;

        read_member(run, &run->members[i], &texts, &device);
        device.scope = home->scope;
        code = inventory_record(inventory, &device, failure);
    }
    return code != HECTOR_OK ? code : end_scope(run, home->scope, failure);
}

int32_t fgt_firewalls_end(struct fgt_run *run, struct failure *failure)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < run->vdoms.count; i++) {
        const struct fgt_vdom *vdom = &run->vdoms.items[i];

        bool exists = !vdom->doubtful;

        for (enum device_type type = 0; type < DEVICE_TYPE_COUNT; type++) {
            exists = exists ||
                     (type != FIREWALL && inventory_expects(run->inventory, vdom->scope, type));
        }
        if (exists) {
            code = end_scope(run, vdom->scope, failure);
        }
    }
    return code;
}
