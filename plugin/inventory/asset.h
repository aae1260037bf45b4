/*
 * asset.h - writes an asset document from a device and the settings.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ASSET_H
#define ASSET_H

#include "settings/settings.h"

/*
 * Emits the asset. The device has a valid serial, a scope, a title and a model. `certain` false: an
 * unread scope may list the same unit as connected. Errors of operation_emit().
 */
int32_t asset_emit(struct operation *operation, const struct settings *settings,
                   const struct device *device, bool certain, struct failure *failure);

/* Writes "2026-11-22T20:15:00Z"; "" for a time beyond RFC 3339. */
void asset_time(int64_t unix_seconds, char ret[static 32]);
#endif
