/*
 * device_types.h - the device types: ids, labels, defaults.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef DEVICE_TYPES_H
#define DEVICE_TYPES_H

#include "host/message.h"

#define DEVICE_TYPE(name, id, step, preset) name,
enum device_type {
#include "device_types.def"
    DEVICE_TYPE_COUNT,
    /* Products that this integration does not import: counted, but never an asset. */
    OTHER = DEVICE_TYPE_COUNT
};
#undef DEVICE_TYPE

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

/* Whether a type is imported unless the setting device_types says otherwise. */
bool device_type_preset(enum device_type type);
#endif
