/*
 * reply.h - what goes back for one request.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_REPLY_H
#define SIMULATOR_REPLY_H

#include "text.h"

#include <stdbool.h>

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
    const char *location;   /* NULL: without the header; it stays valid */
    struct text body;
    enum delivery delivery;
};

/* A page as a web server shows it, in the place of the body. */
void reply_html(struct reply *reply, unsigned http_status, const char *title);

#endif
