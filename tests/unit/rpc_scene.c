/*
 * rpc_scene.c - a host, a struct rpc and a peer that answers it, as the JSON-RPC tests need them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "rpc_scene.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

static void answer_by_script(void *context, struct json_object *request, struct rpc_answer *ret)
{
    struct rpc_scene *scene = context;
    const struct rpc_reply *reply = &scene->script[scene->next];

    (void)request;
    if (reply->body == NULL && reply->status == 0) {
        ret->status = 500;
        return;
    }
    scene->next++;
    ret->status = reply->status == RPC_LOST ? 0 : reply->status;
    buffer_append_text(&ret->body, reply->body != NULL ? reply->body : "");
}

static void begin(struct rpc_scene *scene, const char *username, rpc_answerer *answer,
                  void *context)
{
    char request[512];
    struct http_policy policy;

    host_begin(&scene->host);
    scene->peer = rpc_peer_start(answer, context);
    (void)snprintf(request, sizeof(request),
                   "{\"settings\":{\"url\":\"http://127.0.0.1:%d\",\"username\":\"%s\","
                   "\"timeout_s\":20},\"host\":{\"allow_loopback\":true}}",
                   (int)rpc_peer_port(scene->peer), username);
    host_settings(&scene->host, request);
    /* The port differs from run to run; sentences are compared whole. */
    (void)snprintf(scene->host.settings.origin, sizeof(scene->host.settings.origin), "fmg");
    policy = settings_http_policy(&scene->host.settings);
    CU_ASSERT_EQUAL(http_open(&scene->host.operation, &policy, &scene->http, &scene->host.failure),
                    HECTOR_OK);
}

void scene_begin_key(struct rpc_scene *scene, const struct rpc_reply *script)
{
    *scene = (struct rpc_scene){.script = script};
    begin(scene, "", answer_by_script, scene);
    scene->host.token = "the-key";
}

void scene_begin_user(struct rpc_scene *scene, const struct rpc_reply *script)
{
    *scene = (struct rpc_scene){.script = script};
    begin(scene, "hector", answer_by_script, scene);
    scene->host.password = "pa\"ss";
}

void scene_begin_answerer(struct rpc_scene *scene, rpc_answerer *answer, void *context)
{
    *scene = (struct rpc_scene){0};
    begin(scene, "", answer, context);
    scene->host.token = "the-key";
}

int32_t scene_open(struct rpc_scene *scene)
{
    return rpc_open(&scene->rpc, &scene->host.operation, &scene->host.settings, scene->http,
                    &scene->host.failure);
}

const char *scene_reason(const struct rpc_scene *scene)
{
    return text_slug(scene->host.failure.reason);
}

void scene_close(struct rpc_scene *scene)
{
    rpc_close(&scene->rpc);
    http_close(scene->http);
    rpc_peer_stop(scene->peer, &scene->record);
}

void scene_end(struct rpc_scene *scene)
{
    rpc_record_release(&scene->record);
    host_end(&scene->host);
}

size_t scene_asked(const struct rpc_scene *scene, const char *text)
{
    size_t count = 0;

    for (size_t i = 0; i < scene->record.count; i++) {
        count += strstr(scene->record.requests[i], text) != NULL ? 1 : 0;
    }
    return count;
}
