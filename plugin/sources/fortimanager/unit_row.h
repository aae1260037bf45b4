/*
 * unit_row.h - one row of an ADOM's switch or access point table, as a device.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Sources: how-to-fortimanager-api 009 (recorded rows), fmgr_fsp_managedswitch and fmgr_wtp
 * (Ansible collection). `switch-id` may be a free name since FortiOS 7.4.0, which no older
 * FortiManager manages; then `sn` holds the serial (FortiManager 7.4.3 and later)
 * [Troubleshooting Tip 392028].
 */
#ifndef UNIT_ROW_H
#define UNIT_ROW_H

#include <json-c/json.h>

#include "base/limits.h"
#include "catalogue/device.h"
#include "catalogue/models.h"
#include "settings/settings.h"

/* What kind of table a row comes from. */
struct unit_list_kind {
    enum device_type type; /* SWITCH or ACCESS_POINT */
    bool ids_are_serials;  /* a switch cannot be renamed under this FortiManager */
};

struct unit_row {
    enum text_id skip; /* why it is no asset; TEXT_COUNT = it is one */
    const char *id;    /* what names the row for people */
    const char *gate;  /* the gate that manages it; NULL = not told */
    bool model_guessed;
    char serial[SERIAL_MAX + 1];
    char model[MODEL_MAX];
};

/*
 * Decodes a row of a table. `device` lacks scope, ADOM and the
 * manager's serials; its texts are borrowed from the row and from `ret`.
 */
void unit_row_read(struct json_object *row, const struct unit_list_kind *kind,
                   const struct settings *settings, struct unit_row *ret,
                   struct device *ret_device);

/* The gate that manages the row's unit, or "": the order in which rows are taken. */
const char *unit_row_gate(struct json_object *row);
#endif
