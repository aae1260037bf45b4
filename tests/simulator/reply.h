/*
 * reply.h - one HTTP answer, and how it travels (libmicrohttpd).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_REPLY_H
#define SIMULATOR_REPLY_H

#include "text.h"

#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>

/* How a reply travels. */
enum delivery {
    DELIVERY_WHOLE,
    DELIVERY_NONE,       /* the connection closes without an answer */
    DELIVERY_HALF,       /* the connection closes in the middle of the body */
    DELIVERY_CLOSE,      /* the connection closes after the answer, unannounced */
    DELIVERY_STALL,      /* no answer, and the connection stays open */
    DELIVERY_STALL_AMID, /* half of the body, and the connection stays open */
    DELIVERY_DRIP        /* ten bytes a second */
};

struct reply {
    unsigned http_status;
    bool html;              /* the content type says so, whatever the body is */
    bool gzip;              /* the header says that the body is compressed */
    bool invalid_token;     /* FortiGate's header of a refused token */
    unsigned retry_after_s; /* 0: without the header */
    const char *location;   /* NULL: without the header; static */
    struct text body;
    enum delivery delivery;
};

/* A page as a web server shows it, in the place of the body. */
void reply_html(struct reply *reply, unsigned http_status, const char *title);

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
