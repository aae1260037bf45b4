/*
 * tokens.c - FortiCloud's login: a token for one API (C.1).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "tokens.h"

#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

const char *forticloud_client(enum api api)
{
    static const char *const clients[] = {"assetmanagement", "flexvm"};

    return clients[api];
}

static const char *text_of(struct json_object *body, const char *name)
{
    struct json_object *member = NULL;

    return json_object_object_get_ex(body, name, &member) &&
                   json_object_is_type(member, json_type_string)
               ? json_object_get_string(member)
               : "";
}

/* The API of a client id, or API_COUNT. */
static enum api api_of(const char *client)
{
    int api = 0;

    while (api < API_COUNT && strcmp(forticloud_client((enum api)api), client) != 0)
        api++;
    return (enum api)api;
}

struct token *tokens_find(struct forticloud *forticloud, const char *text)
{
    uint64_t now = pace_now_ms();

    for (size_t i = 0; i < forticloud->token_count && i < MAXIMUM_TOKENS; i++)
        if (forticloud->tokens[i].ends_ms > now && strcmp(forticloud->tokens[i].text, text) == 0)
            return &forticloud->tokens[i];
    return NULL;
}

/* "CANARY", because no output may ever hold one. */
static void make_token(struct random *random, char ret_text[TOKEN_SIZE])
{
    static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    (void)snprintf(ret_text, TOKEN_SIZE, "CANARY");
    for (size_t i = strlen(ret_text); i + 1 < TOKEN_SIZE; i++)
        ret_text[i] = signs[random_below(random, sizeof(signs) - 1)];
    ret_text[TOKEN_SIZE - 1] = '\0';
}

static void issue(struct forticloud *forticloud, enum api api, struct text *text)
{
    struct token *token = &forticloud->tokens[forticloud->token_count++ % MAXIMUM_TOKENS];
    const char *says = forticloud->options.expires_says;
    char refresh[TOKEN_SIZE];

    make_token(&forticloud->simulator.order, token->text);
    make_token(&forticloud->simulator.order, refresh);
    token->api = api;
    token->ends_ms = pace_now_ms() + (uint64_t)forticloud->options.expires_in_s * 1000;
    /* oauth_token_fortiflex_observed */
    text_open(text, '{');
    text_key(text, "access_token");
    text_string(text, token->text);
    if (says == NULL) {
        text_key(text, "expires_in");
        text_integer(text, forticloud->options.expires_in_s);
    } else if (says[0] != '\0') {
        text_key(text, "expires_in");
        text_literal(text, says);
    }
    text_key(text, "token_type");
    text_string(text, "Bearer");
    text_key(text, "scope");
    text_string(text, "read write");
    text_key(text, "refresh_token");
    text_string(text, refresh);
    text_key(text, "message");
    text_string(text, "successfully authenticated");
    text_key(text, "status");
    text_string(text, "success");
    text_close(text, '}');
}

/* RFC 6749, 5.2, which the IAM guide follows: `error`, `error_description`. */
static void refuse(struct forticloud *forticloud, struct reply *reply)
{
    forticloud->simulator.report.refused_logins++;
    reply->http_status = 401;
    text_put(&reply->body, "{\"error\":\"invalid_grant\","
                           "\"error_description\":\"Invalid credentials given.\"}");
}

static void check_members(struct report *report, struct json_object *body)
{
    static const char *const known[] = {"username", "password", "client_id", "grant_type", NULL};

    if (!json_object_is_type(body, json_type_object)) {
        report_violation(report, "a login that is no JSON object");
        return;
    }
    json_object_object_foreach(body, name, unused) {
        bool found = false;

        (void)unused;
        for (size_t i = 0; known[i] != NULL; i++)
            found = found || strcmp(known[i], name) == 0;
        if (!found)
            report_violation(report, "a login with %s", name);
    }
}

static void answer_login(struct forticloud *forticloud, struct json_object *body,
                         struct reply *reply)
{
    const struct settings *settings = &forticloud->simulator.settings;
    struct report *report = &forticloud->simulator.report;
    enum api api = api_of(text_of(body, "client_id"));

    check_members(report, body);
    if (api == API_COUNT || strcmp(text_of(body, "grant_type"), "password") != 0) {
        report_violation(report, "a login for %s", text_of(body, "client_id"));
        refuse(forticloud, reply);
        return;
    }
    if (forticloud->denied[api])
        report_violation(report, "a login for %s after access was denied", forticloud_client(api));
    if (strcmp(text_of(body, "username"), settings->user) != 0 ||
        strcmp(text_of(body, "password"), settings->password) != 0) {
        if (report->refused_logins > 0)
            report_violation(report, "refused credentials are sent again");
        refuse(forticloud, reply);
        return;
    }
    report->logins++;
    issue(forticloud, api, &reply->body);
}

void tokens_answer(struct forticloud *forticloud, const struct request *request,
                   struct reply *reply)
{
    struct report *report = &forticloud->simulator.report;
    struct json_object *body = json_tokener_parse(request->body->bytes);

    if (strcmp(request->method, "POST") != 0 || request->authorization != NULL)
        report_violation(report, "%s of a login", request->method);
    answer_login(forticloud, body, reply);
    (void)json_object_put(body);
}
