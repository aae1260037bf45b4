/*
 * attributes.c - the catalogue of attributes.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "attributes.h"

#define TYPE_TEXT    "text"
#define TYPE_INTEGER "integer"
#define TYPE_BOOLEAN "boolean"
#define TYPE_TIME    "date-time"
#define TYPE_DATE    "date"

static const struct attribute_info ATTRIBUTES[ATTRIBUTE_COUNT] = {
#define ATTRIBUTE(id, type, is_volatile, english, french, meaning_english, meaning_french)         \
    {#id, TYPE_##type, is_volatile, {english, french}, {meaning_english, meaning_french}},
#include "attributes.def"
};

const struct attribute_info *attribute_info(enum attribute attribute)
{
    return &ATTRIBUTES[attribute];
}
