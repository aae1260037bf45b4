/*
 * request.h - the request of an operation, as hector/integration.h and schemas/ define it.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_REQUEST_H
#define HOST_STUB_REQUEST_H

#include <json-c/json.h>

#include "arguments.h"

/*
 * Builds the request of a command; borrows the settings. Returns an object, whose JSON text is the
 * request and which the caller releases with json_object_put(). Without memory, json_text_lost()
 * returns true.
 */
json_object *request_build(enum command command, const struct arguments *arguments,
                           json_object *settings);

#endif
