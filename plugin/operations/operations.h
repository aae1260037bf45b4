/*
 * operations.h - the four operations behind the exported table.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef OPERATIONS_H
#define OPERATIONS_H

#include <json-c/json.h>

#include "host/operation.h"

/*
 * What one operation does. `code` is not OK when the request could not even be parsed: `request` is
 * then NULL and `failure` says why; the body may still emit, and returns the final code.
 */
typedef int32_t operation_body(struct operation *operation, struct json_object *request,
                               int32_t code, struct failure *failure);

operation_body describe, validate, list_options, synchronize;

/*
 * Runs a body: copies the host's table, parses the request, reports the failure. Tests pass limits
 * of their own.
 */
int32_t operation_call(const struct hector_host *host, const char *request, size_t request_size,
                       struct hector_error *error, const struct limits *limits,
                       operation_body *body);
#endif
