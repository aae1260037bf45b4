/*
 * inventory.c - a host that keeps an inventory: one sync, and the conclusion for each asset.
 * SPDX-License-Identifier: Apache-2.0
 *
 *     TOKEN=... inventory /PATH/TO/PLUGIN REQUEST STATE
 *
 * Prints a line for each asset: key, verdict, reason, scope, where it is or may be, and for how
 * many runs in a row it was searched and not seen ("nights"). STATE is this host's file for one
 * source: the runs that last emitted a kept asset, each as the array of its documents without the
 * assets that a later run has emitted. The host retires no asset: an administrator does.
 */
#define _GNU_SOURCE 1 /* dladdr */

#include <dlfcn.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hector/integration.h"
#include "hector/records.h"

static struct json_object *get(struct json_object *object, const char *member)
{
    return json_object_object_get(object, member); /* NULL = absent */
}

static bool is_asset(struct json_object *document)
{
    return hector_is_same(hector_text(document, "kind"), "asset");
}

/* ---- the inventory */

/* Prints the conclusion for a kept asset, which the run emitted as `now` (NULL = it did not). */
static void conclude_asset(struct hector_case question, struct json_object *kept,
                           struct json_object *now)
{
    struct hector_asset_record asset = hector_asset_of(kept), emitted = hector_asset_of(now);
    struct hector_conclusion answer;
    const char *where;
    int nights = json_object_get_int(get(kept, "nights"));

    question.asset = &asset;
    question.now = now != NULL ? &emitted : NULL;
    answer = hector_conclude(&question);
    if (answer.verdict == HECTOR_NOT_SEEN)
        nights++;
    else if (now != NULL || answer.verdict == HECTOR_NOT_IMPORTED)
        nights = 0;
    where = answer.verdict == HECTOR_MOVED ? emitted.scope : answer.subject;
    printf("%s\t%s\t%s\t%s\t%s\t%d\n", asset.sync_key, hector_verdict_name(answer.verdict),
           hector_because_name(answer.because), asset.scope, where != NULL ? where : "-", nights);
    if (now != NULL)
        hector_merge_asset(now, kept, answer.because == HECTOR_BECAUSE_UNCERTAIN);
    json_object_object_add(now != NULL ? now : kept, "nights", json_object_new_int(nights));
    hector_release_asset(&asset);
    hector_release_asset(&emitted);
}

/* Prints the conclusions for the assets that a former run emitted last, and removes those that the
 * new run `emitted`, by key. Returns the number that remain. */
static size_t conclude(struct json_object *former, struct json_object *run,
                       struct json_object *emitted)
{
    struct hector_run_record brought, this_run = hector_run_of(run);
    struct json_object *document, *now;
    size_t stay = 0;

    hector_update_run(former, run);
    brought = hector_run_of(former);
    for (size_t i = json_object_array_length(former); i-- > 0;) {
        document = json_object_array_get_idx(former, i);
        if (!is_asset(document))
            continue;
        now = get(emitted, hector_text(document, "sync_key"));
        conclude_asset((struct hector_case){.brought = &brought, .run = &this_run}, document, now);
        if (now != NULL)
            json_object_array_del_idx(former, i, 1);
        else
            stay++;
    }
    hector_release_run(&brought);
    hector_release_run(&this_run);
    return stay;
}

/* Evaluates all kept assets, and adds the new ones. Takes ownership of both; returns the runs to
 * keep, owned by the caller. */
static struct json_object *update(struct json_object *runs, struct json_object *run)
{
    struct json_object *emitted = json_object_new_object(), *kept = json_object_new_array(), *one;

    hector_add_aliases(run);
    for (size_t i = 0; (one = json_object_array_get_idx(run, i)) != NULL; i++)
        if (is_asset(one))
            json_object_object_add(emitted, hector_text(one, "sync_key"), json_object_get(one));
    for (size_t i = 0; (one = json_object_array_get_idx(runs, i)) != NULL; i++)
        if (conclude(one, run, emitted) > 0)
            json_object_array_add(kept, json_object_get(one));
    json_object_object_foreach(emitted, key, asset) {
        if (get(asset, "nights") == NULL) /* no former run has emitted it */
            printf("%s\tnew\t-\t%s\t-\t0\n", key, hector_text(asset, "scope"));
    }
    if (json_object_object_length(emitted) > 0)
        json_object_array_add(kept, json_object_get(run));
    json_object_put(emitted);
    json_object_put(runs);
    json_object_put(run);
    return kept;
}

/* ---- the host */

static int32_t take_document(void *context, const char *text, size_t size)
{
    struct json_tokener *tokener = json_tokener_new();
    struct json_object *document = json_tokener_parse_ex(tokener, text, (int)size);

    json_tokener_free(tokener);
    return json_object_array_add(context, document);
}

static int64_t give_secret(void *context, const char *name, size_t name_size, char *buffer,
                           size_t capacity)
{
    const char *token = getenv("TOKEN");

    (void)context;
    if (token == NULL || name_size != strlen("token") || memcmp(name, "token", name_size) != 0)
        return -1;
    if (strlen(token) <= capacity)
        memcpy(buffer, token, strlen(token));
    return (int64_t)strlen(token);
}

static hector_operation *load(const char *path)
{
    void *object = dlopen(path, RTLD_NOW | RTLD_LOCAL); /* for ever: there is no dlclose */
    void *symbol = object != NULL ? dlsym(object, HECTOR_INTEGRATION_SYMBOL) : NULL;
    const struct hector_integration *(*entry)(void);
    Dl_info found;

    if (symbol == NULL || dladdr(symbol, &found) == 0 || strcmp(found.dli_fname, path) != 0)
        return NULL;
    memcpy(&entry, &symbol, sizeof(entry)); /* C has no cast from an object to a function */
    return HECTOR_HAS(entry(), struct hector_integration, sync) ? entry()->sync : NULL;
}

int main(int argc, char *argv[])
{
    struct json_object *run = json_object_new_array();
    struct hector_host host = {
        .struct_size = sizeof(host), .context = run, .emit = take_document, .secret = give_secret};
    struct hector_error error = {.struct_size = sizeof(error)};
    hector_operation *sync = argc == 4 ? load(argv[1]) : NULL;
    struct json_object *runs = argc == 4 ? json_object_from_file(argv[3]) : NULL;
    int32_t code;

    if (sync == NULL || (runs == NULL && access(argv[3], F_OK) == 0))
        return 2; /* no integration, or an unreadable state, which must not be overwritten */
    (void)signal(SIGPIPE, SIG_IGN);
    code = sync(&host, argv[2], strlen(argv[2]), &error);
    if (code != HECTOR_OK)
        (void)fprintf(stderr, "%" PRId32 " %s: %s\n", code, error.reason, error.message);
    runs = update(runs != NULL ? runs : json_object_new_array(), run);
    if (json_object_to_file(argv[3], runs) != 0)
        return 2;
    json_object_put(runs);
    return code == HECTOR_OK ? 0 : code == HECTOR_PARTIAL ? 1 : 3;
}
