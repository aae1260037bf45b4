/*
 * test_operation.c - one call from the host: tables, errors, secrets, cancel and deadline.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "host/operation.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <CUnit/CUnit.h>

#include "host/repeat.h"
#include "lib/host.h"
#include "lib/tap.h"
#include "operations/operations.h"
#include "json/json_write.h"

#define POISON 0xA5

/* ---- the host's table */

/* A table of `size` bytes that ends there, followed by poison. */
static int32_t begin_sized(struct test_host *host, uint32_t size)
{
    struct {
        struct hector_host table;
        unsigned char beyond[64];
    } memory;

    operation_end(&host->operation);
    memset(&memory, POISON, sizeof(memory));
    host->table.struct_size = size;
    memcpy(&memory.table, &host->table, size < sizeof(host->table) ? size : sizeof(host->table));
    if (size > 4) {
        memory.table.struct_size = size;
    }
    return operation_begin(&host->operation, &memory.table, &host->limits, &host->failure);
}

/* Members that the table does not fully cover count as absent. */
static void test_short_tables(void)
{
    const uint32_t emit_end = offsetof(struct hector_host, emit) + sizeof(void *);

    for (uint32_t size = 4; size <= sizeof(struct hector_host); size++) {
        struct test_host host;
        const struct hector_host *copy = &host.operation.host;
        int32_t code;

        host_begin(&host);
        code = begin_sized(&host, size);
        if (size < emit_end) {
            CU_ASSERT_EQUAL(code, HECTOR_ABI);
            CU_ASSERT_STRING_EQUAL(message_slug(host.failure.reason), "host_table");
            host_end(&host);
            continue;
        }
        CU_ASSERT_EQUAL(code, HECTOR_OK);
        CU_ASSERT_PTR_EQUAL(copy->context, &host);
        CU_ASSERT_TRUE(copy->emit == host.table.emit);
        CU_ASSERT_TRUE(copy->log ==
                       (size >= offsetof(struct hector_host, progress) ? host.table.log : NULL));
        CU_ASSERT_TRUE(
            copy->progress ==
            (size >= offsetof(struct hector_host, cancelled) ? host.table.progress : NULL));
        CU_ASSERT_TRUE(
            copy->cancelled ==
            (size >= offsetof(struct hector_host, secret) ? host.table.cancelled : NULL));
        CU_ASSERT_TRUE(copy->secret ==
                       (size == sizeof(struct hector_host) ? host.table.secret : NULL));
        host_end(&host);
    }
}

/* A newer host has more members than the plugin knows: the plugin does not read those. */
static void test_long_table(void)
{
    struct test_host host;

    host_begin(&host);
    CU_ASSERT_EQUAL(begin_sized(&host, sizeof(struct hector_host) + 64), HECTOR_OK);
    CU_ASSERT_TRUE(host.operation.host.secret == host.table.secret);
    host_end(&host);
}

static void test_no_table(void)
{
    struct test_host host;

    host_begin(&host);
    operation_end(&host.operation);
    CU_ASSERT_EQUAL(operation_begin(&host.operation, NULL, &host.limits, &host.failure),
                    HECTOR_ABI);
    host.table.emit = NULL;
    CU_ASSERT_EQUAL(operation_begin(&host.operation, &host.table, &host.limits, &host.failure),
                    HECTOR_ABI);
    CU_ASSERT_EQUAL(host.failure.cause, HECTOR_ABI);
    CU_ASSERT_STRING_EQUAL(host.failure.message, "The host's table cannot be used: no emit.");
    host_end(&host);
}

/* Only emit is mandatory. */
static void test_missing_callbacks(void)
{
    struct buffer secret = BUFFER(HECTOR_SECRET_MAX);
    struct test_host host;

    host_begin(&host);
    operation_end(&host.operation);
    host.table.log = NULL;
    host.table.progress = NULL;
    host.table.cancelled = NULL;
    host.table.secret = NULL;
    CU_ASSERT_EQUAL(operation_begin(&host.operation, &host.table, &host.limits, &host.failure),
                    HECTOR_OK);
    operation_log(&host.operation, HECTOR_LOG_ERROR, "no callback");
    operation_progress(&host.operation, PHASE_devices, 1, 0);
    CU_ASSERT_FALSE(operation_cancelled(&host.operation));
    CU_ASSERT_EQUAL(operation_secret(&host.operation, "token", &secret, &host.failure), HECTOR_OK);
    CU_ASSERT_EQUAL(secret.size, 0);
    (void)operation_document(&host.operation, "summary");
    CU_ASSERT_EQUAL(operation_emit(&host.operation, &host.failure), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(host_text(&host, NULL, 0), "{\"kind\":\"summary\"}");
    buffer_release(&secret);
    host_end(&host);
}

/* ---- documents */

static void test_emit(void)
{
    struct test_host host;

    host_begin(&host);
    json_write_integer(operation_document(&host.operation, "option"), "number", 7);
    CU_ASSERT_EQUAL(operation_emit(&host.operation, &host.failure), HECTOR_OK);
    (void)operation_document(&host.operation, "option");
    CU_ASSERT_EQUAL(operation_emit(&host.operation, &host.failure), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(host_text(&host, NULL, 0), "{\"kind\":\"option\",\"number\":7}");
    CU_ASSERT_STRING_EQUAL(host_text(&host, NULL, 1), "{\"kind\":\"option\"}");
    host_end(&host);
}

/* A host that has refused a document gets no other. */
static void test_refused_emit(void)
{
    struct test_host host;

    host_begin(&host);
    host.refuse_at = 1;
    for (int i = 0; i < 2; i++) {
        (void)operation_document(&host.operation, "option");
        CU_ASSERT_EQUAL(operation_emit(&host.operation, &host.failure), HECTOR_HOST);
        CU_ASSERT_EQUAL(host.failure.cause, HECTOR_HOST);
        CU_ASSERT_STRING_EQUAL(message_slug(host.failure.reason), "host_refused");
    }
    CU_ASSERT_EQUAL(operation_check(&host.operation, &host.failure), HECTOR_HOST);
    CU_ASSERT_EQUAL(operation_pause(&host.operation, 1000, &host.failure), HECTOR_HOST);
    CU_ASSERT_EQUAL(host_count(&host, NULL), 1);
    host_end(&host);
}

static void test_document_too_large(void)
{
    struct test_host host;
    struct buffer *out;

    host_begin(&host);
    out = operation_document(&host.operation, "option");
    for (int i = 0; i < 600; i++) {
        char text[1025];

        memset(text, 'x', sizeof(text));
        text[1024] = '\0';
        json_write_string(out, "text", text);
    }
    CU_ASSERT_EQUAL(operation_emit(&host.operation, &host.failure), HECTOR_LIMIT);
    CU_ASSERT_EQUAL(host_count(&host, NULL), 0);
    /* The next one is unaffected. */
    (void)operation_document(&host.operation, "option");
    CU_ASSERT_EQUAL(operation_emit(&host.operation, &host.failure), HECTOR_OK);
    host_end(&host);
}

/* ---- cancel and deadline */

static void test_cancel_is_latched(void)
{
    struct test_host host;

    host_begin(&host);
    CU_ASSERT_EQUAL(operation_check(&host.operation, &host.failure), HECTOR_OK);
    host.cancel = true;
    CU_ASSERT_TRUE(operation_cancelled(&host.operation));
    host.cancel = false;
    CU_ASSERT_TRUE(operation_cancelled(&host.operation));
    CU_ASSERT_EQUAL(host.cancel_polls, 2); /* polled once, then remembered */
    CU_ASSERT_EQUAL(operation_check(&host.operation, &host.failure), HECTOR_CANCELLED);
    CU_ASSERT_STRING_EQUAL(message_slug(host.failure.reason), "cancelled");
    CU_ASSERT_EQUAL(operation_pause(&host.operation, 60000, &host.failure), HECTOR_CANCELLED);
    host_end(&host);
}

static void test_deadline(void)
{
    struct test_host host;

    host_begin(&host);
    host.operation.deadline_ms = clock_ms() + 3600000;
    CU_ASSERT_EQUAL(operation_check(&host.operation, &host.failure), HECTOR_OK);
    host.operation.deadline_ms = clock_ms() - 1;
    CU_ASSERT_EQUAL(operation_check(&host.operation, &host.failure), HECTOR_LIMIT);
    CU_ASSERT_STRING_EQUAL(message_slug(host.failure.reason), "deadline_passed");
    CU_ASSERT_EQUAL(operation_pause(&host.operation, 60000, &host.failure), HECTOR_LIMIT);
    host_end(&host);
}

/* The deadline ends a pause that would last an hour. */
static void test_deadline_in_a_pause(void)
{
    struct test_host host;

    host_begin(&host);
    host.operation.deadline_ms = clock_ms() + 1000;
    CU_ASSERT_EQUAL(operation_pause(&host.operation, 3600000, &host.failure), HECTOR_LIMIT);
    CU_ASSERT_TRUE(host.cancel_polls >= 2); /* the host is polled during the pause */
    host_end(&host);
}

static int32_t slow_emit(void *context, const char *document, size_t size)
{
    const struct timespec nap = {.tv_nsec = 60000000};

    (void)context;
    (void)document;
    (void)size;
    (void)nanosleep(&nap, NULL);
    return 0;
}

/* Half of a pause is fixed, half is random; it doubles up to its maximum. */
static void test_backoff(void)
{
    static const int32_t most[] = {100, 200, 400, 600, 600};
    struct test_host host;

    host_begin(&host);
    host.limits.backoff_ms = 100;
    host.limits.backoff_max_ms = 600;
    for (int32_t tried = 1; tried <= 5; tried++) {
        for (int i = 0; i < 100; i++) {
            int32_t pause = repeat_backoff_ms(&host.operation, tried);

            CU_ASSERT_TRUE(pause >= most[tried - 1] / 2 && pause <= most[tried - 1]);
        }
    }
    CU_ASSERT_TRUE(repeat_backoff_ms(&host.operation, INT32_MAX) <= 600);
    host_end(&host);
}

/* The time that a host takes for a document does not count towards the deadline. */
static void test_time_in_emit(void)
{
    struct test_host host;
    int64_t deadline;

    host_begin(&host);
    host.operation.host.emit = slow_emit;
    deadline = clock_ms() + 3600000;
    host.operation.deadline_ms = deadline;
    (void)operation_document(&host.operation, "option");
    CU_ASSERT_EQUAL(operation_emit(&host.operation, &host.failure), HECTOR_OK);
    CU_ASSERT_TRUE(host.operation.deadline_ms >= deadline + 50);
    /* No deadline stays none. */
    host.operation.deadline_ms = 0;
    (void)operation_document(&host.operation, "option");
    CU_ASSERT_EQUAL(operation_emit(&host.operation, &host.failure), HECTOR_OK);
    CU_ASSERT_EQUAL(host.operation.deadline_ms, 0);
    host_end(&host);
}

/* ---- secrets */

/* Controls the callback below. */
struct vault {
    int64_t answer; /* the length it returns */
    size_t write;   /* bytes it writes */
    const char *bytes;
    size_t asked_capacity;
    char *seen; /* the buffer it wrote to */
};

static int64_t open_vault(void *context, const char *name, size_t name_size, char *buffer,
                          size_t capacity)
{
    struct vault *vault = context;

    CU_ASSERT_EQUAL(strncmp(name, "token", name_size), 0);
    vault->asked_capacity = capacity;
    vault->seen = buffer;
    for (size_t i = 0; i < vault->write; i++) {
        buffer[i] = vault->bytes != NULL ? vault->bytes[i] : 'k';
    }
    return vault->answer;
}

static int32_t ask_secret(struct test_host *host, struct vault *vault, struct buffer *ret)
{
    host->operation.host.secret = open_vault;
    host->operation.host.context = vault;
    return operation_secret(&host->operation, "token", ret, &host->failure);
}

static void test_secrets(void)
{
    static const struct {
        struct vault vault;
        int32_t code;
        size_t size;
        const char *reason;
    } cases[] = {
        {{.answer = -1}, HECTOR_OK, 0, ""},
        {{.answer = -7}, HECTOR_OK, 0, ""},
        {{.answer = 0}, HECTOR_OK, 0, ""},
        {{.answer = 3, .write = 3}, HECTOR_OK, 3, ""},
        {{.answer = 4096, .write = 4096}, HECTOR_OK, 4096, ""},
        {{.answer = 4097}, HECTOR_CONFIG, 0, "secret_too_long"},
        {{.answer = INT64_MAX}, HECTOR_CONFIG, 0, "secret_too_long"},
        {{.answer = 4, .write = 4, .bytes = "ab\nc"}, HECTOR_CONFIG, 0, "secret_not_printable"},
        {{.answer = 4, .write = 4, .bytes = "abc\r"}, HECTOR_CONFIG, 0, "secret_not_printable"},
        {{.answer = 4, .write = 4, .bytes = "ab\0c"}, HECTOR_CONFIG, 0, "secret_not_printable"},
        {{.answer = 4,
          .write = 4,
          .bytes = "ab\x7F"
                   "c"},
         HECTOR_CONFIG,
         0,
         "secret_not_printable"},
        {{.answer = 4, .write = 4, .bytes = "ab\xC3\xA9"},
         HECTOR_CONFIG,
         0,
         "secret_not_printable"},
        {{.answer = 4, .write = 4, .bytes = "a-~!"}, HECTOR_OK, 4, ""},
        {{.answer = 4, .write = 4, .bytes = "a ~!"}, HECTOR_CONFIG, 0, "secret_has_blank"},
        {{.answer = 4, .write = 4, .bytes = " abc"}, HECTOR_CONFIG, 0, "secret_padded"},
        {{.answer = 4, .write = 4, .bytes = "abc "}, HECTOR_CONFIG, 0, "secret_padded"},
        {{.answer = 4, .write = 4, .bytes = "\"ab\""}, HECTOR_CONFIG, 0, "secret_padded"},
        {{.answer = 4096}, HECTOR_CONFIG, 0, "secret_not_printable"},    /* no bytes written */
        {{.answer = 4, .write = 4096, .bytes = NULL}, HECTOR_OK, 4, ""}, /* more than it returns */
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct buffer secret = BUFFER(HECTOR_SECRET_MAX);
        struct vault vault = cases[i].vault;
        struct test_host host;

        host_begin(&host);
        CU_ASSERT_EQUAL(ask_secret(&host, &vault, &secret), cases[i].code);
        CU_ASSERT_EQUAL(vault.asked_capacity, 4096);
        CU_ASSERT_EQUAL(secret.size, cases[i].size);
        if (cases[i].code != HECTOR_OK) {
            CU_ASSERT_STRING_EQUAL(message_slug(host.failure.reason), cases[i].reason);
            CU_ASSERT_STRING_EQUAL(host.failure.field, "token");
            CU_ASSERT_PTR_NOT_NULL(strstr(host.failure.message, "\"Token\" "));
        }
        buffer_release_secret(&secret);
        CU_ASSERT_PTR_NULL(secret.data);
        host_end(&host);
    }
}

/* A secret that is requested again replaces the former value. */
static void test_secret_again(void)
{
    struct buffer secret = BUFFER(HECTOR_SECRET_MAX);
    struct vault vault = {.answer = 5, .write = 5, .bytes = "first"};
    struct test_host host;

    host_begin(&host);
    CU_ASSERT_EQUAL(ask_secret(&host, &vault, &secret), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(buffer_text(&secret), "first");
    vault = (struct vault){.answer = 2, .write = 2, .bytes = "2n"};
    CU_ASSERT_EQUAL(ask_secret(&host, &vault, &secret), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(buffer_text(&secret), "2n");
    vault = (struct vault){.answer = -1};
    CU_ASSERT_EQUAL(ask_secret(&host, &vault, &secret), HECTOR_OK);
    CU_ASSERT_EQUAL(secret.size, 0);
    buffer_release_secret(&secret);
    host_end(&host);
}

/* ---- the error struct */

static struct failure sample_failure(void)
{
    struct failure failure = {.cause = HECTOR_THROTTLED,
                              .retry_after_s = 30,
                              .reason = REASON_throttled,
                              .field = "url",
                              .message = "message",
                              .detail = "detail"};

    return failure;
}

/* For every length: writes whole members, and not one byte after the struct. */
static void test_error_lengths(void)
{
    struct failure failure = sample_failure();

    for (uint32_t size = 0; size <= sizeof(struct hector_error) + 8; size++) {
        /* An allocation of exactly that size, so that a sanitizer reports any byte beyond. */
        size_t room = size < 4 ? 4 : size;
        unsigned char *memory = malloc(room);
        struct hector_error *error = (struct hector_error *)(void *)memory;

        CU_ASSERT_PTR_NOT_NULL_FATAL(memory);
        memset(memory, POISON, room);
        memcpy(memory, &size, sizeof(size));
        operation_report(&failure, HECTOR_THROTTLED, error);
        CU_ASSERT_EQUAL(memcmp(memory, &size, sizeof(size)), 0);
        if (size >= 8) {
            CU_ASSERT_EQUAL(error->cause, HECTOR_THROTTLED);
        }
        if (size >= 12) {
            CU_ASSERT_EQUAL(error->retry_after_s, 30);
        }
        if (size >= 64) {
            CU_ASSERT_STRING_EQUAL(error->reason, "throttled");
        } else if (size > 16) {
            CU_ASSERT_EQUAL(memory[16], POISON);
        }
        if (size >= 128) {
            CU_ASSERT_STRING_EQUAL(error->field, "url");
        } else if (size > 64) {
            CU_ASSERT_EQUAL(memory[64], POISON);
        }
        if (size >= 640) {
            CU_ASSERT_STRING_EQUAL(error->message, "message");
        } else if (size > 128) {
            CU_ASSERT_EQUAL(memory[128], POISON);
        }
        if (size >= 1152) {
            CU_ASSERT_STRING_EQUAL(error->detail, "detail");
        } else if (size > 640) {
            CU_ASSERT_EQUAL(memory[640], POISON);
        }
        if (size > 1152) {
            CU_ASSERT_EQUAL(memory[1152], POISON);
        }
        free(memory);
    }
}

static void test_error_is_not_written(void)
{
    struct failure failure = sample_failure();
    struct hector_error error, before;

    operation_report(&failure, HECTOR_THROTTLED, NULL);
    memset(&error, POISON, sizeof(error));
    error.struct_size = sizeof(error);
    before = error;
    operation_report(&failure, HECTOR_OK, &error);
    CU_ASSERT_EQUAL(memcmp(&error, &before, sizeof(error)), 0);
}

/* On PARTIAL the error's cause is the worst cause, not the code. */
static void test_error_of_partial(void)
{
    struct failure failure = sample_failure();
    struct hector_error error = {.struct_size = sizeof(error)};

    operation_report(&failure, HECTOR_PARTIAL, &error);
    CU_ASSERT_EQUAL(error.cause, HECTOR_THROTTLED);
    CU_ASSERT_EQUAL(error.reserved, 0);
}

static void test_error_is_cut(void)
{
    struct hector_error error = {.struct_size = sizeof(error)};
    struct failure failure = sample_failure();

    memset(error.message, POISON, sizeof(error.message));
    memset(failure.message, 'm', sizeof(failure.message) - 1);
    operation_report(&failure, HECTOR_THROTTLED, &error);
    CU_ASSERT_EQUAL(strnlen(error.message, sizeof(error.message)), 511);
    memset(error.field, POISON, sizeof(error.field));
    memset(failure.field, 'f', sizeof(failure.field) - 1);
    operation_report(&failure, HECTOR_THROTTLED, &error);
    CU_ASSERT_EQUAL(strnlen(error.field, sizeof(error.field)), 63);
}

/* ---- the log and messages */

static void test_log(void)
{
    struct test_host host;
    char text[2 * LOG_LINE_MAX];

    host_begin(&host);
    operation_log(&host.operation, HECTOR_LOG_TRACE, "above the level");
    CU_ASSERT_EQUAL(host.log_lines, 0);
    operation_log(&host.operation, HECTOR_LOG_WARNING, "line %d\nof\t%s\x7F", 1, "two");
    CU_ASSERT_STRING_EQUAL(host.warning, "line 1 of two ");
    CU_ASSERT_EQUAL(host.log_lines, 1);
    /* A long line is cut on a character boundary. */
    memset(text, 'a', sizeof(text));
    text[sizeof(text) - 1] = '\0';
    for (size_t i = 900; i < 1100; i += 2) {
        memcpy(text + i, "\xC3\xA9", 2);
    }
    operation_log(&host.operation, HECTOR_LOG_ERROR, "%s", text);
    CU_ASSERT_TRUE(strlen(host.warning) < LOG_LINE_MAX);
    CU_ASSERT_TRUE(strlen(host.warning) >= LOG_LINE_MAX - 4);
    CU_ASSERT_EQUAL((unsigned char)host.warning[strlen(host.warning) - 1], 0xA9);
    /* However long a line is, its secrets are removed before it is cut. */
    memset(text, 's', 1200);
    text[1200] = '\0';
    secrets_add(&host.operation.secrets, text);
    operation_log(&host.operation, HECTOR_LOG_ERROR, "key %s, key %s, key %s", text, text, text);
    CU_ASSERT_STRING_EQUAL(host.warning, "key ***, key ***, key ***");
    host.operation.host.log_level = 0;
    operation_log(&host.operation, HECTOR_LOG_ERROR, "not written");
    CU_ASSERT_EQUAL(host.log_lines, 3);
    host_end(&host);
}

static void test_outcomes(void)
{
    static const struct {
        int32_t code;
        const char *name;
    } cases[] = {
        {0, "ok"},          {1, "partial"},      {-1, "config"},    {-2, "auth"},
        {-3, "permission"}, {-4, "unreachable"}, {-5, "throttled"}, {-6, "data"},
        {-7, "limit"},      {-8, "cancelled"},   {-9, "host"},      {-10, "no_memory"},
        {-11, "internal"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        CU_ASSERT_STRING_EQUAL(operation_outcome(cases[i].code), cases[i].name);
    }
}

static void test_fail(void)
{
    struct test_host host;
    struct buffer buffer = BUFFER(4);
    struct failure failure;

    host_begin(&host);
    memset(&failure, POISON, sizeof(failure));
    CU_ASSERT_EQUAL(
        fail(&host.operation, &failure, REASON_table_changed, NULL, ARGUMENTS("/dvmdb/device")),
        HECTOR_DATA);
    CU_ASSERT_EQUAL(failure.cause, HECTOR_DATA);
    CU_ASSERT_EQUAL(failure.retry_after_s, 0);
    CU_ASSERT_STRING_EQUAL(failure.field, "");
    CU_ASSERT_STRING_EQUAL(failure.detail, "");
    CU_ASSERT_EQUAL(strncmp(failure.message, "/dvmdb/device changed while", 27), 0);
    CU_ASSERT_EQUAL(fail_buffer(&host.operation, &failure, &buffer), HECTOR_OK);
    buffer_append_text(&buffer, "too long");
    CU_ASSERT_EQUAL(fail_buffer(&host.operation, &failure, &buffer), HECTOR_LIMIT);
    CU_ASSERT_STRING_EQUAL(message_slug(failure.reason), "too_large_to_send");
    buffer_release(&buffer);
    host_end(&host);
}

/* ---- a whole call */

static int32_t body(struct operation *operation, struct json_object *request, int32_t code,
                    struct failure *failure)
{
    if (code != HECTOR_OK) {
        CU_ASSERT_PTR_NULL(request);
        return code;
    }
    (void)operation_document(operation, "option");
    return operation_emit(operation, failure);
}

static void test_call(void)
{
    struct hector_error error = {.struct_size = sizeof(error)};
    struct test_host host;

    host_begin(&host);
    CU_ASSERT_EQUAL(
        operation_call(&host.table, "{}", 2, &error, &(struct operation_kind){&host.limits, body}),
        HECTOR_OK);
    CU_ASSERT_EQUAL(error.cause, 0); /* not changed */
    CU_ASSERT_EQUAL(host_count(&host, "option"), 1);
    CU_ASSERT_EQUAL(
        operation_call(&host.table, "{", 1, &error, &(struct operation_kind){&host.limits, body}),
        HECTOR_CONFIG);
    CU_ASSERT_EQUAL(error.cause, HECTOR_CONFIG);
    CU_ASSERT_STRING_EQUAL(error.reason, "request_invalid");
    CU_ASSERT_EQUAL(
        operation_call(NULL, "{}", 2, &error, &(struct operation_kind){&host.limits, body}),
        HECTOR_ABI);
    CU_ASSERT_STRING_EQUAL(error.reason, "host_table");
    CU_ASSERT_EQUAL(
        operation_call(NULL, "{}", 2, NULL, &(struct operation_kind){&host.limits, body}),
        HECTOR_ABI);
    host_end(&host);
}

static CU_TestInfo table_tests[] = {
    {"short tables", test_short_tables}, {"a long table", test_long_table},
    {"no table", test_no_table},         {"missing callbacks", test_missing_callbacks},
    {"a whole call", test_call},         CU_TEST_INFO_NULL,
};

static CU_TestInfo document_tests[] = {
    {"emitted", test_emit},
    {"refused", test_refused_emit},
    {"too large", test_document_too_large},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo time_tests[] = {
    {"cancel is latched", test_cancel_is_latched},
    {"deadline", test_deadline},
    {"the deadline ends a pause", test_deadline_in_a_pause},
    {"time in emit does not count", test_time_in_emit},
    {"pauses before repeats", test_backoff},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo secret_tests[] = {
    {"lengths and bytes", test_secrets},
    {"asked for again", test_secret_again},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo error_tests[] = {
    {"of every length", test_error_lengths},  {"not written", test_error_is_not_written},
    {"of PARTIAL", test_error_of_partial},    {"always ends", test_error_is_cut},
    {"a failure is filled", test_fail},       {"the log", test_log},
    {"the words of outcomes", test_outcomes}, CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {
        {.pName = "table", .pTests = table_tests},
        {.pName = "documents", .pTests = document_tests},
        {.pName = "time", .pTests = time_tests},
        {.pName = "secrets", .pTests = secret_tests},
        {.pName = "errors", .pTests = error_tests},
        CU_SUITE_INFO_NULL,
    };

    return tap_run(suites);
}
