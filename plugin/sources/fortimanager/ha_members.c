/*
 * ha_members.c - asks for the members of clusters whose rows lack them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ha_members.h"

#include <stdlib.h>

#include "device_import.h"
#include "json/json_guard.h"
#include "json/json_read.h"

void fmg_ha_members_release(struct fmg_run *run)
{
    for (size_t i = 0; i < run->clusters.count; i++) {
        free(run->clusters.items[i].row);
    }
    free(run->clusters.items);
    run->clusters = (struct cluster_list){0};
    run->cluster_bytes = 0;
}

/*
 * Puts the answer into the row if it has a member; a single member may come as an object. Returns
 * whether all members are objects.
 */
static bool take_members(struct json_object *row, struct json_object *data)
{
    bool single = json_object_is_type(data, json_type_object);
    struct json_object *list = single ? json_object_new_array() : json_object_get(data);

    if (single && list != NULL && json_object_array_add(list, json_object_get(data)) != 0) {
        json_object_put(data);
    }
    if (json_count(list) == 0 || json_object_object_add(row, "ha_slave", list) != 0) {
        json_object_put(list);
        return false;
    }
    return json_all_objects(list);
}

/* Takes the answer for one cluster. `failed` is why the request has none; cause 0 = it has one. */
static int32_t take_answer(struct fmg_run *run, const struct ha_cluster *cluster,
                           const struct rpc_param *param, const struct failure *failed,
                           struct failure *failure)
{
    struct json_object *row = NULL;
    struct failure missing = *failed;
    int32_t code;

    (void)json_guard_parse(cluster->row, cluster->size, run->operation->limits->tree_max_bytes,
                           &row, NULL);
    if (row == NULL) {
        return fail_memory(run->operation, failure);
    }
    bool found = failed->cause == 0 && param->code == RPC_OK && take_members(row, param->data);
    if (!found && failed->cause == 0) {
        struct failure why = {.detail = "no list of members"};

        if (param->code != RPC_OK) {
            (void)fmg_rpc_fail(&run->rpc, param, &why);
        }
        (void)fail(run->operation, &missing, REASON_members_missing, why.detail,
                   ARGUMENTS(cluster->name));
    }
    code = fmg_device_import_cluster(run, cluster, row, found ? NULL : &missing, failure);
    json_object_put(row);
    return code;
}

/*
 * Asks for some clusters in one request. `failed` receives why it has no answer; after an earlier
 * failure nothing is sent.
 */
static int32_t ask_batch(struct fmg_run *run, const struct ha_cluster *clusters, size_t count,
                         struct failure *failed, struct failure *failure)
{
    struct rpc_batch batch = {.rpc = &run->rpc};
    int32_t code = HECTOR_OK;

    for (size_t i = 0; i < count; i++) {
        fmg_rpc_path(&batch.urls[fmg_rpc_batch_add(&batch, "")], "/dvmdb/device/", clusters[i].name,
                     "/ha_slave");
    }
    if (failed->cause == 0 && failure_ends(fmg_rpc_batch_get(&batch, 0, count, failed), failed)) {
        code = fail_as(failure, failed);
    }
    for (size_t i = 0; code == HECTOR_OK && i < count; i++) {
        code = take_answer(run, &clusters[i], &batch.params[i], failed, failure);
    }
    fmg_rpc_batch_release(&batch);
    return code;
}

int32_t fmg_ha_members_ask(struct fmg_run *run, struct failure *failure)
{
    struct failure failed = {0};
    int32_t code = HECTOR_OK;

    source_expect(run->operation, PHASE_clusters, run->clusters.count);
    for (size_t i = 0; code == HECTOR_OK && i < run->clusters.count; i += PACK_MAX) {
        size_t left = run->clusters.count - i, count = left < PACK_MAX ? left : PACK_MAX;

        code = ask_batch(run, run->clusters.items + i, count, &failed, failure);
        operation_progress(run->operation, PHASE_clusters, count, 0);
        /*
         * An unusable answer affects its own request only; a lost connection affects the rest as
         * well.
         */
        if (failed.cause == HECTOR_DATA) {
            failed.cause = 0;
        }
    }
    fmg_ha_members_release(run);
    return code;
}
