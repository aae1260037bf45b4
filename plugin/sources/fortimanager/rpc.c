/*
 * rpc.c - FortiManager's JSON-RPC: credentials, refusals and repeats.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "rpc.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "envelope.h"
#include "host/repeat.h"
#include "login.h"
#include "json/json_read.h"

/* ---- credentials */

/*
 * Called without token and user. Names the missing user if its password is set. With a FortiCloud
 * API user, that password belongs to the enrichments.
 */
static int32_t fail_without_credentials(struct operation *operation,
                                        const struct settings *settings, struct failure *failure)
{
    static const struct {
        const char *password, *user;
    } pairs[] = {{"password", "username"}, {"forticloud_password", "forticloud_user"}};
    const size_t count = settings->forticloud_user == NULL ? 2 : 1;

    for (size_t i = 0; i < count; i++) {
        struct buffer password = BUFFER(HECTOR_SECRET_MAX);
        int32_t code = operation_secret(operation, pairs[i].password, &password, failure);
        bool is_set = password.size > 0;

        buffer_release_secret(&password);
        if (code != HECTOR_OK) {
            return code;
        }
        if (is_set) {
            return fail_field(operation, failure, pairs[i].user, REASON_username_missing,
                              ARGUMENTS(pairs[i].password, pairs[i].user));
        }
    }
    return fail_field(operation, failure, "token", REASON_credentials_missing, NO_ARGUMENTS);
}

int32_t fmg_rpc_open(struct rpc *rpc, struct operation *operation, const struct settings *settings,
                     struct http *http, struct failure *failure)
{
    const char *account = settings_account(settings);
    int32_t code;

    *rpc = (struct rpc){.operation = operation,
                        .settings = settings,
                        .rest = {operation, http, {.lead = HTTP_BEARER}},
                        .token = BUFFER(HECTOR_SECRET_MAX),
                        .session = BUFFER(HECTOR_SECRET_MAX)};
    if ((code = operation_secret(operation, "token", &rpc->token, failure)) != HECTOR_OK) {
        return code;
    }
    if (rpc->token.size > 0 && account != NULL) {
        return fail_field(operation, failure, "token", REASON_credentials_both, NO_ARGUMENTS);
    }
    if (rpc->token.size == 0 && account == NULL) {
        return fail_without_credentials(operation, settings, failure);
    }
    rpc->rest.credential.secret = buffer_text(&rpc->token);
    return rpc->token.size > 0 ? HECTOR_OK : fmg_login_send(rpc, failure);
}

void fmg_rpc_close(struct rpc *rpc)
{
    if (rpc->logged_in) {
        fmg_logout_send(rpc);
    }
    buffer_release_secret(&rpc->token);
    buffer_release_secret(&rpc->session);
}

/* ---- refusals and repeats */

/*
 * Whether some URL was answered. Remembers the lightest one that worked; session_lives() later
 * probes the session with it.
 */
static bool note_answers(struct rpc *rpc, struct rpc_param **params, size_t count)
{
    static const struct rpc_param light[] = {{.url = "/sys/session"},
                                             {.url = "/sys/status"},
                                             {.url = "/sys/ha/status"},
                                             {.url = "/dvmdb/adom", .fields = "[\"name\"]"}};
    bool answered = false;

    for (size_t i = 0; i < count; i++) {
        answered =
            answered || (params[i]->code != RPC_NO_PERMISSION && params[i]->code != RPC_INVALID);
    }
    rpc->worked = rpc->worked || answered;
    for (size_t l = 0; rpc->alive == NULL && l < sizeof(light) / sizeof(light[0]); l++) {
        for (size_t i = 0; i < count; i++) {
            if (params[i]->code == RPC_OK && strcmp(params[i]->url, light[l].url) == 0) {
                rpc->alive = &light[l];
            }
        }
    }
    return answered;
}

static int32_t session_lives(struct rpc *rpc, bool *ret, struct failure *failure)
{
    struct rpc_param probe, *probes[] = {&probe};

    *ret = false;
    if (rpc->alive == NULL) {
        return HECTOR_OK;
    }
    probe = *rpc->alive;
    int32_t code = fmg_envelope_exchange(rpc, "get", probes, 1, failure);
    *ret = code == HECTOR_OK && probe.code == RPC_OK;
    fmg_rpc_release(&probe, 1);
    return code;
}

/* Fails because everything is refused, also after revive(). */
static int32_t fail_refused(struct rpc *rpc, struct failure *failure)
{
    const char *detail = "-11 No permission for the resource";

    if (rpc->token.size > 0) {
        return fail(rpc->operation, failure, REASON_token_refused, detail,
                    ARGUMENTS(rpc->settings->origin,
                              rpc->settings->egress_address != NULL
                                  ? rpc->settings->egress_address
                                  : operation_text(rpc->operation, LABEL_label_hectors_address)));
    }
    return fail(rpc->operation, failure,
                rpc->worked ? REASON_session_refused : REASON_everything_refused, detail,
                ARGUMENTS(settings_account(rpc->settings), rpc->settings->origin));
}

/* Waits before a key that was refused is tried once more. */
static int32_t repeat_refused(struct rpc *rpc, struct failure *failure)
{
    return repeat_request(rpc->operation, rpc->operation->limits->refused_pause_ms,
                          "the API key was refused", failure);
}

static int32_t login_again(struct rpc *rpc, struct failure *failure)
{
    char detail[MESSAGE_MAX];

    repeat_reading(rpc->operation, HECTOR_LOG_WARNING, "the session was refused; logging in again");
    if (rpc->logged_in) {
        fmg_logout_send(rpc); /* the session may be alive and count against the user's maximum */
    }
    int32_t code = fmg_login_send(rpc, failure);
    if (code == HECTOR_PERMISSION) {
        /* Callers would take PERMISSION for the refusal of one table. */
        utf8_copy(detail, sizeof(detail), failure->detail, strlen(failure->detail));
        code = fail(rpc->operation, failure, REASON_session_refused, detail,
                    ARGUMENTS(settings_account(rpc->settings), rpc->settings->origin));
    }
    rpc->no_login = code != HECTOR_OK ? *failure : (struct failure){0};
    return code;
}

/*
 * Restores access after a refusal. A session is replaced by a new login, RELOGIN_MAX times a run. A
 * key is tried again after a pause, KEY_TRIES_MAX times, because another user of the same key may
 * have caused the refusal.
 */
static int32_t revive(struct rpc *rpc, int32_t *tries, struct failure *failure)
{
    if (rpc->token.size > 0) {
        return (*tries)++ < KEY_TRIES_MAX ? repeat_refused(rpc, failure)
                                          : fail_refused(rpc, failure);
    }
    if (rpc->logins++ < RELOGIN_MAX) {
        return login_again(rpc, failure);
    }
    return rpc->no_login.cause != 0 ? fail_as(failure, &rpc->no_login) : fail_refused(rpc, failure);
}

/* Moves the params whose answer has this code to the front; returns how many there are. */
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

/* A repeat without an answer is no failure: the URLs keep the answers that they have. */
static int32_t check_repeat(int32_t code)
{
    return code == HECTOR_DATA ? HECTOR_OK : code;
}

/* Repeats the URLs with code -1, which is a temporary error. Reorders `params`. */
static int32_t repeat_runtime_errors(struct rpc *rpc, struct rpc_param **params, size_t count,
                                     struct failure *failure)
{
    int32_t pause_ms, code;

    for (int32_t tried = 1; (count = keep(params, count, RPC_RUNTIME)) > 0 &&
                            repeat_due(rpc->operation, tried, 0, &pause_ms);
         tried++) {
        if ((code = repeat_request(rpc->operation, pause_ms, params[0]->message, failure)) !=
                HECTOR_OK ||
            (code = fmg_envelope_exchange(rpc, "get", params, count, failure)) != HECTOR_OK) {
            return check_repeat(code);
        }
    }
    return HECTOR_OK;
}

/* Requests the URLs until the cause of each -11 is known: steps 1 and 2 of ask_until_settled(). */
static int32_t settle_refusals(struct rpc *rpc, const char *method, struct rpc_param **left,
                               size_t count, struct failure *failure)
{
    bool key_waited = rpc->token.size == 0 || rpc->key_is_sound || rpc->key_waits >= KEY_WAITS_MAX;
    bool lives = false;
    size_t waited_for = 0;
    int32_t tries = 0, code;

    for (;;) {
        if ((code = fmg_envelope_exchange(rpc, method, left, count, failure)) != HECTOR_OK) {
            return code;
        }
        lives = note_answers(rpc, left, count) || lives;
        count = keep(left, count, RPC_NO_PERMISSION);
        if (waited_for > 0) {
            repeat_end(rpc->operation, count < waited_for);
            waited_for = 0;
        }
        if (count == 0) {
            return HECTOR_OK;
        }
        /* A session may end between two URLs: an answered URL is no proof of a valid session. */
        if ((!lives || (rpc->logged_in && rpc->alive != NULL)) &&
            (code = session_lives(rpc, &lives, failure)) != HECTOR_OK) {
            return code;
        }
        if (!lives) {
            code = revive(rpc, &tries, failure);
        } else if (!key_waited) {
            key_waited = true;
            waited_for = count;
            rpc->key_waits++;
            code = repeat_refused(rpc, failure);
        } else {
            return HECTOR_OK;
        }
        if (code != HECTOR_OK) {
            return code;
        }
    }
}

/*
 * Finds the cause of -11 in this order:
 *   1. No URL of the reply was answered, nor is a light URL that worked before: the session or key
 *      is refused as a whole. revive() restores it, and the refused URLs are repeated.
 *   2. The key works: the refused URLs are repeated once after a pause, because some versions
 *      refuse a key in parallel use at random.
 *   3. The session or key works and the URL requested fields: it is repeated once without them,
 *      because one field that the account may not see, or that this version does not know, refuses
 *      the whole URL. This also applies to other codes than -11.
 *   4. The URL itself is refused. The caller reports it.
 */
static int32_t ask_until_settled(struct rpc *rpc, const char *method, struct rpc_param *params,
                                 size_t count, struct failure *failure)
{
    struct rpc_param *left[ENVELOPE_URLS_MAX], *all[ENVELOPE_URLS_MAX];
    size_t dropped = 0;

    /*
     * There is no session and no further login: refused credentials, sent again, lock the address
     * out, and occupied sessions stay occupied for minutes.
     */
    if (rpc->no_login.cause == HECTOR_AUTH || rpc->no_login.cause == HECTOR_THROTTLED) {
        return fail_as(failure, &rpc->no_login);
    }
    for (size_t i = 0; i < count; i++) {
        left[i] = all[i] = &params[i];
        params[i].fields_dropped = false;
    }
    int32_t code = settle_refusals(rpc, method, left, count, failure);
    /* The caller of an exec splits a failed call itself. */
    if (code != HECTOR_OK || strcmp(method, "get") != 0 ||
        (code = repeat_runtime_errors(rpc, all, count, failure)) != HECTOR_OK) {
        return code;
    }
    for (size_t i = 0; i < count; i++) {
        struct rpc_param *param = &params[i];

        if (param->code != RPC_OK && param->code != RPC_INVALID && param->fields != NULL) {
            param->fields_dropped = true;
            all[dropped++] = param;
        }
    }
    return dropped > 0 ? check_repeat(fmg_envelope_exchange(rpc, method, all, dropped, failure))
                       : HECTOR_OK;
}

static int32_t ask_urls(struct rpc *rpc, const char *method, struct rpc_param *params, size_t count,
                        struct failure *failure)
{
    struct failure why; /* of a refusal that a new login may have cured */
    int32_t code = ask_until_settled(rpc, method, params, count, &why);

    return code != HECTOR_OK ? fail_as(failure, &why) : HECTOR_OK;
}

int32_t fmg_rpc_get(struct rpc *rpc, struct rpc_param *params, size_t count,
                    struct failure *failure)
{
    return ask_urls(rpc, "get", params, count, failure);
}

int32_t fmg_rpc_exec(struct rpc *rpc, struct rpc_param *param, struct failure *failure)
{
    return ask_urls(rpc, "exec", param, 1, failure);
}

void fmg_rpc_release(struct rpc_param *params, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        json_object_put(params[i].data);
        params[i].data = NULL;
        budget_give_back(&params[i].tree);
    }
}

int32_t fmg_rpc_fail(const struct rpc *rpc, const struct rpc_param *param, struct failure *failure)
{
    char url[121], detail[256];

    if (param->code == RPC_INVALID) {
        return fmg_envelope_invalid(rpc, param->url, param->message, failure);
    }
    secrets_hide(&rpc->operation->secrets, param->url, url, sizeof(url));
    (void)snprintf(detail, sizeof(detail), "%s: %" PRId32 " %s", url, param->code, param->message);
    return fail(rpc->operation, failure,
                param->code == RPC_NO_PERMISSION ? REASON_read_refused : REASON_read_failed, detail,
                ARGUMENTS(param->url, message_number(param->code).text, param->message));
}

int32_t fmg_rpc_table(const struct rpc *rpc, const struct rpc_param *param, struct failure *failure)
{
    if (param->code != RPC_OK) {
        return fmg_rpc_fail(rpc, param, failure);
    }
    return json_is_table(param->data) ? HECTOR_OK
                                      : fmg_envelope_invalid(rpc, param->url, "no table", failure);
}

int64_t fmg_rpc_count(const struct rpc_param *param)
{
    int64_t count;

    return param->code == RPC_OK && json_integer(param->data, &count) && count >= 0 ? count
                                                                                    : COUNT_NONE;
}

void fmg_rpc_path(struct buffer *url, const char *before, const char *name, const char *behind)
{
    buffer_append_text(url, before);
    for (; *name != '\0'; name++) {
        buffer_append(url, *name == '/' ? "\\/" : name, *name == '/' ? 2 : 1);
    }
    buffer_append_text(url, behind);
}

/* ---- the URLs of one request */

size_t fmg_rpc_batch_add(struct rpc_batch *batch, const char *rest)
{
    size_t i = batch->count++;

    batch->rest_bytes += i > 0 ? batch->rests[i - 1].size : 0;
    batch->params[i] = (struct rpc_param){.code = RPC_INVALID};
    batch->urls[i] = BUFFER(FMG_URL_MAX);
    batch->rests[i] = BUFFER(REQUEST_BODY_MAX - batch->rest_bytes);
    buffer_append_text(&batch->rests[i], rest);
    return i;
}

int32_t fmg_rpc_batch_get(struct rpc_batch *batch, size_t first, size_t count,
                          struct failure *failure)
{
    const struct operation *operation = batch->rpc->operation;

    for (size_t i = first; i < first + count; i++) {
        int32_t code;

        if ((code = fail_buffer(operation, failure, &batch->urls[i])) != HECTOR_OK ||
            (code = fail_buffer(operation, failure, &batch->rests[i])) != HECTOR_OK) {
            return code;
        }
        batch->params[i].url = buffer_text(&batch->urls[i]);
        batch->params[i].rest = batch->rests[i].size > 0 ? batch->rests[i].data : NULL;
    }
    return count > 0 ? fmg_rpc_get(batch->rpc, batch->params + first, count, failure) : HECTOR_OK;
}

void fmg_rpc_batch_release(struct rpc_batch *batch)
{
    fmg_rpc_release(batch->params, batch->count);
    for (size_t i = 0; i < batch->count; i++) {
        buffer_release(&batch->urls[i]);
        buffer_release(&batch->rests[i]);
    }
    batch->count = batch->rest_bytes = 0;
}
