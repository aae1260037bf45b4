/*
 * unit_columns.c - the columns of managed switches and access points (section 4.2).
 * SPDX-License-Identifier: Apache-2.0
 *
 * Tables under /pm/config return exactly the requested fields, and "scope member" whenever the
 * request had one [wtp_adom_conn_state]; unlike /dvmdb they add neither key nor oid.
 */
#include "units.h"

#include <stdio.h>

#define AT(member) offsetof(struct unit, member)

static void write_scope(struct text *text, const void *row, const struct query *query)
{
    const struct unit *unit = row;

    (void)query;
    text_key(text, "scope member");
    text_open(text, '[');
    text_open(text, '{');
    text_key(text, "name");
    text_string(text, unit->fgt->name);
    text_key(text, "vdom");
    text_string(text, unit->fgt->vdoms[unit->vdom].name);
    text_close(text, '}');
    text_close(text, ']');
}

/* Section 4.2: 1 for a unit that was configured before it connected. */
static void write_is_model(struct text *text, const struct unit *unit, const char *name)
{
    text_key(text, name);
    text_integer(text, unit->reason == REASON_PRE_PROVISIONED ? 1 : 0);
}

/* Switches ---------------------------------------------------------------------------------- */

/* No recording shows the spelling of a switch's flag: here it depends on the version. */
static bool has_underscore(const struct query *query)
{
    return query->simulator->settings.version >= VERSION_7_6_7;
}

static void write_switch_is_model(struct text *text, const void *row, const struct query *query)
{
    if (!has_underscore(query))
        write_is_model(text, row, "is-model");
}

static void write_switch_is_model_too(struct text *text, const void *row, const struct query *query)
{
    if (has_underscore(query))
        write_is_model(text, row, "_is-model");
}

static void write_platform(struct text *text, const void *row, const struct query *query)
{
    const struct unit *unit = row;

    (void)query;
    text_key(text, "platform");
    text_string(text, unit->model->platform);
}

/* enable/2 = authorised. */
static void write_state(struct text *text, const void *row, const struct query *query)
{
    static const struct value_name states[] = {
        {0, "discovered"}, {1, "disable"}, {2, "enable"}, {0, NULL}};
    const struct unit *unit = row;

    text_key(text, "state");
    write_named(text, unit->reason == REASON_UNAUTHORIZED ? 0 : 2, states, query->verbose);
}

/* "idle" is recorded for a disconnected switch; the other word is made up. */
static void write_status(struct text *text, const void *row, const struct query *query)
{
    static const struct value_name states[] = {{0, "idle"}, {1, "connected"}, {0, NULL}};
    const struct unit *unit = row;

    text_key(text, "status");
    write_named(text, unit->connected ? 1 : 0, states, query->verbose);
}

#define STRING(name_, member)                                                                      \
    {                                                                                              \
        .name = (name_), .kind = COLUMN_STRING, .offset = AT(member)                               \
    }
#define FIXED(name_, json_)                                                                        \
    {                                                                                              \
        .name = (name_), .kind = COLUMN_FIXED, .json = (json_)                                     \
    }
#define CUSTOM(name_, write_)                                                                      \
    {                                                                                              \
        .name = (name_), .kind = COLUMN_CUSTOM, .write = (write_)                                  \
    }
#define SCOPE                                                                                      \
    {                                                                                              \
        .name = "scope member", .kind = COLUMN_CUSTOM, .write = write_scope, .role = ROLE_ALWAYS   \
    }

/* Columns: section 4.2 and table 4 (way B), samples managed_switch_adom_list and the request of
 * managed_switch_add_ok. */
static const struct column switch_columns[] = {
    CUSTOM("_is-model", write_switch_is_model_too),
    FIXED("fsw-wan1-admin", "2"),
    FIXED("fsw-wan1-peer", "\"fortilink\""),
    CUSTOM("is-model", write_switch_is_model),
    STRING("name", name),
    CUSTOM("platform", write_platform),
    SCOPE,
    {.name = "sn", .kind = COLUMN_TEXT, .offset = AT(serial), .since = 70403},
    CUSTOM("state", write_state),
    CUSTOM("status", write_status),
    STRING("switch-id", id),
    FIXED("template", "\"\""),
    FIXED("vlan-interface", "\"fortilink\""),
};

static const char *const members[] = {"scope member", NULL};
static const char *const switch_keys[] = {"switch-id", NULL};

const struct table switch_table = {.name = "managed-switch",
                                   .columns = switch_columns,
                                   .column_count =
                                       sizeof(switch_columns) / sizeof(switch_columns[0]),
                                   .members = members,
                                   .keys = switch_keys};

/* Access points ----------------------------------------------------------------------------- */

static void write_point_is_model(struct text *text, const void *row, const struct query *query)
{
    (void)query;
    write_is_model(text, row, "_is-model");
}

/* 2 = connected; "unknown" and "idle" are recorded [wtp_adom_list_full, wtp_adom_conn_state]. */
static void write_connection(struct text *text, const void *row, const struct query *query)
{
    static const struct value_name states[] = {
        {0, "unknown"}, {1, "idle"}, {2, "connected"}, {0, NULL}};
    const struct unit *unit = row;
    int state = unit->connected ? 2 : unit->reason == ASSET ? 1 : 0;

    text_key(text, "_conn-state");
    write_named(text, state, states, query->verbose);
}

static void write_platform_type(struct text *text, const void *row, const struct query *query)
{
    const struct unit *unit = row;

    (void)query;
    text_key(text, "_platform-type");
    text_integer(text, unit->model->platform_id);
}

static void write_admin(struct text *text, const void *row, const struct query *query)
{
    static const struct value_name states[] = {
        {0, "discovered"}, {1, "disable"}, {2, "enable"}, {0, NULL}};
    const struct unit *unit = row;

    text_key(text, "admin");
    write_named(text, unit->reason == REASON_UNAUTHORIZED ? 0 : 2, states, query->verbose);
}

static void write_profile(struct text *text, const void *row, const struct query *query)
{
    const struct unit *unit = row;

    (void)query;
    text_key(text, "wtp-profile");
    text_open(text, '[');
    text_string(text, unit->model->platform);
    text_close(text, ']');
}

static void write_login_password(struct text *text, const void *row, const struct query *query)
{
    const struct unit *unit = row;

    (void)query;
    text_key(text, "login-passwd");
    text_open(text, '[');
    text_string(text, "ENC");
    text_open(text, '"');
    text_format(text, "CANARY-login-passwd-%s", unit->serial);
    text_close(text, '"');
    text_close(text, ']');
}

#define RADIO(name_, id_)                                                                          \
    {                                                                                              \
        .name = (name_), .kind = COLUMN_FIXED, .role = ROLE_SUB_OBJECT,                            \
        .json = "{\"_bssid\":null,\"_client-count\":0,\"_country-code\":0,\"_country-name\":null," \
                "\"_max-vaps\":0,\"_mesh-downlink\":\"disable\",\"_mode\":0,\"_oper-chan\":0,"     \
                "\"_oper-txpower\":0,\"auto-power-target\":\"-70\",\"drma-manual-mode\":\"ncf\","  \
                "\"override-band\":\"disable\",\"override-channel\":\"disable\","                  \
                "\"override-txpower\":\"disable\",\"override-vaps\":\"disable\","                  \
                "\"power-mode\":\"percentage\",\"power-value\":27,\"radio-id\":" id_               \
                ",\"vap1\":null,\"vap2\":null,\"vap3\":null,\"vap4\":null,\"vap5\":null,"          \
                "\"vap6\":null,\"vap7\":null,\"vap8\":null}"                                       \
    }

/* Columns: sample wtp_adom_list_full; `login-passwd` is a planted secret. */
static const struct column access_point_columns[] = {
    CUSTOM("_conn-state", write_connection),
    FIXED("_data-chan-sec", "0"),
    CUSTOM("_is-model", write_point_is_model),
    FIXED("_last-checked", "0"),
    FIXED("_lldp-vlan", "0"),
    FIXED("_mesh-downlink", "\"disable\""),
    FIXED("_mesh-hop-count", "0"),
    FIXED("_mesh-mode", "0"),
    FIXED("_mgmt-vlan-id", "0"),
    CUSTOM("_platform-type", write_platform_type),
    FIXED("_rogue-ap-count", "0"),
    FIXED("_sensors-temperatures", "[]"),
    FIXED("_update-time", "0"),
    FIXED("_upgrade-time", "0"),
    FIXED("_wtp-port", "0"),
    CUSTOM("admin", write_admin),
    FIXED("apcfg-profile", "[]"),
    FIXED("bonjour-profile", "[]"),
    FIXED("firmware-provision-latest", "\"disable\""),
    FIXED("image-download", "\"enable\""),
    FIXED("index", "0"),
    FIXED("ip-fragment-preventing", "\"tcp-mss-adjust\""),
    {.name = "lan",
     .kind = COLUMN_FIXED,
     .role = ROLE_SUB_OBJECT,
     .json = "{\"port-mode\":\"offline\",\"port-ssid\":[],\"port1-mode\":\"offline\"}"},
    FIXED("led-state", "\"enable\""),
    {.name = "login-passwd",
     .kind = COLUMN_CUSTOM,
     .write = write_login_password,
     .role = ROLE_SECRET},
    FIXED("mesh-bridge-enable", "\"default\""),
    STRING("name", name),
    FIXED("override-allowaccess", "\"disable\""),
    FIXED("override-ip-fragment", "\"disable\""),
    FIXED("override-lan", "\"disable\""),
    FIXED("override-led-state", "\"disable\""),
    FIXED("override-login-passwd-change", "\"disable\""),
    FIXED("override-split-tunnel", "\"disable\""),
    RADIO("radio-1", "0"),
    RADIO("radio-2", "1"),
    RADIO("radio-3", "2"),
    RADIO("radio-4", "3"),
    FIXED("region", "[]"),
    FIXED("region-x", "\"0\""),
    FIXED("region-y", "\"0\""),
    SCOPE,
    FIXED("split-tunneling-acl", "null"),
    FIXED("split-tunneling-acl-local-ap-subnet", "\"disable\""),
    FIXED("split-tunneling-acl-path", "\"local\""),
    FIXED("tun-mtu-downlink", "0"),
    FIXED("tun-mtu-uplink", "0"),
    FIXED("uuid", "\"71b0b548-93bd-51ec-a584-aa9d086c7a2f\""),
    STRING("wtp-id", id),
    FIXED("wtp-mode", "\"normal\""),
    CUSTOM("wtp-profile", write_profile),
};

_Static_assert(sizeof(access_point_columns) / sizeof(access_point_columns[0]) <= MAXIMUM_COLUMNS,
               "more columns than bits");

static const char *const access_point_keys[] = {"wtp-id", NULL};

const struct table access_point_table = {.name = "wtp",
                                         .columns = access_point_columns,
                                         .column_count = sizeof(access_point_columns) /
                                                         sizeof(access_point_columns[0]),
                                         .members = members,
                                         .keys = access_point_keys};
