/*
 * operations.c - what the four operations have in common, from the host's call to its return.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "operations.h"
#include "settings/settings.h"

int32_t operation_call(const struct hector_host *host, const char *request, size_t request_size,
                       struct hector_error *error, const struct operation_kind *kind)
{
    struct operation operation;
    struct json_object *json = NULL;
    struct failure failure = {0};
    int32_t code = operation_begin(&operation, host, kind->limits, &failure);

    if (code == HECTOR_OK) {
        code = settings_parse_request(&operation, request, request_size, &json, &failure);
        code = kind->body(&operation, json, code, &failure);
        json_object_put(json);
        operation_end(&operation);
    }
    operation_report(&failure, code, error);
    return code;
}
