/*
 * rpc.h - one body in, one reply out: what POST /jsonrpc does.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_RPC_H
#define SIMULATOR_RPC_H

#include "reply.h"
#include "simulator.h"

/* `authorization` is the header's value or NULL; `body` ends with a NUL that `size` leaves out. */
void rpc_answer(struct simulator *simulator, const char *body, size_t size,
                const char *authorization, struct reply *reply);

#endif
