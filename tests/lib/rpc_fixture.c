/*
 * rpc_fixture.c - a host, a struct rpc and its peer for the JSON-RPC tests.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "rpc_fixture.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

static void answer_by_script(void *context, struct json_object *request, struct rpc_answer *ret)
{
    struct rpc_fixture *fixture = context;
    const struct rpc_reply *reply = &fixture->script[fixture->next];

    (void)request;
    if (reply->body == NULL && reply->status == 0) {
        ret->status = 500;
        return;
    }
    fixture->next++;
    ret->status = reply->status == RPC_LOST ? 0 : reply->status;
    buffer_append_text(&ret->body, reply->body != NULL ? reply->body : "");
}

static void begin(struct rpc_fixture *fixture, const char *username, rpc_answerer *answer,
                  void *context)
{
    char request[512];
    struct http_policy policy;

    host_begin(&fixture->host);
    fixture->peer = rpc_peer_start(answer, context);
    (void)snprintf(request, sizeof(request),
                   "{\"settings\":{\"url\":\"http://127.0.0.1:%d\",\"username\":\"%s\","
                   "\"timeout_s\":20},\"host\":{\"allow_loopback\":true}}",
                   (int)rpc_peer_port(fixture->peer), username);
    host_settings(&fixture->host, request);
    /* A fixed name: the port differs from run to run, and the tests compare whole sentences. */
    (void)snprintf(fixture->host.settings.origin, sizeof(fixture->host.settings.origin), "fmg");
    policy = settings_http_policy(&fixture->host.settings);
    CU_ASSERT_EQUAL(
        http_open(&fixture->host.operation, &policy, &fixture->http, &fixture->host.failure),
        HECTOR_OK);
}

void rpc_fixture_begin_key(struct rpc_fixture *fixture, const struct rpc_reply *script)
{
    *fixture = (struct rpc_fixture){.script = script};
    begin(fixture, "", answer_by_script, fixture);
    fixture->host.token = "the-key";
}

void rpc_fixture_begin_user(struct rpc_fixture *fixture, const struct rpc_reply *script)
{
    *fixture = (struct rpc_fixture){.script = script};
    begin(fixture, "hector", answer_by_script, fixture);
    fixture->host.password = "pa\"ss";
}

void rpc_fixture_begin_answerer(struct rpc_fixture *fixture, rpc_answerer *answer, void *context)
{
    *fixture = (struct rpc_fixture){0};
    begin(fixture, "", answer, context);
    fixture->host.token = "the-key";
}

int32_t rpc_fixture_open(struct rpc_fixture *fixture)
{
    return fmg_rpc_open(&fixture->rpc, &fixture->host.operation, &fixture->host.settings,
                        fixture->http, &fixture->host.failure);
}

const char *rpc_fixture_reason(const struct rpc_fixture *fixture)
{
    return message_slug(fixture->host.failure.reason);
}

void rpc_fixture_close(struct rpc_fixture *fixture)
{
    fmg_rpc_close(&fixture->rpc);
    http_close(fixture->http);
    rpc_peer_stop(fixture->peer, &fixture->record);
}

void rpc_fixture_end(struct rpc_fixture *fixture)
{
    rpc_record_release(&fixture->record);
    host_end(&fixture->host);
}

size_t rpc_fixture_asked(const struct rpc_fixture *fixture, const char *text)
{
    size_t count = 0;

    for (size_t i = 0; i < fixture->record.count; i++) {
        count += strstr(fixture->record.requests[i], text) != NULL ? 1 : 0;
    }
    return count;
}
