/*
 * device.h - one unit, as every source fills it, before anybody knows whether it is an asset.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef DEVICE_H
#define DEVICE_H

#include <stdbool.h>
#include <stdint.h>

#include "attributes.h"
#include "base/buffer.h"

/* A value of one attribute. NONE = unknown, which is left out: absent is not empty. */
enum value_kind { VALUE_NONE, VALUE_TEXT, VALUE_INTEGER, VALUE_BOOLEAN, VALUE_TIME };

struct value {
    enum value_kind kind;
    const char *text; /* VALUE_TEXT */
    int64_t number;   /* VALUE_INTEGER, VALUE_BOOLEAN (0, 1), VALUE_TIME (Unix seconds, UTC) */
};

/* One custom field of the source's administrator. */
struct meta_value {
    const char *name, *text;
};

#define META_VALUES_MAX 32

/*
 * All texts are borrowed: from the reply that is being read, or, after device_unpack(), from the
 * packed bytes.
 */
struct device {
    enum device_type type;
    bool connected;    /* the far side says that it is reachable now */
    const char *scope; /* the scope that listed it */
    const char *title;
    const char *manager; /* name of the gate that manages it, or NULL */
    const char *vdom;    /* of that gate, which lists it; NULL = not known */
    /* "serial_number", "model" and the rest; managed_by_serials is joined by ", " */
    struct value values[ATTRIBUTE_COUNT];
    struct meta_value meta[META_VALUES_MAX];
    size_t meta_count;
};

void device_set_text(struct device *device, enum attribute attribute, const char *text);
void device_set_integer(struct device *device, enum attribute attribute, int64_t number);
void device_set_boolean(struct device *device, enum attribute attribute, bool value);

/* 0 and 4294967295 are what appliances say for "never": no time. */
void device_set_time(struct device *device, enum attribute attribute, int64_t unix_seconds);

/* The name without blanks before it, or `otherwise` when it shows nothing. */
const char *device_title(const char *name, const char *otherwise);

/* "serial_number" and "model", or NULL. */
const char *device_serial(const struct device *device);
const char *device_model(const struct device *device);

/*
 * A serial that can be a key: [A-Z0-9_-], SERIAL_MIN to SERIAL_MAX, and no placeholder of a virtual
 * machine without a licence: two such machines must not be one. Nothing is cut, repaired or
 * invented; the caller trims first.
 */
bool serial_valid(const char *serial);

/* Appends the device to `out`, small; device_unpack() reads it back, borrowing from `bytes`. */
void device_pack(const struct device *device, struct buffer *out);
void device_unpack(const char *bytes, struct device *ret);
#endif
