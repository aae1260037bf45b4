/*
 * sync.c - the operation sync: reads every unit into the inventory, up to the summary.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "inventory/summary.h"
#include "operations.h"
#include "settings/unknown_keys.h"
#include "sources/enrich.h"
#include "sources/registry.h"
#include "sources/unfilled.h"

static int32_t report_warning(struct inventory *inventory, enum message_id reason,
                              const char *subject, const char *const *arguments,
                              struct failure *failure)
{
    return inventory_problem(inventory, PROBLEM(SEVERITY_WARNING, reason, subject, arguments),
                             failure);
}

static int32_t report_unknown_key(void *inventory, const char *key, const char *meant,
                                  struct failure *failure)
{
    return report_warning(inventory,
                          meant != NULL ? REASON_setting_misspelt : REASON_setting_unknown, key,
                          ARGUMENTS(key, meant), failure);
}

int32_t sync_run(struct operation *operation, struct json_object *request, int32_t code,
                 struct failure *failure)
{
    struct settings settings = {0};
    struct inventory *inventory = inventory_new(operation, &settings, false);
    struct source_call call = {
        .operation = operation, .settings = &settings, .inventory = inventory};
    const struct source *source = NULL;
    struct enrich enrich = {0};

    if (inventory == NULL) {
        return fail_memory(operation, failure);
    }
    if (code != HECTOR_OK) {
        goto out;
    }
    code = settings_read(operation, request, &settings, failure);
    operation->record = settings.record;
    bool unverified =
        !settings.verify_tls && settings.pinned_public_key == NULL && settings.address.https;
    if ((code = settings_unknown_keys(&settings, code, report_unknown_key, inventory, failure)) !=
            HECTOR_OK ||
        (unverified && (code = report_warning(inventory, REASON_tls_not_verified, "verify_tls",
                                              ARGUMENTS(settings.origin), failure)) != HECTOR_OK) ||
        (code = source_open(&call, &source, failure)) != HECTOR_OK ||
        (settings.on_fallback &&
         (code = report_warning(inventory, REASON_fallback_used, settings.home,
                                ARGUMENTS(settings.home, settings.origin), failure)) !=
             HECTOR_OK) ||
        (code = enrich_load(&enrich, &call, failure)) != HECTOR_OK ||
        (code = source->read(&call, failure)) != HECTOR_OK) {
        goto out;
    }
    code = unfilled_report(&call, source, false, failure);
out:
    http_close(call.http);
    code = inventory_finish(inventory, code, failure);
    inventory_free(inventory);
    enrich_release(&enrich);
    return code;
}
