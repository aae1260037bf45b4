/*
 * topology_units.c - grows the managed units: switches, access points, and special rows.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _POSIX_C_SOURCE 200809L

#include "topology.h"

#include "text.h"

#include <stdlib.h>
#include <string.h>

#define MOST_SWITCHES      4
#define MOST_ACCESS_POINTS 6

enum oddity {
    ODDITY_SWITCH_MODEL,
    ODDITY_SWITCH_UNAUTHORIZED,
    ODDITY_SWITCH_VM,
    ODDITY_SWITCH_FREE_NAME,
    ODDITY_SWITCH_TEMPLATE,
    ODDITY_POINT_MODEL,
    ODDITY_POINT_UNAUTHORIZED,
    ODDITY_POINT_WILDCARD,
    ODDITY_POINT_INVALID,
    ODDITY_POINT_NAMELESS,
    ODDITY_COUNT
};

/* From this version on managed-switch has `sn`; before, switch-id is the serial (section 4.2). */
#define VERSION_SWITCH_SN 70403

static struct unit *add_unit(struct topology *topology, const struct device *fgt,
                             const struct model *model, bool access_point)
{
    struct unit *unit = &topology->units[topology->unit_count++];
    uint32_t vdoms = fgt->vdom_count - (fgt->bare ? 1 : 0);

    unit->number = (unsigned)topology->unit_count;
    unit->fgt = fgt;
    unit->model = model;
    unit->access_point = access_point;
    unit->vdom = vdoms > 1 ? random_below(&topology->random, vdoms) : 0;
    unit->connected = fgt->connection == CONNECTION_UP && !random_chance(&topology->random, 12);
    topology_serial(topology, model, unit->serial);
    unit->id = topology_keep(topology, must_copy(unit->serial)); /* units move (change.h) */
    return unit;
}

static struct unit *add_switch(struct topology *topology, const struct device *fgt,
                               const struct model *model)
{
    struct unit *unit = add_unit(topology, fgt, model, false);

    /* managed_switch_adom_list: a switch without a name of its own has its serial as the name. */
    if (random_chance(&topology->random, 40))
        unit->name = unit->id;
    else
        unit->name = topology_keep(topology, must_print("Switch %u, floor %u",
                                                        (unsigned)topology->unit_count % 97,
                                                        random_below(&topology->random, 9)));
    return unit;
}

static struct unit *add_access_point(struct topology *topology, const struct device *fgt,
                                     const struct model *model)
{
    struct unit *unit = add_unit(topology, fgt, model, true);

    unit->name =
        topology_keep(topology, must_print("AP %u-%u", (unsigned)topology->unit_count % 997,
                                           random_below(&topology->random, 90)));
    return unit;
}

static const struct model *any_switch(struct topology *topology)
{
    return &switch_models[random_below(&topology->random, (uint32_t)switch_model_count)];
}

static const struct model *any_access_point(struct topology *topology)
{
    return &access_point_models[random_below(&topology->random,
                                             (uint32_t)access_point_model_count)];
}

static void grow_odd_switch(struct topology *topology, const struct device *fgt, unsigned oddity,
                            uint32_t version)
{
    const struct model *model =
        oddity == ODDITY_SWITCH_VM ? &special_models[MODEL_SWITCH_VM] : any_switch(topology);
    struct unit *unit = add_switch(topology, fgt, model);

    if (oddity == ODDITY_SWITCH_MODEL) {
        unit->reason = REASON_PRE_PROVISIONED;
        unit->connected = false;
    } else if (oddity == ODDITY_SWITCH_UNAUTHORIZED) {
        unit->reason = REASON_UNAUTHORIZED;
        unit->connected = false;
    } else if (oddity == ODDITY_SWITCH_FREE_NAME && version >= VERSION_SWITCH_SN) {
        unit->name =
            topology_keep(topology, must_print("core sw %u", (unsigned)topology->unit_count));
        unit->id = unit->name;
    } else if (oddity == ODDITY_SWITCH_TEMPLATE) {
        /* A row of no unit yet: a name, and no serial. */
        unit->reason = REASON_INVALID_SERIAL;
        unit->connected = false;
        unit->serial[0] = '\0';
        unit->name = "access template";
        unit->id = unit->name;
    }
}

static void grow_odd_access_point(struct topology *topology, const struct device *fgt,
                                  unsigned oddity)
{
    struct unit *unit = add_access_point(topology, fgt, any_access_point(topology));

    switch (oddity) {
    case ODDITY_POINT_MODEL: unit->reason = REASON_PRE_PROVISIONED; break;
    case ODDITY_POINT_UNAUTHORIZED: unit->reason = REASON_UNAUTHORIZED; break;
    case ODDITY_POINT_WILDCARD:
        unit->reason = REASON_WILDCARD;
        unit->id = "FP231F****000001";
        break;
    case ODDITY_POINT_INVALID:
        unit->reason = REASON_INVALID_SERIAL;
        unit->id = "junk serial?";
        break;
    default: unit->name = ""; break;
    }
    if (unit->reason != ASSET)
        unit->connected = false;
}

/* A FortiWiFi lists its own radio as an access point. */
static void grow_local_radio(struct topology *topology, const struct device *fgt)
{
    struct unit *unit = add_access_point(topology, fgt, any_access_point(topology));

    unit->id = topology_keep(topology, must_print("%s-WIFI0", fgt->serial));
    unit->name = "";
    unit->vdom = 0;
    unit->reason = REASON_LOCAL_RADIO;
}

static uint32_t choose_number(struct topology *topology, uint32_t wanted, uint32_t most)
{
    return wanted == ANY_NUMBER ? random_below(&topology->random, most + 1) : wanted;
}

/* The newest unit of another FortiGate, in the same ADOM or in another one. */
static struct unit *find_unit_to_move(struct topology *topology, const struct device *fgt,
                                      bool access_point, bool same_adom)
{
    for (size_t i = topology->unit_count; i > 0; i--) {
        struct unit *unit = &topology->units[i - 1];
        const struct adom *adom = unit->fgt->vdoms[unit->vdom].adom;

        if (unit->fgt != fgt && unit->access_point == access_point && unit->reason == ASSET &&
            unit->connected && !unit->double_listed && (adom == fgt->vdoms[0].adom) == same_adom)
            return unit;
    }
    return NULL;
}

/* Listed by two FortiGates: a moved unit that the old one still expects. Half of them have moved to
 * this FortiGate; the others have left it. */
static void grow_double_listing(struct topology *topology, const struct device *fgt,
                                bool access_point)
{
    uint32_t left = topology->double_listings_left;
    struct unit *other =
        left > 0 ? find_unit_to_move(topology, fgt, access_point, left / 2 % 2 == 0) : NULL;
    struct unit *here;

    if (other == NULL)
        return;
    here = &topology->units[topology->unit_count++];
    *here = *other;
    here->fgt = fgt;
    here->vdom = 0;
    here->double_listed = other->double_listed = true;
    here->connected = fgt->connection == CONNECTION_UP && left % 4 < 2;
    other->connected = !here->connected;
    here->superseded = !here->connected;
    other->superseded = !other->connected;
    topology->double_listings_left--;
}

static void grow_units_of(struct topology *topology, struct device *fgt, unsigned oddities,
                          const struct settings *settings)
{
    uint32_t switches = choose_number(topology, settings->switches, MOST_SWITCHES);
    uint32_t points = choose_number(topology, settings->access_points, MOST_ACCESS_POINTS);
    size_t first = topology->unit_count;

    for (uint32_t i = 0; i < switches; i++)
        (void)add_switch(topology, fgt, any_switch(topology));
    for (unsigned oddity = 0; oddity < ODDITY_POINT_MODEL; oddity++)
        if ((oddities & 1U << oddity) != 0)
            grow_odd_switch(topology, fgt, oddity, settings->version);
    for (uint32_t i = 0; i < points; i++)
        (void)add_access_point(topology, fgt, any_access_point(topology));
    for (unsigned oddity = ODDITY_POINT_MODEL; oddity < ODDITY_COUNT; oddity++)
        if ((oddities & 1U << oddity) != 0)
            grow_odd_access_point(topology, fgt, oddity);
    if (strncmp(fgt->model->prefix, "FWF", 3) == 0)
        grow_local_radio(topology, fgt);
    grow_double_listing(topology, fgt, false);
    grow_double_listing(topology, fgt, true);
    fgt->first_unit = first;
    fgt->unit_count = topology->unit_count - first;
    for (size_t i = first; i < topology->unit_count; i++) {
        if (topology->units[i].reason != ASSET)
            continue;
        if (topology->units[i].access_point)
            fgt->access_point_count++;
        else
            fgt->switch_count++;
    }
}

/* The special cases of each device, as bits. */
static unsigned *plan_oddities(struct topology *topology, uint32_t fgts)
{
    unsigned *plan = must_allocate(topology->device_count, sizeof(*plan));
    uint32_t rounds = fgts < FULL_TOPOLOGY ? 0 : 1 + fgts / 500;

    for (uint32_t round = 0; round < rounds; round++) {
        for (unsigned oddity = 0; oddity < ODDITY_COUNT; oddity++) {
            uint32_t at;

            do
                at = random_below(&topology->random, (uint32_t)topology->device_count);
            while (!device_manages(&topology->devices[at]) ||
                   topology->devices[at].connection != CONNECTION_UP);
            plan[at] |= 1U << oddity;
        }
    }
    return plan;
}

void topology_grow_units(struct topology *topology, const struct settings *settings)
{
    unsigned *plan = plan_oddities(topology, settings->fgts);

    uint32_t switches = settings->switches == ANY_NUMBER ? MOST_SWITCHES : settings->switches;
    uint32_t points =
        settings->access_points == ANY_NUMBER ? MOST_ACCESS_POINTS : settings->access_points;

    topology->double_listings_left = settings->all_offline ? 0 : settings->double_listed;
    /* One more row for a FortiWiFi's own radio, and two for units of other FortiGates. Pointers
     * refer to the units, so the array never moves. */
    topology->units = must_allocate(topology->device_count * (switches + points + ODDITY_COUNT + 3),
                                    sizeof(*topology->units));
    for (size_t i = 0; i < topology->device_count; i++)
        if (device_manages(&topology->devices[i]))
            grow_units_of(topology, &topology->devices[i], plan[i], settings);
    free(plan);
}
