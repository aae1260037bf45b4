/*
 * server.h - HTTP and TLS around the simulator.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_SERVER_H
#define SIMULATOR_SERVER_H

#include "certificate.h"
#include "reply.h"
#include "simulator.h"

/* bytes; no sane client sends more, and the rest is dropped */
#define SERVER_MAXIMUM_BODY ((size_t)8 * 1024 * 1024)

struct MHD_Connection;

struct request {
    const char *method;
    const char *path;                  /* without the query */
    const char *authorization;         /* the header's value, or NULL */
    const struct text *body;           /* ends with a NUL that its size does not count */
    struct MHD_Connection *connection; /* for headers and arguments */
};

/* Answers everything except requests for the report. `reply` begins with the status 200. */
typedef void server_answer(struct simulator *simulator, const struct request *request,
                           struct reply *reply);

struct server;

/* Serves on 127.0.0.1 in a thread of its own until server_stop(). Until then no other thread may
 * touch the simulator. NULL after a message. */
struct server *server_start(struct simulator *simulator, const struct certificate *certificate,
                            server_answer *answer);
uint16_t server_port(const struct server *server);
void server_stop(struct server *server);

#endif
