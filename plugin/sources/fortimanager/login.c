/*
 * login.c - logs in to a FortiManager with user and password, and logs out.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "login.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "cloud.h"
#include "envelope.h"
#include "session.h"
#include "json/json_read.h"
#include "json/json_write.h"

#define LOGIN_URL "/sys/login/user"

/* FortiManager's default idle time-out of an API session. */
#define IDLE_TIMEOUT_S 900

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
    char number[16], detail[160];

    if (row->code == RPC_NO_PERMISSION) {
        reason = REASON_login_no_api_access;
    } else if (row->code == RPC_LOGIN_FAIL) {
        reason = ascii ? REASON_login_refused : REASON_login_refused_letters;
    }
    (void)snprintf(number, sizeof(number), "%" PRId32, row->code);
    (void)snprintf(detail, sizeof(detail), LOGIN_URL ": %s %s", number, row->message);
    (void)fail(rpc->operation, failure, reason, detail,
               ARGUMENTS(rpc->settings->username, rpc->settings->origin, number, row->message));
    failure->retry_after_s = reason == REASON_login_sessions_taken ? IDLE_TIMEOUT_S : 0;
    return failure->cause;
}

/* Writes a request of the method exec for one URL; `password` (may be NULL): with credentials. */
static void write_exec(struct rpc *rpc, struct buffer *body, const char *url,
                       const struct buffer *password)
{
    fmg_envelope_head(rpc, body, "exec");
    json_write_object(body, NULL);
    json_write_string(body, "url", url);
    if (password != NULL) {
        json_write_object(body, "data");
        json_write_string(body, "user", rpc->settings->username);
        json_write_string(body, "passwd", buffer_text(password));
        json_write_object_end(body);
    }
    json_write_object_end(body);
    fmg_envelope_tail(rpc, body);
}

static int32_t user_login(struct rpc *rpc, struct failure *failure)
{
    struct buffer body = BUFFER(REQUEST_BODY_MAX), password = BUFFER(HECTOR_SECRET_MAX);
    struct rpc_param row = {0}, *rows[] = {&row};
    struct http_reply reply;
    const char *wrong;
    bool ascii;
    int32_t code = fmg_session_password(rpc, "password", &password, failure);

    if (code == HECTOR_OK) {
        write_exec(rpc, &body, LOGIN_URL, &password);
    }
    ascii = utf8_is_ascii(password.data, password.size);
    buffer_release_secret(&password);
    if (code != HECTOR_OK ||
        (code = fmg_session_send(rpc, "/jsonrpc", &body, &reply, failure)) != HECTOR_OK) {
        return code;
    }
    wrong = fmg_envelope_read(rpc, &reply, rows, 1);
    if (fmg_envelope_refused(&reply)) {
        row.code = RPC_LOGIN_FAIL;
    }
    if (wrong != NULL) {
        rpc->login_lost = true;
        code = reply.status >= 500
                   ? fmg_envelope_server_error(rpc, reply.status, LOGIN_URL, failure)
                   : fmg_envelope_invalid(rpc, LOGIN_URL, wrong, failure);
    } else if (row.code != RPC_OK) {
        code = fail_login(rpc, &row, ascii, failure);
    } else {
        code = fmg_session_keep(rpc, json_member_text(reply.json, "session"), LOGIN_URL, failure);
    }
    json_object_put(row.data);
    http_reply_release(&reply);
    return code;
}

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
    return rpc->settings->forticloud_user != NULL ? fmg_cloud_login(rpc, failure)
                                                  : user_login(rpc, failure);
}

static int32_t try_logout(struct rpc *rpc, struct failure *failure)
{
    struct buffer body = BUFFER(REQUEST_BODY_MAX);
    struct http_reply reply;
    int32_t code;

    write_exec(rpc, &body, "/sys/logout", NULL);
    code = fmg_envelope_send(rpc, (struct http_request){.path = "/jsonrpc", .has_grace = true},
                             &body, &reply, failure);
    if (code == HECTOR_OK) {
        http_reply_release(&reply);
    }
    return code;
}

void fmg_logout_send(struct rpc *rpc)
{
    struct failure failure;
    int32_t code = try_logout(rpc, &failure);

    /* The run has released most of its memory by now: a second try may succeed. */
    if (code == HECTOR_NO_MEMORY) {
        code = try_logout(rpc, &failure);
    }
    if (code != HECTOR_OK) {
        operation_log(rpc->operation, HECTOR_LOG_WARNING, "logout failed: %s %s",
                      message_slug(failure.reason), failure.detail);
    }
    rpc->logged_in = false;
}
