/*
 * check.h - the steps of validate, in their order.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CHECK_H
#define CHECK_H

#include "host/operation.h"

enum check_step {
    CHECK_SETTINGS, /* emitted only if a setting is questionable */
    CHECK_ADDRESS,
    CHECK_TLS,
    CHECK_SYSTEM,
    CHECK_CREDENTIALS,
    CHECK_VERSION,
    CHECK_ADOMS,
    CHECK_DEVICES,
    CHECK_SWITCHES,
    CHECK_ACCESS_POINTS,
    CHECK_ATTRIBUTES, /* emitted only if selected attributes stay empty */
    CHECK_COUNT
};

enum check_status { CHECK_PASSED, CHECK_FAILED, CHECK_WARNING, CHECK_SKIPPED };

/* Number of units that a sync would import, and whether it is exact. */
struct check_units {
    uint64_t units;
    bool exact;
};

/*
 * Returns the key of the setting, or the name of the secret, whose value made a step fail: the one
 * that the failure names, else the one that its reason implies; NULL = none. Static, or borrowed
 * from `why`.
 */
const char *check_at_fault(enum check_step step, const struct failure *why);

/*
 * Emits one `check` document, with the setting or secret at fault if the reason implies one.
 * `units` may be NULL. Errors of operation_emit(), as for all functions here.
 */
int32_t check_emit(struct operation *operation, enum check_step step, enum check_status status,
                   enum message_id reason, const char *const *arguments,
                   const struct check_units *units, struct failure *failure);

/* Emits one `check` document with the message of a failure. */
int32_t check_emit_failure(struct operation *operation, enum check_step step,
                           enum check_status status, const struct failure *why,
                           struct failure *failure);

/*
 * Emits one `check` document with the message of a failure and a CLI snippet that would cure it,
 * without a final line end; `lines` NULL = none.
 */
int32_t check_emit_cli(struct operation *operation, enum check_step step, enum check_status status,
                       const struct failure *why, const struct buffer *lines,
                       struct failure *failure);

/* Reports the steps from `step` on as not reached, except CHECK_ATTRIBUTES, which is optional. */
int32_t check_skip_rest(struct operation *operation, enum check_step step, struct failure *failure);
#endif
