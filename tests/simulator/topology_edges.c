/*
 * topology_edges.c - grows the managed units: switches, access points, and special rows.
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

static struct edge *add_edge(struct topology *topology, const struct device *gate,
                             const struct model *model, bool access_point)
{
    struct edge *edge = &topology->edges[topology->edge_count++];
    uint32_t vdoms = gate->vdom_count - (gate->bare ? 1 : 0);

    edge->number = (unsigned)topology->edge_count;
    edge->gate = gate;
    edge->model = model;
    edge->access_point = access_point;
    edge->vdom = vdoms > 1 ? random_below(&topology->random, vdoms) : 0;
    edge->connected = gate->connection == CONNECTION_UP && !random_chance(&topology->random, 12);
    topology_serial(topology, model, edge->serial);
    edge->id = topology_keep(topology, must_copy(edge->serial)); /* units move (change.h) */
    return edge;
}

static struct edge *add_switch(struct topology *topology, const struct device *gate,
                               const struct model *model)
{
    struct edge *edge = add_edge(topology, gate, model, false);

    /* managed_switch_adom_list: a switch without a name of its own has its serial as the name. */
    if (random_chance(&topology->random, 40))
        edge->name = edge->id;
    else
        edge->name = topology_keep(topology, must_print("Switch %u, floor %u",
                                                        (unsigned)topology->edge_count % 97,
                                                        random_below(&topology->random, 9)));
    return edge;
}

static struct edge *add_access_point(struct topology *topology, const struct device *gate,
                                     const struct model *model)
{
    struct edge *edge = add_edge(topology, gate, model, true);

    edge->name =
        topology_keep(topology, must_print("AP %u-%u", (unsigned)topology->edge_count % 997,
                                           random_below(&topology->random, 90)));
    return edge;
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

static void grow_odd_switch(struct topology *topology, const struct device *gate, unsigned oddity,
                            uint32_t version)
{
    const struct model *model =
        oddity == ODDITY_SWITCH_VM ? &special_models[MODEL_SWITCH_VM] : any_switch(topology);
    struct edge *edge = add_switch(topology, gate, model);

    if (oddity == ODDITY_SWITCH_MODEL) {
        edge->reason = REASON_PRE_PROVISIONED;
        edge->connected = false;
    } else if (oddity == ODDITY_SWITCH_UNAUTHORIZED) {
        edge->reason = REASON_UNAUTHORIZED;
        edge->connected = false;
    } else if (oddity == ODDITY_SWITCH_FREE_NAME && version >= VERSION_SWITCH_SN) {
        edge->name =
            topology_keep(topology, must_print("core sw %u", (unsigned)topology->edge_count));
        edge->id = edge->name;
    } else if (oddity == ODDITY_SWITCH_TEMPLATE) {
        /* A row of no unit yet: a name, and no serial. */
        edge->reason = REASON_INVALID_SERIAL;
        edge->connected = false;
        edge->serial[0] = '\0';
        edge->name = "access template";
        edge->id = edge->name;
    }
}

static void grow_odd_access_point(struct topology *topology, const struct device *gate,
                                  unsigned oddity)
{
    struct edge *edge = add_access_point(topology, gate, any_access_point(topology));

    switch (oddity) {
    case ODDITY_POINT_MODEL: edge->reason = REASON_PRE_PROVISIONED; break;
    case ODDITY_POINT_UNAUTHORIZED: edge->reason = REASON_UNAUTHORIZED; break;
    case ODDITY_POINT_WILDCARD:
        edge->reason = REASON_WILDCARD;
        edge->id = "FP231F****000001";
        break;
    case ODDITY_POINT_INVALID:
        edge->reason = REASON_INVALID_SERIAL;
        edge->id = "junk serial?";
        break;
    default: edge->name = ""; break;
    }
    if (edge->reason != ASSET)
        edge->connected = false;
}

/* A FortiWiFi lists its own radio as an access point. */
static void grow_local_radio(struct topology *topology, const struct device *gate)
{
    struct edge *edge = add_access_point(topology, gate, any_access_point(topology));

    edge->id = topology_keep(topology, must_print("%s-WIFI0", gate->serial));
    edge->name = "";
    edge->vdom = 0;
    edge->reason = REASON_LOCAL_RADIO;
}

static uint32_t choose_number(struct topology *topology, uint32_t wanted, uint32_t most)
{
    return wanted == ANY_NUMBER ? random_below(&topology->random, most + 1) : wanted;
}

/* The newest unit of another FortiGate, in the same ADOM or in another one. */
static struct edge *find_unit_to_move(struct topology *topology, const struct device *gate,
                                      bool access_point, bool same_adom)
{
    for (size_t i = topology->edge_count; i > 0; i--) {
        struct edge *edge = &topology->edges[i - 1];
        const struct adom *adom = edge->gate->vdoms[edge->vdom].adom;

        if (edge->gate != gate && edge->access_point == access_point && edge->reason == ASSET &&
            edge->connected && !edge->double_listed && (adom == gate->vdoms[0].adom) == same_adom)
            return edge;
    }
    return NULL;
}

/* Listed by two FortiGates: a moved unit that the old one still expects. Half of them have moved to
 * this FortiGate; the others have left it. */
static void grow_double_listing(struct topology *topology, const struct device *gate,
                                bool access_point)
{
    uint32_t left = topology->double_listings_left;
    struct edge *other =
        left > 0 ? find_unit_to_move(topology, gate, access_point, left / 2 % 2 == 0) : NULL;
    struct edge *here;

    if (other == NULL)
        return;
    here = &topology->edges[topology->edge_count++];
    *here = *other;
    here->gate = gate;
    here->vdom = 0;
    here->double_listed = other->double_listed = true;
    here->connected = gate->connection == CONNECTION_UP && left % 4 < 2;
    other->connected = !here->connected;
    here->superseded = !here->connected;
    other->superseded = !other->connected;
    topology->double_listings_left--;
}

static void grow_edges_of(struct topology *topology, struct device *gate, unsigned oddities,
                          const struct settings *settings)
{
    uint32_t switches = choose_number(topology, settings->switches, MOST_SWITCHES);
    uint32_t points = choose_number(topology, settings->access_points, MOST_ACCESS_POINTS);
    size_t first = topology->edge_count;

    for (uint32_t i = 0; i < switches; i++)
        (void)add_switch(topology, gate, any_switch(topology));
    for (unsigned oddity = 0; oddity < ODDITY_POINT_MODEL; oddity++)
        if ((oddities & 1U << oddity) != 0)
            grow_odd_switch(topology, gate, oddity, settings->version);
    for (uint32_t i = 0; i < points; i++)
        (void)add_access_point(topology, gate, any_access_point(topology));
    for (unsigned oddity = ODDITY_POINT_MODEL; oddity < ODDITY_COUNT; oddity++)
        if ((oddities & 1U << oddity) != 0)
            grow_odd_access_point(topology, gate, oddity);
    if (strncmp(gate->model->prefix, "FWF", 3) == 0)
        grow_local_radio(topology, gate);
    grow_double_listing(topology, gate, false);
    grow_double_listing(topology, gate, true);
    gate->first_edge = first;
    gate->edge_count = topology->edge_count - first;
    for (size_t i = first; i < topology->edge_count; i++) {
        if (topology->edges[i].reason != ASSET)
            continue;
        if (topology->edges[i].access_point)
            gate->access_point_count++;
        else
            gate->switch_count++;
    }
}

/* The special cases of each device, as bits. */
static unsigned *plan_oddities(struct topology *topology, uint32_t gates)
{
    unsigned *plan = must_allocate(topology->device_count, sizeof(*plan));
    uint32_t rounds = gates < FULL_TOPOLOGY ? 0 : 1 + gates / 500;

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

void topology_grow_edges(struct topology *topology, const struct settings *settings)
{
    unsigned *plan = plan_oddities(topology, settings->gates);

    uint32_t switches = settings->switches == ANY_NUMBER ? MOST_SWITCHES : settings->switches;
    uint32_t points =
        settings->access_points == ANY_NUMBER ? MOST_ACCESS_POINTS : settings->access_points;

    topology->double_listings_left = settings->all_offline ? 0 : settings->double_listed;
    /* One more row for a FortiWiFi's own radio, and two for units of other FortiGates. Pointers
     * refer to the units, so the array never moves. */
    topology->edges = must_allocate(topology->device_count * (switches + points + ODDITY_COUNT + 3),
                                    sizeof(*topology->edges));
    for (size_t i = 0; i < topology->device_count; i++)
        if (device_manages(&topology->devices[i]))
            grow_edges_of(topology, &topology->devices[i], plan[i], settings);
    free(plan);
}
