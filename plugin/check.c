/*
 * check.c - the steps of validate, in their order.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "check.h"

#include <string.h>

#include "json_write.h"

static void write_lines(struct buffer *out, const char *lines)
{
    write_array(out, "console");
    while (*lines != '\0') {
        size_t size = strcspn(lines, "\n");

        write_string_n(out, NULL, lines, size);
        lines += size + (lines[size] == '\n' ? 1 : 0);
    }
    write_array_end(out);
}

static int32_t emit(struct operation *operation, enum check_step step, enum check_status status,
                    enum text_id reason, const char *message, const struct check_units *units,
                    const char *lines, struct failure *reterr)
{
    static const char *const steps[CHECK_COUNT] = {"address",     "tls",      "system",
                                                   "credentials", "version",  "adoms",
                                                   "devices",     "switches", "access_points"};
    static const char *const statuses[] = {"passed", "failed", "warning", "skipped"};
    struct buffer *out = operation_document(operation, "check");

    write_string(out, "step", steps[step]);
    write_string(out, "status", statuses[status]);
    write_string(out, "reason", text_slug(reason));
    write_string(out, "message", message);
    if (units != NULL) {
        write_integer(out, "units", (int64_t)units->units);
        write_boolean(out, "units_exact", units->exact);
    }
    if (lines != NULL) {
        write_lines(out, lines);
    }
    return operation_emit(operation, reterr);
}

int32_t check_emit(struct operation *operation, enum check_step step, enum check_status status,
                   enum text_id reason, const char *const *arguments,
                   const struct check_units *units, struct failure *reterr)
{
    char message[TEXT_MAX];

    operation_sentence(operation, message, sizeof(message), reason, arguments);
    return emit(operation, step, status, reason, message, units, NULL, reterr);
}

int32_t check_emit_failure(struct operation *operation, enum check_step step,
                           enum check_status status, const struct failure *why,
                           struct failure *reterr)
{
    return emit(operation, step, status, why->reason, why->message, NULL, NULL, reterr);
}

int32_t check_emit_console(struct operation *operation, enum check_step step,
                           enum check_status status, const struct failure *why, const char *lines,
                           struct failure *reterr)
{
    return emit(operation, step, status, why->reason, why->message, NULL, lines, reterr);
}

int32_t check_skip_rest(struct operation *operation, enum check_step step, struct failure *reterr)
{
    for (int i = (int)step; i < CHECK_COUNT; i++) {
        int32_t code = check_emit(operation, (enum check_step)i, CHECK_SKIPPED,
                                  TEXT_check_not_reached, NO_ARGUMENTS, NULL, reterr);

        if (code != HECTOR_OK) {
            return code;
        }
    }
    return HECTOR_OK;
}
