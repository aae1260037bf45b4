/*
 * request.h - the request of an operation, as the border's header and schemas/ describe it.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_REQUEST_H
#define HOST_STUB_REQUEST_H

#include <json-c/json.h>

#include "arguments.h"

/*
 * Builds the request of a command; the settings are only borrowed. Returns the object, whose text
 * is the request and which the caller puts back, or NULL without memory.
 */
json_object *request_build(enum command command, const struct arguments *arguments,
                           json_object *settings);

#endif
