/*
 * motion.c - devices that come and go while a client reads.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "motion.h"

/* Enough for any sane client; for one that reads endlessly, the motion stops. */
#define MOST_MOVING 64

void motion_begin(struct simulator *simulator)
{
    const struct rows *devices = &simulator->visible_by_oid;
    uint64_t added = faults_planned(&simulator->faults, FAULT_ROW_ADDED);
    uint64_t removed = faults_planned(&simulator->faults, FAULT_ROW_REMOVED);
    uint64_t count = added > removed ? added : removed;

    for (size_t i = 0; i < devices->count; i++) {
        struct device *device = (struct device *)(uintptr_t)devices->items[i];

        if (simulator->moving.count == count || simulator->moving.count == MOST_MOVING)
            break;
        if (device_reason(device) != ASSET || device->product != PRODUCT_FIREWALL ||
            device->unit_count > 0 || device->member_count > 0 || device->vdoms[0].adom == NULL)
            continue;
        device->away = added > 0;
        rows_add(&simulator->moving, device);
    }
}

void motion_step(struct simulator *simulator, enum fault fault)
{
    bool away = fault == FAULT_ROW_REMOVED;

    if (fault != FAULT_ROW_ADDED && fault != FAULT_ROW_REMOVED)
        return;
    for (size_t i = 0; i < simulator->moving.count; i++) {
        struct device *device = (struct device *)(uintptr_t)simulator->moving.items[i];

        if (device->away != away) {
            device->away = away;
            return;
        }
    }
}

bool motion_choose(const struct simulator *simulator, const struct rows *devices,
                   struct rows *ret_rows)
{
    if (simulator->moving.count == 0) {
        *ret_rows = *devices;
        return false;
    }
    *ret_rows = (struct rows){NULL, 0, 0};
    for (size_t i = 0; i < devices->count; i++)
        if (!((const struct device *)devices->items[i])->away)
            rows_add(ret_rows, devices->items[i]);
    return true;
}
