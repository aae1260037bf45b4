/*
 * fuzz_unit_lists.c - rows of switches and access points, down to assets and the summary.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: a letter (s: switches, S: from a FortiGate's device database, a and A: access points),
 * then JSON: an array of rows.
 */
#include <string.h>

#include "fixture.h"
#include "sources/fortimanager/serial_search.h"
#include "sources/fortimanager/unit_lists.h"
#include "json/json_guard.h"
#include "json/json_read.h"

static void check_row(const struct fuzz_fixture *fixture, enum device_type type,
                      struct json_object *json)
{
    struct unit_row row = {.json = json, .type = type};
    struct device device;

    fmg_unit_row_read(&row, &fixture->host.settings, &device);
    FUZZ_CHECK(row.id != NULL && row.skip < MESSAGE_COUNT);
    if (row.skip == SKIP_NONE) {
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
    struct fuzz_fixture fixture;
    struct unit_lists unit_lists = {.run = &fixture.run};
    struct unit_list unit_list = {.type = letter == 's' || letter == 'S' ? SWITCH : ACCESS_POINT,
                                  .whole = true};
    const char *fgt = letter == 'S' || letter == 'A' ? "gate-1" : NULL;
    int32_t code;

    if (json_guard_parse(input.at, input.size, MIB(4), &rows, NULL) != JSON_OK) {
        return -1;
    }
    fuzz_fixture_begin(&fixture, data, size, NULL);
    fixture.host.scopes_reported = true;
    (void)fuzz_fixture_fgt(&fixture, "root", "gate-1");
    fixture.run.topology.adoms.items[0].per_device[unit_list.type] = fgt != NULL;
    code = inventory_expect(fixture.inventory, fixture.run.topology.adoms.items[0].scope,
                            unit_list.type, &fixture.host.failure);
    for (size_t i = 0; i < json_count(rows); i++) {
        check_row(&fixture, unit_list.type, json_element(rows, i));
    }
    if (code == HECTOR_OK) {
        code = fmg_unit_lists_take_rows(&unit_lists, &unit_list, fgt, rows, &fixture.host.failure);
    }
    fuzz_check_failure(code, &fixture.host.failure);
    fuzz_fixture_finish(&fixture, code);
    overlay_release(&unit_lists.asked);
    overlay_release(&unit_lists.cached);
    strmap_release(&unit_lists.listed);
    fmg_unit_lists_release_searched(&unit_lists);
    fuzz_fixture_end(&fixture);
    json_object_put(rows);
    return 0;
}
