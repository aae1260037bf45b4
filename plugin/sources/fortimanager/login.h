/*
 * login.h - logs in to a FortiManager with user and password, and logs out.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef LOGIN_H
#define LOGIN_H

#include "jsonrpc.h"

/*
 * Logs in with user and password or through FortiCloud. Refused credentials are never sent again,
 * because that locks the source address out. Errors: AUTH (login_refused, login_other), THROTTLED
 * (login_sessions_taken), PERMISSION (login_no_api_access), CONFIG (password_missing), UNREACHABLE
 * (server_error), DATA (reply_invalid), and what fmg_cloud_login() returns. Sets rpc->login_lost if
 * the answer was lost.
 */
int32_t fmg_login_send(struct rpc *rpc, struct failure *failure);

/* Logs out. A failure is only logged: FortiManager's idle time-out ends the session. */
void fmg_logout_send(struct rpc *rpc);
#endif
