/*
 * cloud.h - FortiManager Cloud's way in: FortiCloud's OAuth, and the session for its token.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Both parts on one port (section 1.3; cloud_oauth_token, cloud_jsonrpc_login). What they answer to
 * wrong credentials is not recorded: OAuth refuses as RFC 6749, section 5.2, says.
 */
#ifndef SIMULATOR_CLOUD_H
#define SIMULATOR_CLOUD_H

#include "reply.h"
#include "server.h"
#include "simulator.h"

/* False when the path is neither of the two parts. */
bool cloud_answer(struct simulator *simulator, const struct request *request, struct reply *reply);

#endif
