/*
 * truth_units.c - the physical units: assets, and rows that are not assets.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "truth_parts.h"

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
        truth_put(text, "reason", reasons[reason]);
}

static void put_adoms(struct text *text, const struct vdom *vdoms, size_t count)
{
    const char *names[MOST_NAMES];

    truth_put_list(text, "adoms", names, truth_adoms(vdoms, count, names));
}

static void write_device_unit(struct text *text, const struct simulator *simulator,
                              const struct device *device, const struct member *member,
                              const char *title)
{
    const char *serial = member != NULL ? member->serial : device->serial;
    char *scope = truth_scope(simulator, device->vdoms, device->vdom_count);

    text_open(text, '{');
    truth_put(text, "serial", serial[0] != '\0' ? serial : NULL);
    truth_put(text, "name", device->name);
    truth_put(text, "device_type", truth_kind(device));
    truth_put(text, "model", device->model->name);
    truth_put(text, "title", title);
    put_adoms(text, device->vdoms, device->vdom_count);
    truth_put(text, "scope", scope);
    truth_put(text, "manager", NULL);
    text_key(text, "manager_serials");
    text_literal(text, "[]");
    text_key(text, "log_only");
    text_boolean(text, device->management == MANAGEMENT_LOGS);
    text_key(text, "online");
    text_boolean(text,
                 device->connection == CONNECTION_UP && (member == NULL || member->status == 1));
    put_reason(text, device_reason(device));
    truth_write_device_attributes(text, device, member, title);
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

static const char *edge_kind(const struct edge *edge)
{
    return edge->access_point ? "access_point" : "switch";
}

static void write_edge_unit(struct text *text, const struct simulator *simulator,
                            const struct edge *edge)
{
    const struct vdom *vdom = &edge->gate->vdoms[edge->vdom];
    const char *serial = truth_serial(edge);
    const char *title = edge->name[0] != '\0' ? edge->name : serial;
    const char *names[MOST_NAMES];
    char *scope = truth_scope(simulator, vdom, 1);

    text_open(text, '{');
    truth_put(text, "serial", serial);
    truth_put(text, "name", edge->name);
    truth_put(text, "device_type", edge_kind(edge));
    truth_put(text, "model", edge->model->name);
    truth_put(text, "title", title);
    put_adoms(text, vdom, 1);
    truth_put(text, "scope", scope);
    truth_put(text, "manager", edge->gate->name);
    truth_put_list(text, "manager_serials", names, truth_serials(edge->gate, names));
    text_key(text, "log_only");
    text_boolean(text, false);
    text_key(text, "online");
    text_boolean(text, edge->connected);
    put_reason(text, edge->reason);
    truth_write_edge_attributes(text, edge, title);
    text_close(text, '}');
    free(scope);
}

/* In per-device mode a unit that is only prepared on FortiManager is in no list yet. */
static bool is_listed(const struct edge *edge)
{
    return edge_is_in_table(edge) || edge->reason != REASON_PRE_PROVISIONED;
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
    for (size_t i = 0; i < topology->edge_count; i++) {
        const struct edge *edge = &topology->edges[i];

        if ((edge->reason == ASSET) == assets && !edge->superseded && is_listed(edge))
            write_edge_unit(text, simulator, edge);
    }
    text_close(text, ']');
}

static void write_double_listed(struct text *text, const struct topology *topology)
{
    text_key(text, "double_listed");
    text_open(text, '[');
    for (size_t i = 0; i < topology->edge_count; i++) {
        const struct edge *edge = &topology->edges[i];

        if (!edge->superseded)
            continue;
        text_open(text, '{');
        truth_put(text, "serial", edge->serial);
        truth_put(text, "name", edge->name);
        truth_put(text, "device_type", edge_kind(edge));
        put_adoms(text, &edge->gate->vdoms[edge->vdom], 1);
        truth_put(text, "manager", edge->gate->name);
        text_close(text, '}');
    }
    text_close(text, ']');
}

void truth_write_units(struct text *text, const struct simulator *simulator)
{
    write_rows(text, simulator, "units", true);
    write_rows(text, simulator, "not_assets", false);
    write_double_listed(text, &simulator->topology);
}
