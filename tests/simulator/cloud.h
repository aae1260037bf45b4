/*
 * cloud.h - the login to FortiManager Cloud: FortiCloud's OAuth, and the session for its token.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Both parts use one port (section 1.3; cloud_oauth_token, cloud_jsonrpc_login). The answers to
 * wrong credentials are not recorded: OAuth refuses as in RFC 6749, section 5.2.
 */
#ifndef SIMULATOR_CLOUD_H
#define SIMULATOR_CLOUD_H

#include "reply.h"
#include "server.h"
#include "simulator.h"

/* Answers a request; false when the path belongs to neither part. */
bool cloud_answer(struct simulator *simulator, const struct request *request, struct reply *reply);

#endif
