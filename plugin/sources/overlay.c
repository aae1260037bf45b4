/*
 * overlay.c - facts of a second reading about units that a first one has listed, by serial.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "overlay.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "hector/integration.h"

void overlay_release(struct overlay *overlay)
{
    for (size_t i = 0; i < overlay->packed.count; i++) {
        buffer_release(&overlay->packed.items[i]);
    }
    free(overlay->packed.items);
    strmap_release(&overlay->serials);
    *overlay = (struct overlay){0};
}

struct key {
    char text[NAME_MAX_BYTES + SERIAL_MAX + 2];
};

static struct key key_of(const char *fgt, const struct device *unit)
{
    struct key key;

    (void)snprintf(key.text, sizeof(key.text), "%s\n%s", device_serial(unit),
                   fgt != NULL ? fgt : "");
    return key;
}

size_t overlay_bytes(const struct overlay *overlay)
{
    return strmap_bytes(&overlay->serials) +
           overlay->packed.capacity * sizeof(*overlay->packed.items) + overlay->packed_bytes;
}

bool overlay_put(struct overlay *overlay, const char *fgt, const struct device *unit)
{
    struct key key = key_of(fgt, unit);
    uint32_t *at = strmap_find(&overlay->serials, key.text);
    struct buffer packed = BUFFER(DOCUMENT_MAX);
    struct device before;

    device_pack(unit, &packed);
    if (overlay_bytes(overlay) >= overlay->max_bytes &&
        (at == NULL || packed.capacity > overlay->packed.items[*at].capacity)) {
        buffer_release(&packed);
        overlay->full = true;
        return true;
    }
    if (packed.state != BUFFER_OK || !packed_list_reserve(&overlay->packed) ||
        (at == NULL && strmap_put(&overlay->serials, key.text, (uint32_t)overlay->packed.count, &at,
                                  NULL) == NULL)) {
        buffer_release(&packed);
        return false;
    }
    if (*at == overlay->packed.count) {
        overlay->packed.items[overlay->packed.count++] = BUFFER(DOCUMENT_MAX);
    } else {
        device_unpack(overlay->packed.items[*at].data, &before);
        if (before.connected && !unit->connected) {
            buffer_release(&packed);
            return true;
        }
    }
    overlay->packed_bytes += packed.capacity - overlay->packed.items[*at].capacity;
    buffer_release(&overlay->packed.items[*at]);
    overlay->packed.items[*at] = packed;
    return true;
}

void overlay_merge(const struct overlay *overlay, struct device *device)
{
    struct key key = key_of(device->manager, device);
    uint32_t *at = strmap_find(&overlay->serials, key.text);
    struct device known;

    if (at == NULL) {
        return;
    }
    device_unpack(overlay->packed.items[*at].data, &known);
    if (known.values[ATTRIBUTE_connection_status].kind != VALUE_NONE) {
        device->connected = known.connected;
    }
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        if (known.values[i].kind != VALUE_NONE) {
            device->values[i] = known.values[i];
        }
    }
}
