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
    write_dead_fgts(&text, topology);
    write_moving(&text, &simulator->moving);
    write_adoms(&text, topology);
    expected_write_scopes(&text, simulator);
    text_close(&text, '}');
    text_put(&text, "\n");
    return text_steal(&text);
}
