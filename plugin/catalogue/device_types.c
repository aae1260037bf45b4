/*
 * device_types.c - the device types: ids, labels, defaults.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "device_types.h"

#include <string.h>

static const struct {
    const char *id;
    enum message_id label, plural, units;
    bool preset;
} TYPES[] = {
#define DEVICE_TYPE(name, id, step, preset)                                                        \
    [name] = {#id, LABEL_label_##id, LABEL_label_##id##_plural, LABEL_label_##id##_units, preset},
#include "device_types.def"
#undef DEVICE_TYPE
    [OTHER] = {"other", LABEL_label_other, LABEL_label_other, LABEL_label_other, false},
};

const char *device_type_id(enum device_type type)
{
    return TYPES[type].id;
}

bool device_type_by_id(const char *id, enum device_type *ret)
{
    *ret = FIREWALL;
    while (*ret < DEVICE_TYPE_COUNT && strcmp(TYPES[*ret].id, id) != 0) {
        ++*ret;
    }
    return *ret < DEVICE_TYPE_COUNT;
}

enum message_id device_type_label(enum device_type type)
{
    return TYPES[type].label;
}

enum message_id device_type_plural(enum device_type type)
{
    return TYPES[type].plural;
}

enum message_id device_type_units(enum device_type type)
{
    return TYPES[type].units;
}

bool device_type_preset(enum device_type type)
{
    return TYPES[type].preset;
}
