/*
 * attributes.c - the catalogue of attributes and of device types.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "attributes.h"

#include <string.h>

#define TYPE_TEXT    "text"
#define TYPE_INTEGER "integer"
#define TYPE_BOOLEAN "boolean"
#define TYPE_TIME    "date-time"

static const struct attribute_info ATTRIBUTES[ATTRIBUTE_COUNT] = {
#define ATTRIBUTE(id, type, is_volatile, english, french, meaning_english, meaning_french)         \
    {#id, TYPE_##type, is_volatile, {english, french}, {meaning_english, meaning_french}},
#include "attributes.def"
#undef ATTRIBUTE
};

static const struct {
    const char *id;
    enum message_id label, plural, units;
} TYPES[] = {
    [FIREWALL] = {"firewall", LABEL_label_firewall, LABEL_label_firewalls,
                  LABEL_label_the_firewalls},
    [SWITCH] = {"switch", LABEL_label_switch, LABEL_label_switches, LABEL_label_the_switches},
    [ACCESS_POINT] = {"access_point", LABEL_label_access_point, LABEL_label_access_points,
                      LABEL_label_the_access_points},
    [OTHER] = {"other", LABEL_label_other, LABEL_label_other, LABEL_label_other},
};

const struct attribute_info *attribute_info(enum attribute attribute)
{
    return &ATTRIBUTES[attribute];
}

enum attribute attribute_by_id(const char *id)
{
    enum attribute ret = 0;

    while (ret < ATTRIBUTE_COUNT && strcmp(ATTRIBUTES[ret].id, id) != 0) {
        ret++;
    }
    return ret;
}

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
