/*
 * columns.c - the attributes that an EMS reports.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "columns.h"

#include <string.h>

#include "json/json_read.h"

struct json_object *ems_hardware(struct json_object *row)
{
    struct json_object *hardware = json_member_object(row, "hardware_details");

    return hardware != NULL ? hardware : json_member_object(row, "hardwareDetails");
}

static void read_maker(const struct cell *cell)
{
    device_set_text(cell->device, ATTRIBUTE_manufacturer,
                    json_member_text(ems_hardware(cell->row), "vendor"));
}

static void read_model(const struct cell *cell)
{
    device_set_text(cell->device, ATTRIBUTE_model,
                    json_member_text(ems_hardware(cell->row), "model"));
}

static void read_status(const struct cell *cell)
{
    if (json_member(cell->row, "is_ems_online") != NULL) {
        cell->device->connected = json_member_true(cell->row, "is_ems_online");
        device_set_text(cell->device, ATTRIBUTE_connection_status,
                        cell->device->connected ? "up" : "down");
    }
}

/* The name of the user who was seen last: 7.2.1 has a list of them, 7.0 one name. */
static void read_user(const struct cell *cell)
{
    struct json_object *users = json_member_array(cell->row, "fct_users");
    const char *name = json_member_text(cell->row, "username"), *newest = "";

    for (size_t i = 0; i < json_count(users); i++) {
        struct json_object *user = json_element(users, i);
        const char *seen = json_member_text(user, "last_seen"); /* ISO: its order is that of text */
        const char *machine = json_member_text(user, "machine_user_name");
        const char *found = machine != NULL && *machine != '\0'
                                ? machine
                                : json_member_text(user, "auth_user_name");

        seen = seen != NULL ? seen : "";
        if (found != NULL && *found != '\0' && strcmp(seen, newest) >= 0) {
            name = found;
            newest = seen;
        }
    }
    device_set_text(cell->device, ATTRIBUTE_user, name);
}

static const struct column ROWS[] = {
    COLUMN_SET(serial_number, OF(ENDPOINT)),
    COLUMN(name, OF(ENDPOINT), column_text, "name", "device_name"),
    COLUMN(hostname, OF(ENDPOINT), column_text, "host"),
    COLUMN(manufacturer, OF(ENDPOINT), read_maker, "hardware_details"),
    COLUMN(model, OF(ENDPOINT), read_model, "hardware_details"),
    COLUMN(ip_address, OF(ENDPOINT), column_nonzero, "ip_addr"),
    COLUMN(mac_address, OF(ENDPOINT), column_nonzero, "mac_addr"),
    COLUMN(operating_system, OF(ENDPOINT), column_text, "os_version"),
    COLUMN(agent_version, OF(ENDPOINT), column_text, "fct_version"),
    COLUMN(group, OF(ENDPOINT), column_text, "group_name"),
    COLUMN(user, OF(ENDPOINT), read_user, "username", "fct_users"),
    COLUMN(connection_status, OF(ENDPOINT), read_status, "is_ems_online"),
    COLUMN(last_seen, OF(ENDPOINT), column_time, "last_seen"),
};
const struct columns ems_columns = COLUMNS(ROWS);

const struct origin ems_origins[] = {
    {&ems_columns, COST_ALWAYS},
    {NULL, COST_NO},
};
