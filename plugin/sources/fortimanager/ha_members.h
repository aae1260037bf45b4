/*
 * ha_members.h - asks for the members of clusters whose rows lack them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A row of the device table carries the members of its cluster (ha_slave). Right after a cluster
 * was formed, or after a fail-over, the list may be null or empty
 * [inferred: no such row is recorded]. /dvmdb/device/{name}/ha_slave is the same table
 * [how-to-fortimanager-api 007].
 */
#ifndef HA_MEMBERS_H
#define HA_MEMBERS_H

#include "base/vector.h"
#include "rpc.h"

/* One cluster: its row as JSON text, until its members are asked for. */
struct ha_cluster {
    const char *name; /* FortiManager's name; borrowed from the topology */
    const char *adom; /* whose device table showed it; NULL = the table of all ADOMs */
    char *row;
    size_t size;
};

VECTOR_TYPE(cluster_list, struct ha_cluster)

struct ha_members {
    const struct operation *operation;
    struct cluster_list clusters;
    size_t bytes; /* memory of all clusters */
};

/*
 * Keeps a cluster's row until fmg_ha_members_ask(); the names in `cluster` must live as long.
 * `*ret_kept` is false for a row above the size limit: its members are not asked for. The only
 * error is NO_MEMORY.
 */
int32_t fmg_ha_members_note(struct ha_members *members, const struct ha_cluster *cluster,
                            struct json_object *row, bool *ret_kept, struct failure *failure);

/*
 * Takes a cluster's row, with the members that were found in it. `missing` says why the list may be
 * incomplete; NULL = it is complete. `row` is borrowed for the call.
 */
typedef int32_t ha_members_take(void *context, const char *adom, struct json_object *row,
                                const struct failure *missing, struct failure *failure);

/*
 * Asks for the members of all kept clusters, several per request, and passes each row to `take`. A
 * failure to read them is passed as `missing`. Releases what was kept. Returns OK unless the run
 * ends.
 */
int32_t fmg_ha_members_ask(struct ha_members *members, struct rpc *rpc, ha_members_take *take,
                           void *context, struct failure *failure);

/* Frees what was kept. Safe on an empty list. */
void fmg_ha_members_release(struct ha_members *members);
#endif
