/*
 * samples_answer.h - JSON-RPC requests answered with recorded rows.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Answers just well enough for the plugin: with the request's id, one row a URL, and a count for
 * `option: count`. A recorded reply is sent as it was recorded, except for the id.
 */
#ifndef SAMPLES_ANSWER_H
#define SAMPLES_ANSWER_H

#include "lib/rpc_peer.h"

struct samples_script {
    /* The whole reply to a request whose first URL is `url`, without the leading slash. NULL =
     * none */
    struct json_object *reply;
    const char *url;
    int32_t status; /* HTTP, of the reply of a reader with its own answers; 0 = 200 */
    /* Other answers are made of these, from URL to row. A URL that is not there is answered as
     * invalid. */
    struct json_object *rows;
    struct buffer *out; /* the output of a reader with its own answers */
};

/* An rpc_answerer; context: struct samples_script, which only the peer's thread may touch until the
 * peer is stopped. */
void samples_answer(void *context, struct json_object *request, struct rpc_answer *ret);
#endif
