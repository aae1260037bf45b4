/*
 * outline.h - a descriptor in readable form: tabs, fields, device types, attributes, guides.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_OUTLINE_H
#define HOST_STUB_OUTLINE_H

#include <json-c/json.h>

#include "output.h"

/* Writes the descriptor in readable form. Without memory, json_text_lost() returns true. */
void outline_write(const struct output *output, json_object *descriptor);

/* As outline_write(), but only which settings have a list of values: `options` without NAME. */
void outline_write_lists(const struct output *output, json_object *descriptor);

#endif
