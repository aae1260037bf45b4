/*
 * check.c - the steps of validate, in their order.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "check.h"

#include "base/vector.h"
#include "settings/settings.h"
#include "json/json_write.h"

/*
 * The setting or secret that reasons imply, up to the last step at which it can be at fault: once
 * the address and the system are known, a connection that fails does not point to the url.
 */
static const struct {
    const char *name;
    enum check_step last;
    enum message_id reasons[9]; /* up to MESSAGE_NONE */
} AT_FAULT[] = {
    {"url",
     CHECK_SYSTEM,
     {REASON_name_unknown, REASON_connection_failed, REASON_connection_refused,
      REASON_plain_http_unanswered, REASON_connection_broken, REASON_reply_unreadable,
      REASON_tls_failed, REASON_tls_not_spoken}},
    {"url",
     CHECK_COUNT,
     {REASON_not_fortimanager_html, REASON_not_fortimanager, REASON_not_fortigate,
      REASON_fortianalyzer, REASON_fallback_used, REASON_fnac_not_supported,
      REASON_ems_unrecognised}},
    {"pinned_public_key",
     CHECK_SYSTEM,
     {REASON_tls_unknown_authority, REASON_tls_wrong_name, REASON_tls_expired, REASON_tls_weak_key,
      REASON_tls_weak_signature, REASON_tls_certificate_invalid, REASON_tls_pin_mismatch}},
    {"verify_tls", CHECK_COUNT, {REASON_tls_not_verified}},
    {"timeout_s", CHECK_COUNT, {REASON_time_out}},
    {"token",
     CHECK_COUNT,
     {REASON_token_refused, REASON_gate_token_refused, REASON_fnac_token_refused}},
    {"password",
     CHECK_COUNT,
     {REASON_login_refused, REASON_login_refused_letters, REASON_ems_sign_in_refused}},
    {"forticloud_password", CHECK_COUNT, {REASON_forticloud_refused}},
    {"forticloud_user", CHECK_COUNT, {REASON_forticloud_access_denied}},
    {"access_key",
     CHECK_COUNT,
     {REASON_ems_key_refused, REASON_ems_key_id, REASON_ems_key_fortigate}},
    {"adoms", CHECK_COUNT, {REASON_adoms_ignored, REASON_adom_outside}},
    {"device_types", CHECK_COUNT, {REASON_device_type_ignored}},
    {"attributes",
     CHECK_COUNT,
     {REASON_attributes_not_reported, REASON_attributes_not_chosen, REASON_attributes_not_asked,
      REASON_meta_empty}},
    {"enrich", CHECK_COUNT, {REASON_attributes_not_enriched}},
};

const char *check_at_fault(enum check_step step, const struct failure *why)
{
    if (why->field[0] != '\0') {
        return why->field;
    }
    for (size_t i = 0; i < COUNT(AT_FAULT); i++) {
        for (size_t r = 0; AT_FAULT[i].reasons[r] != MESSAGE_NONE; r++) {
            if (AT_FAULT[i].reasons[r] == why->reason) {
                return step <= AT_FAULT[i].last ? AT_FAULT[i].name : NULL;
            }
        }
    }
    return NULL;
}

/* Begins the document of a step. */
static struct buffer *begin(struct operation *operation, enum check_step step,
                            enum check_status status, const struct failure *why)
{
    static const char *const steps[CHECK_COUNT] = {"settings",    "address",   "tls",   "system",
                                                   "credentials", "version",   "adoms", "vdoms",
#define DEVICE_TYPE(name, id, step, preset) step,
#include "catalogue/device_types.def"
#undef DEVICE_TYPE
                                                   "attributes",  "enrichment"};
    static const char *const statuses[] = {"passed", "failed", "warning", "skipped"};
    const char *at_fault = check_at_fault(step, why);
    struct buffer *out = operation_document(operation, "check");

    json_write_string(out, "step", steps[step]);
    json_write_string(out, "status", statuses[status]);
    json_write_string(out, "reason", message_slug(why->reason));
    json_write_string(out, "message", why->message);
    if (at_fault != NULL) {
        json_write_string(out, settings_secret(at_fault) != NULL ? "secret" : "field", at_fault);
    }
    return out;
}

int32_t check_emit_failure(const struct checks *checks, enum check_step step,
                           enum check_status status, const struct failure *why,
                           struct failure *failure)
{
    struct buffer *out = begin(checks->operation, step, status, why);
    struct buffer lines = BUFFER(FGT_CLI_MAX);

    if (checks->write_cli != NULL && checks->write_cli(checks->run, why, &lines)) {
        json_write_lines(out, "console", &lines);
    }
    buffer_release(&lines);
    return operation_emit(checks->operation, failure);
}

/* Begins the document of a step that did not fail. */
static struct buffer *begin_with(struct operation *operation, enum check_step step,
                                 enum check_status status, enum message_id reason,
                                 const char *const *arguments)
{
    struct failure message;

    (void)fail(operation, &message, reason, NULL, arguments);
    return begin(operation, step, status, &message);
}

int32_t check_pass(struct operation *operation, enum check_step step, enum message_id reason,
                   const char *const *arguments, struct failure *failure)
{
    (void)begin_with(operation, step, CHECK_PASSED, reason, arguments);
    return operation_emit(operation, failure);
}

int32_t check_warn(struct operation *operation, enum check_step step, enum message_id reason,
                   const char *const *arguments, struct failure *failure)
{
    (void)begin_with(operation, step, CHECK_WARNING, reason, arguments);
    return operation_emit(operation, failure);
}

int32_t check_skip(struct operation *operation, enum check_step step, enum message_id reason,
                   const char *const *arguments, struct failure *failure)
{
    (void)begin_with(operation, step, CHECK_SKIPPED, reason, arguments);
    return operation_emit(operation, failure);
}

enum check_step check_step_of(enum device_type type)
{
    return (enum check_step)(CHECK_TYPES + (int)type);
}

int32_t check_pass_units(struct operation *operation, enum device_type type, uint64_t units,
                         bool exact, struct failure *failure)
{
    const char *plural = operation_text(operation, device_type_info(type)->plural);
    const struct message_number count = message_number((int64_t)units);
    enum message_id reason = type == FIREWALL ? LABEL_check_devices_ok
                             : units == 0     ? LABEL_check_roster_empty
                             : exact          ? LABEL_check_units_ok
                                              : LABEL_check_roster_ok;
    struct buffer *out =
        begin_with(operation, check_step_of(type), CHECK_PASSED, reason,
                   type == FIREWALL ? ARGUMENTS(count.text) : ARGUMENTS(plural, count.text));

    json_write_integer(out, "units", (int64_t)units);
    json_write_boolean(out, "units_exact", exact || units == 0);
    return operation_emit(operation, failure);
}

int32_t check_skip_type(struct operation *operation, enum device_type type, struct failure *failure)
{
    return check_skip(operation, check_step_of(type), LABEL_check_type_not_chosen,
                      ARGUMENTS(operation_text(operation, device_type_info(type)->plural)),
                      failure);
}

bool check_ends(int32_t code)
{
    return code == HECTOR_CANCELLED || code == HECTOR_HOST || code == HECTOR_NO_MEMORY;
}
