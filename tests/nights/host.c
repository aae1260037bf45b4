/*
 * host.c - a host of many nights: it keeps runs and assets, and asks hector_conclude() for each.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nights/host.h"

#include <stdio.h>
#include <stdlib.h>

static void conclude_asset(struct nights_host *host, struct nights_asset *asset,
                           struct hector_case question)
{
    size_t night = host->run_count - 1;
    struct json_object *now =
        hector_find_asset(host->documents[night], hector_text(asset->document, "sync_key"));
    struct hector_asset_record kept = hector_asset_of(asset->document);
    struct hector_asset_record emitted = hector_asset_of(now);

    question.asset = &kept;
    question.now = now != NULL ? &emitted : NULL;
    question.brought = &host->runs[asset->brought];
    asset->answer = hector_conclude(&question);
    asset->is_new = false;
    if (now != NULL) {
        hector_merge_asset(now, asset->document, asset->answer.because == HECTOR_BECAUSE_UNCERTAIN);
        asset->document = now;
        asset->brought = night;
    }
    hector_release_asset(&kept);
    hector_release_asset(&emitted);
}

/* True when the host keeps an asset with this key. */
static bool is_kept(const struct nights_host *host, const char *sync_key)
{
    for (size_t i = 0; i < host->asset_count; i++) {
        if (hector_is_same(hector_text(host->assets[i].document, "sync_key"), sync_key)) {
            return true;
        }
    }
    return false;
}

static void add_new(struct nights_host *host, struct json_object *document)
{
    struct nights_asset *asset = &host->assets[host->asset_count++];

    if (host->asset_count > ASSETS_MOST) {
        printf("Bail out! too many assets\n");
        exit(EXIT_FAILURE);
    }
    *asset =
        (struct nights_asset){.document = document, .brought = host->run_count - 1, .is_new = true};
}

void nights_take(struct nights_host *host, struct json_object *documents, const char *const *exempt,
                 size_t exempt_count)
{
    size_t night = host->run_count++;
    struct json_object *document;

    if (host->run_count > NIGHTS_MOST) {
        printf("Bail out! too many nights\n");
        exit(EXIT_FAILURE);
    }
    host->documents[night] = json_object_get(documents);
    hector_add_aliases(documents);
    host->runs[night] = hector_run_of(documents);
    for (size_t i = 0; i < night; i++) {
        hector_release_run(&host->runs[i]);
        hector_update_run(host->documents[i], documents);
        host->runs[i] = hector_run_of(host->documents[i]);
    }
    for (size_t i = 0; i < host->asset_count; i++) {
        conclude_asset(host, &host->assets[i],
                       (struct hector_case){.run = &host->runs[night],
                                            .exempt = exempt,
                                            .exempt_count = exempt_count});
    }
    for (size_t i = 0; (document = json_object_array_get_idx(documents, i)) != NULL; i++) {
        if (hector_is_same(hector_text(document, "kind"), "asset") &&
            !is_kept(host, hector_text(document, "sync_key"))) {
            add_new(host, document);
        }
    }
}

void nights_release(struct nights_host *host)
{
    for (size_t i = 0; i < host->run_count; i++) {
        hector_release_run(&host->runs[i]);
        json_object_put(host->documents[i]);
    }
    *host = (struct nights_host){.run_count = 0};
}
