/*
 * visit.c - one request, and the replies that several calls give.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "visit.h"

#include <microhttpd.h>

struct report *visit_report(const struct visit *visit)
{
    return &visit->ems->simulator.report;
}

const char *visit_header(const struct visit *visit, const char *name)
{
    return MHD_lookup_connection_value(visit->request->connection, MHD_HEADER_KIND, name);
}

const char *visit_argument(const struct visit *visit, const char *name)
{
    return MHD_lookup_connection_value(visit->request->connection, MHD_GET_ARGUMENT_KIND, name);
}

void visit_begin(const struct visit *visit, int retval, const char *message)
{
    struct text *body = &visit->reply->body;

    text_open(body, '{');
    text_key(body, "result");
    text_open(body, '{');
    text_key(body, "retval");
    text_integer(body, retval);
    text_key(body, "message");
    if (message != NULL)
        text_string(body, message);
    else
        text_literal(body, "null");
    text_close(body, '}');
}

void visit_refuse(const struct visit *visit, unsigned http_status, int retval, const char *message)
{
    visit_report(visit)->errors_answered++;
    visit->reply->http_status = http_status;
    visit_begin(visit, retval, message);
    text_close(&visit->reply->body, '}');
}
