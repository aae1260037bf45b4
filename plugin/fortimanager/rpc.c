/*
 * rpc.c - FortiManager's JSON-RPC: login, envelope, refusals and repeats.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "rpc.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "json_read.h"
#include "json_write.h"

#define URLS_MAX    64 /* urls in one request */
#define RELOGIN_MAX 2  /* of one run */
#define KEY_TRIES   2  /* further tries of a refused key */

/* ---- the envelope */

static void write_param(struct buffer *body, const struct rpc_param *param, bool with_fields)
{
    write_object(body, NULL);
    write_string(body, "url", param->url);
    if (with_fields && param->fields != NULL) {
        write_json(body, "fields", param->fields);
    }
    if (param->rest != NULL) {
        buffer_append_text(body, ",");
        buffer_append_text(body, param->rest);
    }
    write_object_end(body);
}

/* Names instead of numbers, whose meaning differs by version (verbose). */
static void write_tail(struct rpc *rpc, struct buffer *body)
{
    write_array_end(body);
    write_integer(body, "verbose", 1);
    if (rpc->session.size > 0) {
        write_string(body, "session", buffer_text(&rpc->session));
    }
    write_object_end(body);
}

static void write_head(struct rpc *rpc, struct buffer *body, const char *method)
{
    write_object(body, NULL);
    write_integer(body, "id", ++rpc->last_id);
    write_string(body, "method", method);
    write_array(body, "params");
}

static int32_t invalid(const struct rpc *rpc, const char *what, const char *detail,
                       struct failure *reterr)
{
    return fail(rpc->operation, reterr, HECTOR_DATA, TEXT_reply_invalid, detail,
                ARGUMENTS(rpc->settings->origin, what));
}

/* Sends the body, wipes it, and hands out the reply's tree. */
static int32_t transfer(struct rpc *rpc, struct buffer *body, bool polite, bool repeatable,
                        struct http_reply *ret, struct failure *reterr)
{
    struct http_request request = {
        .path = "/jsonrpc",
        .repeatable = repeatable,
        .polite = polite,
        .bearer = rpc->token.size > 0 ? buffer_text(&rpc->token) : NULL,
    };
    int32_t code = fail_buffer(rpc->operation, reterr, body);

    if (code == HECTOR_OK) {
        request.body = body->data;
        request.body_size = body->size;
        code = http_exchange(rpc->http, &request, ret, reterr);
    }
    buffer_release_secret(body);
    return code;
}

/* The row of the `i`-th url. Old versions and some exec urls give one object for one url. */
static struct json_object *reply_row(struct json_object *reply, size_t i)
{
    struct json_object *result = json_member(reply, "result");

    if (json_object_is_type(result, json_type_array)) {
        return json_element(result, i);
    }
    return i == 0 ? result : NULL;
}

/* A row's status. False when it has none. */
static bool read_status(struct json_object *row, struct rpc_param *param)
{
    struct json_object *status = json_member_object(row, "status");
    const char *message = json_member_text(status, "message");
    int64_t code;

    if (!json_member_integer(status, "code", &code) || code < INT32_MIN || code > INT32_MAX) {
        return false;
    }
    param->code = (int32_t)code;
    message = message != NULL ? message : "";
    text_copy(param->message, sizeof(param->message), message, strlen(message));
    return true;
}

/* Spreads a reply over the urls that were asked. NULL when it is sound, else what is wrong. */
static const char *read_reply(struct rpc *rpc, const struct http_reply *reply,
                              struct rpc_param **params, size_t count)
{
    struct json_object *result = json_member(reply->json, "result");
    int64_t id;

    if (json_member_integer(reply->json, "id", &id) && id != rpc->last_id) {
        return "an answer to another request";
    }
    if (json_object_is_type(result, json_type_array) && json_count(result) != count) {
        return "more or fewer rows than urls";
    }
    for (size_t i = 0; i < count; i++) {
        struct json_object *row = reply_row(reply->json, i);

        if (!read_status(row, params[i])) {
            return "a row without status";
        }
    }
    for (size_t i = 0; i < count; i++) {
        json_object_put(params[i]->data);
        params[i]->data = json_object_get(json_member(reply_row(reply->json, i), "data"));
    }
    return NULL;
}

/* A web server's refusal counts as one by FortiManager: all urls are refused. */
static bool http_refused(const struct http_reply *reply)
{
    return reply->status == 401 || reply->status == 403;
}

static void refuse_all(struct rpc_param **params, size_t count, int32_t status)
{
    for (size_t i = 0; i < count; i++) {
        params[i]->code = RPC_NO_PERMISSION;
        (void)snprintf(params[i]->message, sizeof(params[i]->message), "HTTP %d", (int)status);
    }
}

/*
 * One request for some urls, sent again where the answer is no JSON-RPC at all.
 */
static int32_t exchange(struct rpc *rpc, struct rpc_param **params, size_t count, bool with_fields,
                        struct failure *reterr)
{
    const char *wrong = NULL;
    char detail[160] = "";

    for (int32_t attempt = 0; attempt < rpc->operation->limits->attempts; attempt++) {
        struct buffer body = BUFFER(REQUEST_BODY_MAX);
        struct http_reply reply;
        int32_t code = HECTOR_OK;

        if (attempt > 0) {
            rpc->operation->repeats++;
            code = operation_pause(rpc->operation, rpc->operation->limits->backoff_ms << attempt,
                                   reterr);
        }
        if (code != HECTOR_OK) {
            return code;
        }
        write_head(rpc, &body, "get");
        for (size_t i = 0; i < count; i++) {
            write_param(&body, params[i], with_fields);
        }
        write_tail(rpc, &body);
        code = transfer(rpc, &body, false, true, &reply, reterr);
        if (code != HECTOR_OK) {
            return code;
        }
        wrong = NULL;
        if (http_refused(&reply)) {
            refuse_all(params, count, reply.status);
        } else {
            wrong = reply.json == NULL ? "no JSON" : read_reply(rpc, &reply, params, count);
        }
        (void)snprintf(detail, sizeof(detail), "HTTP %d, %s: %s", (int)reply.status,
                       reply.content_type, wrong != NULL ? wrong : "");
        http_reply_release(&reply);
        if (wrong == NULL) {
            return HECTOR_OK;
        }
    }
    return invalid(rpc, params[0]->url, detail, reterr);
}

/* ---- login and logout */

static int32_t login_refused(struct rpc *rpc, const struct rpc_param *row, struct failure *reterr)
{
    char number[16], detail[160];

    (void)snprintf(number, sizeof(number), "%" PRId32, row->code);
    (void)snprintf(detail, sizeof(detail), "/sys/login/user: %s %s", number, row->message);
    if (row->code == RPC_NO_PERMISSION) {
        return fail(rpc->operation, reterr, HECTOR_PERMISSION, TEXT_login_no_api_access, detail,
                    ARGUMENTS(rpc->settings->username, rpc->settings->origin));
    }
    if (row->code == RPC_LOGIN_FAIL) {
        return fail(rpc->operation, reterr, HECTOR_AUTH, TEXT_login_refused, detail,
                    ARGUMENTS(rpc->settings->username, rpc->settings->origin));
    }
    return fail(rpc->operation, reterr, HECTOR_AUTH, TEXT_login_other, detail,
                ARGUMENTS(rpc->settings->username, rpc->settings->origin, number, row->message));
}

/* Never repeated with refused credentials: that locks the source address out. */
static int32_t login(struct rpc *rpc, struct failure *reterr)
{
    struct buffer body = BUFFER(REQUEST_BODY_MAX), password = BUFFER(HECTOR_SECRET_MAX);
    struct rpc_param row = {0}, *rows[] = {&row};
    struct http_reply reply;
    const char *session, *wrong;
    int32_t code = operation_secret(rpc->operation, "password", &password, reterr);

    if (code == HECTOR_OK && password.size == 0) {
        code = fail(rpc->operation, reterr, HECTOR_CONFIG, TEXT_password_missing, NULL,
                    ARGUMENTS(rpc->settings->username));
        text_copy(reterr->field, sizeof(reterr->field), "password", strlen("password"));
    }
    if (code != HECTOR_OK) {
        buffer_release_secret(&password);
        return code;
    }
    buffer_clear(&rpc->session);
    write_head(rpc, &body, "exec");
    write_object(&body, NULL);
    write_string(&body, "url", "/sys/login/user");
    write_object(&body, "data");
    write_string(&body, "user", rpc->settings->username);
    write_string(&body, "passwd", buffer_text(&password));
    write_object_end(&body);
    write_object_end(&body);
    write_tail(rpc, &body);
    buffer_release_secret(&password);

    code = transfer(rpc, &body, true, false, &reply, reterr);
    if (code != HECTOR_OK) {
        rpc->login_lost =
            reterr->reason == TEXT_connection_broken || reterr->reason == TEXT_time_out;
        return code;
    }
    wrong = http_refused(&reply) ? NULL : read_reply(rpc, &reply, rows, 1);
    session = json_member_text(reply.json, "session");
    if (http_refused(&reply)) {
        refuse_all(rows, 1, reply.status);
        row.code = RPC_LOGIN_FAIL;
    }
    if (wrong != NULL) {
        rpc->login_lost = true;
        code = invalid(rpc, "/sys/login/user", wrong, reterr);
    } else if (row.code != RPC_OK) {
        code = login_refused(rpc, &row, reterr);
    } else if (session == NULL || *session == '\0' || strlen(session) > HECTOR_SECRET_MAX) {
        rpc->login_lost = true;
        code = invalid(rpc, "/sys/login/user", "no session", reterr);
    } else {
        buffer_append_text(&rpc->session, session);
        code = fail_buffer(rpc->operation, reterr, &rpc->session);
        rpc->logged_in = code == HECTOR_OK;
    }
    json_object_put(row.data);
    http_reply_release(&reply);
    return code;
}

static void logout(struct rpc *rpc)
{
    struct buffer body = BUFFER(REQUEST_BODY_MAX);
    struct http_reply reply;
    struct failure ignored;

    write_head(rpc, &body, "exec");
    write_object(&body, NULL);
    write_string(&body, "url", "/sys/logout");
    write_object_end(&body);
    write_tail(rpc, &body);
    /* A session that cannot be closed ends by itself, after FortiManager's idle time-out. */
    if (transfer(rpc, &body, true, false, &reply, &ignored) == HECTOR_OK) {
        http_reply_release(&reply);
    } else {
        operation_log(rpc->operation, HECTOR_LOG_WARNING, "logout failed: %s", ignored.detail);
    }
    rpc->logged_in = false;
}

int32_t rpc_open(struct rpc *rpc, struct operation *operation, const struct settings *settings,
                 struct http *http, struct failure *reterr)
{
    enum text_id wrong = TEXT_COUNT;
    int32_t code;

    *rpc = (struct rpc){.operation = operation,
                        .settings = settings,
                        .http = http,
                        .token = BUFFER(HECTOR_SECRET_MAX),
                        .session = BUFFER(HECTOR_SECRET_MAX)};
    code = operation_secret(operation, "token", &rpc->token, reterr);
    if (code != HECTOR_OK) {
        return code;
    }
    if (rpc->token.size > 0 && settings->username != NULL) {
        wrong = TEXT_credentials_both;
    } else if (rpc->token.size == 0 && settings->username == NULL) {
        wrong = TEXT_credentials_missing;
    }
    if (wrong != TEXT_COUNT) {
        code = fail(operation, reterr, HECTOR_CONFIG, wrong, NULL, NO_ARGUMENTS);
        text_copy(reterr->field, sizeof(reterr->field), "token", strlen("token"));
        return code;
    }
    return rpc->token.size > 0 ? HECTOR_OK : login(rpc, reterr);
}

void rpc_close(struct rpc *rpc)
{
    if (rpc->logged_in) {
        logout(rpc);
    }
    buffer_release_secret(&rpc->token);
    buffer_release_secret(&rpc->session);
}

/* ---- refusals and repeats */

static bool any_answered(struct rpc_param **params, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (params[i]->code != RPC_NO_PERMISSION) {
            return true;
        }
    }
    return false;
}

/* The lightest url that is known to work tells later whether the session still lives. */
static void remember_alive(struct rpc *rpc, struct rpc_param **params, size_t count)
{
    static const char *const light[] = {"/sys/session", "/sys/status", "/sys/ha/status",
                                        "/dvmdb/adom"};

    rpc->worked = rpc->worked || any_answered(params, count);
    for (size_t l = 0; rpc->alive == NULL && l < sizeof(light) / sizeof(light[0]); l++) {
        for (size_t i = 0; i < count; i++) {
            if (params[i]->code == RPC_OK && strcmp(params[i]->url, light[l]) == 0) {
                rpc->alive = light[l];
                break;
            }
        }
    }
}

static int32_t session_lives(struct rpc *rpc, bool *ret, struct failure *reterr)
{
    struct rpc_param probe = {.url = rpc->alive}, *probes[] = {&probe};
    int32_t code = HECTOR_OK;

    *ret = false;
    if (rpc->alive != NULL) {
        if (strcmp(rpc->alive, "/dvmdb/adom") == 0) {
            probe.fields = "[\"name\"]";
        }
        code = exchange(rpc, probes, 1, true, reterr);
        *ret = code == HECTOR_OK && probe.code == RPC_OK;
        rpc_release(&probe, 1);
    }
    return code;
}

/* Everything is refused, and stays so. */
static int32_t fail_refused(struct rpc *rpc, struct failure *reterr)
{
    const char *detail = "-11 No permission for the resource";

    if (rpc->token.size > 0) {
        return fail(
            rpc->operation, reterr, HECTOR_AUTH, TEXT_token_refused, detail,
            ARGUMENTS(rpc->settings->origin,
                      rpc->settings->egress_address != NULL
                          ? rpc->settings->egress_address
                          : text_template(rpc->operation->language, TEXT_label_hectors_address)));
    }
    return fail(rpc->operation, reterr, rpc->worked ? HECTOR_AUTH : HECTOR_PERMISSION,
                rpc->worked ? TEXT_session_refused : TEXT_everything_refused, detail,
                ARGUMENTS(rpc->settings->username, rpc->settings->origin));
}

/*
 * Brings a refused session or key back to life: a session by a new login, RELOGIN_MAX times a run;
 * a key by waiting, KEY_TRIES times, because another user of the same key may have caused it.
 */
static int32_t revive(struct rpc *rpc, int32_t *tries, struct failure *reterr)
{
    rpc->operation->repeats++;
    if (rpc->token.size > 0) {
        return (*tries)++ < KEY_TRIES
                   ? operation_pause(rpc->operation, rpc->operation->limits->refused_pause_ms,
                                     reterr)
                   : fail_refused(rpc, reterr);
    }
    if (rpc->logins++ >= RELOGIN_MAX) {
        return fail_refused(rpc, reterr);
    }
    operation_log(rpc->operation, HECTOR_LOG_WARNING, "the session was refused: logging in again");
    if (rpc->logged_in) {
        logout(rpc); /* it may be alive all the same, and would count against the user's maximum */
    }
    return login(rpc, reterr);
}

/* Keeps, at the front, the urls whose code is (or, with `fields`, could be cured) as asked. */
static size_t keep(struct rpc_param **params, size_t count, int32_t code)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        if (params[i]->code == code) {
            params[kept++] = params[i];
        }
    }
    return kept;
}

static size_t keep_failed_with_fields(struct rpc_param **params, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        if (params[i]->code != RPC_OK && params[i]->fields != NULL) {
            params[i]->fields_dropped = true;
            params[kept++] = params[i];
        }
    }
    return kept;
}

/* -1 passes by itself; the urls that said so are asked again. */
static int32_t repeat_runtime_errors(struct rpc *rpc, struct rpc_param **params, size_t count,
                                     struct failure *reterr)
{
    struct rpc_param *left[URLS_MAX];
    int32_t code = HECTOR_OK;

    memcpy(left, params, count * sizeof(left[0]));
    for (int32_t attempt = 1; attempt < rpc->operation->limits->attempts; attempt++) {
        count = keep(left, count, RPC_RUNTIME);
        if (count == 0) {
            break;
        }
        rpc->operation->repeats++;
        code =
            operation_pause(rpc->operation, rpc->operation->limits->backoff_ms << attempt, reterr);
        if (code == HECTOR_OK) {
            code = exchange(rpc, left, count, true, reterr);
        }
        if (code != HECTOR_OK) {
            break;
        }
    }
    return code;
}

/*
 * What -11 means is found out in this order:
 *   1. nothing in the reply was answered, nor is a light url that worked before: the session or
 *      key is refused as a whole. It is revived and the refused urls asked again;
 *   2. it lives, and it is a key: the refused urls once more after a pause (the bug of parallel
 *      use refuses at random);
 *   3. it lives, and the url named fields: once without them, since one field the account may not
 *      see, or that this version does not know, refuses the whole url. The same goes for other
 *      codes than -11;
 *   4. the refusal stands for this url, and is the caller's to tell.
 */
int32_t rpc_get(struct rpc *rpc, struct rpc_param *params, size_t count, struct failure *reterr)
{
    struct rpc_param *left[URLS_MAX], *all[URLS_MAX];
    size_t left_count = count;
    int32_t tries = 0, code;
    bool key_waited = rpc->token.size == 0, lives = false;

    for (size_t i = 0; i < count; i++) {
        left[i] = all[i] = &params[i];
    }
    for (;;) {
        code = exchange(rpc, left, left_count, true, reterr);
        if (code == HECTOR_OK) {
            remember_alive(rpc, left, left_count);
            lives = lives || any_answered(left, left_count);
            left_count = keep(left, left_count, RPC_NO_PERMISSION);
            if (left_count == 0) {
                break;
            }
            if (!lives) {
                code = session_lives(rpc, &lives, reterr);
            }
        }
        if (code == HECTOR_OK && !lives) {
            code = revive(rpc, &tries, reterr);
        } else if (code == HECTOR_OK && !key_waited) {
            key_waited = true;
            code =
                operation_pause(rpc->operation, rpc->operation->limits->refused_pause_ms, reterr);
        } else if (code == HECTOR_OK) {
            break;
        }
        if (code != HECTOR_OK) {
            return code;
        }
    }
    code = repeat_runtime_errors(rpc, all, count, reterr);
    left_count = keep_failed_with_fields(all, count);
    if (code == HECTOR_OK && left_count > 0) {
        code = exchange(rpc, all, left_count, false, reterr);
    }
    return code;
}

void rpc_release(struct rpc_param *params, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        json_object_put(params[i].data);
        params[i].data = NULL;
    }
}

int32_t rpc_fail(const struct rpc *rpc, const struct rpc_param *param, struct failure *reterr)
{
    char number[16], detail[256];

    (void)snprintf(number, sizeof(number), "%" PRId32, param->code);
    (void)snprintf(detail, sizeof(detail), "%.120s: %s %s", param->url, number, param->message);
    if (param->code == RPC_NO_PERMISSION) {
        return fail(rpc->operation, reterr, HECTOR_PERMISSION, TEXT_read_refused, detail,
                    ARGUMENTS(param->url));
    }
    return fail(rpc->operation, reterr, HECTOR_DATA, TEXT_read_failed, detail,
                ARGUMENTS(param->url, number, param->message));
}

void rpc_escape(struct buffer *url, const char *name)
{
    for (; *name != '\0'; name++) {
        buffer_append(url, *name == '/' ? "\\/" : name, *name == '/' ? 2 : 1);
    }
}
