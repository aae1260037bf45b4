/*
 * fuzz_unit_lists.c - rows of switches and access points, down to assets and the summary.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: a letter (s: switches, S: from a gate's own database, a and A: access points), then
 * JSON: an array of rows.
 */
#include <string.h>

#include "scene.h"
#include "sources/fortimanager/searched_rows.h"
#include "sources/fortimanager/serial_search.h"
#include "sources/fortimanager/unit_lists.h"
#include "sources/fortimanager/unit_rows.h"
#include "json/json_guard.h"
#include "json/json_read.h"

static void check_row(const struct fuzz_scene *scene, enum device_type type,
                      struct json_object *json)
{
    struct unit_row row;
    struct device device;

    unit_row_read(json, &(struct unit_list_kind){.type = type}, &scene->host.settings, &row,
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
    struct unit_lists unit_lists = {.run = &scene.run};
    struct unit_list unit_list = {.type = letter == 's' || letter == 'S' ? SWITCH : ACCESS_POINT,
                                  .whole = true};
    const char *gate = letter == 'S' || letter == 'A' ? "gate-1" : NULL;
    int32_t code;

    if (json_guard_parse(input.at, input.size, MIB(4), &rows, NULL) != JSON_OK) {
        return -1;
    }
    fuzz_scene_begin(&scene, data, size, NULL);
    scene.host.scopes_told = true;
    (void)fuzz_scene_gate(&scene, "root", "gate-1");
    scene.run.topology.adoms[0].per_device[unit_list.type] = gate != NULL;
    strmap_init(&unit_lists.listed);
    overlay_init(&unit_lists.cached);
    overlay_init(&unit_lists.asked);
    code = inventory_expect(scene.inventory, scene.run.topology.adoms[0].scope, unit_list.type,
                            &scene.host.failure);
    for (size_t i = 0; i < json_count(rows); i++) {
        check_row(&scene, unit_list.type, json_element(rows, i));
    }
    if (code == HECTOR_OK) {
        code = unit_lists_take_rows(&unit_lists, &unit_list, gate, rows, &scene.host.failure);
    }
    fuzz_check_failure(code, &scene.host.failure);
    fuzz_scene_finish(&scene, code);
    overlay_release(&unit_lists.asked);
    overlay_release(&unit_lists.cached);
    strmap_release(&unit_lists.listed);
    searched_rows_release(&unit_lists);
    fuzz_scene_end(&scene);
    json_object_put(rows);
    return 0;
}
