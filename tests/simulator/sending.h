/*
 * sending.h - how a reply travels (libmicrohttpd).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_SENDING_H
#define SIMULATOR_SENDING_H

#include "reply.h"

#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>

/* Connections that wait for an answer that never comes. */
struct stalled {
    struct MHD_Connection **connections;
    size_t count;
};

/* Before MHD_stop_daemon(), which would wait for them. */
void stalled_resume(struct stalled *stalled);

/* What is left to do for one exchange after its reply was queued. */
struct sending {
    bool stalled;     /* called again, its handler says MHD_NO */
    bool close_after; /* the socket is shut down when the exchange is complete */
};

/* Queues the reply, and takes its body. The result is what the handler of the request returns. */
enum MHD_Result reply_send(struct reply *reply, struct MHD_Connection *connection,
                           struct stalled *stalled, struct sending *ret_sending);

#endif
