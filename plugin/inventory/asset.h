/*
 * asset.h - writes an asset document from a device and the settings.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ASSET_H
#define ASSET_H

#include "settings/settings.h"

/*
 * Emits the asset. The device has a valid serial, a scope, a title and, unless it is an endpoint,
 * a model. `certain` false: an unread scope may list the same unit as connected. Errors of operation_emit().
 */
int32_t asset_emit(struct operation *operation, const struct settings *settings,
                   const struct device *device, bool certain, struct failure *failure);

/*
 * Writes a text trimmed, on one line, of at most `most` bytes, cut on a character boundary. Omits
 * one that is NULL or empty. `most` is at most VALUE_MAX.
 */
void asset_write_text(struct buffer *out, const char *key, const char *text, size_t most);

/* Writes "2026-11-22T20:15:00Z"; "" for a time beyond RFC 3339. */
void asset_time(int64_t unix_seconds, char ret[static 32]);

/* Writes "2026-11-22" for a day since 1970-01-01; "" for one that device_set_date() refuses. */
void asset_date(int32_t day, char ret[static 16]);
#endif
