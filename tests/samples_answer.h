/*
 * samples_answer.h - JSON-RPC requests answered with recorded rows.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Just enough to be believed: the request's id is given back, one row a url, and a table is counted
 * for `option: count`. A recorded reply goes out as it was recorded, but for the id.
 */
#ifndef SAMPLES_ANSWER_H
#define SAMPLES_ANSWER_H

#include "unit/rpc_peer.h"

struct samples_script {
    /* Given whole to a request whose first url is `url`, the leading slash aside. NULL = none */
    struct json_object *reply;
    const char *url;
    /* Else the answer is put together: url to row. A url that it lacks is told to be invalid. */
    struct json_object *rows;
    struct buffer *out; /* where a reader that answers by itself writes to */
};

/* An rpc_answerer; context: struct samples_script, which nobody else may touch meanwhile. */
void samples_answer(void *context, struct json_object *request, struct rpc_answer *ret);
#endif
