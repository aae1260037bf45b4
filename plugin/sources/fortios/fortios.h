/*
 * fortios.h - decodes switches and access points in replies of the FortiOS REST API.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Shared by every source that reads FortiOS, directly or through a proxy. Sources: recorded replies
 * of FortiOS 6.2 to 7.6 (fortigate_exporter, checkmk_fortigate) and the published schema.
 */
#ifndef FORTIOS_H
#define FORTIOS_H

#include <json-c/json.h>

#include "sources/columns.h"

/*
 * Members to select with format=, beside those of the columns; the rest of a row (ports, radios) is
 * 4 to 23 KB.
 */
#define FORTIOS_SWITCH_FORMAT       "serial|switch-id|name|state|status"
#define FORTIOS_ACCESS_POINT_FORMAT "serial|wtp_id|name|state|status|is_local"

/* Tables of the configuration; a FortiManager's device database has the same. */
#define FORTIOS_SWITCH_TABLE       "/switch-controller/managed-switch"
#define FORTIOS_ACCESS_POINT_TABLE "/wireless-controller/wtp"

/* What differs between the kinds of managed units: switches and access points. */
struct fortios_kind {
    /* The unit list: */
    const char *path, *older_path; /* the latter to 7.0; NULL = they have the same */
    const char *format;
    const char *serials[4]; /* members with the serial, best first, up to NULL */
    /* The table of the configuration: */
    const char *table;
    const char *id, *admin; /* its members: identifier, "enable" if authorised */
    const char *serial;     /* the same; NULL = the identifier is the serial, never a free name */
    bool may_be_virtual;
    bool may_be_local_radio; /* a row may be the built-in radio of a FortiWiFi */
};

/* By device type; a type without a path is no managed unit. */
extern const struct fortios_kind fortios_kinds[DEVICE_TYPE_COUNT];

extern const struct columns fortios_columns;

/*
 * Returns the serial of a row of `type`, borrowed from it; NULL if it has no usable one. If
 * `serial` is empty: `wtp_id` of an access point; `sn` of a switch, else its `switch-id` if that
 * begins with a known prefix or with the prefix of its own firmware.
 */
const char *fortios_serial(struct json_object *row, enum device_type type);

/*
 * Reads one row of `type` (SWITCH or ACCESS_POINT) into `ret`, which borrows from the row and
 * `texts`. `ret` holds facts only: the serial, what is known, and whether it is connected. False if
 * the row is no unit of its own: no valid serial, or the built-in radio of a FortiWiFi.
 */
bool fortios_row(struct json_object *row, enum device_type type, struct column_texts *texts,
                 struct device *ret);

/*
 * Sets the connection status from a word like "Connected" or "up"; any other means down, such as
 * "Idle". Does nothing for "unknown" and NULL.
 */
void fortios_set_status(struct device *device, const char *status);

/* The HTTP status that an envelope of the REST API reports; 200 if it reports none. */
int64_t fortios_http_status(struct json_object *envelope);

/* Takes one row of a reply, borrowed for the call. */
typedef void fortios_take(void *context, struct json_object *row);

/*
 * Calls `take` for each row of a reply, which is one envelope or, with vdom=*, an array of them.
 * False if an envelope reports no success. `*ret_not_found`: an envelope reports HTTP 404, so the
 * feature, or the path, does not exist.
 */
bool fortios_each(struct json_object *reply, fortios_take *take, void *context,
                  bool *ret_not_found);
#endif
