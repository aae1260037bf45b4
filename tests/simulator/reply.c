/*
 * reply.c - the reply to one request.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "reply.h"

void reply_html(struct reply *reply, unsigned http_status, const char *title)
{
    reply->http_status = http_status;
    reply->type = "text/html";
    reply->body.size = 0;
    text_format(&reply->body,
                "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n"
                "<title>%s</title>\n</head><body>\n<h1>%s</h1>\n</body></html>\n",
                title, title);
}
