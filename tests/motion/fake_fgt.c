/*
 * fake_fgt.c - the answers of the small FortiGate (FortiOS 7.4.8).
 * SPDX-License-Identifier: Apache-2.0
 *
 * The FortiGate at the address is one of the state's; the ADOMs of its VDOMs have no effect. Shapes
 * are those of the simulator.
 */
#include "fake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"

struct get {
    const struct fake *fake;
    const struct fake_fgt *fgt;
    char path[160], vdom[FAKE_NAME], format[400];
    size_t start, count;
    bool every_vdom, paged;
};

/* ---- the query */

static void unescape(char *out, size_t capacity, const char *text, size_t size)
{
    size_t used = 0;

    for (size_t i = 0; i < size && used + 1 < capacity; i++) {
        unsigned byte;

        if (text[i] == '%' && i + 2 < size && sscanf(text + i + 1, "%2x", &byte) == 1) {
            out[used++] = (char)byte;
            i += 2;
        } else {
            out[used++] = text[i];
        }
    }
    out[used] = '\0';
}

static void read_parameter(struct get *get, const char *name, const char *value)
{
    get->paged = get->paged || strcmp(name, "start") == 0 || strcmp(name, "count") == 0;
    if (strcmp(name, "vdom") == 0) {
        get->every_vdom = strcmp(value, "*") == 0;
        utf8_copy(get->vdom, sizeof(get->vdom), value, strlen(value));
    } else if (strcmp(name, "global") == 0) {
        get->every_vdom = true;
    } else if (strcmp(name, "format") == 0) {
        (void)snprintf(get->format, sizeof(get->format), "%s", value);
    } else if (strcmp(name, "start") == 0) {
        get->start = (size_t)strtoul(value, NULL, 10);
    } else if (strcmp(name, "count") == 0) {
        get->count = (size_t)strtoul(value, NULL, 10);
    }
}

static void read_url(struct get *get, const char *url)
{
    size_t size = strcspn(url, "?");

    utf8_copy(get->path, sizeof(get->path), url, size);
    url += size;
    while (*url != '\0') {
        char name[32], value[400];
        size_t equals;

        url++;
        size = strcspn(url, "&");
        equals = strcspn(url, "=&");
        unescape(name, sizeof(name), url, equals);
        unescape(value, sizeof(value), url + equals + (equals < size ? 1 : 0),
                 equals < size ? size - equals - 1 : 0);
        read_parameter(get, name, value);
        url += size;
    }
}

/* ---- results */

static bool is_in_format(const struct get *get, const char *name)
{
    size_t size = strlen(name);

    for (const char *at = strstr(get->format, name); at != NULL; at = strstr(at + 1, name)) {
        if ((at == get->format || at[-1] == '|') && (at[size] == '|' || at[size] == '\0')) {
            return true;
        }
    }
    return get->format[0] == '\0';
}

static void put(const struct get *get, struct json_object *row, const char *key, const char *value)
{
    if (is_in_format(get, key)) {
        fake_put(row, key, value);
    }
}

/* A unit's row in the monitoring lists. */
static struct json_object *listed_row(const struct get *get, const struct fake_unit *unit)
{
    struct json_object *row = json_object_new_object();
    bool is_switch = unit->type == FAKE_SWITCH;

    put(get, row, "serial", unit->serial);
    put(get, row, is_switch ? "switch-id" : "wtp_id",
        unit->serial[0] != '\0' ? unit->serial : unit->id);
    put(get, row, "name", unit->id);
    put(get, row, "os_version",
        is_switch ? "S124EP-v7.6.1-build1047,241217 (GA)" : "FP231F-v7.0-build0134");
    put(get, row, "connecting_from", "192.0.2.9");
    put(get, row, "state",
        unit->unauthorized ? "discovered"
        : is_switch        ? "Authorized"
                           : "authorized");
    put(get, row, "status", unit->down ? "disconnected" : is_switch ? "Connected" : "connected");
    put(get, row, "vdom", get->fgt->vdoms[unit->vdom].name);
    return row;
}

/* A unit's entry in the configuration. */
static struct json_object *configured_row(const struct get *get, const struct fake_unit *unit)
{
    struct json_object *row = json_object_new_object();

    if (unit->type == FAKE_SWITCH) {
        put(get, row, "switch-id", unit->serial[0] != '\0' ? unit->serial : unit->id);
        put(get, row, "sn", unit->serial);
        put(get, row, "fsw-wan1-admin", unit->unauthorized ? "discovered" : "enable");
        if (is_in_format(get, "pre-provisioned")) {
            fake_put_number(row, "pre-provisioned", 0);
        }
    } else {
        put(get, row, "wtp-id", unit->serial[0] != '\0' ? unit->serial : unit->id);
        put(get, row, "name", unit->id);
        put(get, row, "admin", unit->unauthorized ? "discovered" : "enable");
    }
    return row;
}

/* The requested page of a VDOM's units. */
static struct json_object *unit_list(const struct get *get, size_t vdom, enum fake_types type,
                                     bool configured, size_t *ret_all)
{
    struct json_object *rows = json_object_new_array();

    *ret_all = 0;
    for (size_t i = 0; i < get->fake->unit_count; i++) {
        const struct fake_unit *unit = &get->fake->units[i];

        if (!unit->there || unit->type != type || unit->vdom != vdom ||
            &get->fake->fgts[unit->fgt] != get->fgt || (unit->unlisted && !configured)) {
            continue;
        }
        if (*ret_all >= get->start && (get->count == 0 || *ret_all - get->start < get->count)) {
            json_object_array_add(rows,
                                  configured ? configured_row(get, unit) : listed_row(get, unit));
        }
        ++*ret_all;
    }
    return rows;
}

static void put_flag(struct json_object *object, const char *key, bool value)
{
    json_object_object_add(object, key, json_object_new_boolean(value));
}

static struct json_object *member_list(const struct get *get)
{
    struct json_object *rows = json_object_new_array();

    for (size_t i = 0; i < get->fgt->member_count; i++) {
        struct json_object *row = json_object_new_object();
        char name[FAKE_NAME + 24];

        (void)snprintf(name, sizeof(name), "%s-%zu", get->fgt->id, i + 1);
        fake_put(row, "serial_no", get->fgt->serials[i]);
        fake_put(row, "hostname", name);
        put_flag(row, "is_ha_primary", i == get->fgt->primary);
        put_flag(row, "is_manage_primary", i == get->fgt->primary);
        put_flag(row, "primary", i == get->fgt->primary);
        fake_put_number(row, "priority", 128);
        json_object_array_add(rows, row);
    }
    return rows;
}

static struct json_object *status_object(const struct get *get)
{
    struct json_object *object = json_object_new_object();

    fake_put(object, "model_name", "FortiGate");
    fake_put(object, "model_number", "60F");
    fake_put(object, "hostname", get->fgt->id);
    return object;
}

static struct json_object *state_object(const struct get *get)
{
    struct json_object *object = status_object(get), *admin = json_object_new_object(),
                       *profile = json_object_new_object(), *vdoms = json_object_new_array(),
                       *features = json_object_new_object();

    fake_put(profile, "name", "hector");
    fake_put(profile, "wifi", "read");
    fake_put(profile, "secfabgrp", "read");
    fake_put(profile, "sysgrp", "read");
    json_object_array_add(vdoms, json_object_new_string(""));
    for (size_t i = 0; i < get->fgt->vdom_count; i++) {
        if (get->fgt->vdoms[i].there) {
            json_object_array_add(vdoms, json_object_new_string(get->fgt->vdoms[i].name));
        }
    }
    fake_put(admin, "name", "api");
    json_object_object_add(admin, "profile", profile);
    put_flag(admin, "super_admin", false);
    json_object_object_add(admin, "vdoms", vdoms);
    put_flag(features, "switch-controller", !get->fgt->features_off);
    put_flag(features, "wireless-controller", !get->fgt->features_off);
    json_object_object_add(object, "admin", admin);
    json_object_object_add(object, "features", features);
    fake_put(object, "vdom_mode", "multi-vdom");
    fake_put(object, "management_vdom", get->fgt->vdoms[0].name);
    return object;
}

static struct json_object *fabric_object(const struct get *get)
{
    struct json_object *object = json_object_new_object(), *devices = json_object_new_object(),
                       *list = json_object_new_array(), *own = json_object_new_object();
    bool alone = get->fgt->member_count == 1;

    fake_put(own, "serial", get->fgt->serials[get->fgt->primary]);
    fake_put(own, "host_name", get->fgt->id);
    fake_put(own, "mgmt_ip_str", "192.0.2.7");
    fake_put(own, "ha_mode", alone ? "standalone" : "active-passive");
    fake_put(own, "ha_group_name", alone ? "" : "pair");
    json_object_object_add(own, "ha_list", alone ? json_object_new_array() : member_list(get));
    json_object_array_add(list, own);
    json_object_object_add(devices, "fortigate", list);
    json_object_object_add(object, "devices", devices);
    return object;
}

static struct json_object *setup_object(const struct get *get)
{
    struct json_object *object = json_object_new_object();

    fake_put(object, "mode", get->fgt->member_count > 1 ? "a-p" : "standalone");
    fake_put(object, "group-name", get->fgt->member_count > 1 ? "pair" : "");
    return object;
}

/* NULL: no such path. `*ret_all`: the number of all rows of a list. */
static struct json_object *results_of(const struct get *get, size_t vdom, size_t *ret_all)
{
    const char *path = get->path + strlen("/api/v2/");

    *ret_all = SIZE_MAX;
    if (strcmp(path, "monitor/system/status") == 0) {
        return status_object(get);
    }
    if (strcmp(path, "monitor/web-ui/state") == 0) {
        return state_object(get);
    }
    if (strcmp(path, "monitor/system/csf") == 0) {
        return fabric_object(get);
    }
    if (strcmp(path, "monitor/system/ha-peer") == 0 ||
        strcmp(path, "monitor/system/ha-checksums") == 0) {
        return member_list(get);
    }
    if (strcmp(path, "cmdb/system/ha") == 0) {
        return setup_object(get);
    }
    if (strcmp(path, "cmdb/system/global") == 0) {
        return json_object_new_object();
    }
    if (strcmp(path, "monitor/switch-controller/managed-switch/status") == 0) {
        return unit_list(get, vdom, FAKE_SWITCH, false, ret_all);
    }
    if (strcmp(path, "monitor/wifi/managed_ap") == 0) {
        return unit_list(get, vdom, FAKE_POINT, false, ret_all);
    }
    if (strcmp(path, "cmdb/switch-controller/managed-switch") == 0) {
        return unit_list(get, vdom, FAKE_SWITCH, true, ret_all);
    }
    if (strcmp(path, "cmdb/wireless-controller/wtp") == 0) {
        return unit_list(get, vdom, FAKE_POINT, true, ret_all);
    }
    return NULL;
}

/* ---- the reply */

static struct json_object *envelope_of(const struct get *get, size_t vdom)
{
    size_t all;
    struct json_object *results = results_of(get, vdom, &all), *envelope;

    if (results == NULL) {
        return NULL;
    }
    envelope = json_object_new_object();
    fake_put(envelope, "http_method", "GET");
    json_object_object_add(envelope, "results", results);
    fake_put(envelope, "vdom", get->fgt->vdoms[vdom].name);
    if (strncmp(get->path, "/api/v2/cmdb/", 13) == 0) {
        fake_put_number(envelope, "http_status", 200);
        if (all != SIZE_MAX) {
            fake_put_number(envelope, "size", (int64_t)all);
            fake_put_number(envelope, "matched_count", (int64_t)all);
        }
    }
    fake_put(envelope, "status", "success");
    fake_put(envelope, "serial", get->fgt->serials[get->fgt->primary]);
    fake_put(envelope, "version", "v7.4.8");
    fake_put_number(envelope, "build", 2795);
    return envelope;
}

static struct json_object *every_envelope(const struct get *get)
{
    struct json_object *list = json_object_new_array();

    for (size_t i = 0; i < get->fgt->vdom_count; i++) {
        struct json_object *envelope = get->fgt->vdoms[i].there ? envelope_of(get, i) : NULL;

        if (envelope != NULL) {
            json_object_array_add(list, envelope);
        }
    }
    if (json_object_array_length(list) > 0) {
        return list;
    }
    json_object_put(list);
    return NULL;
}

static bool is_refused(const struct get *get)
{
    return (get->fgt->tables[FAKE_SWITCH] == FAKE_REFUSED &&
            strstr(get->path, "managed-switch") != NULL) ||
           (get->fgt->tables[FAKE_POINT] == FAKE_REFUSED &&
            (strstr(get->path, "managed_ap") != NULL || strstr(get->path, "wtp") != NULL));
}

struct json_object *fake_fgt_answer(const struct fake *fake, const char *url, bool authorized,
                                    int32_t *ret_status)
{
    struct get get = {.fake = fake, .fgt = &fake->fgts[fake->answering]};
    struct json_object *reply;
    int vdom = 0;

    read_url(&get, url);
    *ret_status = 401;
    if (!authorized) {
        return NULL;
    }
    if (fake->pages_refused && get.paged) {
        *ret_status = 400;
        return NULL;
    }
    if (fake->pages_ignored) {
        get.start = get.count = 0;
    }
    *ret_status = 200;
    while (vdom < (int)get.fgt->vdom_count && !get.fgt->vdoms[vdom].there) {
        vdom++; /* the first VDOM answers when the query names none */
    }
    if (!get.every_vdom && get.vdom[0] != '\0') {
        vdom = fake_find_vdom(get.fgt, get.vdom);
    }
    if (vdom < 0 || is_refused(&get)) {
        /* As for a VDOM that the token may not see, or a list without the right to read it. */
        *ret_status = 403;
        reply = json_object_new_object();
        fake_put(reply, "http_method", "GET");
        fake_put(reply, "status", "error");
        fake_put_number(reply, "http_status", 403);
        fake_put(reply, "vdom", get.vdom);
        return reply;
    }
    reply = get.every_vdom ? every_envelope(&get) : envelope_of(&get, (size_t)vdom);
    if (reply == NULL) {
        *ret_status = 404;
    }
    return reply;
}
