/*
 * loopback.h - ports of 127.0.0.1 for the servers of the unit tests.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef LOOPBACK_H
#define LOOPBACK_H

#include <stdint.h>

/* Returns a socket that listens at a free port. Ends the program when it cannot. */
int loopback_listen(int backlog, uint16_t *ret_port);

/* A port that refuses connections. This process keeps it until it ends, so that no other program
 * gets it in the meantime. Ends the program when it cannot. */
uint16_t loopback_closed_port(void);
#endif
