/*
 * cloud.h - logs in to FortiManager Cloud: a token from FortiCloud, then a session.
 * SPDX-License-Identifier: Apache-2.0
 *
 * FortiCloud issues a token for the account's API user. The FortiManager exchanges that token for a
 * session like any other [Fortinet: how-to-fortimanager-api, 001 and 022]. The password is sent to
 * FortiCloud only, the token to the FortiManager only.
 */
#ifndef CLOUD_H
#define CLOUD_H

#include "jsonrpc.h"

/*
 * Logs in. Refused credentials are never sent again. Errors: AUTH (forticloud_refused), PERMISSION
 * (cloud_refused), DATA (forticloud_invalid, reply_invalid), UNREACHABLE (server_error), CONFIG
 * (password_missing), and what http_exchange() returns. Sets rpc->login_lost if the answer was
 * lost.
 */
int32_t fmg_cloud_login(struct rpc *rpc, struct failure *failure);
#endif
