/*
 * rpc_batch.c - the URLs of one request, with their texts and answers.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "rpc_batch.h"

size_t fmg_rpc_batch_add(struct rpc_batch *batch)
{
    size_t i = batch->count++;

    batch->rest_bytes += i > 0 ? batch->rests[i - 1].size : 0;
    batch->params[i] = (struct rpc_param){.code = RPC_INVALID};
    batch->urls[i] = BUFFER(FMG_URL_MAX);
    batch->rests[i] = BUFFER(REQUEST_BODY_MAX - batch->rest_bytes);
    return i;
}

int32_t fmg_rpc_batch_get(struct rpc_batch *batch, size_t first, size_t count,
                          struct failure *failure)
{
    const struct operation *operation = batch->rpc->operation;

    for (size_t i = first; i < first + count; i++) {
        int32_t code;

        if ((code = fail_buffer(operation, failure, &batch->urls[i])) != HECTOR_OK ||
            (code = fail_buffer(operation, failure, &batch->rests[i])) != HECTOR_OK) {
            return code;
        }
        batch->params[i].url = buffer_text(&batch->urls[i]);
        batch->params[i].rest = batch->rests[i].size > 0 ? batch->rests[i].data : NULL;
    }
    return count > 0 ? fmg_rpc_get(batch->rpc, batch->params + first, count, failure) : HECTOR_OK;
}

void fmg_rpc_batch_release(struct rpc_batch *batch)
{
    fmg_rpc_release(batch->params, batch->count);
    for (size_t i = 0; i < batch->count; i++) {
        buffer_release(&batch->urls[i]);
        buffer_release(&batch->rests[i]);
    }
    batch->count = batch->rest_bytes = 0;
}
