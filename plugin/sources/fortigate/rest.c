/*
 * rest.c - FortiOS REST API: one GET, one answer of one or several envelopes.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "rest.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "json/json_read.h"

#define PATH_LEAD "/api/v2/"

/* ---- requests */

/*
 * Escapes everything but `*` and RFC 3986's unreserved characters: a VDOM name comes from outside.
 */
static void append_escaped(struct buffer *out, const char *text)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~*";

    for (; *text != '\0'; text++) {
        if (strchr(plain, *text) != NULL) {
            buffer_append(out, text, 1);
        } else {
            buffer_printf(out, "%%%02X", (unsigned)(unsigned char)*text);
        }
    }
}

static void append_parameter(struct buffer *out, const char *name, const char *value)
{
    buffer_append_text(out, strchr(buffer_text(out), '?') != NULL ? "&" : "?");
    buffer_append_text(out, name);
    append_escaped(out, value);
}

static void write_url(const struct rest_query *query, bool with_format, struct buffer *out)
{
    char number[24];

    buffer_append_text(out, query->path);
    if (query->vdom != NULL) {
        append_parameter(out, "vdom=", query->vdom);
    }
    if (query->extra != NULL) {
        append_parameter(out, query->extra, "");
    }
    if (query->count > 0) {
        (void)snprintf(number, sizeof(number), "%" PRId64, query->start);
        append_parameter(out, "start=", number);
        (void)snprintf(number, sizeof(number), "%" PRId64, query->count);
        append_parameter(out, "count=", number);
    }
    if (with_format && query->format != NULL) {
        append_parameter(out, "format=", query->format);
    }
}

/* ---- answers */

int32_t fgt_rest_invalid(const struct fgt_run *run, const struct rest_query *query,
                         const char *detail, struct failure *failure)
{
    return fail(run->operation, failure, REASON_gate_reply_invalid, detail,
                ARGUMENTS(run->settings->origin, query->path + strlen(PATH_LEAD)));
}

static const char *hectors_address(const struct fgt_run *run)
{
    const char *address = run->settings->egress_address;

    return address != NULL
               ? address
               : message_template(run->operation->wording.language, LABEL_label_hectors_address);
}

/*
 * Sets and returns the failure for an HTTP error status. `vdom`: the one that a 403 concerns, or
 * NULL.
 */
static int32_t fail_status(const struct fgt_run *run, const struct rest_query *query,
                           int64_t status, const char *vdom, struct failure *failure)
{
    struct operation *operation = run->operation;
    const char *origin = run->settings->origin, *what = query->path + strlen(PATH_LEAD);
    char number[24], detail[128];

    (void)snprintf(number, sizeof(number), "%" PRId64, status);
    (void)snprintf(detail, sizeof(detail), "GET %.80s: HTTP %s", query->path, number);
    if (status == 401 && run->answering[0] != '\0') {
        return fail(operation, failure, REASON_gate_call_refused, detail, ARGUMENTS(origin, what));
    }
    if (status == 401) {
        return fail(operation, failure, REASON_gate_token_refused, detail,
                    ARGUMENTS(origin, hectors_address(run)));
    }
    if (status == 403 && vdom != NULL) {
        return fail(operation, failure, REASON_vdom_refused, detail, ARGUMENTS(origin, vdom));
    }
    if (status == 403) {
        return fail(operation, failure, REASON_gate_refused, detail, ARGUMENTS(origin, what));
    }
    if (status >= 502 && status <= 504) {
        return fail(operation, failure, REASON_server_error, detail, ARGUMENTS(origin, number));
    }
    return fail(operation, failure, REASON_gate_read_failed, detail,
                ARGUMENTS(origin, number, what));
}

/* Returns the VDOM that a 403 concerns: an envelope names it, a web page does not (NULL). */
static const char *refused_vdom(const struct rest_query *query, struct json_object *envelope)
{
    const char *vdom = json_member_text(envelope, "vdom");

    if (query->vdom == NULL || vdom == NULL) {
        return NULL;
    }
    return strcmp(query->vdom, "*") != 0 ? query->vdom : vdom;
}

size_t fgt_rest_count(const struct rest_answer *answer)
{
    return json_object_is_type(answer->json, json_type_object) ? 1 : json_count(answer->json);
}

struct json_object *fgt_rest_envelope(const struct rest_answer *answer, size_t i)
{
    return json_object_is_type(answer->json, json_type_object) ? answer->json
                                                               : json_element(answer->json, i);
}

int32_t fgt_rest_check(const struct fgt_run *run, const struct rest_query *query,
                       struct json_object *envelope, bool *ret_not_found, struct failure *failure)
{
    const char *status = json_member_text(envelope, "status");
    int64_t http_status = 200;

    (void)json_member_integer(envelope, "http_status", &http_status);
    if (ret_not_found != NULL) {
        *ret_not_found = http_status == 404;
    }
    if (http_status == 404 && ret_not_found != NULL) {
        return HECTOR_OK;
    }
    if (http_status != 200) {
        return fail_status(run, query, http_status, refused_vdom(query, envelope), failure);
    }
    if (status != NULL ? strcmp(status, "success") != 0
                       : json_member(envelope, "results") == NULL) {
        return fgt_rest_invalid(run, query, "no success", failure);
    }
    return HECTOR_OK;
}

static int32_t check_results(const struct fgt_run *run, const struct rest_query *query,
                             struct json_object *envelope, struct failure *failure)
{
    int32_t code = fgt_rest_check(run, query, envelope, NULL, failure);

    return code == HECTOR_OK &&
                   !json_object_is_type(json_member(envelope, "results"), query->results)
               ? fgt_rest_invalid(run, query, "other results", failure)
               : code;
}

static bool all_not_found(const struct rest_answer *answer)
{
    size_t count = fgt_rest_count(answer);

    for (size_t i = 0; i < count; i++) {
        int64_t http_status = 200;

        (void)json_member_integer(fgt_rest_envelope(answer, i), "http_status", &http_status);
        if (http_status != 404) {
            return false;
        }
    }
    return count > 0;
}

/* Keeps the body of the reply in `ret` if it can be envelopes. */
static int32_t take(const struct fgt_run *run, const struct rest_query *query,
                    struct http_reply *reply, struct rest_answer *ret, struct failure *failure)
{
    ret->not_found = reply->status == 404;
    if (ret->not_found) {
        ret->json = json_object_get(reply->json);
        ret->tree_bytes = reply->tree_bytes;
        return HECTOR_OK;
    }
    if (reply->status != 200) {
        return fail_status(run, query, reply->status, refused_vdom(query, reply->json), failure);
    }
    ret->json = json_object_get(reply->json);
    ret->tree_bytes = reply->tree_bytes;
    if (fgt_rest_count(ret) == 0) {
        return fgt_rest_invalid(run, query, reply->html ? "a web page" : "no envelope", failure);
    }
    ret->not_found = all_not_found(ret);
    return query->results != json_type_null && !ret->not_found
               ? check_results(run, query, fgt_rest_envelope(ret, 0), failure)
               : HECTOR_OK;
}

static int32_t ask(struct fgt_run *run, const struct rest_query *query, bool with_format,
                   struct rest_answer *ret, int32_t *ret_status, struct failure *failure)
{
    struct buffer url = BUFFER(FGT_URL_MAX);
    struct http_request request = {.bearer = buffer_text(&run->token), .repeatable = true};
    struct http_reply reply;
    int32_t code;

    *ret = (struct rest_answer){0};
    *ret_status = 0;
    write_url(query, with_format, &url);
    request.path = buffer_text(&url);
    code = fail_buffer(run->operation, failure, &url);
    if (code == HECTOR_OK) {
        code = http_exchange(run->call->http, &request, &reply, failure);
    }
    buffer_release(&url);
    if (code != HECTOR_OK) {
        return code;
    }
    *ret_status = reply.status;
    code = take(run, query, &reply, ret, failure);
    http_reply_release(&reply);
    if (code != HECTOR_OK) {
        fgt_rest_release(ret);
    }
    return code;
}

/* Statuses with which a release may refuse a parameter. */
static bool refuses_format(int32_t status)
{
    return status == 400 || status == 405 || status == 424;
}

/*
 * True if a repetition may help: for an unusable answer, and for one that is too large, except a
 * page, which can be requested smaller.
 */
static bool may_be_accident(const struct rest_query *query, int32_t code,
                            const struct failure *failure)
{
    return code == HECTOR_DATA ||
           (code == HECTOR_LIMIT && query->count == 0 && failure->reason == REASON_reply_too_large);
}

/* Sends a request, and repeats it if that may help. A repetition counts only if it succeeds. */
static int32_t ask_twice(struct fgt_run *run, const struct rest_query *query,
                         struct rest_answer *ret, struct failure *failure)
{
    struct operation *operation = run->operation;
    bool with_format = query->format != NULL && !run->formats_refused;
    int32_t status, code = ask(run, query, with_format, ret, &status, failure);

    if (may_be_accident(query, code, failure) && !(with_format && refuses_format(status))) {
        code = operation_pause(operation, operation_backoff_ms(operation, 1), failure);
        code = code == HECTOR_OK ? ask(run, query, with_format, ret, &status, failure) : code;
        operation->repeats += code == HECTOR_OK ? 1 : 0;
    }
    /* A persistent 500 may also be a refusal of format=. */
    if (code == HECTOR_DATA && with_format && (refuses_format(status) || status == 500)) {
        code = ask(run, query, false, ret, &status, failure);
        run->formats_refused = code == HECTOR_OK;
    }
    return code;
}

/*
 * Notes the serials of an answer: the first unit's, and those of others, which must belong to its
 * cluster.
 */
static void note_serials(struct fgt_run *run, const struct rest_answer *answer)
{
    for (size_t i = 0; i < fgt_rest_count(answer); i++) {
        const char *serial = json_member_text(fgt_rest_envelope(answer, i), "serial");
        size_t known = 0;

        if (serial == NULL || *serial == '\0' || strlen(serial) > SERIAL_MAX) {
            continue;
        }
        if (run->answering[0] == '\0') {
            utf8_copy(run->answering, sizeof(run->answering), serial, strlen(serial));
        }
        while (known < run->other_count && strcmp(run->others[known], serial) != 0) {
            known++;
        }
        if (strcmp(run->answering, serial) != 0 && known == run->other_count &&
            run->other_count < IDENTITY_SERIALS_MAX) {
            utf8_copy(run->others[run->other_count++], SERIAL_MAX + 1, serial, strlen(serial));
        }
    }
}

int32_t fgt_rest_get(struct fgt_run *run, const struct rest_query *query, struct rest_answer *ret,
                     struct failure *failure)
{
    int32_t code;

    *ret = (struct rest_answer){0};
    if (run->unreachable >= FGT_UNREACHABLE_MAX) {
        *failure = run->lost;
        return run->lost.cause;
    }
    code = ask_twice(run, query, ret, failure);
    run->unreachable = code == HECTOR_UNREACHABLE ? run->unreachable + 1 : 0;
    if (code == HECTOR_UNREACHABLE) {
        run->lost = *failure;
    }
    if (code == HECTOR_OK) {
        note_serials(run, ret);
    }
    return code;
}

void fgt_rest_release(struct rest_answer *answer)
{
    json_object_put(answer->json);
    answer->json = NULL;
}

int32_t fgt_rest_ask(struct fgt_run *run, const struct rest_query *query,
                     struct rest_answer *answer, struct json_object **ret, struct failure *ret_why,
                     struct failure *failure)
{
    int32_t code;

    *ret = NULL;
    code = fgt_rest_get(run, query, answer, ret_why);
    if (failure_ends(code, ret_why)) {
        *failure = *ret_why;
        return code;
    }
    if (code == HECTOR_OK) {
        *ret_why = (struct failure){0}; /* discards the failure of an earlier try */
        *ret = answer->not_found ? NULL : json_member(fgt_rest_envelope(answer, 0), "results");
    }
    return HECTOR_OK;
}

void fgt_rest_note_unread(struct fgt_run *run, const struct rest_query *query)
{
    if (run->unread_count < FGT_UNREAD_MAX) {
        run->unread[run->unread_count++] = query->path + strlen(PATH_LEAD);
    }
}
