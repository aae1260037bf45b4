/*
 * status_cache.h - what FortiManager remembers of access points from its last poll.
 * SPDX-License-Identifier: Apache-2.0
 *
 * /pm/config/adom/{a}/_controller/status/fap, with scope member: no load on the gates, ten minutes
 * old or more. The rows lack `status`, and each one's `data` is JSON text [recorded reply,
 * how-to-fortimanager-api 009]. No reply of the cache of switches was ever recorded. An absent or
 * silent cache is normal.
 */
#ifndef STATUS_CACHE_H
#define STATUS_CACHE_H

#include "settings/settings.h"
#include "sources/overlay.h"

#define STATUS_CACHE_TABLE "/_controller/status/fap"
#define STATUS_CACHE_BYTES 4096 /* text of one row: four radios */

/* True when an attribute that is ticked stands in the cache. */
bool status_cache_needed(const struct settings *settings);

/*
 * Takes the rows of an answer into `facts`. Rows that cannot be read are passed over. False without
 * memory.
 */
bool status_cache_read(struct json_object *data, struct overlay *overlay);
#endif
