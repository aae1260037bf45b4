/*
 * fixture.c - a run of the FortiManager source for the fuzz targets of its parts.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sources/fortimanager/ha_members.h"

void fuzz_fixture_begin(struct fuzz_fixture *fixture, const uint8_t *input, size_t size,
                        const char *include)
{
    char request[4096];

    *fixture = (struct fuzz_fixture){0};
    fuzz_host_begin(&fixture->host, input, size);
    (void)snprintf(request, sizeof(request), "{\"settings\":{\"include\":%s,%s",
                   include != NULL ? include : "[\"log_only\"]",
                   FUZZ_ALL_SETTINGS + strlen("{\"settings\":{"));
    fuzz_host_settings(&fixture->host, request);
    fixture->call = (struct source_call){.operation = &fixture->host.operation,
                                         .settings = &fixture->host.settings};
    fixture->inventory = inventory_new(fixture->call.operation, fixture->call.settings, false);
    FUZZ_CHECK(fixture->inventory != NULL);
    fixture->run = (struct fmg_run){
        .call = &fixture->call,
        .operation = fixture->call.operation,
        .settings = fixture->call.settings,
        .rpc = {.operation = &fixture->host.operation, .settings = &fixture->host.settings},
        .inventory = fixture->inventory,
        .version = FMG_VERSION(7, 6, 7)};
    fixture->run.topology = (struct topology){0};
}

uint32_t fuzz_fixture_fgt(struct fuzz_fixture *fixture, const char *adom, const char *name)
{
    struct topology *topology = &fixture->run.topology;
    struct adom *found;
    struct fgt *fgt;

    FUZZ_CHECK(fmg_topology_join(topology, name, adom));
    FUZZ_CHECK(fmg_topology_add_vdom(topology, name, "root", adom));
    found = fmg_topology_find_adom(topology, adom);
    found->wanted = found->named = found->listed = true;
    fgt = fmg_topology_find_fgt(topology, name);
    fgt->read = fgt->is_fgt = fgt->connected = true;
    fgt->serials = "FGT60FTK20011089, FGT60FTK20011090";
    return (uint32_t)(fgt - topology->fgts.items);
}

void fuzz_fixture_finish(struct fuzz_fixture *fixture, int32_t code)
{
    struct inventory *inventory = fixture->inventory;
    struct failure failure = fixture->host.failure;
    const char *scope;

    for (size_t i = 0; (scope = inventory_scope_name(inventory, i)) != NULL; i++) {
        for (int type = 0; code == HECTOR_OK && type < DEVICE_TYPE_COUNT; type++) {
            if (inventory_expects(inventory, scope, (enum device_type)type)) {
                code =
                    inventory_end_scope(inventory, scope, (enum device_type)type, NULL, &failure);
            }
        }
    }
    code = inventory_finish(inventory, code, &failure);
    fuzz_check_failure(code, &failure);
    FUZZ_CHECK(fixture->host.summaries == 1);
}

void fuzz_fixture_end(struct fuzz_fixture *fixture)
{
    fmg_ha_members_release(&fixture->run);
    fmg_rpc_release(&fixture->run.status, 1);
    fmg_rpc_release(&fixture->run.ha_status, 1);
    fmg_topology_release(&fixture->run.topology);
    inventory_free(fixture->inventory);
    fuzz_host_end(&fixture->host);
}

void fuzz_check_device(const struct device *device)
{
    FUZZ_CHECK(device_serial_valid(device_serial(device)));
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        const struct value *value = &device->values[i];

        FUZZ_CHECK(value->kind >= VALUE_NONE && value->kind <= VALUE_DATE);
        if (value->kind == VALUE_TEXT) {
            FUZZ_CHECK(value->text != NULL && *value->text != '\0'); /* absent, not empty */
            fuzz_check_text(value->text);
        }
    }
    FUZZ_CHECK(device->meta_count <= META_VALUES_MAX);
    for (size_t i = 0; i < device->meta_count; i++) {
        fuzz_check_text(device->meta[i].text);
    }
}
