/*
 * device_database.c - managed units in the device database of a FortiGate (section 4, way D).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "device_database.h"

#include "unit_facts.h"

#include <string.h>

#define AT(member) offsetof(struct unit, member)

/* fortigate.md, cmdb: discovered, disable or enable. */
static void write_admin(struct text *text, const struct unit *unit, const char *name,
                        const struct query *query)
{
    static const struct value_name states[] = {
        {0, "discovered"}, {1, "disable"}, {2, "enable"}, {0, NULL}};

    text_key(text, name);
    write_named(text, unit->reason == REASON_UNAUTHORIZED ? 0 : 2, states, query->verbose);
}

static void write_switch_admin(struct text *text, const void *row, const struct query *query)
{
    write_admin(text, row, "fsw-wan1-admin", query);
}

static void write_point_admin(struct text *text, const void *row, const struct query *query)
{
    write_admin(text, row, "admin", query);
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

static void write_location(struct text *text, const void *row, const struct query *query)
{
    struct unit_facts facts;

    (void)query;
    unit_facts_cached(row, &facts);
    text_key(text, "location");
    text_string(text, facts.location);
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

/* Columns: fortigate.md, cmdb managed-switch; managed_switch_device_db_add. */
static const struct column switch_columns[] = {
    FIXED("description", "\"\""),
    CUSTOM("fsw-wan1-admin", write_switch_admin),
    FIXED("fsw-wan1-peer", "\"fortilink\""),
    STRING("name", name),
    {.name = "sn", .kind = COLUMN_TEXT, .offset = AT(serial), .since = 70403},
    STRING("switch-id", id),
    FIXED("switch-profile", "[\"default\"]"),
};

/* Columns: fortigate.md, cmdb wireless-controller/wtp; wtp_device_db_add. */
static const struct column access_point_columns[] = {
    CUSTOM("admin", write_point_admin),
    FIXED("index", "0"),
    CUSTOM("location", write_location),
    STRING("name", name),
    FIXED("region", "[]"),
    FIXED("uuid", "\"71b0b548-93bd-51ec-a584-aa9d086c7a2f\""),
    STRING("wtp-id", id),
    CUSTOM("wtp-profile", write_profile),
};

static const char *const switch_keys[] = {"switch-id", NULL};
static const char *const access_point_keys[] = {"wtp-id", NULL};

/* Rows keep the order of the unit list: so short a list needs no sorting. */
const struct table device_switch_table = {.name = "managed-switch of a device",
                                          .columns = switch_columns,
                                          .column_count =
                                              sizeof(switch_columns) / sizeof(switch_columns[0]),
                                          .keys = switch_keys};

const struct table device_access_point_table = {.name = "wtp of a device",
                                                .columns = access_point_columns,
                                                .column_count = sizeof(access_point_columns) /
                                                                sizeof(access_point_columns[0]),
                                                .keys = access_point_keys};

int device_database_rows(const struct simulator *simulator, const char *device, const char *vdom,
                         bool access_points, struct rows *ret_rows)
{
    const struct topology *topology = &simulator->topology;
    const struct device *fgt = topology_find_device(topology, device);
    uint32_t v = 0;

    if (fgt == NULL)
        return STATUS_NO_OBJECT;
    while (v < fgt->vdom_count && strcmp(fgt->vdoms[v].name, vdom) != 0)
        v++;
    if (v == fgt->vdom_count)
        return STATUS_NO_OBJECT;
    for (size_t i = fgt->first_unit; i < fgt->first_unit + fgt->unit_count; i++) {
        const struct unit *unit = &topology->units[i];

        /* A unit that is only prepared on FortiManager reaches the FortiGate with the next
         * installation. */
        if (unit->vdom == v && unit->access_point == access_points &&
            unit->reason != REASON_PRE_PROVISIONED)
            rows_add(ret_rows, unit);
    }
    return STATUS_OK;
}
