/*
 * server.h - HTTP and TLS around the simulator.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_SERVER_H
#define SIMULATOR_SERVER_H

#include "certificate.h"
#include "simulator.h"

struct server;

/*
 * Serves on 127.0.0.1 from a thread of its own until server_stop(). NULL after a message. The
 * simulator must not be touched meanwhile.
 */
struct server *server_start(struct simulator *simulator, const struct certificate *certificate);
uint16_t server_port(const struct server *server);
void server_stop(struct server *server);

#endif
