/*
 * cloud.c - logs in to FortiManager Cloud: a token from FortiCloud, then a session.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cloud.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "envelope.h"
#include "session.h"
#include "json/json_read.h"
#include "json/json_write.h"

#define SESSION_PATH "/p/forticloud_jsonrpc_login/"

/*
 * The error code of OAuth, a word such as "invalid_grant", or "": any other text could repeat a
 * secret that was sent.
 */
static const char *oauth_error(struct json_object *json)
{
    const char *error = json_member_text(json, "error");

    return error != NULL && strlen(error) <= 32 &&
                   error[strspn(error, "abcdefghijklmnopqrstuvwxyz_")] == '\0'
               ? error
               : "";
}

/* Stores the token of FortiCloud's answer in `ret`, or fails with the reason why there is none. */
static int32_t read_token(struct rpc *rpc, const struct http_reply *reply, const char *forticloud,
                          struct buffer *ret, struct failure *failure)
{
    const char *token = json_member_text(reply->json, "access_token");
    char status[16], detail[96];
    int32_t code;

    (void)snprintf(status, sizeof(status), "%" PRId32, reply->status);
    (void)snprintf(detail, sizeof(detail), "FortiCloud: HTTP %s %s", status,
                   oauth_error(reply->json));
    if (reply->status >= 500) {
        return fail(rpc->operation, failure, REASON_server_error, detail,
                    ARGUMENTS(forticloud, status));
    }
    if (reply->status == 400 || reply->status == 401 || reply->status == 403) {
        return fail(rpc->operation, failure, REASON_forticloud_refused, detail,
                    ARGUMENTS(rpc->settings->forticloud_user, forticloud));
    }
    if (reply->status != 200 || token == NULL || *token == '\0' ||
        strlen(token) > HECTOR_SECRET_MAX) {
        return fail(rpc->operation, failure, REASON_forticloud_invalid, detail,
                    ARGUMENTS(forticloud));
    }
    buffer_append_text(ret, token);
    secrets_add(&rpc->operation->secrets, token);
    if ((code = fail_buffer(rpc->operation, failure, ret)) != HECTOR_OK) {
        return code;
    }
    return fail_buffer(rpc->operation, failure, &rpc->operation->secrets.texts);
}

static int32_t fetch_token(struct rpc *rpc, struct buffer *ret, struct failure *failure)
{
    struct http_policy policy = settings_http_policy(rpc->settings);
    struct buffer body = BUFFER(REQUEST_BODY_MAX), password = BUFFER(HECTOR_SECRET_MAX);
    struct http_request request = {.path = "/api/v1/oauth/token/"};
    struct http *http = NULL;
    struct http_reply reply;
    char url[ADDRESS_TEXT_MAX];
    int32_t code = fmg_session_password(rpc, "forticloud_password", &password, failure);

    if (code != HECTOR_OK) {
        goto out;
    }
    /*
     * FortiCloud is another host with its own certificate: pin, authority and disabled verification
     * are settings for the FortiManager's certificate only.
     */
    policy.address = rpc->settings->forticloud;
    policy.verify_tls = true;
    policy.ca_certificate = policy.pinned_public_key = NULL;
    json_write_object(&body, NULL);
    json_write_string(&body, "username", rpc->settings->forticloud_user);
    json_write_string(&body, "password", buffer_text(&password));
    json_write_string(&body, "client_id", "FortiManager");
    json_write_string(&body, "grant_type", "password");
    json_write_object_end(&body);
    request.body = body.data;
    request.body_size = body.size;
    if ((code = fail_buffer(rpc->operation, failure, &body)) != HECTOR_OK ||
        (code = http_open(rpc->operation, &policy, &http, failure)) != HECTOR_OK ||
        (code = http_exchange(http, &request, &reply, failure)) != HECTOR_OK) {
        goto out;
    }
    address_format(&rpc->settings->forticloud, url, sizeof(url));
    code = read_token(rpc, &reply, strstr(url, "://") + 3, ret, failure);
    http_reply_release(&reply);
out:
    buffer_release_secret(&body);
    buffer_release_secret(&password);
    http_close(http);
    return code;
}

/*
 * Exchanges the token for a session. The answer is the session alone, without the JSON-RPC
 * envelope.
 */
static int32_t open_session(struct rpc *rpc, const struct buffer *token, struct failure *failure)
{
    struct buffer body = BUFFER(REQUEST_BODY_MAX);
    struct http_reply reply;
    int32_t code;

    json_write_object(&body, NULL);
    json_write_string(&body, "access_token", buffer_text(token));
    json_write_object_end(&body);
    if ((code = fmg_session_send(rpc, SESSION_PATH, &body, &reply, failure)) != HECTOR_OK) {
        return code;
    }
    if (reply.status >= 500) {
        rpc->login_lost = true;
        code = fmg_envelope_server_error(rpc, reply.status, SESSION_PATH, failure);
    } else if (reply.json != NULL && json_member(reply.json, "session") == NULL) {
        char detail[64];

        (void)snprintf(detail, sizeof(detail), SESSION_PATH ": HTTP %" PRId32, reply.status);
        code = fail(rpc->operation, failure, REASON_cloud_refused, detail,
                    ARGUMENTS(rpc->settings->forticloud_user, rpc->settings->origin));
    } else {
        code =
            fmg_session_keep(rpc, json_member_text(reply.json, "session"), SESSION_PATH, failure);
    }
    http_reply_release(&reply);
    return code;
}

int32_t fmg_cloud_login(struct rpc *rpc, struct failure *failure)
{
    struct buffer token = BUFFER(HECTOR_SECRET_MAX);
    int32_t code = fetch_token(rpc, &token, failure);

    if (code == HECTOR_OK) {
        code = open_session(rpc, &token, failure);
    }
    buffer_release_secret(&token);
    return code;
}
