/*
 * rpc.h - answers the body of POST /jsonrpc.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_RPC_H
#define SIMULATOR_RPC_H

#include "reply.h"
#include "simulator.h"

/* Answers a body. `authorization` is the header's value or NULL; `body` ends with a NUL that `size`
 * does not count. */
void rpc_answer(struct simulator *simulator, const char *body, size_t size,
                const char *authorization, struct reply *reply);

#endif
