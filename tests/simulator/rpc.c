/*
 * rpc.c - answers a JSON-RPC body: the envelope, access control, and faults.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "rpc.h"

#include "content.h"
#include "get.h"
#include "motion.h"
#include "proxy.h"
#include "url.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A dead session gets this number in place of a token (section 1.1). */
#define INTERNAL_SESSION_ID 29259

struct call {
    struct simulator *simulator;
    struct json_object *body;
    struct json_object *params;
    const char *method;
    const char *session; /* the token of the request, or NULL */
    bool key;            /* the request has a valid key, and this version knows keys */
    bool allowed;
    bool verbose;
    enum fault fault;
};

/* Messages: section 2, status codes. */
static const char *get_message(int code)
{
    switch (code) {
    case STATUS_OK: return "OK";
    case STATUS_INTERNAL: return "Internal error";
    case STATUS_NO_OBJECT: return "Object does not exist";
    case STATUS_NO_COMMAND: return "No such command";
    case STATUS_INVALID_URL: return "Invalid url";
    case STATUS_INVALID_PARAMETER: return "Invalid parameter";
    case STATUS_INVALID_COMMAND: return "The command is invalid for selected url";
    case STATUS_LOGIN_FAILED: return "Login fail";
    case STATUS_TOO_MANY_SESSIONS: return "Too many sessions for this user";
    default: return "No permission for the resource";
    }
}

static const char *get_string(struct json_object *object, const char *name)
{
    struct json_object *value = NULL;

    if (!json_object_object_get_ex(object, name, &value) ||
        !json_object_is_type(value, json_type_string))
        return NULL;
    return json_object_get_string(value);
}

static const char *get_url(const struct call *call, size_t position)
{
    return get_string(json_object_array_get_idx(call->params, position), "url");
}

/* Envelope ---------------------------------------------------------------------------------- */

static void write_status(struct text *text, int code)
{
    text_key(text, "status");
    text_open(text, '{');
    text_key(text, "code");
    text_integer(text, code);
    text_key(text, "message");
    text_string(text, get_message(code));
    text_close(text, '}');
}

/* The reply repeats the id, whatever it is. Late 7.6 adds "cid" [device_flags_many]. */
static void begin_reply(const struct call *call, struct text *text)
{
    struct json_object *id = NULL;

    text_open(text, '{');
    if (call->simulator->settings.version >= VERSION_7_6_7) {
        text_key(text, "cid");
        text_integer(text, 258);
    }
    if (json_object_object_get_ex(call->body, "id", &id)) {
        text_key(text, "id");
        text_literal(text, json_object_to_json_string_ext(id, JSON_C_TO_STRING_PLAIN));
    }
    text_key(text, "result");
}

/* A reply of one row with only its status: login, logout. */
static void write_single(const struct call *call, int code, struct reply *reply)
{
    struct text *text = &reply->body;

    begin_reply(call, text);
    text_open(text, '[');
    text_open(text, '{');
    write_status(text, code);
    text_key(text, "url");
    text_string(text, get_url(call, 0));
    text_close(text, '}');
    text_close(text, ']');
}

/* Login ------------------------------------------------------------------------------------- */

/* Section 1.1: data is an object, or a list of one. */
static int check_login(const struct call *call)
{
    struct simulator *simulator = call->simulator;
    struct json_object *param = json_object_array_get_idx(call->params, 0);
    struct json_object *data = json_object_object_get(param, "data");
    const char *user;
    const char *password;

    if (json_object_is_type(data, json_type_array) && json_object_array_length(data) == 1)
        data = json_object_array_get_idx(data, 0);
    user = get_string(data, "user");
    password = get_string(data, "passwd");
    /* An empty login counts towards the lockout of the source address. */
    if (user == NULL || password == NULL || user[0] == '\0' || password[0] == '\0')
        report_violation(&simulator->report, "login without user or password");
    /* A FortiManager Cloud only knows FortiCloud's sessions (section 1.3). */
    if (simulator->settings.serve == SERVE_CLOUD || user == NULL || password == NULL ||
        strcmp(user, simulator->settings.user) != 0 ||
        strcmp(password, simulator->settings.password) != 0)
        return STATUS_LOGIN_FAILED;
    if (simulator_denies(simulator, "login", NULL))
        return STATUS_NO_PERMISSION;
    return STATUS_OK;
}

static void answer_login(const struct call *call, struct reply *reply)
{
    struct simulator *simulator = call->simulator;
    enum fault fault = faults_next_login(&simulator->faults);
    const char *token = NULL;
    int code = check_login(call);

    if (code == STATUS_OK) {
        token = fault != FAULT_SESSION_LIMIT ? sessions_open(&simulator->sessions) : NULL;
        if (token == NULL)
            code = STATUS_TOO_MANY_SESSIONS;
    }
    if (code == STATUS_OK)
        simulator->report.logins++;
    else
        simulator->report.refused_logins++;
    write_single(call, code, reply);
    if (token != NULL) {
        text_key(&reply->body, "session");
        text_string(&reply->body, token);
    }
    text_close(&reply->body, '}');
    if (fault == FAULT_LOGIN_REPLY_LOST)
        reply->delivery = DELIVERY_NONE;
}

static void answer_logout(const struct call *call, struct reply *reply)
{
    struct simulator *simulator = call->simulator;
    bool closed = call->session != NULL && sessions_close(&simulator->sessions, call->session);

    /* All users of a key share one session, which a logout closes (section 1.2). */
    if (call->key)
        report_violation(&simulator->report, "logout with a key");
    if (closed)
        simulator->report.logouts++;
    write_single(call, closed || call->key ? STATUS_OK : STATUS_NO_PERMISSION, reply);
    if (!closed && call->session != NULL) {
        text_key(&reply->body, "session");
        text_integer(&reply->body, INTERNAL_SESSION_ID);
    }
    text_close(&reply->body, '}');
}

/* Data -------------------------------------------------------------------------------------- */

static bool is_proxy(const struct call *call, const char *text)
{
    struct url url;
    const char *unused[MAXIMUM_STARS];

    return strcmp(call->method, "exec") == 0 && url_read(&url, text) &&
           url_matches(&url, "sys/proxy/json", unused);
}

static int answer_param(const struct call *call, size_t position, struct text *text)
{
    struct json_object *param = json_object_array_get_idx(call->params, position);
    const char *url = get_url(call, position);

    report_param(&call->simulator->report, url, param);
    if (!call->allowed || (call->fault == FAULT_SESSION_KILLED && position > 0) ||
        call->fault == FAULT_KEY_MINUS_11)
        return STATUS_NO_PERMISSION;
    if (call->fault == FAULT_STATUS_MINUS_1)
        return STATUS_INTERNAL;
    if (is_proxy(call, url))
        return proxy_answer(call->simulator, param, text);
    /* Everything except reading, login and logout: section 8, "read only". */
    if (strcmp(call->method, "get") != 0) {
        report_violation(&call->simulator->report, "method %s on %s", call->method, url);
        return STATUS_INVALID_COMMAND;
    }
    return get_answer(call->simulator, param, url, call->verbose, call->fault, text);
}

/* Sample err_token_parallel_747 has escaped slashes. */
static void write_url(const struct call *call, const char *url, struct text *text)
{
    text_key(text, "url");
    if (call->fault != FAULT_KEY_MINUS_11) {
        text_string(text, url);
        return;
    }
    text_open(text, '"');
    for (; *url != '\0'; url++) {
        if (*url == '/' || *url == '\\' || *url == '"')
            text_put(text, "\\");
        text_add(text, url, 1);
    }
    text_close(text, '"');
}

static void write_row(const struct call *call, size_t position, struct text *text)
{
    size_t start;
    int code;

    text_open(text, '{');
    start = text->size;
    code = answer_param(call, position, text);
    if (code < STATUS_OK)
        text->size = start;
    else
        content_spoil_data(text, start, call->fault);
    if (code != STATUS_NONE && call->fault != FAULT_MISSING_STATUS)
        write_status(text, code);
    write_url(call, get_url(call, position), text);
    text_close(text, '}');
}

static void write_rows(const struct call *call, struct text *text)
{
    size_t count = json_object_array_length(call->params);

    if (call->fault == FAULT_RESULT_OBJECT) {
        write_row(call, 0, text);
        return;
    }
    text_open(text, '[');
    for (size_t i = 0; i < count; i++)
        write_row(call, i, text);
    text_close(text, ']');
}

static void write_data_reply(const struct call *call, struct text *text)
{
    /* Sample err_token_parallel_747 has no id. */
    if (call->fault == FAULT_KEY_MINUS_11) {
        text_open(text, '{');
        text_key(text, "result");
    } else {
        begin_reply(call, text);
    }
    write_rows(call, text);
    if (call->session != NULL && (!call->allowed || call->fault == FAULT_SESSION_KILLED)) {
        text_key(text, "session");
        text_integer(text, INTERNAL_SESSION_ID);
    }
    text_close(text, '}');
}

static void answer_data(struct call *call, struct reply *reply)
{
    struct sessions *sessions = &call->simulator->sessions;
    bool alone = json_object_array_length(call->params) == 1;

    call->fault = faults_next(&call->simulator->faults);
    motion_step(call->simulator, call->fault);
    if (call->session != NULL &&
        (call->fault == FAULT_SESSION_EXPIRED || (call->fault == FAULT_SESSION_KILLED && alone)))
        (void)sessions_close(sessions, call->session);
    call->allowed = call->key || (call->session != NULL && sessions_touch(sessions, call->session));
    write_data_reply(call, &reply->body);
    if (call->session != NULL && call->fault == FAULT_SESSION_KILLED)
        (void)sessions_close(sessions, call->session);
    content_spoil(&reply->body, call->fault);
    wire_spoil(reply, (int)call->fault);
}

/* Reading the body -------------------------------------------------------------------------- */

/* Section 2: the members of a request; "jsonrpc" is optional. */
static void check_members(const struct call *call)
{
    static const char *const known[] = {"id", "jsonrpc", "method", "params", "session", "verbose"};

    json_object_object_foreach(call->body, name, value) {
        bool found = false;

        (void)value;
        for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
            found = found || strcmp(known[i], name) == 0;
        if (!found)
            report_violation(&call->simulator->report, "unknown member %s in the body", name);
    }
}

/* The reason why a body is not a valid request, or NULL. */
static const char *read_call(struct call *call)
{
    size_t count;

    if (!json_object_is_type(call->body, json_type_object))
        return "the body is no JSON object";
    call->params = json_object_object_get(call->body, "params");
    call->method = get_string(call->body, "method");
    call->session = get_string(call->body, "session");
    call->verbose = json_object_get_int(json_object_object_get(call->body, "verbose")) == 1;
    if (call->method == NULL)
        return "no method";
    if (!json_object_is_type(call->params, json_type_array))
        return "params is no list";
    count = json_object_array_length(call->params);
    for (size_t i = 0; i < count; i++)
        if (get_url(call, i) == NULL)
            return "a param without url";
    return count == 0 ? "params is empty" : NULL;
}

static bool is_exec_of(const struct call *call, const char *pattern)
{
    struct url url;
    const char *unused[MAXIMUM_STARS];

    return strcmp(call->method, "exec") == 0 && json_object_array_length(call->params) == 1 &&
           url_read(&url, get_url(call, 0)) && url_matches(&url, pattern, unused);
}

/* API keys: 7.2.2 and later (section 1.2). */
static bool is_right_key(const struct simulator *simulator, const char *authorization)
{
    static const char scheme[] = "Bearer ";

    return authorization != NULL && simulator->settings.serve != SERVE_CLOUD &&
           simulator->settings.version >= 70202 &&
           strncmp(authorization, scheme, sizeof(scheme) - 1) == 0 &&
           strcmp(authorization + sizeof(scheme) - 1, simulator->settings.key) == 0;
}

void rpc_answer(struct simulator *simulator, const char *body, size_t size,
                const char *authorization, struct reply *reply)
{
    struct json_tokener *tokener = json_tokener_new_ex(32);
    struct call call = {.simulator = simulator, .key = is_right_key(simulator, authorization)};
    const char *fault;
    bool login;

    if (tokener != NULL && size < INT32_MAX)
        call.body = json_tokener_parse_ex(tokener, body, (int)size + 1);
    if (tokener != NULL)
        json_tokener_free(tokener);
    fault = read_call(&call);
    if (fault != NULL) {
        report_violation(&simulator->report, "%s", fault);
        reply_html(reply, 400, "400 Bad Request");
        (void)json_object_put(call.body);
        return;
    }
    check_members(&call);
    login = is_exec_of(&call, "sys/login/user");
    report_credentials(&simulator->report, login || authorization != NULL || call.session != NULL);
    if (login)
        answer_login(&call, reply);
    else if (is_exec_of(&call, "sys/logout"))
        answer_logout(&call, reply);
    else
        answer_data(&call, reply);
    (void)json_object_put(call.body);
}
