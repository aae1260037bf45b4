/*
 * envelope.h - FortiManager's JSON-RPC envelope: urls in, one row a url out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The part of rpc that knows the shapes: {id, method, params, session, verbose} and {id, result:
 * [{status, data, url}]}, with what real appliances leave out or do otherwise. It knows nothing of
 * why a url is refused.
 */
#ifndef ENVELOPE_H
#define ENVELOPE_H

#include "jsonrpc.h"

#define ENVELOPE_URLS_MAX 64 /* urls in one request */

/* Opens a request of a method, up to its params; and closes it, with the session where there is
 * one. */
void envelope_head(struct rpc *rpc, struct buffer *body, const char *method);
void envelope_tail(struct rpc *rpc, struct buffer *body);

/* Sends the body, with the key where there is one, wipes it, and hands out the reply. */
int32_t envelope_send(struct rpc *rpc, struct buffer *body, bool has_grace, bool repeatable,
                      struct http_reply *ret, struct failure *reterr);

/*
 * Spreads a reply over the urls that were asked: those that it answers are `sound` then. NULL when
 * all of them are, else what is wrong with the reply, or with a row of it.
 */
const char *envelope_read(struct rpc *rpc, const struct http_reply *reply,
                          struct rpc_param **params, size_t count);

/* A web server's refusal counts as one by FortiManager: all urls are refused. */
bool envelope_refused(const struct http_reply *reply);
void envelope_refuse(struct rpc_param **params, size_t count, int32_t http_status);

/*
 * One request for some urls, up to ENVELOPE_URLS_MAX. What is not answered by it is asked again:
 * all urls where the answer is no JSON-RPC, else those whose row is none. A row with only its url
 * is an answer without data, when the reply has a sound one beside it, or when it comes twice. A
 * url that gets no answer although others did has the code RPC_INVALID. Adds the answers to
 * operation->tree_bytes. No answer to any url: DATA (reply_invalid), UNREACHABLE (server_error).
 * And what http_exchange() returns.
 */
int32_t envelope_exchange(struct rpc *rpc, const char *method, struct rpc_param **params,
                          size_t count, bool with_fields, struct failure *reterr);

/* DATA (reply_invalid): the answer to `what` cannot be used. */
int32_t envelope_invalid(const struct rpc *rpc, const char *what, const char *detail,
                         struct failure *reterr);

/* UNREACHABLE (server_error): the web server failed, with an HTTP status of 500 or more. */
int32_t envelope_server_error(const struct rpc *rpc, int32_t status, const char *detail,
                              struct failure *reterr);
#endif
