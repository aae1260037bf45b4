/*
 * entry.c - the exported entry: the table of the four operations, nothing else.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "config.h"
#include "hector/integration.h"
#include "operations/operations.h"

static const struct limits LIMITS = LIMITS_DEFAULT;

static int32_t call_describe(const struct hector_host *host, const char *request,
                             size_t request_size, struct hector_error *error)
{
    return operation_call(host, request, request_size, error,
                          &(const struct operation_kind){&LIMITS, describe});
}

static int32_t call_validate(const struct hector_host *host, const char *request,
                             size_t request_size, struct hector_error *error)
{
    return operation_call(host, request, request_size, error,
                          &(const struct operation_kind){&LIMITS, validate});
}

static int32_t call_list_options(const struct hector_host *host, const char *request,
                                 size_t request_size, struct hector_error *error)
{
    return operation_call(host, request, request_size, error,
                          &(const struct operation_kind){&LIMITS, list_options});
}

static int32_t call_sync(const struct hector_host *host, const char *request, size_t request_size,
                         struct hector_error *error)
{
    return operation_call(host, request, request_size, error,
                          &(const struct operation_kind){&LIMITS, sync_run});
}

static const struct hector_integration INTEGRATION = {
    .struct_size = sizeof(INTEGRATION),
    .id = "fortinet",
    .version = PACKAGE_VERSION,
    .describe = call_describe,
    .validate = call_validate,
    .list_options = call_list_options,
    .sync = call_sync,
};

__attribute__((visibility("default"))) const struct hector_integration *hector_integration_v1(void)
{
    return &INTEGRATION;
}
