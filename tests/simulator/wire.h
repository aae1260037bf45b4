/*
 * wire.h - what goes wrong on the way: faults that an HTTP server of any kind can have.
 * SPDX-License-Identifier: Apache-2.0
 *
 * They know nothing of what a reply says. Faults of what it says begin at WIRE_COUNT (faults.h).
 */
#ifndef SIMULATOR_WIRE_H
#define SIMULATOR_WIRE_H

#include "reply.h"

enum wire_fault {
    WIRE_NONE,
    WIRE_CLOSE_BEFORE,   /* the connection closes without an answer */
    WIRE_CLOSE_AMID,     /* in the middle of it */
    WIRE_CLOSE_AFTER,    /* after it, unannounced */
    WIRE_STALL,          /* no answer, and the connection stays open */
    WIRE_STALL_AMID,     /* half of one */
    WIRE_DRIP,           /* ten bytes a second */
    WIRE_TRUNCATED,      /* half of the body, complete for HTTP */
    WIRE_HTTP_502_HTML,  /* a gateway in between speaks */
    WIRE_EMPTY_500,      /* a status without a body ... */
    WIRE_EMPTY_204,      /* ... that passes ... */
    WIRE_EMPTY_302,      /* ... by itself, and ... */
    WIRE_EMPTY_304,      /* ... says nothing */
    WIRE_HTTP_429,       /* come back in a second */
    WIRE_HTTP_429_LATER, /* come back in an hour */
    WIRE_HTML_200,       /* a login page in the place of an answer */
    WIRE_GZIP,           /* compressed, and nobody asked for it */
    WIRE_WRONG_TYPE,     /* the right body as text/html */
    WIRE_REDIRECT,       /* 302 to WIRE_ELSEWHERE */
    WIRE_COUNT
};

/* What to call them: for the initializer of an array. */
#define WIRE_NAMES                                                                                 \
    [WIRE_NONE] = "", [WIRE_CLOSE_BEFORE] = "close-before", [WIRE_CLOSE_AMID] = "close-amid",      \
    [WIRE_CLOSE_AFTER] = "close-after", [WIRE_STALL] = "stall", [WIRE_STALL_AMID] = "stall-amid",  \
    [WIRE_DRIP] = "drip", [WIRE_TRUNCATED] = "truncated", [WIRE_HTTP_502_HTML] = "http-502-html",  \
    [WIRE_EMPTY_500] = "empty-500", [WIRE_EMPTY_204] = "empty-204",                                \
    [WIRE_EMPTY_302] = "empty-302", [WIRE_EMPTY_304] = "empty-304", [WIRE_HTTP_429] = "http-429",  \
    [WIRE_HTTP_429_LATER] = "http-429-later", [WIRE_HTML_200] = "html-200", [WIRE_GZIP] = "gzip",  \
    [WIRE_WRONG_TYPE] = "wrong-type", [WIRE_REDIRECT] = "redirect"

/* Where a redirect points to. A client that follows it is at fault. */
#define WIRE_ELSEWHERE "/simulator/elsewhere"

/* Applies a fault to an otherwise right reply. What is no fault of the wire changes nothing. */
void wire_spoil(struct reply *reply, int fault);

#endif
