/*
 * result.c - what an EMS says about a call: {"result": {"retval", "message"}, "data"}.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "result.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "json/json_read.h"

#define SERVER_FAILED   (-2)
#define DATABASE_FAILED (-7)

void ems_result_read(const struct ems_session *session, const struct http_reply *reply,
                     struct ems_result *ret)
{
    struct json_object *result = json_member_object(reply->json, "result");
    const char *message = json_member_text(result, "message");

    *ret = (struct ems_result){.found = result != NULL};
    (void)json_member_integer(result, "retval", &ret->retval);
    secrets_copy(&session->operation->secrets, message != NULL ? message : "", ret->message,
                 sizeof(ret->message));
}

struct ems_result_text ems_result_text(const struct ems_result *result)
{
    size_t size = strlen(result->message);
    struct ems_result_text ret;

    while (size > 0 && strchr(". ", result->message[size - 1]) != NULL) {
        size--; /* the sentence has its own end */
    }
    (void)snprintf(ret.text, sizeof(ret.text), size > 0 ? "%" PRId64 " (%.*s)" : "%" PRId64,
                   result->retval, (int)size, result->message);
    return ret;
}

bool ems_result_is_server_error(const struct http_reply *reply, const struct ems_result *result)
{
    return reply->status >= 500 || result->retval == SERVER_FAILED ||
           result->retval == DATABASE_FAILED;
}

int32_t ems_result_fail(const struct ems_session *session, const char *path,
                        const struct http_reply *reply, struct failure *failure)
{
    const struct operation *operation = session->operation;
    const char *origin = session->settings->origin;
    struct ems_result result;
    char detail[160 + sizeof(result.message)];

    ems_result_read(session, reply, &result);
    (void)snprintf(detail, sizeof(detail), "%.100s: HTTP %" PRId32 ", %" PRId64 " %s", path,
                   reply->status, result.retval, result.message);
    if (ems_result_is_server_error(reply, &result)) {
        return fail(operation, failure, REASON_server_error, detail,
                    ARGUMENTS(origin, message_number(reply->status).text));
    }
    if (reply->status == 403 || result.retval == EMS_NO_RIGHT) {
        return fail(operation, failure, REASON_ems_refused, detail, ARGUMENTS(origin, path));
    }
    if (result.found && result.retval != EMS_SUCCESS) {
        return fail(operation, failure, REASON_ems_error, detail,
                    ARGUMENTS(origin, path, ems_result_text(&result).text));
    }
    return ems_result_invalid(session, path, reply->html ? "a web page" : detail, failure);
}

int32_t ems_result_invalid(const struct ems_session *session, const char *path, const char *defect,
                           struct failure *failure)
{
    return fail(session->operation, failure, REASON_ems_reply_invalid, defect,
                ARGUMENTS(session->settings->origin, path));
}
