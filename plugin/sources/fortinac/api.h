/*
 * api.h - FortiNAC's REST API, version 2: one GET, one answer.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An answer is {"status": "success", "errorMessage": null, "results": [...], "total": N}, with
 * `filtered` beside `total` in some [FortiNAC-F 7.4 REST API]. Nothing but GET is ever sent.
 */
#ifndef FNAC_API_H
#define FNAC_API_H

#include "run.h"

/* A part of a list. */
struct fnac_query {
    const char *path; /* "host", below /api/v2/ */
    uint64_t start;
    int32_t count;                /* 0 = no part: the path takes none */
    const struct http_rows *rows; /* NULL = the answer has none */
};

/*
 * Reads an answer, which the caller releases after OK; its `json` is an object whose status is
 * success. Errors of rest_get(), and AUTH (fnac_token_refused), PERMISSION (fnac_refused),
 * UNREACHABLE (server_error), DATA (fnac_not_supported, fnac_failed,
 * fnac_reply_invalid).
 */
int32_t fnac_get(struct fnac_run *run, const struct fnac_query *query, struct http_reply *ret,
                 struct failure *failure);

/*
 * The number of hosts that the filter leaves, as an answer states it; -1 = unknown. `total` counts
 * all hosts, `filtered` those that match; without a filter some answers have only `total`.
 */
int64_t fnac_total(const struct fnac_run *run, struct json_object *answer);

#endif
