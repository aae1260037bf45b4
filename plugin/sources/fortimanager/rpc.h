/*
 * rpc.h - FortiManager's JSON-RPC: login, envelope, refusals and repeats.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One method and several urls a request; one row a url comes back, in the same order, each with its
 * own status [Fortinet: how-to-fortimanager-api, 001]. One request in flight: a key used in
 * parallel is refused at random by 7.2.7 to 7.4.7.
 *
 * Code -11 means five things: no session, a dead session, a right that lacks, the bug above, or
 * one field the account may not see. What is done about it stands in rpc.c, above
 * ask_until_settled().
 */
#ifndef RPC_H
#define RPC_H

#include "jsonrpc.h"

/*
 * Fetches the secrets, and logs in where there is no key. CONFIG for missing or double credentials;
 * AUTH (login_refused), THROTTLED (login_sessions_taken), PERMISSION (login_no_api_access).
 */
int32_t rpc_open(struct rpc *rpc, struct operation *operation, const struct settings *settings,
                 struct http *http, struct failure *reterr);

/* Logs out of what was logged in to, and wipes the secrets. Safe after a failed rpc_open(). */
void rpc_close(struct rpc *rpc);

/*
 * Asks `count` urls at once. OK when each has an answer, or RPC_INVALID, in its `code`; the caller
 * releases them with rpc_release() in any case. AUTH (token_refused, session_refused), PERMISSION
 * (everything_refused), DATA (reply_invalid), and what http_exchange() returns.
 */
int32_t rpc_get(struct rpc *rpc, struct rpc_param *params, size_t count, struct failure *reterr);
void rpc_release(struct rpc_param *params, size_t count);

/*
 * The same for one url of the method exec, whose code is not asked about again. Only
 * /sys/proxy/json with a `get` inside is sent this way: exec can change things elsewhere.
 */
int32_t rpc_exec(struct rpc *rpc, struct rpc_param *param, struct failure *reterr);

/* What a code other than OK means for the table `what` of `where`, as a failure. */
int32_t rpc_fail(const struct rpc *rpc, const struct rpc_param *param, struct failure *reterr);

/* Appends a name for use in a url: a slash inside of it is escaped. */
void rpc_escape(struct buffer *url, const char *name);
#endif
