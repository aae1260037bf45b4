/*
 * fortimanager.h - what a FortiManager's web server does with a request.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_FORTIMANAGER_H
#define SIMULATOR_FORTIMANAGER_H

#include "server.h"

/* JSON-RPC on /jsonrpc, and nothing elsewhere; or, with --serve, what stands there instead. */
void fortimanager_answer(struct simulator *simulator, const struct request *request,
                         struct reply *reply);

#endif
