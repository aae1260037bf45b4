/*
 * operation.c - one call from the host: callbacks, cancellation, deadline, language and failures.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "operation.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "json/json_write.h"

/* The interface promises to poll `cancelled` at least every 200 ms. */
#define PAUSE_STEP_MS 100

const char *operation_outcome(int32_t code)
{
    /* By the negated code. HECTOR_ABI is none of an operation. */
    static const char *const words[] = {"ok",          "config",    "auth",     "permission",
                                        "unreachable", "throttled", "data",     "limit",
                                        "cancelled",   "host",      "no_memory"};

    if (code == HECTOR_PARTIAL) {
        return "partial";
    }
    return code <= HECTOR_OK && code > HECTOR_INTERNAL ? words[-code] : "internal";
}

void operation_sentence(const struct operation *operation, char *out, size_t capacity,
                        enum message_id id, const char *const *arguments)
{
    char texts[ARGUMENTS_MAX][MESSAGE_MAX];
    const char *shown[ARGUMENTS_MAX + 1] = {NULL};

    for (size_t i = 0; arguments != NULL && arguments[i] != NULL && i < ARGUMENTS_MAX; i++) {
        secrets_hide(&operation->secrets, arguments[i], texts[i], sizeof(texts[i]));
        shown[i] = texts[i];
    }
    message_format(out, capacity, &operation->wording, id, shown);
}

void failure_detail(const struct operation *operation, struct failure *failure, const char *detail)
{
    secrets_hide(&operation->secrets, detail, failure->detail, sizeof(failure->detail));
}

int32_t fail(const struct operation *operation, struct failure *failure, enum message_id reason,
             const char *detail, const char *const *arguments)
{
    *failure = (struct failure){.cause = message_cause(reason), .reason = reason};
    operation_sentence(operation, failure->message, sizeof(failure->message), reason, arguments);
    if (detail != NULL) {
        failure_detail(operation, failure, detail);
    }
    return failure->cause;
}

int32_t fail_field(const struct operation *operation, struct failure *failure, const char *field,
                   enum message_id reason, const char *const *arguments)
{
    int32_t code = fail(operation, failure, reason, NULL, arguments);

    utf8_copy(failure->field, sizeof(failure->field), field, strlen(field));
    return code;
}

int32_t fail_as(struct failure *failure, const struct failure *why)
{
    *failure = *why;
    return why->cause;
}

int32_t fail_memory(const struct operation *operation, struct failure *failure)
{
    return fail(operation, failure, REASON_no_memory, NULL, NO_ARGUMENTS);
}

int32_t fail_buffer(const struct operation *operation, struct failure *failure,
                    const struct buffer *buffer)
{
    if (buffer->state == BUFFER_NO_MEMORY) {
        return fail_memory(operation, failure);
    }
    if (buffer->state == BUFFER_FULL) {
        return fail(operation, failure, REASON_too_large_to_send, NULL, NO_ARGUMENTS);
    }
    return HECTOR_OK;
}

bool failure_ends(int32_t code, const struct failure *failure)
{
    return code == HECTOR_CANCELLED || code == HECTOR_HOST || code == HECTOR_NO_MEMORY ||
           code == HECTOR_INTERNAL || code == HECTOR_CONFIG ||
           (code != HECTOR_OK && failure->reason == REASON_deadline_passed);
}

int32_t operation_begin(struct operation *operation, const struct hector_host *host,
                        const struct limits *limits, struct failure *failure)
{
    *operation = (struct operation){.limits = limits,
                                    .document = BUFFER(DOCUMENT_MAX),
                                    .secrets = {BUFFER(SECRETS_MAX)},
                                    .replies.max = limits->tree_max_bytes};
    if (host == NULL || !HECTOR_HAS(host, struct hector_host, emit) || host->emit == NULL) {
        return fail(operation, failure, REASON_host_table, NULL, ARGUMENTS("no emit"));
    }
    size_t size =
        host->struct_size < sizeof(operation->host) ? host->struct_size : sizeof(operation->host);
    /* A table that ends inside a member, all of which are pointers, must not leave half of one. */
    size -= size % sizeof(void *);
    memcpy(&operation->host, host, size);
    return HECTOR_OK;
}

void operation_end(struct operation *operation)
{
    buffer_release(&operation->document);
    buffer_release_secret(&operation->secrets.texts);
}

/* Fills a text member of the error if the host's struct is large enough to have it. */
#define REPORT_TEXT(error, member, text)                                                           \
    do {                                                                                           \
        if (HECTOR_HAS(error, struct hector_error, member)) {                                      \
            utf8_copy((error)->member, sizeof((error)->member), text, strlen(text));               \
        }                                                                                          \
    } while (0)

void operation_report(const struct failure *failure, int32_t code, struct hector_error *error)
{
    if (code == HECTOR_OK || error == NULL) {
        return;
    }
    if (HECTOR_HAS(error, struct hector_error, cause)) {
        error->cause = failure->cause;
    }
    if (HECTOR_HAS(error, struct hector_error, retry_after_s)) {
        error->retry_after_s = failure->retry_after_s;
    }
    REPORT_TEXT(error, reason, message_slug(failure->reason));
    REPORT_TEXT(error, field, failure->field);
    REPORT_TEXT(error, message, failure->message);
    REPORT_TEXT(error, detail, failure->detail);
}

bool operation_cancelled(struct operation *operation)
{
    if (!operation->cancelled && operation->host.cancelled != NULL) {
        operation->cancelled = operation->host.cancelled(operation->host.context) != 0;
    }
    return operation->cancelled;
}

int32_t operation_check(struct operation *operation, struct failure *failure)
{
    enum message_id reason = operation->refused               ? REASON_host_refused
                             : operation_cancelled(operation) ? REASON_cancelled
                             : operation->deadline_ms != 0 && clock_ms() >= operation->deadline_ms
                                 ? REASON_deadline_passed
                                 : MESSAGE_NONE;

    return reason != MESSAGE_NONE ? fail(operation, failure, reason, NULL, NO_ARGUMENTS)
                                  : HECTOR_OK;
}

int32_t operation_pause(struct operation *operation, int32_t milliseconds, struct failure *failure)
{
    int64_t end = clock_ms() + milliseconds;

    for (;;) {
        int64_t left = end - clock_ms();
        int32_t code = operation_check(operation, failure);
        struct timespec step = {.tv_nsec = (left < PAUSE_STEP_MS ? left : PAUSE_STEP_MS) * 1000000};

        if (code != HECTOR_OK || left <= 0) {
            return code;
        }
        operation_wait(operation);
        (void)nanosleep(&step, NULL); /* a signal only shortens the step */
    }
}

struct buffer *operation_document(struct operation *operation, const char *kind)
{
    buffer_clear(&operation->document);
    json_write_object(&operation->document, NULL);
    json_write_string(&operation->document, "kind", kind);
    return &operation->document;
}

int32_t operation_emit(struct operation *operation, struct failure *failure)
{
    struct buffer *document = &operation->document;

    json_write_object_end(document);
    int32_t code = fail_buffer(operation, failure, document);
    if (code != HECTOR_OK) {
        return code;
    }
    if (!operation->refused) {
        int64_t before = clock_ms();
        operation->refused =
            operation->host.emit(operation->host.context, document->data, document->size) != 0;
        operation->deadline_ms += operation->deadline_ms != 0 ? clock_ms() - before : 0;
    }
    return operation->refused ? operation_check(operation, failure) : HECTOR_OK;
}

void operation_log(struct operation *operation, uint32_t level, const char *format, ...)
{
    char line[LOG_LINE_MAX], *text;
    va_list arguments;

    if (operation->host.log == NULL || level > operation->host.log_level) {
        return;
    }
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    /* The whole text: cut, it might contain part of a secret that secrets_hide() cannot find. */
    text = length >= 0 ? malloc((size_t)length + 1) : NULL;
    if (text == NULL) {
        return;
    }
    va_start(arguments, format);
    (void)vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    secrets_hide(&operation->secrets, text, line, sizeof(line));
    explicit_bzero(text, (size_t)length);
    free(text);
    size_t size = strlen(line);
    for (size_t i = 0; i < size; i++) {
        if ((unsigned char)line[i] < 0x20 || line[i] == 0x7F) {
            line[i] = ' ';
        }
    }
    operation->host.log(operation->host.context, level, line, size);
}

static void report_progress(struct operation *operation, const char *phase,
                            struct progress_count count)
{
    if (operation->host.progress != NULL) {
        operation->host.progress(operation->host.context, phase, strlen(phase), count.done,
                                 count.total);
    }
}

void operation_progress(struct operation *operation, enum phase phase, uint64_t more, uint64_t left)
{
    static const char *const slugs[PHASE_COUNT][2] = {
#define PHASE(slug) {#slug, #slug "_again"},
#include "progress.def"
    };
    struct progress *progress = &operation->progress;
    struct progress_count *count = &progress->counts[phase][operation->again];

    count->done += more;
    if ((left > 0 || count->total > 0) && count->total < count->done + left) {
        count->total = count->done + left;
    }
    progress->count = *count;
    if (progress->slug != slugs[phase][operation->again]) {
        operation_log(operation, HECTOR_LOG_INFO, "phase %s", slugs[phase][operation->again]);
    }
    progress->slug = slugs[phase][operation->again];
    report_progress(operation, progress->slug, *count);
}

void operation_wait(struct operation *operation)
{
    int64_t now = clock_ms(), seconds;
    char phase[sizeof("waiting:") + ADDRESS_TEXT_MAX], peer[ADDRESS_TEXT_MAX];

    if (operation->waiting_since_ms == 0) {
        operation->waiting_since_ms = now;
    }
    seconds = (now - operation->waiting_since_ms) / 1000;
    if (seconds > operation->waited_s && operation->peer[0] != '\0') {
        operation->waited_s = seconds;
        secrets_hide(&operation->secrets, operation->peer, peer, sizeof(peer));
        (void)snprintf(phase, sizeof(phase), "waiting:%s", peer);
        report_progress(operation, phase, (struct progress_count){.done = (uint64_t)seconds});
    }
}

void operation_wait_end(struct operation *operation)
{
    bool was_reported = operation->waited_s > 0;

    operation->waiting_since_ms = operation->waited_s = 0;
    if (was_reported && operation->progress.slug != NULL) {
        report_progress(operation, operation->progress.slug, operation->progress.count);
    }
}

/*
 * Why the bytes of a secret are unusable; MESSAGE_NONE = they are usable. A token is sent in an
 * HTTP header, a password in JSON.
 */
static enum message_id wrong_bytes(const char *name, const char *secret, size_t size)
{
    bool is_token = strcmp(name, "token") == 0;

    if (!utf8_is_printable(secret, size)) {
        return is_token ? REASON_secret_not_printable : REASON_secret_not_text;
    }
    if (!is_token) {
        return MESSAGE_NONE;
    }
    if (!utf8_is_ascii(secret, size)) {
        return REASON_secret_not_printable;
    }
    if (strchr(" \"'", secret[0]) != NULL || strchr(" \"'", secret[size - 1]) != NULL) {
        return REASON_secret_padded;
    }
    return memchr(secret, ' ', size) != NULL ? REASON_secret_has_blank : MESSAGE_NONE;
}

int32_t operation_secret(struct operation *operation, const char *name, struct buffer *ret,
                         struct failure *failure)
{
    char secret[HECTOR_SECRET_MAX] = ""; /* zeroed: a host may report more than it wrote */
    int64_t size = 0;
    int32_t code = HECTOR_OK;

    buffer_clear(ret);
    if (operation->host.secret != NULL) {
        size = operation->host.secret(operation->host.context, name, strlen(name), secret,
                                      sizeof(secret));
    }
    enum message_id wrong = size <= 0 ? MESSAGE_NONE
                            : size > (int64_t)sizeof(secret)
                                ? REASON_secret_too_long
                                : wrong_bytes(name, secret, (size_t)size);
    if (wrong != MESSAGE_NONE) {
        code = fail_field(operation, failure, name, wrong, ARGUMENTS(name));
    } else if (size > 0) {
        buffer_append(ret, secret, (size_t)size);
        secrets_add(&operation->secrets, buffer_text(ret));
        if ((code = fail_buffer(operation, failure, ret)) == HECTOR_OK) {
            code = fail_buffer(operation, failure, &operation->secrets.texts);
        }
    }
    explicit_bzero(secret, sizeof(secret));
    return code;
}
