/*
 * login.c - signs in to an EMS on premises or to EMS Cloud, and signs out.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "login.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "base/vector.h"
#include "result.h"
#include "json/json_read.h"
#include "json/json_write.h"

#define SIGN_IN      "/api/v1/auth/signin"
#define SIGN_OUT     "/api/v1/auth/signout"
#define CLOUD_LOGIN  "/fct/api/public/v1/ems_api_cloud/login/"
#define CLOUD_LOGOUT "/fct/api/public/v1/ems_api_cloud/logout/"

void ems_session_init(struct operation *operation, const struct settings *settings,
                      struct http *http, struct ems_session *ret)
{
    *ret = (struct ems_session){.operation = operation,
                                .settings = settings,
                                .rest = {.operation = operation, .http = http},
                                .id = BUFFER(HECTOR_SECRET_MAX),
                                .cookies = BUFFER(HECTOR_SECRET_MAX),
                                .csrf = BUFFER(COOKIE_MAX)};
    address_format(&settings->address, ret->referer, sizeof(ret->referer));
}

/* The headers of a request: those of the session too, once there is one. */
static void set_headers(struct ems_session *session)
{
    if (session->settings->is_ems_cloud) {
        session->headers[0] =
            (struct http_credential){"Ems-Api-Header-Content-Type: ", "application/json", NULL};
        session->rest.credential = (struct http_credential){
            "Authorization: ", buffer_text(&session->id), &session->headers[0]};
        return;
    }
    session->headers[0] = (struct http_credential){"Ems-Call-Type: ", "2", NULL};
    session->headers[1] =
        (struct http_credential){"Referer: ", session->referer, &session->headers[0]};
    session->headers[2] = (struct http_credential){"X-CSRFToken: ", buffer_text(&session->csrf),
                                                   &session->headers[1]};
    session->rest.credential =
        (struct http_credential){"Cookie: ", buffer_text(&session->cookies), &session->headers[2]};
}

/* The session is used no more. */
static void forget(struct ems_session *session)
{
    struct secrets *secrets = &session->operation->secrets;

    secrets_remove(secrets, buffer_text(&session->id));
    secrets_remove(secrets, buffer_text(&session->csrf));
    buffer_clear(&session->id);
    buffer_clear(&session->csrf);
    buffer_clear(&session->cookies);
    session->signed_in = session->answered = false;
    set_headers(session);
}

/* Sends a sign-in: the body with its secret, which is wiped. */
static int32_t post(struct ems_session *session, struct http_request request, struct buffer *body,
                    struct http_reply *ret, struct failure *failure)
{
    request.has_grace = true; /* a session that is opened must be closed, too */
    return rest_post(&session->rest, request, body, ret, failure);
}

static int32_t fail_unrecognised(const struct ems_session *session, const char *path,
                                 const struct http_reply *reply, struct failure *failure)
{
    char detail[96];

    (void)snprintf(detail, sizeof(detail), "%s: HTTP %" PRId32 "%s", path, reply->status,
                   reply->html ? ", a web page" : "");
    return fail(session->operation, failure, REASON_ems_unrecognised, detail,
                ARGUMENTS(session->settings->origin));
}

/* ---- on premises */

/* Keeps the cookies for later requests. `csrf` as the reply wrote it, also in quotes. */
static int32_t keep_cookies(struct ems_session *session, const char *csrf_name,
                            const struct buffer *csrf, struct failure *failure)
{
    const char *bare = buffer_text(csrf) + strspn(buffer_text(csrf), "\"");
    int32_t code;

    session->signed_in = session->id.size > 0;
    buffer_append_text(&session->cookies, "sessionid=");
    buffer_append_text(&session->cookies, buffer_text(&session->id));
    if (csrf->size > 0) {
        buffer_append_text(&session->cookies, "; ");
        buffer_append_text(&session->cookies, csrf_name);
        buffer_append_text(&session->cookies, "=");
        buffer_append_text(&session->cookies, buffer_text(csrf));
        buffer_append(&session->csrf, bare, strcspn(bare, "\""));
    }
    set_headers(session);
    return (code = fail_buffer(session->operation, failure, &session->csrf)) != HECTOR_OK
               ? code
               : fail_buffer(session->operation, failure, &session->cookies);
}

/* Checks the reply to a sign-in: only retval says whether it was refused. */
static int32_t check_sign_in(struct ems_session *session, const struct http_reply *reply,
                             struct failure *failure)
{
    const struct settings *settings = session->settings;
    const char *site =
        device_name(json_member_text(json_member_object(reply->json, "data"), "site"));
    struct ems_result result;
    char detail[160];

    ems_result_read(session, reply, &result);
    if (ems_result_is_server_error(reply, &result)) {
        return ems_result_fail(session, SIGN_IN, reply, failure);
    }
    if (!result.found) {
        return fail_unrecognised(session, SIGN_IN, reply, failure);
    }
    if (result.retval != EMS_SUCCESS) {
        (void)snprintf(detail, sizeof(detail), SIGN_IN ": HTTP %" PRId32 ", %" PRId64 " %s",
                       reply->status, result.retval, result.message);
        return fail(session->operation, failure, REASON_ems_sign_in_refused, detail,
                    ARGUMENTS(settings->username, settings->origin, ems_result_text(&result).text));
    }
    if (!session->signed_in) {
        return ems_result_invalid(session, SIGN_IN, "no cookie sessionid", failure);
    }
    site = site != NULL ? site : "";
    utf8_copy(session->site, sizeof(session->site), site, strlen(site));
    return HECTOR_OK;
}

static int32_t write_sign_in(const struct ems_session *session, struct buffer *body,
                             struct failure *failure)
{
    const struct settings *settings = session->settings;
    struct buffer password = BUFFER(HECTOR_SECRET_MAX);
    int32_t code = operation_secret(session->operation, "password", &password, failure);

    if (code == HECTOR_OK && password.size == 0) {
        code = fail_field(session->operation, failure, "password", REASON_password_missing,
                          ARGUMENTS(settings->username, "password"));
    }
    if (code == HECTOR_OK) {
        json_write_object(body, NULL);
        json_write_string(body, "name", settings->username);
        json_write_string(body, "password", buffer_text(&password));
        json_write_optional(body, "site", settings->ems_site);
        json_write_object_end(body);
    }
    buffer_release_secret(&password);
    return code;
}

static int32_t sign_in_premises(struct ems_session *session, struct failure *failure)
{
    struct buffer body = BUFFER(REQUEST_BODY_MAX);
    struct buffer csrf = BUFFER(COOKIE_MAX), quoted = BUFFER(COOKIE_MAX);
    const struct http_cookie cookies[] = {
        {"sessionid", &session->id}, {"csrftoken", &csrf}, {"ccsrftoken", &quoted}};
    const struct http_request request = {
        .path = SIGN_IN, .cookies = cookies, .cookie_count = COUNT(cookies)};
    struct http_reply reply;
    struct failure unkept;
    int32_t code;

    if (session->settings->username == NULL) {
        return fail_field(session->operation, failure, "username", REASON_ems_user_missing,
                          ARGUMENTS(session->settings->origin));
    }
    if ((code = write_sign_in(session, &body, failure)) != HECTOR_OK) {
        buffer_release_secret(&body);
        return code;
    }
    code = post(session, request, &body, &reply, failure);
    /* Also after a failure: the session may be open, and can be closed if its cookie has come. */
    int32_t kept = csrf.size > 0 || quoted.size == 0
                       ? keep_cookies(session, "csrftoken", &csrf, &unkept)
                       : keep_cookies(session, "ccsrftoken", &quoted, &unkept);
    if (code == HECTOR_OK) {
        code =
            kept == HECTOR_OK ? check_sign_in(session, &reply, failure) : fail_as(failure, &unkept);
        http_reply_release(&reply);
    }
    buffer_release_secret(&csrf);
    buffer_release_secret(&quoted);
    return code;
}

/* ---- EMS Cloud */

/*
 * Whether a refused key may be the ID that the table of keys shows instead of it. What either looks
 * like is not documented: a short text, a number and a UUID are no keys worth the name.
 */
static bool looks_like_id(const char *key)
{
    static const char digits[] = "0123456789", uuid[] = "0123456789abcdefABCDEF-";
    size_t size = strlen(key);

    return size < EMS_KEY_MIN || key[strspn(key, digits)] == '\0' ||
           (size == UUID_SIZE && key[strspn(key, uuid)] == '\0');
}

/* Keeps the session, or fails with the reason why there is none. */
static int32_t check_login(struct ems_session *session, const struct http_reply *reply,
                           bool id_pasted, struct failure *failure)
{
    const struct settings *settings = session->settings;
    const char *id = json_member_text(reply->json, "session_id");
    const char *message = json_member_text(reply->json, "message");
    struct ems_result result;
    char detail[96];
    int32_t code;

    ems_result_read(session, reply, &result);
    message = message != NULL ? message : result.message;
    if (ems_result_is_server_error(reply, &result)) {
        return ems_result_fail(session, CLOUD_LOGIN, reply, failure);
    }
    if (json_member_is(reply->json, "result", "login")) {
        if (!rest_is_token(id)) {
            return ems_result_invalid(session, CLOUD_LOGIN, "no session_id", failure);
        }
        buffer_append_text(&session->id, id);
        secrets_add(&session->operation->secrets, id);
        session->signed_in = session->id.size > 0;
        set_headers(session);
        code = fail_buffer(session->operation, failure, &session->id);
        return code != HECTOR_OK
                   ? code
                   : fail_buffer(session->operation, failure, &session->operation->secrets.texts);
    }
    if (reply->json == NULL && reply->status != 401 && reply->status != 403) {
        return fail_unrecognised(session, CLOUD_LOGIN, reply, failure);
    }
    (void)snprintf(detail, sizeof(detail), CLOUD_LOGIN ": HTTP %" PRId32, reply->status);
    return fail(session->operation, failure,
                strcasestr(message, "fortigate") != NULL ? REASON_ems_key_fortigate
                : id_pasted                              ? REASON_ems_key_id
                                                         : REASON_ems_key_refused,
                detail, ARGUMENTS(settings->ems_account, settings->origin));
}

static int32_t sign_in_cloud(struct ems_session *session, struct failure *failure)
{
    const struct settings *settings = session->settings;
    struct buffer key = BUFFER(HECTOR_SECRET_MAX), body = BUFFER(REQUEST_BODY_MAX);
    struct http_reply reply;
    int32_t code = operation_secret(session->operation, "access_key", &key, failure);
    bool id_pasted = looks_like_id(buffer_text(&key));

    if (code == HECTOR_OK && key.size == 0) {
        code = fail_field(session->operation, failure, "access_key", REASON_ems_key_missing,
                          ARGUMENTS(settings->ems_account));
    }
    /* Without the memory for it, the session could not be closed. */
    if (code == HECTOR_OK && !buffer_reserve(&session->id, HECTOR_SECRET_MAX)) {
        code = fail_memory(session->operation, failure);
    }
    if (code == HECTOR_OK) {
        json_write_object(&body, NULL);
        json_write_string(&body, "access_key", buffer_text(&key));
        json_write_string(&body, "account_email", settings->ems_account);
        json_write_object_end(&body);
        code = post(session, (struct http_request){.path = CLOUD_LOGIN}, &body, &reply, failure);
        if (code == HECTOR_OK) {
            code = check_login(session, &reply, id_pasted, failure);
            http_reply_release(&reply);
        }
    }
    buffer_release_secret(&key);
    return code;
}

/* ---- both */

int32_t ems_sign_in(struct ems_session *session, struct failure *failure)
{
    operation_progress(session->operation, PHASE_login, 0, 0);
    forget(session);
    return session->settings->is_ems_cloud ? sign_in_cloud(session, failure)
                                           : sign_in_premises(session, failure);
}

void ems_sign_out(struct ems_session *session)
{
    bool cloud = session->settings->is_ems_cloud;
    const struct http_request request = {.path = cloud ? CLOUD_LOGOUT : SIGN_OUT,
                                         .body = cloud ? "{}" : NULL,
                                         .credential = session->rest.credential,
                                         .has_grace = true};
    struct http_reply reply;
    struct failure why;
    int32_t code = HECTOR_NO_MEMORY;

    if (!session->signed_in) {
        return;
    }
    /* The run has released most of its memory by now: a second try may succeed. */
    for (int try = 1; try <= LOGOUT_TRIES_MAX && code == HECTOR_NO_MEMORY; try++) {
        code = http_exchange(session->rest.http, &request, &reply, &why);
    }
    if (code == HECTOR_OK) {
        http_reply_release(&reply);
    } else {
        operation_log(session->operation, HECTOR_LOG_WARNING, "logout failed: %s %s",
                      message_slug(why.reason), why.detail);
    }
    session->signed_in = false;
}

void ems_session_release(struct ems_session *session)
{
    ems_sign_out(session);
    buffer_release_secret(&session->id);
    buffer_release_secret(&session->cookies);
    buffer_release_secret(&session->csrf);
}
