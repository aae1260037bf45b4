/*
 * oauth.c - FortiCloud's tokens: one per API, for the API user of the settings.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "oauth.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "net/rest.h"
#include "json/json_read.h"
#include "json/json_write.h"

/* Without the final slash FortiCloud redirects, which this side does not follow. */
#define TOKEN_PATH "/api/v1/oauth/token/"
#define TOKEN_HOST "customerapiauth.fortinet.com"

struct http_policy forticloud_policy(const struct settings *settings, const char *host)
{
    struct http_policy policy = settings_http_policy(settings);

    policy.address = settings->forticloud;
    if (policy.address.host[0] == '\0') {
        (void)address_parse(host, &policy.address);
    }
    policy.verify_tls = true;
    policy.ca_certificate = policy.pinned_public_key = NULL;
    return policy;
}

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

/*
 * How long a token lasts, as the reply says: 1440, 3660 and 14400 seconds were seen. What cannot be
 * true is not believed.
 */
static int32_t read_lifetime(struct json_object *json)
{
    int64_t lasts_s = 0;

    return json_member_integer(json, "expires_in", &lasts_s) && lasts_s > 0 &&
                   lasts_s <= FORTICLOUD_TOKEN_MAX_S
               ? (int32_t)lasts_s
               : FORTICLOUD_TOKEN_S;
}

/* Sets the token of FortiCloud's answer, or fails with the reason why there is none. */
static int32_t read_token(struct operation *operation, const struct settings *settings,
                          const struct http_reply *reply, struct forticloud_token *ret,
                          struct failure *failure)
{
    const struct http_policy policy = forticloud_policy(settings, TOKEN_HOST);
    const char *token = json_member_text(reply->json, "access_token");
    char detail[96], host[ADDRESS_TEXT_MAX];
    int32_t code;

    address_name(&policy.address, host, sizeof(host));
    (void)snprintf(detail, sizeof(detail), "FortiCloud: HTTP %" PRId32 " %s", reply->status,
                   oauth_error(reply->json));
    if (reply->status >= 500) {
        return fail(operation, failure, REASON_server_error, detail,
                    ARGUMENTS(host, message_number(reply->status).text));
    }
    if (reply->status == 400 || reply->status == 401 || reply->status == 403) {
        return fail(operation, failure, REASON_forticloud_refused, detail,
                    ARGUMENTS(settings->forticloud_user, host));
    }
    if (reply->status != 200 || !rest_is_token(token)) {
        return fail(operation, failure, REASON_forticloud_invalid, detail, ARGUMENTS(host));
    }
    ret->lasts_s = read_lifetime(reply->json);
    buffer_clear(&ret->text);
    buffer_append_text(&ret->text, token);
    secrets_add(&operation->secrets, token);
    if ((code = fail_buffer(operation, failure, &ret->text)) != HECTOR_OK) {
        return code;
    }
    return fail_buffer(operation, failure, &operation->secrets.texts);
}

int32_t forticloud_login(struct operation *operation, const struct settings *settings,
                         const char *client_id, struct forticloud_token *ret,
                         struct failure *failure)
{
    const struct http_policy policy = forticloud_policy(settings, TOKEN_HOST);
    struct buffer body = BUFFER(REQUEST_BODY_MAX), password = BUFFER(HECTOR_SECRET_MAX);
    struct rest rest = {.operation = operation};
    struct http_reply reply;
    int32_t code = operation_secret(operation, "forticloud_password", &password, failure);

    if (code == HECTOR_OK && password.size == 0) {
        code = fail_field(operation, failure, "forticloud_password", REASON_password_missing,
                          ARGUMENTS(settings->forticloud_user, "forticloud_password"));
    }
    if (code != HECTOR_OK ||
        (code = http_open(operation, &policy, &rest.http, failure)) != HECTOR_OK) {
        goto out;
    }
    json_write_object(&body, NULL);
    json_write_string(&body, "username", settings->forticloud_user);
    json_write_string(&body, "password", buffer_text(&password));
    json_write_string(&body, "client_id", client_id);
    json_write_string(&body, "grant_type", "password");
    json_write_object_end(&body);
    code = rest_post(&rest, (struct http_request){.path = TOKEN_PATH}, &body, &reply, failure);
    if (code == HECTOR_OK) {
        code = read_token(operation, settings, &reply, ret, failure);
        http_reply_release(&reply);
    }
out:
    buffer_release_secret(&password);
    http_close(rest.http);
    return code;
}
