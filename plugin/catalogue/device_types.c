/*
 * device_types.c - the device types: ids, labels, defaults.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "device_types.h"

static const struct device_type_info TYPES[] = {
#define DEVICE_TYPE(name, id, step, preset)                                                        \
    [name] = {#id, LABEL_label_##id, LABEL_label_##id##_plural, LABEL_label_##id##_units, preset},
#include "device_types.def"
    [OTHER] = {"other", LABEL_label_other, LABEL_label_other, LABEL_label_other, false},
};

const char *device_type_id(enum device_type type)
{
    return TYPES[type].id;
}

const struct device_type_info *device_type_info(enum device_type type)
{
    return &TYPES[type];
}
