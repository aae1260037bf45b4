/*
 * peer.c - http_exchange() with a fake appliance that changes during the run.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "peer.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "net/http.h"

int32_t __wrap_http_open(struct operation *operation, const struct http_policy *policy,
                         struct http **ret, struct failure *failure);
void __wrap_http_close(struct http *http);
int32_t __wrap_http_exchange(struct http *http, const struct http_request *request,
                             struct http_reply *ret, struct failure *failure);
bool __wrap_http_answered(const struct http *http);

struct http {
    struct operation *operation;
};

static struct peer *peer;

void peer_use(struct peer *used)
{
    peer = used;
    peer->requests = 0;
    peer->hidden_count = 0;
}

/* ---- lists in answers */

struct list {
    struct json_object *rows;
    char table[120];
};

static void note_list(struct list *lists, size_t *count, struct json_object *rows,
                      const char *table, const char *part)
{
    if (json_object_is_type(rows, json_type_array) && *count < PEER_LISTS) {
        lists[*count].rows = rows;
        (void)snprintf(lists[*count].table, sizeof(lists->table), "%.90s %.24s", table, part);
        ++*count;
    }
}

/* Notes the members that an ADOM's row lists. */
static void note_members(struct list *lists, size_t *count, struct json_object *row)
{
    struct json_object *name = json_object_object_get(row, "name");

    note_list(lists, count,
              json_object_object_get(json_object_object_get(row, "expand member"), "device"),
              "members of", json_object_get_string(name));
}

/* Finds the lists of a reply: for a FortiManager the data of each URL and the members in it, for a
 * FortiGate the envelopes and their results. */
static size_t find_lists(struct json_object *reply, const char *path, struct list *lists)
{
    struct json_object *result = json_object_object_get(reply, "result");
    size_t count = 0;

    if (json_object_is_type(result, json_type_array)) {
        for (size_t i = 0; i < json_object_array_length(result); i++) {
            struct json_object *row = json_object_array_get_idx(result, i);
            struct json_object *data = json_object_object_get(row, "data");

            note_list(lists, &count, data,
                      json_object_get_string(json_object_object_get(row, "url")), "");
            for (size_t r = 0;
                 json_object_is_type(data, json_type_array) && r < json_object_array_length(data);
                 r++) {
                note_members(lists, &count, json_object_array_get_idx(data, r));
            }
        }
        return count;
    }
    note_list(lists, &count, reply, path, "");
    if (count == 0) {
        note_list(lists, &count, json_object_object_get(reply, "results"), path,
                  json_object_get_string(json_object_object_get(reply, "vdom")));
        return count;
    }
    for (size_t i = 0; i < json_object_array_length(reply); i++) {
        struct json_object *envelope = json_object_array_get_idx(reply, i);

        note_list(lists, &count, json_object_object_get(envelope, "results"), path,
                  json_object_get_string(json_object_object_get(envelope, "vdom")));
    }
    return count;
}

static void name_row(const struct list *list, size_t number, char name[static 160])
{
    static const char *const keys[] = {"oid",       "switch-id", "wtp-id", "serial",
                                       "serial_no", "vdom",      "name"};
    struct json_object *row = json_object_array_get_idx(list->rows, number), *value = NULL;

    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]) && value == NULL; i++) {
        value = json_object_object_get(row, keys[i]);
    }
    (void)snprintf(name, 160, "%s %.30s", list->table, json_object_get_string(value));
}

static void hide(const struct list *list, size_t number)
{
    if (peer->hidden_count < PEER_HIDDEN) {
        name_row(list, number, peer->hidden[peer->hidden_count++]);
    }
}

static bool is_hidden(const struct list *list, size_t number)
{
    char name[160];

    name_row(list, number, name);
    for (size_t i = 0; i < peer->hidden_count; i++) {
        if (strcmp(peer->hidden[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_of(enum peer_loss one, enum peer_loss another)
{
    return peer->loss == one || peer->loss == another;
}

/* Removes the rows from the answer in which the loss begins. */
static void lose(const struct list *list)
{
    size_t count = json_object_array_length(list->rows), row = peer->loss_row;
    size_t lost = is_of(PEER_CUTS_ONCE, PEER_CUTS_ALWAYS) ? count - row : 1;

    for (size_t i = row; i < row + lost && is_of(PEER_CUTS_ALWAYS, PEER_SKIPS_ALWAYS); i++) {
        hide(list, i);
    }
    json_object_array_del_idx(list->rows, row, lost);
}

/* From the last list to the first, because lists come before those inside them. */
static void spoil(struct list *lists, size_t count)
{
    for (size_t l = count; l-- > 0;) {
        if (peer->loss != PEER_LOSES_NOTHING && peer->loss_request == peer->requests &&
            peer->loss_list == l && peer->loss_row < json_object_array_length(lists[l].rows)) {
            lose(&lists[l]);
        }
        for (size_t i = json_object_array_length(lists[l].rows); i > 0 && peer->hidden_count > 0;
             i--) {
            if (is_hidden(&lists[l], i - 1)) {
                json_object_array_del_idx(lists[l].rows, i - 1, 1);
            }
        }
    }
}

/* ---- the record */

static void note_request(const struct http_request *request, struct json_object *body)
{
    struct json_object *params = json_object_object_get(body, "params");
    char *asked = peer->asked[peer->requests];
    size_t size = 0;

    if (body == NULL) {
        const char *format = strstr(request->path, "&format=");

        size = format != NULL ? (size_t)(format - request->path) : strlen(request->path);
        utf8_copy(asked, sizeof(peer->asked[0]), request->path, size);
        return;
    }
    asked[0] = '\0';
    for (size_t i = 0; i < json_object_array_length(params) && size + 1 < sizeof(peer->asked[0]);
         i++) {
        struct json_object *param = json_object_array_get_idx(params, i);

        size +=
            (size_t)snprintf(asked + size, sizeof(peer->asked[0]) - size, "%s%s", i > 0 ? ", " : "",
                             json_object_get_string(json_object_object_get(param, "url")));
    }
}

static const struct fake *state_now(void)
{
    size_t i = peer->state_count - 1;

    while (peer->since[i] > peer->requests) {
        i--;
    }
    return &peer->states[i];
}

static bool is_silent(const struct http_request *request)
{
    const char *text = state_now()->silent;

    return *text != '\0' &&
           strstr(request->body != NULL ? request->body : request->path, text) != NULL;
}

static void note_lists(const struct list *lists, size_t count)
{
    peer->list_count[peer->requests] = count;
    for (size_t i = 0; i < count; i++) {
        peer->rows[peer->requests][i] = json_object_array_length(lists[i].rows);
    }
}

/* ---- replacements of the functions of http.h */

int32_t __wrap_http_open(struct operation *operation, const struct http_policy *policy,
                         struct http **ret, struct failure *failure)
{
    (void)policy;
    (void)failure;
    *ret = calloc(1, sizeof(**ret));
    (*ret)->operation = operation;
    return HECTOR_OK;
}

void __wrap_http_close(struct http *http)
{
    free(http);
}

bool __wrap_http_answered(const struct http *http)
{
    (void)http;
    return true;
}

static struct json_object *answer(const struct http_request *request, struct json_object *body,
                                  int32_t *ret_status)
{
    struct list lists[PEER_LISTS];
    struct json_object *reply;
    size_t count;

    *ret_status = 404;
    if (peer->fortigate) {
        reply = body != NULL ? NULL
                             : fake_fgt_answer(state_now(), request->path,
                                               request->credential.secret != NULL, ret_status);
    } else if (body == NULL || strcmp(request->path, "/jsonrpc") != 0) {
        reply = NULL;
    } else {
        *ret_status = 200;
        reply = fake_fmg_answer(state_now(), body);
    }
    count = reply != NULL ? find_lists(reply, request->path, lists) : 0;
    note_lists(lists, count);
    spoil(lists, count);
    return reply;
}

static void trace(struct json_object *body, struct json_object *reply, int32_t status)
{
    if (peer->trace) {
        printf("# %zu %s\n", peer->requests,
               body != NULL ? json_object_to_json_string_ext(body, JSON_C_TO_STRING_PLAIN)
                            : peer->asked[peer->requests]);
        printf("#   %" PRId32 " %s\n", status,
               reply != NULL ? json_object_to_json_string_ext(reply, JSON_C_TO_STRING_PLAIN) : "-");
    }
}

static struct json_object *parse(const char *text, size_t size)
{
    struct json_tokener *tokener = json_tokener_new();
    struct json_object *parsed = json_tokener_parse_ex(tokener, text, (int)size);

    json_tokener_free(tokener);
    return parsed;
}

/* Passes the reply through the guard, as http.c does, which repairs invalid UTF-8. */
static void deliver(struct operation *operation, struct json_object *reply, struct http_reply *ret)
{
    size_t size = 0;
    const char *text = json_object_to_json_string_length(
        reply, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE, &size);
    struct json_guard *guard = json_guard_new(size, budget_left(&operation->replies));

    if (guard == NULL) {
        printf("Bail out! no memory\n");
        exit(EXIT_FAILURE);
    }
    (void)json_guard_feed(guard, text, size);
    ret->fault = json_guard_finish(guard, &ret->json, &ret->repaired);
    ret->bytes = size;
    budget_take(&operation->replies, json_guard_tree_bytes(guard), &ret->tree);
    json_guard_free(guard);
    operation->bytes += size;
    operation->repaired += ret->repaired ? 1 : 0;
}

int32_t __wrap_http_exchange(struct http *http, const struct http_request *request,
                             struct http_reply *ret, struct failure *failure)
{
    int32_t code = request->has_grace ? HECTOR_OK : operation_check(http->operation, failure);
    struct json_object *body, *reply;

    if (code != HECTOR_OK) {
        return code;
    }
    if (peer->requests == PEER_REQUESTS) {
        return fail(http->operation, failure, REASON_connection_broken, NULL,
                    ARGUMENTS("peer", "1"));
    }
    if (is_silent(request)) {
        peer->requests++;
        return fail(http->operation, failure, REASON_time_out, NULL, ARGUMENTS("peer", "1"));
    }
    http->operation->requests++;
    body = request->body != NULL ? parse(request->body, strlen(request->body)) : NULL;
    note_request(request, body);
    *ret = (struct http_reply){0};
    reply = answer(request, body, &ret->status);
    trace(body, reply, ret->status);
    if (reply != NULL) {
        (void)snprintf(ret->content_type, sizeof(ret->content_type), "application/json");
        deliver(http->operation, reply, ret);
    } else {
        (void)snprintf(ret->content_type, sizeof(ret->content_type), "text/html");
        ret->html = true;
        ret->fault = JSON_SYNTAX;
    }
    json_object_put(reply);
    json_object_put(body);
    peer->requests++;
    return HECTOR_OK;
}
