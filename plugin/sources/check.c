/*
 * check.c - the steps of validate, in their order.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "check.h"

#include "settings/settings.h"
#include "json/json_write.h"

/*
 * The setting or secret that a reason implies, up to the last step at which it can be at fault:
 * once the address and the system are known, a connection that fails does not point to the url.
 */
static const struct {
    enum message_id reason;
    enum check_step last;
    const char *name;
} AT_FAULT[] = {
    {REASON_name_unknown, CHECK_SYSTEM, "url"},
    {REASON_connection_failed, CHECK_SYSTEM, "url"},
    {REASON_connection_refused, CHECK_SYSTEM, "url"},
    {REASON_plain_http_unanswered, CHECK_SYSTEM, "url"},
    {REASON_connection_broken, CHECK_SYSTEM, "url"},
    {REASON_reply_unreadable, CHECK_SYSTEM, "url"},
    {REASON_tls_failed, CHECK_SYSTEM, "url"},
    {REASON_tls_not_spoken, CHECK_SYSTEM, "url"},
    {REASON_not_fortimanager_html, CHECK_COUNT, "url"},
    {REASON_not_fortimanager, CHECK_COUNT, "url"},
    {REASON_not_fortigate, CHECK_COUNT, "url"},
    {REASON_fortianalyzer, CHECK_COUNT, "url"},
    {REASON_fallback_used, CHECK_COUNT, "url"},
    {REASON_tls_unknown_authority, CHECK_SYSTEM, "pinned_public_key"},
    {REASON_tls_wrong_name, CHECK_SYSTEM, "pinned_public_key"},
    {REASON_tls_expired, CHECK_SYSTEM, "pinned_public_key"},
    {REASON_tls_weak_key, CHECK_SYSTEM, "pinned_public_key"},
    {REASON_tls_weak_signature, CHECK_SYSTEM, "pinned_public_key"},
    {REASON_tls_certificate_invalid, CHECK_SYSTEM, "pinned_public_key"},
    {REASON_tls_pin_mismatch, CHECK_SYSTEM, "pinned_public_key"},
    {REASON_tls_not_verified, CHECK_COUNT, "verify_tls"},
    {REASON_time_out, CHECK_COUNT, "timeout_s"},
    {REASON_token_refused, CHECK_COUNT, "token"},
    {REASON_gate_token_refused, CHECK_COUNT, "token"},
    {REASON_login_refused, CHECK_COUNT, "password"},
    {REASON_login_refused_letters, CHECK_COUNT, "password"},
    {REASON_forticloud_refused, CHECK_COUNT, "forticloud_password"},
    {REASON_adoms_ignored, CHECK_COUNT, "adoms"},
    {REASON_adom_outside, CHECK_COUNT, "adoms"},
    {REASON_attributes_not_reported, CHECK_COUNT, "attributes"},
    {REASON_attributes_not_chosen, CHECK_COUNT, "attributes"},
    {REASON_attributes_not_asked, CHECK_COUNT, "attributes"},
    {REASON_meta_empty, CHECK_COUNT, "attributes"},
};

static const char *at_fault(enum check_step step, enum message_id reason)
{
    for (size_t i = 0; i < sizeof(AT_FAULT) / sizeof(AT_FAULT[0]); i++) {
        if (AT_FAULT[i].reason == reason) {
            return step <= AT_FAULT[i].last ? AT_FAULT[i].name : NULL;
        }
    }
    return NULL;
}

const char *check_at_fault(enum check_step step, const struct failure *why)
{
    return why->field[0] != '\0' ? why->field : at_fault(step, why->reason);
}

/* Content of one document; NULL members are left out. */
struct check {
    enum check_step step;
    enum check_status status;
    enum message_id reason;
    const char *message, *at_fault;
    const struct check_units *units;
    const struct buffer *lines;
};

static int32_t emit(struct operation *operation, const struct check *check, struct failure *failure)
{
    static const char *const steps[CHECK_COUNT] = {
        "settings", "address", "tls",      "system",        "credentials", "version",
        "adoms",    "devices", "switches", "access_points", "attributes"};
    static const char *const statuses[] = {"passed", "failed", "warning", "skipped"};
    struct buffer *out = operation_document(operation, "check");

    json_write_string(out, "step", steps[check->step]);
    json_write_string(out, "status", statuses[check->status]);
    json_write_string(out, "reason", message_slug(check->reason));
    json_write_string(out, "message", check->message);
    if (check->at_fault != NULL) {
        json_write_string(out, settings_is_secret(check->at_fault) ? "secret" : "field",
                          check->at_fault);
    }
    if (check->units != NULL) {
        json_write_integer(out, "units", (int64_t)check->units->units);
        json_write_boolean(out, "units_exact", check->units->exact);
    }
    if (check->lines != NULL) {
        json_write_lines(out, "console", check->lines);
    }
    return operation_emit(operation, failure);
}

int32_t check_emit(struct operation *operation, enum check_step step, enum check_status status,
                   enum message_id reason, const char *const *arguments,
                   const struct check_units *units, struct failure *failure)
{
    char message[MESSAGE_MAX];
    const struct check check = {.step = step,
                                .status = status,
                                .reason = reason,
                                .message = message,
                                .at_fault = at_fault(step, reason),
                                .units = units};

    operation_sentence(operation, message, sizeof(message), reason, arguments);
    return emit(operation, &check, failure);
}

int32_t check_emit_failure(struct operation *operation, enum check_step step,
                           enum check_status status, const struct failure *why,
                           struct failure *failure)
{
    return check_emit_cli(operation, step, status, why, NULL, failure);
}

int32_t check_emit_cli(struct operation *operation, enum check_step step, enum check_status status,
                       const struct failure *why, const struct buffer *lines,
                       struct failure *failure)
{
    const struct check check = {.step = step,
                                .status = status,
                                .reason = why->reason,
                                .message = why->message,
                                .at_fault = check_at_fault(step, why),
                                .lines = lines};

    return emit(operation, &check, failure);
}

int32_t check_skip_rest(struct operation *operation, enum check_step step, struct failure *failure)
{
    for (int i = (int)step; i < CHECK_ATTRIBUTES; i++) {
        int32_t code = check_emit(operation, (enum check_step)i, CHECK_SKIPPED,
                                  LABEL_check_not_reached, NO_ARGUMENTS, NULL, failure);

        if (code != HECTOR_OK) {
            return code;
        }
    }
    return HECTOR_OK;
}
