/*
 * run.h - what the parts of the FortiManager source share during one call.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RUN_H
#define RUN_H

#include "base/vector.h"
#include "fields.h"
#include "inventory/inventory.h"
#include "rpc.h"
#include "sources/source.h"
#include "topology.h"

/* A cluster whose row lacks members: the row as JSON text, until they are asked for. */
struct ha_cluster {
    const char *name; /* FortiManager's name; borrowed from the topology */
    const char *adom; /* whose device table showed it; NULL = the table of all ADOMs */
    char *row;
    size_t size;
};

VECTOR_TYPE(cluster_list, struct ha_cluster)

struct fmg_run {
    struct source_call *call;
    struct operation *operation; /* of `call`, as the next */
    const struct settings *settings;
    struct rpc rpc;
    struct topology topology;
    struct inventory *inventory;
    struct checks checks;           /* of validate */
    const struct option_sink *sink; /* receives the values of list_options; else NULL */
    struct cluster_list clusters;   /* during fmg_devices_read(): see ha_members.h */
    size_t cluster_bytes;           /* memory of all of them */
    size_t table_bytes;             /* memory of the reading of a device table: table.h */

    /* From the first request (system.c): */
    struct rpc_param status, ha_status; /* the answers about the FortiManager itself */
    char serial[SERIAL_MAX + 1], hostname[NAME_MAX_BYTES + 1], version_text[32];
    int32_t version;     /* FMG_VERSION(); 0 = unknown */
    bool is_analyzer;    /* a FortiAnalyzer: same API, but only devices that log to it */
    bool status_refused; /* /sys/status is not readable: version and serial unknown */
    bool adoms_known;    /* the ADOM table was read */
    bool names_damaged;  /* some ADOM names hold bytes that are no text: not all ADOMs are known */
    bool members_listed; /* some ADOM listed its devices; an empty ADOM lists none */
    bool members_known;  /* the ADOM table came with the names of each ADOM's devices */
    bool all_read;       /* /dvmdb/device was read to the end, so devices in no ADOM as well */
    bool none_refused;   /* refused: devices in no ADOM are outside of the account */
    bool none_changed;   /* devices in no ADOM have changed since they were read */
    bool last_pass;      /* of the closing requests: what differs now is incomplete */
    uint32_t snapshot;   /* number of the ADOM table: 1 = the first, then one per closing request */
    uint32_t device_readings; /* passes over device tables that were begun */
    bool identity_emitted;    /* the `source` document has been emitted */
};

/*
 * Call while adding to the run's memory: LIMIT (store_full) when the run uses too much, including
 * the `beside` bytes that the caller holds itself. See inventory_room().
 */
static inline int32_t fmg_run_room(struct fmg_run *run, size_t beside, struct failure *failure)
{
    return inventory_room(run->inventory,
                          beside + fmg_topology_bytes(&run->topology) + run->cluster_bytes +
                              run->table_bytes,
                          failure);
}
#endif
