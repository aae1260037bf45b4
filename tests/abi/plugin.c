/*
 * plugin.c - a plugin of version 1: uses everything that a host of that version offers.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Built with the frozen header (tests/abi/v1), so that it stays the same while the hosts grow. Each
 * operation requests a secret, polls, logs, reports progress and emits. sync is partial, and fills
 * the error; validate fails when the secret is not the one that the test gives.
 */
#include <stdio.h>
#include <string.h>

#include "hector/integration.h"

static int32_t fail(struct hector_error *error, int32_t code, int32_t cause, const char *reason)
{
    if (error != NULL && HECTOR_HAS(error, struct hector_error, detail)) {
        error->cause = cause;
        error->retry_after_s = 61;
        (void)snprintf(error->reason, sizeof(error->reason), "%s", reason);
        (void)snprintf(error->field, sizeof(error->field), "%s", "token");
        (void)snprintf(error->message, sizeof(error->message), "The %s of version 1.", reason);
        (void)snprintf(error->detail, sizeof(error->detail), "%s", "detail of version 1");
    }
    return code;
}

/* Returns OK when the host is complete, gives the secret, and accepts the document. */
static int32_t use(const struct hector_host *host, const char *document, struct hector_error *error)
{
    char secret[HECTOR_SECRET_MAX];
    int64_t size;

    if (host == NULL || !HECTOR_HAS(host, struct hector_host, secret) || host->emit == NULL ||
        host->log == NULL || host->progress == NULL || host->cancelled == NULL ||
        host->secret == NULL) {
        return fail(error, HECTOR_ABI, HECTOR_ABI, "host");
    }
    size = host->secret(host->context, "token", 5, secret, sizeof(secret));
    if (size != 8 || memcmp(secret, "frozen-1", 8) != 0) {
        return fail(error, HECTOR_AUTH, HECTOR_AUTH, "secret");
    }
    if (host->cancelled(host->context) != 0) {
        return fail(error, HECTOR_CANCELLED, HECTOR_CANCELLED, "cancelled");
    }
    host->progress(host->context, "frozen", 6, 1, 2);
    if (host->log_level >= HECTOR_LOG_WARNING) {
        host->log(host->context, HECTOR_LOG_WARNING, "a line of version 1", 19);
    }
    if (host->emit(host->context, document, strlen(document)) != 0) {
        return fail(error, HECTOR_HOST, HECTOR_HOST, "host");
    }
    return HECTOR_OK;
}

/* The request needs no NUL; its first and last byte show that it is complete. */
static int32_t run(const struct hector_host *host, const char *request, size_t size,
                   struct hector_error *error, const char *document)
{
    if (size < 2 || request[0] != '{' || request[size - 1] != '}') {
        return fail(error, HECTOR_CONFIG, HECTOR_CONFIG, "request");
    }
    return use(host, document, error);
}

static int32_t describe(const struct hector_host *host, const char *request, size_t size,
                        struct hector_error *error)
{
    return run(host, request, size, error, "{\"kind\":\"descriptor\",\"id\":\"frozen\"}");
}

static int32_t validate(const struct hector_host *host, const char *request, size_t size,
                        struct hector_error *error)
{
    return run(host, request, size, error,
               "{\"kind\":\"check\",\"step\":\"address\",\"status\":\"passed\",\"reason\":\"ok\","
               "\"message\":\"It answers.\"}");
}

static int32_t list_options(const struct hector_host *host, const char *request, size_t size,
                            struct hector_error *error)
{
    return run(host, request, size, error,
               "{\"kind\":\"option\",\"option\":\"adoms\",\"value\":\"v1\",\"label\":\"V1\"}");
}

/* Not named "sync", which would replace the C library's function. */
static int32_t synchronize(const struct hector_host *host, const char *request, size_t size,
                           struct hector_error *error)
{
    const int32_t code = run(host, request, size, error,
                             "{\"kind\":\"summary\",\"started\":\"2026-01-01T00:00:00Z\",\"ended\":"
                             "\"2026-01-01T00:00:01Z\",\"outcome\":\"partial\",\"device_types\":{},"
                             "\"requests\":0,\"bytes\":0}");

    return code != HECTOR_OK ? code : fail(error, HECTOR_PARTIAL, HECTOR_THROTTLED, "throttle");
}

const struct hector_integration *hector_integration_v1(void)
{
    static const struct hector_integration table = {
        .struct_size = sizeof(table),
        .id = "frozen",
        .version = "1",
        .describe = describe,
        .validate = validate,
        .list_options = list_options,
        .sync = synchronize,
    };

    return &table;
}
