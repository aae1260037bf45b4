/*
 * fuzz_rosters.c - rows of switches and access points, down to assets and the summary.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: a letter (s: switches, S: from a gate's own database, a and A: access points), then
 * JSON: an array of rows.
 */
#include <string.h>

#include "scene.h"
#include "sources/fortimanager/roster_rows.h"
#include "sources/fortimanager/rosters.h"
#include "sources/fortimanager/searched_rows.h"
#include "sources/fortimanager/serial_search.h"
#include "json/json_guard.h"
#include "json/json_read.h"

static void check_row(const struct fuzz_scene *scene, enum device_type type,
                      struct json_object *json)
{
    struct roster_row row;
    struct device device;

    roster_row_read(json, &(struct roster_kind){.type = type}, &scene->host.settings, &row,
                    &device);
    FUZZ_CHECK(row.id != NULL && row.skip <= TEXT_COUNT);
    if (row.skip == TEXT_COUNT) {
        FUZZ_CHECK(device.type == type);
        FUZZ_CHECK(strcmp(row.serial, device_serial(&device)) == 0);
        fuzz_check_text(device.title);
        fuzz_check_device(&device);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = {(const char *)data, size};
    unsigned char letter = fuzz_byte(&input);
    struct json_object *rows = NULL;
    struct fuzz_scene scene;
    struct rosters rosters = {.run = &scene.run};
    struct roster roster = {.type = letter == 's' || letter == 'S' ? SWITCH : ACCESS_POINT,
                            .whole = true};
    const char *gate = letter == 'S' || letter == 'A' ? "gate-1" : NULL;
    int32_t code;

    if (json_guard_parse(input.at, input.size, MIB(4), &rows, NULL) != JSON_OK) {
        return -1;
    }
    fuzz_scene_begin(&scene, data, size, NULL);
    scene.host.scopes_told = true;
    (void)fuzz_scene_gate(&scene, "root", "gate-1");
    scene.run.topology.adoms[0].per_device[roster.type] = gate != NULL;
    index_init(&rosters.listed);
    facts_init(&rosters.cached);
    facts_init(&rosters.asked);
    code = inventory_expect(scene.inventory, scene.run.topology.adoms[0].scope, roster.type,
                            &scene.host.failure);
    for (size_t i = 0; i < json_count(rows); i++) {
        check_row(&scene, roster.type, json_element(rows, i));
    }
    if (code == HECTOR_OK) {
        code = rosters_take_rows(&rosters, &roster, gate, rows, &scene.host.failure);
    }
    fuzz_check_failure(code, &scene.host.failure);
    fuzz_scene_finish(&scene, code);
    facts_release(&rosters.asked);
    facts_release(&rosters.cached);
    index_release(&rosters.listed);
    searched_rows_release(&rosters);
    fuzz_scene_end(&scene);
    json_object_put(rows);
    return 0;
}
