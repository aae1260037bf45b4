/*
 * wire.h - faults that any HTTP server can have.
 * SPDX-License-Identifier: Apache-2.0
 *
 * They do not depend on the contents of a reply. Faults of the contents begin at WIRE_COUNT
 * (faults.h).
 */
#ifndef SIMULATOR_WIRE_H
#define SIMULATOR_WIRE_H

#include "reply.h"

enum wire_fault {
    WIRE_NONE,
    WIRE_CLOSE_BEFORE,   /* the connection closes without an answer */
    WIRE_CLOSE_AMID,     /* the connection closes in the middle of it */
    WIRE_CLOSE_AFTER,    /* after it, unannounced */
    WIRE_STALL,          /* no answer, and the connection stays open */
    WIRE_STALL_AMID,     /* half of the answer, and the connection stays open */
    WIRE_DRIP,           /* ten bytes a second */
    WIRE_TRUNCATED,      /* half of the body, complete for HTTP */
    WIRE_HTTP_502_HTML,  /* a gateway answers */
    WIRE_EMPTY_500,      /* a passing fault: this status, no body */
    WIRE_EMPTY_204,      /* the same */
    WIRE_EMPTY_302,      /* the same */
    WIRE_EMPTY_304,      /* the same */
    WIRE_HTTP_429,       /* wait one second */
    WIRE_HTTP_429_LATER, /* wait one hour */
    WIRE_HTML_200,       /* a login page in place of an answer */
    WIRE_GZIP,           /* compressed, although not requested */
    WIRE_WRONG_TYPE,     /* the correct body as text/html */
    WIRE_REDIRECT,       /* 302 to WIRE_ELSEWHERE */
    WIRE_COUNT
};

/* The names, for the initializer of an array. */
#define WIRE_NAMES                                                                                 \
    [WIRE_NONE] = "", [WIRE_CLOSE_BEFORE] = "close-before", [WIRE_CLOSE_AMID] = "close-amid",      \
    [WIRE_CLOSE_AFTER] = "close-after", [WIRE_STALL] = "stall", [WIRE_STALL_AMID] = "stall-amid",  \
    [WIRE_DRIP] = "drip", [WIRE_TRUNCATED] = "truncated", [WIRE_HTTP_502_HTML] = "http-502-html",  \
    [WIRE_EMPTY_500] = "empty-500", [WIRE_EMPTY_204] = "empty-204",                                \
    [WIRE_EMPTY_302] = "empty-302", [WIRE_EMPTY_304] = "empty-304", [WIRE_HTTP_429] = "http-429",  \
    [WIRE_HTTP_429_LATER] = "http-429-later", [WIRE_HTML_200] = "html-200", [WIRE_GZIP] = "gzip",  \
    [WIRE_WRONG_TYPE] = "wrong-type", [WIRE_REDIRECT] = "redirect"

/* The target of a redirect. Following it is a violation. */
#define WIRE_ELSEWHERE "/simulator/elsewhere"

/* Applies a fault to a correct reply. A fault of another kind changes nothing. */
void wire_spoil(struct reply *reply, int fault);

#endif
