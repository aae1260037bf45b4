/*
 * samples_answer.c - JSON-RPC requests answered with recorded rows.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "samples_answer.h"

#include <stdlib.h>
#include <string.h>

#include "json/json_read.h"

static const char *without_slash(const char *url)
{
    return *url == '/' ? url + 1 : url;
}

static struct json_object *row_of(const char *text)
{
    struct json_object *row = json_tokener_parse(text);

    if (row == NULL) {
        abort(); /* out of memory */
    }
    return row;
}

/* A table's answer to `option: count`: a bare number. */
static struct json_object *counted(struct json_object *row)
{
    struct json_object *count = row_of("{\"status\":{\"code\":0,\"message\":\"OK\"}}");
    size_t rows =
        json_member_object(row, "data") != NULL ? 1 : json_count(json_member(row, "data"));

    json_object_object_add(count, "data", json_object_new_int64((int64_t)rows));
    return count;
}

static struct json_object *answer_param(const struct samples_script *script,
                                        struct json_object *param)
{
    const char *url = json_member_text(param, "url");
    struct json_object *row = url != NULL ? json_member(script->rows, url) : NULL;
    const char *option = json_text(json_element(json_member(param, "option"), 0));

    if (row == NULL) {
        return row_of("{\"status\":{\"code\":-6,\"message\":\"Invalid url\"}}");
    }
    return option != NULL && strcmp(option, "count") == 0 ? counted(row) : json_object_get(row);
}

static struct json_object *answer(const struct samples_script *script, struct json_object *request)
{
    struct json_object *params = json_member_array(request, "params");
    const char *url = json_member_text(json_element(params, 0), "url");
    struct json_object *result, *reply;

    if (script->reply != NULL && url != NULL &&
        strcmp(without_slash(url), without_slash(script->url)) == 0) {
        if (json_member(script->reply, "id") != NULL) {
            json_object_object_add(script->reply, "id",
                                   json_object_get(json_member(request, "id")));
        }
        return json_object_get(script->reply);
    }
    reply = row_of("{\"session\":\"recorded\"}");
    result = json_object_new_array();
    for (size_t i = 0; i < json_count(params); i++) {
        json_object_array_add(result, answer_param(script, json_object_array_get_idx(params, i)));
    }
    json_object_object_add(reply, "id", json_object_get(json_member(request, "id")));
    json_object_object_add(reply, "result", result);
    return reply;
}

void samples_answer(void *context, struct json_object *request, struct rpc_answer *ret)
{
    struct json_object *reply = answer(context, request);

    buffer_append_text(&ret->body, json_object_to_json_string_ext(reply, JSON_C_TO_STRING_PLAIN));
    json_object_put(reply);
}
