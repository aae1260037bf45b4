/*
 * system.h - the FortiManager itself: status, HA peers, ADOMs.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SYSTEM_H
#define SYSTEM_H

#include "run.h"

#define ADOM_TABLE "/dvmdb/adom"

/*
 * Reads status, HA peers and ADOMs with their devices' names, in one request. Errors: what
 * fmg_rpc_get() returns, DATA (reply_invalid), and a CONFIG failure (adom_unknown) for a chosen
 * ADOM that does not exist.
 */
int32_t fmg_system_read(struct fmg_run *run, struct failure *failure);

/*
 * Emits the `source` document once per run. `managed_sn` (may be NULL) is the serial that a device
 * reports for its FortiManager, used if the status did not give one.
 */
int32_t fmg_system_emit(struct fmg_run *run, const char *managed_sn, struct failure *failure);

/* Whether a name arrived with bytes that are no text: it cannot be used in a URL. */
bool fmg_name_damaged(const char *name);

/* A param for the ADOM table; `members`: with the names of each ADOM's devices. */
struct rpc_param fmg_adom_table(bool members);

/*
 * Requests the ADOM table once more if it is empty: there is always one ADOM, and its flags decide
 * where its units are listed.
 */
int32_t fmg_adom_table_repeat(struct fmg_run *run, struct rpc_param *param,
                              struct failure *failure);

/*
 * Notes from an ADOM's row whether its units are managed on each FortiGate separately. Returns true
 * if that is new.
 */
bool fmg_adom_flags(struct json_object *row, struct adom *adom);

/* Returns the devices of a row of the ADOM table; NULL = it lists none. */
struct json_object *fmg_adom_devices(struct json_object *row);

/* Adds a device that an ADOM lists to the topology, with run->snapshot. */
int32_t fmg_adom_member(struct fmg_run *run, const char *adom, struct json_object *member,
                        struct failure *failure);

/* Expects `scope` for all chosen device types that an ADOM lists. */
int32_t fmg_scope_expect(struct fmg_run *run, const char *scope, struct failure *failure);

/*
 * Ends `scope` for all device types that were expected of it: as complete (`why` NULL), unless it
 * is incomplete already; or as incomplete because of `why`.
 */
int32_t fmg_scope_end(struct fmg_run *run, const char *scope, const struct failure *why,
                      struct failure *failure);

/* Marks `scope` as incomplete for all chosen device types of an ADOM, because of `why`. */
int32_t fmg_scope_fail(struct fmg_run *run, const char *scope, const struct failure *why,
                       struct failure *failure);

/* Expects the scopes of an ADOM that has devices or is known to be empty, if this run reads it. */
int32_t fmg_adom_expect(struct fmg_run *run, const struct adom *adom, struct failure *failure);

/* False for the global database, which the ADOM table lists as well. */
bool fmg_adom_holds_devices(const char *name);

/* Whether the setting `adoms` includes an ADOM. */
bool fmg_adom_wanted(const struct settings *settings, const char *name);
#endif
