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
#include "login.h"

/* ---- credentials */

/* Called without token and user. Names the missing user if its password is set. */
static int32_t fail_without_credentials(struct operation *operation, struct failure *failure)
{
    static const struct {
        const char *password, *user;
    } pairs[] = {{"password", "username"}, {"forticloud_password", "forticloud_user"}};

    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        struct buffer password = BUFFER(HECTOR_SECRET_MAX);
        int32_t code = operation_secret(operation, pairs[i].password, &password, failure);
        bool is_set = password.size > 0;

        buffer_release_secret(&password);
        if (code != HECTOR_OK) {
            return code;
        }
        if (is_set) {
            return fail_field(operation, failure, pairs[i].user, REASON_username_missing, NULL,
                              ARGUMENTS(pairs[i].password, pairs[i].user));
        }
    }
    return fail_field(operation, failure, "token", REASON_credentials_missing, NULL, NO_ARGUMENTS);
}

int32_t fmg_rpc_open(struct rpc *rpc, struct operation *operation, const struct settings *settings,
                     struct http *http, struct failure *failure)
{
    const char *account = settings_account(settings);
    int32_t code;

    *rpc = (struct rpc){.operation = operation,
                        .settings = settings,
                        .http = http,
                        .token = BUFFER(HECTOR_SECRET_MAX),
                        .session = BUFFER(HECTOR_SECRET_MAX)};
    code = operation_secret(operation, "token", &rpc->token, failure);
    if (code != HECTOR_OK) {
        return code;
    }
    if (rpc->token.size > 0 && account != NULL) {
        return fail_field(operation, failure, "token", REASON_credentials_both, NULL, NO_ARGUMENTS);
    }
    if (rpc->token.size == 0 && account == NULL) {
        return fail_without_credentials(operation, failure);
    }
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

static bool any_answered(struct rpc_param **params, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (params[i]->code != RPC_NO_PERMISSION && params[i]->code != RPC_INVALID) {
            return true;
        }
    }
    return false;
}

/* Remembers the lightest URL that worked; session_lives() later probes the session with it. */
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

static int32_t session_lives(struct rpc *rpc, bool *ret, struct failure *failure)
{
    struct rpc_param probe = {.url = rpc->alive}, *probes[] = {&probe};
    int32_t code = HECTOR_OK;

    *ret = false;
    if (rpc->alive != NULL) {
        if (strcmp(rpc->alive, "/dvmdb/adom") == 0) {
            probe.fields = "[\"name\"]";
        }
        code = fmg_envelope_exchange(rpc, "get", probes, 1, true, failure);
        *ret = code == HECTOR_OK && probe.code == RPC_OK;
        fmg_rpc_release(&probe, 1);
    }
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
                                  : message_template(rpc->operation->wording.language,
                                                     LABEL_label_hectors_address)));
    }
    return fail(rpc->operation, failure,
                rpc->worked ? REASON_session_refused : REASON_everything_refused, detail,
                ARGUMENTS(settings_account(rpc->settings), rpc->settings->origin));
}

/*
 * Restores access after a refusal. A session is replaced by a new login, RELOGIN_MAX times a run. A
 * key is tried again after a pause, KEY_TRIES_MAX times, because another user of the same key may
 * have caused the refusal.
 */
static int32_t revive(struct rpc *rpc, int32_t *tries, struct failure *failure)
{
    int32_t code;

    rpc->operation->repeats++;
    if (rpc->token.size > 0) {
        return (*tries)++ < KEY_TRIES_MAX
                   ? operation_pause(rpc->operation, rpc->operation->limits->refused_pause_ms,
                                     failure)
                   : fail_refused(rpc, failure);
    }
    if (rpc->logins++ >= RELOGIN_MAX) {
        *failure = rpc->no_login;
        return failure->cause != 0 ? failure->cause : fail_refused(rpc, failure);
    }
    operation_log(rpc->operation, HECTOR_LOG_WARNING, "the session was refused: logging in again");
    if (rpc->logged_in) {
        fmg_logout_send(rpc); /* the session may be alive and count against the user's maximum */
    }
    code = fmg_login_send(rpc, failure);
    if (code == HECTOR_PERMISSION) {
        char detail[MESSAGE_MAX];

        /* Callers would take PERMISSION for the refusal of one table. */
        utf8_copy(detail, sizeof(detail), failure->detail, strlen(failure->detail));
        code = fail(rpc->operation, failure, REASON_session_refused, detail,
                    ARGUMENTS(settings_account(rpc->settings), rpc->settings->origin));
    }
    rpc->no_login = code != HECTOR_OK ? *failure : (struct failure){0};
    return code;
}

/* Moves the URLs with this code to the front; returns how many there are. */
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

/* Moves the failed URLs that requested fields to the front; returns how many there are. */
static size_t keep_failed_with_fields(struct rpc_param **params, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        if (params[i]->code != RPC_OK && params[i]->code != RPC_INVALID &&
            params[i]->fields != NULL) {
            params[i]->fields_dropped = true;
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

/* Repeats the URLs with code -1, which is a temporary error. */
static int32_t repeat_runtime_errors(struct rpc *rpc, struct rpc_param **params, size_t count,
                                     struct failure *failure)
{
    struct rpc_param *left[ENVELOPE_URLS_MAX];
    int32_t code = HECTOR_OK;

    /* NOLINTNEXTLINE(bugprone-sizeof-expression): an array of pointers */
    memcpy(left, params, count * sizeof(left[0]));
    for (int32_t attempt = 1; attempt < rpc->operation->limits->attempts; attempt++) {
        count = keep(left, count, RPC_RUNTIME);
        if (count == 0) {
            break;
        }
        rpc->operation->repeats++;
        code =
            operation_pause(rpc->operation, operation_backoff_ms(rpc->operation, attempt), failure);
        if (code == HECTOR_OK) {
            code = fmg_envelope_exchange(rpc, "get", left, count, true, failure);
        }
        if (code != HECTOR_OK) {
            break;
        }
    }
    return check_repeat(code);
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
    size_t left_count = count, waited_for = 0;
    int32_t tries = 0, code;
    bool lives = false;
    bool key_waited = rpc->token.size == 0 || rpc->key_is_sound || rpc->key_waits >= KEY_WAITS_MAX;

    /*
     * There is no session and no further login: refused credentials, sent again, lock the address
     * out, and occupied sessions stay occupied for minutes.
     */
    if (rpc->no_login.cause == HECTOR_AUTH || rpc->no_login.cause == HECTOR_THROTTLED) {
        *failure = rpc->no_login;
        return failure->cause;
    }
    for (size_t i = 0; i < count; i++) {
        left[i] = all[i] = &params[i];
    }
    for (;;) {
        code = fmg_envelope_exchange(rpc, method, left, left_count, true, failure);
        if (code == HECTOR_OK) {
            remember_alive(rpc, left, left_count);
            lives = lives || any_answered(left, left_count);
            left_count = keep(left, left_count, RPC_NO_PERMISSION);
            /* Counts the repeat only if it helped: where a right is missing, it never does. */
            rpc->operation->repeats += left_count < waited_for ? 1 : 0;
            waited_for = 0;
            if (left_count == 0) {
                break;
            }
            /*
             * A session may end between two URLs: an answered URL is no proof of a valid session.
             */
            if (!lives || (rpc->logged_in && rpc->alive != NULL)) {
                code = session_lives(rpc, &lives, failure);
            }
        }
        if (code == HECTOR_OK && !lives) {
            code = revive(rpc, &tries, failure);
        } else if (code == HECTOR_OK && !key_waited) {
            key_waited = true;
            waited_for = left_count;
            rpc->key_waits++;
            code =
                operation_pause(rpc->operation, rpc->operation->limits->refused_pause_ms, failure);
        } else if (code == HECTOR_OK) {
            break;
        }
        if (code != HECTOR_OK) {
            return code;
        }
    }
    /* The caller of an exec splits a failed call itself. */
    if (strcmp(method, "get") != 0) {
        return HECTOR_OK;
    }
    code = repeat_runtime_errors(rpc, all, count, failure);
    left_count = keep_failed_with_fields(all, count);
    if (code == HECTOR_OK && left_count > 0) {
        code = check_repeat(fmg_envelope_exchange(rpc, method, all, left_count, false, failure));
    }
    return code;
}

/*
 * While URLs are repeated, the answers already received count against operation->tree_bytes;
 * afterwards their size is in rpc->tree_bytes.
 */
static int32_t ask(struct rpc *rpc, const char *method, struct rpc_param *params, size_t count,
                   struct failure *failure)
{
    struct operation *operation = rpc->operation;
    size_t before = operation->tree_bytes;
    int32_t code = ask_until_settled(rpc, method, params, count, failure);

    rpc->tree_bytes = operation->tree_bytes - before;
    operation->tree_bytes = before;
    return code;
}

int32_t fmg_rpc_get(struct rpc *rpc, struct rpc_param *params, size_t count,
                    struct failure *failure)
{
    return ask(rpc, "get", params, count, failure);
}

int32_t fmg_rpc_exec(struct rpc *rpc, struct rpc_param *param, struct failure *failure)
{
    return ask(rpc, "exec", param, 1, failure);
}

void fmg_rpc_release(struct rpc_param *params, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        json_object_put(params[i].data);
        params[i].data = NULL;
    }
}

int32_t fmg_rpc_fail(const struct rpc *rpc, const struct rpc_param *param, struct failure *failure)
{
    char number[16], url[121], detail[256];

    if (param->code == RPC_INVALID) {
        return fmg_envelope_invalid(rpc, param->url, param->message, failure);
    }
    secrets_hide(&rpc->operation->secrets, param->url, url, sizeof(url));
    (void)snprintf(number, sizeof(number), "%" PRId32, param->code);
    (void)snprintf(detail, sizeof(detail), "%s: %s %s", url, number, param->message);
    if (param->code == RPC_NO_PERMISSION) {
        return fail(rpc->operation, failure, REASON_read_refused, detail, ARGUMENTS(param->url));
    }
    return fail(rpc->operation, failure, REASON_read_failed, detail,
                ARGUMENTS(param->url, number, param->message));
}

void fmg_rpc_escape(struct buffer *url, const char *name)
{
    for (; *name != '\0'; name++) {
        buffer_append(url, *name == '/' ? "\\/" : name, *name == '/' ? 2 : 1);
    }
}
