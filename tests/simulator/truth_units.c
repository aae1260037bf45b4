/*
 * truth_units.c - the physical units that are assets.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "truth_parts.h"

#include <stdlib.h>

static void write_device_unit(struct text *text, const struct simulator *simulator,
                              const struct device *device, const struct member *member,
                              const char *title)
{
    const char *names[MOST_NAMES];
    char *scope = truth_scope(simulator, device->vdoms, device->vdom_count);

    text_open(text, '{');
    truth_put(text, "serial", member != NULL ? member->serial : device->serial);
    truth_put(text, "device_type", truth_kind(device));
    truth_put(text, "model", device->model->name);
    truth_put(text, "title", title);
    truth_put_list(text, "adoms", names, truth_adoms(device->vdoms, device->vdom_count, names));
    truth_put(text, "scope", scope);
    truth_put(text, "manager", NULL);
    text_key(text, "manager_serials");
    text_literal(text, "[]");
    text_key(text, "log_only");
    text_boolean(text, device->management == MANAGEMENT_LOGS);
    text_key(text, "online");
    text_boolean(text,
                 device->connection == CONNECTION_UP && (member == NULL || member->status == 1));
    truth_write_device_attributes(text, device, member, title);
    text_close(text, '}');
    free(scope);
}

/* A cluster is one unit for each member; one without a name is NAME (SERIAL). */
static void write_members(struct text *text, const struct simulator *simulator,
                          const struct device *device)
{
    for (uint32_t i = 0; i < device->member_count; i++) {
        const struct member *member = &device->members[i];
        char *title = member->name[0] != '\0' ? must_copy(member->name)
                                              : must_print("%s (%s)", device->name, member->serial);

        write_device_unit(text, simulator, device, member, title);
        free(title);
    }
}

static void write_edge_unit(struct text *text, const struct simulator *simulator,
                            const struct edge *edge)
{
    const struct vdom *vdom = &edge->gate->vdoms[edge->vdom];
    const char *title = edge->name[0] != '\0' ? edge->name : edge->serial;
    const char *names[MOST_NAMES];
    char *scope = truth_scope(simulator, vdom, 1);

    text_open(text, '{');
    truth_put(text, "serial", edge->serial);
    truth_put(text, "device_type", edge->access_point ? "access_point" : "switch");
    truth_put(text, "model", edge->model->name);
    truth_put(text, "title", title);
    truth_put_list(text, "adoms", names, truth_adoms(vdom, 1, names));
    truth_put(text, "scope", scope);
    truth_put(text, "manager", edge->gate->name);
    truth_put_list(text, "manager_serials", names, truth_serials(edge->gate, names));
    text_key(text, "log_only");
    text_boolean(text, false);
    text_key(text, "online");
    text_boolean(text, edge->connected);
    truth_write_edge_attributes(text, edge, title);
    text_close(text, '}');
    free(scope);
}

void truth_write_units(struct text *text, const struct simulator *simulator)
{
    const struct estate *estate = &simulator->estate;

    text_key(text, "units");
    text_open(text, '[');
    for (size_t i = 0; i < estate->device_count; i++) {
        const struct device *device = &estate->devices[i];

        if (device_reason(device) != ASSET)
            continue;
        if (device->member_count > 0)
            write_members(text, simulator, device);
        else
            write_device_unit(text, simulator, device, NULL, device->name);
    }
    for (size_t i = 0; i < estate->edge_count; i++)
        if (estate->edges[i].reason == ASSET && !estate->edges[i].superseded)
            write_edge_unit(text, simulator, &estate->edges[i]);
    text_close(text, ']');
}
