/*
 * http_fixture.c - an operation, a struct http and a peer for the HTTP tests.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "http_fixture.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int32_t take_document(void *context, const char *document, size_t size)
{
    struct http_fixture *fixture = context;

    if (size >= sizeof(fixture->document)) {
        return 1;
    }
    memcpy(fixture->document, document, size);
    fixture->document[size] = '\0';
    return 0;
}

static void take_progress(void *context, const char *phase, size_t size, uint64_t done,
                          uint64_t total)
{
    struct http_fixture *fixture = context;

    (void)total;
    utf8_copy(fixture->phase, sizeof(fixture->phase), phase, size);
    fixture->done = done;
}

static int32_t ask_cancelled(void *context)
{
    struct http_fixture *fixture = context;

    if (fixture->cancel_amid && fixture->cancel_at_ms == 0 && fixture->operation.requests > 0) {
        fixture->cancel_at_ms = clock_ms() + 300;
    }
    return fixture->cancel_at_ms != 0 && clock_ms() >= fixture->cancel_at_ms;
}

void http_fixture_begin(struct http_fixture *fixture, const struct peer_script *script)
{
    *fixture = (struct http_fixture){
        .limits = LIMITS_DEFAULT,
        .host = {.struct_size = sizeof(struct hector_host),
                 .context = fixture,
                 .emit = take_document,
                 .progress = take_progress,
                 .cancelled = ask_cancelled},
        .policy = {.address = {.host = "127.0.0.1"}, .allow_loopback = true, .timeout_ms = 60000},
    };
    fixture->limits.connect_ms = 30000;
    fixture->limits.low_speed_ms = 30000;
    fixture->limits.grace_ms = 30000;
    fixture->limits.backoff_ms = 10;
    fixture->limits.backoff_max_ms = 1000;
    fixture->limits.reply_max_bytes = KIB(256);
    fixture->limits.tree_max_bytes = MIB(2);
    if (operation_begin(&fixture->operation, &fixture->host, &fixture->limits, &fixture->failure) !=
        HECTOR_OK) {
        fprintf(stderr, "operation_begin: %s\n", fixture->failure.message);
        exit(EXIT_FAILURE);
    }
    if (script != NULL) {
        fixture->peer = http_peer_start(script);
        fixture->policy.address.port = http_peer_port(fixture->peer);
        fixture->policy.address.https = script->identity != NULL;
    }
}

int32_t http_fixture_ask(struct http_fixture *fixture, const struct http_request *request)
{
    int32_t code = HECTOR_OK;

    http_reply_release(&fixture->reply);
    if (fixture->http == NULL) {
        code = http_open(&fixture->operation, &fixture->policy, &fixture->http, &fixture->failure);
    }
    if (code == HECTOR_OK) {
        code = http_exchange(fixture->http, request, &fixture->reply, &fixture->failure);
    }
    return code;
}

int32_t http_fixture_get(struct http_fixture *fixture)
{
    return http_fixture_ask(fixture, &(struct http_request){.path = "/", .repeatable = true});
}

int32_t http_fixture_post(struct http_fixture *fixture)
{
    return http_fixture_ask(
        fixture, &(struct http_request){.path = "/jsonrpc",
                                        .body = "{}",
                                        .credential = {.lead = HTTP_BEARER, .secret = "top-secret"},
                                        .repeatable = true});
}

int32_t http_fixture_post_once(struct http_fixture *fixture)
{
    return http_fixture_ask(fixture, &(struct http_request){.path = "/jsonrpc", .body = "{}"});
}

const char *http_fixture_reason(const struct http_fixture *fixture)
{
    return message_slug(fixture->failure.reason);
}

void http_fixture_stop_peer(struct http_fixture *fixture)
{
    if (fixture->peer != NULL) {
        http_peer_stop(fixture->peer, &fixture->record);
        fixture->peer = NULL;
    }
}

void http_fixture_end(struct http_fixture *fixture)
{
    http_reply_release(&fixture->reply);
    http_close(fixture->http);
    http_fixture_stop_peer(fixture);
    operation_end(&fixture->operation);
}
