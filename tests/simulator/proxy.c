/*
 * proxy.c - exec /sys/proxy/json: queries to FortiGates through FortiManager (section 4.1).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "proxy.h"

#include "device_facts.h"
#include "fortios.h"
#include "pause.h"
#include "url.h"

#include <stdlib.h>
#include <string.h>

/* "Probe failed: network" is the only recorded code that fits; FortiManager's real code for a
 * FortiGate that does not answer is not recorded. */
#define STATUS_UNREACHABLE (-20042)

/* Section 4.1: seconds. */
#define DEFAULT_TIMEOUT 60
#define LONGEST_TIMEOUT 28800

/* A FortiGate to query, or a name that no FortiGate has. */
struct target {
    const struct device *device; /* NULL: unknown name */
    char *name;
};

struct proxied {
    struct simulator *simulator;
    struct fortios_query query;
    struct target *targets;
    size_t count;
    bool *taken; /* for each device of the topology */
    int64_t timeout;
};

static const char *get_text(struct json_object *object, const char *name)
{
    struct json_object *value = json_object_object_get(object, name);

    return json_object_is_type(value, json_type_string) ? json_object_get_string(value) : NULL;
}

/* Targets ----------------------------------------------------------------------------------- */

/* Queries a FortiGate once, however often it is named. */
static void add_target(struct proxied *proxied, const struct device *device, const char *name)
{
    size_t number = 0;

    if (device != NULL) {
        number = (size_t)(device - proxied->simulator->topology.devices);
        if (proxied->taken[number])
            return;
        proxied->taken[number] = true;
    }
    proxied->targets = must_resize(proxied->targets, proxied->count + 1, sizeof(*proxied->targets));
    proxied->targets[proxied->count++] = (struct target){device, must_copy(name)};
}

static void add_group(struct proxied *proxied, const struct rows *devices)
{
    for (size_t i = 0; i < devices->count; i++) {
        const struct device *device = devices->items[i];

        if (device->product == PRODUCT_FIREWALL && device_reason(device) == ASSET &&
            device->management != MANAGEMENT_LOGS)
            add_target(proxied, device, device->name);
    }
}

static const struct adom *find_adom(const struct proxied *proxied, const char *name)
{
    return simulator_denies(proxied->simulator, "devices", name)
               ? NULL
               : topology_find_adom(&proxied->simulator->topology, name);
}

/* A target is split like a URL: a slash inside a name is escaped. */
static bool read_target(struct proxied *proxied, const char *text)
{
    const struct topology *topology = &proxied->simulator->topology;
    const char *names[MAXIMUM_STARS] = {NULL, NULL};
    const struct adom *adom;
    const struct device *device;
    struct url url;

    if (text == NULL || !url_read(&url, text))
        return false;
    if (url_matches(&url, "device/*", names)) {
        add_target(proxied, topology_find_device(topology, names[0]), names[0]);
        return true;
    }
    if (url_matches(&url, "adom/*/device/*", names)) {
        adom = find_adom(proxied, names[0]);
        device = topology_find_device(topology, names[1]);
        if (adom == NULL || (device != NULL && !device_is_in(device, adom)))
            device = NULL;
        add_target(proxied, device, names[1]);
        return true;
    }
    if (url_matches(&url, "adom/*/group/*", names) && strcmp(names[1], "All_FortiGate") == 0) {
        adom = find_adom(proxied, names[0]);
        if (adom != NULL)
            add_group(proxied, &adom->devices_by_name);
        return true;
    }
    return false;
}

static bool read_targets(struct proxied *proxied, struct json_object *targets)
{
    struct report *report = &proxied->simulator->report;

    if (!json_object_is_type(targets, json_type_array) || json_object_array_length(targets) == 0) {
        report_violation(report, "proxy: target is no list");
        return false;
    }
    for (size_t i = 0; i < json_object_array_length(targets); i++) {
        struct json_object *target = json_object_array_get_idx(targets, i);

        if (!read_target(proxied, json_object_get_string(target))) {
            report_violation(report, "proxy: unknown target %s", json_object_get_string(target));
            return false;
        }
    }
    return true;
}

/* The query ------------------------------------------------------------------------------ */

static bool read_timeout(struct proxied *proxied, struct json_object *timeout)
{
    proxied->timeout = DEFAULT_TIMEOUT;
    if (timeout == NULL)
        return true;
    proxied->timeout = json_object_get_int64(timeout);
    if (json_object_is_type(timeout, json_type_int) && proxied->timeout >= 1 &&
        proxied->timeout <= LONGEST_TIMEOUT)
        return true;
    report_violation(&proxied->simulator->report, "proxy: timeout is not 1 to %d seconds",
                     LONGEST_TIMEOUT);
    return false;
}

static bool check_members(struct proxied *proxied, struct json_object *object,
                          const char *const *known)
{
    bool good = true;

    json_object_object_foreach(object, name, value) {
        size_t i = 0;

        (void)value;
        while (known[i] != NULL && strcmp(known[i], name) != 0)
            i++;
        if (known[i] == NULL) {
            report_violation(&proxied->simulator->report, "proxy: unknown member %s", name);
            good = false;
        }
    }
    return good;
}

/* Returns a status code: everything but get changes something, which this client must never do. */
static int read_query(struct proxied *proxied, struct json_object *param)
{
    static const char *const members[] = {"url", "data", NULL};
    static const char *const data_members[] = {"action", "resource", "target", "timeout", NULL};
    struct report *report = &proxied->simulator->report;
    struct json_object *data = json_object_object_get(param, "data");
    const char *action = get_text(data, "action");
    const char *resource = get_text(data, "resource");

    if (action == NULL || strcmp(action, "get") != 0) {
        report_violation(report, "proxy: action %s", action != NULL ? action : "null");
        return STATUS_NO_PERMISSION;
    }
    if (!check_members(proxied, param, members) || !check_members(proxied, data, data_members) ||
        !read_timeout(proxied, json_object_object_get(data, "timeout")))
        return STATUS_INVALID_PARAMETER;
    if (resource == NULL || !fortios_read(&proxied->query, proxied->simulator, resource) ||
        !read_targets(proxied, json_object_object_get(data, "target")))
        return STATUS_INVALID_PARAMETER;
    return STATUS_OK;
}

/* The answer -------------------------------------------------------------------------------- */

static size_t count_silent(const struct proxied *proxied)
{
    size_t silent = 0;

    for (size_t i = 0; i < proxied->count; i++)
        if (proxied->targets[i].device != NULL && !device_answers(proxied->targets[i].device))
            silent++;
    return silent;
}

static bool holds_dead(const struct proxied *proxied)
{
    for (size_t i = 0; i < proxied->count; i++)
        if (proxied->targets[i].device != NULL && proxied->targets[i].device->dead)
            return true;
    return false;
}

/* Answers come in the order in which the FortiGates answered [proxy_banned_three_targets]. */
static void shuffle(struct proxied *proxied)
{
    for (size_t i = proxied->count; i > 1; i--) {
        size_t other = random_below(&proxied->simulator->order, (uint32_t)i);
        struct target target = proxied->targets[i - 1];

        proxied->targets[i - 1] = proxied->targets[other];
        proxied->targets[other] = target;
    }
}

static void write_status(struct text *text, int code, const char *message)
{
    text_key(text, "status");
    text_open(text, '{');
    text_key(text, "code");
    text_integer(text, code);
    text_key(text, "message");
    text_string(text, message);
    text_close(text, '}');
}

static void write_answer(const struct proxied *proxied, const struct target *target,
                         struct text *text)
{
    text_open(text, '{');
    if (target->device == NULL) {
        write_status(text, STATUS_NO_OBJECT, "Object does not exist");
    } else if (!device_answers(target->device)) {
        write_status(text, STATUS_UNREACHABLE, "Probe failed: network");
    } else {
        text_key(text, "response");
        fortios_answer(&proxied->query, target->device, text);
        write_status(text, STATUS_OK, "OK");
    }
    text_key(text, "target");
    text_string(text, target->name);
    text_close(text, '}');
}

static void wait_for_silent(const struct proxied *proxied)
{
    uint64_t milliseconds = proxied->simulator->settings.proxy_dead_ms;
    uint64_t longest = (uint64_t)proxied->timeout * 1000;

    pause_for((uint32_t)(milliseconds < longest ? milliseconds : longest));
}

static int answer(struct proxied *proxied, struct text *text)
{
    struct simulator *simulator = proxied->simulator;
    size_t silent = count_silent(proxied);

    report_proxied(&simulator->report, fortios_path(&proxied->query), proxied->query.format,
                   proxied->count, silent);
    if (silent > 0)
        wait_for_silent(proxied);
    if (proxied->count > 1 && holds_dead(proxied) &&
        faults_next_batch(&simulator->faults) == FAULT_PROXY_BATCH_FAILS)
        return STATUS_INTERNAL;
    shuffle(proxied);
    text_key(text, "data");
    text_open(text, '[');
    for (size_t i = 0; i < proxied->count; i++)
        write_answer(proxied, &proxied->targets[i], text);
    text_close(text, ']');
    return STATUS_OK;
}

int proxy_answer(struct simulator *simulator, struct json_object *param, struct text *text)
{
    struct proxied proxied = {.simulator = simulator};
    int code;

    proxied.taken = must_allocate(simulator->topology.device_count + 1, sizeof(*proxied.taken));
    code = read_query(&proxied, param);
    /* Section 1.4, UNCERTAIN: some accounts may not even read through the proxy. */
    if (simulator_denies(simulator, "proxy", NULL)) {
        simulator->report.proxied_refused++;
        code = STATUS_NO_PERMISSION;
    }
    if (code == STATUS_OK)
        code = answer(&proxied, text);
    for (size_t i = 0; i < proxied.count; i++)
        free(proxied.targets[i].name);
    free(proxied.targets);
    free(proxied.taken);
    fortios_release(&proxied.query);
    return code;
}
