/*
 * api.c - a GET request to an EMS: pace, a session that ended, errors.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "api.h"

#include <stdio.h>
#include <string.h>

#include "host/repeat.h"
#include "login.h"
#include "result.h"
#include "json/json_read.h"

/* What precedes each path in EMS Cloud. */
#define CLOUD_LEAD "/fct/api/public/v1/ems_api"

void ems_api_release(struct ems_answer *answer)
{
    http_reply_release(&answer->reply);
    answer->data = NULL;
}

/* Waits until the next call may begin. */
static int32_t wait_turn(struct ems_session *session, struct failure *failure)
{
    int64_t wait_ms = session->next_ms - clock_ms();

    if (wait_ms <= 0) {
        return operation_check(session->operation, failure);
    }
    int32_t code = operation_pause(session->operation, (int32_t)wait_ms, failure);
    operation_wait_end(session->operation);
    return code;
}

static int32_t send_call(struct ems_session *session, const struct buffer *url,
                         struct http_reply *ret, struct failure *failure)
{
    struct buffer whole = BUFFER(URL_MAX);
    int32_t code = wait_turn(session, failure);

    if (code == HECTOR_OK) {
        buffer_append_text(&whole, session->settings->is_ems_cloud ? CLOUD_LEAD : "");
        buffer_append_text(&whole, buffer_text(url));
        session->next_ms = clock_ms() + session->operation->limits->ems_call_ms;
        code = rest_get(&session->rest, &whole, ret, failure);
    }
    buffer_release(&whole);
    return code;
}

/* Opens another session in place of one that ended. */
static int32_t renew(struct ems_session *session, struct failure *failure)
{
    if (!session->answered || session->renewals >= EMS_RENEWALS_MAX) {
        return fail(session->operation, failure, REASON_ems_session_refused, NULL,
                    ARGUMENTS(session->settings->origin));
    }
    session->renewals++;
    repeat_reading(session->operation, HECTOR_LOG_WARNING, "the session ended; signing in again");
    ems_sign_out(session); /* what ended it is not known: it may still be open */
    return ems_sign_in(session, failure);
}

/* Finds the data of a reply; one of a version has no result. */
static int32_t check_reply(const struct ems_session *session, const char *path,
                           const struct ems_result *result, struct ems_answer *answer,
                           struct failure *failure)
{
    answer->not_found = answer->reply.status == 404;
    if (answer->not_found) {
        return HECTOR_OK;
    }
    answer->data = json_member(answer->reply.json, "data");
    return answer->reply.status == 200 &&
                   (result->retval == EMS_SUCCESS || (!result->found && answer->data != NULL))
               ? HECTOR_OK
               : ems_result_fail(session, path, &answer->reply, failure);
}

int32_t ems_api_get(struct ems_session *session, const struct buffer *url, struct ems_answer *ret,
                    struct failure *failure)
{
    char path[96];
    int32_t code = fail_buffer(session->operation, failure, url);

    *ret = (struct ems_answer){.data = NULL};
    (void)snprintf(path, sizeof(path), "%.*s", (int)strcspn(buffer_text(url), "?"),
                   buffer_text(url));
    while (code == HECTOR_OK) {
        struct ems_result result;

        if ((code = send_call(session, url, &ret->reply, failure)) != HECTOR_OK) {
            return code;
        }
        ems_result_read(session, &ret->reply, &result);
        if (ret->reply.status != 401 && result.retval != EMS_NO_SESSION) {
            session->answered = true;
            code = check_reply(session, path, &result, ret, failure);
            break;
        }
        ems_api_release(ret);
        code = renew(session, failure);
    }
    if (code != HECTOR_OK) {
        ems_api_release(ret);
    }
    return code;
}
