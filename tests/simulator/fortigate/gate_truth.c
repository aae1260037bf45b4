/*
 * gate_truth.c - the inventory that a perfect client would find with the token.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "gate_truth.h"

#include "edge_facts.h"
#include "resource.h"
#include "truth_parts.h"

#include <stdlib.h>
#include <string.h>

static const char *const reasons[] = {
    [ASSET] = "",
    [REASON_UNAUTHORIZED] = "unauthorized",
    [REASON_WILDCARD] = "wildcard",
    [REASON_LOCAL_RADIO] = "local_radio",
    [REASON_INVALID_SERIAL] = "serial_unusable",
};

/* Visible values --------------------------------------------------------------------------- */

static bool reads_fabric(const struct gate *gate)
{
    return !gate_denies(gate, "secfabgrp") && !fabric_fails(gate);
}

static bool knows_cluster(const struct gate *gate)
{
    return reads_fabric(gate) || !gate_denies(gate, "sysgrp");
}

/* False for a unit that no answer of this FortiGate shows. */
static bool is_listed(const struct gate *gate, const struct edge *edge)
{
    return edge->reason != REASON_PRE_PROVISIONED && edge->serial[0] != '\0' &&
           !gate_hides(gate, edge);
}

/* The name of a unit in its rows: from 7.4 on, the id of a switch. */
static const char *get_name(const struct gate *gate, const struct edge *edge)
{
    return !edge->access_point && gate_firmware(gate) >= 70400 ? edge->id : edge->name;
}

static size_t get_serials(const struct gate *gate, const char **ret)
{
    if (knows_cluster(gate))
        return truth_serials(gate->device, ret);
    ret[0] = gate->device->serial;
    return 1;
}

static char *make_scope(const struct gate *gate, uint32_t vdom)
{
    const char *serials[MOST_NAMES];

    (void)get_serials(gate, serials);
    return must_print("gate:%s/vdom:%s", serials[0], gate->device->vdoms[vdom].name);
}

/* Units --------------------------------------------------------------------------------------- */

/* The members of every unit. `visible` false: no scope shows it. */
static void open_unit(const struct gate *gate, const char *type, const char *serial,
                      const char *name, uint32_t vdom, bool visible, struct text *text)
{
    char *scope = make_scope(gate, vdom);
    bool edge = strcmp(type, "firewall") != 0;
    const char *names[MOST_NAMES];

    text_open(text, '{');
    truth_put(text, "serial", serial);
    truth_put(text, "name", name);
    truth_put(text, "device_type", type);
    truth_put(text, "title", name[0] != '\0' ? name : serial);
    put_json(text, "adoms", "[]");
    truth_put(text, "scope", visible ? scope : NULL);
    truth_put_list(text, "scopes", (const char *[]){scope}, visible ? 1 : 0);
    truth_put(text, "manager", edge ? gate->device->hostname : NULL);
    truth_put_list(text, "manager_serials", names, edge ? get_serials(gate, names) : 0);
    put_flag(text, "log_only", false);
    free(scope);
}

static void put_vdoms(const struct gate *gate, struct text *text)
{
    const char *names[MAXIMUM_VDOMS];
    size_t count = 0;

    for (uint32_t v = 0; v < gate->device->vdom_count; v++)
        if (gate_may_see(gate, v))
            names[count++] = gate->device->vdoms[v].name;
    truth_put_joined(text, "vdoms", names, count);
}

static void put_cluster(const struct gate *gate, bool master, struct text *text)
{
    const struct device *device = gate->device;

    if (!knows_cluster(gate))
        return;
    if (device->member_count == 0) {
        truth_put_text(text, "ha_mode", "standalone");
        return;
    }
    truth_put_text(text, "ha_mode", device->ha_mode == 1 ? "active-passive" : "active-active");
    truth_put_text(text, "ha_role", master ? "primary" : "secondary");
    truth_put_text(text, "ha_cluster", device->ha_group);
}

/* csf lists the members, but not whether they are up. A FortiGate that reports no address has the
 * one that it was reached at. */
static void put_own_state(const struct gate *gate, bool master, struct text *text)
{
    const struct device *device = gate->device;
    bool told = reads_fabric(gate) && gate->options.fabric > 0;

    truth_put_text(text, "ip_address", told ? device->address : "127.0.0.1");
    if (master || !gate_denies(gate, "sysgrp"))
        truth_put_text(text, "connection_status", "up");
    if (!gate_denies(gate, "sysgrp")) {
        truth_put_text(text, "latitude", device->latitude);
        truth_put_text(text, "longitude", device->longitude);
    }
}

static void write_firewall(const struct gate *gate, const struct member *member, struct text *text)
{
    const struct device *device = gate->device;
    const char *serial = member != NULL ? member->serial : device->serial;
    const char *name = member != NULL ? member->name : device->hostname;
    bool master = member == NULL || member->master;
    char *version = must_print("%d.%d.%d", device->os_ver, device->mr, device->patch);

    open_unit(gate, "firewall", serial, name, gate_first_vdom(gate), master || knows_cluster(gate),
              text);
    truth_put(text, "model", device->model->name);
    put_flag(text, "online", true);
    text_key(text, "attributes");
    text_open(text, '{');
    truth_put_text(text, "serial_number", serial);
    truth_put_text(text, "name", name);
    truth_put_text(text, "hostname", name);
    truth_put_text(text, "model", device->model->name);
    truth_put_text(text, "firmware_version", version);
    truth_put_number(text, "firmware_build", device->build);
    put_own_state(gate, master, text);
    truth_put_boolean(text, "virtual_machine", strstr(device->model->name, "-VM") != NULL);
    put_vdoms(gate, text);
    put_cluster(gate, master, text);
    text_close(text, '}');
    put_json(text, "live", "{}");
    text_close(text, '}');
    free(version);
}

static void write_firewalls(const struct gate *gate, struct text *text)
{
    const struct device *device = gate->device;

    if (device->member_count == 0)
        write_firewall(gate, NULL, text);
    for (uint32_t i = 0; i < device->member_count; i++)
        write_firewall(gate, &device->members[i], text);
}

static void put_connection(const struct edge *edge, const struct edge_facts *facts,
                           struct text *text)
{
    truth_put_text(text, "connection_status", facts->connected ? "up" : "down");
    truth_put_text(text, "firmware_version", facts->release);
    truth_put_number(text, "firmware_build", facts->build);
    if (!edge->access_point) {
        truth_put_address(text, "ip_address", facts->connecting_from, UNKNOWN_ADDRESS);
        truth_put_text(text, "fortilink_interface", facts->peer_interface);
        return;
    }
    truth_put_address(text, "ip_address",
                      strcmp(facts->address, UNKNOWN_ADDRESS) != 0 ? facts->address
                                                                   : facts->connecting_from,
                      UNKNOWN_ADDRESS);
    truth_put_address(text, "mac_address", facts->mac, UNKNOWN_MAC);
    truth_put_text(text, "location", facts->location);
    truth_put_time(text, "connected_since", facts->joined);
}

static void write_edge(const struct gate *gate, const struct edge *edge, struct text *text)
{
    const char *name = get_name(gate, edge);
    const char *serial = truth_serial(edge);
    const char *names[MOST_NAMES];
    struct edge_facts facts;

    edge_facts_live(edge, &facts);
    open_unit(gate, edge->access_point ? "access_point" : "switch", serial, name, edge->vdom,
              gate_may_see(gate, edge->vdom), text);
    truth_put(text, "model", edge->model->name);
    put_flag(text, "online", facts.connected);
    if (edge->reason != ASSET)
        truth_put(text, "reason", reasons[edge->reason]);
    text_key(text, "attributes");
    text_open(text, '{');
    truth_put_text(text, "serial_number", serial);
    truth_put_text(text, "name", name[0] != '\0' ? name : serial);
    truth_put_text(text, "model", edge->model->name);
    truth_put_text(text, "managed_by", gate->device->hostname);
    truth_put_joined(text, "managed_by_serials", names, get_serials(gate, names));
    if (!edge->access_point)
        truth_put_boolean(text, "virtual_machine", strstr(edge->model->name, "-VM") != NULL);
    put_connection(edge, &facts, text);
    text_close(text, '}');
    put_json(text, "live", "{}");
    text_close(text, '}');
}

static void write_edges(const struct gate *gate, bool assets, struct text *text)
{
    const struct topology *topology = &gate->simulator.topology;

    for (size_t i = 0; i < topology->edge_count; i++)
        if ((topology->edges[i].reason == ASSET) == assets && is_listed(gate, &topology->edges[i]))
            write_edge(gate, &topology->edges[i], text);
}

/* Scopes -------------------------------------------------------------------------------------- */

static int64_t count_edges(const struct gate *gate, uint32_t vdom, bool access_points)
{
    const struct topology *topology = &gate->simulator.topology;
    int64_t count = 0;

    for (size_t i = 0; i < topology->edge_count; i++) {
        const struct edge *edge = &topology->edges[i];

        if (edge->vdom == vdom && edge->access_point == access_points && edge->reason == ASSET &&
            is_listed(gate, edge))
            count++;
    }
    return count;
}

/* `assets` -1: not known. */
static void write_scope(const struct gate *gate, uint32_t vdom, const char *type, int64_t assets,
                        const char *reason, struct text *text)
{
    char *scope = make_scope(gate, vdom);

    text_open(text, '{');
    truth_put(text, "scope", scope);
    truth_put(text, "device_type", type);
    if (assets >= 0)
        put_number(text, "assets", assets);
    if (reason != NULL)
        truth_put(text, "reason", reason);
    text_close(text, '}');
    free(scope);
}

static void write_scopes(const struct gate *gate, struct text *text)
{
    uint32_t members = gate->device->member_count;

    text_key(text, "scopes");
    text_open(text, '[');
    write_scope(gate, gate_first_vdom(gate), "firewall", members > 0 ? members : 1, NULL, text);
    for (uint32_t v = 0; v < gate->device->vdom_count; v++) {
        if (!gate_may_see(gate, v))
            continue;
        if (v != gate_first_vdom(gate))
            write_scope(gate, v, "firewall", 0, NULL, text);
        write_scope(gate, v, "switch", count_edges(gate, v, false), NULL, text);
        write_scope(gate, v, "access_point", count_edges(gate, v, true), NULL, text);
    }
    text_close(text, ']');
}

/* csf was allowed and failed, or nothing was allowed. */
static const char *get_cluster_reason(const struct gate *gate)
{
    return gate_denies(gate, "secfabgrp") ? "members_unread" : "gate_read_failed";
}

static void write_unread(const struct gate *gate, const char *key, bool with_reason,
                         struct text *text)
{
    const char *reason = with_reason ? "right_missing" : NULL;

    text_key(text, key);
    text_open(text, '[');
    for (uint32_t v = 0; !knows_cluster(gate) && v < gate->device->vdom_count; v++) {
        if (gate_may_see(gate, v))
            write_scope(gate, v, "firewall", -1, with_reason ? get_cluster_reason(gate) : NULL,
                        text);
    }
    for (uint32_t v = 0; gate_denies(gate, "wifi") && v < gate->device->vdom_count; v++) {
        if (!gate_may_see(gate, v))
            continue;
        if (!gate->options.no_switch_controller)
            write_scope(gate, v, "switch", -1, reason, text);
        write_scope(gate, v, "access_point", -1, reason, text);
    }
    text_close(text, ']');
}

static void write_fabric_gates(const struct gate *gate, struct text *text)
{
    text_key(text, "fabric");
    text_open(text, '[');
    for (size_t i = 1; i <= gate->options.fabric && reads_fabric(gate); i++) {
        const struct device *device = &gate->simulator.topology.devices[i];

        text_open(text, '{');
        truth_put(text, "serial", device->serial);
        truth_put(text, "hostname", device->hostname);
        truth_put(text, "model", device->model->name);
        text_close(text, '}');
    }
    text_close(text, ']');
}

static void write_system(const struct gate *gate, struct text *text)
{
    const struct device *device = gate->device;
    const char *serials[MOST_NAMES];
    char *version = must_print("%d.%d.%d", device->os_ver, device->mr, device->patch);

    text_key(text, "system");
    text_open(text, '{');
    truth_put(text, "serial", device->serial);
    truth_put_list(text, "serials", serials, get_serials(gate, serials));
    truth_put(text, "hostname", device->hostname);
    truth_put(text, "version", version);
    text_close(text, '}');
    free(version);
}

char *gate_truth_write(const struct gate *gate)
{
    struct text text = {NULL, 0, 0};

    text_open(&text, '{');
    write_system(gate, &text);
    text_key(&text, "units");
    text_open(&text, '[');
    write_firewalls(gate, &text);
    write_edges(gate, true, &text);
    text_close(&text, ']');
    text_key(&text, "not_assets");
    text_open(&text, '[');
    write_edges(gate, false, &text);
    text_close(&text, ']');
    put_json(&text, "double_listed", "[]");
    put_json(&text, "dead_gates", "[]");
    put_json(&text, "moving", "[]");
    put_json(&text, "adoms", "[]");
    write_scopes(gate, &text);
    write_unread(gate, "refused", true, &text);
    write_unread(gate, "incomplete", false, &text);
    write_fabric_gates(gate, &text);
    text_close(&text, '}');
    text_put(&text, "\n");
    return text_steal(&text);
}
