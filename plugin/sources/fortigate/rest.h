/*
 * rest.h - FortiOS's REST API: one GET, one answer of one or several envelopes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * With vdom=* the answer is an array of envelopes, one a VDOM, else one envelope; either is taken
 * for every call. An envelope is {results, vdom, status, serial, version, build, ...}; http_status
 * is often absent. Sources: recorded replies of FortiOS 6.0 to 7.6 (fortigate_exporter,
 * checkmk_fortigate) and the published schema. What a refusal looks like: HTTP 401 with a web page
 * for a wrong token and for a wrong source address alike; 403; 404 for what a release or licence
 * lacks.
 */
#ifndef REST_H
#define REST_H

#include <stdbool.h>
#include <stdint.h>

#include <json-c/json.h>

#include "gate.h"

struct rest_query {
    const char *path;     /* "/api/v2/monitor/system/status" */
    const char *vdom;     /* a name, "*" for all, NULL = not said */
    const char *format;   /* members of the rows, separated by |; NULL = all */
    const char *extra;    /* "scope=global", or NULL */
    int64_t start, count; /* a page; count 0 = all */
    /* Of one envelope: what its results must be; json_type_null = the caller judges envelopes. */
    enum json_type results;
};

struct rest_answer {
    struct json_object *json; /* owned; released by rest_release() */
    size_t tree_bytes;        /* its memory, as estimated */
    bool not_found;           /* the path or the feature does not exist there */
};

/*
 * AUTH (gate_token_refused), PERMISSION (gate_refused, vdom_refused), DATA (gate_read_failed,
 * gate_reply_invalid), UNREACHABLE (server_error) and what http_exchange() returns. A refused
 * format= is left out, and not used again; what else makes no sense is asked once more; a gate that
 * was not reached twice in a row is not asked again. Remembers whose answers came.
 */
int32_t rest_get(struct gate_run *run, const struct rest_query *query, struct rest_answer *ret,
                 struct failure *reterr);
void rest_release(struct rest_answer *answer);

/*
 * One envelope, whose lack costs only what it would have told: OK unless the run ends. `*ret` are
 * its results, borrowed from `answer`; NULL when there are none, and `*ret_why` says why; its
 * `cause` is 0 when the path does not exist there.
 */
int32_t rest_ask(struct gate_run *run, const struct rest_query *query, struct rest_answer *answer,
                 struct json_object **ret, struct failure *ret_why, struct failure *reterr);

/* Remembers, for a problem, that what this call tells is missing. */
void rest_note_unread(struct gate_run *run, const struct rest_query *query);

/* The envelopes of an answer. */
size_t rest_count(const struct rest_answer *answer);
struct json_object *rest_envelope(const struct rest_answer *answer, size_t i);

/*
 * Judges one envelope: OK, or PERMISSION or DATA as above. `*ret_not_found` (may be NULL): it says
 * 404, and OK is returned.
 */
int32_t rest_judge(const struct gate_run *run, const struct rest_query *query,
                   struct json_object *envelope, bool *ret_not_found, struct failure *reterr);

/* DATA (gate_reply_invalid). */
int32_t rest_invalid(const struct gate_run *run, const struct rest_query *query, const char *detail,
                     struct failure *reterr);
#endif
