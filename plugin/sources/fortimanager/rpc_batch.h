/*
 * rpc_batch.h - the URLs of one request, with their texts and answers.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RPC_BATCH_H
#define RPC_BATCH_H

#include "rpc.h"

/* Begins as {.rpc = ...}; ends with fmg_rpc_batch_release(). About 16 KiB. */
struct rpc_batch {
    struct rpc *rpc;
    size_t count;
    size_t rest_bytes; /* size of all `rests` but the last */
    struct rpc_param params[ENVELOPE_URLS_MAX];
    struct buffer urls[ENVELOPE_URLS_MAX], rests[ENVELOPE_URLS_MAX];
};

/*
 * Adds a URL, of at most ENVELOPE_URLS_MAX, and returns its number: the caller appends to `urls`
 * and `rests` of that number, and may set `params`. Both texts are limited to what can be sent.
 */
size_t fmg_rpc_batch_add(struct rpc_batch *batch);

/*
 * Sends `count` URLs from `first` on, or nothing if `count` is 0. Fails if one of their texts has
 * overflowed, because a truncated one would query other objects; and like fmg_rpc_get().
 */
int32_t fmg_rpc_batch_get(struct rpc_batch *batch, size_t first, size_t count,
                          struct failure *failure);

/* Frees texts and answers; the batch is empty then. */
void fmg_rpc_batch_release(struct rpc_batch *batch);
#endif
