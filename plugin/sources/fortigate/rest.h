/*
 * rest.h - FortiOS REST API: one GET, one answer of one or several envelopes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * With vdom=* the answer is an array of envelopes, one per VDOM, otherwise one envelope; either
 * form is accepted for every call. An envelope is {results, vdom, status, serial, version, build,
 * ...}; http_status is often absent. Refusals: HTTP 401 with a web page for a wrong token and for a
 * wrong source address alike; 403; 404 for what a release or licence lacks. Sources: recorded
 * replies of FortiOS 6.0 to 7.6 (fortigate_exporter, checkmk_fortigate) and the published schema.
 */
#ifndef FGT_REST_H
#define FGT_REST_H

#include "columns.h"
#include "run.h"

struct rest_query {
    const char *path;              /* "/api/v2/monitor/system/status" */
    const char *vdom;              /* a name; "*" = all; NULL = no parameter */
    const char *format;            /* members of the rows, separated by |; NULL = all */
    const struct columns *columns; /* whose members of this type `format` has as well, or NULL */
    enum device_type type;
    const char *scope;    /* "global", or NULL */
    int64_t start, count; /* page of rows; count 0 = all rows */
    /*
     * Required type of the results of a single envelope; json_type_null = the caller checks the
     * envelopes.
     */
    enum json_type results;
};

struct rest_answer {
    struct json_object *json;    /* owned: one envelope, or a list of them, see json_row() */
    struct json_object *results; /* borrowed from `json`; only of fgt_rest_get_optional() */
    struct budget_share tree;    /* its estimated memory */
    int32_t status;              /* HTTP status, also of a failure; 0 = no reply */
    bool not_found;              /* HTTP 404: the path or the feature does not exist */
    struct failure why;          /* why there are no results; cause 0: the path does not exist */
};

/*
 * Sends one GET and notes the serials of the units that answered. The caller releases `ret` with
 * fgt_rest_release(). If a version refuses format=, the request is repeated without it, and later
 * requests omit it; another unusable answer is requested once more. After two unreachable calls in
 * a row, returns the last failure without sending.
 *
 * AUTH (gate_token_refused, gate_call_refused), PERMISSION (gate_refused, vdom_refused), DATA
 * (gate_read_failed, gate_reply_invalid), UNREACHABLE (server_error) and the errors of
 * http_exchange().
 */
int32_t fgt_rest_get(struct fgt_run *run, const struct rest_query *query, struct rest_answer *ret,
                     struct failure *failure);
void fgt_rest_release(struct rest_answer *answer);

/*
 * Reads one envelope that the run can do without: OK unless the run ends. The caller releases `ret`
 * as above. `ret->results` is NULL if there are none, with the reason in `ret->why`.
 */
int32_t fgt_rest_get_optional(struct fgt_run *run, const struct rest_query *query,
                              struct rest_answer *ret, struct failure *failure);

/* Notes in `run->unread` that the data of this call is missing. */
void fgt_rest_note_unread(struct fgt_run *run, const struct rest_query *query);

/* Checks one envelope; fails as fgt_rest_get(), also for a 404. */
int32_t fgt_rest_check(const struct fgt_run *run, const struct rest_query *query,
                       struct json_object *envelope, struct failure *failure);

/* Sets and returns DATA (gate_reply_invalid); `detail` names the defect. */
int32_t fgt_rest_invalid(const struct fgt_run *run, const struct rest_query *query,
                         const char *detail, struct failure *failure);
#endif
