/*
 * fuzz_cache.c - FortiManager's status cache of access points, with its JSON inside of JSON.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "scene.h"
#include "sources/fortimanager/status_cache.h"
#include "json/json_guard.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct json_object *rows = NULL;
    struct facts facts;
    struct device unit;

    if (json_guard_parse((const char *)data, size, MIB(4), &rows, NULL) != JSON_OK) {
        return -1;
    }
    facts_init(&facts);
    FUZZ_CHECK(status_cache_read(rows, &facts));
    FUZZ_CHECK(facts.count == facts.serials.count);
    for (size_t i = 0; i < facts.count; i++) {
        device_unpack(facts.packed[i].data, &unit);
        FUZZ_CHECK(unit.type == ACCESS_POINT);
        fuzz_check_device(&unit);
        /* What is laid over a unit of that serial is what was kept, or nothing at all. */
        facts_merge(&facts, &unit);
        fuzz_check_device(&unit);
    }
    facts_release(&facts);
    json_object_put(rows);
    return 0;
}
