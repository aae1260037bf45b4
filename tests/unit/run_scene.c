/*
 * run_scene.c - a run of the FortiManager source: topology, inventory, and a peer that answers by
 * script. SPDX-License-Identifier: Apache-2.0
 */
#include "run_scene.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include <CUnit/CUnit.h>

void run_scene_begin(struct run_scene *scene, const struct rpc_reply *script)
{
    struct rpc_param param = {.url = "/sys/status"};

    *scene = (struct run_scene){0};
    scene_begin_key(&scene->peer, script);
    CU_ASSERT_EQUAL(scene_open(&scene->peer), HECTOR_OK);
    scene->call = (struct source_call){.operation = &scene->peer.host.operation,
                                       .settings = &scene->peer.host.settings,
                                       .http = scene->peer.http};
    scene->run = (struct run){.call = &scene->call,
                              .rpc = scene->peer.rpc,
                              .inventory = malloc(sizeof(*scene->run.inventory)),
                              .version = {7, 6, 7}};
    CU_ASSERT_PTR_NOT_NULL_FATAL(scene->run.inventory);
    scene->run.rpc.key_is_sound = true;
    topology_init(&scene->run.topology);
    inventory_init(scene->run.inventory, scene->call.operation, scene->call.settings, false);
    CU_ASSERT_EQUAL(rpc_get(&scene->run.rpc, &param, 1, &scene->failure), HECTOR_OK);
    rpc_release(&param, 1);
}

void run_scene_close(struct run_scene *scene)
{
    scene->peer.rpc = scene->run.rpc;
    scene_close(&scene->peer);
}

void run_scene_end(struct run_scene *scene)
{
    topology_release(&scene->run.topology);
    inventory_release(scene->run.inventory);
    free(scene->run.inventory);
    scene_end(&scene->peer);
}

uint32_t run_scene_gate(struct run_scene *scene, const char *adom, const char *gate,
                        const char *vdom, bool connected)
{
    struct topology *topology = &scene->run.topology;
    struct gate *found;

    CU_ASSERT_TRUE(topology_join(topology, gate, adom));
    CU_ASSERT_TRUE(topology_add_vdom(topology, gate, vdom, adom));
    topology_find_adom(topology, adom)->wanted = topology_find_adom(topology, adom)->listed = true;
    found = topology_find_gate(topology, gate);
    found->read = found->ours = true;
    found->connected = connected;
    return (uint32_t)(found - topology->gates);
}

const char *overlay_tell(const struct overlay *overlay, const char *gate, const char *serial,
                         enum attribute attribute)
{
    static char number[24];
    struct device unit = {.manager = gate};
    const struct value *value = &unit.values[attribute];

    device_set_text(&unit, ATTRIBUTE_serial_number, serial);
    overlay_merge(overlay, &unit);
    if (value->kind == VALUE_NONE) {
        return "-";
    }
    (void)snprintf(number, sizeof(number), "%" PRId64, value->number);
    return value->kind == VALUE_TEXT ? value->text : number;
}
