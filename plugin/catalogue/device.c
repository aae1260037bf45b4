/*
 * device.c - one unit, as every source fills it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "device.h"

#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"

void device_set_text(struct device *device, enum attribute attribute, const char *text)
{
    if (text != NULL && *text != '\0') {
        device->values[attribute] = (struct value){.kind = VALUE_TEXT, .text = text};
    }
}

void device_set_integer(struct device *device, enum attribute attribute, int64_t number)
{
    device->values[attribute] = (struct value){.kind = VALUE_INTEGER, .number = number};
}

void device_set_boolean(struct device *device, enum attribute attribute, bool value)
{
    device->values[attribute] = (struct value){.kind = VALUE_BOOLEAN, .number = value ? 1 : 0};
}

void device_set_time(struct device *device, enum attribute attribute, int64_t unix_seconds)
{
    if (unix_seconds > 0 && unix_seconds != UINT32_MAX) {
        device->values[attribute] = (struct value){.kind = VALUE_TIME, .number = unix_seconds};
    }
}

void device_set_date(struct device *device, enum attribute attribute, int32_t day)
{
    if (day > 0 && day <= DAY_LAST) {
        device->values[attribute] = (struct value){.kind = VALUE_DATE, .number = day};
    }
}

const char *device_name(const char *text)
{
    return text != NULL && *text != '\0' && strlen(text) <= NAME_MAX_BYTES ? text : NULL;
}

const char *device_title(const char *name, const char *otherwise)
{
    const char *shown = name != NULL ? utf8_shown(name) : "";

    return *shown != '\0' ? shown : otherwise;
}

const char *device_serial(const struct device *device)
{
    return device->values[ATTRIBUTE_serial_number].text;
}

const char *device_model(const struct device *device)
{
    return device->values[ATTRIBUTE_model].text;
}

/*
 * Whether the serial number is that of a virtual machine without a licence: FGVM00UNLICENSED,
 * FGVMEV and any characters (an evaluation), FGVM02 or FMG-VM and zeros; or is one repeated
 * character. Such a number changes with the licence, and several machines have the same one.
 */
static bool is_placeholder(const char *serial)
{
    size_t virtual_lead = strlen("FGVM00");

    return strstr(serial, "UNLICENSED") != NULL || strncmp(serial, "FGVMEV", 6) == 0 ||
           ((strncmp(serial, "FGVM", 4) == 0 || strncmp(serial, "FMG-VM", virtual_lead) == 0) &&
            serial[virtual_lead + strspn(serial + virtual_lead, "0")] == '\0') ||
           serial[strspn(serial, (const char[]){*serial, '\0'})] == '\0';
}

bool device_serial_trim(const char *text, char ret[static SERIAL_MAX + 1])
{
    if (text == NULL) {
        return false;
    }
    text += strspn(text, " \t\r\n");
    size_t size = strcspn(text, " \t\r\n");
    if (size == 0 || size > SERIAL_MAX || text[size + strspn(text + size, " \t\r\n")] != '\0') {
        return false;
    }
    utf8_copy(ret, SERIAL_MAX + 1, text, size);
    return true;
}

bool device_serial_valid(const char *serial)
{
    size_t size = serial != NULL ? strspn(serial, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") : 0;

    return size >= SERIAL_MIN && serial[size] == '\0' && size <= SERIAL_MAX &&
           !is_placeholder(serial);
}

/*
 * Appends a text with its NUL, so that device_unpack() can borrow it in place. It is cut at the
 * length that an asset may have: one long text must not fill the memory for deferred records.
 */
static void pack_text(struct buffer *out, const char *text)
{
    size_t size = text != NULL ? strlen(text) : 0;

    if (size > VALUE_MAX) {
        size = utf8_cut(text, VALUE_MAX);
    }
    buffer_append(out, text != NULL ? text : "", size);
    buffer_append(out, "", 1);
}

static const char *unpack_text(const char **bytes)
{
    const char *text = *bytes;

    *bytes += strlen(text) + 1;
    return text;
}

static const char *unpack_optional(const char **bytes)
{
    const char *text = unpack_text(bytes);

    return *text != '\0' ? text : NULL;
}

void device_pack(const struct device *device, struct buffer *out)
{
    const char head[2] = {(char)device->type, device->connected ? 1 : 0};
    const char end = (char)ATTRIBUTE_COUNT;

    buffer_append(out, head, sizeof(head));
    pack_text(out, device->scope);
    pack_text(out, device->title);
    pack_text(out, device->manager);
    pack_text(out, device->vdom);
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        const struct value *value = &device->values[i];
        const char lead[2] = {(char)i, (char)value->kind};

        if (value->kind == VALUE_NONE) {
            continue;
        }
        buffer_append(out, lead, sizeof(lead));
        if (value->kind == VALUE_TEXT) {
            pack_text(out, value->text);
        } else {
            buffer_append(out, &value->number, sizeof(value->number));
        }
    }
    buffer_append(out, &end, 1);
    for (size_t i = 0; i < device->meta_count; i++) {
        pack_text(out, device->meta[i].name);
        pack_text(out, device->meta[i].text);
    }
    pack_text(out, NULL);
}

void device_unpack(const char *bytes, struct device *ret)
{
    *ret = (struct device){.type = (enum device_type)bytes[0], .connected = bytes[1] != 0};
    bytes += 2;
    ret->scope = unpack_text(&bytes);
    ret->title = unpack_text(&bytes);
    ret->manager = unpack_optional(&bytes);
    ret->vdom = unpack_optional(&bytes);
    while (*bytes != (char)ATTRIBUTE_COUNT) {
        struct value *value = &ret->values[(int)bytes[0]];

        value->kind = (enum value_kind)bytes[1];
        bytes += 2;
        if (value->kind == VALUE_TEXT) {
            value->text = unpack_text(&bytes);
        } else {
            memcpy(&value->number, bytes, sizeof(value->number));
            bytes += sizeof(value->number);
        }
    }
    bytes++;
    while (*bytes != '\0') {
        ret->meta[ret->meta_count].name = unpack_text(&bytes);
        ret->meta[ret->meta_count++].text = unpack_text(&bytes);
    }
}
