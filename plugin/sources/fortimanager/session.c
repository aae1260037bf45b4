/*
 * session.c - what both ways to open a session share.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "session.h"

#include <string.h>

#include "envelope.h"

int32_t fmg_session_password(struct rpc *rpc, const char *name, struct buffer *ret,
                             struct failure *failure)
{
    int32_t code = operation_secret(rpc->operation, name, ret, failure);

    if (code == HECTOR_OK && ret->size == 0) {
        code = fail_field(rpc->operation, failure, name, REASON_password_missing,
                          ARGUMENTS(settings_account(rpc->settings), name));
    }
    return code;
}

int32_t fmg_session_send(struct rpc *rpc, const char *path, struct buffer *body,
                         struct http_reply *ret, struct failure *failure)
{
    bool complete = body->state == BUFFER_OK;
    int32_t code = fmg_envelope_send(rpc, (struct http_request){.path = path, .has_grace = true},
                                     body, ret, failure);

    /* A cancel, the deadline and an unreadable answer may come after the login was sent. */
    if (code != HECTOR_OK &&
        (failure->reason == REASON_connection_broken ||
         failure->reason == REASON_plain_http_unanswered || failure->reason == REASON_time_out ||
         failure->reason == REASON_reply_too_large || failure->reason == REASON_reply_unreadable ||
         failure->reason == REASON_cancelled || failure->reason == REASON_deadline_passed ||
         (failure->cause == HECTOR_NO_MEMORY && complete && http_answered(rpc->http)))) {
        rpc->login_lost = true;
    }
    return code;
}

int32_t fmg_session_keep(struct rpc *rpc, const char *session, const char *url,
                         struct failure *failure)
{
    if (session == NULL || *session == '\0' || strlen(session) > HECTOR_SECRET_MAX) {
        rpc->login_lost = true;
        return fmg_envelope_invalid(rpc, url, "no session", failure);
    }
    buffer_append_text(&rpc->session, session);
    rpc->logged_in = true;
    secrets_add(&rpc->operation->secrets, session);
    return fail_buffer(rpc->operation, failure, &rpc->operation->secrets.texts);
}
