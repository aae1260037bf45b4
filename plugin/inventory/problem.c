/*
 * problem.c - what a user should know about a run: problem documents.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "problem.h"

#include <inttypes.h>
#include <stdio.h>

#include "state.h"
#include "json/json_write.h"

int32_t inventory_problem(struct inventory *inventory, const struct problem *problem,
                          struct failure *failure)
{
    static const char *const severities[] = {"info", "warning", "error"};
    struct buffer *out;
    char message[MESSAGE_MAX], about[MESSAGE_MAX];

    if (inventory->silent || inventory->problems[problem->reason]++ >= PROBLEMS_PER_REASON_MAX) {
        return HECTOR_OK;
    }
    operation_sentence(inventory->operation, message, sizeof(message), problem->reason,
                       problem->arguments);
    secrets_hide(&inventory->operation->secrets, problem->subject, about, sizeof(about));
    out = operation_document(inventory->operation, "problem");
    json_write_string(out, "reason", message_slug(problem->reason));
    json_write_string(out, "severity", severities[problem->severity]);
    json_write_string(out, "subject", about);
    json_write_optional(out, "scope", problem->scope);
    json_write_optional(out, "device_type", problem->device_type);
    json_write_optional(out, "sync_key", problem->sync_key);
    json_write_string(out, "message", message);
    return operation_emit(inventory->operation, failure);
}

int32_t inventory_problem_counts(struct inventory *inventory, struct failure *failure)
{
    for (int i = 1; i < MESSAGE_COUNT; i++) {
        char more[24];
        int32_t code;

        if (inventory->problems[i] <= PROBLEMS_PER_REASON_MAX || i == REASON_problems_not_shown) {
            continue;
        }
        (void)snprintf(more, sizeof(more), "%" PRIu64,
                       inventory->problems[i] - PROBLEMS_PER_REASON_MAX);
        code = inventory_problem(inventory,
                                 PROBLEM(SEVERITY_WARNING, REASON_problems_not_shown,
                                         message_slug((enum message_id)i),
                                         ARGUMENTS(more, message_slug((enum message_id)i))),
                                 failure);
        if (code != HECTOR_OK) {
            return code;
        }
    }
    return HECTOR_OK;
}
