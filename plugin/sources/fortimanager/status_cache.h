/*
 * status_cache.h - FortiManager's cache of access points, filled by its last poll.
 * SPDX-License-Identifier: Apache-2.0
 *
 * /pm/config/adom/{a}/_controller/status/fap, with scope member. Reading it puts no load on the
 * FortiGates; it is ten minutes old or more. Its rows have no `status`, and `data` of each is JSON
 * text [recorded reply, how-to-fortimanager-api 009]. No reply of a cache of switches was ever
 * recorded. An absent or empty cache is normal.
 */
#ifndef STATUS_CACHE_H
#define STATUS_CACHE_H

#include "settings/settings.h"
#include "sources/overlay.h"

#define STATUS_CACHE_TABLE "/_controller/status/fap"
#define STATUS_CACHE_BYTES 4096 /* size of one row: four radios */

/* Whether a selected attribute comes from the cache. */
bool fmg_status_cache_needed(const struct settings *settings);

/*
 * Reads the rows of an answer into `overlay`. Unreadable rows are skipped. Returns false if memory
 * runs out.
 */
bool fmg_status_cache_read(struct json_object *data, struct overlay *overlay);
#endif
