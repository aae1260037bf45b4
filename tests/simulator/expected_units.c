/*
 * expected_units.c - the physical units: assets, and rows that are not assets.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "expected_parts.h"

#include <stdlib.h>

static const char *const reasons[] = {
    [ASSET] = "",
    [REASON_MODEL_DEVICE] = "model_device",
    [REASON_UNAUTHORIZED] = "unauthorized",
    [REASON_SERVICE] = "service",
    [REASON_OTHER_PRODUCT] = "other_product",
    [REASON_PRE_PROVISIONED] = "pre_provisioned",
    [REASON_WILDCARD] = "wildcard",
    [REASON_LOCAL_RADIO] = "local_radio",
    [REASON_INVALID_SERIAL] = "serial_unusable",
};

static void put_reason(struct text *text, enum reason reason)
{
    if (reason != ASSET)
        expected_put(text, "reason", reasons[reason]);
}

static void put_adoms(struct text *text, const struct vdom *vdoms, size_t count)
{
    const char *names[MOST_NAMES];

    expected_put_list(text, "adoms", names, expected_adoms(vdoms, count, names));
}

static void write_device_unit(struct text *text, const struct simulator *simulator,
                              const struct device *device, const struct member *member,
                              const char *title)
{
    const char *serial = member != NULL ? member->serial : device->serial;
    char *scope = expected_scope(simulator, device->vdoms, device->vdom_count);

    text_open(text, '{');
    expected_put(text, "serial", serial[0] != '\0' ? serial : NULL);
    expected_put(text, "name", device->name);
    expected_put(text, "device_type", expected_kind(device));
    expected_put(text, "model", device->model->name);
    expected_put(text, "title", title);
    put_adoms(text, device->vdoms, device->vdom_count);
    expected_put(text, "scope", scope);
    expected_put(text, "manager", NULL);
    text_key(text, "manager_serials");
    text_literal(text, "[]");
    text_key(text, "log_only");
    text_boolean(text, device->management == MANAGEMENT_LOGS);
    text_key(text, "online");
    text_boolean(text,
                 device->connection == CONNECTION_UP && (member == NULL || member->status == 1));
    put_reason(text, device_reason(device));
    expected_write_device_attributes(text, device, member, title);
    text_close(text, '}');
    free(scope);
}

/* A cluster is one unit a member; a member without a name is NAME (SERIAL). */
static void write_device(struct text *text, const struct simulator *simulator,
                         const struct device *device)
{
    if (device->member_count == 0)
        write_device_unit(text, simulator, device, NULL, device->name);
    for (uint32_t i = 0; i < device->member_count; i++) {
        const struct member *member = &device->members[i];
        char *title = member->name[0] != '\0' ? must_copy(member->name)
                                              : must_print("%s (%s)", device->name, member->serial);

        write_device_unit(text, simulator, device, member, title);
        free(title);
    }
}

static const char *unit_kind(const struct unit *unit)
{
    return unit->access_point ? "access_point" : "switch";
}

static void write_unit_unit(struct text *text, const struct simulator *simulator,
                            const struct unit *unit)
{
    const struct vdom *vdom = &unit->fgt->vdoms[unit->vdom];
    const char *serial = expected_serial(unit);
    const char *title = unit->name[0] != '\0' ? unit->name : serial;
    const char *names[MOST_NAMES];
    char *scope = expected_scope(simulator, vdom, 1);

    text_open(text, '{');
    expected_put(text, "serial", serial);
    expected_put(text, "name", unit->name);
    expected_put(text, "device_type", unit_kind(unit));
    expected_put(text, "model", unit->model->name);
    expected_put(text, "title", title);
    put_adoms(text, vdom, 1);
    expected_put(text, "scope", scope);
    expected_put(text, "manager", unit->fgt->name);
    expected_put_list(text, "manager_serials", names, expected_serials(unit->fgt, names));
    text_key(text, "log_only");
    text_boolean(text, false);
    text_key(text, "online");
    text_boolean(text, unit->connected);
    put_reason(text, unit->reason);
    expected_write_unit_attributes(text, unit, title);
    text_close(text, '}');
    free(scope);
}

/* In per-device mode a unit that is only prepared on FortiManager is in no list yet. */
static bool is_listed(const struct unit *unit)
{
    return unit_is_in_table(unit) || unit->reason != REASON_PRE_PROVISIONED;
}

/* Writes the assets, or the other rows, each with its reason. */
static void write_rows(struct text *text, const struct simulator *simulator, const char *key,
                       bool assets)
{
    const struct topology *topology = &simulator->topology;

    text_key(text, key);
    text_open(text, '[');
    for (size_t i = 0; i < topology->device_count; i++)
        if ((device_reason(&topology->devices[i]) == ASSET) == assets)
            write_device(text, simulator, &topology->devices[i]);
    for (size_t i = 0; i < topology->unit_count; i++) {
        const struct unit *unit = &topology->units[i];

        if ((unit->reason == ASSET) == assets && !unit->superseded && is_listed(unit))
            write_unit_unit(text, simulator, unit);
    }
    text_close(text, ']');
}

static void write_double_listed(struct text *text, const struct topology *topology)
{
    text_key(text, "double_listed");
    text_open(text, '[');
    for (size_t i = 0; i < topology->unit_count; i++) {
        const struct unit *unit = &topology->units[i];

        if (!unit->superseded)
            continue;
        text_open(text, '{');
        expected_put(text, "serial", unit->serial);
        expected_put(text, "name", unit->name);
        expected_put(text, "device_type", unit_kind(unit));
        put_adoms(text, &unit->fgt->vdoms[unit->vdom], 1);
        expected_put(text, "manager", unit->fgt->name);
        text_close(text, '}');
    }
    text_close(text, ']');
}

void expected_write_units(struct text *text, const struct simulator *simulator)
{
    write_rows(text, simulator, "units", true);
    write_rows(text, simulator, "not_assets", false);
    write_double_listed(text, &simulator->topology);
}
