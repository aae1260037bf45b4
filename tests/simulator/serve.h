/*
 * serve.h - serves until a signal, and writes the files for the test.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_SERVE_H
#define SIMULATOR_SERVE_H

#include "server.h"

/* Writes what is expected, the certificate (which names `serial`) and, when everything is ready,
 * the port; answers until SIGTERM or SIGINT; writes the report. Returns -1 after a message. */
int serve(struct simulator *simulator, server_answer *answer, const char *serial,
          const char *expected);

#endif
