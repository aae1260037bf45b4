/*
 * api.c - the calls of FortiCloud's Asset Management and FortiFlex: tokens, errors and pace.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "api.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/repeat.h"
#include "json/json_read.h"

#define API_HOST      "support.fortinet.com"
#define REGISTRATION  "/ES/api/registration/v3/"
#define FORTIFLEX     "/ES/api/fortiflex/v2/"
#define ERROR_NO_ROWS 301  /* beside status 0 only: it is the code of other errors, too */
#define STATUS_NO_ROW 1008 /* of older versions */

/* A new token is fetched so long before the last one ends; earlier if it lasts for less. */
#define MARGIN_MS INT64_C(60000)

/* The calls that are allowed: each lists. FortiFlex sends its entitlements as `vms`, too. */
static const struct {
    const char *client_id, *path, *lists[2];
    int32_t repeats; /* before a refused token is taken for refused */
} CALLS[] = {
    [FORTICLOUD_PRODUCTS] = {"assetmanagement", REGISTRATION "products/list", {"assets"}, 0},
    [FORTICLOUD_PROGRAMS] = {"flexvm",
                             FORTIFLEX "programs/list",
                             {"programs"},
                             FORTIFLEX_REPEATS_MAX},
    [FORTICLOUD_CONFIGS] = {"flexvm", FORTIFLEX "configs/list", {"configs"}, FORTIFLEX_REPEATS_MAX},
    [FORTICLOUD_ENTITLEMENTS] = {"flexvm",
                                 FORTIFLEX "entitlements/list",
                                 {"entitlements", "vms"},
                                 FORTIFLEX_REPEATS_MAX},
};

int32_t forticloud_api_open(struct forticloud_api *api, const struct source_call *call,
                            const char *product, struct failure *failure)
{
    const struct http_policy policy = forticloud_policy(call->settings, API_HOST);

    *api = (struct forticloud_api){.operation = call->operation,
                                   .settings = call->settings,
                                   .product = product,
                                   .token = {BUFFER(HECTOR_SECRET_MAX), 0}};
    address_name(&policy.address, api->host, sizeof(api->host));
    return http_open(api->operation, &policy, &api->http, failure);
}

/* The token is used no more. */
static void forget_token(struct forticloud_api *api)
{
    secrets_remove(&api->operation->secrets, buffer_text(&api->token.text));
    buffer_clear(&api->token.text);
}

void forticloud_api_close(struct forticloud_api *api)
{
    forget_token(api);
    buffer_release_secret(&api->token.text);
    http_close(api->http);
    api->http = NULL;
}

void forticloud_list_release(struct forticloud_list *list)
{
    http_reply_release(&list->reply);
    list->rows = NULL;
}

/* ---- the token */

static bool needs_token(const struct forticloud_api *api)
{
    return api->token.text.size == 0 || clock_ms() >= api->renew_ms;
}

/* Logs in. A login is a call, too, of the same API user. */
static int32_t log_in(struct forticloud_api *api, enum forticloud_call call,
                      struct failure *failure)
{
    struct operation *operation = api->operation;
    int64_t begin = clock_ms();
    uint64_t before = operation->requests;

    forget_token(api);
    int32_t code =
        forticloud_login(operation, api->settings, CALLS[call].client_id, &api->token, failure);
    int64_t lasts_ms = (int64_t)api->token.lasts_s * 1000;

    forticloud_pace_count(&api->pace, operation->requests - before, code != HECTOR_OK ? 1 : 0);
    api->renew_ms = begin + (lasts_ms > 2 * MARGIN_MS ? lasts_ms - MARGIN_MS : lasts_ms / 2);
    return code;
}

/* ---- what a reply means */

enum meaning { MEANS_ROWS, MEANS_NO_ROWS, MEANS_TOKEN_REFUSED, MEANS_ERROR };

/* The most exact text about an error; "" = none. */
static const char *error_text(struct json_object *json)
{
    struct json_object *error = json_member(json, "error");
    const char *text = json_member_text(error, "message");

    text = text != NULL ? text : json_text(error);
    text = text != NULL && *text != '\0' ? text : json_member_text(json, "message");
    return text != NULL ? text : "";
}

static enum meaning meaning_of(const struct http_reply *reply)
{
    int64_t status = -1, error = 0;

    if (strcasestr(error_text(reply->json), "invalid security token") != NULL) {
        return MEANS_TOKEN_REFUSED;
    }
    (void)json_member_integer(reply->json, "status", &status);
    (void)json_member_integer(json_member_object(reply->json, "error"), "errorCode", &error);
    if (status == STATUS_NO_ROW || (status == 0 && error == ERROR_NO_ROWS)) {
        return MEANS_NO_ROWS;
    }
    return status == 0 && error == 0 && reply->status == 200 ? MEANS_ROWS : MEANS_ERROR;
}

/* Without a status, a reply of HTTP 200 reports no error: its text may be one about success. */
static bool reports_error(const struct http_reply *reply)
{
    int64_t status;

    return reply->status != 200 || json_member_integer(reply->json, "status", &status);
}

/* Fails for what the reply says, which is never shown in full: it has the token. */
static int32_t fail_reply(const struct forticloud_api *api, enum forticloud_call call,
                          const struct http_reply *reply, struct failure *failure)
{
    const char *user = api->settings->forticloud_user;
    const char *text = meaning_of(reply) == MEANS_ERROR ? error_text(reply->json) : "";
    char detail[96];

    (void)snprintf(detail, sizeof(detail), "%s: HTTP %" PRId32, CALLS[call].path, reply->status);
    if (strcasestr(text, "access denied") != NULL) {
        return fail(api->operation, failure, REASON_forticloud_access_denied, detail,
                    ARGUMENTS(user, api->host, api->product));
    }
    if (strcasestr(text, "positive number for accountid") != NULL) {
        return fail_field(api->operation, failure, "forticloud_account",
                          REASON_forticloud_account_needed, ARGUMENTS(user, api->host));
    }
    if (*text != '\0' && reports_error(reply)) {
        return fail(api->operation, failure, REASON_forticloud_error, detail,
                    ARGUMENTS(api->host, api->product, text));
    }
    return reply->status >= 500 ? fail(api->operation, failure, REASON_server_error, detail,
                                       ARGUMENTS(api->host, message_number(reply->status).text))
                                : fail(api->operation, failure, REASON_forticloud_unreadable,
                                       detail, ARGUMENTS(api->host, api->product));
}

/*
 * Finds the list, under the first of its names that is not null. One that is null under each name
 * that the reply has is empty; one that is missing was not read.
 */
static bool find_rows(struct forticloud_list *list, enum forticloud_call call)
{
    bool found = false;

    for (size_t i = 0; list->rows == NULL && i < COUNT(CALLS[call].lists); i++) {
        const char *name = CALLS[call].lists[i];

        found = (name != NULL && json_object_object_get_ex(list->reply.json, name, &list->rows)) ||
                found;
    }
    return found && (list->rows == NULL || json_object_is_type(list->rows, json_type_array));
}

/* ---- a call */

/* Sends a call once, with the repeats of http.h as far as their errors are allowed. */
static int32_t send_call(struct forticloud_api *api, enum forticloud_call call,
                         const struct buffer *body, struct http_reply *ret, struct failure *failure)
{
    struct operation *operation = api->operation;
    const struct rest rest = {
        .operation = operation,
        .http = api->http,
        .credential = {.lead = HTTP_BEARER, .secret = buffer_text(&api->token.text)}};
    const struct http_request request = {
        .path = CALLS[call].path,
        .repeatable = forticloud_pace_may_repeat(&api->pace, operation->limits)};
    struct buffer copy = BUFFER(REQUEST_BODY_MAX);
    uint64_t before = operation->requests;

    buffer_append_text(&copy, buffer_text(body));
    int32_t code = rest_post(&rest, request, &copy, ret, failure);
    uint64_t sent = operation->requests - before;
    bool failed = code != HECTOR_OK || meaning_of(ret) == MEANS_TOKEN_REFUSED ||
                  meaning_of(ret) == MEANS_ERROR;
    forticloud_pace_count(&api->pace, sent, failed || sent == 0 ? sent : sent - 1);
    return code;
}

/* Repeats a call whose token was refused: as it is, then with a new token, which is NULL. */
static int32_t call_again(struct forticloud_api *api, enum forticloud_call call, int32_t refused,
                          struct failure *failure)
{
    static const char WHY[] = "Invalid security token";

    if (refused <= CALLS[call].repeats) {
        return repeat_request(api->operation, api->operation->limits->forticloud_repeat_ms, WHY,
                              failure);
    }
    if (refused == CALLS[call].repeats + 1) {
        repeat_reading(api->operation, HECTOR_LOG_WARNING, WHY);
        forget_token(api);
        return HECTOR_OK;
    }
    return fail(api->operation, failure, REASON_forticloud_token_refused, CALLS[call].path,
                ARGUMENTS(api->settings->forticloud_user, api->host));
}

/* Calls until an answer that is not about the token. */
static int32_t call_with_token(struct forticloud_api *api, enum forticloud_call call,
                               const struct buffer *body, struct http_reply *ret,
                               struct failure *failure)
{
    for (int32_t refused = 0;;) {
        int32_t code = forticloud_pace_wait(&api->pace, api->operation, api->host, failure);

        if (code == HECTOR_OK && needs_token(api)) {
            code = log_in(api, call, failure);
        }
        if (code != HECTOR_OK || (code = send_call(api, call, body, ret, failure)) != HECTOR_OK ||
            meaning_of(ret) != MEANS_TOKEN_REFUSED) {
            return code;
        }
        http_reply_release(ret);
        if ((code = call_again(api, call, ++refused, failure)) != HECTOR_OK) {
            return code;
        }
    }
}

int32_t forticloud_api_call(struct forticloud_api *api, enum forticloud_call call,
                            const struct buffer *body, struct forticloud_list *ret,
                            struct failure *failure)
{
    struct forticloud_list list = {.rows = NULL};
    int32_t code = fail_buffer(api->operation, failure, body);

    if (code != HECTOR_OK ||
        (code = call_with_token(api, call, body, &list.reply, failure)) != HECTOR_OK) {
        return code;
    }
    enum meaning meaning = meaning_of(&list.reply);
    if (meaning == MEANS_ERROR || (meaning == MEANS_ROWS && !find_rows(&list, call))) {
        code = fail_reply(api, call, &list.reply, failure);
        forticloud_list_release(&list);
        return code;
    }
    *ret = list;
    return HECTOR_OK;
}
