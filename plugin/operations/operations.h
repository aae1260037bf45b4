/*
 * operations.h - the four operations behind the exported table.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef OPERATIONS_H
#define OPERATIONS_H

#include <json-c/json.h>

#include "catalogue/attributes.h"
#include "host/operation.h"

/*
 * The body of one operation. If the request could not be parsed, `code` is not OK, `request` is
 * NULL and `failure` says why; the body may still emit. Returns the final code.
 */
typedef int32_t operation_body(struct operation *operation, struct json_object *request,
                               int32_t code, struct failure *failure);

operation_body describe, validate, list_options, sync_run;

/*
 * Writes the members type, device_types, cost, volatile and enrichment of an attribute, as in the
 * descriptor and in the options.
 */
void operation_write_attribute(struct buffer *out, enum attribute attribute);

/* What an operation does, and within which limits; tests have their own. */
struct operation_kind {
    const struct limits *limits;
    operation_body *body;
};

/*
 * Runs an operation: copies the host's table, parses the request, and reports the failure in
 * `error`.
 */
int32_t operation_call(const struct hector_host *host, const char *request, size_t request_size,
                       struct hector_error *error, const struct operation_kind *kind);
#endif
