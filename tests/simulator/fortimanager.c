/*
 * fortimanager.c - the web server of a FortiManager.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fortimanager.h"

#include "cloud.h"
#include "rpc.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

/* Answers in place of a FortiManager, as --serve demands. Still notes whether credentials came. */
static void answer_as_another(struct simulator *simulator, const struct request *request,
                              struct reply *reply)
{
    char *name = must_print("%s %s", request->method, request->path);
    bool api = strncmp(request->path, "/api/v2/", 8) == 0;

    report_url(&simulator->report, name);
    report_credentials(&simulator->report, request->authorization != NULL ||
                                               strstr(request->body->bytes, "\"passwd\"") != NULL);
    free(name);
    if (simulator->settings.serve == SERVE_HTML) {
        reply_html(reply, MHD_HTTP_OK, "Please login");
    } else if (simulator->settings.serve == SERVE_FORTIGATE && api) {
        reply_html(reply, MHD_HTTP_UNAUTHORIZED, "401 Unauthorized");
        reply->challenge = "error=\"invalid_token\"";
    } else {
        reply_html(reply, MHD_HTTP_NOT_FOUND, "404 Not Found");
    }
}

void fortimanager_answer(struct simulator *simulator, const struct request *request,
                         struct reply *reply)
{
    const struct text *body = request->body;

    if (simulator->settings.serve == SERVE_CLOUD && cloud_answer(simulator, request, reply))
        return;
    if (simulator->settings.serve > SERVE_CLOUD) {
        answer_as_another(simulator, request, reply);
        return;
    }
    /* A key in the URL ends up in logs, so FortiManager removed that option (section 1.2). */
    if (MHD_lookup_connection_value(request->connection, MHD_GET_ARGUMENT_KIND, "access_token") !=
        NULL)
        report_violation(&simulator->report, "access_token in the url");
    if (strcmp(request->path, "/jsonrpc") != 0) {
        /* A client that got an invalid answer may probe for a FortiGate. */
        if (strcmp(request->path, "/api/v2/monitor/system/status") != 0 ||
            request->authorization != NULL)
            report_violation(&simulator->report, "unknown path %s %s", request->method,
                             request->path);
        reply_html(reply, MHD_HTTP_NOT_FOUND, "404 Not Found");
    } else if (strcmp(request->method, MHD_HTTP_METHOD_POST) != 0) {
        report_violation(&simulator->report, "method %s on /jsonrpc", request->method);
        reply_html(reply, MHD_HTTP_METHOD_NOT_ALLOWED, "405 Method Not Allowed");
    } else if (body->size > SERVER_MAXIMUM_BODY) {
        report_violation(&simulator->report, "a body beyond %zu bytes", SERVER_MAXIMUM_BODY);
        reply_html(reply, MHD_HTTP_CONTENT_TOO_LARGE, "413 Content Too Large");
    } else {
        rpc_answer(simulator, body->bytes, body->size, request->authorization, reply);
    }
}
