/*
 * topology_devices.c - grows the devices: FortiGates of every kind, clusters, and other products.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _POSIX_C_SOURCE 200809L

#include "topology.h"

#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* root and the first three ADOMs of an administrator have FortiGates. */
#define FGT_ADOMS 4

enum kind {
    KIND_CLUSTER_OF_TWO,
    KIND_CLUSTER_OF_FOUR,
    KIND_CLUSTER_DEGRADED,
    KIND_MODEL,
    KIND_MODEL_WITHOUT_SERIAL,
    KIND_UNREGISTERED,
    KIND_LOG_ONLY,
    KIND_NO_ADOM,
    KIND_TWO_ADOMS,
    KIND_VM64,
    KIND_VM64_KVM,
    KIND_6000F,
    KIND_WIFI,
    KIND_OFFLINE,
    KIND_LINKED,
    KIND_VDOMS,
    KIND_JUNK_SERIAL,
    KIND_COUNT,
    KIND_PLAIN = KIND_COUNT
};

/* The percentage of each kind among the rows after the first ones; the rest is plain. */
static const unsigned shares[KIND_COUNT] = {
    [KIND_CLUSTER_OF_TWO] = 12,
    [KIND_CLUSTER_OF_FOUR] = 1,
    [KIND_CLUSTER_DEGRADED] = 1,
    [KIND_MODEL] = 2,
    [KIND_UNREGISTERED] = 1,
    [KIND_LOG_ONLY] = 2,
    [KIND_TWO_ADOMS] = 1,
    [KIND_VM64] = 2,
    [KIND_VM64_KVM] = 2,
    [KIND_WIFI] = 4,
    [KIND_OFFLINE] = 5,
    [KIND_LINKED] = 1,
    [KIND_VDOMS] = 3,
    [KIND_6000F] = 0,
    [KIND_NO_ADOM] = 0,
    [KIND_MODEL_WITHOUT_SERIAL] = 0,
    [KIND_JUNK_SERIAL] = 0,
};

static unsigned random_kind(struct random *random)
{
    unsigned dice = random_below(random, 100);

    for (unsigned kind = 0; kind < KIND_COUNT; kind++) {
        if (dice < shares[kind])
            return kind;
        dice -= shares[kind];
    }
    return KIND_PLAIN;
}

/* A kind for every FortiGate, in a random order. A small topology has only plain ones. */
static unsigned *plan_kinds(struct topology *topology, uint32_t fgts)
{
    unsigned *kinds = must_allocate(fgts, sizeof(*kinds));

    for (uint32_t i = 0; i < fgts; i++) {
        if (fgts < FULL_TOPOLOGY)
            kinds[i] = i % 4 == 1 ? KIND_CLUSTER_OF_TWO : KIND_PLAIN;
        else
            kinds[i] = i < KIND_COUNT ? i : random_kind(&topology->random);
    }
    for (uint32_t i = fgts; i > 1; i--) {
        uint32_t other = random_below(&topology->random, i);
        unsigned kind = kinds[i - 1];

        kinds[i - 1] = kinds[other];
        kinds[other] = kind;
    }
    return kinds;
}

static const struct model *choose_model(struct topology *topology, unsigned kind)
{
    switch (kind) {
    case KIND_VM64: return &special_models[MODEL_VM64];
    case KIND_VM64_KVM: return &special_models[MODEL_VM64_KVM];
    case KIND_6000F: return &special_models[MODEL_6000F];
    case KIND_WIFI: return &special_models[MODEL_WIFI_60F];
    default:
        return &firewall_models[random_below(&topology->random, (uint32_t)firewall_model_count)];
    }
}

/* root, Branch Offices, EMEA/West, Zürich: each occurs early, then by weight. */
static const struct adom *choose_adom(struct topology *topology, const struct settings *settings,
                                      uint32_t position)
{
    static const size_t weighted[] = {0, 0, 1, 1, 1, 1, 1, 2, 2, 3};

    if (settings->adoms_disabled)
        return &topology->adoms[0];
    if (position < FULL_TOPOLOGY)
        return &topology->adoms[position % FGT_ADOMS];
    return &topology->adoms[weighted[random_below(&topology->random, 10)]];
}

static struct device *add_device(struct topology *topology, const struct model *model)
{
    struct device *device = &topology->devices[topology->device_count++];

    device->oid = (int)topology->next_oid;
    topology->next_oid += 1 + random_below(&topology->random, 9);
    device->model = model;
    device->platform = model->platform;
    device->description = "";
    device->latitude = "0.0";
    device->longitude = "0.0";
    device->ha_group = "";
    device->os_ver = 7;
    device->connection = CONNECTION_UP;
    device->management = MANAGEMENT_FORTIMANAGER;
    device->flags = model->disk ? FLAG_HAS_DISK : 0;
    device->last_checked = 1750000000 - (int)random_below(&topology->random, 86400);
    device->vdom_count = 1;
    device->vdoms[0].name = "root";
    topology_serial(topology, model, device->serial);
    (void)snprintf(device->address, sizeof(device->address), "10.%u.%u.%u",
                   random_below(&topology->random, 250), random_below(&topology->random, 250),
                   1 + random_below(&topology->random, 250));
    return device;
}

static void add_vdoms(struct topology *topology, struct device *device, const struct adom *adom)
{
    static const char *const names[MAXIMUM_VDOMS] = {"root", "guest", "dmz", "tenant 1"};

    device->flags |= FLAG_VDOM_ENABLED;
    device->vdom_count = 2 + random_below(&topology->random, MAXIMUM_VDOMS - 1);
    for (uint32_t i = 0; i < device->vdom_count; i++)
        device->vdoms[i] = (struct vdom){names[i], adom};
}

/* Advanced ADOM mode (section 3.3): each VDOM in a random ADOM. */
static void spread_vdoms(struct topology *topology, struct device *device, const struct adom *adom)
{
    size_t first = (size_t)(adom - topology->adoms);

    for (uint32_t i = 0; i < device->vdom_count; i++)
        device->vdoms[i].adom = &topology->adoms[(first + i) % FGT_ADOMS];
}

static void add_members(struct topology *topology, struct device *device, unsigned kind)
{
    uint32_t count = kind == KIND_CLUSTER_OF_FOUR ? 4 : 2;
    uint32_t master = random_below(&topology->random, count);

    device->members = must_allocate(count, sizeof(*device->members));
    device->member_count = count;
    device->ha_mode = kind == KIND_CLUSTER_OF_FOUR ? 2 : 1;
    device->ha_group = device->name;
    for (uint32_t i = 0; i < count; i++) {
        struct member *member = &device->members[i];

        member->oid = 800 + device->oid * 4 + (int)i;
        member->master = i == master;
        member->priority = 128 + (int)random_below(&topology->random, 10);
        member->index = (int)i;
        member->status = 1;
        member->name =
            topology_keep(topology, must_print("%s-%c", device->hostname, (char)('A' + i)));
        if (member->master)
            memcpy(member->serial, device->serial, sizeof(member->serial));
        else
            topology_serial(topology, device->model, member->serial);
    }
    device->hostname = device->members[master].name;
    if (kind == KIND_CLUSTER_OF_FOUR)
        device->members[(master + 1) % count].name = "";
    if (kind == KIND_CLUSTER_DEGRADED) {
        struct member *lost = &device->members[(master + 1) % count];

        lost->status = random_chance(&topology->random, 50) ? 0 : 2;
        lost->index = 2147483647;
    }
}

static void name_fgt(struct topology *topology, struct device *device, uint32_t position,
                     bool awkward)
{
    const struct site *site = &sites[random_below(&topology->random, (uint32_t)site_count)];

    device->hostname =
        topology_keep(topology, must_print("%s-FW-%05u", site->name, (unsigned)position + 1));
    if (awkward)
        device->name = awkward_names[position];
    else
        device->name =
            topology_keep(topology, must_print("%s-fw-%05u", site->name, (unsigned)position + 1));
    if (random_chance(&topology->random, 40)) {
        device->latitude = site->latitude;
        device->longitude = site->longitude;
    }
    if (random_chance(&topology->random, 25))
        device->description =
            descriptions[random_below(&topology->random, (uint32_t)description_count)];
}

/* Each version occurs early, because their answers differ. */
static void set_firmware(struct device *device, uint32_t position)
{
    const struct firmware *firmware = &firmwares[position % firmware_count];

    device->os_ver = firmware->major;
    device->mr = firmware->minor;
    device->patch = firmware->patch;
    device->build = firmware->build;
}

static void make_model_device(struct device *device, bool serial)
{
    device->flags |= FLAG_IS_MODEL | FLAG_NEED_RESET;
    device->patch = -1;
    device->connection = CONNECTION_UNKNOWN;
    device->last_checked = 0;
    device->hostname = device->platform;
    if (!serial)
        device->serial[0] = '\0';
}

/* Log-only: logs arrive, so the serial and little else is known (section 3.3). */
static void make_log_only(struct device *device)
{
    device->management = MANAGEMENT_LOGS;
    device->connection = CONNECTION_UNKNOWN;
    device->hostname = "";
    device->last_checked = 0;
    if (device->oid % 2 == 0)
        device->platform = "";
}

static void grow_fgt(struct topology *topology, const struct settings *settings, uint32_t position,
                     unsigned kind)
{
    struct device *device = add_device(topology, choose_model(topology, kind));
    const struct adom *adom = choose_adom(topology, settings, position);
    bool awkward = settings->fgts >= FULL_TOPOLOGY && position < awkward_name_count &&
                   kind != KIND_UNREGISTERED;

    device->vdoms[0].adom = adom;
    name_fgt(topology, device, position, awkward);
    set_firmware(device, position);
    switch (kind) {
    case KIND_CLUSTER_OF_TWO:
    case KIND_CLUSTER_OF_FOUR:
    case KIND_CLUSTER_DEGRADED: add_members(topology, device, kind); break;
    case KIND_MODEL: make_model_device(device, true); break;
    case KIND_MODEL_WITHOUT_SERIAL: make_model_device(device, false); break;
    case KIND_LOG_ONLY: make_log_only(device); break;
    case KIND_OFFLINE: device->connection = CONNECTION_DOWN; break;
    case KIND_LINKED: device->flags |= FLAG_LINKED_TO_MODEL; break;
    case KIND_VDOMS: add_vdoms(topology, device, adom); break;
    case KIND_UNREGISTERED:
        device->management = MANAGEMENT_UNREGISTERED;
        device->name = device->serial;
        device->vdoms[0].adom = &topology->adoms[0];
        break;
    case KIND_NO_ADOM:
        if (!settings->adoms_disabled)
            device->vdoms[0].adom = NULL;
        break;
    case KIND_TWO_ADOMS:
        add_vdoms(topology, device, adom);
        if (!settings->adoms_disabled)
            device->vdoms[1].adom = &topology->adoms[adom == &topology->adoms[1] ? 2 : 1];
        break;
    case KIND_JUNK_SERIAL: memcpy(device->serial, "N/A", sizeof("N/A")); break;
    default: break;
    }
    if (settings->advanced && !settings->adoms_disabled &&
        (device->vdom_count > 1 || kind == KIND_CLUSTER_OF_TWO)) {
        if (device->vdom_count == 1)
            add_vdoms(topology, device, adom);
        spread_vdoms(topology, device, adom);
        /* An ADOM without units, although it has a VDOM of a FortiGate that counts some. */
        device->bare = kind == KIND_VDOMS;
        if (device->bare)
            device->vdoms[device->vdom_count - 1].adom = &topology->adoms[FGT_ADOMS];
    }
}

/* One row of another product, in the ADOM of that name (root when there is none). */
static void grow_other(struct topology *topology, const char *adom, const char *name,
                       const struct model *model, int product)
{
    struct device *device = add_device(topology, model);

    device->name = name;
    device->hostname = name;
    device->product = product;
    device->mr = 4;
    device->patch = 2;
    device->build = 1100;
    device->vdoms[0].adom = topology_find_adom(topology, adom);
    if (device->vdoms[0].adom == NULL)
        device->vdoms[0].adom = &topology->adoms[0];
}

/* Units that registered themselves have special values of platform_str. */
static void grow_standalone(struct topology *topology, const char *adom, const char *name,
                            const struct model *model, int product)
{
    grow_other(topology, adom, name, model, product);
    topology->devices[topology->device_count - 1].platform = model->name;
}

void topology_grow_devices(struct topology *topology, const struct settings *settings)
{
    unsigned *kinds = plan_kinds(topology, settings->fgts);

    topology->devices = must_allocate((size_t)settings->fgts + 6, sizeof(*topology->devices));
    for (uint32_t i = 0; i < settings->fgts; i++)
        grow_fgt(topology, settings, i, kinds[i]);
    free(kinds);
    if (settings->fgts < FULL_TOPOLOGY)
        return;
    grow_other(topology, "root", "FortiSASE", &special_models[MODEL_SASE], PRODUCT_SASE);
    grow_other(topology, "FortiAnalyzer", "faz-logs", &special_models[MODEL_ANALYZER],
               PRODUCT_ANALYZER);
    grow_other(topology, "FortiMail", "mail gateway", &special_models[MODEL_MAIL], PRODUCT_MAIL);
    grow_other(topology, "FortiWeb", "waf-01", &special_models[MODEL_WEB], PRODUCT_WEB);
    grow_standalone(topology, "root", "standalone switch", &switch_models[7], PRODUCT_SWITCH);
    grow_standalone(topology, "Branch Offices", "standalone-ap", &access_point_models[0],
                    PRODUCT_ACCESS_POINT);
}
