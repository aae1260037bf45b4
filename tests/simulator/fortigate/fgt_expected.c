/*
 * fgt_expected.c - the inventory that a perfect client would find with the token.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fgt_expected.h"

#include "expected_parts.h"
#include "resource.h"
#include "unit_facts.h"

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

static bool reads_fabric(const struct fgt *fgt)
{
    return !fgt_denies(fgt, "secfabgrp") && !fabric_fails(fgt);
}

static bool knows_cluster(const struct fgt *fgt)
{
    return reads_fabric(fgt) || !fgt_denies(fgt, "sysgrp");
}

/* False for a unit that no answer of this FortiGate shows. */
static bool is_listed(const struct fgt *fgt, const struct unit *unit)
{
    return unit->reason != REASON_PRE_PROVISIONED && unit->serial[0] != '\0' &&
           !fgt_hides(fgt, unit);
}

/* The name of a unit in its rows: from 7.4 on, the id of a switch. */
static const char *get_name(const struct fgt *fgt, const struct unit *unit)
{
    return !unit->access_point && fgt_firmware(fgt) >= 70400 ? unit->id : unit->name;
}

static size_t get_serials(const struct fgt *fgt, const char **ret)
{
    if (knows_cluster(fgt))
        return expected_serials(fgt->device, ret);
    ret[0] = fgt->device->serial;
    return 1;
}

static char *make_scope(const struct fgt *fgt, uint32_t vdom)
{
    const char *serials[MOST_NAMES];

    (void)get_serials(fgt, serials);
    return must_print("gate:%s/vdom:%s", serials[0], fgt->device->vdoms[vdom].name);
}

/* Units --------------------------------------------------------------------------------------- */

/* The members of every unit. `visible` false: no scope shows it. */
static void open_unit(const struct fgt *fgt, const char *type, const char *serial, const char *name,
                      uint32_t vdom, bool visible, struct text *text)
{
    char *scope = make_scope(fgt, vdom);
    bool unit = strcmp(type, "firewall") != 0;
    const char *names[MOST_NAMES];

    text_open(text, '{');
    expected_put(text, "serial", serial);
    expected_put(text, "name", name);
    expected_put(text, "device_type", type);
    expected_put(text, "title", name[0] != '\0' ? name : serial);
    put_json(text, "adoms", "[]");
    expected_put(text, "scope", visible ? scope : NULL);
    expected_put_list(text, "scopes", (const char *[]){scope}, visible ? 1 : 0);
    expected_put(text, "manager", unit ? fgt->device->hostname : NULL);
    expected_put_list(text, "manager_serials", names, unit ? get_serials(fgt, names) : 0);
    put_flag(text, "log_only", false);
    free(scope);
}

static void put_vdoms(const struct fgt *fgt, struct text *text)
{
    const char *names[MAXIMUM_VDOMS];
    size_t count = 0;

    for (uint32_t v = 0; v < fgt->device->vdom_count; v++)
        if (fgt_may_see(fgt, v))
            names[count++] = fgt->device->vdoms[v].name;
    expected_put_joined(text, "vdoms", names, count);
}

static void put_cluster(const struct fgt *fgt, bool master, struct text *text)
{
    const struct device *device = fgt->device;

    if (!knows_cluster(fgt))
        return;
    if (device->member_count == 0) {
        expected_put_text(text, "ha_mode", "standalone");
        return;
    }
    expected_put_text(text, "ha_mode", device->ha_mode == 1 ? "active-passive" : "active-active");
    expected_put_text(text, "ha_role", master ? "primary" : "secondary");
    expected_put_text(text, "ha_cluster", device->ha_group);
}

/* csf lists the members, but not whether they are up. A FortiGate that reports no address has the
 * one that it was reached at. */
static void put_own_state(const struct fgt *fgt, bool master, struct text *text)
{
    const struct device *device = fgt->device;
    bool reported = reads_fabric(fgt) && fgt->options.fabric > 0;

    expected_put_text(text, "ip_address", reported ? device->address : "127.0.0.1");
    if (master || !fgt_denies(fgt, "sysgrp"))
        expected_put_text(text, "connection_status", "up");
    if (!fgt_denies(fgt, "sysgrp")) {
        expected_put_text(text, "latitude", device->latitude);
        expected_put_text(text, "longitude", device->longitude);
    }
}

static void write_firewall(const struct fgt *fgt, const struct member *member, struct text *text)
{
    const struct device *device = fgt->device;
    const char *serial = member != NULL ? member->serial : device->serial;
    const char *name = member != NULL ? member->name : device->hostname;
    bool master = member == NULL || member->master;
    char *version = must_print("%d.%d.%d", device->os_ver, device->mr, device->patch);

    open_unit(fgt, "firewall", serial, name, fgt_first_vdom(fgt), master || knows_cluster(fgt),
              text);
    expected_put(text, "model", device->model->name);
    put_flag(text, "online", true);
    text_key(text, "attributes");
    text_open(text, '{');
    expected_put_text(text, "serial_number", serial);
    expected_put_text(text, "name", name);
    expected_put_text(text, "hostname", name);
    expected_put_text(text, "model", device->model->name);
    expected_put_text(text, "firmware_version", version);
    expected_put_number(text, "firmware_build", device->build);
    put_own_state(fgt, master, text);
    expected_put_boolean(text, "virtual_machine", strstr(device->model->name, "-VM") != NULL);
    put_vdoms(fgt, text);
    put_cluster(fgt, master, text);
    text_close(text, '}');
    put_json(text, "live", "{}");
    text_close(text, '}');
    free(version);
}

static void write_firewalls(const struct fgt *fgt, struct text *text)
{
    const struct device *device = fgt->device;

    if (device->member_count == 0)
        write_firewall(fgt, NULL, text);
    for (uint32_t i = 0; i < device->member_count; i++)
        write_firewall(fgt, &device->members[i], text);
}

static void put_connection(const struct unit *unit, const struct unit_facts *facts,
                           struct text *text)
{
    expected_put_text(text, "connection_status", facts->connected ? "up" : "down");
    expected_put_text(text, "firmware_version", facts->release);
    expected_put_number(text, "firmware_build", facts->build);
    if (!unit->access_point) {
        expected_put_address(text, "ip_address", facts->connecting_from, UNKNOWN_ADDRESS);
        expected_put_text(text, "fortilink_interface", facts->peer_interface);
        return;
    }
    expected_put_address(text, "ip_address",
                         strcmp(facts->address, UNKNOWN_ADDRESS) != 0 ? facts->address
                                                                      : facts->connecting_from,
                         UNKNOWN_ADDRESS);
    expected_put_address(text, "mac_address", facts->mac, UNKNOWN_MAC);
    expected_put_text(text, "location", facts->location);
    expected_put_time(text, "connected_since", facts->joined);
}

static void write_unit(const struct fgt *fgt, const struct unit *unit, struct text *text)
{
    const char *name = get_name(fgt, unit);
    const char *serial = expected_serial(unit);
    const char *names[MOST_NAMES];
    struct unit_facts facts;

    unit_facts_live(unit, &facts);
    open_unit(fgt, unit->access_point ? "access_point" : "switch", serial, name, unit->vdom,
              fgt_may_see(fgt, unit->vdom), text);
    expected_put(text, "model", unit->model->name);
    put_flag(text, "online", facts.connected);
    if (unit->reason != ASSET)
        expected_put(text, "reason", reasons[unit->reason]);
    text_key(text, "attributes");
    text_open(text, '{');
    expected_put_text(text, "serial_number", serial);
    expected_put_text(text, "name", name[0] != '\0' ? name : serial);
    expected_put_text(text, "model", unit->model->name);
    expected_put_text(text, "managed_by", fgt->device->hostname);
    expected_put_joined(text, "managed_by_serials", names, get_serials(fgt, names));
    if (!unit->access_point)
        expected_put_boolean(text, "virtual_machine", strstr(unit->model->name, "-VM") != NULL);
    put_connection(unit, &facts, text);
    text_close(text, '}');
    put_json(text, "live", "{}");
    text_close(text, '}');
}

static void write_units(const struct fgt *fgt, bool assets, struct text *text)
{
    const struct topology *topology = &fgt->simulator.topology;

    for (size_t i = 0; i < topology->unit_count; i++)
        if ((topology->units[i].reason == ASSET) == assets && is_listed(fgt, &topology->units[i]))
            write_unit(fgt, &topology->units[i], text);
}

/* Scopes -------------------------------------------------------------------------------------- */

static int64_t count_units(const struct fgt *fgt, uint32_t vdom, bool access_points)
{
    const struct topology *topology = &fgt->simulator.topology;
    int64_t count = 0;

    for (size_t i = 0; i < topology->unit_count; i++) {
        const struct unit *unit = &topology->units[i];

        if (unit->vdom == vdom && unit->access_point == access_points && unit->reason == ASSET &&
            is_listed(fgt, unit))
            count++;
    }
    return count;
}

/* `assets` -1: not known. */
static void write_scope(const struct fgt *fgt, uint32_t vdom, const char *type, int64_t assets,
                        const char *reason, struct text *text)
{
    char *scope = make_scope(fgt, vdom);

    text_open(text, '{');
    expected_put(text, "scope", scope);
    expected_put(text, "device_type", type);
    if (assets >= 0)
        put_number(text, "assets", assets);
    if (reason != NULL)
        expected_put(text, "reason", reason);
    text_close(text, '}');
    free(scope);
}

static void write_scopes(const struct fgt *fgt, struct text *text)
{
    uint32_t members = fgt->device->member_count;

    text_key(text, "scopes");
    text_open(text, '[');
    write_scope(fgt, fgt_first_vdom(fgt), "firewall", members > 0 ? members : 1, NULL, text);
    for (uint32_t v = 0; v < fgt->device->vdom_count; v++) {
        if (!fgt_may_see(fgt, v))
            continue;
        if (v != fgt_first_vdom(fgt))
            write_scope(fgt, v, "firewall", 0, NULL, text);
        write_scope(fgt, v, "switch", count_units(fgt, v, false), NULL, text);
        write_scope(fgt, v, "access_point", count_units(fgt, v, true), NULL, text);
    }
    text_close(text, ']');
}

/* csf was allowed and failed, or nothing was allowed. */
static const char *get_cluster_reason(const struct fgt *fgt)
{
    return fgt_denies(fgt, "secfabgrp") ? "members_unread" : "gate_read_failed";
}

static void write_unread(const struct fgt *fgt, const char *key, bool with_reason,
                         struct text *text)
{
    const char *reason = with_reason ? "right_missing" : NULL;

    text_key(text, key);
    text_open(text, '[');
    for (uint32_t v = 0; !knows_cluster(fgt) && v < fgt->device->vdom_count; v++) {
        if (fgt_may_see(fgt, v))
            write_scope(fgt, v, "firewall", -1, with_reason ? get_cluster_reason(fgt) : NULL, text);
    }
    for (uint32_t v = 0; fgt_denies(fgt, "wifi") && v < fgt->device->vdom_count; v++) {
        if (!fgt_may_see(fgt, v))
            continue;
        if (!fgt->options.no_switch_controller)
            write_scope(fgt, v, "switch", -1, reason, text);
        write_scope(fgt, v, "access_point", -1, reason, text);
    }
    text_close(text, ']');
}

static void write_fabric_fgts(const struct fgt *fgt, struct text *text)
{
    text_key(text, "fabric");
    text_open(text, '[');
    for (size_t i = 1; i <= fgt->options.fabric && reads_fabric(fgt); i++) {
        const struct device *device = &fgt->simulator.topology.devices[i];

        text_open(text, '{');
        expected_put(text, "serial", device->serial);
        expected_put(text, "hostname", device->hostname);
        expected_put(text, "model", device->model->name);
        text_close(text, '}');
    }
    text_close(text, ']');
}

static void write_system(const struct fgt *fgt, struct text *text)
{
    const struct device *device = fgt->device;
    const char *serials[MOST_NAMES];
    char *version = must_print("%d.%d.%d", device->os_ver, device->mr, device->patch);

    text_key(text, "system");
    text_open(text, '{');
    expected_put(text, "serial", device->serial);
    expected_put_list(text, "serials", serials, get_serials(fgt, serials));
    expected_put(text, "hostname", device->hostname);
    expected_put(text, "version", version);
    text_close(text, '}');
    free(version);
}

char *fgt_expected_write(const struct fgt *fgt)
{
    struct text text = {NULL, 0, 0};

    text_open(&text, '{');
    write_system(fgt, &text);
    text_key(&text, "units");
    text_open(&text, '[');
    write_firewalls(fgt, &text);
    write_units(fgt, true, &text);
    text_close(&text, ']');
    text_key(&text, "not_assets");
    text_open(&text, '[');
    write_units(fgt, false, &text);
    text_close(&text, ']');
    put_json(&text, "double_listed", "[]");
    put_json(&text, "dead_fgts", "[]");
    put_json(&text, "moving", "[]");
    put_json(&text, "adoms", "[]");
    write_scopes(fgt, &text);
    write_unread(fgt, "refused", true, &text);
    write_unread(fgt, "incomplete", false, &text);
    write_fabric_fgts(fgt, &text);
    text_close(&text, '}');
    text_put(&text, "\n");
    return text_steal(&text);
}
