/*
 * source.c - finds the source that fits an address, and tells who was asked.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "source.h"

#include <stdio.h>
#include <string.h>

#include "config.h"
#include "fortimanager/fortimanager.h"
#include "json_read.h"
#include "json_write.h"

/*
 * The question and the answer that gives a FortiManager away: without a session it refuses with a
 * JSON-RPC row, and does so on every version [inferred from its documented errors].
 */
#define QUESTION                                                                                   \
    "{\"id\":1,\"method\":\"get\",\"params\":[{\"url\":\"/sys/status\"}],\"verbose\":1}"

static bool speaks_json_rpc(struct json_object *reply)
{
    struct json_object *result = json_member(reply, "result");

    return json_object_is_type(result, json_type_array) ||
           json_member_object(result, "status") != NULL ||
           json_member_object(reply, "error") != NULL;
}

/* A FortiGate answers 401 to its own status url, or the envelope of FortiOS. */
static int32_t looks_like_fortigate(struct source_call *call, bool *ret, struct failure *reterr)
{
    struct http_request request = {.path = "/api/v2/monitor/system/status", .repeatable = true};
    struct http_reply reply;
    int32_t code = http_exchange(call->http, &request, &reply, reterr);

    if (code != HECTOR_OK) {
        return code;
    }
    *ret = reply.status == 401 || (json_member_text(reply.json, "http_method") != NULL &&
                                   json_member_text(reply.json, "serial") != NULL);
    http_reply_release(&reply);
    return HECTOR_OK;
}

int32_t source_find(struct source_call *call, const struct source **ret, struct failure *reterr)
{
    struct http_request request = {
        .path = "/jsonrpc", .body = QUESTION, .body_size = strlen(QUESTION), .repeatable = true};
    const char *origin = call->settings->origin;
    bool fortigate = false, html;
    struct http_reply reply;
    char detail[96];
    int32_t code;

    code = http_exchange(call->http, &request, &reply, reterr);
    if (code != HECTOR_OK) {
        return code;
    }
    /* FortiManager Cloud is known by its name; what it says to strangers is not documented. */
    if (speaks_json_rpc(reply.json) || call->settings->forticloud_user != NULL) {
        http_reply_release(&reply);
        *ret = &fortimanager_source;
        return HECTOR_OK;
    }
    html = reply.html;
    (void)snprintf(detail, sizeof(detail), "POST /jsonrpc: HTTP %d, %s", (int)reply.status,
                   reply.content_type[0] != '\0' ? reply.content_type : "no content type");
    http_reply_release(&reply);
    code = looks_like_fortigate(call, &fortigate, reterr);
    if (code != HECTOR_OK) {
        return code;
    }
    return fail(call->operation, reterr, HECTOR_DATA,
                fortigate ? TEXT_not_fortimanager_fortigate
                : html    ? TEXT_not_fortimanager_html
                          : TEXT_not_fortimanager,
                detail, ARGUMENTS(origin));
}

int32_t source_emit(struct source_call *call, const struct source_identity *identity,
                    struct failure *reterr)
{
    char digest[72], id[340];
    struct buffer *out;
    int32_t code = settings_digest(call->operation, call->settings, digest, reterr);

    if (code != HECTOR_OK) {
        return code;
    }
    (void)snprintf(id, sizeof(id), "url:%s", call->settings->origin);
    out = operation_document(call->operation, "source");
    write_string(out, "system", identity->system);
    write_string(out, "id", identity->id != NULL ? identity->id : id);
    write_array(out, "serials");
    for (size_t i = 0; i < identity->serial_count; i++) {
        write_string(out, NULL, identity->serials[i]);
    }
    write_array_end(out);
    if (identity->hostname != NULL) {
        write_string(out, "hostname", identity->hostname);
    }
    if (identity->version != NULL) {
        write_string(out, "version", identity->version);
    }
    write_string(out, "plugin_version", PACKAGE_VERSION);
    write_string(out, "settings_digest", digest);
    return operation_emit(call->operation, reterr);
}
