/*
 * api.c - FortiNAC's REST API, version 2: one GET, one answer.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "api.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "json/json_read.h"

#define PATH_LEAD "/api/v2/"

/* What does not fit can be made smaller by the filter only, not by device types or ADOMs. */
static int32_t reply_failed(const struct fnac_run *run, int32_t code, struct failure *failure)
{
    return code == HECTOR_LIMIT && (failure->reason == REASON_reply_too_large ||
                                    failure->reason == REASON_store_full)
               ? fail(run->operation, failure, REASON_fnac_too_large, NULL,
                      ARGUMENTS(run->settings->origin))
               : code;
}

/* What FortiNAC says of a failure, cut; "" = nothing. Secrets in it are hidden by fail(). */
static void error_message(struct json_object *answer, char ret[static MESSAGE_MAX / 2])
{
    const char *text = json_member_text(answer, "errorMessage");

    text = utf8_shown(text != NULL ? text : "");
    (void)utf8_copy(ret, MESSAGE_MAX / 2, text, strlen(text));
}

/* The address that Hector connects from, for a person. */
static const char *egress(const struct fnac_run *run)
{
    return run->settings->egress_address != NULL
               ? run->settings->egress_address
               : operation_text(run->operation, LABEL_label_hectors_address);
}

/*
 * FortiNAC 8 and 9 know no bearer token: they want HTTP Basic, and answer in XML or with a web page
 * [FortiNAC 8.6 administration guide; REST schema 9.2].
 */
static bool is_other_api(const struct http_reply *reply)
{
    if (reply->status == 401 || reply->status == 403) {
        return strncasecmp(reply->server_auth, "Basic", strlen("Basic")) == 0;
    }
    return (reply->status == 200 || reply->status == 404 || reply->status == 406) &&
           (reply->html || strstr(reply->content_type, "xml") != NULL);
}

static int32_t check_reply(const struct fnac_run *run, const char *path,
                           const struct http_reply *reply, struct failure *failure)
{
    const char *origin = run->settings->origin;
    const struct message_number status = message_number(reply->status);
    char detail[128], message[MESSAGE_MAX / 2];

    (void)snprintf(detail, sizeof(detail), "GET %.40s: HTTP %s", path, status.text);
    error_message(reply->json, message);
    if (is_other_api(reply)) {
        return fail(run->operation, failure, REASON_fnac_not_supported, detail, ARGUMENTS(origin));
    }
    if (reply->status == 401) {
        return fail(run->operation, failure, REASON_fnac_token_refused, detail,
                    ARGUMENTS(origin, egress(run)));
    }
    if (reply->status == 403) {
        return fail(run->operation, failure, REASON_fnac_refused, detail,
                    ARGUMENTS(origin, egress(run)));
    }
    if (reply->status >= 502 && reply->status <= 504) {
        return fail(run->operation, failure, REASON_server_error, detail,
                    ARGUMENTS(origin, status.text));
    }
    if (reply->status == 200 && json_member_is(reply->json, "status", "success")) {
        return HECTOR_OK;
    }
    if (message[0] == '\0') {
        return fail(run->operation, failure, REASON_fnac_reply_invalid, detail,
                    ARGUMENTS(origin, path, status.text));
    }
    return fail(run->operation, failure, REASON_fnac_failed, detail,
                ARGUMENTS(origin, status.text, path, message));
}

int32_t fnac_get(struct fnac_run *run, const struct fnac_query *query, struct http_reply *ret,
                 struct failure *failure)
{
    struct buffer url = BUFFER(URL_MAX);

    buffer_append_text(&url, PATH_LEAD);
    buffer_append_text(&url, query->path);
    if (query->count > 0) {
        rest_parameter(&url, "start", message_number((int64_t)query->start).text);
        rest_parameter(&url, "count", message_number(query->count).text);
        rest_parameter(&url, "sortKey", "id");
    }
    if (run->filter.size > 0) {
        rest_parameter(&url, "filter", buffer_text(&run->filter));
    }
    int32_t code = rest_get_rows(&run->rest, &url, query->rows, ret, failure);
    buffer_release(&url);
    if (code != HECTOR_OK) {
        return reply_failed(run, code, failure);
    }
    if ((code = check_reply(run, query->path, ret, failure)) != HECTOR_OK) {
        http_reply_release(ret);
    }
    return code;
}

int64_t fnac_total(const struct fnac_run *run, struct json_object *answer)
{
    int64_t total = -1;

    if (!json_member_integer(answer, "filtered", &total) && run->filter.size == 0) {
        (void)json_member_integer(answer, "total", &total);
    }
    return total < 0 ? -1 : total;
}
