/*
 * rpc.h - FortiManager's JSON-RPC: login, envelope, refusals and repeats.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A request has one method and several URLs. The reply has one row per URL, in the same order, each
 * with its own status [Fortinet: how-to-fortimanager-api, 001]. One request in flight: versions
 * 7.2.7 to 7.4.7 refuse an API key at random when it is used in parallel.
 *
 * Code -11 has five causes: no session, an expired session, a missing right, the bug above, or one
 * field that the account may not see. ask_until_settled() in rpc.c distinguishes them.
 */
#ifndef RPC_H
#define RPC_H

#include "jsonrpc.h"

/*
 * Fetches the secrets, and logs in if there is no API key. Errors: CONFIG for missing or ambiguous
 * credentials, AUTH (login_refused), THROTTLED (login_sessions_taken), PERMISSION
 * (login_no_api_access), and what else fmg_login_send() returns. Call fmg_rpc_close() in any case.
 */
int32_t fmg_rpc_open(struct rpc *rpc, struct operation *operation, const struct settings *settings,
                     struct http *http, struct failure *failure);

/* Logs out if there is a session, and wipes the secrets. Safe after a failed fmg_rpc_open(). */
void fmg_rpc_close(struct rpc *rpc);

/*
 * Asks for `count` URLs in one request. On OK each has an answer in its `code`, which may be
 * RPC_INVALID. The caller releases the params with fmg_rpc_release() in any case. Errors: AUTH
 * (token_refused, session_refused), PERMISSION (everything_refused), DATA (reply_invalid), and what
 * http_exchange() returns.
 */
int32_t fmg_rpc_get(struct rpc *rpc, struct rpc_param *params, size_t count,
                    struct failure *failure);

/* Frees the answers. Safe to call twice. */
void fmg_rpc_release(struct rpc_param *params, size_t count);

/*
 * Like fmg_rpc_get() for one URL of the method exec, but a failure code of that URL is not retried,
 * except -11. Used only for /sys/proxy/json with a `get` inside: exec can change configuration.
 */
int32_t fmg_rpc_exec(struct rpc *rpc, struct rpc_param *param, struct failure *failure);

/*
 * Turns a code other than RPC_OK into a failure: PERMISSION (read_refused) for -11, DATA
 * (reply_invalid) for RPC_INVALID, else DATA (read_failed). Returns its cause.
 */
int32_t fmg_rpc_fail(const struct rpc *rpc, const struct rpc_param *param, struct failure *failure);

/* OK if the answer is a table; else as fmg_rpc_fail(). */
int32_t fmg_rpc_table(const struct rpc *rpc, const struct rpc_param *param,
                      struct failure *failure);

/* The count that answers a URL with RPC_COUNT_OPTION, or COUNT_NONE. */
int64_t fmg_rpc_count(const struct rpc_param *param);

/* Appends a part of a URL: a name, whose slashes are escaped, between two texts. */
void fmg_rpc_path(struct buffer *url, const char *before, const char *name, const char *behind);

/* ---- the URLs of one request, with their texts and answers */

/* Begins as {.rpc = ...}; ends with fmg_rpc_batch_release(). About 16 KiB. */
struct rpc_batch {
    struct rpc *rpc;
    size_t count;
    size_t rest_bytes; /* size of all `rests` but the last */
    struct rpc_param params[ENVELOPE_URLS_MAX];
    struct buffer urls[ENVELOPE_URLS_MAX], rests[ENVELOPE_URLS_MAX];
};

/*
 * Adds a URL, of at most ENVELOPE_URLS_MAX, whose further members begin with `rest`, and returns
 * its number: the caller appends to `urls` and `rests` of that number, and may set `params`. Both
 * texts are limited to what can be sent.
 */
size_t fmg_rpc_batch_add(struct rpc_batch *batch, const char *rest);

/*
 * Sends `count` URLs from `first` on, or nothing if `count` is 0. Fails if one of their texts has
 * overflowed, because a truncated one would query other objects; and like fmg_rpc_get().
 */
int32_t fmg_rpc_batch_get(struct rpc_batch *batch, size_t first, size_t count,
                          struct failure *failure);

/* Frees texts and answers; the batch is empty then. */
void fmg_rpc_batch_release(struct rpc_batch *batch);
#endif
