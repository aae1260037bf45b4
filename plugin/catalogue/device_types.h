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

struct device_type_info {
    const char *id;
    enum message_id label;  /* of one unit, also its category: "Access Point" */
    enum message_id plural; /* of many, also the choice in a form: "Access Points" */
    enum message_id units;  /* of many, within a message: "access points" */
    bool preset;            /* imported unless the setting device_types says otherwise */
};

const struct device_type_info *device_type_info(enum device_type type);

/* The id of a device type, such as "access_point"; "other" for OTHER. */
const char *device_type_id(enum device_type type);
#endif
