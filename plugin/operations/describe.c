/*
 * describe.c - the operation describe: tabs, fields, guides, attributes and the settings schema.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The three tabs show exactly what Hector's guide shows; all other settings are in the advanced
 * group. tests/repo/guide.tsv maps each sentence of the guide to a place in this document.
 */
#include <string.h>

#include "config.h"
#include "operations.h"
#include "settings/schema.h"
#include "sources/registry.h"
#include "json/json_write.h"

/* Edition of the documents within version 1 of the ABI; each addition raises it. */
#define CONTRACT 1

/* A tab of the form. Its sections end with one without an id. */
struct tab {
    const char *id;
    enum message_id label;
    struct {
        const char *id;
        enum message_id label;
        enum setting_section section;
    } sections[3];
};

static void write_text(struct buffer *out, const struct operation *operation, const char *key,
                       enum message_id id)
{
    char text[MESSAGE_MAX];

    operation_sentence(operation, text, sizeof(text), id, NO_ARGUMENTS);
    json_write_string(out, key, text);
}

static void write_flag(struct buffer *out, const char *key, bool value)
{
    if (value) {
        json_write_boolean(out, key, true);
    }
}

static void write_choices(struct buffer *out, const struct operation *operation,
                          const struct setting *row)
{
    struct setting_value value;

    json_write_array(out, "choices");
    for (size_t i = 0; setting_value(row, i, &value); i++) {
        json_write_object(out, NULL);
        json_write_string(out, "value", value.id);
        write_text(out, operation, "label", value.label);
        json_write_object_end(out);
    }
    json_write_array_end(out);
}

/* Writes which values of another setting show this one: any of them, of a list. */
static void write_condition(struct buffer *out, const struct setting *row)
{
    const struct setting with = {.key = row->with, .type = SETTING_CHOICES};
    struct setting_value value;

    json_write_object(out, "visible_if");
    json_write_string(out, "setting", row->with != NULL ? row->with : "source");
    json_write_array(out, "in");
    for (size_t i = 0; i < SETTING_SOURCES_MAX; i++) {
        json_write_optional(out, NULL, setting_choice_id(row->sources[i]));
    }
    for (size_t i = 0; row->with != NULL && setting_value(&with, i, &value); i++) {
        json_write_string(out, NULL, value.id);
    }
    json_write_array_end(out);
    json_write_object_end(out);
}

static void write_field(struct buffer *out, const struct operation *operation,
                        const struct setting *row)
{
    bool is_host = row->owner == OWNER_HOST;

    json_write_object(out, NULL);
    json_write_string(out, "key", row->key);
    write_text(out, operation, "label", row->label);
    write_text(out, operation, "help", row->help);
    json_write_string(out, "type", SETTING_TYPES[row->type].field);
    json_write_string(out, "owner", is_host ? "host" : "integration");
    write_flag(out, "required", row->required);
    write_flag(out, "read_only", row->read_only);
    write_flag(out, "copy_button", row->read_only);
    if (row->type == SETTING_TEXT || row->type == SETTING_ADDRESS || row->type == SETTING_PEM) {
        json_write_optional(out, "example", is_host ? NULL : row->example);
    }
    schema_write_limits(row, out);
    if (row->type == SETTING_REFERENCE) {
        json_write_string(out, "reference", row->key);
    }
    if (row->type == SETTING_CHOICE || row->type == SETTING_CHOICES) {
        write_choices(out, operation, row);
    }
    if (row->sources[0] != CHOICE_NONE || row->with != NULL) {
        write_condition(out, row);
    }
    json_write_optional(out, "unit", row->unit);
    json_write_optional(out, "options", row->has_options ? row->key : NULL);
    if (row->type == SETTING_ATTRIBUTES) {
        json_write_texts(out, "locked", &attribute_info(ATTRIBUTE_serial_number)->id, 1);
    }
    json_write_object_end(out);
}

static void write_fields(struct buffer *out, const struct operation *operation,
                         enum setting_section section)
{
    json_write_array(out, "fields");
    for (size_t i = 0; setting_at(i) != NULL; i++) {
        if (setting_at(i)->section == section) {
            write_field(out, operation, setting_at(i));
        }
    }
    json_write_array_end(out);
}

static void write_tab(struct buffer *out, const struct operation *operation, const struct tab *tab)
{
    json_write_object(out, NULL);
    json_write_string(out, "id", tab->id);
    write_text(out, operation, "label", tab->label);
    json_write_array(out, "sections");
    for (size_t i = 0; tab->sections[i].id != NULL; i++) {
        json_write_object(out, NULL);
        json_write_string(out, "id", tab->sections[i].id);
        write_text(out, operation, "label", tab->sections[i].label);
        write_fields(out, operation, tab->sections[i].section);
        json_write_object_end(out);
    }
    json_write_array_end(out);
    if (tab->sections[0].section == SECTION_AUTHENTICATION) {
        /* The button that checks the settings, and the tabs that it unlocks. */
        json_write_object(out, "action");
        json_write_string(out, "operation", "validate");
        write_text(out, operation, "label", LABEL_action_validate);
        json_write_json(out, "unlocks", "[\"options\",\"fields\"]");
        json_write_object_end(out);
    }
    json_write_object_end(out);
}

static void write_tabs(struct buffer *out, const struct operation *operation)
{
    static const struct tab tabs[] = {
        {"authentication",
         LABEL_tab_authentication,
         {{"authentication", LABEL_tab_authentication, SECTION_AUTHENTICATION}}},
        {"options",
         LABEL_tab_options,
         {{"initial_destination", LABEL_section_initial_destination, SECTION_DESTINATION},
          {"synchronization", LABEL_section_synchronization, SECTION_SYNCHRONIZATION}}},
        {"fields", LABEL_tab_fields, {{"fields", LABEL_tab_fields, SECTION_FIELDS}}},
    };

    json_write_array(out, "tabs");
    for (size_t i = 0; i < COUNT(tabs); i++) {
        write_tab(out, operation, &tabs[i]);
    }
    json_write_array_end(out);
    json_write_object(out, "advanced");
    write_text(out, operation, "label", LABEL_section_advanced);
    json_write_boolean(out, "collapsed", true);
    write_fields(out, operation, SECTION_ADVANCED);
    json_write_object_end(out);
}

static void write_cli(struct buffer *out, const char *name, const struct guide *guide, int family)
{
    struct buffer lines = BUFFER(CLI_MAX);

    if (guide->cli != NULL) {
        guide->cli((struct source_host){GUIDE_ADDRESS, family}, &lines);
        json_write_lines(out, name, &lines);
    }
    buffer_release(&lines);
}

static void write_guide(struct buffer *out, const struct operation *operation,
                        const struct guide *guide)
{
    json_write_object(out, NULL);
    json_write_string(out, "system", guide->system);
    json_write_string(out, "id", guide->credentials);
    write_text(out, operation, "label", guide->label);
    json_write_string(out, "credentials", guide->credentials);
    json_write_array(out, "steps");
    for (size_t i = 0; i < guide->step_count; i++) {
        write_text(out, operation, NULL, guide->steps[i]);
    }
    json_write_array_end(out);
    write_cli(out, "cli", guide, 4);
    write_cli(out, "cli_ipv6", guide, 6);
    json_write_object_end(out);
}

/* Writes how to create each of the credentials, on each kind of system. */
static void write_guides(struct buffer *out, const struct operation *operation)
{
    json_write_array(out, "guide");
    for (size_t s = 0; source_at(s) != NULL; s++) {
        for (size_t i = 0; i < source_at(s)->guide_count; i++) {
            write_guide(out, operation, &source_at(s)->guides[i]);
        }
    }
    json_write_array_end(out);
}

/* Writes the kinds of system that accept the credentials: those with a guide for them. */
static void write_systems(struct buffer *out, const char *credentials)
{
    json_write_array(out, "systems");
    for (size_t s = 0; source_at(s) != NULL; s++) {
        for (size_t i = 0; i < source_at(s)->guide_count; i++) {
            const struct guide *guide = &source_at(s)->guides[i];

            if (strcmp(guide->credentials, credentials) == 0) {
                json_write_string(out, NULL, guide->system);
            }
        }
    }
    json_write_array_end(out);
}

/* Writes the alternative credentials, one of which is needed: each has one secret. */
static void write_credentials(struct buffer *out, const struct operation *operation)
{
    json_write_array(out, "credentials");
    for (size_t i = 0; setting_at(i) != NULL; i++) {
        const struct setting *row = setting_at(i);

        if (row->type == SETTING_SECRET) {
            json_write_object(out, NULL);
            json_write_string(out, "id", row->credentials.id);
            write_text(out, operation, "label", row->credentials.label);
            write_systems(out, row->credentials.id);
            json_write_texts(out, "settings", &row->credentials.setting, 1);
            json_write_texts(out, "secrets", &row->key, 1);
            json_write_object_end(out);
        }
    }
    json_write_array_end(out);
}

static void write_device_types(struct buffer *out, const struct operation *operation)
{
    json_write_array(out, "device_types");
    for (enum device_type type = FIREWALL; type < DEVICE_TYPE_COUNT; type++) {
        json_write_object(out, NULL);
        json_write_string(out, "id", device_type_id(type));
        write_text(out, operation, "label", device_type_info(type)->plural);
        write_text(out, operation, "category", device_type_info(type)->label);
        json_write_object_end(out);
    }
    json_write_array_end(out);
}

/* Writes the guide's table: which fact of a device becomes what in Hector. */
static void write_mapping(struct buffer *out, const struct operation *operation)
{
    static const struct {
        const char *from, *to;
        enum message_id label;
    } rows[] = {{"device_type", "category", LABEL_mapping_category},
                {"model", "part", LABEL_mapping_part},
                {"name", "title", LABEL_mapping_title},
                {"serial_number", "sync_key", LABEL_mapping_sync_key}};

    json_write_array(out, "mapping");
    for (size_t i = 0; i < COUNT(rows); i++) {
        json_write_object(out, NULL);
        json_write_string(out, "from", rows[i].from);
        json_write_string(out, "to", rows[i].to);
        write_text(out, operation, "label", rows[i].label);
        json_write_object_end(out);
    }
    json_write_array_end(out);
}

static void write_attribute(struct buffer *out, const struct operation *operation,
                            enum attribute attribute)
{
    const struct attribute_info *info = attribute_info(attribute);
    bool live = true;

    json_write_object(out, NULL);
    json_write_string(out, "id", info->id);
    json_write_string(out, "label", info->labels[operation->wording.language]);
    operation_write_attribute(out, attribute);
    for (enum device_type type = FIREWALL; type < DEVICE_TYPE_COUNT; type++) {
        enum attribute_cost cost = source_cost(attribute, type);

        live = live && (cost == COST_NO || cost == COST_LIVE);
    }
    json_write_boolean(out, "locked", attribute == ATTRIBUTE_serial_number);
    json_write_boolean(out, "live", live);
    json_write_object_end(out);
}

int32_t describe(struct operation *operation, struct json_object *request, int32_t code,
                 struct failure *failure)
{
    (void)request; /* settings_parse_request() has read its language */
    if (code != HECTOR_OK) {
        return code;
    }
    struct buffer *out = operation_document(operation, "descriptor");
    json_write_string(out, "id", "fortinet");
    json_write_string(out, "version", PACKAGE_VERSION);
    json_write_integer(out, "contract", CONTRACT);
    json_write_string(out, "name", "Fortinet");
    json_write_string(out, "language", message_language_code(operation->wording.language));
    json_write_string(out, "labels_language", "instance");
    json_write_object(out, "schedule");
    json_write_string(out, "every", "day");
    json_write_string(out, "time", "evening");
    write_text(out, operation, "label", LABEL_schedule);
    json_write_object_end(out);
    write_tabs(out, operation);
    write_credentials(out, operation);
    write_guides(out, operation);
    write_device_types(out, operation);
    write_mapping(out, operation);
    json_write_array(out, "attributes");
    for (enum attribute i = 0; i < ATTRIBUTE_COUNT; i++) {
        write_attribute(out, operation, i);
    }
    json_write_array_end(out);
    schema_write("settings_schema", out);
    return operation_emit(operation, failure);
}
