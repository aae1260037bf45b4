/*
 * ha_members.c - asks for the members of clusters whose rows lack them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ha_members.h"

#include <stdlib.h>
#include <string.h>

#include "json/json_guard.h"
#include "json/json_read.h"

int32_t fmg_ha_members_note(struct ha_members *members, const struct ha_cluster *cluster,
                            struct json_object *row, bool *ret_kept, struct failure *failure)
{
    struct ha_cluster kept = {cluster->name, cluster->adom, NULL, 0};
    const char *text = json_object_to_json_string_length(row, JSON_C_TO_STRING_PLAIN, &kept.size);

    *ret_kept = kept.size <= CLUSTER_ROW_MAX;
    if (!*ret_kept) {
        return HECTOR_OK;
    }
    kept.row = text != NULL ? strndup(text, kept.size) : NULL;
    if (kept.row == NULL || !cluster_list_add(&members->clusters, kept)) {
        free(kept.row);
        return fail_memory(members->operation, failure);
    }
    members->bytes += kept.size + sizeof(kept);
    return HECTOR_OK;
}

void fmg_ha_members_release(struct ha_members *members)
{
    for (size_t i = 0; i < members->clusters.count; i++) {
        free(members->clusters.items[i].row);
    }
    free(members->clusters.items);
    *members = (struct ha_members){.operation = members->operation};
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
    for (size_t i = 0; i < json_count(list); i++) {
        if (!json_object_is_type(json_element(list, i), json_type_object)) {
            return false;
        }
    }
    return true;
}

/* Who asks, and who takes the rows. */
struct asking {
    struct rpc *rpc;
    ha_members_take *take;
    void *context;
};

/* Takes the answer for one cluster. `failed` is why the request has none; cause 0 = it has one. */
static int32_t take_answer(const struct asking *asking, const struct ha_cluster *cluster,
                           const struct rpc_param *param, const struct failure *failed,
                           struct failure *failure)
{
    struct rpc *rpc = asking->rpc;
    struct json_object *row = NULL;
    struct failure missing = *failed;
    int32_t code;

    (void)json_guard_parse(cluster->row, cluster->size, rpc->operation->limits->tree_max_bytes,
                           &row, NULL);
    if (row == NULL) {
        return fail_memory(rpc->operation, failure);
    }
    bool found = failed->cause == 0 && param->code == RPC_OK && take_members(row, param->data);
    if (!found && failed->cause == 0) {
        struct failure why = {.detail = "no list of members"};

        if (param->code != RPC_OK) {
            (void)fmg_rpc_fail(rpc, param, &why);
        }
        (void)fail(rpc->operation, &missing, REASON_members_missing, why.detail,
                   ARGUMENTS(cluster->name));
    }
    code = asking->take(asking->context, cluster->adom, row, found ? NULL : &missing, failure);
    json_object_put(row);
    return code;
}

/*
 * Asks for some clusters in one request. `failed` receives why it has no answer; after an earlier
 * failure nothing is sent.
 */
static int32_t ask_batch(const struct asking *asking, const struct ha_cluster *clusters,
                         size_t count, struct failure *failed, struct failure *failure)
{
    struct rpc_batch batch = {.rpc = asking->rpc};
    int32_t code = HECTOR_OK;

    for (size_t i = 0; i < count; i++) {
        struct buffer *url = &batch.urls[fmg_rpc_batch_add(&batch)];

        buffer_append_text(url, "/dvmdb/device/");
        fmg_rpc_escape(url, clusters[i].name);
        buffer_append_text(url, "/ha_slave");
    }
    if (failed->cause == 0 && failure_ends(fmg_rpc_batch_get(&batch, 0, count, failed), failed)) {
        code = fail_as(failure, failed);
    }
    for (size_t i = 0; code == HECTOR_OK && i < count; i++) {
        code = take_answer(asking, &clusters[i], &batch.params[i], failed, failure);
    }
    fmg_rpc_batch_release(&batch);
    return code;
}

int32_t fmg_ha_members_ask(struct ha_members *members, struct rpc *rpc, ha_members_take *take,
                           void *context, struct failure *failure)
{
    const struct asking asking = {rpc, take, context};
    struct failure failed = {0};
    int32_t code = HECTOR_OK;

    if (members->clusters.count > 0) {
        operation_progress(rpc->operation, PHASE_clusters, 0, members->clusters.count);
    }
    for (size_t i = 0; code == HECTOR_OK && i < members->clusters.count; i += PACK_MAX) {
        size_t left = members->clusters.count - i, count = left < PACK_MAX ? left : PACK_MAX;

        code = ask_batch(&asking, members->clusters.items + i, count, &failed, failure);
        operation_progress(rpc->operation, PHASE_clusters, count, 0);
        /*
         * An unusable answer affects its own request only; a lost connection affects the rest as
         * well.
         */
        if (failed.cause == HECTOR_DATA) {
            failed.cause = 0;
        }
    }
    fmg_ha_members_release(members);
    return code;
}
