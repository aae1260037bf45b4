/*
 * sync.c - the operation sync: every unit into the census, down to the summary.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>

#include "inventory/census.h"
#include "net/http.h"
#include "operations.h"
#include "settings/settings.h"
#include "sources/registry.h"
#include "sources/unfilled.h"

struct unknown_key {
    struct census *census;
    struct failure *reterr;
};

static int32_t tell_unknown_key(void *context, const char *key, const char *meant)
{
    struct unknown_key *unknown = context;

    return census_problem(unknown->census,
                          PROBLEM(SEVERITY_WARNING,
                                  meant != NULL ? TEXT_setting_misspelt : TEXT_setting_unknown, key,
                                  ARGUMENTS(key, meant)),
                          unknown->reterr);
}

/* What is odd about the settings, though they can be used. */
static int32_t tell_settings(struct census *census, const struct settings *settings,
                             struct failure *reterr)
{
    struct unknown_key unknown = {census, reterr};
    int32_t code = settings_unknown_keys(settings, tell_unknown_key, &unknown);

    if (code == HECTOR_OK && !settings->verify_tls && settings->pinned_public_key == NULL &&
        settings->address.https) {
        code = census_problem(census,
                              PROBLEM(SEVERITY_WARNING, TEXT_tls_not_verified, "verify_tls",
                                      ARGUMENTS(settings->origin)),
                              reterr);
    }
    return code;
}

static int32_t read_source(struct source_call *call, struct census *census, struct failure *reterr)
{
    const struct settings *settings = call->settings;
    const struct source *source = NULL;
    int32_t code = source_open(call, &source, reterr);

    if (code == HECTOR_OK && settings->on_fallback) {
        code = census_problem(census,
                              PROBLEM(SEVERITY_WARNING, TEXT_fallback_used, settings->home,
                                      ARGUMENTS(settings->home, settings->origin)),
                              reterr);
    }
    if (code == HECTOR_OK) {
        code = source->read(call, census, reterr);
    }
    if (code == HECTOR_OK) {
        code = unfilled_report(census, source, reterr);
    }
    http_close(call->http);
    return code;
}

int32_t synchronize(struct operation *operation, struct json_object *request, int32_t code,
                    struct failure *failure)
{
    struct settings settings = {0};
    struct source_call call = {.operation = operation, .settings = &settings};
    struct census *census = malloc(sizeof(*census));

    if (census == NULL) {
        return fail_memory(operation, failure);
    }
    census_init(census, operation, &settings, false);
    if (code == HECTOR_OK) {
        code = settings_read(operation, request, &settings, failure);
        operation->record = settings.record;
    }
    if (code == HECTOR_OK) {
        code = tell_settings(census, &settings, failure);
    }
    if (code == HECTOR_OK) {
        code = read_source(&call, census, failure);
    }
    code = census_finish(census, code, failure);
    census_release(census);
    free(census);
    return code;
}
