/*
 * device_fixture.c - one row of the device table, its settings, and one of its units.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "device_fixture.h"

#include <inttypes.h>
#include <stdio.h>

#include <CUnit/CUnit.h>

void device_fixture_begin_with(struct device_fixture *fixture, const char *settings,
                               const char *json)
{
    host_begin(&fixture->host);
    host_settings(&fixture->host, settings);
    fixture->json = json_tokener_parse(json);
    CU_ASSERT_PTR_NOT_NULL(fixture->json);
    fmg_device_row_read(fixture->json, &fixture->host.settings, &fixture->row);
}

void device_fixture_begin(struct device_fixture *fixture, const char *json)
{
    device_fixture_begin_with(fixture, ONLY_DEFAULTS, json);
}

void device_fixture_end(struct device_fixture *fixture)
{
    json_object_put(fixture->json);
    host_end(&fixture->host);
}

const char *device_fixture_unit(struct device_fixture *fixture, size_t i)
{
    return fmg_device_row_unit(&fixture->row, i, &fixture->unit);
}

const char *device_fixture_value(struct device_fixture *fixture, enum attribute attribute)
{
    const struct value *value = &fixture->unit.values[attribute];

    switch (value->kind) {
    case VALUE_NONE: return "-";
    case VALUE_TEXT: return value->text;
    case VALUE_BOOLEAN: return value->number != 0 ? "true" : "false";
    default: break;
    }
    (void)snprintf(fixture->number, sizeof(fixture->number), "%" PRId64, value->number);
    return fixture->number;
}
