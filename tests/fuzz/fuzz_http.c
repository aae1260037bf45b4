/*
 * fuzz_http.c - header lines and body of a reply, as libcurl hands them to http.c.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The linker redirects http.c's calls of libcurl and transfer_run() to this file (--wrap, see
 * Makefile.inc). The input is a series of replies separated by "\n%%\n". Each has a line with the
 * status, the seconds of Retry-After and the size of the body's pieces; the header lines; an empty
 * line; the body.
 */
#define _GNU_SOURCE 1 /* memmem */

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "host.h"
#include "net/transfer.h"
#include "json/json_read.h"

int32_t __wrap_transfer_open(struct transfer *transfer, struct operation *operation,
                             const struct http_policy *policy, struct failure *failure);
void __wrap_transfer_close(struct transfer *transfer);
int32_t __wrap_transfer_run(struct transfer *transfer, bool has_grace, struct failure *failure);
CURLcode __wrap_curl_easy_setopt(CURL *easy, CURLoption option, ...);
CURLcode __wrap_curl_easy_getinfo(CURL *easy, CURLINFO info, ...);
CURLHcode __wrap_curl_easy_header(CURL *easy, const char *name, size_t index, unsigned int origin,
                                  int request, struct curl_header **ret);

typedef size_t take_bytes(char *bytes, size_t one, size_t size, void *context);

/* The callbacks of http.c, and the next reply. */
static struct {
    take_bytes *on_header, *on_body;
    void *header_context, *body_context;
    struct fuzz_input replies, headers; /* of the last reply, interim or not */
    char value[1024];                   /* of the header that was found last */
    struct curl_header header;
    long status;
    curl_off_t retry_after;
    int32_t runs;
} peer;

CURLcode __wrap_curl_easy_setopt(CURL *easy, CURLoption option, ...)
{
    va_list value;

    (void)easy;
    va_start(value, option);
    switch (option) {
    case CURLOPT_HEADERFUNCTION: peer.on_header = va_arg(value, take_bytes *); break;
    case CURLOPT_WRITEFUNCTION: peer.on_body = va_arg(value, take_bytes *); break;
    case CURLOPT_HEADERDATA: peer.header_context = va_arg(value, void *); break;
    case CURLOPT_WRITEDATA: peer.body_context = va_arg(value, void *); break;
    default: break;
    }
    va_end(value);
    return CURLE_OK;
}

CURLcode __wrap_curl_easy_getinfo(CURL *easy, CURLINFO info, ...)
{
    va_list value;

    (void)easy;
    va_start(value, info);
    switch (info) {
    case CURLINFO_RESPONSE_CODE: *va_arg(value, long *) = peer.status; break;
    case CURLINFO_RETRY_AFTER: *va_arg(value, curl_off_t *) = peer.retry_after; break;
    default: *va_arg(value, curl_off_t *) = 1; break;
    }
    va_end(value);
    return CURLE_OK;
}

/* As libcurl does it: without the blanks around the value. */
CURLHcode __wrap_curl_easy_header(CURL *easy, const char *name, size_t index, unsigned int origin,
                                  int request, struct curl_header **ret)
{
    struct fuzz_input rest = peer.headers, line;
    size_t length = strlen(name);

    (void)easy;
    FUZZ_CHECK(index == 0 && origin == CURLH_HEADER && request == -1);
    peer.header = (struct curl_header){.value = peer.value};
    while (fuzz_line(&rest, &line)) {
        if (line.size <= length || line.at[length] != ':' ||
            strncasecmp(line.at, name, length) != 0 || peer.header.amount++ > 0) {
            continue;
        }
        line.at += length + 1;
        line.size -= length + 1;
        while (line.size > 0 && (*line.at == ' ' || *line.at == '\t')) {
            line.at++;
            line.size--;
        }
        while (line.size > 0 && (unsigned char)line.at[line.size - 1] <= ' ') {
            line.size--;
        }
        line.size = line.size < sizeof(peer.value) ? line.size : sizeof(peer.value) - 1;
        memcpy(peer.value, line.at, line.size);
        peer.value[line.size] = '\0';
    }
    *ret = &peer.header;
    return peer.header.amount > 0 ? CURLHE_OK : CURLHE_MISSING;
}

int32_t __wrap_transfer_open(struct transfer *transfer, struct operation *operation,
                             const struct http_policy *policy, struct failure *failure)
{
    (void)failure;
    *transfer = (struct transfer){.operation = operation, .policy = *policy, .name = "peer"};
    return HECTOR_OK;
}

void __wrap_transfer_close(struct transfer *transfer)
{
    (void)transfer;
}

/* Each piece is an allocation of its own, so that a sanitizer sees reads beyond it. */
static bool hand(take_bytes *take, void *context, const char *bytes, size_t size)
{
    char *piece = malloc(size > 0 ? size : 1);
    bool taken;

    FUZZ_CHECK(piece != NULL);
    memcpy(piece, bytes, size);
    taken = take(piece, 1, size, context) == size;
    free(piece);
    return taken;
}

/* Takes the input up to the next separator. */
static struct fuzz_input next_reply(void)
{
    static const char mark[] = "\n%%\n";
    const char *end = peer.replies.size > 0
                          ? memmem(peer.replies.at, peer.replies.size, mark, strlen(mark))
                          : NULL;
    struct fuzz_input reply = {peer.replies.at,
                               end != NULL ? (size_t)(end - peer.replies.at) : peer.replies.size};
    size_t taken = end != NULL ? reply.size + strlen(mark) : reply.size;

    peer.replies.at += taken;
    peer.replies.size -= taken;
    return reply;
}

static bool hand_headers(struct fuzz_input *reply)
{
    struct fuzz_input line;

    peer.headers = (struct fuzz_input){reply->at, 0};
    while (fuzz_line(reply, &line)) {
        if (line.size >= 5 && memcmp(line.at, "HTTP/", 5) == 0) {
            peer.headers.at = line.at;
        }
        peer.headers.size = (size_t)(line.at + line.size - peer.headers.at);
        /* With the line feed, as libcurl does. */
        if (!hand(peer.on_header, peer.header_context, line.at,
                  line.at + line.size < reply->at ? line.size + 1 : line.size)) {
            return false;
        }
        if (line.size == 0 || line.at[0] == '\r') {
            return true;
        }
    }
    return true;
}

static bool hand_body(struct fuzz_input body, size_t most)
{
    while (body.size > 0) {
        size_t size = body.size < most ? body.size : most;

        if (!hand(peer.on_body, peer.body_context, body.at, size)) {
            return false;
        }
        body.at += size;
        body.size -= size;
    }
    return true;
}

int32_t __wrap_transfer_run(struct transfer *transfer, bool has_grace, struct failure *failure)
{
    struct fuzz_input reply = next_reply(), first = {"", 0};
    char *head, *next;
    size_t most;

    (void)has_grace;
    FUZZ_CHECK(++peer.runs <= transfer->operation->limits->attempts);
    (void)fuzz_line(&reply, &first);
    head = fuzz_text(first);
    peer.status = strtol(head, &next, 10) % 1000;
    peer.retry_after = strtol(next, &next, 10);
    most = 1 + strtoul(next, &next, 10) % 4096;
    free(head);
    transfer->again = peer.status < 100; /* the connection broke */
    if (!hand_headers(&reply) || !hand_body(reply, most) || transfer->again) {
        return fail(transfer->operation, failure, REASON_connection_broken, NULL,
                    ARGUMENTS("peer"));
    }
    return HECTOR_OK;
}

static void check_printable(const char *text, size_t capacity)
{
    FUZZ_CHECK(memchr(text, '\0', capacity) != NULL);
    for (; *text != '\0'; text++) {
        FUZZ_CHECK(*text >= ' ' && *text <= '~');
    }
}

static void check_reply(const struct http_reply *reply)
{
    struct curl_header *encoding = NULL;

    check_printable(reply->content_type, sizeof(reply->content_type));
    FUZZ_CHECK(strpbrk(reply->content_type, "; ABCDEFGHIJKLMNOPQRSTUVWXYZ") == NULL);
    FUZZ_CHECK(reply->json == NULL || reply->fault == JSON_OK);
    FUZZ_CHECK(reply->fault == JSON_SYNTAX || !reply->html);
    /* A compressed body was not requested, and is no JSON. */
    FUZZ_CHECK(curl_easy_header(NULL, "Content-Encoding", 0, CURLH_HEADER, -1, &encoding) !=
                   CURLHE_OK ||
               *encoding->value == '\0' || strcasecmp(encoding->value, "identity") == 0 ||
               reply->fault != JSON_OK);
    FUZZ_CHECK(reply->status != 429);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct http_policy policy = {.address = {.https = true, .host = "peer", .port = 443}};
    const struct http_request request = {.path = "/jsonrpc",
                                         .body = "{}",
                                         .credential = {.lead = HTTP_BEARER, .secret = FUZZ_TOKEN},
                                         .repeatable = true};
    struct fuzz_host host;
    struct http *http = NULL;
    struct http_reply reply;
    int32_t code;

    fuzz_host_begin(&host, data, size);
    host.limits.reply_max_bytes = KIB(16);
    host.operation.replies.max = KIB(64);
    peer.replies = (struct fuzz_input){(const char *)data, size};
    peer.runs = 0;
    FUZZ_CHECK(http_open(&host.operation, &policy, &http, &host.failure) == HECTOR_OK);
    code = http_exchange(http, &request, &reply, &host.failure);
    fuzz_check_failure(code, &host.failure);
    if (code == HECTOR_OK) {
        check_reply(&reply);
        http_reply_release(&reply);
    } else {
        FUZZ_CHECK(host.failure.retry_after_s <= 86400);
        FUZZ_CHECK(host.failure.retry_after_s == 0 || code == HECTOR_THROTTLED);
    }
    FUZZ_CHECK(host.operation.requests == (uint64_t)peer.runs);
    http_close(http);
    fuzz_host_end(&host);
    return 0;
}
