/*
 * fortios_columns.c - the members of FortiOS's rows on switches and access points.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Sections 3.3 and 3.4 of the reference on FortiGate, and the samples in brackets. A member that
 * the FortiGate's release lacks is left out, even when requested. The large members (ports, radio)
 * are empty; only a request without a format gets them.
 */
#define _POSIX_C_SOURCE 200809L

#include "device_facts.h"
#include "fortios.h"
#include "unit_facts.h"

#include <string.h>
#include <time.h>

static int get_firmware(const void *row)
{
    const struct unit *unit = row;

    return device_firmware(unit->fgt);
}

static void put(struct text *text, const char *key, const char *value)
{
    text_key(text, key);
    text_string(text, value);
}

/* UTC, as on a FortiGate without a configured time zone; false for a unit that is not connected. */
static bool break_down(int64_t seconds, struct tm *ret)
{
    time_t time = (time_t)seconds;

    return seconds != 0 && gmtime_r(&time, ret) != NULL;
}

static void write_connecting_from(struct text *text, const void *row, const struct query *query)
{
    struct unit_facts facts;

    (void)query;
    unit_facts_live(row, &facts);
    put(text, "connecting_from", facts.connecting_from);
}

static void write_os_version(struct text *text, const void *row, const struct query *query)
{
    struct unit_facts facts;

    (void)query;
    unit_facts_live(row, &facts);
    put(text, "os_version", facts.os_version);
}

/* A FortiWiFi's own radio has the FortiGate's serial; a row that is no unit has its id. */
static void write_serial(struct text *text, const void *row, const struct query *query)
{
    const struct unit *unit = row;

    (void)query;
    put(text, "serial",
        unit->reason == REASON_LOCAL_RADIO ? unit->fgt->serial
        : unit->reason == REASON_WILDCARD || unit->reason == REASON_INVALID_SERIAL ? unit->id
                                                                                   : unit->serial);
}

static void write_vdom(struct text *text, const void *row, const struct query *query)
{
    const struct unit *unit = row;

    (void)query;
    put(text, "vdom", unit->fgt->vdoms[unit->vdom].name);
}

/* Switches ---------------------------------------------------------------------------------- */

/* `name` up to 7.2.8, `switch-id` in 7.6.3; between them, 7.4 is assumed to be like the newer
 * one. */
static void write_switch_name(struct text *text, const void *row, const struct query *query)
{
    const struct unit *unit = row;

    (void)query;
    if (get_firmware(row) < 70400)
        put(text, "name", unit->name);
}

static void write_switch_id(struct text *text, const void *row, const struct query *query)
{
    const struct unit *unit = row;

    (void)query;
    if (get_firmware(row) >= 70400)
        put(text, "switch-id", unit->id);
}

static void write_peer(struct text *text, const void *row, const struct query *query)
{
    struct unit_facts facts;

    (void)query;
    unit_facts_live(row, &facts);
    put(text, "fgt_peer_intf_name", facts.peer_interface);
}

/* [managed-switch_6.2.5_port_stats]: the time ends with a line break, which is gone in 7.2.8. */
static void write_switch_join_time(struct text *text, const void *row, const struct query *query)
{
    struct unit_facts facts;
    struct tm tm;
    char words[64] = "";

    (void)query;
    unit_facts_live(row, &facts);
    if (break_down(facts.joined, &tm))
        (void)strftime(words, sizeof(words) - 1, "%a %b %e %H:%M:%S %Y", &tm);
    if (words[0] != '\0' && get_firmware(row) < 70000)
        memcpy(words + strlen(words), "\n", 2);
    put(text, "join_time", words);
}

static void write_switch_state(struct text *text, const void *row, const struct query *query)
{
    const struct unit *unit = row;

    (void)query;
    put(text, "state", unit->reason == REASON_UNAUTHORIZED ? "Unauthorized" : "Authorized");
}

static void write_switch_status(struct text *text, const void *row, const struct query *query)
{
    const struct unit *unit = row;
    struct unit_facts facts;

    (void)query;
    unit_facts_live(row, &facts);
    put(text, "status",
        facts.connected         ? "Connected"
        : unit->number % 2 == 0 ? "Disconnected"
                                : "Idle");
}

/* Section 3.3: since 7.x. */
static void write_type(struct text *text, const void *row, const struct query *query)
{
    const struct unit *unit = row;

    (void)query;
    if (get_firmware(row) >= 70000)
        put(text, "type", strstr(unit->model->name, "-VM") != NULL ? "virtual" : "physical");
}

/* Section 3.3: since 7.x [inferred, as for `type`]. No switch here is lent. */
static void write_owner(struct text *text, const void *row, const struct query *query)
{
    (void)query;
    if (get_firmware(row) >= 70000)
        put(text, "owner_vdom", "");
}

#define FIXED(name_, json_)                                                                        \
    {                                                                                              \
        .name = (name_), .kind = COLUMN_FIXED, .json = (json_)                                     \
    }
#define CUSTOM(name_, write_)                                                                      \
    {                                                                                              \
        .name = (name_), .kind = COLUMN_CUSTOM, .write = (write_)                                  \
    }

static const struct column switch_columns[] = {
    CUSTOM("connecting_from", write_connecting_from),
    FIXED("dhcp_snooping_supported", "true"),
    CUSTOM("fgt_peer_intf_name", write_peer),
    FIXED("igmp_snooping_supported", "true"),
    CUSTOM("join_time", write_switch_join_time),
    FIXED("max_poe_budget", "370"),
    CUSTOM("name", write_switch_name),
    CUSTOM("os_version", write_os_version),
    CUSTOM("owner_vdom", write_owner),
    FIXED("ports", "[]"),
    CUSTOM("serial", write_serial),
    CUSTOM("state", write_switch_state),
    CUSTOM("status", write_switch_status),
    CUSTOM("switch-id", write_switch_id),
    CUSTOM("type", write_type),
    CUSTOM("vdom", write_vdom),
};

const struct table fortios_switch_table = {.name = "managed-switch of a FortiGate",
                                           .columns = switch_columns,
                                           .column_count =
                                               sizeof(switch_columns) / sizeof(switch_columns[0])};

/* Access points ----------------------------------------------------------------------------- */

static void write_board_mac(struct text *text, const void *row, const struct query *query)
{
    struct unit_facts facts;

    (void)query;
    unit_facts_live(row, &facts);
    put(text, "board_mac", facts.mac);
}

static void write_connection_state(struct text *text, const void *row, const struct query *query)
{
    struct unit_facts facts;

    (void)query;
    unit_facts_live(row, &facts);
    put(text, "connection_state", facts.connected ? "Connected" : "Disconnected");
}

static void write_is_local(struct text *text, const void *row, const struct query *query)
{
    const struct unit *unit = row;

    (void)query;
    text_key(text, "is_local");
    text_boolean(text, unit->reason == REASON_LOCAL_RADIO);
}

static void write_join_time(struct text *text, const void *row, const struct query *query)
{
    struct unit_facts facts;
    struct tm tm;

    (void)query;
    unit_facts_live(row, &facts);
    text_key(text, "join_time");
    if (break_down(facts.joined, &tm))
        text_format(text, "\"%02d/%02d/%02d %02d:%02d\"", tm.tm_mon + 1, tm.tm_mday,
                    tm.tm_year % 100, tm.tm_hour, tm.tm_min);
    else
        text_string(text, "");
}

static void write_join_time_raw(struct text *text, const void *row, const struct query *query)
{
    struct unit_facts facts;

    (void)query;
    unit_facts_live(row, &facts);
    text_key(text, "join_time_raw");
    text_integer(text, facts.joined);
}

/* Section 3.4: renamed with 7.6. */
static void write_address(struct text *text, const void *row, const char *key)
{
    struct unit_facts facts;

    unit_facts_live(row, &facts);
    put(text, key, facts.address);
}

static void write_old_address(struct text *text, const void *row, const struct query *query)
{
    (void)query;
    if (get_firmware(row) < 70600)
        write_address(text, row, "local_ipv4_addr");
}

static void write_new_address(struct text *text, const void *row, const struct query *query)
{
    (void)query;
    if (get_firmware(row) >= 70600)
        write_address(text, row, "local_addr");
}

static void write_location(struct text *text, const void *row, const struct query *query)
{
    struct unit_facts facts;

    (void)query;
    unit_facts_live(row, &facts);
    put(text, "location", facts.location);
}

/* Section 3.4: an integer in 6.4, a float in 7.2. */
static void write_speed(struct text *text, const void *row, const struct query *query)
{
    (void)query;
    text_key(text, "mesh_uplink_intf_speed");
    text_literal(text, get_firmware(row) < 70200 ? "1000" : "20000.0");
}

static void write_point_name(struct text *text, const void *row, const struct query *query)
{
    const struct unit *unit = row;

    (void)query;
    put(text, "name", unit->name);
}

static void write_point_state(struct text *text, const void *row, const struct query *query)
{
    const struct unit *unit = row;

    (void)query;
    put(text, "state", unit->reason == REASON_UNAUTHORIZED ? "discovered" : "authorized");
}

static void write_point_status(struct text *text, const void *row, const struct query *query)
{
    const struct unit *unit = row;
    struct unit_facts facts;

    (void)query;
    unit_facts_live(row, &facts);
    put(text, "status",
        facts.connected         ? "connected"
        : unit->number % 2 == 0 ? "disconnected"
                                : "offline");
}

static void write_wtp_id(struct text *text, const void *row, const struct query *query)
{
    const struct unit *unit = row;

    (void)query;
    put(text, "wtp_id", unit->id);
}

static const struct column access_point_columns[] = {
    FIXED("ap_profile", "\"default\""),
    CUSTOM("board_mac", write_board_mac),
    FIXED("clients", "4"),
    CUSTOM("connecting_from", write_connecting_from),
    CUSTOM("connection_state", write_connection_state),
    CUSTOM("is_local", write_is_local),
    CUSTOM("join_time", write_join_time),
    CUSTOM("join_time_raw", write_join_time_raw),
    FIXED("lldp", "[]"),
    CUSTOM("local_addr", write_new_address),
    CUSTOM("local_ipv4_addr", write_old_address),
    CUSTOM("location", write_location),
    CUSTOM("mesh_uplink_intf_speed", write_speed),
    CUSTOM("name", write_point_name),
    CUSTOM("os_version", write_os_version),
    FIXED("radio", "[]"),
    FIXED("region", "\"\""),
    FIXED("region_code", "\"E \""),
    CUSTOM("serial", write_serial),
    CUSTOM("state", write_point_state),
    CUSTOM("status", write_point_status),
    CUSTOM("vdom", write_vdom),
    CUSTOM("wtp_id", write_wtp_id),
    FIXED("wtp_mode", "\"normal\""),
};

const struct table fortios_access_point_table = {.name = "managed_ap of a FortiGate",
                                                 .columns = access_point_columns,
                                                 .column_count = sizeof(access_point_columns) /
                                                                 sizeof(access_point_columns[0])};
