/*
 * sending.h - the delivery of a reply (libmicrohttpd).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_SENDING_H
#define SIMULATOR_SENDING_H

#include "reply.h"

#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>

/* Connections that never get their answer. */
struct stalled {
    struct MHD_Connection **connections;
    size_t count;
};

/* Call it before MHD_stop_daemon(), which would wait for them. */
void stalled_resume(struct stalled *stalled);

/* What remains to do for an exchange after its reply was queued. */
struct sending {
    bool stalled;     /* when called again, the handler returns MHD_NO */
    bool close_after; /* the socket is shut down when the exchange is complete */
};

/* Queues the reply, and takes ownership of its body. The request's handler returns the result. */
enum MHD_Result reply_send(struct reply *reply, struct MHD_Connection *connection,
                           struct stalled *stalled, struct sending *ret_sending);

#endif
