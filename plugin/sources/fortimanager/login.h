/*
 * login.h - a session of FortiManager: opened by user and password, closed again.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef LOGIN_H
#define LOGIN_H

#include "jsonrpc.h"

/*
 * Logs in, by user and password or by FortiCloud. Never repeated with refused credentials: that
 * locks the source address out. AUTH (login_refused, login_other), THROTTLED
 * (login_sessions_taken), PERMISSION (login_no_api_access), CONFIG (password_missing), UNREACHABLE
 * (server_error), DATA (reply_invalid), and what cloud_login() returns; an answer that was lost
 * sets rpc->login_lost.
 */
int32_t login_send(struct rpc *rpc, struct failure *reterr);

/* Logs out. A session that cannot be closed ends by itself, after FortiManager's idle time-out. */
void logout_send(struct rpc *rpc);
#endif
