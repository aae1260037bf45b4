/*
 * rest.c - FortiOS REST API: one GET, one answer of one or several envelopes.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "rest.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "host/repeat.h"
#include "sources/fortios/fortios.h"
#include "json/json_read.h"

#define PATH_LEAD "/api/v2/"

/* ---- requests */

static void write_url(const struct rest_query *query, bool with_format, struct buffer *out)
{
    buffer_append_text(out, query->path);
    if (query->vdom != NULL) {
        rest_parameter(out, "vdom", query->vdom);
    }
    if (query->scope != NULL) {
        rest_parameter(out, "scope", query->scope);
    }
    if (query->count > 0) {
        rest_parameter(out, "start", message_number(query->start).text);
        rest_parameter(out, "count", message_number(query->count).text);
    }
    if (with_format && query->format != NULL) {
        rest_parameter(out, "format", query->format);
        if (query->columns != NULL) {
            columns_format(query->columns, query->type, "%7C", out);
        }
    }
}

/* ---- answers */

int32_t fgt_rest_invalid(const struct fgt_run *run, const struct rest_query *query,
                         const char *detail, struct failure *failure)
{
    return fail(run->operation, failure, REASON_gate_reply_invalid, detail,
                ARGUMENTS(run->settings->origin, query->path + strlen(PATH_LEAD)));
}

/*
 * Sets and returns the failure for an HTTP error status. `vdom`: the one that a 403 concerns, or
 * NULL.
 */
static int32_t fail_status(const struct fgt_run *run, const struct rest_query *query,
                           int64_t status, const char *vdom, struct failure *failure)
{
    const struct message_number number = message_number(status);
    const char *what = query->path + strlen(PATH_LEAD), *subject = number.text;
    enum message_id reason = REASON_gate_read_failed;
    char detail[128];

    (void)snprintf(detail, sizeof(detail), "GET %.80s: HTTP %s", query->path, number.text);
    if (status == 401 && run->answering[0] != '\0') {
        reason = REASON_gate_call_refused;
        subject = what;
    } else if (status == 401) {
        reason = REASON_gate_token_refused;
        subject = run->settings->egress_address;
        if (subject == NULL) {
            subject = operation_text(run->operation, LABEL_label_hectors_address);
        }
    } else if (status == 403) {
        reason = vdom != NULL ? REASON_vdom_refused : REASON_gate_refused;
        subject = vdom != NULL ? vdom : what;
    } else if (status >= 502 && status <= 504) {
        reason = REASON_server_error;
    }
    return fail(run->operation, failure, reason, detail,
                ARGUMENTS(run->settings->origin, subject, what));
}

/* Returns the VDOM that a 403 concerns: an envelope names it, a web page does not (NULL). */
static const char *refused_vdom(const struct rest_query *query, struct json_object *envelope)
{
    const char *vdom = query->vdom != NULL ? json_member_text(envelope, "vdom") : NULL;

    return vdom == NULL || strcmp(query->vdom, "*") == 0 ? vdom : query->vdom;
}

int32_t fgt_rest_check(const struct fgt_run *run, const struct rest_query *query,
                       struct json_object *envelope, struct failure *failure)
{
    const char *status = json_member_text(envelope, "status");
    int64_t http_status = fortios_http_status(envelope);

    if (http_status != 200) {
        return fail_status(run, query, http_status, refused_vdom(query, envelope), failure);
    }
    if (status != NULL ? strcmp(status, "success") != 0
                       : json_member(envelope, "results") == NULL) {
        return fgt_rest_invalid(run, query, "no success", failure);
    }
    return HECTOR_OK;
}

/* Keeps the body of the reply in `ret` if it can be envelopes. */
static int32_t keep_envelopes(const struct fgt_run *run, const struct rest_query *query,
                              struct http_reply *reply, struct rest_answer *ret,
                              struct failure *failure)
{
    ret->status = reply->status;
    ret->not_found = reply->status == 404;
    if (reply->status != 200 && !ret->not_found) {
        return fail_status(run, query, reply->status, refused_vdom(query, reply->json), failure);
    }
    ret->json = json_object_get(reply->json);
    budget_move(&reply->tree, &ret->tree);
    if (ret->not_found) {
        return HECTOR_OK;
    }
    if (json_row_count(ret->json) == 0) {
        return fgt_rest_invalid(run, query, reply->html ? "a web page" : "no envelope", failure);
    }
    ret->not_found = true;
    for (size_t i = 0; i < json_row_count(ret->json); i++) {
        ret->not_found = ret->not_found && fortios_http_status(json_row(ret->json, i)) == 404;
    }
    if (query->results == json_type_null || ret->not_found) {
        return HECTOR_OK;
    }
    struct json_object *first = json_row(ret->json, 0);
    int32_t code = fgt_rest_check(run, query, first, failure);
    if (code != HECTOR_OK || json_object_is_type(json_member(first, "results"), query->results)) {
        return code;
    }
    return fgt_rest_invalid(run, query, "other results", failure);
}

static int32_t send_query(struct fgt_run *run, const struct rest_query *query, bool with_format,
                          struct rest_answer *ret, struct failure *failure)
{
    struct buffer url = BUFFER(FGT_URL_MAX);
    struct http_reply reply;

    *ret = (struct rest_answer){0};
    write_url(query, with_format, &url);
    int32_t code = rest_get(&run->rest, &url, &reply, failure);
    buffer_release(&url);
    if (code != HECTOR_OK) {
        return code;
    }
    code = keep_envelopes(run, query, &reply, ret, failure);
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

/* Sends a request, and repeats it if that may help. */
static int32_t send_repeatedly(struct fgt_run *run, const struct rest_query *query,
                               struct rest_answer *ret, struct failure *failure)
{
    struct operation *operation = run->operation;
    bool with_format = query->format != NULL && !run->formats_refused;
    int32_t code = send_query(run, query, with_format, ret, failure);

    if (may_be_accident(query, code, failure) && !(with_format && refuses_format(ret->status))) {
        if ((code = repeat_request(operation, repeat_backoff_ms(operation, 1),
                                   message_slug(failure->reason), failure)) != HECTOR_OK) {
            return code;
        }
        code = send_query(run, query, with_format, ret, failure);
        repeat_end(operation, code == HECTOR_OK);
    }
    /* A persistent 500 may also be a refusal of format=. */
    if (code == HECTOR_DATA && with_format && (refuses_format(ret->status) || ret->status == 500)) {
        code = send_query(run, query, false, ret, failure);
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
    for (size_t i = 0; i < json_row_count(answer->json); i++) {
        const char *serial = json_member_text(json_row(answer->json, i), "serial");
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
    *ret = (struct rest_answer){0};
    if (run->unreachable >= FGT_UNREACHABLE_MAX) {
        *failure = run->lost;
        return run->lost.cause;
    }
    int32_t code = send_repeatedly(run, query, ret, failure);
    run->unreachable = code == HECTOR_UNREACHABLE ? run->unreachable + 1 : 0;
    if (code == HECTOR_UNREACHABLE) {
        run->lost = *failure;
    }
    note_serials(run, ret);
    return code;
}

void fgt_rest_release(struct rest_answer *answer)
{
    json_object_put(answer->json);
    answer->json = answer->results = NULL;
    budget_give_back(&answer->tree);
}

int32_t fgt_rest_get_optional(struct fgt_run *run, const struct rest_query *query,
                              struct rest_answer *ret, struct failure *failure)
{
    struct failure why;
    int32_t code = fgt_rest_get(run, query, ret, &why);

    if (failure_ends(code, &why)) {
        return fail_as(failure, &why);
    }
    if (code != HECTOR_OK) {
        ret->why = why;
    } else if (!ret->not_found) {
        ret->results = json_member(json_row(ret->json, 0), "results");
    }
    return HECTOR_OK;
}

void fgt_rest_note_unread(struct fgt_run *run, const struct rest_query *query)
{
    if (run->unread_count < FGT_UNREAD_MAX) {
        run->unread[run->unread_count++] = query->path + strlen(PATH_LEAD);
    }
}
