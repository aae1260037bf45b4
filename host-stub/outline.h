/*
 * outline.h - a descriptor in readable form: tabs, fields, device types, attributes, guides.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_OUTLINE_H
#define HOST_STUB_OUTLINE_H

#include <json-c/json.h>

#include "output.h"

/* Writes the descriptor in readable form. Returns 0, or -1 without memory. */
int outline_write(const struct output *output, json_object *descriptor);

/*
 * Writes which settings have a list of values, for `options` without NAME. Returns 0, or -1 without
 * memory.
 */
int outline_write_lists(const struct output *output, json_object *descriptor);

#endif
