/*
 * loading.h - how the loading of an enrichment ends: whole, in part with its numbers, or not.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FORTICLOUD_LOADING_H
#define FORTICLOUD_LOADING_H

#include "api.h"
#include "records.h"
#include "sources/enrich.h"

/* One enrichment while it is loaded. */
struct forticloud_loading {
    const struct source_call *call;
    const struct enrichment *enrichment;
    struct forticloud_api api;
    struct forticloud_records *records;
    enum message_id counted; /* LABEL_label_products: what done and total count */
    uint64_t done, total;
    bool full; /* the records or their texts were too many */
};

/*
 * Notes what became of a record: OK, LIMIT if there are too many, NO_MEMORY. `failure` is for
 * forticloud_loading_run() only.
 */
int32_t forticloud_loading_keep(struct forticloud_loading *loading, enum forticloud_kept kept,
                                struct failure *failure);

/*
 * Adds the account of the settings, which an API user of an organisation must name, to an open
 * JSON object; `otherwise` if there is none, 0 = nothing.
 */
void forticloud_loading_account(const struct settings *settings, int64_t otherwise,
                                struct buffer *out);

/*
 * Loads an enrichment, as struct enrichment has it: `read` reads the records, which are `empty`
 * first. After a failure, what was loaded is a part of the whole, for which it emits the problem,
 * unless the failure ends the call or nothing was loaded.
 */
int32_t
forticloud_loading_run(struct forticloud_loading *loading, const struct forticloud_records *empty,
                       int32_t (*read)(struct forticloud_loading *loading, struct failure *failure),
                       struct enrich_loaded *ret, struct failure *failure);

/* For struct enrichment: releases what it loaded. */
void forticloud_loading_release(void *data);
#endif
