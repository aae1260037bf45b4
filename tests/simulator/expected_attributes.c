/*
 * expected_attributes.c - the values of the catalogue's attributes, unit by unit.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Ids and forms are those of the catalogue for the device type. An unknown value is left out.
 */
#include "device_facts.h"
#include "expected_parts.h"
#include "unit_facts.h"

#include <stdlib.h>
#include <string.h>

/* Firewalls, and units that registered themselves ---------------------------------------- */

static void put_firmware(struct text *text, const struct device *device)
{
    char *version = must_print("%d.%d.%d", device->os_ver, device->mr, device->patch);

    if (device->patch >= 0)
        expected_put_text(text, "firmware_version", version);
    expected_put_number(text, "firmware_build", device->build);
    free(version);
}

static const char *get_connection(const struct device *device, const struct member *member)
{
    if (member != NULL && member->status != 1)
        return "down";
    switch (device->connection) {
    case CONNECTION_UP: return "up";
    case CONNECTION_DOWN: return "down";
    default: return NULL;
    }
}

static const char *get_management(const struct device *device)
{
    switch (device->management) {
    case MANAGEMENT_UNREGISTERED: return "unauthorized";
    case MANAGEMENT_FORTIMANAGER: return "managed";
    case MANAGEMENT_LOGS: return "logs_only";
    default: return "managed_and_logs";
    }
}

static void put_cluster(struct text *text, const struct device *device, const struct member *member)
{
    if (member == NULL) {
        expected_put_text(text, "ha_mode", "standalone");
        return;
    }
    expected_put_text(text, "ha_mode", device->ha_mode == 1 ? "active-passive" : "active-active");
    expected_put_text(text, "ha_role", member->master ? "primary" : "secondary");
    expected_put_text(text, "ha_cluster", device->name);
}

/* Values of the unit that reported, whose serial the row has. */
static void put_reported(struct text *text, const struct device *device)
{
    char *revision =
        must_print("%d.%d", device_revision_major(device), device_revision_minor(device));

    expected_put_number(text, "disk_size_mb", device_disk_mb(device));
    if (device_revision_major(device) > 0)
        expected_put_text(text, "hardware_revision", revision);
    if (device_is_virtual(device)) {
        expected_put_text(text, "vm_license_type", device_license_type(device));
        expected_put_time(text, "vm_license_expiry", device_license_expiry(device));
    }
    free(revision);
}

static void put_firewall(struct text *text, const struct device *device,
                         const struct member *member)
{
    const char *const states[] = {NULL, "in_sync", "out_of_sync"};
    const char *names[MOST_NAMES];
    bool placed = strcmp(device->latitude, "0.0") != 0;

    expected_put_text(text, "hostname", member != NULL ? member->name : device->hostname);
    expected_put_text(text, "management_mode", get_management(device));
    expected_put_text(text, "description", device->description);
    for (uint32_t i = 0; i < device->vdom_count; i++)
        names[i] = device->vdoms[i].name;
    expected_put_joined(text, "vdoms", names, device->vdom_count);
    put_cluster(text, device, member);
    expected_put_text(text, "latitude", placed ? device->latitude : NULL);
    expected_put_text(text, "longitude", placed ? device->longitude : NULL);
    expected_put_time(text, "last_seen", device->last_checked);
    expected_put_text(text, "config_status", states[device_config_status(device)]);
    expected_put_boolean(text, "log_only", device->management == MANAGEMENT_LOGS);
    if (member == NULL || member->master)
        put_reported(text, device);
}

/* Fields that are not empty: see devices_write_meta_fields(). */
static void put_meta_fields(struct text *text, const struct device *device)
{
    expected_put_text(text, "meta.site_id", device->description);
    if (device->oid % 3 == 0)
        expected_put_text(text, "meta.Company/Organization", "Simulated GmbH & Co");
}

void expected_write_device_attributes(struct text *text, const struct device *device,
                                      const struct member *member, const char *title)
{
    const char *names[MOST_NAMES];

    text_key(text, "attributes");
    text_open(text, '{');
    expected_put_text(text, "serial_number", member != NULL ? member->serial : device->serial);
    expected_put_text(text, "name", title);
    expected_put_text(text, "model", device->model->name);
    put_firmware(text, device);
    expected_put_text(text, "ip_address", device->address);
    expected_put_text(text, "connection_status", get_connection(device, member));
    expected_put_joined(text, "adom", names,
                        expected_adoms(device->vdoms, device->vdom_count, names));
    if (device->product == PRODUCT_FIREWALL || device->product == PRODUCT_SWITCH)
        expected_put_boolean(text, "virtual_machine", strstr(device->model->name, "-VM") != NULL);
    if (device->product == PRODUCT_FIREWALL)
        put_firewall(text, device, member);
    put_meta_fields(text, device);
    text_close(text, '}');
    text_key(text, "live");
    text_literal(text, "{}");
}

/* Managed switches and access points ------------------------------------------------------ */

static void put_live(struct text *text, const struct unit *unit)
{
    struct unit_facts facts;

    unit_facts_live(unit, &facts);
    expected_put_text(text, "connection_status", facts.connected ? "up" : "down");
    expected_put_text(text, "firmware_version", facts.release);
    expected_put_number(text, "firmware_build", facts.build);
    if (!unit->access_point) {
        expected_put_address(text, "ip_address", facts.connecting_from, UNKNOWN_ADDRESS);
        expected_put_text(text, "fortilink_interface", facts.peer_interface);
        return;
    }
    expected_put_address(text, "ip_address",
                         strcmp(facts.address, UNKNOWN_ADDRESS) != 0 ? facts.address
                                                                     : facts.connecting_from,
                         UNKNOWN_ADDRESS);
    expected_put_address(text, "mac_address", facts.mac, UNKNOWN_MAC);
    expected_put_text(text, "location", facts.location);
    expected_put_time(text, "connected_since", facts.joined);
}

static void put_cached(struct text *text, const struct unit *unit)
{
    struct unit_facts facts;

    unit_facts_cached(unit, &facts);
    expected_put_address(text, "ip_address", facts.address, UNKNOWN_ADDRESS);
    expected_put_address(text, "mac_address", facts.mac, UNKNOWN_MAC);
    expected_put_text(text, "location", facts.location);
}

/* An access point that was never authorised has an unknown state: "unknown". */
static const char *get_unit_connection(const struct unit *unit)
{
    if (unit->connected)
        return "up";
    return unit->access_point && unit->reason != ASSET ? NULL : "down";
}

/* In per-device mode, a unit that only the FortiGate's configuration lists has no known state, and
 * no row in the ADOM's cache. */
void expected_write_unit_attributes(struct text *text, const struct unit *unit, const char *title)
{
    const struct vdom *vdom = &unit->fgt->vdoms[unit->vdom];
    const char *names[MOST_NAMES];

    text_key(text, "attributes");
    text_open(text, '{');
    expected_put_text(text, "serial_number", expected_serial(unit));
    expected_put_text(text, "name", title);
    expected_put_text(text, "model", unit->model->name);
    if (unit_is_in_table(unit))
        expected_put_text(text, "connection_status", get_unit_connection(unit));
    expected_put_text(text, "adom", vdom->adom->name);
    expected_put_text(text, "managed_by", unit->fgt->name);
    expected_put_joined(text, "managed_by_serials", names, expected_serials(unit->fgt, names));
    if (!unit->access_point)
        expected_put_boolean(text, "virtual_machine", strstr(unit->model->name, "-VM") != NULL);
    else if (unit_is_in_table(unit))
        put_cached(text, unit);
    text_close(text, '}');
    text_key(text, "live");
    text_open(text, '{');
    if (device_answers(unit->fgt))
        put_live(text, unit);
    text_close(text, '}');
}
