/*
 * sync.c - the operation sync: reads every unit into the inventory, up to the summary.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "inventory/inventory.h"
#include "net/http.h"
#include "operations.h"
#include "settings/settings.h"
#include "settings/unknown_keys.h"
#include "sources/registry.h"
#include "sources/unfilled.h"

struct unknown_key {
    struct inventory *inventory;
    struct failure *failure;
};

static int32_t report_unknown_key(void *context, const char *key, const char *meant)
{
    struct unknown_key *unknown = context;

    return inventory_problem(
        unknown->inventory,
        PROBLEM(SEVERITY_WARNING, meant != NULL ? REASON_setting_misspelt : REASON_setting_unknown,
                key, ARGUMENTS(key, meant)),
        unknown->failure);
}

/* Reports settings that are usable but questionable. */
static int32_t report_settings(struct inventory *inventory, const struct settings *settings,
                               struct failure *failure)
{
    if (settings->verify_tls || settings->pinned_public_key != NULL || !settings->address.https) {
        return HECTOR_OK;
    }
    return inventory_problem(inventory,
                             PROBLEM(SEVERITY_WARNING, REASON_tls_not_verified, "verify_tls",
                                     ARGUMENTS(settings->origin)),
                             failure);
}

static int32_t read_source(struct source_call *call, struct inventory *inventory,
                           struct failure *failure)
{
    const struct settings *settings = call->settings;
    const struct source *source = NULL;
    int32_t code = source_open(call, &source, failure);

    if (code == HECTOR_OK && settings->on_fallback) {
        code = inventory_problem(inventory,
                                 PROBLEM(SEVERITY_WARNING, REASON_fallback_used, settings->home,
                                         ARGUMENTS(settings->home, settings->origin)),
                                 failure);
    }
    if (code == HECTOR_OK && (code = source->read(call, inventory, failure)) == HECTOR_OK) {
        code = unfilled_report(inventory, source, failure);
    }
    http_close(call->http);
    return code;
}

int32_t sync_run(struct operation *operation, struct json_object *request, int32_t code,
                 struct failure *failure)
{
    struct settings settings = {0};
    struct source_call call = {.operation = operation, .settings = &settings};
    struct inventory *inventory = inventory_new(operation, &settings, false);

    if (inventory == NULL) {
        return fail_memory(operation, failure);
    }
    if (code == HECTOR_OK) {
        code = settings_read(operation, request, &settings, failure);
        operation->record = settings.record;
        code = settings_unknown_keys(&settings, code, report_unknown_key,
                                     &(struct unknown_key){inventory, failure});
    }
    if (code == HECTOR_OK && (code = report_settings(inventory, &settings, failure)) == HECTOR_OK) {
        code = read_source(&call, inventory, failure);
    }
    code = inventory_finish(inventory, code, failure);
    inventory_free(inventory);
    return code;
}
