/*
 * sending.c - the delivery of a reply (libmicrohttpd).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sending.h"

#include "pause.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Slow enough that no reply is complete within the shortest time limit of five seconds. */
#define DRIP_MS 100

/* Slow and incomplete bodies -------------------------------------------------------------- */

/* A body that may end before its connection does, or after it. */
struct slow_body {
    struct text text;
    struct MHD_Connection *connection;
    struct stalled *stalled;
    bool resumed;
};

static ssize_t send_bytes(const struct slow_body *body, uint64_t position, char *buffer, size_t end,
                          size_t capacity)
{
    size_t size = end - (size_t)position;

    if (size > capacity)
        size = capacity;
    memcpy(buffer, body->text.bytes + position, size);
    return (ssize_t)size;
}

/* The promised length is twice that of the body. */
static ssize_t send_half(void *context, uint64_t position, char *buffer, size_t capacity)
{
    const struct slow_body *body = context;
    size_t half = body->text.size / 2;

    return position < half ? send_bytes(body, position, buffer, half, capacity)
                           : MHD_CONTENT_READER_END_WITH_ERROR;
}

static ssize_t send_drop(void *context, uint64_t position, char *buffer, size_t capacity)
{
    const struct slow_body *body = context;

    (void)capacity;
    pause_for(DRIP_MS);
    return send_bytes(body, position, buffer, body->text.size, 1);
}

static void stall(struct stalled *stalled, struct MHD_Connection *connection)
{
    stalled->connections =
        must_resize(stalled->connections, stalled->count + 1, sizeof(struct MHD_Connection *));
    stalled->connections[stalled->count++] = connection;
    MHD_suspend_connection(connection);
}

void stalled_resume(struct stalled *stalled)
{
    for (size_t i = 0; i < stalled->count; i++)
        MHD_resume_connection(stalled->connections[i]);
    free(stalled->connections);
    *stalled = (struct stalled){NULL, 0};
}

static ssize_t send_half_and_stall(void *context, uint64_t position, char *buffer, size_t capacity)
{
    struct slow_body *body = context;
    size_t half = body->text.size / 2;

    if (position < half)
        return send_bytes(body, position, buffer, half, capacity);
    if (body->resumed)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    body->resumed = true;
    stall(body->stalled, body->connection);
    return 0;
}

static void free_slow_body(void *context)
{
    struct slow_body *body = context;

    text_release(&body->text);
    free(body);
}

static struct MHD_Response *make_response(struct reply *reply, struct MHD_Connection *connection,
                                          struct stalled *stalled)
{
    static const MHD_ContentReaderCallback readers[] = {
        [DELIVERY_HALF] = send_half,
        [DELIVERY_STALL_AMID] = send_half_and_stall,
        [DELIVERY_DRIP] = send_drop,
    };
    size_t size = reply->body.size;
    struct slow_body *body;

    if (reply->delivery == DELIVERY_WHOLE || reply->delivery == DELIVERY_CLOSE)
        return MHD_create_response_from_buffer(size, text_steal(&reply->body),
                                               MHD_RESPMEM_MUST_FREE);
    body = must_allocate(1, sizeof(*body));
    *body = (struct slow_body){reply->body, connection, stalled, false};
    reply->body = (struct text){NULL, 0, 0};
    return MHD_create_response_from_callback(size, 4096, readers[reply->delivery], body,
                                             free_slow_body);
}

static void add_headers(const struct reply *reply, struct MHD_Response *response)
{
    char seconds[16];

    (void)MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE,
                                  reply->type != NULL ? reply->type : "application/json");
    if (reply->gzip)
        (void)MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
    if (reply->location != NULL)
        (void)MHD_add_response_header(response, MHD_HTTP_HEADER_LOCATION, reply->location);
    for (size_t i = 0; i < sizeof(reply->cookies) / sizeof(reply->cookies[0]); i++)
        if (reply->cookies[i] != NULL)
            (void)MHD_add_response_header(response, MHD_HTTP_HEADER_SET_COOKIE, reply->cookies[i]);
    if (reply->retry_after_s > 0) {
        (void)snprintf(seconds, sizeof(seconds), "%u", reply->retry_after_s);
        (void)MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, seconds);
    }
    if (reply->challenge != NULL)
        (void)MHD_add_response_header(response, MHD_HTTP_HEADER_WWW_AUTHENTICATE, reply->challenge);
}

enum MHD_Result reply_send(struct reply *reply, struct MHD_Connection *connection,
                           struct stalled *stalled, struct sending *ret_sending)
{
    struct MHD_Response *response;
    enum MHD_Result result;

    *ret_sending =
        (struct sending){reply->delivery == DELIVERY_STALL, reply->delivery == DELIVERY_CLOSE};
    if (reply->delivery == DELIVERY_NONE || reply->delivery == DELIVERY_STALL) {
        text_release(&reply->body);
        if (reply->delivery == DELIVERY_NONE)
            return MHD_NO;
        stall(stalled, connection);
        return MHD_YES;
    }
    response = make_response(reply, connection, stalled);
    if (response == NULL)
        return MHD_NO;
    add_headers(reply, response);
    result = MHD_queue_response(connection, reply->http_status, response);
    MHD_destroy_response(response);
    return result;
}
