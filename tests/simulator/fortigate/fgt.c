/*
 * fgt.c - grows the FortiGate, its cluster, and the fabric below it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fgt.h"

#include "device_facts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const vdom_names[MAXIMUM_VDOMS] = {"root", "guest", "dmz", "tenant 1"};

int fgt_firmware(const struct fgt *fgt)
{
    return device_firmware(fgt->device);
}

/* True when a comma-separated list has a name. */
static bool holds(const char *list, const char *name)
{
    size_t name_size = strlen(name);

    while (*list != '\0') {
        size_t size = strcspn(list, ",");

        if (size == name_size && strncmp(list, name, size) == 0)
            return true;
        list += size;
        list += *list == ',' ? 1 : 0;
    }
    return false;
}

bool fgt_may_see(const struct fgt *fgt, uint32_t vdom)
{
    const char *list = fgt->options.token_vdoms;

    return list[0] == '\0' || holds(list, fgt->device->vdoms[vdom].name);
}

uint32_t fgt_first_vdom(const struct fgt *fgt)
{
    uint32_t vdom = 0;

    while (!fgt_may_see(fgt, vdom))
        vdom++;
    return vdom;
}

bool fgt_denies(const struct fgt *fgt, const char *group)
{
    return group != NULL && simulator_denies(&fgt->simulator, group, NULL);
}

bool fgt_hides(const struct fgt *fgt, const struct unit *unit)
{
    return fgt->options.no_switch_controller && !unit->access_point;
}

void fgt_split_model(const struct device *device, char ret_name[32], char ret_number[32])
{
    const char *dash = strchr(device->model->name, '-');

    (void)snprintf(ret_name, 32, "%.*s", (int)(dash - device->model->name), device->model->name);
    (void)snprintf(ret_number, 32, "%s", dash + 1);
}

/* Below the root, as a binary tree. */
char *fgt_fabric_path(const struct fgt *fgt, size_t device)
{
    const struct device *devices = fgt->simulator.topology.devices;
    char *path = must_copy(devices[device].serial);

    while (device > 0) {
        char *longer;

        device = (device - 1) / 2;
        longer = must_print("%s:%s", devices[device].serial, path);
        free(path);
        path = longer;
    }
    return path;
}

/* Growing ----------------------------------------------------------------------------------- */

/* Of the models of virtual machines only this one: a VM64-KVM also calls itself VM64. */
static const struct model *find_model(const char *name)
{
    const struct model *special[] = {&special_models[MODEL_VM64], &special_models[MODEL_WIFI_60F]};

    for (size_t i = 0; i < firewall_model_count; i++)
        if (strcmp(firewall_models[i].name, name) == 0)
            return &firewall_models[i];
    for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++)
        if (strcmp(special[i]->name, name) == 0)
            return special[i];
    return NULL;
}

static struct device *add_device(struct topology *topology, const struct model *model)
{
    struct device *device = &topology->devices[topology->device_count++];

    *device = (struct device){.model = model,
                              .platform = model->platform,
                              .connection = CONNECTION_UP,
                              .management = MANAGEMENT_FORTIMANAGER,
                              .vdom_count = 1};
    device->vdoms[0].name = vdom_names[0];
    topology_serial(topology, model, device->serial);
    (void)snprintf(device->address, sizeof(device->address), "10.%u.%u.%u",
                   random_below(&topology->random, 250), random_below(&topology->random, 250),
                   1 + random_below(&topology->random, 250));
    return device;
}

static void add_members(struct fgt *fgt, struct device *device)
{
    struct topology *topology = &fgt->simulator.topology;
    uint32_t count = fgt->options.members;
    uint32_t master = random_below(&topology->random, count);

    device->members = must_allocate(count, sizeof(*device->members));
    device->member_count = count;
    device->ha_mode = count > 2 ? 2 : 1;
    device->ha_group = topology_keep(topology, must_print("cluster-%s", device->hostname));
    for (uint32_t i = 0; i < count; i++) {
        struct member *member = &device->members[i];

        member->priority = 128 + (int)i;
        member->status = 1;
        member->name =
            topology_keep(topology, must_print("%s-%c", device->hostname, (char)('A' + i)));
        if (i == master)
            memcpy(member->serial, device->serial, sizeof(member->serial));
        else
            topology_serial(topology, device->model, member->serial);
    }
    if (fgt->simulator.settings.failover)
        master = (master + 1) % count;
    device->members[master].master = true;
    device->hostname = device->members[master].name;
    memcpy(device->serial, device->members[master].serial, sizeof(device->serial));
}

static void grow_own(struct fgt *fgt, const struct model *model)
{
    struct topology *topology = &fgt->simulator.topology;
    const struct fgt_options *options = &fgt->options;
    struct device *device = add_device(topology, model);
    const struct site *site = &sites[random_below(&topology->random, (uint32_t)site_count)];

    device->latitude = site->latitude;
    device->longitude = site->longitude;
    device->hostname = topology_keep(
        topology,
        must_print("fgt-%s", sites[random_below(&topology->random, (uint32_t)site_count)].name));
    device->os_ver = options->os_ver;
    device->mr = options->mr;
    device->patch = options->patch;
    device->build = options->build;
    device->vdom_count = options->vdoms;
    for (uint32_t i = 0; i < options->vdoms; i++)
        device->vdoms[i] = (struct vdom){vdom_names[i], &topology->adoms[0]};
    if (options->members > 1)
        add_members(fgt, device);
    device->name = device->hostname;
}

static void grow_fabric(struct fgt *fgt)
{
    struct topology *topology = &fgt->simulator.topology;

    for (uint32_t i = 0; i < fgt->options.fabric; i++) {
        struct device *device = add_device(
            topology,
            &firewall_models[random_below(&topology->random, (uint32_t)firewall_model_count)]);
        const struct firmware *firmware =
            &firmwares[random_below(&topology->random, (uint32_t)firmware_count)];

        device->os_ver = firmware->major;
        device->mr = firmware->minor;
        device->patch = firmware->patch;
        device->build = firmware->build;
        device->hostname = topology_keep(topology, must_print("branch-%u", (unsigned)i + 1));
        device->name = device->hostname;
    }
}

static bool knows_vdoms(const struct fgt *fgt)
{
    const char *list = fgt->options.token_vdoms;

    while (*list != '\0') {
        size_t size = strcspn(list, ",");
        uint32_t v = 0;

        while (v < fgt->options.vdoms &&
               (strlen(vdom_names[v]) != size || strncmp(vdom_names[v], list, size) != 0))
            v++;
        if (v == fgt->options.vdoms)
            return false;
        list += size;
        list += *list == ',' ? 1 : 0;
    }
    return true;
}

int fgt_grow(struct fgt *fgt)
{
    struct topology *topology = &fgt->simulator.topology;
    const struct model *model = NULL;

    if (!knows_vdoms(fgt)) {
        (void)fputs("fortigate-simulator: --token-vdoms: there is no such VDOM\n", stderr);
        return -1;
    }
    *topology = (struct topology){.random = {fgt->simulator.settings.seed}};
    topology->serial_start = random_below(&topology->random, 1000000);
    /* The functions that grow managed units expect their FortiGate to be in an ADOM. */
    topology->adoms = must_allocate(1, sizeof(*topology->adoms));
    topology->devices = must_allocate((size_t)1 + fgt->options.fabric, sizeof(*topology->devices));
    model = &firewall_models[random_below(&topology->random, (uint32_t)firewall_model_count)];
    if (fgt->options.model != NULL)
        model = find_model(fgt->options.model);
    if (model == NULL) {
        (void)fprintf(stderr, "fortigate-simulator: --model: %s is not known\n",
                      fgt->options.model);
        return -1;
    }
    grow_own(fgt, model);
    grow_fabric(fgt);
    fgt->device = &topology->devices[0];
    topology_grow_units(topology, &fgt->simulator.settings);
    return 0;
}
