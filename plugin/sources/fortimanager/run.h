/*
 * run.h - what the parts of the FortiManager source share during one call.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RUN_H
#define RUN_H

#include "fields.h"
#include "ha_members.h"
#include "inventory/inventory.h"
#include "rpc.h"
#include "sources/source.h"
#include "topology.h"

/* In the source document, and in the setting `source`. */
#define FORTIMANAGER_SYSTEM "fortimanager"

struct run {
    struct source_call *call;
    struct rpc rpc;
    struct topology topology;
    struct inventory *inventory;
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

/*
 * To be asked while something is added: LIMIT (store_full) when the run remembers too much, the
 * `beside` bytes included that a caller keeps for itself. See inventory_room().
 */
int32_t run_room(struct run *run, size_t beside, struct failure *reterr);

#endif
