/*
 * serve.c - serves until a signal, and writes the files for the test.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _POSIX_C_SOURCE 200809L

#include "serve.h"

#include "certificate.h"
#include "file.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Blocked before the server's thread exists, so that only sigwait() receives them. */
static void block_signals(sigset_t *signals)
{
    (void)signal(SIGPIPE, SIG_IGN);
    (void)sigemptyset(signals);
    (void)sigaddset(signals, SIGTERM);
    (void)sigaddset(signals, SIGINT);
    (void)sigprocmask(SIG_BLOCK, signals, NULL);
}

static int write_text(const char *path, const char *text)
{
    return file_write(path, text, strlen(text));
}

static int write_report(struct simulator *simulator)
{
    char *report = report_write(simulator);
    int result = write_text(simulator->settings.report_file, report);

    free(report);
    return result;
}

static int write_port(const struct simulator *simulator, uint16_t port)
{
    char text[16];

    (void)snprintf(text, sizeof(text), "%u\n", (unsigned)port);
    return write_text(simulator->settings.port_file, text);
}

int serve(struct simulator *simulator, server_answer *answer, const char *serial,
          const char *expected)
{
    const struct settings *settings = &simulator->settings;
    struct certificate certificate = {NULL, NULL, NULL};
    struct server *server = NULL;
    sigset_t signals;
    int result = -1;
    int number;

    block_signals(&signals);
    if (certificate_make(&certificate, settings->certificate, serial) == 0)
        server = server_start(simulator, &certificate, answer);
    if (server != NULL && write_text(settings->expected_file, expected) == 0 &&
        write_text(settings->certificate_file, certificate.trust_pem) == 0 &&
        write_port(simulator, server_port(server)) == 0) {
        (void)printf("%s://127.0.0.1:%u\n", settings->plain_http ? "http" : "https",
                     (unsigned)server_port(server));
        (void)fflush(stdout);
        (void)sigwait(&signals, &number);
        result = 0;
    }
    server_stop(server);
    certificate_release(&certificate);
    return result == 0 ? write_report(simulator) : -1;
}
