/*
 * access.c - who may ask: sign-in and sign-out on premises, login and logout in the cloud.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "access.h"

#include "ems_faults.h"

#include <json-c/json.h>
#include <microhttpd.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define SIGN_IN      "/api/v1/auth/signin"
#define SIGN_OUT     "/api/v1/auth/signout"
#define CLOUD_LOGIN  "/fct/api/public/v1/ems_api_cloud/login/"
#define CLOUD_LOGOUT "/fct/api/public/v1/ems_api_cloud/logout/"

static const char expired[] = "Session has expired or does not exist.";

/* Credentials -------------------------------------------------------------------------------- */

/* The text of a member; "" when it is none. */
static const char *text_of(struct json_object *body, const char *name)
{
    struct json_object *member = NULL;

    return json_object_object_get_ex(body, name, &member) &&
                   json_object_is_type(member, json_type_string)
               ? json_object_get_string(member)
               : "";
}

static void check_members(const struct visit *visit, struct json_object *body,
                          const char *const *known)
{
    if (!json_object_is_type(body, json_type_object)) {
        report_violation(visit_report(visit), "%s without a JSON object", visit->request->path);
        return;
    }
    json_object_object_foreach(body, name, unused) {
        bool found = false;

        (void)unused;
        for (size_t i = 0; known[i] != NULL; i++)
            found = found || strcmp(known[i], name) == 0;
        if (!found)
            report_violation(visit_report(visit), "%s with %s", visit->request->path, name);
    }
}

/* A sign-in, however it may be written. */
struct sign_in {
    const char *const *members;
    const char *name; /* of the members */
    const char *secret;
};

static const char *const premises_members[] = {"name", "password", "site", NULL};
static const char *const cloud_members[] = {"account_email", "access_key", NULL};
static const struct sign_in premises = {premises_members, "name", "password"};
static const struct sign_in cloud = {cloud_members, "account_email", "access_key"};

static bool is_right(const struct visit *visit, const struct sign_in *how, struct json_object *body)
{
    const struct settings *settings = &visit->ems->simulator.settings;
    const char *name = how == &cloud ? visit->ems->options.account : settings->user;
    const char *secret = how == &cloud ? settings->key : settings->password;
    const char *site = text_of(body, "site");

    return strcmp(text_of(body, how->name), name) == 0 &&
           strcmp(text_of(body, how->secret), secret) == 0 &&
           (site[0] == '\0' || strcmp(site, visit->ems->options.site) == 0);
}

/* Checks a sign-in, and opens its session; NULL: refused. */
static const char *open_session(const struct visit *visit, const struct sign_in *how)
{
    struct report *report = visit_report(visit);
    struct json_object *body = json_tokener_parse(visit->request->body->bytes);
    const char *session = NULL;

    if (strcmp(visit->request->method, MHD_HTTP_METHOD_POST) != 0)
        report_violation(report, "%s %s", visit->request->method, visit->request->path);
    check_members(visit, body, how->members);
    if (is_right(visit, how, body)) {
        session = sessions_open(&visit->ems->simulator.sessions);
        report->logins++;
    } else {
        if (report->refused_logins > 0)
            report_violation(report, "refused credentials are sent again");
        report->refused_logins++;
    }
    (void)json_object_put(body);
    return session;
}

/* On premises -------------------------------------------------------------------------------- */

/* The token of a session's forms: a part of it, so that each has another. */
static const char *csrf_of(const char *session, char ret_token[SESSION_TOKEN_SIZE])
{
    (void)snprintf(ret_token, SESSION_TOKEN_SIZE, "CANARY%.26s", session);
    return ret_token;
}

static void set_cookies(const struct visit *visit, const char *session)
{
    struct ems *ems = visit->ems;
    const char *quote = ems->options.quoted_cookie ? "\"" : "";
    char csrf[SESSION_TOKEN_SIZE];

    ems->csrf_cookie.size = 0;
    text_format(&ems->csrf_cookie, "%s=%s%s%s; Path=/; SameSite=Lax; Secure",
                ems->options.quoted_cookie ? "ccsrftoken" : "csrftoken", quote,
                csrf_of(session, csrf), quote);
    text_add(&ems->csrf_cookie, "", 1);
    ems->session_cookie.size = 0;
    text_format(&ems->session_cookie, "sessionid=%s; HttpOnly; Path=/; SameSite=Lax; Secure",
                session);
    text_add(&ems->session_cookie, "", 1);
    visit->reply->cookies[0] = ems->csrf_cookie.bytes;
    visit->reply->cookies[1] = ems->session_cookie.bytes;
}

/* G.2: its retval makes it a refusal, whatever the HTTP status. */
static void sign_in(const struct visit *visit)
{
    const struct ems_options *options = &visit->ems->options;
    struct text *body = &visit->reply->body;
    const char *session;

    if (visit->fault == EMS_FAULT_DATABASE) {
        visit_refuse(visit, 500, -7, "Database error");
        return;
    }
    session = open_session(visit, &premises);
    if (session == NULL) {
        visit_refuse(visit, options->refused_status, options->refused_retval,
                     "Invalid username or password.");
        return;
    }
    set_cookies(visit, session);
    visit_begin(visit, 1, "Login successful.");
    if (options->version >= EMS_7_2_1) {
        text_key(body, "data");
        text_open(body, '{');
        text_key(body, "site");
        text_string(body, options->site);
        text_close(body, '}');
    }
    text_close(body, '}');
}

static const char *cookie(const struct visit *visit, const char *name)
{
    return MHD_lookup_connection_value(visit->request->connection, MHD_COOKIE_KIND, name);
}

/* The token of the session in the cookies, or NULL. */
static const char *session_of(const struct visit *visit)
{
    return cookie(visit, "sessionid");
}

/* Every call on premises: the number of its kind, its token against forgery, and where it comes
 * from. */
static void check_headers(const struct visit *visit)
{
    const char *session = session_of(visit);
    const char *type = visit_header(visit, "Ems-Call-Type");
    const char *token = visit_header(visit, "X-CSRFToken");
    const char *referer = visit_header(visit, MHD_HTTP_HEADER_REFERER);
    const char *host = visit_header(visit, MHD_HTTP_HEADER_HOST);
    char csrf[SESSION_TOKEN_SIZE];

    if (type == NULL || strcmp(type, "2") != 0)
        report_violation(visit_report(visit), "%s without Ems-Call-Type: 2", visit->request->path);
    if (session == NULL)
        return;
    if (token == NULL || strcmp(token, csrf_of(session, csrf)) != 0)
        report_violation(visit_report(visit), "%s without its X-CSRFToken", visit->request->path);
    if (referer == NULL || host == NULL || strstr(referer, host) == NULL)
        report_violation(visit_report(visit), "%s without its Referer", visit->request->path);
}

static void sign_out(const struct visit *visit)
{
    const char *session = session_of(visit);

    check_headers(visit);
    /* G.2: POST would need more than GET. */
    if (strcmp(visit->request->method, MHD_HTTP_METHOD_GET) != 0)
        report_violation(visit_report(visit), "%s %s", visit->request->method,
                         visit->request->path);
    if (session == NULL || !sessions_close(&visit->ems->simulator.sessions, session)) {
        visit_refuse(visit, 401, -4, expired);
        return;
    }
    visit_report(visit)->logouts++;
    visit->reply->cookies[0] = "sessionid=\"\"; Max-Age=0; Path=/";
    visit_begin(visit, 1, NULL);
    text_close(&visit->reply->body, '}');
}

/* In the cloud ------------------------------------------------------------------------------- */

static void put_result(const struct visit *visit, const char *result, const char *session)
{
    struct text *body = &visit->reply->body;

    text_open(body, '{');
    text_key(body, "result");
    text_string(body, result);
    if (session != NULL) {
        text_key(body, "session_id");
        text_string(body, session);
    }
    text_close(body, '}');
}

/* `result` is a text here (ems_cloud_login_docs). What a refusal looks like is not known: anything
 * else. */
static void log_in(const struct visit *visit)
{
    const char *session = open_session(visit, &cloud);

    if (session == NULL) {
        visit_report(visit)->errors_answered++;
        visit->reply->http_status = visit->ems->options.refused_status;
    }
    put_result(visit, session != NULL ? "login" : "denied", session);
}

static void log_out(const struct visit *visit)
{
    const char *session = visit->request->authorization;

    if (strcmp(visit->request->method, MHD_HTTP_METHOD_POST) != 0)
        report_violation(visit_report(visit), "%s %s", visit->request->method,
                         visit->request->path);
    if (session == NULL || !sessions_close(&visit->ems->simulator.sessions, session)) {
        visit_refuse(visit, 401, -4, expired);
        return;
    }
    visit_report(visit)->logouts++;
    put_result(visit, "logout", NULL);
}

static void check_cloud_headers(const struct visit *visit)
{
    const char *type = visit_header(visit, "Ems-Api-Header-Content-Type");

    if (type == NULL || strcmp(type, "application/json") != 0)
        report_violation(visit_report(visit), "%s without Ems-Api-Header-Content-Type",
                         visit->request->path);
}

/* Both --------------------------------------------------------------------------------------- */

static const struct door {
    const char *path;
    bool cloud;
    bool opens; /* sent with credentials */
    void (*answer)(const struct visit *visit);
} doors[] = {
    {SIGN_IN, false, true, sign_in},
    {SIGN_OUT, false, false, sign_out},
    {CLOUD_LOGIN, true, true, log_in},
    {CLOUD_LOGOUT, true, false, log_out},
};

bool access_answer(const struct visit *visit)
{
    for (size_t i = 0; i < COUNT(doors); i++) {
        const struct door *door = &doors[i];

        if (strcmp(door->path, visit->request->path) != 0 ||
            door->cloud != visit->ems->options.cloud)
            continue;
        report_url(visit_report(visit), door->path);
        if (door->opens && !door->cloud)
            check_headers(visit);
        if (!door->opens || !ems_faults_refuse(visit))
            door->answer(visit);
        return true;
    }
    return false;
}

bool access_allows(const struct visit *visit)
{
    struct sessions *sessions = &visit->ems->simulator.sessions;
    bool in_cloud = visit->ems->options.cloud;
    const char *session = in_cloud ? visit->request->authorization : session_of(visit);

    if (in_cloud)
        check_cloud_headers(visit);
    else
        check_headers(visit);
    if (session == NULL)
        report_violation(visit_report(visit), "%s without a session", visit->request->path);
    else if (visit->fault == FAULT_SESSION_EXPIRED)
        (void)sessions_close(sessions, session);
    if (session == NULL || !sessions_touch(sessions, session)) {
        visit_refuse(visit, 401, -4, expired);
        return false;
    }
    return true;
}
