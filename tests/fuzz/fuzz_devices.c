/*
 * fuzz_devices.c - rows of FortiManager's device table, down to assets and the summary.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: a letter (l: all included; a: read as one ADOM's table; m: ADOMs have named their
 * members), then JSON: an array of rows.
 */
#include <string.h>

#include "scene.h"
#include "sources/fortimanager/device_import.h"
#include "sources/fortimanager/device_row.h"
#include "json/json_guard.h"
#include "json/json_read.h"

static void check_row(const struct fuzz_scene *scene, struct json_object *json)
{
    struct device_row row;

    device_row_read(json, &scene->host.settings, &row);
    FUZZ_CHECK(row.type >= FIREWALL && row.type <= OTHER);
    FUZZ_CHECK((row.type == OTHER) <= (row.skip != TEXT_COUNT));
    FUZZ_CHECK(row.unit_count >= 1 && row.unit_count <= json_count(row.members) + 1);
    fuzz_check_text(row.model);
    fuzz_check_text(row.version);
    for (size_t i = 0; i < row.unit_count; i++) {
        struct device device;
        const char *serial = device_row_unit(&row, i, &scene->host.settings, &device);

        FUZZ_CHECK(serial != NULL && device.title != NULL);
        fuzz_check_text(device.title);
        if (serial_valid(serial)) {
            FUZZ_CHECK(strcmp(serial, device_serial(&device)) == 0);
            fuzz_check_device(&device);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = {(const char *)data, size};
    unsigned char letter = fuzz_byte(&input);
    struct json_object *rows = NULL;
    struct fuzz_scene scene;
    struct device_import device_import = {.run = &scene.run, .adom = letter == 'a' ? "root" : NULL};
    int32_t code = HECTOR_OK;

    if (json_guard_parse(input.at, input.size, MIB(4), &rows, NULL) != JSON_OK) {
        return -1;
    }
    fuzz_scene_begin(&scene, data, size,
                     letter == 'l' ? "[\"log_only\",\"unauthorized\",\"model\"]" : NULL);
    scene.host.scopes_told = true;
    if (letter == 'm') {
        scene.run.members_known = scene.run.members_told = true;
        (void)fuzz_scene_gate(&scene, "root", "other");
    }
    for (size_t i = 0; i < json_count(rows); i++) {
        check_row(&scene, json_element(rows, i));
        if (code == HECTOR_OK) {
            code = device_import_row(&device_import, json_element(rows, i), &scene.host.failure);
        }
    }
    fuzz_check_failure(code, &scene.host.failure);
    fuzz_scene_finish(&scene, code);
    fuzz_scene_end(&scene);
    json_object_put(rows);
    return 0;
}
