/*
 * fortimanager.h - the web server of a FortiManager.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_FORTIMANAGER_H
#define SIMULATOR_FORTIMANAGER_H

#include "server.h"

/* Answers JSON-RPC on /jsonrpc, and nothing elsewhere; or, with --serve, as another server. */
void fortimanager_answer(struct simulator *simulator, const struct request *request,
                         struct reply *reply);

#endif
