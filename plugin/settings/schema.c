/*
 * schema.c - the JSON Schema of a settings document, from the rows of settings.def.
 * SPDX-License-Identifier: Apache-2.0
 *
 * schemas/fortinet/settings.schema.json is a copy of it, made by `make settings-schema`.
 */
#include "schema.h"

#include <string.h>

#include "json/json_write.h"

/* Writes the values of a setting, or only those that it has if it is not set. */
static void write_values(const struct setting *row, const char *key, bool presets_only,
                         struct buffer *out)
{
    struct setting_value value;

    for (size_t i = 0; setting_value(row, i, &value); i++) {
        if (value.preset || !presets_only) {
            json_write_string(out, key, value.id);
        }
    }
}

void schema_write_limits(const struct setting *row, struct buffer *out)
{
    struct setting_value value;

    if (row->type == SETTING_BOOLEAN) {
        json_write_boolean(out, "default", row->preset);
    } else if (row->type == SETTING_INTEGER) {
        json_write_integer(out, "default", row->range.preset);
        json_write_integer(out, "minimum", row->range.least);
        json_write_integer(out, "maximum", row->range.most);
    } else if (row->type == SETTING_CHOICE) {
        write_values(row, "default", true, out);
    } else if (setting_value(row, 0, &value)) {
        json_write_array(out, "default");
        write_values(row, NULL, true, out);
        json_write_array_end(out);
    }
}

static void write_enum(const struct setting *row, struct buffer *out)
{
    json_write_array(out, "enum");
    write_values(row, NULL, false, out);
    if (row->type == SETTING_CHOICE) {
        json_write_string(out, NULL, ""); /* not set, as an empty field of a form */
    }
    json_write_array_end(out);
}

/* Writes what an element of a list may be. */
static void write_items(const struct setting *row, struct buffer *out)
{
    json_write_object(out, "items");
    if (row->type == SETTING_LIST) {
        json_write_string(out, "type", "string");
        json_write_integer(out, "minLength", 1);
        json_write_integer(out, "maxLength", NAME_MAX_BYTES);
    } else if (row->type == SETTING_ATTRIBUTES) {
        json_write_string(out, "type", "string");
        json_write_integer(out, "maxLength", (int64_t)strlen(META_PREFIX) + NAME_MAX_BYTES);
        json_write_array(out, "anyOf");
        json_write_object(out, NULL);
        write_enum(row, out);
        json_write_object_end(out);
        json_write_json(out, NULL, "{\"pattern\":\"^meta\\\\..+$\"}");
        json_write_array_end(out);
    } else {
        write_enum(row, out);
    }
    json_write_object_end(out);
}

static void write_setting(const struct setting *row, struct buffer *out)
{
    const char *type = SETTING_TYPES[row->type].json;

    json_write_object(out, row->key);
    json_write_string(out, "description", message_template(LANGUAGE_ENGLISH, row->help));
    json_write_optional(out, "type", type);
    if (type == NULL) {
        write_enum(row, out);
    } else if (strcmp(type, "string") == 0) {
        json_write_integer(out, "minLength", row->required ? 1 : 0);
        json_write_integer(out, "maxLength", (int64_t)row->most);
        json_write_optional(out, "pattern", row->pattern);
        json_write_texts(out, "examples", &row->example, 1);
    } else if (strcmp(type, "array") == 0) {
        json_write_integer(out, "minItems", row->not_empty ? 1 : 0);
        json_write_integer(out, "maxItems", (int64_t)setting_most(row));
        write_items(row, out);
    }
    if (row->type == SETTING_ATTRIBUTES) {
        json_write_json(out, "contains", "{\"pattern\":\"^meta\\\\.\"}"); /* a custom field */
        json_write_integer(out, "minContains", 0);
        json_write_integer(out, "maxContains", META_VALUES_MAX);
    }
    schema_write_limits(row, out);
    json_write_object_end(out);
}

void schema_write(const char *key, struct buffer *out)
{
    json_write_object(out, key);
    json_write_string(out, "$schema", "https://json-schema.org/draft/2020-12/schema");
    json_write_string(out, "title", "settings document");
    json_write_string(out, "description",
                      "The choices of the administrator. Secrets are not part of it: the host "
                      "passes them through its secret callback.");
    json_write_string(out, "type", "object");
    json_write_object(out, "properties");
    for (size_t i = 0; setting_at(i) != NULL; i++) {
        if (setting_is_stored(setting_at(i))) {
            write_setting(setting_at(i), out);
        }
    }
    json_write_object_end(out);
    json_write_array(out, "required");
    for (size_t i = 0; setting_at(i) != NULL; i++) {
        json_write_optional(out, NULL, setting_at(i)->required ? setting_at(i)->key : NULL);
    }
    json_write_array_end(out);
    json_write_object_end(out);
}
