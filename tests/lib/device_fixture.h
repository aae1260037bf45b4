/*
 * device_fixture.h - one row of the device table, its settings, and one of its units.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef DEVICE_FIXTURE_H
#define DEVICE_FIXTURE_H

#include "host.h"
#include "sources/fortimanager/device_row.h"

/* A plain FortiGate. A case appends its own members; of a repeated key the last value counts. */
#define FGT                                                                                        \
    "\"name\":\"gate-1\",\"hostname\":\"fw01\",\"sn\":\"FGT60FTK20011089\",\"oid\":161,"           \
    "\"platform_str\":\"FortiGate-60F\",\"os_type\":\"fos\",\"conn_status\":\"up\","               \
    "\"mgmt_mode\":\"fmg\",\"ha_mode\":\"standalone\",\"ha_slave\":null,\"flags\":null"
#define ROW(...) "{" FGT "," __VA_ARGS__ "}"

#define ONLY_DEFAULTS "{\"settings\":{\"url\":\"1.2.3.4\"}}"
#define INCLUDE(list) "{\"settings\":{\"url\":\"1.2.3.4\",\"include\":[" list "]}}"

/* One row with its settings, and the unit that device_fixture_unit() returned last. */
struct device_fixture {
    struct test_host host;
    struct json_object *json;
    struct device_row row;
    struct device unit;
    char number[32];
};

void device_fixture_begin_with(struct device_fixture *fixture, const char *settings,
                               const char *json);
void device_fixture_begin(struct device_fixture *fixture, const char *json); /* ONLY_DEFAULTS */
void device_fixture_end(struct device_fixture *fixture);

/* Decodes the `i`-th unit into the fixture, and returns its serial. */
const char *device_fixture_unit(struct device_fixture *fixture, size_t i);

/* A value of the unit as text; "-" = unknown. */
const char *device_fixture_value(struct device_fixture *fixture, enum attribute attribute);
#endif
