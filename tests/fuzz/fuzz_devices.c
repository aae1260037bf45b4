/*
 * fuzz_devices.c - rows of FortiManager's device table, down to assets and the summary.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: a letter (l: all included; a: read as one ADOM's table; m: the ADOMs' members are
 * known), then JSON: an array of rows.
 */
#include <string.h>

#include "fixture.h"
#include "sources/fortimanager/device_import.h"
#include "sources/fortimanager/device_row.h"
#include "json/json_guard.h"
#include "json/json_read.h"

static void check_row(const struct fuzz_fixture *fixture, struct json_object *json)
{
    struct device_row row;

    fmg_device_row_read(json, &fixture->host.settings, &row);
    FUZZ_CHECK(row.type >= FIREWALL && row.type <= OTHER);
    FUZZ_CHECK((row.type == OTHER) <= (row.skip != SKIP_NONE));
    FUZZ_CHECK(row.unit_count >= 1 && row.unit_count <= json_count(row.members) + 1);
    fuzz_check_text(row.model);
    for (size_t i = 0; i < row.unit_count; i++) {
        struct device device;
        const char *serial = fmg_device_row_unit(&row, i, &device);

        FUZZ_CHECK(serial != NULL && device.title != NULL);
        fuzz_check_text(device.title);
        if (device_serial_valid(serial)) {
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
    struct fuzz_fixture fixture;
    struct device_import device_import = {.run = &fixture.run,
                                          .adom = letter == 'a' ? "root" : NULL};
    int32_t code = HECTOR_OK;

    if (json_guard_parse(input.at, input.size, MIB(4), &rows, NULL) != JSON_OK) {
        return -1;
    }
    fuzz_fixture_begin(&fixture, data, size,
                       letter == 'l' ? "[\"log_only\",\"unauthorized\",\"model\"]" : NULL);
    fixture.host.scopes_reported = true;
    if (letter == 'm') {
        fixture.run.members_known = fixture.run.members_listed = true;
        (void)fuzz_fixture_fgt(&fixture, "root", "other");
    }
    for (size_t i = 0; i < json_count(rows); i++) {
        check_row(&fixture, json_element(rows, i));
        if (code == HECTOR_OK) {
            code =
                fmg_device_import_row(&device_import, json_element(rows, i), &fixture.host.failure);
        }
    }
    fuzz_check_failure(code, &fixture.host.failure);
    fuzz_fixture_finish(&fixture, code);
    fuzz_fixture_end(&fixture);
    json_object_put(rows);
    return 0;
}
