/*
 * loading.c - how the loading of an enrichment ends: whole, in part with its numbers, or not.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "loading.h"

#include <stdlib.h>

#include "json/json_write.h"

int32_t forticloud_loading_keep(struct forticloud_loading *loading, enum forticloud_kept kept,
                                struct failure *failure)
{
    if (kept == FORTICLOUD_NO_MEMORY) {
        return fail_memory(loading->call->operation, failure);
    }
    if (kept == FORTICLOUD_FULL) {
        loading->full = true;
        *failure = (struct failure){.cause = HECTOR_LIMIT};
        return HECTOR_LIMIT;
    }
    return HECTOR_OK;
}

void forticloud_loading_account(const struct settings *settings, int64_t otherwise,
                                struct buffer *out)
{
    int64_t number = settings->forticloud_account != 0 ? settings->forticloud_account : otherwise;

    if (number > 0) {
        json_write_integer(out, "accountId", number);
    }
}

/* The time of the enrichments, not that of the call: enrich.c limits the deadline. */
static bool is_late(const struct failure *why)
{
    return why->reason == REASON_deadline_passed;
}

/* Emits the problem that not all was loaded. */
static int32_t report_part(const struct forticloud_loading *loading, const struct failure *why,
                           struct failure *failure)
{
    struct operation *operation = loading->call->operation;
    const struct message_number done = message_number((int64_t)loading->done);
    const struct message_number total =
        message_number((int64_t)(loading->total > loading->done ? loading->total : loading->done));
    const char *counted = operation_text(operation, loading->counted);
    char time[MESSAGE_MAX];

    operation_log(operation, HECTOR_LOG_WARNING, "%s: %s %s", loading->enrichment->name,
                  loading->full ? "full" : message_slug(why->reason), why->detail);
    operation_sentence(operation, time, sizeof(time), LABEL_label_enrichment_time, NO_ARGUMENTS);
    return inventory_problem(
        loading->call->inventory,
        PROBLEM(SEVERITY_WARNING,
                loading->full ? REASON_enrichment_full : REASON_enrichment_incomplete,
                loading->enrichment->name,
                ARGUMENTS(loading->enrichment->product, done.text, total.text, counted,
                          is_late(why) ? time : why->message)),
        failure);
}

/* The code of a load that ended with `code` and `why`; OK if what was loaded can be used. */
static int32_t end_load(const struct forticloud_loading *loading, int32_t code,
                        const struct failure *why, struct failure *failure)
{
    if (code == HECTOR_OK) {
        return HECTOR_OK;
    }
    return loading->full || (loading->done > 0 && (!failure_ends(code, why) || is_late(why)))
               ? report_part(loading, why, failure)
               : fail_as(failure, why);
}

int32_t
forticloud_loading_run(struct forticloud_loading *loading, const struct forticloud_records *empty,
                       int32_t (*read)(struct forticloud_loading *loading, struct failure *failure),
                       struct enrich_loaded *ret, struct failure *failure)
{
    const struct source_call *call = loading->call;
    struct failure why;

    loading->records = malloc(sizeof(*loading->records));
    if (loading->records == NULL) {
        return fail_memory(call->operation, failure);
    }
    *loading->records = *empty;
    operation_progress(call->operation, PHASE_enrichment, 0, 0);
    int32_t code = forticloud_api_open(&loading->api, call, loading->enrichment->product, &why);
    code = code == HECTOR_OK ? read(loading, &why) : code;
    forticloud_api_close(&loading->api);
    ret->whole = code == HECTOR_OK;
    loading->records->cut = !ret->whole;
    if ((code = end_load(loading, code, &why, failure)) != HECTOR_OK) {
        forticloud_loading_release(loading->records);
        return code;
    }
    ret->data = loading->records;
    return HECTOR_OK;
}

void forticloud_loading_release(void *data)
{
    struct forticloud_records *records = data;

    forticloud_records_release(records);
    free(records);
}
