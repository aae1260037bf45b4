/*
 * deferred.h - assets: emitted at once, or deferred until a connected record may have come.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef DEFERRED_H
#define DEFERRED_H

#include "types.h"

/*
 * A serial's value in the map: that of inventory_emitted(), or the index of its deferred record.
 * inventory_emitted() contains whether the unit is connected, and digests of its manager and of the
 * VDOM that listed it.
 */
uint32_t inventory_emitted(const struct device *device);
bool inventory_is_emitted(uint32_t state);

/*
 * True for a second row that is expected in every run: the unit is lent to another VDOM of the same
 * FortiGate; or it was moved to another FortiGate, and one of the rows is a disconnected leftover.
 * `former`: inventory_emitted() of the first row.
 */
bool inventory_is_routine(const struct device *device, uint32_t former);

/*
 * Counts and emits an asset. `certain` false: an unread scope may list the same unit as connected.
 */
int32_t inventory_emit_asset(struct inventory *inventory, const struct device *device, bool certain,
                             struct failure *failure);

/* Defers a record, and sets `*state` to its index. Emits the oldest ones beyond DEFERRED_MAX. */
int32_t inventory_defer(struct inventory *inventory, const struct device *device, uint32_t *state,
                        struct failure *failure);

/* Unpacks a deferred record, which must not be emitted. `ret` borrows from it. */
void inventory_deferred_device(const struct inventory *inventory, uint32_t state,
                               struct device *ret);

/* Frees a deferred record, which another one supersedes. */
void inventory_forget_deferred(struct inventory *inventory, uint32_t state);

/* Emits the oldest deferred record, unless it was superseded. */
int32_t inventory_emit_oldest(struct inventory *inventory, struct failure *failure);

/*
 * Emits the deferred records until the host cancels, then drops the others. `*code` and `why` are
 * those of the run.
 */
int32_t inventory_end_deferred(struct inventory *inventory, int32_t *code, struct failure *why,
                               struct failure *failure);
#endif
