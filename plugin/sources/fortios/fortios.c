/*
 * fortios.c - decodes switches and access points in replies of the FortiOS REST API.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fortios.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "catalogue/models.h"
#include "json/json_read.h"

/*
 * Reads "S124EP-v7.6.1-build1047,241217 (GA)" as version "7.6.1" and build 1047; without a build,
 * 0. False if the text has no version.
 */
static bool read_version(const char *os_version, struct column_texts *texts, int64_t *ret_build)
{
    const char *start = strstr(os_version, "-v"), *build;
    size_t size = start != NULL ? strspn(start + 2, "0123456789.") : 0;

    if (size == 0 || size >= sizeof(texts->version)) {
        return false;
    }
    start += 2;
    utf8_copy(texts->version, sizeof(texts->version), start, size);
    *ret_build = 0;
    build = strstr(start + size, "-build");
    if (build != NULL) {
        build += strlen("-build");
        for (int digits = 0; digits < 6 && *build >= '0' && *build <= '9'; digits++, build++) {
            *ret_build = *ret_build * 10 + (*build - '0');
        }
    }
    return true;
}

static void read_firmware(const struct cell *cell)
{
    const char *os_version = json_member_text(cell->row, "os_version");
    int64_t build;

    if (os_version == NULL || !read_version(os_version, cell->texts, &build)) {
        return;
    }
    if (cell->column->attribute == ATTRIBUTE_firmware_version) {
        device_set_text(cell->device, cell->column->attribute, cell->texts->version);
    } else if (build > 0) {
        device_set_integer(cell->device, cell->column->attribute, build);
    }
}

#define UNITS (OF(SWITCH) | OF(ACCESS_POINT))

static const struct column ROWS[] = {
    COLUMN(firmware_version, UNITS, read_firmware, "os_version"),
    COLUMN(firmware_build, UNITS, read_firmware, NULL), /* from the same member */
    COLUMN(ip_address, OF(SWITCH), column_nonzero, "connecting_from"),
    /* local_ipv4_addr is local_addr since 7.6 */
    COLUMN(ip_address, OF(ACCESS_POINT), column_nonzero, "local_ipv4_addr", "local_addr",
           "connecting_from"),
    COLUMN(mac_address, OF(ACCESS_POINT), column_nonzero, "board_mac"),
    COLUMN(fortilink_interface, OF(SWITCH), column_text, "fgt_peer_intf_name"),
    COLUMN(location, OF(ACCESS_POINT), column_text, "location"),
    COLUMN(connected_since, OF(ACCESS_POINT), column_time, "join_time_raw"),
};

const struct columns fortios_columns = COLUMNS(ROWS);

const struct fortios_kind fortios_kinds[DEVICE_TYPE_COUNT] = {
    [SWITCH] = {"/api/v2/monitor/switch-controller/managed-switch/status",
                .older_path = "/api/v2/monitor/switch-controller/managed-switch",
                .format = FORTIOS_SWITCH_FORMAT, .serials = {"serial", "sn", "switch-id"},
                .table = FORTIOS_SWITCH_TABLE, .id = "switch-id", .admin = "fsw-wan1-admin",
                .serial = "sn", .may_be_virtual = true},
    [ACCESS_POINT] = {"/api/v2/monitor/wifi/managed_ap", .format = FORTIOS_ACCESS_POINT_FORMAT,
                      .serials = {"serial", "wtp_id"}, .table = FORTIOS_ACCESS_POINT_TABLE,
                      .id = "wtp-id", .admin = "admin", .may_be_local_radio = true},
};

void fortios_set_status(struct device *device, const char *status)
{
    if (status != NULL && *status != '\0' && strcasecmp(status, "unknown") != 0) {
        device->connected = strcasecmp(status, "connected") == 0 || strcmp(status, "up") == 0;
        device_set_text(device, ATTRIBUTE_connection_status, device->connected ? "up" : "down");
    }
}

/* A switch-id may be a free name: true if the model table or the firmware knows its prefix. */
static bool names_switch(const char *id, const char *os_version)
{
    const struct model_row *model = model_by_prefix(id);

    return (model != NULL && model->type == SWITCH) ||
           (os_version != NULL && strncmp(os_version, id, MODEL_PREFIX_SIZE) == 0 &&
            strncmp(os_version + MODEL_PREFIX_SIZE, "-v", 2) == 0);
}

const char *fortios_serial(struct json_object *row, enum device_type type)
{
    const char *const *keys = fortios_kinds[type].serials;

    for (; *keys != NULL; keys++) {
        const char *serial = json_member_text(row, *keys);

        if (serial != NULL && *serial != '\0') {
            return device_serial_valid(serial) &&
                           (strcmp(*keys, "switch-id") != 0 ||
                            names_switch(serial, json_member_text(row, "os_version")))
                       ? serial
                       : NULL;
        }
    }
    return NULL;
}

bool fortios_row(struct json_object *row, enum device_type type, struct column_texts *texts,
                 struct device *ret)
{
    const char *serial = fortios_serial(row, type);

    if (serial == NULL || json_member_true(row, "is_local")) {
        return false;
    }
    *ret = (struct device){.type = type};
    device_set_text(ret, ATTRIBUTE_serial_number, serial);
    fortios_set_status(ret, json_member_text(row, "status"));
    columns_read(&fortios_columns, type, row, texts, ret);
    return true;
}

int64_t fortios_http_status(struct json_object *envelope)
{
    int64_t http_status = 200;

    (void)json_member_integer(envelope, "http_status", &http_status);
    return http_status;
}

static bool each_result(struct json_object *envelope, fortios_take *take, void *context,
                        bool *not_found)
{
    const char *status = json_member_text(envelope, "status");
    struct json_object *results = json_member_array(envelope, "results");
    int64_t http_status = fortios_http_status(envelope);

    *not_found = *not_found || http_status == 404;
    if (http_status != 200 || (status != NULL && strcmp(status, "success") != 0)) {
        return false;
    }
    for (size_t i = 0; i < json_count(results); i++) {
        take(context, json_element(results, i));
    }
    return status != NULL || results != NULL;
}

bool fortios_each(struct json_object *reply, fortios_take *take, void *context, bool *ret_not_found)
{
    bool success = json_row_count(reply) > 0;

    *ret_not_found = false;
    for (size_t i = 0; i < json_row_count(reply); i++) {
        success = each_result(json_row(reply, i), take, context, ret_not_found) && success;
    }
    return success;
}
