/*
 * samples_rows.c - recorded rows of devices, switches, access points and models, one at a time.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <inttypes.h>
#include <string.h>

#include "catalogue/models.h"
#include "inventory/asset.h"
#include "samples_fixture.h"
#include "sources/fortimanager/device_row.h"
#include "sources/fortimanager/unit_row.h"
#include "json/json_read.h"

/* ---- one unit */

static void write_value(const struct value *value, struct buffer *out)
{
    char time_text[32];

    if (value->kind == VALUE_TEXT) {
        buffer_append_text(out, value->text);
    } else if (value->kind == VALUE_BOOLEAN) {
        buffer_append_text(out, value->number != 0 ? "true" : "false");
    } else if (value->kind == VALUE_TIME) {
        asset_time(value->number, time_text);
        buffer_append_text(out, time_text);
    } else if (value->kind == VALUE_DATE) {
        asset_date((int32_t)value->number, time_text);
        buffer_append_text(out, time_text);
    } else {
        buffer_printf(out, "%" PRId64, value->number);
    }
}

void write_attributes(const struct device *device, struct buffer *out)
{
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        if (device->values[i].kind == VALUE_NONE || i == ATTRIBUTE_serial_number ||
            i == ATTRIBUTE_name || i == ATTRIBUTE_model) {
            continue;
        }
        buffer_printf(out, " %s=", attribute_info((enum attribute)i)->id);
        write_value(&device->values[i], out);
    }
    for (size_t i = 0; i < device->meta_count; i++) {
        buffer_printf(out, " meta.%s=%s", device->meta[i].name, device->meta[i].text);
    }
}

/* firewall SERIAL MODEL "TITLE" id=value ... ; skip model_device ; model guessed */
static void write_unit(const struct device *device, enum message_id skip, bool model_guessed,
                       struct buffer *out)
{
    write_separator(out);
    buffer_printf(out, "%s %s %s \"%s\"", device_type_id(device->type),
                  or_dash(device_serial(device)), or_dash(device_model(device)),
                  device->title != NULL ? device->title : "");
    write_attributes(device, out);
    if (skip != SKIP_NONE) {
        buffer_printf(out, " ; skip %s", message_slug(skip));
    } else if (!device_serial_valid(or_dash(device_serial(device)))) {
        buffer_append_text(out, " ; skip serial_unusable");
    } else if (model_guessed) {
        buffer_append_text(out, " ; model guessed");
    }
}

/* ---- rows of the device table */

static void write_device_row(struct samples_fixture *fixture, struct json_object *json,
                             struct buffer *out)
{
    struct device_row row;
    struct device unit;

    fmg_device_row_read(json, &fixture->settings, &row);
    for (size_t i = 0; i < row.unit_count; i++) {
        (void)fmg_device_row_unit(&row, i, &unit);
        write_unit(&unit, row.skip, row.model_guessed, out);
    }
}

/* Every physical unit of every row of a device table. */
void read_devices(struct samples_fixture *fixture, struct json_object *sample, struct buffer *out)
{
    for (size_t i = 0; i < sample_count(sample); i++) {
        write_device_row(fixture, sample_at(sample, i), out);
    }
}

/* Members of a row that were recorded alone, completed with the row of an ordinary FortiGate. */
static void write_completed(struct samples_fixture *fixture, struct json_object *members,
                            struct buffer *out)
{
    struct json_object *row = json_tokener_parse(
        "{\"name\":\"gate\",\"sn\":\"FGVMULTM20001440\",\"platform_str\":\"FortiGate-VM64\","
        "\"os_type\":\"fos\",\"conn_status\":\"up\",\"mgmt_mode\":\"fmg\",\"ha_mode\":"
        "\"standalone\"}");

    json_object_object_foreach(members, key, value) {
        json_object_object_add(row, key, json_object_get(value));
    }
    write_device_row(fixture, row, out);
    json_object_put(row);
}

void read_completed(struct samples_fixture *fixture, struct json_object *sample, struct buffer *out)
{
    for (size_t i = 0; i < sample_count(sample); i++) {
        write_completed(fixture, sample_at(sample, i), out);
    }
}

/* A recorded ha_slave table: the units of a cluster. */
void read_cluster(struct samples_fixture *fixture, struct json_object *sample, struct buffer *out)
{
    struct json_object *members = json_object_new_object();

    json_object_object_add(members, "name", json_object_new_string("fgt-cluster"));
    json_object_object_add(members, "ha_mode", json_object_new_string("AP"));
    json_object_object_add(members, "ha_slave",
                           json_object_get(json_member(sample_row(sample), "data")));
    write_completed(fixture, members, out);
    json_object_put(members);
}

/* ---- rows of the tables of switches and access points */

static void write_unit_list(struct samples_fixture *fixture, struct json_object *sample,
                            enum device_type type, struct buffer *out)
{
    for (size_t i = 0; i < sample_count(sample); i++) {
        struct unit_row row = {.json = sample_at(sample, i), .type = type};
        struct device device;

        fmg_unit_row_read(&row, &fixture->settings, &device);
        if (row.skip != SKIP_NONE) {
            write_separator(out);
            buffer_printf(out, "%s %s ; skip %s", device_type_id(type), or_dash(row.id),
                          message_slug(row.skip));
        } else {
            write_unit(&device, row.skip, device.model_guessed, out);
        }
    }
}

void read_switches(struct samples_fixture *fixture, struct json_object *sample, struct buffer *out)
{
    write_unit_list(fixture, sample, SWITCH, out);
}

void read_access_points(struct samples_fixture *fixture, struct json_object *sample,
                        struct buffer *out)
{
    write_unit_list(fixture, sample, ACCESS_POINT, out);
}

/* ---- catalogues of models */

/* The serial that the URL requests, or the prefix in a row of switches. */
static const char *serial_in(struct json_object *sample, struct json_object *row)
{
    const char *prefix = json_member_text(row, "prefix");
    const char *url = json_member_text(sample_row(sample), "url");

    if (prefix != NULL) {
        return prefix;
    }
    return url != NULL && strstr(url, "/abbrev/") != NULL ? strrchr(url, '/') + 1 : NULL;
}

/* FortiManager's name of a model in the plugin's spelling, then the plugin's own model of the
 * serial or its prefix: FGT60F000000001 FortiGate-60F = FortiGate-60F. */
void read_models(struct samples_fixture *fixture, struct json_object *sample, struct buffer *out)
{
    (void)fixture;
    for (size_t i = 0; i < sample_count(sample); i++) {
        struct json_object *row = sample_at(sample, i);
        const char *name = json_member_text(row, "platform_name");
        const char *serial = serial_in(sample, row);
        char spelled[MODEL_MAX], resolved[MODEL_MAX];

        name = name != NULL ? name : json_member_text(row, "name");
        if (name == NULL) {
            continue; /* where the recorder truncated the list */
        }
        write_separator(out);
        (void)model_resolve(name, NULL, "", spelled);
        if (serial != NULL) {
            (void)model_resolve(NULL, NULL, serial, resolved);
            buffer_printf(out, "%s %s = ", serial, resolved);
        }
        buffer_append_text(out, spelled);
    }
}
