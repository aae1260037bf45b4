/*
 * deferred.c - assets: emitted at once, or deferred until a connected record may have come.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "deferred.h"

#include <stdlib.h>

#include "asset.h"
#include "coverage.h"
#include "state.h"

/* FNV-1a, 32 bits. */
#define FNV_OFFSET UINT32_C(2166136261)
#define FNV_PRIME  UINT32_C(16777619)

#define EMITTED      UINT32_C(0x80000000)
#define CONNECTED    UINT32_C(0x40000000)
#define VDOM_BITS    7
#define VDOM_MASK    ((UINT32_C(1) << VDOM_BITS) - 1)
#define MANAGER_MASK (~(EMITTED | CONNECTED | VDOM_MASK))

static uint32_t digest_of(const char *text)
{
    uint32_t result = FNV_OFFSET;

    for (; text != NULL && *text != '\0'; text++) {
        result = (result ^ (unsigned char)*text) * FNV_PRIME;
    }
    return result;
}

uint32_t inventory_emitted(const struct device *device)
{
    return EMITTED | (device->connected ? CONNECTED : 0) |
           (digest_of(device->manager) << VDOM_BITS & MANAGER_MASK) |
           (digest_of(device->vdom) & VDOM_MASK);
}

bool inventory_is_emitted(uint32_t state)
{
    return (state & EMITTED) != 0;
}

bool inventory_is_routine(const struct device *device, uint32_t former)
{
    uint32_t state = inventory_emitted(device), other = state ^ former;

    if (device->type == FIREWALL || device->manager == NULL) {
        return false;
    }
    return (other & MANAGER_MASK) != 0 ? (state & former & CONNECTED) == 0
                                       : device->vdom != NULL && (other & VDOM_MASK) != 0;
}

int32_t inventory_emit_asset(struct inventory *inventory, const struct device *device, bool certain,
                             struct failure *failure)
{
    struct device whole = *device;

    inventory->counts[device->type].assets++;
    if (inventory->silent) {
        return HECTOR_OK;
    }
    if (inventory->complete != NULL) {
        inventory->complete(inventory->complete_context, &whole);
    }
    return asset_emit(inventory->operation, inventory->settings, &whole, certain, failure);
}

void inventory_deferred_device(const struct inventory *inventory, uint32_t state,
                               struct device *ret)
{
    device_unpack(inventory->deferred.items[state].bytes, ret);
}

void inventory_forget_deferred(struct inventory *inventory, uint32_t state)
{
    struct inventory_deferred *deferred = &inventory->deferred.items[state];

    inventory->deferred_bytes -= deferred->size;
    free(deferred->bytes);
    *deferred = (struct inventory_deferred){0};
}

int32_t inventory_emit_oldest(struct inventory *inventory, struct failure *failure)
{
    uint32_t oldest = (uint32_t)inventory->deferred_first++, *state;
    struct device device;

    if (inventory->deferred.items[oldest].bytes == NULL) {
        return HECTOR_OK;
    }
    inventory_deferred_device(inventory, oldest, &device);
    state = strmap_find(&inventory->serials, device_serial(&device));
    if (state != NULL) {
        *state = inventory_emitted(&device);
    }
    int32_t code =
        inventory_emit_asset(inventory, &device, inventory->all_read[device.type], failure);
    inventory_forget_deferred(inventory, oldest);
    return code;
}

int32_t inventory_defer(struct inventory *inventory, const struct device *device, uint32_t *state,
                        struct failure *failure)
{
    struct buffer packed = BUFFER(DOCUMENT_MAX);
    int32_t code;

    if (!deferred_list_reserve(&inventory->deferred)) {
        return fail_memory(inventory->operation, failure);
    }
    device_pack(device, &packed);
    if ((code = fail_buffer(inventory->operation, failure, &packed)) != HECTOR_OK) {
        buffer_release(&packed);
        return code;
    }
    inventory->deferred.items[inventory->deferred.count++] =
        (struct inventory_deferred){packed.data, packed.capacity};
    inventory->deferred_bytes += packed.capacity; /* analyzer: no leak, the list owns the bytes */
    *state = (uint32_t)inventory->deferred.count - 1;
    while (code == HECTOR_OK && inventory->deferred_bytes > DEFERRED_MAX) {
        code = inventory_emit_oldest(inventory, failure);
    }
    return code;
}

/* Drops the oldest deferred record after a cancel. Without it, no scope of its type is complete. */
static void drop_oldest(struct inventory *inventory, bool dropped[static DEVICE_TYPE_COUNT])
{
    uint32_t oldest = (uint32_t)inventory->deferred_first++;
    struct device device;

    if (inventory->deferred.items[oldest].bytes == NULL) {
        return;
    }
    inventory_deferred_device(inventory, oldest, &device);
    inventory->counts[device.type].seen--;
    struct coverage *coverage = inventory_coverage(inventory, device.scope, device.type);
    if (coverage != NULL && coverage->units > 0) {
        coverage->units--;
    }
    for (size_t i = 0; !dropped[device.type] && i < inventory->scopes.count; i++) {
        coverage = &inventory->scopes.items[i].coverages[device.type];
        if (coverage->state == COVERAGE_COMPLETE) {
            coverage->state = COVERAGE_OPEN;
        }
    }
    dropped[device.type] = true;
    inventory_forget_deferred(inventory, oldest);
}

int32_t inventory_end_deferred(struct inventory *inventory, int32_t *code, struct failure *why,
                               struct failure *failure)
{
    bool dropped[DEVICE_TYPE_COUNT] = {false};
    int32_t emitted = HECTOR_OK;

    for (enum device_type type = FIREWALL; type < DEVICE_TYPE_COUNT; type++) {
        inventory->all_read[type] =
            inventory_type_complete(inventory, type) && !inventory->units_outside;
    }
    while (emitted == HECTOR_OK && inventory->deferred_first < inventory->deferred.count) {
        if (*code != HECTOR_CANCELLED && operation_cancelled(inventory->operation)) {
            *code = operation_check(inventory->operation, why);
        }
        if (*code == HECTOR_CANCELLED) {
            drop_oldest(inventory, dropped);
        } else {
            emitted = inventory_emit_oldest(inventory, failure);
        }
    }
    return emitted;
}
