/*
 * cloud.c - the login to FortiManager Cloud: FortiCloud's OAuth, and the session for its token.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cloud.h"

#include <json-c/json.h>
#include <string.h>

static bool holds(struct json_object *body, const char *name, const char *value)
{
    struct json_object *member = NULL;

    return json_object_object_get_ex(body, name, &member) &&
           json_object_is_type(member, json_type_string) &&
           strcmp(json_object_get_string(member), value) == 0;
}

static void refuse(struct reply *reply, const char *error)
{
    reply->http_status = 401;
    text_open(&reply->body, '{');
    text_key(&reply->body, "error");
    text_string(&reply->body, error);
    text_close(&reply->body, '}');
}

static void answer_oauth(struct simulator *simulator, struct json_object *body, struct reply *reply)
{
    static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    struct settings *settings = &simulator->settings;
    struct text *text = &reply->body;

    if (!holds(body, "client_id", "FortiManager") || !holds(body, "grant_type", "password"))
        report_violation(&simulator->report, "OAuth for something else than FortiManager");
    if (!holds(body, "username", settings->user) || !holds(body, "password", settings->password)) {
        simulator->report.refused_logins++;
        refuse(reply, "invalid_grant");
        return;
    }
    for (size_t i = 0; i + 1 < sizeof(simulator->cloud_token); i++)
        simulator->cloud_token[i] = signs[random_below(&simulator->order, sizeof(signs) - 1)];
    text_open(text, '{');
    text_key(text, "access_token");
    text_string(text, simulator->cloud_token);
    text_key(text, "expires_in");
    text_integer(text, 14400);
    text_key(text, "message");
    text_string(text, "successfully authenticated");
    text_key(text, "status");
    text_string(text, "success");
    text_key(text, "token_type");
    text_string(text, "Bearer");
    text_close(text, '}');
}

static void answer_session(struct simulator *simulator, struct json_object *body,
                           struct reply *reply)
{
    enum fault fault = faults_next_login(&simulator->faults);
    const char *token = NULL;

    if (simulator->cloud_token[0] != '\0' && holds(body, "access_token", simulator->cloud_token) &&
        !simulator_denies(simulator, "login", NULL))
        token = sessions_open(&simulator->sessions);
    if (token == NULL) {
        simulator->report.refused_logins++;
        refuse(reply, "access_denied");
        return;
    }
    simulator->report.logins++;
    text_open(&reply->body, '{');
    text_key(&reply->body, "session");
    text_string(&reply->body, token);
    text_close(&reply->body, '}');
    if (fault == FAULT_LOGIN_REPLY_LOST)
        reply->delivery = DELIVERY_NONE;
}

bool cloud_answer(struct simulator *simulator, const struct request *request, struct reply *reply)
{
    bool oauth = strcmp(request->path, "/api/v1/oauth/token/") == 0;
    struct json_object *body;

    if (!oauth && strcmp(request->path, "/p/forticloud_jsonrpc_login/") != 0)
        return false;
    report_url(&simulator->report, request->path);
    report_credentials(&simulator->report, true);
    if (strcmp(request->method, "POST") != 0 || request->authorization != NULL)
        report_violation(&simulator->report, "%s %s", request->method, request->path);
    body = json_tokener_parse(request->body->bytes);
    if (oauth)
        answer_oauth(simulator, body, reply);
    else
        answer_session(simulator, body, reply);
    (void)json_object_put(body);
    return true;
}
