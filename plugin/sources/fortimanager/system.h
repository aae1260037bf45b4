/*
 * system.h - the FortiManager itself: status, HA peers, ADOMs.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SYSTEM_H
#define SYSTEM_H

#include "run.h"

#define ADOM_TABLE "/dvmdb/adom"

/* status, HA peers, ADOMs with their devices' names: one request. */
int32_t system_read(struct run *run, struct failure *reterr);

/* Emits the `source` document; `managed_sn` (may be NULL) names the system when it did not. */
int32_t system_emit(struct run *run, const char *managed_sn, struct failure *reterr);

/* Whether a name held bytes that are no text when it came: it addresses nothing. */
bool name_damaged(const char *name);

/* The ADOM table as a param, with the names of each ADOM's devices where `members` is set. */
struct rpc_param adom_table(bool members);

/* Notes what an ADOM's row says of how its units are managed; true when gate by gate is new. */
bool adom_flags(struct json_object *row, struct adom *adom);

/* A row of the ADOM table: its name and devices. False when the name addresses nothing. */
bool adom_row(struct json_object *row, const char **ret_name, struct json_object **ret_devices);

/* Notes a device that an ADOM names, as of run->snapshot. */
int32_t adom_member(struct run *run, const char *adom, struct json_object *member,
                    struct failure *reterr);

/* Expects the scopes of all types of a scope. */
int32_t scope_expect(struct run *run, const char *scope, struct failure *reterr);

/* The scopes of all types of a scope were not read completely, and why. */
int32_t scope_fail(struct run *run, const char *scope, const struct failure *why,
                   struct failure *reterr);

/*
 * Expects the scopes of an ADOM that names devices, or none and counts none: all of these are read.
 */
int32_t adom_expect(struct run *run, const struct adom *adom, struct failure *reterr);

/* False for the global database, which is listed as an ADOM. */
bool adom_holds_devices(const char *name);

/* Whether the setting `adoms` lets an ADOM in. */
bool adom_wanted(const struct settings *settings, const char *name);
#endif
