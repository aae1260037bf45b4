/*
 * truth.c - what a perfect client would find in the estate.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "truth.h"

#include "text.h"

#include <stdlib.h>
#include <string.h>

#define MOST_SERIALS 8

static const char *const reasons[] = {
    [ASSET] = "",
    [REASON_MODEL_DEVICE] = "model_device",
    [REASON_UNAUTHORIZED] = "unauthorized",
    [REASON_SERVICE] = "service",
    [REASON_OTHER_PRODUCT] = "other_product",
    [REASON_PRE_PROVISIONED] = "pre_provisioned",
    [REASON_WILDCARD] = "wildcard",
    [REASON_LOCAL_RADIO] = "local_radio",
    [REASON_INVALID_SERIAL] = "invalid_serial",
};

static void put(struct text *text, const char *key, const char *value)
{
    text_key(text, key);
    if (value != NULL)
        text_string(text, value);
    else
        text_literal(text, "null");
}

static int compare_strings(const void *left, const void *right)
{
    const char *const *a = left;
    const char *const *b = right;

    return strcmp(*a, *b);
}

/* Writes a list sorted and without repetitions. */
static void put_list(struct text *text, const char *key, const char **values, size_t count)
{
    if (count > 1)
        qsort(values, count, sizeof(*values), compare_strings);
    text_key(text, key);
    text_open(text, '[');
    for (size_t i = 0; i < count; i++)
        if (i == 0 || strcmp(values[i], values[i - 1]) != 0)
            text_string(text, values[i]);
    text_close(text, ']');
}

static void put_adoms(struct text *text, const struct vdom *vdoms, size_t count)
{
    const char *names[MAXIMUM_VDOMS];
    size_t found = 0;

    for (size_t i = 0; i < count; i++)
        if (vdoms[i].adom != NULL)
            names[found++] = vdoms[i].adom->name;
    put_list(text, "adoms", names, found);
}

static void put_serials(struct text *text, const char *key, const struct device *gate)
{
    const char *serials[MOST_SERIALS];
    size_t count = 0;

    for (uint32_t i = 0; i < gate->member_count && count < MOST_SERIALS; i++)
        serials[count++] = gate->members[i].serial;
    if (count == 0)
        serials[count++] = gate->serial;
    put_list(text, key, serials, count);
}

static const char *get_kind(const struct device *device)
{
    switch (device->product) {
    case PRODUCT_FIREWALL: return "firewall";
    case PRODUCT_SWITCH: return "switch";
    case PRODUCT_ACCESS_POINT: return "access_point";
    default: return "other";
    }
}

/* The attributes "meta.NAME" that are not empty: see devices_write_meta_fields(). */
static void put_meta(struct text *text, const struct device *device)
{
    text_key(text, "meta");
    text_open(text, '{');
    if (device->description[0] != '\0')
        put(text, "site_id", device->description);
    if (device->oid % 3 == 0)
        put(text, "Company/Organization", "Simulated GmbH & Co");
    text_close(text, '}');
}

/* What every member of a cluster has in common. */
static void put_device_facts(struct text *text, const struct device *device)
{
    char *version = device->patch < 0
                        ? NULL
                        : must_print("%d.%d.%d", device->os_ver, device->mr, device->patch);

    put(text, "firmware_version", version);
    put(text, "ip_address", device->address);
    put(text, "description", device->description[0] != '\0' ? device->description : NULL);
    put_meta(text, device);
    free(version);
}

static const char *get_connection(const struct device *device, const struct member *member)
{
    if (member != NULL && member->status != 1)
        return "down";
    return device->connection == CONNECTION_UP     ? "up"
           : device->connection == CONNECTION_DOWN ? "down"
                                                   : "unknown";
}

static void put_reason(struct text *text, enum reason reason)
{
    if (reason != ASSET)
        put(text, "reason", reasons[reason]);
}

/* `member` is NULL where there is no cluster. One without a name is NAME (SERIAL). */
static void write_device_unit(struct text *text, const struct device *device,
                              const struct member *member)
{
    const char *serial = member != NULL ? member->serial : device->serial;
    const char *hostname = member != NULL ? member->name : device->hostname;
    char *title = member == NULL            ? must_copy(device->name)
                  : member->name[0] != '\0' ? must_copy(member->name)
                                            : must_print("%s (%s)", device->name, serial);

    text_open(text, '{');
    put(text, "serial", serial[0] != '\0' ? serial : NULL);
    put(text, "device_type", get_kind(device));
    put(text, "model", device->model->name);
    put(text, "title", title);
    put_adoms(text, device->vdoms, device->vdom_count);
    put(text, "manager", NULL);
    text_key(text, "manager_serials");
    text_literal(text, "[]");
    text_key(text, "log_only");
    text_boolean(text, device->management == MANAGEMENT_LOGS);
    put(text, "connection_status", get_connection(device, member));
    put(text, "hostname", hostname[0] != '\0' ? hostname : NULL);
    put_device_facts(text, device);
    put_reason(text, device_reason(device));
    text_close(text, '}');
    free(title);
}

static void write_device(struct text *text, const struct device *device)
{
    for (uint32_t i = 0; i < device->member_count; i++)
        write_device_unit(text, device, &device->members[i]);
    if (device->member_count == 0)
        write_device_unit(text, device, NULL);
}

/* The serial of a row that is no asset is what it shows: the id, where that is not the serial. */
static void write_edge(struct text *text, const struct edge *edge)
{
    const char *serial = edge->reason == ASSET ? edge->serial : edge->id;

    text_open(text, '{');
    put(text, "serial", serial);
    put(text, "device_type", edge->access_point ? "access_point" : "switch");
    put(text, "model", edge->model->name);
    put(text, "title", edge->name[0] != '\0' ? edge->name : serial);
    put_adoms(text, &edge->gate->vdoms[edge->vdom], 1);
    put(text, "manager", edge->gate->name);
    put_serials(text, "manager_serials", edge->gate);
    text_key(text, "log_only");
    text_boolean(text, false);
    put(text, "connection_status", edge->connected ? "up" : "down");
    put_reason(text, edge->reason);
    text_close(text, '}');
}

/* Those that are assets, or those that are not, each with its reason. */
static void write_units(struct text *text, const struct estate *estate, const char *key,
                        bool assets)
{
    text_key(text, key);
    text_open(text, '[');
    for (size_t i = 0; i < estate->device_count; i++)
        if ((device_reason(&estate->devices[i]) == ASSET) == assets)
            write_device(text, &estate->devices[i]);
    for (size_t i = 0; i < estate->edge_count; i++)
        if ((estate->edges[i].reason == ASSET) == assets)
            write_edge(text, &estate->edges[i]);
    text_close(text, ']');
}

static void write_system(struct text *text, const struct system_unit *system)
{
    text_key(text, "system");
    text_open(text, '{');
    put(text, "serial", system->serial);
    text_key(text, "serials");
    text_open(text, '[');
    text_string(text, system->serial);
    if (system->peer_serial[0] != '\0')
        text_string(text, system->peer_serial);
    text_close(text, ']');
    put(text, "hostname", system->hostname);
    put(text, "version", system->version);
    text_close(text, '}');
}

static void write_adoms(struct text *text, const struct estate *estate)
{
    text_key(text, "adoms");
    text_open(text, '[');
    for (size_t i = 0; i < estate->adoms_by_name.count; i++) {
        const struct adom *adom = estate->adoms_by_name.items[i];

        text_open(text, '{');
        put(text, "name", adom->name);
        text_key(text, "has_devices");
        text_boolean(text, adom->devices_by_name.count > 0);
        text_close(text, '}');
    }
    text_close(text, ']');
}

char *truth_write(const struct estate *estate)
{
    struct text text = {NULL, 0, 0};

    text_open(&text, '{');
    write_system(&text, &estate->system);
    write_units(&text, estate, "units", true);
    write_units(&text, estate, "not_assets", false);
    write_adoms(&text, estate);
    text_close(&text, '}');
    text_put(&text, "\n");
    return text_steal(&text);
}
