/*
 * overlay.h - what a second reading knows of units that a first one has listed, by serial.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A unit list says that a unit exists; a status cache or a live question says more of it. Facts are
 * kept for one slice of a unit list at a time.
 */
#ifndef OVERLAY_H
#define OVERLAY_H

#include "base/strmap.h"
#include "catalogue/device.h"

struct overlay {
    struct strmap serials;
    struct buffer *packed; /* one a serial */
    size_t count, capacity;
    size_t packed_bytes;
    size_t max_bytes; /* OVERLAY_MAX, unless its owner has less room */
    bool full;        /* what was told of more units was passed over */
};

void overlay_init(struct overlay *overlay);
void overlay_release(struct overlay *overlay);

/*
 * Keeps the facts that `gate` tells of one unit, by its serial: a unit may be listed by two gates,
 * and each tells of its own. A second sighting replaces the first when it is
 * connected, or the first was not. Beyond max_bytes, further units and longer facts are passed
 * over, and `full` tells it. False without memory.
 */
bool overlay_put(struct overlay *overlay, const char *gate, const struct device *unit);

/* The memory they take. */
size_t overlay_bytes(const struct overlay *overlay);

/*
 * Lays what its manager has told of the device's serial over it: known values replace, unknown ones
 * leave what was there. Borrows from the facts.
 */
void overlay_merge(const struct overlay *overlay, struct device *device);
#endif
