/*
 * login.h - logs in to a FortiManager, and logs out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * With user and password; or to a FortiManager Cloud: FortiCloud issues a token for the account's
 * API user, and the FortiManager exchanges that token for a session like any other [Fortinet:
 * how-to-fortimanager-api, 001 and 022]. That password is sent to FortiCloud only, the token to the
 * FortiManager only.
 */
#ifndef LOGIN_H
#define LOGIN_H

#include "jsonrpc.h"

/*
 * Logs in. Refused credentials are never sent again, because that locks the source address out.
 * Errors: AUTH (login_refused, login_other, forticloud_refused), THROTTLED (login_sessions_taken),
 * PERMISSION (login_no_api_access, cloud_refused), CONFIG (password_missing), UNREACHABLE
 * (server_error), DATA (reply_invalid, forticloud_invalid), and what http_exchange() returns. Sets
 * rpc->login_lost if the answer was lost.
 */
int32_t fmg_login_send(struct rpc *rpc, struct failure *failure);

/* Logs out. A failure is only logged: FortiManager's idle time-out ends the session. */
void fmg_logout_send(struct rpc *rpc);
#endif
