/*
 * run.h - what the parts of the FortiManager source share during one call.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RUN_H
#define RUN_H

#include "estate.h"
#include "fields.h"
#include "fortimanager.h"
#include "ha_members.h"
#include "inventory/census.h"
#include "rpc.h"
#include "sources/source.h"

struct run {
    struct source_call *call;
    struct rpc rpc;
    struct estate estate;
    struct census *census;
    struct ha_members clusters; /* whose members are to be asked for, during devices_read() */

    /* From the first request (system.c) */
    char serial[SERIAL_MAX + 1], hostname[NAME_MAX_BYTES + 1], version_text[32];
    char peers[IDENTITY_SERIALS_MAX][SERIAL_MAX + 1];
    size_t peer_count;
    struct fmg_version version;
    bool is_analyzer;    /* a FortiAnalyzer: the same API, but only devices that log to it */
    bool status_refused; /* no right to the system's own status: version and serial unknown */
    bool adoms_known;    /* the ADOM table was read */
    bool names_damaged;  /* some names in it hold bytes that are no text: not all ADOMs are known */
    bool members_told;   /* some ADOM named devices: an empty one does not */
    bool members_known;  /* the ADOM table came with the names of each ADOM's devices */
    bool all_read;       /* /dvmdb/device was read to the end: devices in no ADOM too */
    bool none_refused;   /* that was refused: they lie outside of the account */
    bool none_changed;   /* devices in no ADOM, since they were read */
    uint32_t snapshot;   /* the ADOM table: 1 = of the beginning, then one a closing request */
    uint32_t device_readings; /* passes over device tables, begun */
    bool identity_told;       /* the `source` document is out */
};

/* system.c: status, HA peers, ADOMs with their devices' names: one request. */
int32_t system_read(struct run *run, struct failure *reterr);

/* Emits the `source` document; `managed_sn` (may be NULL) names the system when it did not. */
int32_t system_emit(struct run *run, const char *managed_sn, struct failure *reterr);

/* Whether a name held bytes that are no text when it came: it addresses nothing. */
bool name_damaged(const char *name);

#define ADOM_TABLE "/dvmdb/adom"

/* The ADOM table as a param, with the names of each ADOM's devices where `members` is set. */
struct rpc_param adom_table(bool members);

/* Notes what an ADOM's row says of how its units are managed; true when gate by gate is new. */
bool adom_flags(struct json_object *row, struct adom *adom);

/* A row of the ADOM table: its name and devices. False when the name addresses nothing. */
bool adom_row(struct json_object *row, const char **ret_name, struct json_object **ret_devices);

/* "/dvmdb/adom/NAME/device" */
void adom_devices_url(const char *adom, struct buffer *out);

/* How many devices that table counts, as a param whose url stands in `url`. */
struct rpc_param adom_count_param(const struct adom *adom, struct buffer *url);

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

/*
 * devices.c: the device table into census and estate. OK although scopes may be incomplete.
 */
int32_t devices_read(struct run *run, struct failure *reterr);

/* The device tables of the ADOMs that have changed, once more. */
int32_t devices_read_changed(struct run *run, struct failure *reterr);

/*
 * scopes.c: the end of a run: every scope that no failure has left incomplete is complete.
 */
int32_t scopes_end(struct run *run, struct failure *reterr);

/*
 * Names all scopes, after the last reading, also of a run that ended early (not `ended`): an ADOM
 * that it would have read is a scope, though no answer about it came.
 */
int32_t scopes_name(struct run *run, bool ended, struct failure *reterr);

/* roster_count.c: how many units the rosters count, at most; PERMISSION or DATA when one cannot be
 * counted. */
int32_t rosters_count(struct run *run, enum device_type type, uint64_t *ret,
                      struct failure *reterr);

/*
 * To be asked while something is added: LIMIT (store_full) when the run remembers too much, the
 * `beside` bytes included that a caller keeps for itself. See census_room().
 */
int32_t run_room(struct run *run, size_t beside, struct failure *reterr);

#endif
