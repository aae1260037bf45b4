/*
 * expected_scopes.c - the scopes of a run over everything, and what --deny removes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A scope is an ADOM and a device type. Every listed ADOM is one, also an empty one, except for the
 * Global Database, which has no devices. Devices in no ADOM are in the scope "none".
 */
#include "expected_parts.h"

#include <stdlib.h>
#include <string.h>

enum type { TYPE_FIREWALL, TYPE_SWITCH, TYPE_ACCESS_POINT, TYPE_COUNT };

static const char *const type_names[] = {"firewall", "switch", "access_point"};
/* The tables by their names in --deny. */
static const char *const tables[] = {"devices", "switches", "access_points"};

struct scope {
    const struct adom *adom; /* NULL: devices in no ADOM */
    bool open;
    bool fgts; /* has FortiGates, so its unit lists are read */
    uint64_t assets[TYPE_COUNT];
};

struct scopes {
    const struct simulator *simulator;
    struct scope *items;
    size_t count;
};

static bool is_outside(const struct scopes *scopes, const struct scope *scope)
{
    return scope->adom != NULL && simulator_denies_adom(scopes->simulator, scope->adom->name);
}

/* Each asset counts once, in its own scope. */
static void count_device(struct scopes *scopes, struct scope *scope, const struct device *device)
{
    char *name = expected_scope(scopes->simulator, device->vdoms, device->vdom_count);
    char *own = scope->adom != NULL ? must_print("adom:%s", scope->adom->name) : must_copy("none");
    enum type type = device->product == PRODUCT_FIREWALL ? TYPE_FIREWALL
                     : device->product == PRODUCT_SWITCH ? TYPE_SWITCH
                                                         : TYPE_ACCESS_POINT;

    if (device_reason(device) == ASSET && strcmp(name, own) == 0)
        scope->assets[type] += device->member_count > 0 ? device->member_count : 1;
    free(name);
    free(own);
}

static bool is_in_none(const struct device *device)
{
    const char *names[MOST_NAMES];

    return expected_adoms(device->vdoms, device->vdom_count, names) == 0;
}

static void fill(struct scopes *scopes, struct scope *scope)
{
    const struct topology *topology = &scopes->simulator->topology;

    scope->open = scope->adom == NULL || (strcmp(scope->adom->name, "rootp") != 0 &&
                                          !simulator_denies(scopes->simulator, "adoms", NULL));
    for (size_t i = 0; i < topology->device_count; i++) {
        const struct device *device = &topology->devices[i];

        if (scope->adom != NULL ? device_is_in(device, scope->adom) : is_in_none(device)) {
            scope->open = true; /* a device shows it */
            scope->fgts = scope->fgts || device->product == PRODUCT_FIREWALL;
            count_device(scopes, scope, device);
        }
    }
    for (size_t i = 0; i < topology->unit_count; i++) {
        const struct unit *unit = &topology->units[i];

        if (unit->reason == ASSET && !unit->superseded &&
            unit->fgt->vdoms[unit->vdom].adom == scope->adom)
            scope->assets[unit->access_point ? TYPE_ACCESS_POINT : TYPE_SWITCH]++;
    }
}

static void open_scope(struct text *text, const struct scope *scope, enum type type)
{
    char *name = scope->adom != NULL ? must_print("adom:%s", scope->adom->name) : must_copy("none");

    text_open(text, '{');
    expected_put(text, "scope", name);
    expected_put(text, "device_type", type_names[type]);
    free(name);
}

/* Refused in one table or the other: devices are in the device table, managed units in the unit
 * lists of their ADOM. */
static bool is_refused(const struct scopes *scopes, const struct scope *scope, enum type type)
{
    const struct simulator *simulator = scopes->simulator;

    return simulator_denies(simulator, "devices", NULL) ||
           (type != TYPE_FIREWALL && scope->adom != NULL && scope->fgts &&
            simulator_denies(simulator, tables[type], scope->adom->name));
}

static void write_scopes(struct text *text, const struct scopes *scopes)
{
    text_key(text, "scopes");
    text_open(text, '[');
    for (size_t i = 0; i < scopes->count; i++) {
        const struct scope *scope = &scopes->items[i];

        for (enum type type = 0; type < TYPE_COUNT; type++) {
            if (!scope->open || is_outside(scopes, scope))
                continue;
            open_scope(text, scope, type);
            text_key(text, "assets");
            text_integer(text, (int64_t)scope->assets[type]);
            text_close(text, '}');
        }
    }
    text_close(text, ']');
}

static void write_everywhere(struct text *text, const char *reason)
{
    text_open(text, '{');
    expected_put(text, "scope", NULL);
    expected_put(text, "device_type", NULL);
    expected_put(text, "reason", reason);
    text_close(text, '}');
}

static const char *get_reason(const struct scopes *scopes, bool outside)
{
    if (outside)
        return "adom_outside";
    return simulator_denies(scopes->simulator, "devices", NULL) ? "devices_refused"
                                                                : "roster_refused";
}

static void write_refused(struct text *text, const struct scopes *scopes)
{
    static const struct {
        const char *what;
        const char *reason;
    } others[] = {{"login", "login_no_api_access"}, {"proxy", "live_refused"}};

    text_key(text, "refused");
    text_open(text, '[');
    for (size_t i = 0; i < scopes->count; i++) {
        const struct scope *scope = &scopes->items[i];

        for (enum type type = 0; type < TYPE_COUNT; type++) {
            bool outside = is_outside(scopes, scope);

            if (!scope->open || (!outside && !is_refused(scopes, scope, type)))
                continue;
            open_scope(text, scope, type);
            expected_put(text, "reason", get_reason(scopes, outside));
            text_close(text, '}');
        }
    }
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (simulator_denies(scopes->simulator, others[i].what, NULL))
            write_everywhere(text, others[i].reason);
    text_close(text, ']');
}

static void write_incomplete(struct text *text, const struct scopes *scopes)
{
    text_key(text, "incomplete");
    text_open(text, '[');
    for (size_t i = 0; i < scopes->count; i++) {
        const struct scope *scope = &scopes->items[i];

        for (enum type type = 0; type < TYPE_COUNT; type++) {
            if (scope->open && !is_outside(scopes, scope) && is_refused(scopes, scope, type)) {
                open_scope(text, scope, type);
                text_close(text, '}');
            }
        }
    }
    text_close(text, ']');
}

void expected_write_scopes(struct text *text, const struct simulator *simulator)
{
    const struct topology *topology = &simulator->topology;
    struct scopes scopes = {.simulator = simulator};

    scopes.items = must_allocate(topology->adom_count + 1, sizeof(*scopes.items));
    for (size_t i = 0; i <= topology->adom_count; i++) {
        scopes.items[i].adom = i < topology->adom_count ? topology->adoms_by_name.items[i] : NULL;
        fill(&scopes, &scopes.items[i]);
    }
    scopes.count = topology->adom_count + 1;
    write_scopes(text, &scopes);
    write_refused(text, &scopes);
    write_incomplete(text, &scopes);
    free(scopes.items);
}
