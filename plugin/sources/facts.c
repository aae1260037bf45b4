/*
 * facts.c - what a second reading knows of units that a first one has listed, by serial.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "facts.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "hector/integration.h"

void facts_init(struct facts *facts)
{
    *facts = (struct facts){.max_bytes = FACTS_MAX};
    index_init(&facts->serials);
}

void facts_release(struct facts *facts)
{
    for (size_t i = 0; i < facts->count; i++) {
        buffer_release(&facts->packed[i]);
    }
    free(facts->packed);
    index_release(&facts->serials);
    *facts = (struct facts){0};
}

struct key {
    char text[NAME_MAX_BYTES + SERIAL_MAX + 2];
};

static struct key key_of(const char *gate, const struct device *unit)
{
    struct key key;

    (void)snprintf(key.text, sizeof(key.text), "%s\n%s", device_serial(unit),
                   gate != NULL ? gate : "");
    return key;
}

size_t facts_bytes(const struct facts *facts)
{
    return index_bytes(&facts->serials) + facts->capacity * sizeof(*facts->packed) +
           facts->packed_bytes;
}

/* Takes the place of what was known of a unit, or of nothing. */
static void replace(struct facts *facts, struct buffer *known, const struct buffer *packed)
{
    facts->packed_bytes += packed->capacity - known->capacity;
    buffer_release(known);
    *known = *packed;
}

bool facts_put(struct facts *facts, const char *gate, const struct device *unit)
{
    struct key key = key_of(gate, unit);
    uint32_t *at = index_find(&facts->serials, key.text);
    struct buffer packed = BUFFER(DOCUMENT_MAX), *larger;
    struct device before;

    device_pack(unit, &packed);
    if (facts_bytes(facts) >= facts->max_bytes &&
        (at == NULL || packed.capacity > facts->packed[*at].capacity)) {
        buffer_release(&packed);
        facts->full = true;
        return true;
    }
    larger = array_room(facts->packed, facts->count, &facts->capacity, sizeof(*facts->packed));
    facts->packed = larger != NULL ? larger : facts->packed;
    if (packed.state != BUFFER_OK || larger == NULL ||
        (at == NULL &&
         index_put(&facts->serials, key.text, (uint32_t)facts->count, NULL, NULL) == NULL)) {
        buffer_release(&packed);
        return false;
    }
    if (at == NULL) {
        facts->packed[facts->count] = BUFFER(DOCUMENT_MAX);
        replace(facts, &facts->packed[facts->count++], &packed);
        return true;
    }
    device_unpack(facts->packed[*at].data, &before);
    if (unit->connected || !before.connected) {
        replace(facts, &facts->packed[*at], &packed);
    } else {
        buffer_release(&packed);
    }
    return true;
}

void facts_merge(const struct facts *facts, struct device *device)
{
    struct key key = key_of(device->manager, device);
    uint32_t *at = index_find(&facts->serials, key.text);
    struct device known;

    if (at == NULL) {
        return;
    }
    device_unpack(facts->packed[*at].data, &known);
    if (known.values[ATTRIBUTE_connection_status].kind != VALUE_NONE) {
        device->connected = known.connected;
    }
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        if (known.values[i].kind != VALUE_NONE) {
            device->values[i] = known.values[i];
        }
    }
}
