/*
 * overlay.h - facts of a second reading about units that a first one has listed, by serial.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A unit list shows that a unit exists; a status cache or a proxied query adds facts about it. An
 * overlay holds the facts of one slice of a unit list at a time.
 */
#ifndef OVERLAY_H
#define OVERLAY_H

#include "base/strmap.h"
#include "base/vector.h"
#include "catalogue/device.h"

VECTOR_TYPE(packed_list, struct buffer)

/* Begins as {.max_bytes = ...}; ends with overlay_release(). */
struct overlay {
    struct strmap serials;
    struct packed_list packed; /* one for each key of `serials` */
    size_t packed_bytes;
    size_t max_bytes; /* at most OVERLAY_MAX */
    bool full;        /* facts were dropped for lack of room */
};

void overlay_release(struct overlay *overlay);

/*
 * Keeps the facts that FortiGate `fgt` (may be NULL) reports of one unit, by serial and FortiGate:
 * two FortiGates may list the same unit, each with facts of its own. A second record replaces the
 * first if it is connected, or the first is not. Beyond max_bytes, further units and longer facts
 * are dropped and `full` is set. False without memory.
 */
bool overlay_put(struct overlay *overlay, const char *fgt, const struct device *unit);

/* Returns the memory of the overlay, in bytes. */
size_t overlay_bytes(const struct overlay *overlay);

/*
 * Lays the facts that its manager reported over the device: known values replace its own, unknown
 * ones do not. The device then borrows from the overlay.
 */
void overlay_merge(const struct overlay *overlay, struct device *device);
#endif
