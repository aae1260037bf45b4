/*
 * peer.c - a server without sockets: http_exchange() takes its replies from the input.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "peer.h"

#include <stdlib.h>
#include <string.h>

#include "net/rest.h"
#include "json/json_guard.h"
#include "json/json_read.h"

/* Replacements of the functions of http.h (--wrap). */
int32_t __wrap_http_open(struct operation *operation, const struct http_policy *policy,
                         struct http **ret, struct failure *failure);
void __wrap_http_close(struct http *http);
int32_t __wrap_http_exchange(struct http *http, const struct http_request *request,
                             struct http_reply *ret, struct failure *failure);
int32_t __wrap_http_peer_certificate(struct http *http, struct buffer *ret_pem,
                                     struct failure *failure);
bool __wrap_http_answered(const struct http *http);

static struct fuzz_input script;
static struct fuzz_peer_count asked;
static int64_t last_id; /* of the last request */

struct http {
    struct operation *operation;
    bool answered; /* the last request was answered */
};

void fuzz_peer_script(struct fuzz_input lines)
{
    script = lines;
    asked = (struct fuzz_peer_count){0};
}

void fuzz_peer_counts(struct fuzz_peer_count *ret)
{
    *ret = asked;
}

int32_t __wrap_http_open(struct operation *operation, const struct http_policy *policy,
                         struct http **ret, struct failure *failure)
{
    (void)policy;
    (void)failure;
    *ret = calloc(1, sizeof(**ret));
    FUZZ_CHECK(*ret != NULL);
    (*ret)->operation = operation;
    return HECTOR_OK;
}

void __wrap_http_close(struct http *http)
{
    free(http);
}

bool __wrap_http_answered(const struct http *http)
{
    return http->answered;
}

int32_t __wrap_http_peer_certificate(struct http *http, struct buffer *ret_pem,
                                     struct failure *failure)
{
    struct fuzz_input line;

    if (!fuzz_line(&script, &line)) {
        return fail(http->operation, failure, REASON_connection_failed, NULL, ARGUMENTS("peer"));
    }
    buffer_append(ret_pem, line.at, line.size);
    return HECTOR_OK;
}

static void check_exec(struct json_object *param)
{
    const char *url = json_member_text(param, "url");
    const char *action = json_member_text(json_member_object(param, "data"), "action");

    if (strcmp(url, "/sys/login/user") == 0) {
        asked.logins++;
    } else if (strcmp(url, "/sys/logout") == 0) {
        asked.logouts++;
    } else {
        FUZZ_CHECK(strcmp(url, "/sys/proxy/json") == 0);
        FUZZ_CHECK(action != NULL && strcmp(action, "get") == 0);
    }
}

/* Of FortiCloud: a login, or one of the four lists. */
static void check_cloud_request(const struct http_request *request)
{
    static const char *const paths[] = {
        "/api/v1/oauth/token/",
        "/p/forticloud_jsonrpc_login/",
        "/ES/api/registration/v3/products/list",
        "/ES/api/fortiflex/v2/programs/list",
        "/ES/api/fortiflex/v2/configs/list",
        "/ES/api/fortiflex/v2/entitlements/list",
    };
    const char *secret = request->credential.secret;
    bool known = false, shown = secret != NULL && *secret != '\0';

    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        known = known || strcmp(request->path, paths[i]) == 0;
    }
    FUZZ_CHECK(known);
    FUZZ_CHECK(shown == (request->path[1] == 'E')); /* a token is for a list only */
}

/* Whether a request is one of an EMS, which are checked: sign-in and sign-out, and a few GETs. */
static bool is_ems_request(const struct http_request *request)
{
    static const char *const gets[] = {"/", "/api/v1/license/get", "/api/v1/system/consts/get?",
                                       "/api/v1/endpoints/"};
    static const char lead[] = "/fct/api/public/v1/ems_api", out[] = "/api/v1/auth/signout";
    const char *path = request->path;
    bool cloud = strncmp(path, lead, strlen(lead)) == 0, found = false;

    if (request->body != NULL) {
        asked.logouts += cloud && strcmp(path + strlen(lead), "_cloud/logout/") == 0 ? 1 : 0;
        return strcmp(path, "/api/v1/auth/signin") == 0 ||
               (cloud && (strcmp(path + strlen(lead), "_cloud/login/") == 0 ||
                          strcmp(path + strlen(lead), "_cloud/logout/") == 0));
    }
    path += cloud ? strlen(lead) : 0;
    asked.logouts += strcmp(path, out) == 0 ? 1 : 0;
    for (size_t i = 0; i < sizeof(gets) / sizeof(gets[0]); i++) {
        found = found || strncmp(path, gets[i], i == 0 ? 2 : strlen(gets[i])) == 0;
    }
    return found || (!cloud && strcmp(path, out) == 0);
}

/* Sets the cookies of an EMS's sign-in, if it asks for them, or reads the session of EMS Cloud. */
static bool opens_ems_session(const struct http_request *request, const struct http_reply *reply)
{
    const char *id = json_member_text(reply->json, "session_id");

    for (size_t i = 0; reply->status == 200 && i < request->cookie_count && i < 2; i++) {
        buffer_append_text(request->cookies[i].value, "c00kie");
    }
    return (request->cookie_count > 0 && reply->status == 200) ||
           (strstr(request->path, "_cloud/login/") != NULL && reply->status < 500 &&
            json_member_is(reply->json, "result", "login") && rest_is_token(id));
}

/* Every request is JSON and read-only: get, exec of login, logout and a proxied get, and those of
 * FortiCloud. Returns true for a login. */
static bool check_request(const struct http_request *request)
{
    size_t logins = asked.logins;
    struct json_object *body, *param;
    const char *method;

    FUZZ_CHECK(++asked.requests < FUZZ_REQUESTS_MAX);
    FUZZ_CHECK(request->path[0] == '/');
    if (is_ems_request(request)) {
        return false;
    }
    if (request->body == NULL) {
        /* a GET of FortiOS or FortiNAC; or the start page of a system that shows no mark */
        FUZZ_CHECK(strncmp(request->path, "/api/v2/", 8) == 0 ||
                   (strcmp(request->path, "/") == 0 && request->credential.secret == NULL));
        return false;
    }
    body = fuzz_parse(request->body, strlen(request->body));
    if (strcmp(request->path, "/jsonrpc") != 0) {
        check_cloud_request(request);
        json_object_put(body);
        return false;
    }
    method = json_member_text(body, "method");
    (void)json_member_integer(body, "id", &last_id);
    param = json_element(json_member_array(body, "params"), 0);
    FUZZ_CHECK(method != NULL && json_member_text(param, "url") != NULL);
    if (strcmp(method, "get") != 0) {
        FUZZ_CHECK(strcmp(method, "exec") == 0);
        check_exec(param);
    }
    json_object_put(body);
    return asked.logins > logins;
}

static int32_t broken(struct http *http, struct fuzz_input line, struct failure *failure)
{
    bool large = line.size == 2 && line.at[1] == '!', late = line.size == 2 && line.at[1] == '?';

    return fail(http->operation, failure,
                large  ? REASON_reply_too_large
                : late ? REASON_time_out
                       : REASON_connection_broken,
                NULL, ARGUMENTS("peer", "1"));
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The rows of one reply, and what their receiver answered. */
struct row_taking {
    const struct http_rows *rows;
    struct failure *failure;
    int32_t code;
};

static bool take_row(void *context, struct json_object *row, size_t bytes)
{
    struct row_taking *taking = context;

    (void)bytes;
    taking->code = taking->rows->take(taking->rows->context, row, taking->failure);
    return taking->code == HECTOR_OK;
}

/* Limited to the memory that replies in use have left, as in http.c. */
static int32_t read_body(struct operation *operation, struct fuzz_input body,
                         const struct http_rows *wanted, struct http_reply *ret,
                         struct failure *failure)
{
    struct json_guard *guard = json_guard_new(body.size, budget_left(&operation->replies));
    struct row_taking taking = {wanted, failure, HECTOR_OK};
    const struct json_rows rows = {wanted != NULL ? wanted->names : NULL, take_row, &taking};

    FUZZ_CHECK(guard != NULL);
    if (wanted != NULL) {
        wanted->restart(wanted->context);
        if (ret->status == 200) {
            json_guard_rows(guard, &rows);
        }
    }
    (void)json_guard_feed(guard, body.at, body.size);
    ret->fault = json_guard_finish(guard, &ret->json, &ret->repaired);
    budget_take(&operation->replies, json_guard_tree_bytes(guard), &ret->tree);
    json_guard_free(guard);
    return taking.code;
}

/* True for FortiManager's answer to a login that it accepts. */
static bool opens_session(const struct http_reply *reply)
{
    struct json_object *result = json_member(reply->json, "result");
    struct json_object *row =
        json_object_is_type(result, json_type_array) ? json_element(result, 0) : result;
    const char *session = json_member_text(reply->json, "session");
    int64_t code = -1, id = last_id;

    (void)json_member_integer(reply->json, "id", &id);
    return id == last_id && reply->status != 401 && reply->status != 403 &&
           json_count(result) <= 1 &&
           json_member_integer(json_member_object(row, "status"), "code", &code) && code == 0 &&
           session != NULL && *session != '\0' && strlen(session) <= HECTOR_SECRET_MAX;
}

/* As http_exchange(): OK whatever the status and body. */
int32_t __wrap_http_exchange(struct http *http, const struct http_request *request,
                             struct http_reply *ret, struct failure *failure)
{
    struct fuzz_input line = {"", 0};
    int32_t code = request->has_grace ? HECTOR_OK : operation_check(http->operation, failure);
    bool login = check_request(request);

    if (code != HECTOR_OK) {
        return code;
    }
    http->operation->requests++;
    http->answered = false;
    if (!fuzz_line(&script, &line) || (line.size > 0 && line.at[0] == '!')) {
        return broken(http, line, failure);
    }
    *ret = (struct http_reply){.status = 200};
    if (line.size > 3 && is_digit(line.at[0]) && is_digit(line.at[1]) && is_digit(line.at[2]) &&
        line.at[3] == ' ') {
        ret->status = (line.at[0] - '0') * 100 + (line.at[1] - '0') * 10 + line.at[2] - '0';
        line.at += 4;
        line.size -= 4;
    }
    http->operation->bytes += line.size;
    http->answered = true;
    if ((code = read_body(http->operation, line, request->rows, ret, failure)) != HECTOR_OK) {
        json_object_put(ret->json);
        budget_give_back(&ret->tree);
        return code;
    }
    ret->html = line.size > 0 && line.at[0] == '<';
    ret->bytes = line.size;
    http->operation->repaired += ret->repaired ? 1 : 0;
    asked.sessions += (login && opens_session(ret)) || opens_ems_session(request, ret) ? 1 : 0;
    return HECTOR_OK;
}
