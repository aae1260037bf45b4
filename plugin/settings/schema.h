/*
 * schema.h - the JSON Schema of a settings document, and of one setting.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SCHEMA_H
#define SCHEMA_H

#include "settings.h"

/* Writes the schema as the member `key`; its texts are English. */
void schema_write(const char *key, struct buffer *out);

/* Writes the members default, minimum and maximum, as far as a setting has them. */
void schema_write_limits(const struct setting *row, struct buffer *out);
#endif
