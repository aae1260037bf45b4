/*
 * loading.c - how the loading of an enrichment ends: whole, in part with its numbers, or not.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "loading.h"


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

int32_t forticloud_loading_end(const struct forticloud_loading *loading, int32_t code,
                               const struct failure *why, bool *ret_whole, struct failure *failure)
{
    *ret_whole = code == HECTOR_OK;
    if (code == HECTOR_OK) {
        return HECTOR_OK;
    }
    return loading->full || (loading->done > 0 && (!failure_ends(code, why) || is_late(why)))
               ? report_part(loading, why, failure)
               : fail_as(failure, why);
}
