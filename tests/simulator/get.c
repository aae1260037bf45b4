/*
 * get.c - the URLs that can be read.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "get.h"

#include "adoms.h"
#include "controller_status.h"
#include "device_database.h"
#include "devices.h"
#include "motion.h"
#include "system.h"
#include "units.h"
#include "url.h"

#include <stdlib.h>
#include <string.h>

struct request {
    struct simulator *simulator;
    struct json_object *param;
    const char *names[MAXIMUM_STARS]; /* the names in the URL */
    bool verbose;
    enum fault fault;
};

/* The URLs of section 6 take no other members. */
static int check_plain(const struct request *request, const char *what)
{
    if (json_object_object_length(request->param) != 1) {
        report_violation(&request->simulator->report, "%s: takes no member but url", what);
        return STATUS_INVALID_PARAMETER;
    }
    return STATUS_OK;
}

static int get_status(const struct request *request, struct text *text)
{
    int code = check_plain(request, "status");

    /* Only this URL is refused to a profile without System Settings (section 1.4). */
    if (simulator_denies(request->simulator, "system", NULL))
        return STATUS_NO_PERMISSION;
    text_key(text, "data");
    system_write_status(request->simulator, text);
    return code;
}

static int get_ha_status(const struct request *request, struct text *text)
{
    int code = check_plain(request, "ha status");

    if (simulator_denies(request->simulator, "system", NULL))
        return STATUS_NO_PERMISSION;
    text_key(text, "data");
    system_write_ha_status(request->simulator, text);
    return code;
}

static int get_session(const struct request *request, struct text *text)
{
    int code = check_plain(request, "session");

    text_key(text, "data");
    system_write_session(request->simulator, text);
    return code;
}

static int get_adoms(const struct request *request, struct text *text)
{
    if (simulator_denies(request->simulator, "adoms", NULL))
        return STATUS_NO_PERMISSION;
    return adoms_answer(request->simulator, request->param, request->verbose, request->fault, text);
}

static int get_device_rows(const struct request *request, const struct rows *by_name,
                           const struct rows *by_oid, struct text *text)
{
    struct query query;
    struct rows rows;
    bool owned;
    int code = query_read(&query, &device_table, request->simulator, request->param,
                          request->verbose, request->fault);

    if (code == STATUS_OK)
        code = devices_read_sub_fetch(&query, request->param);
    if (code != STATUS_OK)
        return code;
    owned = motion_choose(request->simulator, devices_choose(&query, by_name, by_oid), &rows);
    query_write(&query, &rows, text);
    if (owned)
        free(rows.items);
    return STATUS_OK;
}

static int get_devices(const struct request *request, struct text *text)
{
    const struct simulator *simulator = request->simulator;

    if (simulator_denies(simulator, "devices", NULL))
        return STATUS_NO_PERMISSION;
    return get_device_rows(request, &simulator->visible_by_name, &simulator->visible_by_oid, text);
}

/* One object, not a list; -3 when it does not exist (status codes). */
static int get_device(const struct request *request, struct text *text)
{
    const struct simulator *simulator = request->simulator;
    const struct device *device = topology_find_device(&simulator->topology, request->names[0]);
    struct query query;
    int code = query_read(&query, &device_table, request->simulator, request->param,
                          request->verbose, request->fault);

    if (simulator_denies(simulator, "devices", NULL))
        return STATUS_NO_PERMISSION;
    if (code == STATUS_OK && (device == NULL || device->away))
        return STATUS_NO_OBJECT;
    if (code == STATUS_OK) {
        text_key(text, "data");
        query_write_row(&query, device, text);
    }
    return code;
}

/* Only the table of members (section 3.1). */
static int get_members(const struct request *request, struct text *text)
{
    const struct simulator *simulator = request->simulator;
    const struct device *device = topology_find_device(&simulator->topology, request->names[0]);
    struct query query;
    int code = check_plain(request, "ha_slave");

    if (simulator_denies(simulator, "devices", NULL))
        return STATUS_NO_PERMISSION;
    if (code == STATUS_OK && (device == NULL || device->away))
        return STATUS_NO_OBJECT;
    if (code == STATUS_OK)
        code = query_read(&query, &device_table, request->simulator, request->param,
                          request->verbose, request->fault);
    if (code == STATUS_OK) {
        text_key(text, "data");
        devices_write_members(text, device, &query);
    }
    return code;
}

/* -3 for an ADOM that does not exist (status codes). */
static int find_adom(const struct request *request, const char *what, const struct adom **ret_adom)
{
    *ret_adom = topology_find_adom(&request->simulator->topology, request->names[0]);
    if (*ret_adom == NULL)
        return STATUS_NO_OBJECT;
    /* Everything inside an ADOM of others is refused (section 1.4). */
    if (simulator_denies(request->simulator, what, request->names[0]) ||
        simulator_denies_adom(request->simulator, request->names[0]))
        return STATUS_NO_PERMISSION;
    return STATUS_OK;
}

static int get_adom_devices(const struct request *request, struct text *text)
{
    const struct adom *adom;
    int code = find_adom(request, "devices", &adom);

    if (code != STATUS_OK)
        return code;
    return get_device_rows(request, &adom->devices_by_name, &adom->devices_by_oid, text);
}

static int get_unit_list(const struct request *request, const struct table *table,
                         const struct rows *all, struct text *text)
{
    struct query query;
    struct rows rows;
    bool owned = false;
    int code = query_read(&query, table, request->simulator, request->param, request->verbose,
                          request->fault);

    if (code == STATUS_OK)
        code = units_choose(&query, request->param, all, &rows, &owned);
    if (code == STATUS_OK)
        query_write(&query, &rows, text);
    if (owned)
        free(rows.items);
    return code;
}

static int get_switches(const struct request *request, struct text *text)
{
    const struct adom *adom;
    int code = find_adom(request, "switches", &adom);

    return code == STATUS_OK ? get_unit_list(request, &switch_table, &adom->switches, text) : code;
}

static int get_access_points(const struct request *request, struct text *text)
{
    const struct adom *adom;
    int code = find_adom(request, "access_points", &adom);

    return code == STATUS_OK
               ? get_unit_list(request, &access_point_table, &adom->access_points, text)
               : code;
}

static int get_device_unit_list(const struct request *request, bool access_points,
                                struct text *text)
{
    struct query query;
    struct rows rows = {NULL, 0, 0};
    int code = query_read(&query, access_points ? &device_access_point_table : &device_switch_table,
                          request->simulator, request->param, request->verbose, request->fault);

    if (simulator_denies(request->simulator, access_points ? "access_points" : "switches", NULL))
        return STATUS_NO_PERMISSION;
    if (code == STATUS_OK)
        code = device_database_rows(request->simulator, request->names[0], request->names[1],
                                    access_points, &rows);
    if (code == STATUS_OK)
        query_write(&query, &rows, text);
    free(rows.items);
    return code;
}

static int get_device_switches(const struct request *request, struct text *text)
{
    return get_device_unit_list(request, false, text);
}

static int get_device_access_points(const struct request *request, struct text *text)
{
    return get_device_unit_list(request, true, text);
}

/* The reply has no status (section 4.3). No reply on switches was ever recorded, so it is empty. */
static int get_controller_status(const struct request *request, const struct rows *all,
                                 struct text *text)
{
    struct query query;
    struct rows rows;
    bool owned = false;
    int code = query_read(&query, &controller_status_table, request->simulator, request->param,
                          request->verbose, request->fault);

    if (code == STATUS_OK)
        code = units_choose(&query, request->param, all, &rows, &owned);
    if (code != STATUS_OK)
        return code;
    controller_status_write(&rows, text);
    if (owned)
        free(rows.items);
    return STATUS_NONE;
}

static int get_access_point_status(const struct request *request, struct text *text)
{
    const struct adom *adom;
    int code = find_adom(request, "access_points", &adom);

    return code == STATUS_OK ? get_controller_status(request, &adom->access_points, text) : code;
}

static int get_switch_status(const struct request *request, struct text *text)
{
    static const struct rows none = {NULL, 0, 0};
    const struct adom *adom;
    int code = find_adom(request, "switches", &adom);

    return code == STATUS_OK ? get_controller_status(request, &none, text) : code;
}

struct route {
    const char *pattern;
    int (*answer)(const struct request *request, struct text *text);
};

static const struct route routes[] = {
    {"sys/status", get_status},                                          /* section 6 */
    {"cli/global/system/status", get_status},                            /* section 6 */
    {"sys/ha/status", get_ha_status},                                    /* section 6 */
    {"sys/session", get_session},                                        /* section 1.1 */
    {"dvmdb/adom", get_adoms},                                           /* section 3.4 */
    {"dvmdb/device", get_devices},                                       /* section 3.1 */
    {"dvmdb/device/*", get_device},                                      /* section 3.1 */
    {"dvmdb/device/*/ha_slave", get_members},                            /* section 3.1 */
    {"dvmdb/adom/*/device", get_adom_devices},                           /* section 3.1 */
    {"pm/config/adom/*/obj/fsp/managed-switch", get_switches},           /* section 4.2 */
    {"pm/config/adom/*/obj/wireless-controller/wtp", get_access_points}, /* section 4.2 */
    {"pm/config/device/*/vdom/*/switch-controller/managed-switch", get_device_switches}, /* 4 (D) */
    {"pm/config/device/*/vdom/*/wireless-controller/wtp", get_device_access_points},     /* 4 (D) */
    {"pm/config/adom/*/_controller/status/fap", get_access_point_status}, /* section 4.3 */
    {"pm/config/adom/*/_controller/status/fsw", get_switch_status},       /* section 4.3 */
};

/* A get of these is -5 [row_err_no_such_command]. */
static const char *const exec_only[] = {"sys/login/user", "sys/logout", "sys/proxy/json"};

int get_answer(struct simulator *simulator, struct json_object *param, const char *url,
               bool verbose, enum fault fault, struct text *text)
{
    struct request request = {simulator, param, {NULL, NULL}, verbose, fault};
    struct url parsed;

    if (!url_read(&parsed, url)) {
        report_violation(&simulator->report, "unreadable url %s", url);
        return STATUS_INVALID_URL;
    }
    for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++)
        if (url_matches(&parsed, routes[i].pattern, request.names))
            return routes[i].answer(&request, text);
    for (size_t i = 0; i < sizeof(exec_only) / sizeof(exec_only[0]); i++) {
        if (url_matches(&parsed, exec_only[i], request.names)) {
            report_violation(&simulator->report, "get on %s", url);
            return STATUS_NO_COMMAND;
        }
    }
    report_violation(&simulator->report, "unknown url %s", url);
    return STATUS_INVALID_URL;
}
