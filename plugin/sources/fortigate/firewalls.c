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

#include "run.h"
#include "system.h"

/* Texts of one unit, borrowed by its device. */
struct unit_texts {
    char title[NAME_MAX_BYTES + SERIAL_MAX + 8], vdoms[VALUE_MAX], model[MODEL_MAX];
};

/*
 * Returns the management address that the FortiGate reports, else the address in use if it is an IP
 * address and not a name, else NULL.
 */
static const char *address_of(const struct fgt_run *run)
{
    const char *host = run->settings->address.host;

    return address_literal(run->management_ip) != 0 ? run->management_ip
           : address_literal(host) != 0             ? host
                                                    : NULL;
}

/*
 * Returns the HA mode. If it is unknown or contradicts the number of members: NULL for one member,
 * "cluster" for several.
 */
static const char *mode_of(const struct fgt_run *run)
{
    bool alone = run->member_count + run->unusable_count == 1;

    if (run->ha_mode == NULL || strcmp(run->ha_mode, alone ? "cluster" : "standalone") == 0) {
        return alone ? NULL : "cluster";
    }
    return run->ha_mode;
}

static void set_cluster(const struct fgt_run *run, const struct fgt_member *member,
                        struct device *device)
{
    const char *mode = mode_of(run);

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
    const char *serial = member->serial;

    if (member->hostname[0] != '\0') {
        (void)snprintf(texts->title, sizeof(texts->title), "%s", member->hostname);
    } else if (run->hostname[0] != '\0' && strcmp(serial, run->serial) != 0) {
        (void)snprintf(texts->title, sizeof(texts->title), "%s (%s)", run->hostname, serial);
    } else {
        (void)snprintf(texts->title, sizeof(texts->title), "%s", serial);
    }
    device->title = texts->title;
    device_set_text(device, ATTRIBUTE_name, texts->title);
    device_set_text(device, ATTRIBUTE_hostname, member->hostname);
}

static void read_member(const struct fgt_run *run, const struct fgt_member *member,
                        struct unit_texts *texts, struct device *device)
{
    *device = (struct device){.type = FIREWALL, .connected = true};
    device_set_text(device, ATTRIBUTE_serial_number, member->serial);
    set_names(run, member, texts, device);
    model_of_member(run->model, run->serial, member->serial, texts->model);
    device_set_text(device, ATTRIBUTE_model, texts->model);
    device_set_text(device, ATTRIBUTE_firmware_version, run->version);
    if (run->build > 0) {
        device_set_integer(device, ATTRIBUTE_firmware_build, run->build);
    }
    device_set_text(device, ATTRIBUTE_ip_address, address_of(run));
    if (member->connected) {
        device_set_text(device, ATTRIBUTE_connection_status, "up");
    }
    fgt_vdom_names(run, texts->vdoms, sizeof(texts->vdoms));
    device_set_text(device, ATTRIBUTE_vdoms, texts->vdoms);
    set_cluster(run, member, device);
    device_set_text(device, ATTRIBUTE_latitude, run->latitude);
    device_set_text(device, ATTRIBUTE_longitude, run->longitude);
    device_set_boolean(device, ATTRIBUTE_virtual_machine, model_is_virtual(texts->model));
}

/*
 * Takes the model from a member's serial if the FortiGate reports neither a model nor a usable
 * serial.
 */
static void complete_model(struct fgt_run *run)
{
    if (run->model[0] == '\0' && run->member_count > 0) {
        run->model_guessed = model_resolve(NULL, NULL, run->members[0].serial, run->model) != 0;
    }
}

/* Ends the firewall coverage of a scope: the same calls read all members. */
static int32_t end_scope(struct fgt_run *run, const char *scope, struct failure *failure)
{
    int32_t code = inventory_expect(run->inventory, scope, FIREWALL, failure);

    if (code != HECTOR_OK) {
        return code;
    }
    return inventory_end_scope(run->inventory, scope, FIREWALL,
                               run->members_known ? NULL : &run->members_unread, failure);
}

/* Reports the members without a usable serial. */
static int32_t report_unusable(struct fgt_run *run, const char *scope, struct failure *failure)
{
    struct inventory_row row = {.type = FIREWALL, .scope = scope, .reason = SKIP_serial_unusable};

    for (size_t i = 0; i < run->unusable_count; i++) {
        int32_t code;

        row.subject = run->unusable[i];
        code = inventory_skip(run->inventory, &row, failure);
        if (code != HECTOR_OK) {
            return code;
        }
    }
    row.reason = SKIP_row_unnamed;
    row.subject = "";
    return run->unnamed ? inventory_skip(run->inventory, &row, failure) : HECTOR_OK;
}

int32_t fgt_firewalls_report(struct fgt_run *run, struct failure *failure)
{
    struct inventory *inventory = run->inventory;
    const struct fgt_vdom *home = fgt_vdom(run, run->home != NULL ? run->home : "root");
    int32_t code;

    if (home == NULL || home->scope == NULL) {
        return fail_memory(inventory_operation(inventory), failure);
    }
    complete_model(run);
    if ((code = inventory_expect(inventory, home->scope, FIREWALL, failure)) != HECTOR_OK ||
        (code = report_unusable(run, home->scope, failure)) != HECTOR_OK ||
        (run->member_count > 0 && run->model_guessed &&
         (code = inventory_unknown_prefix(inventory, run->members[0].serial, failure)) !=
             HECTOR_OK)) {
        return code;
    }
    for (size_t i = 0; i < run->member_count; i++) {
        struct unit_texts texts;
        struct device device;

        read_member(run, &run->members[i], &texts, &device);
        device.scope = home->scope;
        if ((code = inventory_record(inventory, &device, failure)) != HECTOR_OK) {
            return code;
        }
    }
    return end_scope(run, home->scope, failure);
}

int32_t fgt_firewalls_end(struct fgt_run *run, struct failure *failure)
{
    int32_t code;

    for (size_t i = 0; i < run->vdoms.count; i++) {
        const struct fgt_vdom *vdom = &run->vdoms.items[i];
        bool seen = !vdom->doubtful || inventory_expects(run->inventory, vdom->scope, SWITCH) ||
                    inventory_expects(run->inventory, vdom->scope, ACCESS_POINT);

        if (seen && (code = end_scope(run, vdom->scope, failure)) != HECTOR_OK) {
            return code;
        }
    }
    return HECTOR_OK;
}
