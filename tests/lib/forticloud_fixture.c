/*
 * forticloud_fixture.c - a run whose FortiCloud is a peer with scripted answers.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "forticloud_fixture.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

static const struct forticloud_answer *find(struct forticloud_fixture *fixture, const char *text)
{
    for (size_t i = 0; fixture->answers[i].asked != NULL; i++) {
        const struct forticloud_answer *answer = &fixture->answers[i];

        if (strstr(text, answer->asked) != NULL &&
            (answer->times == 0 || fixture->given[i] < answer->times)) {
            fixture->given[i]++;
            return answer;
        }
    }
    return NULL;
}

static void answer(void *context, struct json_object *request, struct rpc_answer *ret)
{
    struct forticloud_fixture *fixture = context;
    const struct forticloud_answer *given = find(fixture, ret->head);

    (void)request;
    if (given == NULL && strstr(ret->head, FORTICLOUD_OAUTH) != NULL) {
        buffer_printf(&ret->body, "{\"access_token\":\"token-%d\",\"expires_in\":3600}",
                      (int)++fixture->tokens);
        return;
    }
    ret->status = given == NULL                      ? 404
                  : given->status == FORTICLOUD_LOST ? 0
                  : given->status == 0               ? 200
                                                     : given->status;
    if (given == NULL) {
        buffer_append_text(&ret->body, "<html>not found</html>");
    } else if (given->body != NULL) {
        buffer_append_text(&ret->body, given->body);
    }
}

void forticloud_fixture_begin(struct forticloud_fixture *fixture,
                              const struct forticloud_answer *answers)
{
    struct settings *settings = &fixture->host.settings;
    char request[256];

    *fixture = (struct forticloud_fixture){.answers = answers};
    host_begin(&fixture->host);
    fixture->host.password = "pa\"ss";
    fixture->peer = rpc_peer_start(answer, fixture);
    (void)snprintf(request, sizeof(request),
                   "{\"settings\":{\"url\":\"http://127.0.0.1:%d\",\"username\":\"hector\","
                   "\"timeout_s\":20},\"host\":{\"allow_loopback\":true}}",
                   (int)rpc_peer_port(fixture->peer));
    host_settings(&fixture->host, request);
    settings->forticloud_user = "API-1";
    settings->forticloud = settings->address;
    fixture->inventory = inventory_new(&fixture->host.operation, settings, false);
    CU_ASSERT_PTR_NOT_NULL_FATAL(fixture->inventory);
    fixture->call = (struct source_call){.operation = &fixture->host.operation,
                                         .settings = settings,
                                         .inventory = fixture->inventory};
}

void forticloud_fixture_stop(struct forticloud_fixture *fixture)
{
    rpc_peer_stop(fixture->peer, &fixture->record);
}

void forticloud_fixture_end(struct forticloud_fixture *fixture)
{
    rpc_record_release(&fixture->record);
    inventory_free(fixture->inventory);
    host_end(&fixture->host);
}

size_t forticloud_fixture_asked(const struct forticloud_fixture *fixture, const char *text)
{
    size_t count = 0;

    for (size_t i = 0; i < fixture->record.count; i++) {
        count += strstr(fixture->record.requests[i], text) != NULL ? 1 : 0;
    }
    return count;
}

const char *forticloud_fixture_reason(const struct forticloud_fixture *fixture)
{
    return message_slug(fixture->host.failure.reason);
}
