/*
 * cloud.h - FortiManager Cloud's way in: a token of FortiCloud, then a session for it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A token of the account's API user is asked of FortiCloud, then handed to the FortiManager, which
 * opens a session like any other [Fortinet: how-to-fortimanager-api, 001 and 022]. The password
 * goes to FortiCloud alone, the token to the FortiManager alone.
 */
#ifndef CLOUD_H
#define CLOUD_H

#include "jsonrpc.h"

/*
 * Logs in. Refused credentials are not repeated. AUTH (forticloud_refused), PERMISSION
 * (cloud_refused), DATA (forticloud_invalid, reply_invalid), UNREACHABLE (server_error), CONFIG
 * (password_missing), and what http_exchange() returns; an answer that was lost sets
 * rpc->login_lost.
 */
int32_t cloud_login(struct rpc *rpc, struct failure *reterr);
#endif
