/*
 * server.h - HTTP and TLS around the simulator.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_SERVER_H
#define SIMULATOR_SERVER_H

#include "certificate.h"
#include "reply.h"
#include "simulator.h"

/* No request that a sane client makes is longer: what comes beyond is dropped. */
#define SERVER_MAXIMUM_BODY ((size_t)8 * 1024 * 1024)

struct MHD_Connection;

struct request {
    const char *method;
    const char *path;                  /* without the query */
    const char *authorization;         /* the header's value, or NULL */
    const struct text *body;           /* ends with a NUL that its size leaves out */
    struct MHD_Connection *connection; /* for headers and arguments */
};

/* Answers everything but the question for the report. `reply` comes with the status 200. */
typedef void server_answer(struct simulator *simulator, const struct request *request,
                           struct reply *reply);

struct server;

/*
 * Serves on 127.0.0.1 from a thread of its own until server_stop(). NULL after a message. The
 * simulator must not be touched meanwhile.
 */
struct server *server_start(struct simulator *simulator, const struct certificate *certificate,
                            server_answer *answer);
uint16_t server_port(const struct server *server);
void server_stop(struct server *server);

#endif
