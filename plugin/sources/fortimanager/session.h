/*
 * session.h - what both ways to open a session share.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SESSION_H
#define SESSION_H

#include "jsonrpc.h"

/* Asks the host for the secret `name`, into `ret`. CONFIG (password_missing) if there is none. */
int32_t fmg_session_password(struct rpc *rpc, const char *name, struct buffer *ret,
                             struct failure *failure);

/*
 * Sends a login to `path`; else as fmg_envelope_send(). Sets rpc->login_lost if a login that failed
 * may still have opened a session.
 */
int32_t fmg_session_send(struct rpc *rpc, const char *path, struct buffer *body,
                         struct http_reply *ret, struct failure *failure);

/*
 * Keeps the session id from the answer of `url`. DATA (reply_invalid) if it is missing or too long.
 */
int32_t fmg_session_keep(struct rpc *rpc, const char *session, const char *url,
                         struct failure *failure);
#endif
