/*
 * expected.c - the inventory that a perfect client would find in the topology.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "expected.h"

#include "expected_parts.h"

#include <stdlib.h>
#include <string.h>

size_t expected_adoms(const struct vdom *vdoms, size_t count, const char **ret)
{
    size_t found = 0;

    for (size_t i = 0; i < count; i++)
        if (vdoms[i].adom != NULL)
            ret[found++] = vdoms[i].adom->name;
    return expected_sort(ret, found);
}

const char *expected_kind(const struct device *device)
{
    switch (device->product) {
    case PRODUCT_FIREWALL: return "firewall";
    case PRODUCT_SWITCH: return "switch";
    case PRODUCT_ACCESS_POINT: return "access_point";
    default: return "other";
    }
}

char *expected_scope(const struct simulator *simulator, const struct vdom *vdoms, size_t count)
{
    const char *names[MOST_NAMES];
    size_t found = expected_adoms(vdoms, count, names);

    for (size_t i = 0; i < found; i++)
        if (!simulator_denies_adom(simulator, names[i]))
            return must_print("adom:%s", names[i]);
    return found > 0 ? must_print("adom:%s", names[0]) : must_copy("none");
}

static void write_dead_fgts(struct text *text, const struct topology *topology)
{
    text_key(text, "dead_fgts");
    text_open(text, '[');
    for (size_t i = 0; i < topology->device_count; i++)
        if (topology->devices[i].dead)
            text_string(text, topology->devices[i].name);
    text_close(text, ']');
}

static void write_system(struct text *text, const struct system_unit *system)
{
    text_key(text, "system");
    text_open(text, '{');
    expected_put(text, "serial", system->serial);
    text_key(text, "serials");
    text_open(text, '[');
    text_string(text, system->serial);
    if (system->peer_serial[0] != '\0')
        text_string(text, system->peer_serial);
    text_close(text, ']');
    expected_put(text, "hostname", system->hostname);
    expected_put(text, "version", system->version);
    text_close(text, '}');
}

/* One FortiManager of the cluster as a unit; only the one that answers states its firmware. */
static void write_manager(struct text *text, const struct system_unit *system, bool answers)
{
    const char *serial = answers ? system->serial : system->peer_serial;
    const char *name = answers ? system->hostname : system->peer_hostname;
    const char *scope = "management";

    text_open(text, '{');
    expected_put(text, "serial", serial);
    expected_put(text, "name", name);
    expected_put(text, "device_type", "management");
    expected_put(text, "model", "FortiManager-VM64");
    expected_put(text, "title", name);
    expected_put_list(text, "adoms", NULL, 0);
    expected_put_list(text, "scopes", &scope, 1);
    expected_put(text, "manager", NULL);
    text_key(text, "log_only");
    text_boolean(text, false);
    text_key(text, "live");
    text_literal(text, "{}");
    text_key(text, "attributes");
    text_open(text, '{');
    expected_put_text(text, "serial_number", serial);
    expected_put_text(text, "name", name);
    expected_put_text(text, "hostname", name);
    expected_put_text(text, "model", "FortiManager-VM64");
    expected_put_text(text, "connection_status", "up");
    expected_put_boolean(text, "virtual_machine", true);
    if (system->peer_serial[0] != '\0')
        expected_put_text(text, "ha_role", answers ? "primary" : "secondary");
    if (answers) {
        expected_put_text(text, "firmware_version", system->version);
        expected_put_number(text, "firmware_build", system->build);
    } else {
        expected_put_text(text, "ip_address", "10.210.34.236");
    }
    text_close(text, '}');
    text_close(text, '}');
}

/* The FortiManager itself and its HA peer, unless its status is refused. */
static void write_managers(struct text *text, const struct simulator *simulator)
{
    const struct system_unit *system = &simulator->topology.system;

    text_key(text, "managers");
    text_open(text, '[');
    if (!simulator_denies(simulator, "system", NULL)) {
        write_manager(text, system, true);
        if (system->peer_serial[0] != '\0')
            write_manager(text, system, false);
    }
    text_close(text, ']');
}

static void write_moving(struct text *text, const struct rows *moving)
{
    text_key(text, "moving");
    text_open(text, '[');
    for (size_t i = 0; i < moving->count; i++)
        text_string(text, ((const struct device *)moving->items[i])->serial);
    text_close(text, ']');
}

static void write_adoms(struct text *text, const struct topology *topology)
{
    text_key(text, "adoms");
    text_open(text, '[');
    for (size_t i = 0; i < topology->adoms_by_name.count; i++) {
        const struct adom *adom = topology->adoms_by_name.items[i];

        text_open(text, '{');
        expected_put(text, "name", adom->name);
        text_key(text, "has_devices");
        text_boolean(text, adom->devices_by_name.count > 0);
        text_close(text, '}');
    }
    text_close(text, ']');
}

char *expected_write(const struct simulator *simulator)
{
    const struct topology *topology = &simulator->topology;
    struct text text = {NULL, 0, 0};

    text_open(&text, '{');
    write_system(&text, &topology->system);
    expected_write_units(&text, simulator);
    write_managers(&text, simulator);
    write_dead_fgts(&text, topology);
    write_moving(&text, &simulator->moving);
    write_adoms(&text, topology);
    expected_write_scopes(&text, simulator);
    text_close(&text, '}');
    text_put(&text, "\n");
    return text_steal(&text);
}
