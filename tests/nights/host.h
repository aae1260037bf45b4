/*
 * host.h - a host of many nights: it keeps runs and assets, and asks hector_conclude() for each.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It does what conclude.h asks of a host, and knows nothing of Fortinet. Documents are those of one
 * sync, as an array in the order of emission.
 */
#ifndef NIGHTS_HOST_H
#define NIGHTS_HOST_H

#include "hector/records.h"

#define NIGHTS_MOST 16 /* nights */
#define ASSETS_MOST 64

struct nights_asset {
    struct json_object *document; /* with the aliases of its scope; borrowed from its run */
    size_t brought;               /* the index of the run that emitted it last */
    bool is_new;                  /* first emitted tonight */
    struct hector_conclusion answer;
};

struct nights_host {
    struct json_object *documents[NIGHTS_MOST];
    struct hector_run_record runs[NIGHTS_MOST];
    size_t run_count;
    struct nights_asset assets[ASSETS_MOST];
    size_t asset_count;
};

/* Takes the documents of a night, keeping the reference, and evaluates all assets. */
void nights_take(struct nights_host *host, struct json_object *documents, const char *const *exempt,
                 size_t exempt_count);

void nights_release(struct nights_host *host);
#endif
