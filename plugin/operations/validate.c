/*
 * validate.c - the operation validate: checks step by step whether a sync would work.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <string.h>

#include "net/certificate.h"
#include "operations.h"
#include "settings/unknown_keys.h"
#include "sources/enrich.h"
#include "sources/registry.h"

static bool is_tls_failure(const struct failure *failure)
{
    return strncmp(message_slug(failure->reason), "tls_", 4) == 0 ||
           failure->reason == REASON_proxy_tls_failed || failure->reason == REASON_ca_file_unusable;
}

static bool is_address_failure(const struct failure *failure)
{
    return (failure->cause == HECTOR_UNREACHABLE && failure->reason != REASON_server_error) ||
           failure->reason == REASON_address_refused ||
           failure->reason == REASON_plain_http_refused ||
           failure->reason == REASON_plain_http_proxied;
}

/*
 * Emits the certificate, so that a user can decide to trust it. One that cannot be fetched or read
 * is skipped.
 */
static int32_t show_certificate(struct source_call *call, struct failure *failure)
{
    struct buffer pem = BUFFER(CERTIFICATE_PEM_MAX);
    struct failure why;
    int32_t code = http_peer_certificate(call->http, &pem, &why);

    if (code == HECTOR_OK) {
        code = certificate_emit(call->operation, call->settings->origin, buffer_text(&pem),
                                pem.size, &why);
    }
    buffer_release(&pem);
    return check_ends(code) ? fail_as(failure, &why) : HECTOR_OK;
}

static int32_t report_connected(struct source_call *call, struct failure *failure)
{
    const struct settings *settings = call->settings;
    struct operation *operation = call->operation;
    const char *const *origin = ARGUMENTS(settings->origin);
    int32_t code =
        settings->on_fallback
            ? check_warn(operation, CHECK_ADDRESS, REASON_fallback_used,
                         ARGUMENTS(settings->home, settings->origin), failure)
            : check_pass(operation, CHECK_ADDRESS, LABEL_check_address_ok, origin, failure);

    if (code != HECTOR_OK) {
        return code;
    }
    if (!settings_http_policy(settings).address.https) {
        return check_skip(operation, CHECK_TLS, LABEL_check_tls_none, NO_ARGUMENTS, failure);
    }
    if (settings->pinned_public_key != NULL) {
        return check_pass(operation, CHECK_TLS, LABEL_check_tls_pinned, origin, failure);
    }
    return settings->verify_tls
               ? check_pass(operation, CHECK_TLS, LABEL_check_tls_ok, origin, failure)
               : check_warn(operation, CHECK_TLS, REASON_tls_not_verified, origin, failure);
}

/*
 * Emits the step of the first three that a failure belongs to, and the steps passed before it. If
 * the fallback is in use, the setting at fault is fallback_url, not url.
 */
static int32_t report_failure(struct source_call *call, const struct source *source,
                              struct failure why, struct failure *failure)
{
    const struct checks checks = {.operation = call->operation};
    enum check_step step = is_tls_failure(&why)       ? CHECK_TLS
                           : is_address_failure(&why) ? CHECK_ADDRESS
                                                      : CHECK_SYSTEM;
    const char *at_fault = check_at_fault(step, &why);
    int32_t code = HECTOR_OK;

    if (call->settings->on_fallback && at_fault != NULL && strcmp(at_fault, "url") == 0) {
        (void)snprintf(why.field, sizeof(why.field), "fallback_url");
    }
    if (step == CHECK_SYSTEM) {
        code = report_connected(call, failure);
    } else if (step == CHECK_TLS) {
        code = check_pass(call->operation, CHECK_ADDRESS, LABEL_check_address_ok,
                          ARGUMENTS(call->settings->origin), failure);
    }
    if (code != HECTOR_OK ||
        (code = check_emit_failure(&checks, step, CHECK_FAILED, &why, failure)) != HECTOR_OK ||
        (step == CHECK_TLS && (code = show_certificate(call, failure)) != HECTOR_OK)) {
        return code;
    }
    return source_skip_checks(call->operation, source, (enum check_step)(step + 1), failure);
}

static int32_t check_source(struct source_call *call, struct failure *failure)
{
    const struct source *source = NULL;
    struct failure broken;
    int32_t code = source_open(call, &source, failure);

    if (call->http == NULL || (code != HECTOR_OK && check_ends(code))) {
        return code;
    }
    if (code != HECTOR_OK) {
        source = source != NULL ? source : source_expected(call->settings);
        if (report_failure(call, source, *failure, &broken) != HECTOR_OK) {
            *failure = broken;
        }
        return enrich_check(call, failure->cause, failure);
    }
    if ((code = report_connected(call, failure)) != HECTOR_OK ||
        (code = check_pass(
             call->operation, CHECK_SYSTEM,
             source->fits != NULL ? LABEL_check_system_ok : LABEL_check_system_unproven,
             ARGUMENTS(call->settings->origin, source->product), failure)) != HECTOR_OK) {
        return code;
    }
    code = source->check(call, failure);
    return enrich_check(call, code, failure);
}

static int32_t report_unknown_key(void *operation, const char *key, const char *meant,
                                  struct failure *failure)
{
    return check_warn(operation, CHECK_SETTINGS,
                      meant != NULL ? REASON_setting_misspelt : REASON_setting_unknown,
                      ARGUMENTS(key, meant), failure);
}

int32_t validate(struct operation *operation, struct json_object *request, int32_t code,
                 struct failure *failure)
{
    struct settings settings;
    struct source_call call = {.operation = operation, .settings = &settings};

    if (code != HECTOR_OK) {
        return code;
    }
    code = settings_read(operation, request, &settings, failure);
    code = settings_unknown_keys(&settings, code, report_unknown_key, operation, failure);
    if (code != HECTOR_OK) {
        return code;
    }
    call.inventory = inventory_new(operation, &settings, true);
    code = call.inventory != NULL ? check_source(&call, failure) : fail_memory(operation, failure);
    http_close(call.http);
    inventory_free(call.inventory);
    return code;
}
