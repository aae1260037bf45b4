/*
 * run_fixture.c - a run of the FortiManager source: topology, inventory, and a scripted peer.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "run_fixture.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include <CUnit/CUnit.h>

void run_fixture_begin(struct run_fixture *fixture, const struct rpc_reply *script)
{
    struct rpc_param param = {.url = "/sys/status"};

    *fixture = (struct run_fixture){0};
    rpc_fixture_begin_key(&fixture->peer, script);
    CU_ASSERT_EQUAL(rpc_fixture_open(&fixture->peer), HECTOR_OK);
    fixture->call = (struct source_call){.operation = &fixture->peer.host.operation,
                                         .settings = &fixture->peer.host.settings,
                                         .http = fixture->peer.http};
    fixture->run = (struct fmg_run){
        .call = &fixture->call,
        .operation = fixture->call.operation,
        .settings = fixture->call.settings,
        .rpc = fixture->peer.rpc,
        .inventory = inventory_new(fixture->call.operation, fixture->call.settings, false),
        .version = FMG_VERSION(7, 6, 7)};
    CU_ASSERT_PTR_NOT_NULL_FATAL(fixture->run.inventory);
    fixture->run.rpc.key_is_sound = true;
    fixture->run.topology = (struct topology){0};
    CU_ASSERT_EQUAL(fmg_rpc_get(&fixture->run.rpc, &param, 1, &fixture->failure), HECTOR_OK);
    fmg_rpc_release(&param, 1);
}

void run_fixture_close(struct run_fixture *fixture)
{
    fixture->peer.rpc = fixture->run.rpc;
    rpc_fixture_close(&fixture->peer);
}

void run_fixture_end(struct run_fixture *fixture)
{
    fmg_rpc_release(&fixture->run.status, 1);
    fmg_rpc_release(&fixture->run.ha_status, 1);
    fmg_topology_release(&fixture->run.topology);
    inventory_free(fixture->run.inventory);
    rpc_fixture_end(&fixture->peer);
}

uint32_t run_fixture_fgt(struct run_fixture *fixture, const char *adom, const char *fgt,
                         const char *vdom, bool connected)
{
    struct topology *topology = &fixture->run.topology;
    struct fgt *found;

    CU_ASSERT_TRUE(fmg_topology_join(topology, fgt, adom));
    CU_ASSERT_TRUE(fmg_topology_add_vdom(topology, fgt, vdom, adom));
    fmg_topology_find_adom(topology, adom)->wanted =
        fmg_topology_find_adom(topology, adom)->listed = true;
    found = fmg_topology_find_fgt(topology, fgt);
    found->read = found->is_fgt = true;
    found->connected = connected;
    return (uint32_t)(found - topology->fgts.items);
}

const char *overlay_report(const struct overlay *overlay, const char *fgt, const char *serial,
                           enum attribute attribute)
{
    static char number[24];
    struct device unit = {.manager = fgt};
    const struct value *value = &unit.values[attribute];

    device_set_text(&unit, ATTRIBUTE_serial_number, serial);
    overlay_merge(overlay, &unit);
    if (value->kind == VALUE_NONE) {
        return "-";
    }
    (void)snprintf(number, sizeof(number), "%" PRId64, value->number);
    return value->kind == VALUE_TEXT ? value->text : number;
}
