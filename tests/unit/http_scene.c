/*
 * http_scene.c - an operation, a struct http and a peer to talk to, as the HTTP tests need them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "http_scene.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int32_t take_document(void *context, const char *document, size_t size)
{
    struct http_scene *scene = context;

    if (size >= sizeof(scene->document)) {
        return 1;
    }
    memcpy(scene->document, document, size);
    scene->document[size] = '\0';
    return 0;
}

static void take_progress(void *context, const char *phase, size_t size, uint64_t done,
                          uint64_t total)
{
    struct http_scene *scene = context;

    (void)total;
    text_copy(scene->phase, sizeof(scene->phase), phase, size);
    scene->done = done;
}

static int32_t ask_cancelled(void *context)
{
    struct http_scene *scene = context;

    if (scene->cancel_amid && scene->cancel_at_ms == 0 && scene->operation.requests > 0) {
        scene->cancel_at_ms = monotonic_ms() + 300;
    }
    return scene->cancel_at_ms != 0 && monotonic_ms() >= scene->cancel_at_ms;
}

void scene_begin(struct http_scene *scene, const struct peer_script *script)
{
    *scene = (struct http_scene){
        .limits = LIMITS_DEFAULT,
        .host = {.struct_size = sizeof(struct hector_host),
                 .context = scene,
                 .emit = take_document,
                 .progress = take_progress,
                 .cancelled = ask_cancelled},
        .policy = {.address = {.host = "127.0.0.1"}, .allow_loopback = true, .timeout_ms = 60000},
    };
    scene->limits.connect_ms = 30000;
    scene->limits.low_speed_ms = 30000;
    scene->limits.grace_ms = 30000;
    scene->limits.backoff_ms = 10;
    scene->limits.backoff_max_ms = 1000;
    scene->limits.reply_max_bytes = KIB(256);
    scene->limits.tree_max_bytes = MIB(2);
    if (operation_begin(&scene->operation, &scene->host, &scene->limits, &scene->failure) !=
        HECTOR_OK) {
        fprintf(stderr, "operation_begin: %s\n", scene->failure.message);
        exit(EXIT_FAILURE);
    }
    if (script != NULL) {
        scene->peer = http_peer_start(script);
        scene->policy.address.port = http_peer_port(scene->peer);
        scene->policy.address.https = script->identity != NULL;
    }
}

int32_t scene_ask(struct http_scene *scene, const struct http_request *request)
{
    int32_t code = HECTOR_OK;

    http_reply_release(&scene->reply);
    if (scene->http == NULL) {
        code = http_open(&scene->operation, &scene->policy, &scene->http, &scene->failure);
    }
    if (code == HECTOR_OK) {
        code = http_exchange(scene->http, request, &scene->reply, &scene->failure);
    }
    return code;
}

int32_t scene_get(struct http_scene *scene)
{
    return scene_ask(scene, &(struct http_request){.path = "/", .repeatable = true});
}

int32_t scene_post(struct http_scene *scene)
{
    return scene_ask(scene, &(struct http_request){.path = "/jsonrpc",
                                                   .body = "{}",
                                                   .body_size = 2,
                                                   .bearer = "top-secret",
                                                   .repeatable = true});
}

int32_t scene_post_once(struct http_scene *scene)
{
    return scene_ask(scene,
                     &(struct http_request){.path = "/jsonrpc", .body = "{}", .body_size = 2});
}

const char *scene_reason(const struct http_scene *scene)
{
    return text_slug(scene->failure.reason);
}

void scene_stop_peer(struct http_scene *scene)
{
    if (scene->peer != NULL) {
        http_peer_stop(scene->peer, &scene->record);
        scene->peer = NULL;
    }
}

void scene_end(struct http_scene *scene)
{
    http_reply_release(&scene->reply);
    http_close(scene->http);
    scene_stop_peer(scene);
    operation_end(&scene->operation);
}
