/*
 * entry.c - the exported entry: the table of the four operations, nothing else.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "config.h"
#include "hector/integration.h"
#include "operations/operations.h"

static const struct limits LIMITS = LIMITS_DEFAULT;

/* Defines the function of one operation. */
#define CALL(name)                                                                                 \
    static int32_t call_##name(const struct hector_host *host, const char *request,                \
                               size_t request_size, struct hector_error *error)                    \
    {                                                                                              \
        return operation_call(host, request, request_size, error,                                  \
                              &(const struct operation_kind){&LIMITS, name});                      \
    }

CALL(describe)
CALL(validate)
CALL(list_options)
CALL(sync_run)

static const struct hector_integration INTEGRATION = {
    .struct_size = sizeof(INTEGRATION),
    .id = "fortinet",
    .version = PACKAGE_VERSION,
    .describe = call_describe,
    .validate = call_validate,
    .list_options = call_list_options,
    .sync = call_sync_run,
};

__attribute__((visibility("default"))) const struct hector_integration *hector_integration_v1(void)
{
    return &INTEGRATION;
}
