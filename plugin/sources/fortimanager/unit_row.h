/*
 * unit_row.h - decodes one row of an ADOM's switch or access point table into a device.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Sources: how-to-fortimanager-api 009 (recorded rows), fmgr_fsp_managedswitch and fmgr_wtp
 * (Ansible collection). Since FortiOS 7.4.0, which needs a FortiManager 7.4.0 or later, `switch-id`
 * may be any name; then `sn` holds the serial (FortiManager 7.4.3 and later)
 * [Troubleshooting Tip 392028].
 */
#ifndef UNIT_ROW_H
#define UNIT_ROW_H

#include <json-c/json.h>

#include "base/limits.h"
#include "catalogue/device.h"
#include "catalogue/models.h"
#include "settings/settings.h"

struct unit_row {
    /* given: */
    struct json_object *json;
    enum device_type type; /* SWITCH or ACCESS_POINT */
    bool ids_are_serials;  /* see fmg_ids_are_serials() */

    /* decoded: */
    enum message_id skip; /* why it is no asset; SKIP_NONE = it is an asset */
    const char *id;       /* for messages: the id, else the name, else "" */
    const char *fgt;      /* the FortiGate that manages it; NULL = not reported */
    char serial[SERIAL_MAX + 1];
    char model[MODEL_MAX];
};

/*
 * Decodes row->json. `ret_device` has no scope, no ADOM and no serials of its manager; its texts
 * are borrowed from `row`.
 */
void fmg_unit_row_read(struct unit_row *row, const struct settings *settings,
                       struct device *ret_device);

/* Where the row's unit is: the `name` of its FortiGate, the `vdom`; "" = not reported. */
const char *fmg_unit_row_place(struct json_object *row, const char *key);
#endif
