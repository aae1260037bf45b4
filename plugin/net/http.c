/*
 * http.c - one connection to one origin: sends a request, returns one bounded JSON tree.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "http.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "host/repeat.h"
#include "record.h"
#include "transfer.h"
#include "json/json_read.h"

/* Seconds that a message says if the remote system throttles without Retry-After. */
#define RETRY_AFTER_UNKNOWN_S 60

struct http {
    struct transfer transfer;
    int64_t quiet_until_ms; /* in terms of clock_ms(): the remote system throttles until then */
    struct failure quiet;   /* the failure to return until then */
};

/* The state of one reply while it arrives. */
struct reading {
    const struct transfer *transfer;
    const struct http_request *request;
    struct json_guard *guard;
    struct http_reply *reply;
    size_t max_bytes; /* of the body */
    size_t header_bytes;
    bool headers_complete;
    bool encoded;   /* compressed, although that was not requested: `json` stays NULL */
    char start[64]; /* first printable bytes of the body */
    size_t start_size;
    bool too_large;

    struct json_rows rows;      /* how the guard hands over those of `request` */
    struct json_object *sample; /* array of the first rows, for the record; NULL = none */
    size_t sample_bytes;
    int32_t refused; /* what the receiver of the rows returned */
    struct failure failure;
};

int32_t http_open(struct operation *operation, const struct http_policy *policy, struct http **ret,
                  struct failure *failure)
{
    struct http *http = calloc(1, sizeof(*http));

    if (http == NULL) {
        return fail_memory(operation, failure);
    }
    int32_t code = transfer_open(&http->transfer, operation, policy, failure);
    if (code != HECTOR_OK) {
        http_close(http);
        return code;
    }
    *ret = http;
    return HECTOR_OK;
}

void http_close(struct http *http)
{
    if (http != NULL) {
        transfer_close(&http->transfer);
        free(http);
    }
}

void http_reply_release(struct http_reply *reply)
{
    json_object_put(reply->json);
    reply->json = NULL;
    budget_give_back(&reply->tree);
}

/* ---- receiving */

/*
 * Copies the printable ASCII characters, in lower case if requested. Returns how many were copied.
 */
static size_t copy_printable(char *to, size_t capacity, const char *from, size_t size, bool lower)
{
    size_t length = 0;

    for (size_t i = 0; i < size && length + 1 < capacity; i++) {
        if (from[i] >= ' ' && from[i] <= '~') {
            to[length++] = lower ? utf8_lower(from[i]) : from[i];
        }
    }
    to[length] = '\0';
    return length;
}

/*
 * Returns the first header with this name, with how many there are; without one, "" and 0. Those of
 * interim replies and trailers do not count.
 */
static const struct curl_header *find_header(CURL *easy, const char *name)
{
    static struct curl_header none = {.value = ""};
    struct curl_header *header = NULL;

    return curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK ? header : &none;
}

static void read_headers(struct reading *reading)
{
    struct http_reply *reply = reading->reply;
    CURL *easy = reading->transfer->easy;
    const char *value = find_header(easy, "Content-Type")->value;
    size_t length = strcspn(value, ";");

    /* Dropped if too long, not cut: part of a secret could not be found and hidden later. */
    length = length < sizeof(reply->content_type) ? length : 0;
    (void)copy_printable(reply->content_type, sizeof(reply->content_type), value, length, true);
    reply->content_type[strcspn(reply->content_type, " ")] = '\0';
    value = find_header(easy, "Content-Encoding")->value;
    reading->encoded = *value != '\0' && strcasecmp(value, "identity") != 0;
    const struct curl_header *auth = find_header(easy, "WWW-Authenticate");
    (void)copy_printable(reply->server_auth, sizeof(reply->server_auth), auth->value,
                         strlen(auth->value), false);
    reply->server_auths = (int32_t)auth->amount;
}

/* Whether all bytes may be part of a cookie; its quotes are. [RFC 6265, 4.1.1] */
static bool is_cookie(const char *value, size_t size)
{
    bool valid = size > 0 && size <= COOKIE_MAX;

    for (size_t i = 0; valid && i < size; i++) {
        valid = value[i] > ' ' && value[i] <= '~' && strchr(",\\", value[i]) == NULL;
    }
    return valid;
}

/* Reads `cookie` from "NAME=VALUE; Path=/", if it is the one. */
static void read_cookie(const struct http_cookie *cookie, const char *text)
{
    size_t name = strlen(cookie->name);

    if (strncmp(text, cookie->name, name) == 0 && text[name] == '=') {
        const char *value = text + name + 1;
        size_t size = strcspn(value, "; \t");

        buffer_clear(cookie->value);
        if (is_cookie(value, size)) {
            buffer_append(cookie->value, value, size);
        }
    }
}

/* Adds the value to the secrets, without quotes: it is found in texts with and without them. */
static void hide_cookie(struct secrets *secrets, const char *value)
{
    struct buffer bare = BUFFER(COOKIE_MAX);

    value += strspn(value, "\"");
    buffer_append(&bare, value, strcspn(value, "\""));
    secrets_add(secrets, buffer_text(&bare));
    if (bare.state == BUFFER_NO_MEMORY) {
        secrets->texts.state = BUFFER_NO_MEMORY;
    }
    buffer_release_secret(&bare);
}

/* Reads the cookies that the caller asks for. */
static void read_cookies(const struct reading *reading)
{
    const struct http_request *request = reading->request;
    struct curl_header *header = NULL;

    for (size_t i = 0; i < request->cookie_count; i++) {
        for (size_t at = 0; curl_easy_header(reading->transfer->easy, "Set-Cookie", at,
                                             CURLH_HEADER, -1, &header) == CURLHE_OK;
             at++) {
            read_cookie(&request->cookies[i], header->value);
        }
        hide_cookie(&reading->transfer->operation->secrets, buffer_text(request->cookies[i].value));
    }
}

/* Keeps the first rows for the record of the exchange. */
static void keep_row(struct reading *reading, struct json_object *row, size_t bytes)
{
    if (!reading->transfer->operation->record || bytes > RECORD_ROWS_MAX - reading->sample_bytes) {
        return;
    }
    if (reading->sample == NULL) {
        reading->sample = json_object_new_array();
    }
    if (reading->sample != NULL &&
        json_object_array_add(reading->sample, json_object_get(row)) != 0) {
        json_object_put(row);
    }
    reading->sample_bytes += bytes;
}

static bool take_row(void *context, struct json_object *row, size_t bytes)
{
    struct reading *reading = context;
    const struct http_rows *rows = reading->request->rows;

    reading->reply->rows++;
    keep_row(reading, row, bytes);
    reading->refused = rows->take(rows->context, row, &reading->failure);
    return reading->refused == HECTOR_OK;
}

/* After the headers: has the rows handed over, if the request wants them and the reply may have
 * them. */
static void begin_rows(struct reading *reading)
{
    const struct http_rows *rows = reading->request->rows;

    if (rows != NULL && reading->rows.take == NULL && /* not yet: trailers follow the body */
        transfer_info(reading->transfer, CURLINFO_RESPONSE_CODE) == 200) {
        reading->rows = (struct json_rows){rows->names, take_row, reading};
        reading->max_bytes = ROWS_TEXT_MAX;
        json_guard_rows(reading->guard, &reading->rows);
    }
}

static size_t on_header(char *line, size_t one, size_t size, void *context)
{
    struct reading *reading = context;

    (void)one; /* always 1 */
    reading->header_bytes += size;
    if (reading->header_bytes > HEADERS_MAX) {
        reading->too_large = true;
        return 0;
    }
    if (line[0] == '\r' || line[0] == '\n') {
        reading->headers_complete = true;
        read_headers(reading);
        read_cookies(reading);
        begin_rows(reading);
    } else if (size >= 5 && memcmp(line, "HTTP/", 5) == 0) {
        reading->headers_complete = false; /* the last ones were those of an interim reply */
    }
    return size;
}

static size_t on_body(char *bytes, size_t one, size_t size, void *context)
{
    struct reading *reading = context;
    struct http_reply *reply = reading->reply;

    (void)one; /* always 1 */
    reply->bytes += size;
    reading->start_size +=
        copy_printable(reading->start + reading->start_size,
                       sizeof(reading->start) - reading->start_size, bytes, size, false);
    if (!reading->encoded) {
        enum json_fault fault = json_guard_feed(reading->guard, bytes, size);
        if (fault == JSON_MEMORY || fault == JSON_REFUSED) {
            return 0;
        }
        reading->too_large = fault == JSON_BYTES || fault == JSON_TREE;
    }
    /* A body that is not JSON is also read to its end, to keep the connection usable. */
    reading->too_large = reading->too_large || reply->bytes > reading->max_bytes;
    return reading->too_large ? 0 : size;
}

/* Whether the body begins like a web page; the XML of another API does not. */
static bool looks_like_html(const char *start)
{
    static const char *const begins[] = {"<!doctype", "<html", "<head", "<body", "<!--"};

    start += strspn(start, " ");
    for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++) {
        if (strncasecmp(start, begins[i], strlen(begins[i])) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- sending */

static bool add_header(struct curl_slist **headers, const char *line)
{
    struct curl_slist *longer = curl_slist_append(*headers, line);

    *headers = longer != NULL ? longer : *headers;
    return longer != NULL;
}

static void free_headers(struct curl_slist *headers)
{
    for (struct curl_slist *line = headers; line != NULL; line = line->next) {
        explicit_bzero(line->data, strlen(line->data));
    }
    curl_slist_free_all(headers);
}

static bool add_credential(struct curl_slist **headers, const struct http_credential *credential)
{
    bool added = true;

    for (; added && credential != NULL; credential = credential->next) {
        struct buffer line = BUFFER(HECTOR_SECRET_MAX + 64);

        if (credential->secret != NULL && *credential->secret != '\0') {
            buffer_append_text(&line, credential->lead);
            buffer_append_text(&line, credential->secret);
            added = line.state == BUFFER_OK && add_header(headers, line.data);
            buffer_release_secret(&line);
        }
    }
    return added;
}

static bool make_headers(const struct http_request *request, struct curl_slist **headers)
{
    /* An empty Expect prevents libcurl from waiting for a 100 before a large body. */
    return add_header(headers, "Accept: application/json") && add_header(headers, "Expect:") &&
           (request->body == NULL || add_header(headers, "Content-Type: application/json")) &&
           add_credential(headers, &request->credential);
}

static CURLcode set_request(const struct transfer *transfer, const struct http_request *request)
{
    const struct http_policy *policy = &transfer->policy;
    CURL *easy = transfer->easy;
    struct buffer url = BUFFER(URL_MAX);
    char origin[ADDRESS_TEXT_MAX];
    CURLcode code = CURLE_OUT_OF_MEMORY;

    address_format(&policy->address, origin, sizeof(origin));
    buffer_append_text(&url, origin);
    buffer_append_text(&url, request->path);
    if (url.state == BUFFER_OK) {
        code = curl_easy_setopt(easy, CURLOPT_URL, url.data);
    }
    buffer_release(&url);
    if (code == CURLE_OK && policy->user_agent != NULL) {
        code = curl_easy_setopt(easy, CURLOPT_USERAGENT, policy->user_agent);
    }
    (void)curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    (void)curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    (void)curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    (void)curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, request->repeatable ? 0L : 1L);
    if (request->body == NULL) {
        (void)curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
        return code;
    }
    (void)curl_easy_setopt(easy, CURLOPT_POST, 1L);
    (void)curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request->body);
    return code;
}

/* ---- one attempt */

/* Transfers one request. Afterwards `*reading` contains what was received. */
static int32_t transfer_request(struct transfer *transfer, const struct http_request *request,
                                struct reading *reading, struct failure *failure)
{
    CURL *easy = transfer->easy;
    struct curl_slist *headers = NULL;

    if (!make_headers(request, &headers) || set_request(transfer, request) != CURLE_OK) {
        free_headers(headers);
        return fail_memory(transfer->operation, failure);
    }
    (void)curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    (void)curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    (void)curl_easy_setopt(easy, CURLOPT_HEADERDATA, reading);
    (void)curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    (void)curl_easy_setopt(easy, CURLOPT_WRITEDATA, reading);
    (void)curl_easy_setopt(
        easy, CURLOPT_MAXFILESIZE_LARGE,
        (curl_off_t)(request->rows != NULL ? ROWS_TEXT_MAX : reading->max_bytes));
    transfer->stretch_bytes = request->rows != NULL ? ROWS_STRETCH : 0;
    int32_t code = transfer_run(transfer, request->has_grace, failure);
    if (!reading->headers_complete) {
        read_headers(reading); /* those that arrived, for the record of the exchange */
    }
    /* libcurl reports a header line of more than a megabyte as "out of memory". */
    reading->too_large = reading->too_large || (code == HECTOR_NO_MEMORY && transfer->answered &&
                                                !reading->headers_complete);
    (void)curl_easy_setopt(easy, CURLOPT_HTTPHEADER, NULL);
    (void)curl_easy_setopt(easy, CURLOPT_POSTFIELDS, NULL);
    free_headers(headers);
    return code;
}

/* Fails if there was no memory for a cookie, or for hiding it. */
static int32_t check_cookies(const struct reading *reading, struct failure *failure)
{
    struct operation *operation = reading->transfer->operation;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < reading->request->cookie_count; i++) {
        code = fail_buffer(operation, failure, reading->request->cookies[i].value);
    }
    return code == HECTOR_OK && reading->request->cookie_count > 0
               ? fail_buffer(operation, failure, &operation->secrets.texts)
               : code;
}

/* Replaces libcurl's error if this side ended the transfer, or if the headers were incomplete. */
static int32_t check_reading(struct transfer *transfer, const struct reading *reading, int32_t code,
                             struct failure *failure)
{
    if (reading->too_large) {
        transfer->again = false;
        return transfer_fail(transfer, failure, REASON_reply_too_large, NULL);
    }
    if (reading->reply->fault == JSON_MEMORY) {
        return fail_memory(transfer->operation, failure);
    }
    if (reading->refused != HECTOR_OK) {
        transfer->again = false;
        return fail_as(failure, &reading->failure);
    }
    if (code != HECTOR_OK) {
        return code;
    }
    if (reading->headers_complete) {
        return check_cookies(reading, failure);
    }
    transfer->again = true;
    return transfer_fail(transfer, failure, REASON_connection_broken, "closed within the headers");
}

/* What Retry-After says, as seconds or as a date; 0 = nothing. */
static uint32_t retry_after_s(const struct transfer *transfer)
{
    curl_off_t seconds = 0;

    (void)curl_easy_getinfo(transfer->easy, CURLINFO_RETRY_AFTER, &seconds);
    seconds = seconds > 0 ? seconds : 0; /* of a date that has passed */
    return (uint32_t)(seconds < RETRY_AFTER_MAX_S ? seconds : RETRY_AFTER_MAX_S);
}

/* Records the exchange, with the first rows in the place that they have in the reply. */
static int32_t record_reading(const struct reading *reading, int32_t code, struct failure *failure)
{
    struct operation *operation = reading->transfer->operation;
    const struct http_request *request = reading->request;
    struct json_object *json = reading->reply->json, *empty = NULL;
    const char *name = NULL;

    for (size_t i = 0; reading->sample != NULL && empty == NULL && request->rows->names[i] != NULL;
         i++) {
        name = request->rows->names[i];
        empty = json_object_get(json_member_array(json, name));
    }
    if (empty != NULL) { /* replacing a member allocates nothing */
        (void)json_object_object_add(json, name, json_object_get(reading->sample));
    }
    int32_t recorded = record_exchange(operation, request, reading->reply, code, failure);
    if (empty != NULL) {
        (void)json_object_object_add(json, name, empty);
    }
    return recorded;
}

static int32_t send_attempt(struct transfer *transfer, const struct http_request *request,
                            struct http_reply *reply, struct failure *failure)
{
    struct operation *operation = transfer->operation;
    struct reading reading = {.transfer = transfer,
                              .request = request,
                              .reply = reply,
                              .max_bytes = operation->limits->reply_max_bytes};
    int64_t begin = clock_ms();
    struct failure unrecorded;

    *reply = (struct http_reply){0};
    for (size_t i = 0; i < request->cookie_count; i++) {
        buffer_clear(request->cookies[i].value);
    }
    transfer->answered = false;
    if (request->rows != NULL) {
        request->rows->restart(request->rows->context);
    }
    reading.guard = json_guard_new(reading.max_bytes, budget_left(&operation->replies));
    if (reading.guard == NULL) {
        return fail_memory(operation, failure);
    }
    operation->requests++;
    int32_t code = transfer_request(transfer, request, &reading, failure);
    reply->status = (int32_t)transfer_info(transfer, CURLINFO_RESPONSE_CODE);
    reply->retry_after_s = retry_after_s(transfer);
    reply->fault = reading.encoded
                       ? JSON_SYNTAX
                       : json_guard_finish(reading.guard, &reply->json, &reply->repaired);
    reply->html = reply->fault == JSON_SYNTAX && looks_like_html(reading.start);
    budget_take(&operation->replies, json_guard_tree_bytes(reading.guard), &reply->tree);
    json_guard_free(reading.guard);
    code = check_reading(transfer, &reading, code, failure);
    /* Without the query string, which may contain data that does not belong in the log. */
    operation_log(operation, HECTOR_LOG_DEBUG, "%s %.*s: %s, HTTP %d, %zu bytes, %" PRId64 " ms",
                  request->body != NULL ? "POST" : "GET", (int)strcspn(request->path, "?"),
                  request->path, operation_outcome(code), (int)reply->status, reply->bytes,
                  clock_ms() - begin);
    if (operation->record && record_reading(&reading, code, &unrecorded) != HECTOR_OK) {
        transfer->again = transfer->stale = false;
        code = fail_as(failure, &unrecorded);
    }
    json_object_put(reading.sample);
    if (code != HECTOR_OK) {
        http_reply_release(reply);
    }
    return code;
}

/* ---- repeats */

/*
 * Whether the reply is a fault that usually disappears: an error without JSON, or no body where
 * there should be one. A cache or a failing process in front of the API may cause it for a single
 * request.
 */
static bool is_passing(const struct http_reply *reply)
{
    return (reply->status == 500 && reply->json == NULL) ||
           ((reply->status == 204 || reply->status == 302 || reply->status == 304) &&
            reply->fault == JSON_TRUNCATED);
}

/*
 * Whether another try may succeed. A time-out costs the whole time limit, and a transient fault
 * that comes twice is permanent, so both are tried only once more.
 */
static bool may_be_cured(const struct transfer *transfer, int32_t code,
                         const struct http_reply *reply, const struct failure *failure,
                         int32_t tried)
{
    if (code != HECTOR_OK) {
        return transfer->again || (failure->reason == REASON_time_out && tried == 1);
    }
    return reply->status == 429 || (reply->status >= 502 && reply->status <= 504) ||
           (reply->status == 200 && reply->fault == JSON_TRUNCATED) ||
           (tried == 1 && is_passing(reply));
}

static int32_t fail_throttled(struct http *http, const struct http_reply *reply,
                              struct failure *failure)
{
    uint32_t wait_s = reply->retry_after_s;
    const struct message_number seconds =
        message_number(wait_s > 0 ? wait_s : RETRY_AFTER_UNKNOWN_S);
    char detail[32];

    (void)snprintf(detail, sizeof(detail), "HTTP %d", (int)reply->status);
    (void)fail(http->transfer.operation, failure, REASON_throttled, detail,
               ARGUMENTS(http->transfer.name, seconds.text));
    failure->retry_after_s = wait_s;
    http->quiet_until_ms = clock_ms() + (int64_t)wait_s * 1000;
    http->quiet = *failure;
    return HECTOR_THROTTLED;
}

static int32_t exchange_repeatedly(struct http *http, const struct http_request *request,
                                   struct http_reply *ret, struct failure *failure)
{
    struct operation *operation = http->transfer.operation;
    struct http_reply reply;
    int32_t code = request->has_grace ? HECTOR_OK : operation_check(operation, failure);

    if (code != HECTOR_OK) {
        return code;
    }
    if (!request->has_grace && clock_ms() < http->quiet_until_ms) {
        *failure = http->quiet;
        return HECTOR_THROTTLED;
    }
    for (int32_t tried = 1;; tried++) {
        int32_t pause_ms;
        char why[64];

        code = send_attempt(&http->transfer, request, &reply, failure);
        if (request->repeatable && http->transfer.stale) {
            http_reply_release(&reply);
            /* On a new connection: */
            code = send_attempt(&http->transfer, request, &reply, failure);
        }
        if (!request->repeatable || !may_be_cured(&http->transfer, code, &reply, failure, tried) ||
            !repeat_due(operation, tried, code == HECTOR_OK ? reply.retry_after_s : 0, &pause_ms)) {
            break;
        }
        http_reply_release(&reply);
        (void)snprintf(why, sizeof(why), "%s, HTTP %d",
                       code != HECTOR_OK ? message_slug(failure->reason) : "not usable",
                       (int)reply.status);
        if ((code = repeat_request(operation, pause_ms, why, failure)) != HECTOR_OK) {
            return code;
        }
    }
    if (code != HECTOR_OK) {
        return code;
    }
    if (reply.status == 429 || (reply.status == 503 && reply.retry_after_s > 0)) {
        http_reply_release(&reply);
        return fail_throttled(http, &reply, failure);
    }
    operation->repaired += reply.repaired ? 1 : 0;
    *ret = reply;
    return HECTOR_OK;
}

/* All tries of a request, with the pauses between them, are reported as one wait. */
int32_t http_exchange(struct http *http, const struct http_request *request, struct http_reply *ret,
                      struct failure *failure)
{
    struct failure why; /* of an attempt that a repeat may have cured */
    int32_t code = exchange_repeatedly(http, request, ret, &why);

    operation_wait_end(http->transfer.operation);
    if (code != HECTOR_OK) {
        *failure = why;
    }
    return code;
}

int32_t http_peer_certificate(struct http *http, struct buffer *ret_pem, struct failure *failure)
{
    int32_t code = transfer_peer_certificate(&http->transfer, ret_pem, failure);

    operation_wait_end(http->transfer.operation);
    return code;
}

bool http_answered(const struct http *http)
{
    return http->transfer.answered;
}
