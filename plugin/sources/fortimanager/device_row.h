/*
 * device_row.h - one row of FortiManager's device table: what it is, and its physical units.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Sources for the fields: FortiManager JSON-RPC, fmgr_dvmdb_device (Ansible collection) and
 * recorded replies. Enumerations arrive as text (verbose) or as numbers.
 */
#ifndef DEVICE_ROW_H
#define DEVICE_ROW_H

#include <stdbool.h>

#include <json-c/json.h>

#include "base/limits.h"
#include "catalogue/device.h"
#include "catalogue/models.h"
#include "sources/columns.h"

/* A decoded row. Its texts are borrowed from the JSON row or held in the arrays below. */
struct device_row {
    const struct settings *settings;
    struct json_object *json;
    const char *name;   /* the key in FortiManager; "" when absent */
    const char *serial; /* of the current primary; "" when absent */
    enum device_type type;
    enum message_id skip; /* why it is no asset; SKIP_NONE = it is an asset */
    bool connected, log_only;
    bool deployed; /* authorised and no model device: its counters are real */
    const char *connection, *management_mode, *ha_mode; /* NULL = unknown */
    bool model_guessed; /* no table knows it: only the serial's prefix */
    char serial_text[SERIAL_MAX + 1], unit_serial[SERIAL_MAX + 1]; /* without white space */
    struct column_texts texts;                                     /* of the last unit */
    char title[NAME_MAX_BYTES + SERIAL_MAX + 8];  /* of the last unit: "name (serial)", or unused */
    char model[MODEL_MAX], unit_model[MODEL_MAX]; /* of the row, of the last unit read */
    size_t unit_count;
    struct json_object *members; /* ha_slave, or NULL */
    bool members_missing; /* a cluster with no member list, or with a member that is no object */
};

/* Decodes and classifies a row. `json` and `settings` must live as long as `ret`. */
void fmg_device_row_read(struct json_object *json, const struct settings *settings,
                         struct device_row *ret);

/*
 * Fills `ret` with the `i`-th physical unit, without scope, ADOM and VDOMs. Texts are borrowed from
 * `row` until the next call. Returns the unit's serial; if it is "" or invalid, `ret` is no asset.
 */
const char *fmg_device_row_unit(struct device_row *row, size_t i, struct device *ret);

/* Whether the `i`-th unit is a JSON object: an entry of the member list may be anything. */
bool fmg_device_row_has_unit(const struct device_row *row, size_t i);

/* Whether the flags of a row, a list of names or one name, include `name`. */
bool fmg_row_has_flag(struct json_object *row, const char *name);

/* A number of a row, such as its id `oid`; 0 = not reported, or not above 0. */
int64_t fmg_row_number(struct json_object *row, const char *key);

/* True for the os_types of firewalls: their switches and access points are read. */
bool fmg_device_row_is_fgt(struct json_object *row);
#endif
