/*
 * server.c - HTTP and TLS around the simulator (libmicrohttpd).
 * SPDX-License-Identifier: Apache-2.0
 *
 * One thread polls all connections and answers one request after the other, so that the order of
 * events is that of arrival and no lock is needed.
 */
#include "server.h"

#include "cloud.h"
#include "pause.h"
#include "rpc.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* No request that a sane client makes is longer. */
#define MAXIMUM_BODY ((size_t)8 * 1024 * 1024)

struct server {
    struct MHD_Daemon *daemon;
    struct simulator *simulator;
    struct MHD_Connection **stalled;
    size_t stalled_count;
};

/* One request and its answer. */
struct exchange {
    struct text body;
    bool stalled;
    bool close_after;
};

/* Sending ----------------------------------------------------------------------------------- */

/* A body that breaks off: the length promised is twice what comes. */
static ssize_t send_half(void *context, uint64_t position, char *buffer, size_t capacity)
{
    const struct text *body = context;
    size_t half = body->size / 2;
    size_t size = half - (size_t)position;

    if (position >= half)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    if (size > capacity)
        size = capacity;
    memcpy(buffer, body->bytes + position, size);
    return (ssize_t)size;
}

static void free_half(void *context)
{
    struct text *body = context;

    text_release(body);
    free(body);
}

static struct MHD_Response *make_response(struct reply *reply)
{
    struct text *body;
    size_t size = reply->body.size;

    if (reply->delivery != DELIVERY_HALF)
        return MHD_create_response_from_buffer(size, text_steal(&reply->body),
                                               MHD_RESPMEM_MUST_FREE);
    body = must_allocate(1, sizeof(*body));
    *body = reply->body;
    reply->body = (struct text){NULL, 0, 0};
    return MHD_create_response_from_callback(size, 4096, send_half, body, free_half);
}

static enum MHD_Result send_reply(struct server *server, struct MHD_Connection *connection,
                                  struct exchange *exchange, struct reply *reply)
{
    struct MHD_Response *response;
    enum MHD_Result result;

    if (reply->delivery == DELIVERY_NONE || reply->delivery == DELIVERY_STALL) {
        text_release(&reply->body);
        if (reply->delivery == DELIVERY_NONE)
            return MHD_NO;
        server->stalled =
            must_resize(server->stalled, server->stalled_count + 1, sizeof(*server->stalled));
        server->stalled[server->stalled_count++] = connection;
        exchange->stalled = true;
        MHD_suspend_connection(connection);
        return MHD_YES;
    }
    exchange->close_after = reply->delivery == DELIVERY_CLOSE;
    server->simulator->report.bytes_sent += reply->body.size;
    response = make_response(reply);
    if (response == NULL)
        return MHD_NO;
    (void)MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE,
                                  reply->html ? "text/html" : "application/json");
    /* fortigate.md: how a FortiGate refuses a token. */
    if (reply->invalid_token)
        (void)MHD_add_response_header(response, MHD_HTTP_HEADER_WWW_AUTHENTICATE,
                                      "error=\"invalid_token\"");
    result = MHD_queue_response(connection, reply->http_status, response);
    MHD_destroy_response(response);
    return result;
}

/* Answering --------------------------------------------------------------------------------- */

/* What answers where a FortiManager was expected. Whether credentials came is still noted. */
static void answer_as_another(struct simulator *simulator, const char *url, const char *method,
                              const char *authorization, const struct text *body,
                              struct reply *reply)
{
    char *name = must_print("%s %s", method, url);
    bool api = strncmp(url, "/api/v2/", 8) == 0;

    report_url(&simulator->report, name);
    report_credentials(&simulator->report,
                       authorization != NULL || strstr(body->bytes, "\"passwd\"") != NULL);
    free(name);
    if (simulator->settings.serve == SERVE_HTML) {
        reply_html(reply, MHD_HTTP_OK, "Please login");
    } else if (simulator->settings.serve == SERVE_FORTIGATE && api) {
        reply_html(reply, MHD_HTTP_UNAUTHORIZED, "401 Unauthorized");
        reply->invalid_token = true;
    } else {
        reply_html(reply, MHD_HTTP_NOT_FOUND, "404 Not Found");
    }
}

static void answer(struct simulator *simulator, struct MHD_Connection *connection, const char *url,
                   const char *method, struct text *body, struct reply *reply)
{
    const char *authorization =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_AUTHORIZATION);

    /* The parsers want an end; it is no part of the body. */
    text_add(body, "", 1);
    body->size--;
    pause_for(simulator->settings.delay_ms);
    if (simulator->settings.serve == SERVE_CLOUD &&
        cloud_answer(simulator, url, method, authorization, body, reply))
        return;
    if (simulator->settings.serve > SERVE_CLOUD) {
        answer_as_another(simulator, url, method, authorization, body, reply);
        return;
    }
    /* A key in the url lands in logs and was removed (section 1.2). */
    if (MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "access_token") != NULL)
        report_violation(&simulator->report, "access_token in the url");
    if (strcmp(url, "/jsonrpc") != 0) {
        /* A client that was answered nonsense may ask whether this is a FortiGate. */
        if (strcmp(url, "/api/v2/monitor/system/status") != 0 || authorization != NULL)
            report_violation(&simulator->report, "unknown path %s %s", method, url);
        reply_html(reply, MHD_HTTP_NOT_FOUND, "404 Not Found");
    } else if (strcmp(method, MHD_HTTP_METHOD_POST) != 0) {
        report_violation(&simulator->report, "method %s on /jsonrpc", method);
        reply_html(reply, MHD_HTTP_METHOD_NOT_ALLOWED, "405 Method Not Allowed");
    } else if (body->size > MAXIMUM_BODY) {
        report_violation(&simulator->report, "a body beyond %zu bytes", MAXIMUM_BODY);
        reply_html(reply, MHD_HTTP_CONTENT_TOO_LARGE, "413 Content Too Large");
    } else {
        rpc_answer(simulator, body->bytes, body->size, authorization, reply);
    }
}

static enum MHD_Result finish(struct server *server, struct MHD_Connection *connection,
                              const char *url, const char *method, struct exchange *exchange)
{
    struct simulator *simulator = server->simulator;
    struct reply reply = {.http_status = MHD_HTTP_OK};

    if (strcmp(url, "/simulator/report") == 0) {
        char *report = report_write(simulator);

        text_put(&reply.body, report);
        free(report);
    } else {
        answer(simulator, connection, url, method, &exchange->body, &reply);
    }
    return send_reply(server, connection, exchange, &reply);
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
        if (strcmp(url, "/simulator/report") != 0)
            report->requests++;
        *exchange_of = exchange;
        return MHD_YES;
    }
    /* Resumed at the end of the simulator. */
    if (exchange->stalled)
        return MHD_NO;
    if (*upload_size > 0) {
        report->bytes_received += *upload_size;
        if (exchange->body.size <= MAXIMUM_BODY)
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
    if (exchange->close_after) {
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

struct server *server_start(struct simulator *simulator, const struct certificate *certificate)
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
    server->daemon = MHD_start_daemon(
        plain ? flags : flags | MHD_USE_TLS, simulator->settings.port, NULL, NULL, handle, server,
        MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_NOTIFY_COMPLETED, complete, server,
        MHD_OPTION_NOTIFY_CONNECTION, count_connection, server, MHD_OPTION_ARRAY,
        plain ? &tls[sizeof(tls) / sizeof(tls[0]) - 1] : tls, MHD_OPTION_END);
    if (server->daemon == NULL) {
        (void)fputs("fortimanager-simulator: cannot serve\n", stderr);
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
    for (size_t i = 0; i < server->stalled_count; i++)
        MHD_resume_connection(server->stalled[i]);
    MHD_stop_daemon(server->daemon);
    free(server->stalled);
    free(server);
}
