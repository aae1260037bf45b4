/*
 * server.c - HTTP and TLS around the simulator (libmicrohttpd).
 * SPDX-License-Identifier: Apache-2.0
 *
 * One thread polls all connections and answers one request after the other, so that events are in
 * the order of arrival and no lock is needed.
 */
#include "server.h"

#include "change.h"
#include "pause.h"
#include "sending.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct server {
    struct MHD_Daemon *daemon;
    struct simulator *simulator;
    server_answer *answer;
    struct stalled stalled;
    uint64_t posts;
};

/* One request and its answer. */
struct exchange {
    struct text body;
    struct sending sending;
};

/* Answering --------------------------------------------------------------------------------- */

static const char *argument(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, name);
}

/* Answers a test's request to the simulator itself; false for a client's request. */
static bool answer_test(struct simulator *simulator, struct MHD_Connection *connection,
                        const char *url, struct text *body)
{
    if (strcmp(url, "/simulator/report") == 0) {
        char *report = report_write(simulator);

        text_put(body, report);
        free(report);
        return true;
    }
    if (strcmp(url, "/simulator/change") != 0)
        return false;
    change_plan(simulator, argument(connection, "topology"), argument(connection, "change"),
                argument(connection, "before"));
    change_write(simulator, body);
    return true;
}

static bool is_redirected(struct server *server, const char *method)
{
    const struct settings *settings = &server->simulator->settings;

    return settings->redirect_to != NULL && strcmp(method, MHD_HTTP_METHOD_POST) == 0 &&
           ++server->posts >= settings->redirect_from;
}

static enum MHD_Result finish(struct server *server, struct MHD_Connection *connection,
                              const char *url, const char *method, struct exchange *exchange)
{
    struct simulator *simulator = server->simulator;
    struct reply reply = {.http_status = MHD_HTTP_OK};

    if (answer_test(simulator, connection, url, &reply.body))
        return reply_send(&reply, connection, &server->stalled, &exchange->sending);
    change_step(simulator);
    if (is_redirected(server, method)) {
        reply_html(&reply, simulator->settings.redirect_status, "Moved");
        reply.location = simulator->settings.redirect_to;
    } else {
        const struct request request = {
            .method = method,
            .path = url,
            .authorization = MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
                                                         MHD_HTTP_HEADER_AUTHORIZATION),
            .body = &exchange->body,
            .connection = connection,
        };

        /* The parsers need a NUL, which the size does not count. */
        text_add(&exchange->body, "", 1);
        exchange->body.size--;
        pause_for(simulator->settings.delay_ms);
        server->answer(simulator, &request, &reply);
    }
    simulator->report.bytes_sent += reply.body.size;
    return reply_send(&reply, connection, &server->stalled, &exchange->sending);
}

/* Called with the header, with each piece of the body, and at its end. */
static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **exchange_of)
{
    struct server *server = context;
    struct report *report = &server->simulator->report;
    struct exchange *exchange = *exchange_of;

    (void)version;
    if (exchange == NULL) {
        exchange = must_allocate(1, sizeof(*exchange));
        if (strncmp(url, "/simulator/", 11) != 0)
            report->requests++;
        *exchange_of = exchange;
        return MHD_YES;
    }
    /* Resumed when the simulator ends. */
    if (exchange->sending.stalled)
        return MHD_NO;
    if (*upload_size > 0) {
        report->bytes_received += *upload_size;
        if (exchange->body.size <= SERVER_MAXIMUM_BODY)
            text_add(&exchange->body, upload, *upload_size);
        *upload_size = 0;
        return MHD_YES;
    }
    return finish(server, connection, url, method, exchange);
}

static void complete(void *context, struct MHD_Connection *connection, void **exchange_of,
                     enum MHD_RequestTerminationCode code)
{
    struct exchange *exchange = *exchange_of;

    (void)context;
    (void)code;
    if (exchange == NULL)
        return;
    if (exchange->sending.close_after) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);

        if (info != NULL)
            (void)shutdown(info->connect_fd, SHUT_RDWR);
    }
    text_release(&exchange->body);
    free(exchange);
    *exchange_of = NULL;
}

static void count_connection(void *context, struct MHD_Connection *connection, void **unused,
                             enum MHD_ConnectionNotificationCode code)
{
    struct server *server = context;
    struct report *report = &server->simulator->report;

    (void)connection;
    (void)unused;
    if (code != MHD_CONNECTION_NOTIFY_STARTED) {
        report->open_connections--;
        return;
    }
    report->connections++;
    if (++report->open_connections > report->most_open_connections)
        report->most_open_connections = report->open_connections;
}

/* Starting and stopping --------------------------------------------------------------------- */

struct server *server_start(struct simulator *simulator, const struct certificate *certificate,
                            server_answer *answer)
{
    struct server *server = must_allocate(1, sizeof(*server));
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons(simulator->settings.port),
                                  .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_MEM_KEY, 0, certificate->key_pem},
        {MHD_OPTION_HTTPS_MEM_CERT, 0, certificate->certificate_pem},
        {MHD_OPTION_HTTPS_PRIORITIES, 0,
         (void *)(uintptr_t) "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"},
        {MHD_OPTION_END, 0, NULL},
    };
    bool plain = simulator->settings.plain_http;
    unsigned flags = MHD_USE_AUTO | MHD_USE_INTERNAL_POLLING_THREAD | MHD_ALLOW_SUSPEND_RESUME;

    server->simulator = simulator;
    server->answer = answer;
    server->daemon = MHD_start_daemon(
        plain ? flags : flags | MHD_USE_TLS, simulator->settings.port, NULL, NULL, handle, server,
        MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_NOTIFY_COMPLETED, complete, server,
        MHD_OPTION_NOTIFY_CONNECTION, count_connection, server, MHD_OPTION_ARRAY,
        plain ? &tls[sizeof(tls) / sizeof(tls[0]) - 1] : tls, MHD_OPTION_END);
    if (server->daemon == NULL) {
        (void)fputs("simulator: cannot serve\n", stderr);
        free(server);
        return NULL;
    }
    return server;
}

uint16_t server_port(const struct server *server)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);

    return info != NULL ? info->port : 0;
}

void server_stop(struct server *server)
{
    if (server == NULL)
        return;
    stalled_resume(&server->stalled);
    MHD_stop_daemon(server->daemon);
    free(server);
}
