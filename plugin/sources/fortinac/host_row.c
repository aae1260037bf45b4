/*
 * host_row.c - one host of a FortiNAC as an end system.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "host_row.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "columns.h"
#include "run.h"
#include "json/json_read.h"

/* ---- times */

/* Reads `size` digits at `*text`, and moves it behind them. False if there is another character. */
static bool take_digits(const char **text, int size, int *ret)
{
    *ret = 0;
    for (; size > 0; size--, (*text)++) {
        if (**text < '0' || **text > '9') {
            return false;
        }
        *ret = *ret * 10 + (**text - '0');
    }
    return true;
}

static bool take_character(const char **text, const char *any)
{
    bool found = **text != '\0' && strchr(any, **text) != NULL;

    *text += found ? 1 : 0;
    return found;
}

/* The seconds by which a zone such as +0100 or +01:00 is ahead of UTC; 0 for any other text. */
static int64_t zone_s(const char *text)
{
    int sign = *text == '-' ? -1 : 1, hours, minutes = 0;

    if (!take_character(&text, "+-") || !take_digits(&text, 2, &hours)) {
        return 0;
    }
    (void)take_character(&text, ":");
    if (!take_digits(&text, 2, &minutes)) {
        minutes = 0;
    }
    return (int64_t)sign * (hours * 60 + minutes) * 60;
}

static int64_t iso_time(const char *text)
{
    struct tm tm = {0};

    if (!take_digits(&text, 4, &tm.tm_year) || !take_character(&text, "-") ||
        !take_digits(&text, 2, &tm.tm_mon) || !take_character(&text, "-") ||
        !take_digits(&text, 2, &tm.tm_mday) || !take_character(&text, "T ") ||
        !take_digits(&text, 2, &tm.tm_hour) || !take_character(&text, ":") ||
        !take_digits(&text, 2, &tm.tm_min) || !take_character(&text, ":") ||
        !take_digits(&text, 2, &tm.tm_sec) || tm.tm_year < YEAR_FIRST || tm.tm_mon < 1 ||
        tm.tm_mon > 12 || tm.tm_mday < 1 || tm.tm_mday > 31 || tm.tm_hour > 23 || tm.tm_min > 59 ||
        tm.tm_sec > 60) {
        return 0;
    }
    if (take_character(&text, ".,")) {
        text += strspn(text, "0123456789");
    }
    tm.tm_year -= YEAR_OF_TM;
    tm.tm_mon -= 1;
    return (int64_t)timegm(&tm) - zone_s(text);
}

int64_t fnac_time(struct json_object *value)
{
    const char *text = json_text(value);
    int64_t ms = 0, seconds;

    if (json_integer(value, &ms)) {
        seconds = ms / 1000;
    } else {
        seconds = text != NULL ? iso_time(text) : 0;
    }
    return seconds > 0 ? seconds : 0;
}

/* ---- adapters */

/* An adapter that is an object; NULL past the last one. */
static struct json_object *adapter_at(struct json_object *row, size_t i)
{
    return json_element(json_member_array(row, "adapterObjects"), i);
}

static size_t adapter_count(struct json_object *row)
{
    return json_count(json_member_array(row, "adapterObjects"));
}

static void add_mac(struct fnac_host *host, const char *mac)
{
    if (mac != NULL && *mac != '\0' && host->endpoint.mac_count < FNAC_MACS_MAX) {
        host->macs[host->endpoint.mac_count++] = mac;
    }
}

/* The MAC addresses of the host: the primary one, then those of the adapters. */
static void read_macs(struct json_object *row, struct fnac_host *host)
{
    struct json_object *names = json_member_array(row, "adapters");

    add_mac(host, json_member_text(row, "primaryMac"));
    for (size_t i = 0; i < adapter_count(row); i++) {
        add_mac(host, json_member_text(adapter_at(row, i), "physicalAddress"));
    }
    for (size_t i = 0; i < json_count(names); i++) {
        add_mac(host, json_text(json_element(names, i)));
    }
    host->endpoint.macs = host->macs;
}

/* The newest contact with the host or one of its adapters. */
static int64_t newest_contact(struct json_object *row)
{
    int64_t newest = fnac_time(json_member(row, "lastSuccessfulPoll"));

    for (size_t i = 0; i < adapter_count(row); i++) {
        int64_t contact = fnac_time(json_member(adapter_at(row, i), "lastSuccessfulPoll"));

        newest = contact > newest ? contact : newest;
    }
    return newest;
}

static const char *shown(struct json_object *object, const char *key)
{
    const char *text = json_member_text(object, key);

    return text != NULL && *utf8_shown(text) != '\0' ? text : NULL;
}

/* The address of an adapter: `ipaddress`, else the first of `ips`, a text or {"ip"}. */
static const char *adapter_ip(struct json_object *adapter)
{
    struct json_object *first = json_element(json_member_array(adapter, "ips"), 0);
    const char *ip = shown(adapter, "ipaddress");

    ip = ip != NULL ? ip : json_text(first);
    return ip != NULL ? ip : shown(first, "ip");
}

/*
 * Chooses the adapter that shows where the host is: the primary one if it has a location, else the
 * first that has one. NULL = none has.
 */
static struct json_object *located_adapter(struct json_object *row)
{
    const char *primary = json_member_text(row, "primaryMac");
    struct json_object *located = NULL;

    for (size_t i = 0; i < adapter_count(row); i++) {
        struct json_object *adapter = adapter_at(row, i);

        if (shown(adapter, "location") == NULL) {
            continue;
        }
        if (primary != NULL && json_member_is(adapter, "physicalAddress", primary)) {
            return adapter;
        }
        located = located != NULL ? located : adapter;
    }
    return located;
}

/* ---- the location */

/*
 * Reads "FortiGateRugged-60F [192.168.130.1]:root:SR12DPTD21001461:port1": the FortiGate that
 * manages the switch, its VDOM, the serial of the switch, and the port [FortiNAC-F 7.4 REST API,
 * Adapter]. Any other location is only shown as it is.
 */
static void read_location(const char *location, struct fnac_host *host)
{
    const char *close = strstr(location, "]:"), *bracket = close;
    char serial[SERIAL_MAX + 1];

    while (bracket != NULL && bracket > location && strncmp(bracket, " [", 2) != 0) {
        bracket--;
    }
    if (bracket == NULL || bracket == location) {
        return;
    }
    const char *vdom = close + 2;
    size_t name_size = (size_t)(bracket - location), vdom_size = strcspn(vdom, ":");
    const char *text = vdom + vdom_size + (vdom[vdom_size] == ':' ? 1 : 0);
    size_t size = strcspn(text, ":");
    if (text[size] != ':' || size > SERIAL_MAX || name_size > NAME_MAX_BYTES ||
        vdom_size > NAME_MAX_BYTES) {
        return;
    }
    (void)utf8_copy(serial, sizeof(serial), text, size);
    if (!device_serial_valid(serial)) {
        return;
    }
    memcpy(host->switch_serial, serial, sizeof(serial));
    (void)utf8_copy(host->fgt, sizeof(host->fgt), location, name_size);
    (void)utf8_copy(host->vdom, sizeof(host->vdom), vdom, vdom_size);
    host->device.manager = device_name(host->fgt);
    host->device.vdom = device_name(host->vdom);
    device_set_text(&host->device, ATTRIBUTE_managed_by, host->device.manager);
    device_set_text(&host->device, ATTRIBUTE_managed_by_serials, host->switch_serial);
}

/* ---- the host */

static void read_type(struct json_object *row, struct fnac_host *host)
{
    const char *label = shown(row, "typeLabel");
    int64_t number;

    label = label != NULL ? label : shown(row, "type");
    if (label == NULL && json_member_integer(row, "type", &number)) {
        (void)snprintf(host->type, sizeof(host->type), "%s", message_number(number).text);
        label = host->type;
    }
    device_set_text(&host->device, ATTRIBUTE_endpoint_type, label);
}

static void read_place(struct json_object *row, struct fnac_host *host)
{
    struct json_object *adapter = located_adapter(row);
    const char *ip = shown(row, "ip"), *location = shown(adapter, "location");

    ip = ip != NULL ? ip : adapter_ip(adapter != NULL ? adapter : adapter_at(row, 0));
    device_set_text(&host->device, ATTRIBUTE_ip_address, ip);
    device_set_text(&host->device, ATTRIBUTE_connected_to, location);
    if (location != NULL) {
        read_location(location, host);
    }
}

/* The key of a row: the host's id, else its MAC address. */
static const char *read_key(struct json_object *row, struct fnac_host *host)
{
    int64_t id;

    if (!json_member_integer(row, "id", &id)) {
        return host->endpoint.mac_count > 0 ? host->macs[0] : NULL;
    }
    (void)snprintf(host->key, sizeof(host->key), "%s", message_number(id).text);
    return host->key;
}

bool fnac_host_read(struct json_object *row, struct fnac_host *ret)
{
    struct device *device = &ret->device;

    *ret = (struct fnac_host){.device = {.type = ENDPOINT, .scope = FNAC_SCOPE}};
    read_macs(row, ret);
    ret->endpoint.device = device;
    ret->endpoint.key = read_key(row, ret);
    ret->endpoint.serial = shown(row, "pcserialNumber");
    ret->endpoint.contact = newest_contact(row);
    if (ret->endpoint.key == NULL) {
        return false;
    }
    const char *name = shown(row, "hostName");
    name = name != NULL ? name : shown(row, "name");
    name = name != NULL ? name : ret->endpoint.mac_count > 0 ? ret->macs[0] : ret->endpoint.key;
    device->title = name;
    columns_read(&fnac_host_columns, ENDPOINT, row, NULL, device);
    device_set_text(device, ATTRIBUTE_name, name);
    read_type(row, ret);
    read_place(row, ret);
    if (json_member(row, "connected") != NULL) {
        device->connected = json_member_true(row, "connected");
        device_set_text(device, ATTRIBUTE_connection_status, device->connected ? "up" : "down");
    }
    device_set_time(device, ATTRIBUTE_last_seen, ret->endpoint.contact);
    return true;
}
