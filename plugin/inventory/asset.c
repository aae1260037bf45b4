/*
 * asset.c - writes an asset document from a device and the settings.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "asset.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "json/json_write.h"

#define MAKER "Fortinet"

/* The end of the year 9999, in Unix seconds: RFC 3339 has no later time. */
#define TIME_LAST INT64_C(253402300799)

#define DAY_SECONDS 86400

void asset_time(int64_t unix_seconds, char ret[static 32])
{
    time_t seconds = (time_t)unix_seconds;
    struct tm tm;

    if (unix_seconds > TIME_LAST || gmtime_r(&seconds, &tm) == NULL ||
        strftime(ret, 32, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0) {
        ret[0] = '\0';
    }
}

void asset_date(int32_t day, char ret[static 16])
{
    char time_text[32] = "";

    if (day > 0 && day <= DAY_LAST) {
        asset_time((int64_t)day * DAY_SECONDS, time_text);
    }
    time_text[strcspn(time_text, "T")] = '\0';
    utf8_copy(ret, 16, time_text, strlen(time_text));
}

void asset_write_text(struct buffer *out, const char *key, const char *text, size_t most)
{
    char clean[VALUE_MAX + 1];

    text = utf8_shown(text != NULL ? text : "");
    size_t size = utf8_copy(clean, most + 1, text, strlen(text));
    for (size_t i = 0; i < size; i++) {
        if ((unsigned char)clean[i] < 0x20 || clean[i] == 0x7F) {
            clean[i] = ' ';
        }
    }
    while (size > 0 && clean[size - 1] == ' ') {
        size--;
    }
    if (size > 0) {
        json_write_string_n(out, key, clean, size);
    }
}

static void write_value(struct buffer *out, const char *key, const struct value *value)
{
    char time[32], date[16];

    switch (value->kind) {
    case VALUE_NONE: break;
    case VALUE_TEXT: asset_write_text(out, key, value->text, VALUE_MAX); break;
    case VALUE_INTEGER: json_write_integer(out, key, value->number); break;
    case VALUE_BOOLEAN: json_write_boolean(out, key, value->number != 0); break;
    case VALUE_TIME:
        asset_time(value->number, time);
        json_write_optional(out, key, time);
        break;
    case VALUE_DATE:
        asset_date((int32_t)value->number, date);
        json_write_optional(out, key, date);
        break;
    }
}

static void write_attributes(struct buffer *out, const struct settings *settings,
                             const struct device *device)
{
    json_write_object(out, "attributes");
    for (enum attribute i = 0; i < ATTRIBUTE_COUNT; i++) {
        if (settings->attributes[i]) {
            write_value(out, attribute_info(i)->id, &device->values[i]);
        }
    }
    for (size_t i = 0; i < device->meta_count; i++) {
        char key[sizeof(META_PREFIX) + NAME_MAX_BYTES];

        (void)snprintf(key, sizeof(key), META_PREFIX "%s", device->meta[i].name);
        asset_write_text(out, key, device->meta[i].text, VALUE_MAX);
    }
    json_write_object_end(out);
}

/*
 * Writes the serials of the joined list. If there are none they are not known: an empty list would
 * mean that the manager has none.
 */
static void write_serials(struct buffer *out, const char *serials)
{
    if (serials == NULL || *serials == '\0') {
        return;
    }
    json_write_array(out, "serials");
    while (*serials != '\0') {
        size_t size = strcspn(serials, ",");

        json_write_string_n(out, NULL, serials, size);
        serials += size;
        serials += strspn(serials, ", ");
    }
    json_write_array_end(out);
}

/*
 * Writes maker and model. Those of an end system are what the source reports: what it does not know
 * is left out, and so is the part if it knows neither.
 */
static void write_part(struct buffer *out, const struct device *device)
{
    const char *maker =
        device->type == ENDPOINT ? device->values[ATTRIBUTE_manufacturer].text : MAKER;

    if (device_title(maker, NULL) != NULL || device_title(device_model(device), NULL) != NULL) {
        json_write_object(out, "part");
        asset_write_text(out, "maker", maker, TITLE_MAX);
        asset_write_text(out, "model", device_model(device), TITLE_MAX);
        json_write_object_end(out);
    }
}

int32_t asset_emit(struct operation *operation, const struct settings *settings,
                   const struct device *device, bool certain, struct failure *failure)
{
    struct buffer *out = operation_document(operation, "asset");

    json_write_string(out, "sync_key", device_serial(device));
    json_write_string(out, "scope", device->scope);
    json_write_string(out, "device_type", device_type_id(device->type));
    asset_write_text(out, "title", device->title, TITLE_MAX);
    write_part(out, device);
    if (device_title(device->manager, NULL) != NULL) {
        json_write_object(out, "manager");
        asset_write_text(out, "name", device->manager, TITLE_MAX);
        write_serials(out, device->values[ATTRIBUTE_managed_by_serials].text);
        json_write_object_end(out);
    }
    if (settings->synchronize_categories) {
        json_write_object(out, "category");
        json_write_string(out, "device_type", device_type_id(device->type));
        json_write_string(out, "label",
                          operation_text(operation, device_type_info(device->type)->label));
        json_write_object_end(out);
    }
    write_attributes(out, settings, device);
    if (!certain) {
        json_write_boolean(out, "certain", false);
    }
    return operation_emit(operation, failure);
}
