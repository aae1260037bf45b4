/*
 * check.h - the steps of validate, in their order.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CHECK_H
#define CHECK_H

#include "host/operation.h"

enum check_step {
    CHECK_SETTINGS, /* emitted only where something is odd about them */
    CHECK_ADDRESS,
    CHECK_TLS,
    CHECK_SYSTEM,
    CHECK_CREDENTIALS,
    CHECK_VERSION,
    CHECK_ADOMS,
    CHECK_DEVICES,
    CHECK_SWITCHES,
    CHECK_ACCESS_POINTS,
    CHECK_ATTRIBUTES, /* emitted only where some that are ticked stay empty */
    CHECK_COUNT
};

enum check_status { CHECK_PASSED, CHECK_FAILED, CHECK_WARNING, CHECK_SKIPPED };

/* How many units a sync would import: the number, and whether it is exact. */
struct check_units {
    uint64_t units;
    bool exact;
};

/*
 * The key of the setting, or the name of the secret, whose value made a step fail: the failure's
 * own, or what its reason stands for; NULL = none. Static, or a text of `why`.
 */
const char *check_at_fault(enum check_step step, const struct failure *why);

/*
 * Emits one `check` document, with the setting or secret at fault where the reason stands for one.
 * `units` may be NULL.
 */
int32_t check_emit(struct operation *operation, enum check_step step, enum check_status status,
                   enum text_id reason, const char *const *arguments,
                   const struct check_units *units, struct failure *reterr);

/* The same with a sentence that stands already in a failure. */
int32_t check_emit_failure(struct operation *operation, enum check_step step,
                           enum check_status status, const struct failure *why,
                           struct failure *reterr);

/*
 * The same, with CLI text for the appliance that would cure it, without a line end behind the last
 * line; NULL = none.
 */
int32_t check_emit_console(struct operation *operation, enum check_step step,
                           enum check_status status, const struct failure *why,
                           const struct buffer *lines, struct failure *reterr);

/* Says of all steps from `step` on that are always there that they were not reached. */
int32_t check_skip_rest(struct operation *operation, enum check_step step, struct failure *reterr);
#endif
