/*
 * attributes.h - the catalogue of attributes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Contains ids, labels, meanings and types; which source reads a value, and how, is not part of it.
 * All tables are constant; any thread.
 */
#ifndef ATTRIBUTES_H
#define ATTRIBUTES_H

#include "device_types.h"

#define ATTRIBUTE(id, type, is_volatile, english, french, meaning_english, meaning_french)         \
    ATTRIBUTE_##id,
enum attribute {
#include "attributes.def"
    ATTRIBUTE_COUNT
};

struct attribute_info {
    const char *id;
    const char *type; /* "text", "integer", "boolean", "date-time", "date" */
    bool is_volatile;
    const char *labels[LANGUAGE_COUNT];
    const char *meanings[LANGUAGE_COUNT]; /* one sentence */
};

/* Prefix of custom fields, which administrators define in the source: "meta.NAME". */
#define META_PREFIX "meta."

const struct attribute_info *attribute_info(enum attribute attribute);
#endif
