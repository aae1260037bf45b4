/*
 * ha_members.h - clusters whose rows lack members: their tables of members are asked for.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A row of the device table carries the members of its cluster (ha_slave). In a cluster that was
 * just made, or after a fail-over, the list may be null or empty [inferred: no such row is
 * recorded]; /dvmdb/device/{name}/ha_slave is the same table [how-to-fortimanager-api 007].
 */
#ifndef HA_MEMBERS_H
#define HA_MEMBERS_H

#include "rpc.h"

/* One cluster: its row as text, until its members are asked for. */
struct ha_cluster {
    const char *name; /* FortiManager's, in the topology */
    const char *adom; /* whose device table showed it; NULL = the table of all ADOMs */
    char *row;
    size_t size;
};

struct ha_members {
    struct ha_cluster *clusters;
    size_t count, capacity;
    size_t bytes; /* of all of them */
};

/*
 * Keeps a cluster's row until ha_members_ask(); its names must live as long. `*ret_kept` is false
 * for a row that is too long: its members are not asked for. Fails without memory only.
 */
int32_t ha_members_note(struct ha_members *members, const struct operation *operation,
                        const struct ha_cluster *cluster, struct json_object *row, bool *ret_kept,
                        struct failure *reterr);

/*
 * Takes a cluster's row, with the members that were found in it. `missing` says why they may not be
 * all; NULL = they are.
 */
typedef int32_t ha_members_take(void *context, const char *adom, struct json_object *row,
                                const struct failure *missing, struct failure *reterr);

/*
 * Asks for the members of the clusters kept, some clusters a request, and hands each row to `take`.
 * What cannot be read is in `missing`. OK unless the run ends. Nothing is kept afterwards.
 */
int32_t ha_members_ask(struct ha_members *members, struct rpc *rpc, ha_members_take *take,
                       void *context, struct failure *reterr);

void ha_members_release(struct ha_members *members);

/* DATA (members_missing) of the cluster `name`. `detail` may be NULL. */
int32_t ha_members_fail(const struct operation *operation, const char *name, const char *detail,
                        struct failure *reterr);
#endif
