/*
 * rpc.h - one body in, one reply out: what POST /jsonrpc does.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_RPC_H
#define SIMULATOR_RPC_H

#include "simulator.h"
#include "text.h"

/* How a reply travels. */
enum delivery {
    DELIVERY_WHOLE,
    DELIVERY_NONE,  /* the connection closes without an answer */
    DELIVERY_HALF,  /* the connection closes in the middle of the answer */
    DELIVERY_CLOSE, /* the connection closes after the answer, unannounced */
    DELIVERY_STALL  /* no answer, and the connection stays open */
};

struct reply {
    unsigned http_status;
    bool html;
    bool invalid_token; /* FortiGate's header of a refused token */
    struct text body;
    enum delivery delivery;
};

/* `authorization` is the header's value or NULL; `body` ends with a NUL that `size` leaves out. */
void rpc_answer(struct simulator *simulator, const char *body, size_t size,
                const char *authorization, struct reply *reply);

/* A page as a web server shows it. */
void reply_html(struct reply *reply, unsigned http_status, const char *title);

#endif
