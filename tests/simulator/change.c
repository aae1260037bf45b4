/*
 * change.c - one change of the whole topology, between two requests of a client.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "change.h"

#include <stdlib.h>
#include <string.h>

/* root and the ADOMs that an administrator made: the factory ADOMs have no FortiGates. */
#define OWN_ADOMS 5

/* Returns true when there was something to change. */
typedef bool change_apply(struct simulator *simulator);

/* Choosing ---------------------------------------------------------------------------------- */

static uint32_t below(struct simulator *simulator, size_t limit)
{
    return random_below(&simulator->change.random, (uint32_t)limit);
}

typedef bool is_fit(const struct device *device);

/* NULL when no device is suitable. */
static struct device *choose_device(struct simulator *simulator, is_fit *fit)
{
    struct topology *topology = &simulator->topology;
    size_t first = below(simulator, topology->device_count);

    for (size_t i = 0; i < topology->device_count; i++) {
        struct device *device = &topology->devices[(first + i) % topology->device_count];

        if (!device->away && device_reason(device) == ASSET && fit(device))
            return device;
    }
    return NULL;
}

static bool is_any(const struct device *device)
{
    return device->vdom_count > 0;
}

static bool has_vdoms(const struct device *device)
{
    return device->vdom_count > 1;
}

static bool has_members(const struct device *device)
{
    return device->member_count > 0;
}

static bool has_units(const struct device *device)
{
    return device->unit_count > 0;
}

/* An ADOM that may have FortiGates, other than `but`; NULL when there is none. */
static const struct adom *choose_adom(struct simulator *simulator, const struct adom *but)
{
    const struct topology *topology = &simulator->topology;
    const struct adom *adom;

    if (topology->adom_count < OWN_ADOMS)
        return NULL;
    do
        adom = &topology->adoms[below(simulator, OWN_ADOMS)];
    while (adom == but || adom->away);
    return adom;
}

/* Half of the new names sort first, half last. */
static const char *choose_name(struct simulator *simulator, const char *name)
{
    return topology_keep(&simulator->topology,
                         must_print("%s-%.20s", below(simulator, 2) == 0 ? "0" : "zz", name));
}

static struct unit *choose_unit(struct simulator *simulator)
{
    struct topology *topology = &simulator->topology;
    size_t first = topology->unit_count > 0 ? below(simulator, topology->unit_count) : 0;

    for (size_t i = 0; i < topology->unit_count; i++) {
        struct unit *unit = &topology->units[(first + i) % topology->unit_count];

        if (unit->reason == ASSET && !unit->double_listed && !unit->fgt->away)
            return unit;
    }
    return NULL;
}

/* Changes ----------------------------------------------------------------------------------- */

static bool move_fgt(struct simulator *simulator)
{
    struct device *device = choose_device(simulator, is_any);
    const struct adom *adom = device != NULL ? choose_adom(simulator, device->vdoms[0].adom) : NULL;

    for (uint32_t i = 0; adom != NULL && i < device->vdom_count; i++)
        device->vdoms[i].adom = adom;
    return adom != NULL;
}

static bool move_vdom(struct simulator *simulator)
{
    struct device *device = choose_device(simulator, has_vdoms);
    struct vdom *vdom =
        device != NULL ? &device->vdoms[below(simulator, device->vdom_count)] : NULL;
    const struct adom *adom = vdom != NULL ? choose_adom(simulator, vdom->adom) : NULL;

    if (adom != NULL)
        vdom->adom = adom;
    return adom != NULL;
}

static bool rename_fgt(struct simulator *simulator)
{
    struct device *device =
        simulator->topology.adom_count > 0 ? choose_device(simulator, is_any) : NULL;

    if (device != NULL)
        device->name = choose_name(simulator, device->name);
    return device != NULL;
}

static bool rename_vdom(struct simulator *simulator)
{
    struct device *device = choose_device(simulator, has_vdoms);
    struct vdom *vdom =
        device != NULL ? &device->vdoms[1 + below(simulator, device->vdom_count - 1)] : NULL;

    if (vdom != NULL)
        vdom->name = choose_name(simulator, vdom->name);
    return vdom != NULL;
}

/* Any except root. */
static struct adom *choose_own_adom(struct simulator *simulator)
{
    struct topology *topology = &simulator->topology;

    return topology->adom_count >= OWN_ADOMS ? &topology->adoms[1 + below(simulator, OWN_ADOMS - 1)]
                                             : NULL;
}

static bool rename_adom(struct simulator *simulator)
{
    struct adom *adom = choose_own_adom(simulator);

    if (adom != NULL)
        adom->name = choose_name(simulator, adom->name);
    return adom != NULL;
}

static void move_all(struct topology *topology, const struct adom *from, const struct adom *to)
{
    for (size_t i = 0; i < topology->device_count; i++)
        for (uint32_t v = 0; v < topology->devices[i].vdom_count; v++)
            if (topology->devices[i].vdoms[v].adom == from)
                topology->devices[i].vdoms[v].adom = to;
}

static bool empty_adom(struct simulator *simulator)
{
    const struct adom *from = choose_adom(simulator, NULL), *to = NULL;

    if (from != NULL)
        to = choose_adom(simulator, from);
    if (to != NULL)
        move_all(&simulator->topology, from, to);
    return to != NULL;
}

/* Its FortiGates move to root. */
static bool remove_adom(struct simulator *simulator)
{
    struct topology *topology = &simulator->topology;
    struct adom *adom = choose_own_adom(simulator);

    if (adom == NULL)
        return false;
    adom->away = true;
    move_all(topology, adom, &topology->adoms[0]);
    return true;
}

/* With a FortiGate. */
static bool add_adom(struct simulator *simulator)
{
    struct topology *topology = &simulator->topology;
    struct device *device = choose_device(simulator, is_any);
    size_t i = 0;

    while (i < topology->adom_count && !topology->adoms[i].away)
        i++;
    if (i == topology->adom_count || device == NULL)
        return false;
    topology->adoms[i].away = false;
    for (uint32_t v = 0; v < device->vdom_count; v++)
        device->vdoms[v].adom = &topology->adoms[i];
    return true;
}

static bool remove_fgt(struct simulator *simulator)
{
    struct device *device =
        simulator->topology.adom_count > 0 ? choose_device(simulator, is_any) : NULL;

    if (device != NULL)
        device->away = true;
    return device != NULL;
}

static bool add_fgt(struct simulator *simulator)
{
    struct topology *topology = &simulator->topology;

    for (size_t i = 0; i < topology->device_count; i++) {
        if (topology->devices[i].away) {
            topology->devices[i].away = false;
            return true;
        }
    }
    return false;
}

static bool fail_over(struct simulator *simulator)
{
    struct device *device = choose_device(simulator, has_members);

    if (device != NULL)
        topology_fail_over(device);
    return device != NULL;
}

static void place_unit(struct simulator *simulator, struct unit *unit, const struct device *fgt)
{
    unit->fgt = fgt;
    unit->vdom = below(simulator, fgt->vdom_count);
}

static bool is_manager(const struct device *device)
{
    return device_manages(device);
}

static bool move_unit(struct simulator *simulator)
{
    struct unit *unit = choose_unit(simulator);
    struct device *fgt = choose_device(simulator, is_manager);

    if (unit == NULL || fgt == NULL)
        return false;
    place_unit(simulator, unit, fgt);
    return true;
}

static bool move_units(struct simulator *simulator)
{
    struct topology *topology = &simulator->topology;
    const struct device *from = choose_device(simulator, has_units);
    const struct device *to = choose_device(simulator, is_manager);

    for (size_t i = 0; from != NULL && to != NULL && i < topology->unit_count; i++)
        if (topology->units[i].fgt == from)
            place_unit(simulator, &topology->units[i], to);
    return from != NULL && to != NULL;
}

/* The unit is kept after the last one. */
static bool remove_unit(struct simulator *simulator)
{
    struct topology *topology = &simulator->topology;
    struct unit *unit = choose_unit(simulator);
    struct unit last;

    if (unit == NULL)
        return false;
    last = topology->units[--topology->unit_count];
    topology->units[topology->unit_count] = *unit;
    *unit = last;
    simulator->change.unit_away = true;
    return true;
}

static bool add_unit(struct simulator *simulator)
{
    if (simulator->change.unit_away)
        simulator->topology.unit_count++;
    return simulator->change.unit_away;
}

static const struct kind {
    const char *name;
    change_apply *prepare; /* NULL: nothing to prepare */
    change_apply *apply;
} kinds[] = {
    {"a FortiGate moves to another ADOM", NULL, move_fgt},
    {"a VDOM moves to another ADOM", NULL, move_vdom},
    {"a FortiGate is renamed", NULL, rename_fgt},
    {"a VDOM is renamed", NULL, rename_vdom},
    {"an ADOM is renamed", NULL, rename_adom},
    {"an ADOM is emptied", NULL, empty_adom},
    {"an ADOM goes", NULL, remove_adom},
    {"an ADOM comes", remove_adom, add_adom},
    {"a FortiGate goes", NULL, remove_fgt},
    {"a FortiGate comes", remove_fgt, add_fgt},
    {"a cluster fails over", NULL, fail_over},
    {"a unit moves", NULL, move_unit},
    {"all units of a FortiGate move", NULL, move_units},
    {"a unit goes", NULL, remove_unit},
    {"a unit comes", remove_unit, add_unit},
};

/* At the request ---------------------------------------------------------------------------- */

static void settle(struct simulator *simulator)
{
    topology_reindex(&simulator->topology);
    simulator_see(simulator);
}

static uint64_t read_number(const char *text)
{
    return text != NULL ? strtoull(text, NULL, 10) : 0;
}

void change_plan(struct simulator *simulator, const char *topology, const char *change,
                 const char *before)
{
    struct change *plan = &simulator->change;

    if (topology == NULL)
        return;
    plan->random.state = read_number(topology);
    plan->grow(simulator, &plan->random);
    plan->requests = 0;
    plan->name = NULL;
    plan->unit_away = false;
    plan->before = change != NULL ? read_number(before) : 0;
    plan->random.state = read_number(change);
    plan->kind = below(simulator, sizeof(kinds) / sizeof(kinds[0]));
    if (plan->before > 0 && kinds[plan->kind].prepare != NULL)
        (void)kinds[plan->kind].prepare(simulator);
    settle(simulator);
}

/* A kind of change that is impossible gives way to the next possible one. */
void change_step(struct simulator *simulator)
{
    struct change *plan = &simulator->change;
    size_t count = sizeof(kinds) / sizeof(kinds[0]);

    if (++plan->requests != plan->before)
        return;
    for (size_t i = 0; i < count && plan->name == NULL; i++)
        if (kinds[(plan->kind + i) % count].apply(simulator))
            plan->name = kinds[(plan->kind + i) % count].name;
    settle(simulator);
}

/* Current units ------------------------------------------------------------------------------ */

static void write_unit(struct text *text, const char *serial, const char *type)
{
    text_open(text, '{');
    text_key(text, "serial");
    text_string(text, serial);
    text_key(text, "device_type");
    text_string(text, type);
    text_close(text, '}');
}

static void write_device(struct text *text, const struct device *device)
{
    if (device->away || device->product != PRODUCT_FIREWALL || device_reason(device) != ASSET)
        return;
    for (uint32_t i = 0; i < device->member_count; i++)
        write_unit(text, device->members[i].serial, "firewall");
    if (device->member_count == 0)
        write_unit(text, device->serial, "firewall");
}

void change_write(const struct simulator *simulator, struct text *text)
{
    const struct topology *topology = &simulator->topology;

    text_open(text, '{');
    text_key(text, "change");
    if (simulator->change.name != NULL)
        text_string(text, simulator->change.name);
    else
        text_literal(text, "null");
    text_key(text, "requests");
    text_integer(text, (int64_t)simulator->change.requests);
    text_key(text, "units");
    text_open(text, '[');
    for (size_t i = 0; i < topology->device_count; i++)
        write_device(text, &topology->devices[i]);
    for (size_t i = 0; i < topology->unit_count; i++)
        if (topology->units[i].reason == ASSET && !topology->units[i].superseded &&
            !topology->units[i].fgt->away)
            write_unit(text, topology->units[i].serial,
                       topology->units[i].access_point ? "access_point" : "switch");
    text_close(text, ']');
    text_close(text, '}');
}
