/*
 * envelope.h - FortiManager's JSON-RPC envelope: URLs in, one row per URL out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The part of rpc that knows the wire format, {id, method, params, session, verbose} and {id,
 * result: [{status, data, url}]}, and how real appliances deviate from it. What a refusal of a URL
 * means is decided in rpc.c.
 */
#ifndef ENVELOPE_H
#define ENVELOPE_H

#include "jsonrpc.h"

/*
 * Returns the body of a request for `method` with a new id, and with the session if there is one,
 * for rest_post().
 */
struct buffer fmg_envelope_request(struct rpc *rpc, const char *method, struct rpc_param **params,
                                   size_t count);

/*
 * Distributes a reply over its params; each that gets an answer becomes `sound`. If the web server
 * refused the request, every param gets RPC_NO_PERMISSION. Returns NULL if all of them got an
 * answer, else a static text: what is wrong with the reply or with one of its rows.
 */
const char *fmg_envelope_read(struct rpc *rpc, const struct http_reply *reply,
                              struct rpc_param **params, size_t count);

/* Whether the web server refused the request (HTTP 401 or 403). */
bool fmg_envelope_refused(const struct http_reply *reply);

/*
 * Sends one request for up to ENVELOPE_URLS_MAX URLs and repeats it for those without an answer:
 * all of them if the reply is no JSON-RPC, else those whose row is unusable. A row that holds only
 * its URL is an answer without data if another row of the reply is sound, or if it comes twice. If
 * some URLs get an answer and others do not, the others get the code RPC_INVALID. Errors if no
 * URL gets an answer: DATA (reply_invalid), UNREACHABLE (server_error); and what http_exchange()
 * returns.
 */
int32_t fmg_envelope_exchange(struct rpc *rpc, const char *method, struct rpc_param **params,
                              size_t count, struct failure *failure);

/* Fails with DATA (reply_invalid): the answer to `what` is unusable. */
int32_t fmg_envelope_invalid(const struct rpc *rpc, const char *what, const char *detail,
                             struct failure *failure);

/*
 * Fails because a whole reply is unusable: like fmg_envelope_invalid() or, if the web server
 * returned an HTTP status of 500 or more, with UNREACHABLE (server_error).
 */
int32_t fmg_envelope_fail(const struct rpc *rpc, int32_t status, const char *what,
                          const char *detail, struct failure *failure);
#endif
