/*
 * device_sub_tables.c - the tables inside a device row: cluster members, VDOMs, meta fields.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "devices.h"

#include <string.h>

static void write_member(struct text *text, const struct member *member,
                         const struct device *device, const struct query *query)
{
    static const struct value_name roles[] = {{0, "slave"}, {1, "master"}, {0, NULL}};

    text_open(text, '{');
    /* Section 5: "newer". */
    if (query->simulator->settings.version >= VERSION_7_4_7) {
        text_key(text, "conf_status");
        text_literal(text, query->verbose ? "\"insync\"" : "1");
    }
    text_key(text, "did");
    text_string(text, device->name);
    text_key(text, "flags");
    text_literal(text, query->verbose ? "null" : "0");
    text_key(text, "idx");
    text_integer(text, member->index);
    text_key(text, "name");
    text_string(text, member->name);
    text_key(text, "oid");
    text_integer(text, member->oid);
    text_key(text, "prio");
    text_integer(text, member->priority);
    text_key(text, "role");
    write_named(text, member->master ? 1 : 0, roles, query->verbose);
    text_key(text, "sn");
    text_string(text, member->serial);
    text_key(text, "status");
    text_integer(text, member->status);
    text_close(text, '}');
}

/* [ha_slave_list_a]: all members, including the primary. */
void devices_write_members(struct text *text, const struct device *device,
                           const struct query *query)
{
    if (device->member_count == 0) {
        text_literal(text, "null");
        return;
    }
    text_open(text, '[');
    for (uint32_t i = 0; i < device->member_count; i++)
        write_member(text, &device->members[i], device, query);
    text_close(text, ']');
}

void devices_write_ha_slave(struct text *text, const void *row, const struct query *query)
{
    if (query->ha_slave.hidden)
        return;
    text_key(text, "ha_slave");
    if (query->simulator->settings.members_apart)
        text_literal(text, "null");
    else
        devices_write_members(text, row, query);
}

void devices_write_onboard_rule(struct text *text, const void *row, const struct query *query)
{
    (void)row;
    if (query->onboard_rule.hidden)
        return;
    text_key(text, "onboard_rule");
    text_literal(text, "null");
}

/* [repaired/subfetch_ha_slave] */
static void write_vdom_details(struct text *text, const struct query *query)
{
    text_key(text, "comments");
    text_string(text, "");
    text_key(text, "ext_flags");
    text_integer(text, 1);
    text_key(text, "flags");
    text_literal(text, query->verbose ? "null" : "0");
    text_key(text, "node_flags");
    text_integer(text, 4);
    text_key(text, "opmode");
    text_literal(text, query->verbose ? "\"nat\"" : "1");
    text_key(text, "rtm_prof_id");
    text_integer(text, 0);
    text_key(text, "status");
    text_literal(text, "null");
    text_key(text, "tab_status");
    text_literal(text, "null");
    /* Section 3.2: 7.2 and later. */
    if (query->simulator->settings.version >= 70200) {
        text_key(text, "vdom_type");
        text_literal(text, query->verbose ? "\"traffic\"" : "1");
    }
    text_key(text, "vpn_id");
    text_integer(text, 0);
}

/* With "extra info" each VDOM has its ADOM; a VDOM in none has no such member, or "???" (section
 * 3.3). */
static void write_extra_info(struct text *text, const struct vdom *vdom,
                             const struct device *device)
{
    if (vdom->adom == NULL && device->oid % 2 == 0)
        return;
    text_key(text, "extra info");
    text_open(text, '{');
    text_key(text, "adom");
    text_string(text, vdom->adom != NULL ? vdom->adom->name : "???");
    text_close(text, '}');
}

void devices_write_vdoms(struct text *text, const void *row, const struct query *query)
{
    const struct device *device = row;

    if (query->vdom.hidden)
        return;
    text_key(text, "vdom");
    text_open(text, '[');
    for (uint32_t i = 0; i < device->vdom_count; i++) {
        text_open(text, '{');
        /* Even with only its name requested, a VDOM has these three [device_list_subfetch_vdom]. */
        text_key(text, "devid");
        if (query->verbose)
            text_string(text, device->name);
        else
            text_integer(text, device->oid);
        text_key(text, "name");
        text_string(text, device->vdoms[i].name);
        text_key(text, "oid");
        text_integer(text, i == 0 ? 3 : 100 + (int)i);
        if (!query->vdom.named)
            write_vdom_details(text, query);
        if (query->extra_info)
            write_extra_info(text, &device->vdoms[i], device);
        text_close(text, '}');
    }
    text_close(text, ']');
}

static void write_meta_value(struct text *text, const struct device *device, const char *name)
{
    /* The four defaults of section 3.2, and two columns made up for this site. */
    static const char *const names[] = {"Address",
                                        "Company/Organization",
                                        "Contact Email",
                                        "Contact Phone Number",
                                        "cost_center",
                                        "site_id",
                                        NULL};
    size_t i = 0;

    while (names[i] != NULL && strcmp(names[i], name) != 0)
        i++;
    if (names[i] == NULL)
        return;
    text_key(text, name);
    if (strcmp(name, "site_id") == 0)
        text_string(text, device->description);
    else if (strcmp(name, "Company/Organization") == 0 && device->oid % 3 == 0)
        text_string(text, "Simulated GmbH & Co");
    else
        text_string(text, "");
}

/* [device_list_meta_all, device_list_meta_selected] */
void devices_write_meta_fields(struct text *text, const void *row, const struct query *query)
{
    static const char *const all[] = {"Address",       "Company/Organization",
                                      "Contact Email", "Contact Phone Number",
                                      "cost_center",   "site_id"};
    struct json_object *chosen = query->meta_fields;

    text_key(text, "meta fields");
    text_open(text, '{');
    if (json_object_is_type(chosen, json_type_array)) {
        for (size_t i = 0; i < json_object_array_length(chosen); i++) {
            const char *name = json_object_get_string(json_object_array_get_idx(chosen, i));

            write_meta_value(text, row, name != NULL ? name : "");
        }
    } else {
        for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
            write_meta_value(text, row, all[i]);
    }
    text_close(text, '}');
}
