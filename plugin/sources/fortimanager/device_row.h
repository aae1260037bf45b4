/*
 * device_row.h - one row of FortiManager's device table: what it is, and its physical units.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The facts and traps of each field: FortiManager JSON-RPC, fmgr_dvmdb_device (Ansible collection)
 * and recorded replies. Enumerations come as text (verbose) or number.
 */
#ifndef DEVICE_ROW_H
#define DEVICE_ROW_H

#include <stdbool.h>

#include <json-c/json.h>

#include "base/limits.h"
#include "catalogue/device.h"
#include "catalogue/models.h"
#include "settings/settings.h"

/* A decoded row. Texts are borrowed from the row, or stand in the arrays. */
struct device_row {
    struct json_object *json;
    const char *name;   /* FortiManager's label: the key; "" when absent */
    const char *serial; /* of the current primary; "" when absent */
    enum device_type type;
    enum text_id skip; /* why it is no asset; TEXT_COUNT = it is one */
    bool connected, log_only;
    bool deployed; /* authorised, and no model: what it counts is there */
    const char *connection, *management_mode, *ha_mode; /* NULL = not known */
    bool clustered;
    bool model_guessed; /* only the serial's prefix is known */
    char serial_text[SERIAL_MAX + 1], unit_serial[SERIAL_MAX + 1]; /* trimmed */
    char version[32], revision[32];
    char title[NAME_MAX_BYTES + SERIAL_MAX + 8];  /* of the unit read last, where made of two */
    char model[MODEL_MAX], unit_model[MODEL_MAX]; /* of the row, of the unit read last */
    size_t unit_count;
    struct json_object *members; /* ha_slave, or NULL */
    bool primary_apart;          /* members lack the row's own serial: one unit more */
    bool members_missing;        /* a cluster without a list of them, or with one that is none */
};

/* Decodes and classifies. `row` must live as long as `ret`. */
void device_row_read(struct json_object *json, const struct settings *settings,
                     struct device_row *ret);

/*
 * The `i`-th physical unit as a device, without scope, ADOM and VDOMs. Returns its serial, which
 * may be "" or no valid serial: then `ret` is no asset.
 */
const char *device_row_unit(struct device_row *row, size_t i, const struct settings *settings,
                            struct device *ret);

/* Whether the `i`-th unit is one: what stands among the members may be no object. */
bool device_row_has_unit(const struct device_row *row, size_t i);

/* True for the os_types of firewalls, whose switches and access points are read. */
bool device_row_is_gate(struct json_object *row);
#endif
