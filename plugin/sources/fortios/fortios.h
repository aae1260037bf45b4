/*
 * fortios.h - what FortiOS's own REST API says of switches and access points.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Sources: recorded replies of FortiOS 6.2 to 7.6 (fortigate_exporter, checkmk_fortigate) and the
 * published schema. Shared by every source that reaches FortiOS, straight or through a proxy.
 */
#ifndef FORTIOS_H
#define FORTIOS_H

#include <json-c/json.h>

#include "catalogue/device.h"

/* Fields that are selected by format=; the rest of a row (ports, radios) is 4 to 23 KB. */
#define FORTIOS_SWITCH_PATH     "/api/v2/monitor/switch-controller/managed-switch/status"
#define FORTIOS_SWITCH_PATH_OLD "/api/v2/monitor/switch-controller/managed-switch" /* to 7.0 */
#define FORTIOS_SWITCH_FORMAT                                                                      \
    "serial|switch-id|name|os_version|connecting_from|fgt_peer_intf_name|state|status"
#define FORTIOS_ACCESS_POINT_PATH "/api/v2/monitor/wifi/managed_ap"
#define FORTIOS_ACCESS_POINT_FORMAT                                                                \
    "serial|wtp_id|name|os_version|local_ipv4_addr|local_addr|connecting_from|board_mac|location|" \
    "state|status|join_time_raw|is_local"

/* Computed texts of a row, borrowed by the device. */
struct fortios_texts {
    char version[32];
};

/*
 * The serial of a row of `type`, or NULL without a usable one. Where `serial` is empty: of an
 * access point `wtp_id`; of a switch `sn`, and `switch-id` where it begins with a known prefix or
 * the one of its own firmware.
 */
const char *fortios_serial(struct json_object *row, enum device_type type);

/*
 * Reads one row of `type` (SWITCH or ACCESS_POINT) into `ret`, which holds facts only: the serial,
 * what is known, and whether it is connected. False when the row is no unit of its own: no valid
 * serial, or the radio inside of a FortiWiFi.
 */
bool fortios_row(struct json_object *row, enum device_type type, struct fortios_texts *texts,
                 struct device *ret);

/*
 * Calls `take` for each row of a reply, which is one envelope or, with vdom=*, an array of them.
 * False when an envelope is no success. `*ret_not_found` (may be NULL) tells an HTTP 404: the
 * feature, or the path, does not exist there.
 */
bool fortios_each(struct json_object *reply, void (*take)(void *context, struct json_object *row),
                  void *context, bool *ret_not_found);

/* "S124EP-v7.6.1-build1047,241217 (GA)": version "7.6.1" and build 1047. False when it is not. */
bool fortios_version(const char *os_version, char *version, size_t capacity, int64_t *ret_build);
#endif
