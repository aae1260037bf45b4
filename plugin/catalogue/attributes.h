/*
 * attributes.h - the catalogue of attributes and of device types.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Contains ids, labels, meanings and types; which source reads a value, and how, is not part of it.
 * All tables are constant; any thread.
 */
#ifndef ATTRIBUTES_H
#define ATTRIBUTES_H

#include "host/message.h"

/*
 * OTHER: products that this integration does not import. They are counted, but never become assets.
 */
enum device_type { FIREWALL, SWITCH, ACCESS_POINT, OTHER };
#define DEVICE_TYPE_COUNT 3 /* without OTHER */

#define ATTRIBUTE(id, type, is_volatile, english, french, meaning_english, meaning_french)         \
    ATTRIBUTE_##id,
enum attribute {
#include "attributes.def"
    ATTRIBUTE_COUNT
};
#undef ATTRIBUTE

struct attribute_info {
    const char *id;
    const char *type; /* "text", "integer", "boolean", "date-time" */
    bool is_volatile;
    const char *labels[LANGUAGE_COUNT];
    const char *meanings[LANGUAGE_COUNT]; /* one sentence */
};

/* Prefix of custom fields, which administrators define in the source: "meta.NAME". */
#define META_PREFIX "meta."

const struct attribute_info *attribute_info(enum attribute attribute);

/* Finds an attribute by its id; ATTRIBUTE_COUNT if it is unknown. */
enum attribute attribute_by_id(const char *id);

/*
 * The id of a device type, such as "access_point" ("other" for OTHER), and the device type of an
 * id, which is false for an unknown id and for OTHER.
 */
const char *device_type_id(enum device_type type);
bool device_type_by_id(const char *id, enum device_type *ret);

/*
 * The label of one unit, also its category ("Access Point"), and the label of many, which is the
 * choice in a form ("Access Points").
 */
enum message_id device_type_label(enum device_type type);
enum message_id device_type_plural(enum device_type type);

/* The plural for use within a message ("access points"). */
enum message_id device_type_units(enum device_type type);
#endif
