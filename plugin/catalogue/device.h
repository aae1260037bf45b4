/*
 * device.h - one unit as a source read it, before the inventory decides whether it becomes an
 * asset.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef DEVICE_H
#define DEVICE_H

#include "attributes.h"
#include "base/buffer.h"

/* The value of one attribute. NONE = unknown: the asset omits it, because absent is not empty. */
enum value_kind { VALUE_NONE, VALUE_TEXT, VALUE_INTEGER, VALUE_BOOLEAN, VALUE_TIME, VALUE_DATE };

struct value {
    enum value_kind kind;
    const char *text; /* VALUE_TEXT */
    /* VALUE_INTEGER, VALUE_BOOLEAN (0, 1), VALUE_TIME (Unix seconds, UTC), VALUE_DATE (a day) */
    int64_t number;
};

/* One custom field, which an administrator defined in the source. */
struct meta_value {
    const char *name, *text;
};

/*
 * All texts are borrowed: from the reply being read or, after device_unpack(), from the packed
 * bytes.
 */
struct device {
    enum device_type type;
    bool connected;     /* the remote system reports it as reachable now */
    bool model_guessed; /* no table knows it: only the serial's prefix; not packed */
    const char *scope;  /* the scope that listed it */
    const char *title;
    const char *manager; /* name of the FortiGate that manages it, or NULL */
    const char *vdom;    /* VDOM of that FortiGate that lists it; NULL = unknown */
    /* by attribute; managed_by_serials is joined by ", " */
    struct value values[ATTRIBUTE_COUNT];
    struct meta_value meta[META_VALUES_MAX];
    size_t meta_count;
};

/* Sets a text, which is borrowed; does nothing for NULL or "". */
void device_set_text(struct device *device, enum attribute attribute, const char *text);
void device_set_integer(struct device *device, enum attribute attribute, int64_t number);
void device_set_boolean(struct device *device, enum attribute attribute, bool value);

/* Sets a time, unless it is 0 or 4294967295, by which appliances mean "never". */
void device_set_time(struct device *device, enum attribute attribute, int64_t unix_seconds);

/*
 * Sets a date as the number of the day since 1970-01-01, in no time zone; does nothing for a day
 * before, by which systems mean "none", or after the year 9999.
 */
void device_set_date(struct device *device, enum attribute attribute, int32_t day);

/*
 * The text if it can be the name of a device, an ADOM or a VDOM: neither NULL, empty nor too long;
 * else NULL.
 */
const char *device_name(const char *text);

/*
 * The name without leading blanks, or `otherwise` if the name is NULL or shows nothing. Borrowed.
 */
const char *device_title(const char *name, const char *otherwise);

/* The attributes serial_number and model, borrowed; NULL = unknown. */
const char *device_serial(const struct device *device);
const char *device_model(const struct device *device);

/*
 * Whether a serial number can identify a unit: [A-Z0-9_-], SERIAL_MIN to SERIAL_MAX characters, and
 * no placeholder of a virtual machine without a licence, because two such machines must not become
 * one asset. A serial number is never cut, repaired or invented; the caller trims it first. False
 * for NULL.
 */
bool device_serial_valid(const char *serial);

/*
 * Copies a serial number without surrounding white space. False if it is NULL, empty, too long or
 * has inner white space.
 */
bool device_serial_trim(const char *text, char ret[static SERIAL_MAX + 1]);

/*
 * device_pack() appends the device to `out` in a compact form; errors stay in its state.
 * device_unpack() reads that form; the texts of `ret` are borrowed from `bytes`.
 */
void device_pack(const struct device *device, struct buffer *out);
void device_unpack(const char *bytes, struct device *ret);
#endif
