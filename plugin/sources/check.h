/*
 * check.h - the steps of validate, in their order.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CHECK_H
#define CHECK_H

#include "catalogue/device_types.h"
#include "host/operation.h"

enum check_step {
    CHECK_SETTINGS, /* emitted only if a setting is questionable */
    CHECK_ADDRESS,
    CHECK_TLS,
    CHECK_SYSTEM,
    CHECK_CREDENTIALS,
    CHECK_VERSION,
    CHECK_ADOMS, /* of a FortiManager */
    CHECK_VDOMS, /* of a FortiGate */
    CHECK_TYPES, /* the first of one step for each device type, in the order of enum device_type */
    CHECK_ATTRIBUTES = CHECK_TYPES + DEVICE_TYPE_COUNT, /* only if selected ones stay empty */
    CHECK_ENRICHMENT,                                   /* one for each that the settings choose */
    CHECK_COUNT
};

enum check_status { CHECK_PASSED, CHECK_FAILED, CHECK_WARNING, CHECK_SKIPPED };

/*
 * Returns the key of the setting, or the name of the secret, whose value made a step fail: the one
 * that the failure names, else the one that its reason implies; NULL = none. Static, or borrowed
 * from `why`.
 */
const char *check_at_fault(enum check_step step, const struct failure *why);

/* Returns the step that checks the units of a type. */
enum check_step check_step_of(enum device_type type);

/*
 * Each emits one `check` document for a step that passed, passed with a warning, or was skipped.
 * Errors of operation_emit(), as for all functions here.
 */
int32_t check_pass(struct operation *operation, enum check_step step, enum message_id reason,
                   const char *const *arguments, struct failure *failure);
int32_t check_warn(struct operation *operation, enum check_step step, enum message_id reason,
                   const char *const *arguments, struct failure *failure);
int32_t check_skip(struct operation *operation, enum check_step step, enum message_id reason,
                   const char *const *arguments, struct failure *failure);

/*
 * Emits the step of a device type as passed, with the number of units that a sync would import: the
 * exact number, or an upper bound.
 */
int32_t check_pass_units(struct operation *operation, enum device_type type, uint64_t units,
                         bool exact, struct failure *failure);

/* Emits the step of a device type as skipped, because the settings do not choose the type. */
int32_t check_skip_type(struct operation *operation, enum device_type type,
                        struct failure *failure);

/* What the checks that did not pass have in common. */
struct checks {
    struct operation *operation;
    /*
     * Appends the CLI snippet that would cure the failure, without a final line end; false if there
     * is none. NULL = there never is.
     */
    bool (*write_cli)(const void *run, const struct failure *why, struct buffer *out);
    const void *run;
};

/*
 * Emits one `check` document with the message of a failure, the setting or secret at fault, and the
 * CLI snippet.
 */
int32_t check_emit_failure(const struct checks *checks, enum check_step step,
                           enum check_status status, const struct failure *why,
                           struct failure *failure);

/* Whether a code ends a validation without further checks: CANCELLED, HOST or NO_MEMORY. */
bool check_ends(int32_t code);
#endif
