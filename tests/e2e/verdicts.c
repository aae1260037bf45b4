/*
 * verdicts.c - what a run says about each asset of a former one, by conclude.h.
 * SPDX-License-Identifier: Apache-2.0
 *
 *     verdicts FORMER RUN
 *
 * Two files of documents, NDJSON. Prints a line for each asset of the former run: key, verdict,
 * why.
 */
#include <stdio.h>
#include <string.h>

#include "hector/records.h"

/* The documents of a file, with the aliases of their scopes; NULL where it cannot be read. */
static struct json_object *read_run(const char *path)
{
    struct json_object *run = json_object_new_array();
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t capacity = 0;
    bool whole = file != NULL;

    while (whole && getline(&line, &capacity, file) > 0) {
        struct json_object *document = json_tokener_parse(line);

        whole = document != NULL && json_object_array_add(run, document) == 0;
    }
    free(line);
    if (file != NULL) {
        (void)fclose(file);
    }
    if (!whole) {
        (void)fprintf(stderr, "%s cannot be read\n", path);
        json_object_put(run);
        return NULL;
    }
    hector_add_aliases(run);
    return run;
}

static void print_verdicts(struct json_object *former, struct json_object *run)
{
    struct hector_run_record brought = hector_run_of(former), this_run = hector_run_of(run);
    struct json_object *document;

    for (size_t i = 0; (document = json_object_array_get_idx(former, i)) != NULL; i++) {
        if (hector_is_same(hector_text(document, "kind"), "asset")) {
            struct json_object *emitted = hector_find_asset(run, hector_text(document, "sync_key"));
            struct hector_asset_record asset = hector_asset_of(document);
            struct hector_asset_record now = hector_asset_of(emitted);
            const struct hector_conclusion answer =
                hector_conclude(&(struct hector_case){.asset = &asset,
                                                      .now = emitted != NULL ? &now : NULL,
                                                      .brought = &brought,
                                                      .run = &this_run});

            printf("%s %s %s\n", asset.sync_key, hector_verdict_name(answer.verdict),
                   hector_because_name(answer.because));
            hector_release_asset(&asset);
            hector_release_asset(&now);
        }
    }
    hector_release_run(&brought);
    hector_release_run(&this_run);
}

int main(int argc, char *argv[])
{
    struct json_object *former = argc == 3 ? read_run(argv[1]) : NULL;
    struct json_object *run = argc == 3 ? read_run(argv[2]) : NULL;

    if (former != NULL && run != NULL) {
        hector_update_run(former, run);
        print_verdicts(former, run);
    }
    json_object_put(former);
    json_object_put(run);
    return former != NULL && run != NULL ? 0 : 2;
}
