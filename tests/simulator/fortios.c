/*
 * fortios.c - the answers of a FortiGate on its switches and access points.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fortios.h"

#include "device_facts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define API "/api/v2/monitor/"

struct fortios_path {
    const char *path;
    const char *envelope_path;
    const char *name;
    const char *action;
    const struct table *table;
    bool access_points;
    int since; /* the first FortiOS with it, as major * 10000 + minor * 100 + patch */
    int before;
};

/* Section 3.3: which releases have which path; 3.4: all have managed_ap. */
static const struct fortios_path paths[] = {
    {API "switch-controller/managed-switch/status", "switch-controller", "managed-switch", "status",
     &fortios_switch_table, false, 70000, 999999},
    {API "switch-controller/managed-switch", "switch-controller", "managed-switch", "",
     &fortios_switch_table, false, 0, 70207},
    {API "wifi/managed_ap", "wifi", "managed_ap", "", &fortios_access_point_table, true, 0, 999999},
};

/* Reading ----------------------------------------------------------------------------------- */

static bool read_format(struct fortios_query *query, const char *fields, size_t size)
{
    query->format = json_object_new_array();
    while (size > 0) {
        size_t length = strcspn(fields, "|&");

        length = length < size ? length : size;
        (void)json_object_array_add(query->format, json_object_new_string_len(fields, (int)length));
        length += length < size ? 1 : 0;
        fields += length;
        size -= length;
    }
    return query_read_fields(&query->query, query->format) == STATUS_OK;
}

static bool read_count(const char *text, size_t size, size_t *ret_number)
{
    char *end = NULL;
    unsigned long number;

    errno = 0;
    number = strtoul(text, &end, 10);
    if (errno != 0 || end != text + size || size == 0 || text[0] == '-')
        return false;
    *ret_number = number;
    return true;
}

static bool is_key(const char *parameter, size_t size, const char *key)
{
    return strlen(key) == size && memcmp(parameter, key, size) == 0;
}

/* Section 2: vdom; start and count; format=a|b|c ("fields" is not honoured on monitor). */
static bool read_parameter(struct fortios_query *query, const char *parameter, size_t size)
{
    size_t key = strcspn(parameter, "=&");
    const char *value = parameter + key + 1;
    size_t value_size = key < size ? size - key - 1 : 0;

    if (value_size == 0)
        return false;
    if (is_key(parameter, key, "vdom") && value_size < sizeof(query->vdom)) {
        memcpy(query->vdom, value, value_size);
        query->vdom[value_size] = '\0';
        return true;
    }
    if (is_key(parameter, key, "format") && query->format == NULL)
        return read_format(query, value, value_size);
    if (is_key(parameter, key, "start"))
        return read_count(value, value_size, &query->query.first);
    if (is_key(parameter, key, "count"))
        return read_count(value, value_size, &query->query.limit);
    return false;
}

static const struct fortios_path *find_path(const char *resource)
{
    size_t size = strcspn(resource, "?");

    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
        if (is_key(resource, size, paths[i].path))
            return &paths[i];
    return NULL;
}

bool fortios_read(struct fortios_query *query, struct simulator *simulator, const char *resource)
{
    const char *parameter = resource + strcspn(resource, "?");

    *query = (struct fortios_query){.path = find_path(resource)};
    if (query->path == NULL) {
        report_violation(&simulator->report, "unknown resource %s", resource);
        return false;
    }
    query->query = (struct query){.simulator = simulator,
                                  .table = query->path->table,
                                  .verbose = true,
                                  .loadsub = true,
                                  .sort_key = -1,
                                  .limit = SIZE_MAX};
    while (*parameter != '\0') {
        size_t size = strcspn(++parameter, "&");

        if (!read_parameter(query, parameter, size)) {
            report_violation(&simulator->report, "bad query in the resource %s", resource);
            return false;
        }
        parameter += size;
    }
    return true;
}

void fortios_release(struct fortios_query *query)
{
    (void)json_object_put(query->format);
    query->format = NULL;
}

const char *fortios_path(const struct fortios_query *query)
{
    return query->path->path;
}

/* Answering --------------------------------------------------------------------------------- */

static void put(struct text *text, const char *key, const char *value)
{
    text_key(text, key);
    text_string(text, value);
}

/* 6.2 had no action yet, nor had 6.4.5 in the recording; 7.4.8 and 7.6.3 leave out an empty one
 * [csf_7.4.8_ha-pair_fabric-off, endpoint_discovery_7.6]. */
static bool names_action(const struct fortios_envelope *envelope)
{
    int firmware = device_firmware(envelope->fgt);

    return envelope->anonymous ||
           (firmware >= 70000 && (firmware < 70400 || envelope->action[0] != '\0'));
}

void fortios_open_envelope(struct text *text)
{
    text_open(text, '{');
    put(text, "http_method", "GET");
}

void fortios_close_envelope(const struct fortios_envelope *envelope, struct text *text)
{
    const struct device *fgt = envelope->fgt;

    put(text, "vdom", envelope->vdom);
    put(text, "path", envelope->path);
    put(text, "name", envelope->name);
    if (names_action(envelope))
        put(text, "action", envelope->action);
    put(text, "status", envelope->http_status >= 400 ? "error" : "success");
    if (envelope->http_status != 0) {
        text_key(text, "http_status");
        text_integer(text, envelope->http_status);
    }
    if (!envelope->anonymous) {
        put(text, "serial", fgt->serial);
        text_key(text, "version");
        text_format(text, "\"v%d.%d.%d\"", fgt->os_ver, fgt->mr, fgt->patch);
        text_key(text, "build");
        text_integer(text, fgt->build);
    }
    text_close(text, '}');
}

static struct fortios_envelope make_envelope(const struct fortios_query *query,
                                             const struct device *fgt, const char *vdom,
                                             int http_status)
{
    return (struct fortios_envelope){
        .fgt = fgt,
        .vdom = vdom,
        .path = query->path->envelope_path,
        .name = query->path->name,
        .action = query->path->action,
        .http_status = http_status,
    };
}

static void write_error(const struct fortios_query *query, const struct device *fgt,
                        const char *vdom, int http_status, struct text *text)
{
    const struct fortios_envelope envelope = make_envelope(query, fgt, vdom, http_status);

    fortios_open_envelope(text);
    fortios_close_envelope(&envelope, text);
}

/* A unit that is only prepared on FortiManager is not on the FortiGate. */
static bool is_on_fgt(const struct unit *unit)
{
    return unit->reason != REASON_PRE_PROVISIONED && unit->serial[0] != '\0';
}

void fortios_write_rows(const struct fortios_query *query, const struct device *fgt, uint32_t vdom,
                        struct text *text)
{
    const struct query *table = &query->query;
    const struct topology *topology = &table->simulator->topology;
    size_t place = 0;

    text_open(text, '[');
    for (size_t i = fgt->first_unit; i < fgt->first_unit + fgt->unit_count; i++) {
        const struct unit *unit = &topology->units[i];

        if (unit->vdom != vdom || unit->access_point != query->path->access_points ||
            !is_on_fgt(unit))
            continue;
        if (place >= table->first && place - table->first < table->limit)
            query_write_row(table, unit, text);
        place++;
    }
    text_close(text, ']');
}

static void write_vdom(const struct fortios_query *query, const struct device *fgt, uint32_t vdom,
                       struct text *text)
{
    const struct fortios_envelope envelope = make_envelope(query, fgt, fgt->vdoms[vdom].name, 0);

    fortios_open_envelope(text);
    text_key(text, "results");
    fortios_write_rows(query, fgt, vdom, text);
    fortios_close_envelope(&envelope, text);
}

bool fortios_exists(const struct fortios_query *query, const struct device *fgt)
{
    int firmware = device_firmware(fgt);

    return firmware >= query->path->since && firmware < query->path->before;
}

void fortios_answer(const struct fortios_query *query, const struct device *fgt, struct text *text)
{
    const char *vdom = query->vdom[0] != '\0' ? query->vdom : fgt->vdoms[0].name;

    /* Section 1: a path that the release lacks. */
    if (!fortios_exists(query, fgt)) {
        write_error(query, fgt, fgt->vdoms[0].name, 404, text);
        return;
    }
    if (strcmp(vdom, "*") == 0) {
        text_open(text, '[');
        for (uint32_t v = 0; v < fgt->vdom_count; v++)
            write_vdom(query, fgt, v, text);
        text_close(text, ']');
        return;
    }
    for (uint32_t v = 0; v < fgt->vdom_count; v++) {
        if (strcmp(fgt->vdoms[v].name, vdom) == 0) {
            write_vdom(query, fgt, v, text);
            return;
        }
    }
    /* Section 1: a VDOM that the account may not see. */
    write_error(query, fgt, vdom, 403, text);
}
