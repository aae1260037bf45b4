/*
 * asset.h - a device and the settings -> one asset document.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ASSET_H
#define ASSET_H

#include "catalogue/device.h"
#include "host/operation.h"
#include "settings/settings.h"

/*
 * Emits the asset. The device has a valid serial, a scope, a title and a model. Not `certain`: a
 * scope that was not read may list the same unit as connected.
 */
int32_t asset_emit(struct operation *operation, const struct settings *settings,
                   const struct device *device, bool certain, struct failure *reterr);

/* "2026-11-22T20:15:00Z". */
void time_format(int64_t unix_seconds, char ret[static 32]);
#endif
