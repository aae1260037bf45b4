/*
 * attributes.h - the catalogue of attributes and of device types.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Knows ids, labels, meanings, types and costs; knows nothing of how a source reads a value.
 */
#ifndef ATTRIBUTES_H
#define ATTRIBUTES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "host/text.h"

/* OTHER: products that this integration does not import; they are counted, never assets. */
enum device_type { FIREWALL, SWITCH, ACCESS_POINT, OTHER };
#define DEVICE_TYPE_COUNT 3 /* those that can be imported */

#define ATTRIBUTE(id, type, is_volatile, firewall, switch_, access_point, english, french,         \
                  meaning_english, meaning_french)                                                 \
    ATTRIBUTE_##id,
enum attribute {
#include "attributes.def"
    ATTRIBUTE_COUNT
};
#undef ATTRIBUTE

enum attribute_cost { COST_NO, COST_ALWAYS, COST_FIELD, COST_CACHE, COST_LIVE };

struct attribute_info {
    const char *id;
    const char *type; /* "text", "integer", "boolean", "date-time" */
    bool is_volatile;
    enum attribute_cost cost[DEVICE_TYPE_COUNT];
    const char *labels[LANGUAGE_COUNT];
    const char *meanings[LANGUAGE_COUNT]; /* one sentence */
};

/* Custom fields of the source's administrator are attributes "meta.NAME". */
#define META_PREFIX "meta."

const struct attribute_info *attribute_info(enum attribute attribute);

/* By id; ATTRIBUTE_COUNT for an unknown one. */
enum attribute attribute_by_id(const char *id);

/* "field", the word of a cost. */
const char *attribute_cost_name(enum attribute_cost cost);

/* The members type, device_types, cost and volatile, as the descriptor and the options have them.
 */
void attribute_write(struct buffer *out, const struct attribute_info *info);

/* "access_point"; OTHER is "other". */
const char *device_type_id(enum device_type type);
bool device_type_by_id(const char *id, enum device_type *ret);

/* "Access Point" (the category and label of one) and "Access Points" (the choice). */
enum text_id device_type_label(enum device_type type);
enum text_id device_type_plural(enum device_type type);

/* "access points": the same within a sentence. */
enum text_id device_type_units(enum device_type type);
#endif
