/*
 * reply.h - the reply to one request.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_REPLY_H
#define SIMULATOR_REPLY_H

#include "text.h"

#include <stdbool.h>

/* How a reply is delivered. */
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
    const char *type;       /* the content type, whatever the body is; NULL: JSON */
    bool gzip;              /* sets the header of a compressed body */
    const char *challenge;  /* of the header WWW-Authenticate; NULL: without it */
    unsigned retry_after_s; /* 0: without the header */
    const char *location;   /* NULL: without the header; borrowed */
    const char *cookies[2]; /* values of Set-Cookie; NULL: without; borrowed */
    struct text body;
    enum delivery delivery;
};

/* Replaces the body with a web page. */
void reply_html(struct reply *reply, unsigned http_status, const char *title);

#endif
