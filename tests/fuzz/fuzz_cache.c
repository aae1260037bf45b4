/*
 * fuzz_cache.c - FortiManager's status cache of access points, with its JSON inside JSON.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fixture.h"
#include "sources/fortimanager/status_cache.h"
#include "json/json_guard.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct json_object *rows = NULL;
    struct overlay overlay;
    struct device unit;

    if (json_guard_parse((const char *)data, size, MIB(4), &rows, NULL) != JSON_OK) {
        return -1;
    }
    overlay = (struct overlay){.max_bytes = OVERLAY_MAX};
    FUZZ_CHECK(fmg_status_cache_read(rows, &overlay));
    FUZZ_CHECK(overlay.packed.count == overlay.serials.count);
    for (size_t i = 0; i < overlay.packed.count; i++) {
        device_unpack(overlay.packed.items[i].data, &unit);
        FUZZ_CHECK(unit.type == ACCESS_POINT);
        fuzz_check_device(&unit);
        /* A unit with that serial gets the cached values, or none. */
        overlay_merge(&overlay, &unit);
        fuzz_check_device(&unit);
    }
    overlay_release(&overlay);
    json_object_put(rows);
    return 0;
}
