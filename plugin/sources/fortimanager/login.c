/*
 * login.c - logs in to a FortiManager, and logs out.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "login.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "envelope.h"
#include "sources/forticloud/oauth.h"
#include "json/json_read.h"
#include "json/json_write.h"

#define LOGIN_URL  "/sys/login/user"
#define CLOUD_PATH "/p/forticloud_jsonrpc_login/"

/* FortiManager's default idle time-out of an API session. */
#define IDLE_TIMEOUT_S 900

/* ---- what both ways to open a session share */

/*
 * Sends a login to `path`; else as rest_post(). Sets rpc->login_lost if a login that failed
 * may still have opened a session.
 */
static int32_t send_login(struct rpc *rpc, const char *path, struct buffer *body,
                          struct http_reply *ret, struct failure *failure)
{
    bool complete = body->state == BUFFER_OK;
    int32_t code = rest_post(&rpc->rest, (struct http_request){.path = path, .has_grace = true},
                             body, ret, failure);

    /* A cancel, the deadline and an unreadable answer may come after the login was sent. */
    if (code != HECTOR_OK &&
        (failure->reason == REASON_connection_broken ||
         failure->reason == REASON_plain_http_unanswered || failure->reason == REASON_time_out ||
         failure->reason == REASON_reply_too_large || failure->reason == REASON_reply_unreadable ||
         failure->reason == REASON_cancelled || failure->reason == REASON_deadline_passed ||
         (failure->cause == HECTOR_NO_MEMORY && complete && http_answered(rpc->rest.http)))) {
        rpc->login_lost = true;
    }
    return code;
}

/*
 * Keeps the session id from the answer of `url`. DATA (reply_invalid) if it is missing or too long.
 */
static int32_t keep_session(struct rpc *rpc, const struct http_reply *reply, const char *url,
                            struct failure *failure)
{
    const char *session = json_member_text(reply->json, "session");

    if (session == NULL || *session == '\0' || strlen(session) > HECTOR_SECRET_MAX) {
        rpc->login_lost = true;
        return fmg_envelope_invalid(rpc, url, "no session", failure);
    }
    buffer_append_text(&rpc->session, session);
    rpc->logged_in = true;
    secrets_add(&rpc->operation->secrets, session);
    return fail_buffer(rpc->operation, failure, &rpc->operation->secrets.texts);
}

/* ---- user and password */

/* Whether a message says that all sessions are in use; the code for that is not documented. */
static bool says_sessions_taken(const char *message)
{
    static const char *const what[] = {"session", "login", "logon", "logged in", "administrators"};
    static const char *const how[] = {"too many", "max", "limit", "exceed"};
    bool about = false, full = false;

    for (size_t i = 0; i < sizeof(what) / sizeof(what[0]); i++) {
        about = about || strcasestr(message, what[i]) != NULL;
    }
    for (size_t i = 0; i < sizeof(how) / sizeof(how[0]); i++) {
        full = full || strcasestr(message, how[i]) != NULL;
    }
    return about && full;
}

/* Turns a refused login into a failure. `ascii`: whether the password is ASCII only. */
static int32_t fail_login(struct rpc *rpc, const struct rpc_param *row, bool ascii,
                          struct failure *failure)
{
    bool taken = says_sessions_taken(row->message);
    enum message_id reason = taken ? REASON_login_sessions_taken : REASON_login_other;
    char detail[160];

    if (row->code == RPC_NO_PERMISSION) {
        reason = REASON_login_no_api_access;
    } else if (row->code == RPC_LOGIN_FAIL) {
        reason = ascii ? REASON_login_refused : REASON_login_refused_letters;
    }
    (void)snprintf(detail, sizeof(detail), LOGIN_URL ": %" PRId32 " %s", row->code, row->message);
    (void)fail(rpc->operation, failure, reason, detail,
               ARGUMENTS(rpc->settings->username, rpc->settings->origin,
                         message_number(row->code).text, row->message));
    failure->retry_after_s = reason == REASON_login_sessions_taken ? IDLE_TIMEOUT_S : 0;
    return failure->cause;
}

static int32_t login_user(struct rpc *rpc, struct failure *failure)
{
    struct buffer password = BUFFER(HECTOR_SECRET_MAX), data = BUFFER(REQUEST_BODY_MAX), body;
    struct rpc_param row = {.url = LOGIN_URL}, *rows[] = {&row};
    struct http_reply reply;
    int32_t code = operation_secret(rpc->operation, "password", &password, failure);

    if (code == HECTOR_OK && password.size == 0) {
        code = fail_field(rpc->operation, failure, "password", REASON_password_missing,
                          ARGUMENTS(rpc->settings->username, "password"));
    }
    if (code != HECTOR_OK) {
        goto out;
    }
    json_write_object(&data, "data");
    json_write_string(&data, "user", rpc->settings->username);
    json_write_string(&data, "passwd", buffer_text(&password));
    json_write_object_end(&data);
    row.rest = buffer_text(&data);
    if ((code = fail_buffer(rpc->operation, failure, &data)) != HECTOR_OK) {
        goto out;
    }
    body = fmg_envelope_request(rpc, "exec", rows, 1);
    if ((code = send_login(rpc, "/jsonrpc", &body, &reply, failure)) != HECTOR_OK) {
        goto out;
    }
    const char *wrong = fmg_envelope_read(rpc, &reply, rows, 1);
    if (fmg_envelope_refused(&reply)) {
        row.code = RPC_LOGIN_FAIL;
    }
    if (wrong != NULL) {
        rpc->login_lost = true;
        code = fmg_envelope_fail(rpc, reply.status, LOGIN_URL,
                                 reply.status >= 500 ? LOGIN_URL : wrong, failure);
    } else if (row.code != RPC_OK) {
        code = fail_login(rpc, &row, utf8_is_ascii(password.data, password.size), failure);
    } else {
        code = keep_session(rpc, &reply, LOGIN_URL, failure);
    }
    json_object_put(row.data);
    http_reply_release(&reply);
out:
    buffer_release_secret(&password);
    buffer_release_secret(&data);
    return code;
}

/* ---- FortiManager Cloud: FortiCloud's token, which the FortiManager exchanges for a session */

/* The answer to the token is the session alone, without the JSON-RPC envelope. */
static int32_t login_cloud(struct rpc *rpc, struct failure *failure)
{
    struct forticloud_token token = {BUFFER(HECTOR_SECRET_MAX), 0};
    struct buffer body = BUFFER(REQUEST_BODY_MAX);
    struct http_reply reply;
    char detail[64];
    int32_t code = forticloud_login(rpc->operation, rpc->settings, "FortiManager", &token, failure);

    if (code != HECTOR_OK) {
        goto out;
    }
    json_write_object(&body, NULL);
    json_write_string(&body, "access_token", buffer_text(&token.text));
    json_write_object_end(&body);
    if ((code = send_login(rpc, CLOUD_PATH, &body, &reply, failure)) != HECTOR_OK) {
        goto out;
    }
    (void)snprintf(detail, sizeof(detail), CLOUD_PATH ": HTTP %" PRId32, reply.status);
    if (reply.status >= 500) {
        rpc->login_lost = true;
        code = fmg_envelope_fail(rpc, reply.status, CLOUD_PATH, CLOUD_PATH, failure);
    } else if (reply.json != NULL && json_member(reply.json, "session") == NULL) {
        code = fail(rpc->operation, failure, REASON_cloud_refused, detail,
                    ARGUMENTS(rpc->settings->forticloud_user, rpc->settings->origin));
    } else {
        code = keep_session(rpc, &reply, CLOUD_PATH, failure);
    }
    http_reply_release(&reply);
out:
    buffer_release_secret(&token.text);
    return code;
}

/* ---- both */

int32_t fmg_login_send(struct rpc *rpc, struct failure *failure)
{
    /*
     * Reserve the memory for the session id first: without the id, the session could not be closed.
     */
    operation_progress(rpc->operation, PHASE_login, 0, 0);
    buffer_clear(&rpc->session);
    if (!buffer_reserve(&rpc->session, HECTOR_SECRET_MAX)) {
        return fail_memory(rpc->operation, failure);
    }
    return rpc->settings->is_cloud ? login_cloud(rpc, failure) : login_user(rpc, failure);
}

void fmg_logout_send(struct rpc *rpc)
{
    struct rpc_param param = {.url = "/sys/logout"}, *params[] = {&param};
    struct http_request request = {.path = "/jsonrpc", .has_grace = true};
    struct http_reply reply;
    struct failure why;
    int32_t code = HECTOR_NO_MEMORY;

    /* The run has released most of its memory by now: a second try may succeed. */
    for (int try = 1; try <= LOGOUT_TRIES_MAX && code == HECTOR_NO_MEMORY; try++) {
        struct buffer body = fmg_envelope_request(rpc, "exec", params, 1);

        code = rest_post(&rpc->rest, request, &body, &reply, &why);
    }
    if (code == HECTOR_OK) {
        http_reply_release(&reply);
    } else {
        operation_log(rpc->operation, HECTOR_LOG_WARNING, "logout failed: %s %s",
                      message_slug(why.reason), why.detail);
    }
    rpc->logged_in = false;
}
