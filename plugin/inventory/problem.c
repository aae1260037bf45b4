/*
 * problem.c - what a user should know about a run: problem documents.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "problem.h"

#include "json/json_write.h"

int32_t inventory_problem(struct inventory *inventory, const struct problem *problem,
                          struct failure *failure)
{
    static const char *const severities[] = {"info", "warning", "error"};
    char message[MESSAGE_MAX], about[MESSAGE_MAX];

    if (inventory->silent || inventory->problems[problem->reason]++ >= PROBLEMS_PER_REASON_MAX) {
        return HECTOR_OK;
    }
    operation_sentence(inventory->operation, message, sizeof(message), problem->reason,
                       problem->arguments);
    secrets_hide(&inventory->operation->secrets, problem->subject, about, sizeof(about));
    struct buffer *out = operation_document(inventory->operation, "problem");
    json_write_string(out, "reason", message_slug(problem->reason));
    json_write_string(out, "severity", severities[problem->severity]);
    json_write_string(out, "subject", about);
    json_write_optional(out, "scope", problem->scope);
    json_write_optional(out, "device_type", problem->device_type);
    json_write_optional(out, "sync_key", problem->sync_key);
    json_write_string(out, "message", message);
    return operation_emit(inventory->operation, failure);
}
