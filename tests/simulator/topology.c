/*
 * topology.c - the ADOMs, the indexes, and the FortiManager itself.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _POSIX_C_SOURCE 200809L

#include "topology.h"

#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Built-in ADOMs (section 3.4). The bits of restricted_prds are 1 << os_type: only fos = 1 was
 * recorded. */
struct factory_adom {
    const char *name;
    const char *product;
    int oid;
    unsigned bit;
};

static const struct factory_adom factory_adoms[] = {
    {"FortiAnalyzer", "faz", 101, 4},
    {"FortiAuthenticator", "fac", 102, 12},
    {"FortiCache", "fch", 103, 6},
    {"FortiCarrier", "foc", 104, 2},
    {"FortiClient", "fct", 105, 7},
    {"FortiDDoS", "fdd", 106, 11},
    {"FortiDeceptor", "fdc", 107, 15},
    {"FortiFirewall", "ffw", 108, 16},
    {"FortiFirewallCarrier", "fwc", 109, 24},
    {"FortiMail", "fml", 110, 3},
    {"FortiManager", "fmg", 111, 9},
    {"FortiNAC", "fna", 112, 14},
    {"FortiProxy", "fpx", 113, 13},
    {"FortiSandbox", "fsa", 114, 10},
    {"FortiWeb", "fwb", 115, 5},
    {"Syslog", "log", 116, 8},
    {"Unmanaged_Devices", "fos", 117, 0},
};

struct own_adom {
    const char *name;
    const char *description;
    int oid;
};

/* The last one stays empty, except for bare VDOMs (--advanced). */
static const struct own_adom own_adoms[] = {
    {"Branch Offices", "shops and small offices", 160},
    {"EMEA/West", "", 165},
    {"Zürich", "Rechenzentrum Zürich", 171},
    {"Lab (empty)", "nothing here", 188},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

void rows_add(struct rows *rows, const void *item)
{
    if (rows->count == rows->capacity) {
        rows->capacity = rows->capacity > 0 ? 2 * rows->capacity : 16;
        rows->items = must_resize(rows->items, rows->capacity, sizeof(*rows->items));
    }
    rows->items[rows->count++] = item;
}

const char *topology_keep(struct topology *topology, char *string)
{
    rows_add(&topology->strings, string);
    return string;
}

/* Unique in the topology: the last six digits run through all numbers below a million. */
void topology_serial(struct topology *topology, const struct model *model, char *ret_serial)
{
    uint64_t digits = topology->serial_start + UINT64_C(420489) * topology->serial_number++;
    unsigned year = 18 + random_below(&topology->random, 7);
    const char *middle = strncmp(model->prefix, "FGVM", 4) == 0 ? "TM" : "TK";

    if (model->prefix[0] == 'S' || strncmp(model->prefix, "FP", 2) == 0)
        middle = "TF";
    /* The form of a recorded FortiSwitch-VM serial: S108DVI_CWPKU64E. */
    if (strcmp(model->prefix, "S108DV") == 0)
        (void)snprintf(ret_serial, 24, "%sI_CW%06u", model->prefix, (unsigned)(digits % 1000000));
    else
        (void)snprintf(ret_serial, 24, "%s%s%02u%06u", model->prefix, middle, year,
                       (unsigned)(digits % 1000000));
}

static void add_adom(struct topology *topology, const struct adom *adom)
{
    topology->adoms[topology->adom_count++] = *adom;
}

static void grow_adoms(struct topology *topology, const struct settings *settings)
{
    topology->adoms =
        must_allocate(2 + COUNT(factory_adoms) + COUNT(own_adoms), sizeof(struct adom));
    add_adom(topology, &(struct adom){.name = "root",
                                      .description = "",
                                      .oid = 3,
                                      .mode = 1,
                                      .product = "fos",
                                      .product_bit = 1,
                                      .factory = true});
    if (settings->adoms_disabled)
        return;
    for (size_t i = 0; i < COUNT(own_adoms); i++)
        add_adom(topology, &(struct adom){.name = own_adoms[i].name,
                                          .description = own_adoms[i].description,
                                          .oid = own_adoms[i].oid,
                                          .mode = 1,
                                          .product = "fos",
                                          .product_bit = 1});
    /* The global database. */
    add_adom(topology, &(struct adom){.name = "rootp",
                                      .description = "",
                                      .oid = 10,
                                      .mode = 2,
                                      .product = "fos",
                                      .product_bit = 1,
                                      .factory = true});
    for (size_t i = 0; i < COUNT(factory_adoms); i++)
        add_adom(topology, &(struct adom){.name = factory_adoms[i].name,
                                          .description = "",
                                          .oid = factory_adoms[i].oid,
                                          .mode = 1,
                                          .product = factory_adoms[i].product,
                                          .product_bit = INT64_C(1) << factory_adoms[i].bit,
                                          .factory = true});
}

static void grow_system(struct topology *topology, const struct settings *settings)
{
    struct system_unit *system = &topology->system;
    unsigned number = random_below(&topology->random, 90000000);

    system->major = (int)(settings->version / 10000);
    system->minor = (int)(settings->version / 100 % 100);
    system->patch = (int)(settings->version % 100);
    system->build = settings->version == VERSION_7_0_3   ? 254
                    : settings->version == VERSION_7_4_7 ? 2651
                                                         : 3634;
    system->version = topology_keep(
        topology, must_print("%d.%d.%d", system->major, system->minor, system->patch));
    system->hostname = "fmg-simulated";
    (void)snprintf(system->serial, sizeof(system->serial), "FMGVMSTM%08u", number);
    /* One of the three versions is a pair, so that tests cover both. */
    if (settings->version == VERSION_7_4_7) {
        system->peer_hostname = "fmg-simulated-2";
        (void)snprintf(system->peer_serial, sizeof(system->peer_serial), "FMGVMSTM%08u",
                       number + 1);
    }
}

/* Marks the ADOMs in a comma-separated list of names. */
static void mark_per_device(struct topology *topology, const char *names)
{
    while (*names != '\0') {
        size_t size = strcspn(names, ",");

        for (size_t i = 0; i < topology->adom_count; i++)
            if (strlen(topology->adoms[i].name) == size &&
                strncmp(topology->adoms[i].name, names, size) == 0)
                topology->adoms[i].per_device = true;
        names += size;
        names += *names == ',' ? 1 : 0;
    }
}

static int compare_device_names(const void *left, const void *right)
{
    const struct device *const *a = left;
    const struct device *const *b = right;

    return strcmp((*a)->name, (*b)->name);
}

static int compare_adom_names(const void *left, const void *right)
{
    const struct adom *const *a = left;
    const struct adom *const *b = right;

    return strcmp((*a)->name, (*b)->name);
}

static int compare_adom_oids(const void *left, const void *right)
{
    const struct adom *const *a = left;
    const struct adom *const *b = right;

    return ((*a)->oid > (*b)->oid) - ((*a)->oid < (*b)->oid);
}

static void sort(struct rows *rows, int (*compare)(const void *, const void *))
{
    if (rows->count > 1)
        qsort(rows->items, rows->count, sizeof(*rows->items), compare);
}

static void index_adoms(struct topology *topology)
{
    topology->adoms_by_name.count = topology->adoms_by_oid.count = 0;
    for (size_t i = 0; i < topology->adom_count; i++) {
        if (topology->adoms[i].away)
            continue;
        rows_add(&topology->adoms_by_name, &topology->adoms[i]);
        rows_add(&topology->adoms_by_oid, &topology->adoms[i]);
    }
    sort(&topology->adoms_by_name, compare_adom_names);
    sort(&topology->adoms_by_oid, compare_adom_oids);
}

/* Devices were created in the order of their oids. */
static void index_devices(struct topology *topology)
{
    for (size_t i = 0; i < topology->device_count; i++) {
        const struct device *device = &topology->devices[i];

        if (device->away)
            continue;
        rows_add(&topology->devices_by_name, device);
        rows_add(&topology->devices_by_oid, device);
        for (size_t a = 0; a < topology->adom_count; a++) {
            struct adom *adom = &topology->adoms[a];

            if (device_is_in(device, adom)) {
                rows_add(&adom->devices_by_name, device);
                rows_add(&adom->devices_by_oid, device);
            }
        }
    }
    sort(&topology->devices_by_name, compare_device_names);
    for (size_t a = 0; a < topology->adom_count; a++)
        sort(&topology->adoms[a].devices_by_name, compare_device_names);
}

/* In per-device mode an ADOM's tables are empty or partial (section 3.4): here they lack all
 * switches, and every second access point. */
bool unit_is_in_table(const struct unit *unit)
{
    const struct adom *adom = unit->fgt->vdoms[unit->vdom].adom;

    return !adom->per_device || (unit->access_point && unit->serial[15] % 2 == 0);
}

static void index_units(struct topology *topology)
{
    for (size_t i = 0; i < topology->unit_count; i++) {
        const struct unit *unit = &topology->units[i];
        const struct adom *home = unit->fgt->vdoms[unit->vdom].adom;

        for (size_t a = 0; a < topology->adom_count; a++)
            if (home == &topology->adoms[a] && !unit->fgt->away && unit_is_in_table(unit))
                rows_add(unit->access_point ? &topology->adoms[a].access_points
                                            : &topology->adoms[a].switches,
                         unit);
    }
}

/* Another member takes over: the row shows its serial and name. None does when all others are down,
 * or when FortiManager does not know the other's name. */
void topology_fail_over(struct device *device)
{
    struct member *old = NULL;
    struct member *next = NULL;

    for (uint32_t i = 0; i < device->member_count; i++) {
        struct member *member = &device->members[i];

        if (member->master)
            old = member;
        else if (member->status == 1 && member->name[0] != '\0')
            next = member;
    }
    if (next == NULL)
        return;
    old->master = false;
    next->master = true;
    device->hostname = next->name;
    memcpy(device->serial, next->serial, sizeof(device->serial));
}

static int compare_units(const void *left, const void *right)
{
    const struct unit *a = left;
    const struct unit *b = right;

    if (a->fgt != b->fgt)
        return (a->fgt > b->fgt) - (a->fgt < b->fgt);
    return (a->number > b->number) - (a->number < b->number);
}

/* Puts the units of each FortiGate next to each other, and counts them. */
static void gather_units(struct topology *topology)
{
    if (topology->unit_count > 1)
        qsort(topology->units, topology->unit_count, sizeof(*topology->units), compare_units);
    for (size_t i = 0; i < topology->device_count; i++) {
        struct device *device = &topology->devices[i];

        device->unit_count = 0;
        device->switch_count = device->access_point_count = 0;
    }
    for (size_t i = topology->unit_count; i > 0; i--) {
        const struct unit *unit = &topology->units[i - 1];
        struct device *fgt = (struct device *)(uintptr_t)unit->fgt;

        fgt->first_unit = i - 1;
        fgt->unit_count++;
        fgt->switch_count += unit->reason == ASSET && !unit->access_point ? 1 : 0;
        fgt->access_point_count += unit->reason == ASSET && unit->access_point ? 1 : 0;
    }
}

/* Models and units that only send logs were never connected. */
static void go_offline(struct topology *topology)
{
    for (size_t i = 0; i < topology->device_count; i++)
        if (topology->devices[i].connection == CONNECTION_UP)
            topology->devices[i].connection = CONNECTION_DOWN;
    for (size_t i = 0; i < topology->unit_count; i++)
        topology->units[i].connected = false;
}

/* The first FortiGates that answer proxied queries and have units. */
static void kill_fgts(struct topology *topology, const struct settings *settings)
{
    uint32_t left = settings->proxy_dead;

    for (size_t i = 0; i < topology->device_count && left > 0; i++) {
        struct device *device = &topology->devices[i];

        if (device_manages(device) && device->connection == CONNECTION_UP &&
            device->switch_count > 0 && device->access_point_count > 0) {
            device->dead = true;
            left--;
        }
    }
}

void topology_build(struct topology *topology, const struct settings *settings)
{
    *topology = (struct topology){.random = {settings->seed}};
    topology->serial_start = random_below(&topology->random, 1000000);
    topology->next_oid = 190 + random_below(&topology->random, 50);
    grow_system(topology, settings);
    grow_adoms(topology, settings);
    mark_per_device(topology, settings->per_device);
    index_adoms(topology);
    topology_grow_devices(topology, settings);
    topology_grow_units(topology, settings);
    for (size_t i = 0; i < topology->device_count && settings->failover; i++)
        topology_fail_over(&topology->devices[i]);
    kill_fgts(topology, settings);
    if (settings->all_offline)
        go_offline(topology);
    index_devices(topology);
    index_units(topology);
}

void topology_reindex(struct topology *topology)
{
    topology->devices_by_name.count = topology->devices_by_oid.count = 0;
    for (size_t a = 0; a < topology->adom_count; a++) {
        struct adom *adom = &topology->adoms[a];

        adom->devices_by_name.count = adom->devices_by_oid.count = 0;
        adom->switches.count = adom->access_points.count = 0;
    }
    index_adoms(topology);
    gather_units(topology);
    index_devices(topology);
    index_units(topology);
}

void topology_release(struct topology *topology)
{
    for (size_t i = 0; i < topology->adom_count; i++) {
        free(topology->adoms[i].devices_by_name.items);
        free(topology->adoms[i].devices_by_oid.items);
        free(topology->adoms[i].switches.items);
        free(topology->adoms[i].access_points.items);
    }
    for (size_t i = 0; i < topology->device_count; i++)
        free(topology->devices[i].members);
    for (size_t i = 0; i < topology->strings.count; i++)
        free((void *)(uintptr_t)topology->strings.items[i]);
    free(topology->strings.items);
    free(topology->adoms_by_name.items);
    free(topology->adoms_by_oid.items);
    free(topology->devices_by_name.items);
    free(topology->devices_by_oid.items);
    free(topology->adoms);
    free(topology->devices);
    free(topology->units);
    *topology = (struct topology){0};
}

const struct adom *topology_find_adom(const struct topology *topology, const char *name)
{
    for (size_t i = 0; i < topology->adom_count; i++)
        if (!topology->adoms[i].away && strcmp(topology->adoms[i].name, name) == 0)
            return &topology->adoms[i];
    return NULL;
}

const struct device *topology_find_device(const struct topology *topology, const char *name)
{
    struct device wanted = {.name = name};
    const struct device *key = &wanted;
    const struct rows *rows = &topology->devices_by_name;
    const struct device *const *found;

    if (rows->count == 0)
        return NULL;
    found = bsearch(&key, rows->items, rows->count, sizeof(*rows->items), compare_device_names);
    return found != NULL ? *found : NULL;
}

enum reason device_reason(const struct device *device)
{
    switch (device->product) {
    case PRODUCT_FIREWALL:
    case PRODUCT_SWITCH:
    case PRODUCT_ACCESS_POINT: break;
    case PRODUCT_SASE: return REASON_SERVICE;
    default: return REASON_OTHER_PRODUCT;
    }
    if ((device->flags & FLAG_IS_MODEL) != 0)
        return REASON_MODEL_DEVICE;
    if (device->management == MANAGEMENT_UNREGISTERED)
        return REASON_UNAUTHORIZED;
    if (strchr(device->serial, '/') != NULL)
        return REASON_INVALID_SERIAL;
    return ASSET;
}

bool device_is_in(const struct device *device, const struct adom *adom)
{
    for (uint32_t v = 0; v < device->vdom_count; v++)
        if (device->vdoms[v].adom == adom)
            return true;
    return false;
}

bool device_manages(const struct device *device)
{
    return device->product == PRODUCT_FIREWALL && device_reason(device) == ASSET &&
           device->management != MANAGEMENT_LOGS && device->vdoms[0].adom != NULL;
}
