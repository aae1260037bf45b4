/*
 * envelope.c - FortiManager's JSON-RPC envelope: URLs in, one row per URL out.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "envelope.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "host/repeat.h"
#include "json/json_read.h"
#include "json/json_write.h"

static void write_param(struct buffer *body, const struct rpc_param *param)
{
    json_write_object(body, NULL);
    json_write_string(body, "url", param->url);
    if (param->fields != NULL && !param->fields_dropped) {
        json_write_json(body, "fields", param->fields);
    }
    if (param->rest != NULL) {
        buffer_append_text(body, ",");
        buffer_append_text(body, param->rest);
    }
    json_write_object_end(body);
}

/* `verbose` requests names instead of numbers, whose meaning differs by version. */
struct buffer fmg_envelope_request(struct rpc *rpc, const char *method, struct rpc_param **params,
                                   size_t count)
{
    struct buffer body = BUFFER(REQUEST_BODY_MAX);

    json_write_object(&body, NULL);
    json_write_integer(&body, "id", ++rpc->last_id);
    json_write_string(&body, "method", method);
    json_write_array(&body, "params");
    for (size_t i = 0; i < count; i++) {
        write_param(&body, params[i]);
    }
    json_write_array_end(&body);
    json_write_integer(&body, "verbose", 1);
    json_write_optional(&body, "session", buffer_text(&rpc->session));
    json_write_object_end(&body);
    return body;
}

int32_t fmg_envelope_invalid(const struct rpc *rpc, const char *what, const char *detail,
                             struct failure *failure)
{
    return fail(rpc->operation, failure, REASON_reply_invalid, detail,
                ARGUMENTS(rpc->settings->origin, what));
}

int32_t fmg_envelope_fail(const struct rpc *rpc, int32_t status, const char *what,
                          const char *detail, struct failure *failure)
{
    if (status < 500) {
        return fmg_envelope_invalid(rpc, what, detail, failure);
    }
    return fail(rpc->operation, failure, REASON_server_error, detail,
                ARGUMENTS(rpc->settings->origin, message_number(status).text));
}

/*
 * The row of the `i`-th URL. Old versions, and some exec URLs, answer one URL with an object
 * instead of a list.
 */
static struct json_object *reply_row(struct json_object *reply, size_t i)
{
    return json_row(json_member(reply, "result"), i);
}

/* Reads a row's status into `param`. False if it has none. */
static bool read_status(const struct rpc *rpc, struct json_object *row, struct rpc_param *param)
{
    struct json_object *status = json_member_object(row, "status");
    const char *message = json_member_text(status, "message");
    int64_t code;

    if (!json_member_integer(status, "code", &code) || code <= RPC_INVALID || code > INT32_MAX) {
        return false;
    }
    param->code = (int32_t)code;
    secrets_hide(&rpc->operation->secrets, message != NULL ? message : "", param->message,
                 sizeof(param->message));
    return true;
}

/* Whether a row names another URL of the request than its position implies. */
static bool misplaced(struct json_object *reply, struct rpc_param **params, size_t count)
{
    for (size_t i = 0; count > 1 && i < count; i++) {
        const char *url = json_member_text(reply_row(reply, i), "url");

        for (size_t j = 0; url != NULL && j < count && strcmp(url, params[i]->url) != 0; j++) {
            if (strcmp(url, params[j]->url) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* A row with only its URL: FortiManager sometimes answers this for a table without objects. */
static bool is_bare(struct json_object *row)
{
    return json_member_text(row, "url") != NULL && json_member(row, "status") == NULL &&
           json_member(row, "data") == NULL;
}

static void drop_data(struct rpc_param *param)
{
    json_object_put(param->data);
    param->data = NULL;
}

/*
 * Decides for each row of the reply whether it is `sound`; returns whether all are. A bare row is
 * an answer without data if another row of the reply has data or a status, or if it comes a second
 * time.
 */
static bool read_rows(const struct rpc *rpc, struct json_object *reply, struct rpc_param **params,
                      size_t count)
{
    bool any = false, all = true;

    for (size_t i = 0; i < count; i++) {
        struct json_object *row = reply_row(reply, i), *data = json_member(row, "data");
        struct rpc_param *param = params[i];

        param->sound = read_status(rpc, row, param);
        any = any || param->sound;
        if (!param->sound && param->status_optional && json_object_is_type(row, json_type_object)) {
            param->sound = true;
            param->code = RPC_OK;
            any = any || data != NULL;
        }
        if (param->sound) {
            drop_data(param);
            param->data = json_object_get(data);
        }
    }
    for (size_t i = 0; i < count; i++) {
        struct rpc_param *param = params[i];

        if (!param->sound && is_bare(reply_row(reply, i))) {
            param->sound = any || param->bare;
            param->bare = true;
            param->code = RPC_OK;
            drop_data(param);
        }
        all = all && param->sound;
    }
    return all;
}

bool fmg_envelope_refused(const struct http_reply *reply)
{
    return reply->status == 401 || reply->status == 403;
}

const char *fmg_envelope_read(struct rpc *rpc, const struct http_reply *reply,
                              struct rpc_param **params, size_t count)
{
    struct json_object *result = json_member(reply->json, "result");
    int64_t id;

    if (fmg_envelope_refused(reply)) {
        for (size_t i = 0; i < count; i++) {
            params[i]->sound = true;
            params[i]->code = RPC_NO_PERMISSION;
            (void)snprintf(params[i]->message, sizeof(params[i]->message), "HTTP %d",
                           (int)reply->status);
        }
        return NULL;
    }
    if (json_member_integer(reply->json, "id", &id) && id != rpc->last_id) {
        return "an answer to another request";
    }
    if (json_object_is_type(result, json_type_array) ? json_count(result) != count : count > 1) {
        return "more or fewer rows than urls";
    }
    if (misplaced(reply->json, params, count)) {
        return "rows in another order than urls";
    }
    return read_rows(rpc, reply->json, params, count) ? NULL : "a row without status";
}

/* One exchange: what it requests, and what was wrong with the last reply. */
struct exchange {
    const char *method;
    char detail[160];
    int32_t status; /* HTTP status */
    bool given_up;  /* truncated JSON, which http.c has already repeated */
};

/*
 * Sends one request. Moves the params without an answer to the front, and returns in `count` how
 * many there are.
 */
static int32_t ask_once(struct rpc *rpc, struct exchange *exchange, struct rpc_param **params,
                        size_t *count, struct failure *failure)
{
    struct buffer body = fmg_envelope_request(rpc, exchange->method, params, *count);
    struct budget_share *tree = &params[0]->tree; /* all params are released at the same time */
    struct http_reply reply;
    size_t open = 0;
    int32_t code =
        rest_post(&rpc->rest, (struct http_request){.path = "/jsonrpc", .repeatable = true}, &body,
                  &reply, failure);

    if (code != HECTOR_OK) {
        return code;
    }
    const char *wrong = reply.json == NULL && !fmg_envelope_refused(&reply)
                            ? "no JSON"
                            : fmg_envelope_read(rpc, &reply, params, *count);
    (void)snprintf(exchange->detail, sizeof(exchange->detail), "HTTP %d, %s: %s", (int)reply.status,
                   reply.content_type, wrong != NULL ? wrong : "");
    exchange->status = reply.status;
    exchange->given_up = reply.fault == JSON_TRUNCATED;
    for (size_t i = 0; i < *count; i++) {
        if (params[i]->sound) {
            operation_log(rpc->operation, HECTOR_LOG_DEBUG, "%s %s: code %" PRId32 " %s",
                          exchange->method, params[i]->url, params[i]->code, params[i]->message);
        } else {
            params[open++] = params[i];
        }
    }
    if (open < *count) {
        budget_move(&reply.tree, tree);
    }
    *count = open;
    http_reply_release(&reply);
    return HECTOR_OK;
}

int32_t fmg_envelope_exchange(struct rpc *rpc, const char *method, struct rpc_param **params,
                              size_t count, struct failure *failure)
{
    struct operation *operation = rpc->operation;
    struct exchange exchange = {.method = method};
    struct rpc_param *open[ENVELOPE_URLS_MAX];
    size_t left = count;
    int32_t code;

    /* NOLINTNEXTLINE(bugprone-sizeof-expression): an array of pointers */
    memcpy(open, params, count * sizeof(open[0]));
    for (size_t i = 0; i < count; i++) {
        open[i]->sound = open[i]->bare = false;
    }
    for (int32_t tried = 1;; tried++) {
        int32_t pause_ms;

        if ((code = ask_once(rpc, &exchange, open, &left, failure)) != HECTOR_OK || left == 0) {
            return code;
        }
        if (exchange.status >= 500 || exchange.given_up ||
            !repeat_due(operation, tried, 0, &pause_ms)) {
            break;
        }
        if ((code = repeat_request(operation, pause_ms, exchange.detail, failure)) != HECTOR_OK) {
            return code;
        }
    }
    if (left == count) {
        return fmg_envelope_fail(rpc, exchange.status, params[0]->url, exchange.detail, failure);
    }
    for (size_t i = 0; i < left; i++) {
        open[i]->code = RPC_INVALID;
        drop_data(open[i]);
        utf8_copy(open[i]->message, sizeof(open[i]->message), exchange.detail,
                  strlen(exchange.detail));
    }
    return HECTOR_OK;
}
