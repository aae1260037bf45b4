/*
 * session.h - what all ways to open a session share.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SESSION_H
#define SESSION_H

#include "jsonrpc.h"

/* Asks the host for a password. CONFIG (password_missing) where there is none. */
int32_t session_password(struct rpc *rpc, const char *name, struct buffer *ret,
                         struct failure *reterr);

/*
 * Notes that a session may be open after the failure of a request. `complete`: the request was
 * written in full.
 */
void session_note_lost(struct rpc *rpc, const struct failure *failure, bool complete);

/* Keeps the session that `url` answered with. DATA (reply_invalid) for none. */
int32_t session_keep(struct rpc *rpc, const char *session, const char *url, struct failure *reterr);
#endif
