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
#include "sources/registry.h"
#include "json/json_write.h"

/* Edition of the documents within version 1 of the ABI; each addition raises it. */
#define CONTRACT 1

extern const char settings_schema_json[]; /* generated from schemas/fortinet/settings.schema.json */

enum owner { INTEGRATION, HOST };

struct choice {
    const char *value;
    enum message_id label;
};

/* One field of a form. Texts that are NULL or MESSAGE_NONE are left out. */
struct field {
    const char *key;
    enum message_id label, help;
    const char *type;
    enum owner owner;
    bool required, read_only, copy_button;
    const char *example;
    const char *default_json; /* of a number: settings_range() */
    const char *reference;    /* what a value that belongs to the host refers to */
    const struct choice *choices;
    size_t choice_count;
    bool fortimanager_only; /* hidden if `source` names another system */
    const char *extra_json; /* further members, as JSON: options, locked, unit */
};

struct section {
    const char *id;
    enum message_id label;
    const struct field *fields;
    size_t count;
};

struct tab {
    const char *id;
    enum message_id label;
    const struct section *sections;
    size_t count;
    bool has_validate;
};

#define ROWS(array)     (array), COUNT(array)
#define CHOICES(choice) .choices = (choice), .choice_count = COUNT(choice)

/* A key, with its own label and help. */
#define FIELD(name) .key = #name, .label = LABEL_field_##name, .help = LABEL_help_##name

static const struct field AUTHENTICATION[] = {
    {FIELD(url), .type = "text", .required = true, .example = "https://1.2.3.4"},
    {FIELD(token), .type = "secret"},
    {FIELD(egress_address), .type = "text", .owner = HOST, .read_only = true, .copy_button = true},
};

/* A place in Hector, which the host owns. */
#define PLACE(name)                                                                                \
    .key = #name, .label = LABEL_field_##name, .help = LABEL_help_destination, .reference = #name

static const struct field DESTINATION[] = {
    {PLACE(stockroom), .type = "reference", .owner = HOST},
    {PLACE(category), .type = "reference", .owner = HOST},
};

static const struct field SYNCHRONIZATION[] = {
    {FIELD(device_types), .type = "choices",
     .default_json = "[\"firewall\",\"switch\",\"access_point\"]",
     .extra_json = "\"options\":\"device_types\""},
    {FIELD(synchronize_categories), .type = "boolean", .default_json = "true"},
};

static const struct field FIELDS[] = {
    {FIELD(attributes), .type = "attributes", .default_json = "[\"serial_number\"]",
     .extra_json = "\"options\":\"attributes\",\"locked\":[\"serial_number\"]"},
};

static const struct choice SOURCES[] = {{"auto", LABEL_choice_auto},
                                        {"fortimanager", LABEL_choice_fortimanager},
                                        {"fortigate", LABEL_choice_fortigate}};

static const struct choice INCLUDE[] = {{"log_only", LABEL_choice_log_only},
                                        {"unauthorized", LABEL_choice_unauthorized},
                                        {"model", LABEL_choice_model}};

static const struct choice LIVE_STATUS[] = {{"when_needed", LABEL_choice_when_needed},
                                            {"never", LABEL_choice_never}};

static const struct field ADVANCED[] = {
    {FIELD(username), .fortimanager_only = true, .type = "text", .example = "hector"},
    {FIELD(password), .fortimanager_only = true, .type = "secret"},
    {FIELD(forticloud_user), .fortimanager_only = true, .type = "text",
     .example = "12345678-ABCD-1234-ABCD-123456789ABC"},
    {FIELD(forticloud_password), .fortimanager_only = true, .type = "secret"},
    {FIELD(ca_certificate), .type = "pem"},
    {FIELD(pinned_public_key), .type = "text",
     .example = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="},
    {FIELD(verify_tls), .type = "boolean", .default_json = "true"},
    {FIELD(source), .type = "choice", .default_json = "\"auto\"", CHOICES(SOURCES)},
    {FIELD(fallback_url), .fortimanager_only = true, .type = "text", .example = "https://1.2.3.5"},
    {FIELD(adoms), .fortimanager_only = true, .type = "list",
     .extra_json = "\"options\":\"adoms\""},
    {FIELD(include), .type = "choices", .default_json = "[\"log_only\"]", .fortimanager_only = true,
     CHOICES(INCLUDE)},
    {FIELD(live_status), .type = "choice", .default_json = "\"when_needed\"",
     .fortimanager_only = true, CHOICES(LIVE_STATUS)},
    {FIELD(proxy_batch), .fortimanager_only = true, .type = "integer"},
    {FIELD(timeout_s), .type = "integer", .extra_json = "\"unit\":\"s\""},
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
                          const struct field *field)
{
    json_write_array(out, "choices");
    for (size_t i = 0; i < field->choice_count; i++) {
        json_write_object(out, NULL);
        json_write_string(out, "value", field->choices[i].value);
        write_text(out, operation, "label", field->choices[i].label);
        json_write_object_end(out);
    }
    json_write_array_end(out);
}

static void write_field(struct buffer *out, const struct operation *operation,
                        const struct field *field)
{
    const struct settings_range *range = settings_range(field->key);

    json_write_object(out, NULL);
    json_write_string(out, "key", field->key);
    write_text(out, operation, "label", field->label);
    write_text(out, operation, "help", field->help);
    json_write_string(out, "type", field->type);
    json_write_string(out, "owner", field->owner == HOST ? "host" : "integration");
    write_flag(out, "required", field->required);
    write_flag(out, "read_only", field->read_only);
    write_flag(out, "copy_button", field->copy_button);
    json_write_optional(out, "example", field->example);
    if (field->default_json != NULL) {
        json_write_json(out, "default", field->default_json);
    }
    if (range != NULL) {
        json_write_integer(out, "default", range->preset);
    }
    json_write_optional(out, "reference", field->reference);
    if (field->choices != NULL) {
        write_choices(out, operation, field);
    }
    if (field->fortimanager_only) {
        json_write_json(out, "visible_if",
                        "{\"setting\":\"source\",\"in\":[\"auto\",\"fortimanager\"]}");
    }
    if (range != NULL) {
        json_write_integer(out, "minimum", range->least);
        json_write_integer(out, "maximum", range->most);
    }
    if (field->extra_json != NULL) {
        buffer_append_text(out, ",");
        buffer_append_text(out, field->extra_json);
    }
    json_write_object_end(out);
}

static void write_fields(struct buffer *out, const struct operation *operation,
                         const struct section *section)
{
    json_write_array(out, "fields");
    for (size_t i = 0; i < section->count; i++) {
        write_field(out, operation, &section->fields[i]);
    }
    json_write_array_end(out);
}

static void write_tab(struct buffer *out, const struct operation *operation, const struct tab *tab)
{
    json_write_object(out, NULL);
    json_write_string(out, "id", tab->id);
    write_text(out, operation, "label", tab->label);
    json_write_array(out, "sections");
    for (size_t i = 0; i < tab->count; i++) {
        json_write_object(out, NULL);
        json_write_string(out, "id", tab->sections[i].id);
        write_text(out, operation, "label", tab->sections[i].label);
        write_fields(out, operation, &tab->sections[i]);
        json_write_object_end(out);
    }
    json_write_array_end(out);
    if (tab->has_validate) {
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
    static const struct section authentication[] = {
        {"authentication", LABEL_tab_authentication, ROWS(AUTHENTICATION)}};
    static const struct section options[] = {
        {"initial_destination", LABEL_section_initial_destination, ROWS(DESTINATION)},
        {"synchronization", LABEL_section_synchronization, ROWS(SYNCHRONIZATION)}};
    static const struct section fields[] = {{"fields", LABEL_tab_fields, ROWS(FIELDS)}};
    static const struct tab tabs[] = {
        {"authentication", LABEL_tab_authentication, ROWS(authentication), true},
        {"options", LABEL_tab_options, ROWS(options), false},
        {"fields", LABEL_tab_fields, ROWS(fields), false}};

    json_write_array(out, "tabs");
    for (size_t i = 0; i < COUNT(tabs); i++) {
        write_tab(out, operation, &tabs[i]);
    }
    json_write_array_end(out);
    json_write_object(out, "advanced");
    write_text(out, operation, "label", LABEL_section_advanced);
    json_write_boolean(out, "collapsed", true);
    write_fields(out, operation,
                 &(const struct section){.fields = ADVANCED, .count = COUNT(ADVANCED)});
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

/* Writes the alternative credentials, one of which is needed. */
static void write_credentials(struct buffer *out, const struct operation *operation)
{
    static const struct {
        const char *id, *settings, *secrets; /* both lists as JSON */
        enum message_id label;
    } rows[] = {{"token", "[]", "[\"token\"]", LABEL_field_token},
                {"password", "[\"username\"]", "[\"password\"]", LABEL_label_user_and_password},
                {"forticloud", "[\"forticloud_user\"]", "[\"forticloud_password\"]",
                 LABEL_field_forticloud_user}};

    json_write_array(out, "credentials");
    for (size_t i = 0; i < COUNT(rows); i++) {
        json_write_object(out, NULL);
        json_write_string(out, "id", rows[i].id);
        write_text(out, operation, "label", rows[i].label);
        write_systems(out, rows[i].id);
        json_write_json(out, "settings", rows[i].settings);
        json_write_json(out, "secrets", rows[i].secrets);
        json_write_object_end(out);
    }
    json_write_array_end(out);
}

static void write_device_types(struct buffer *out, const struct operation *operation)
{
    json_write_array(out, "device_types");
    for (enum device_type type = FIREWALL; type < DEVICE_TYPE_COUNT; type++) {
        json_write_object(out, NULL);
        json_write_string(out, "id", device_type_id(type));
        write_text(out, operation, "label", device_type_plural(type));
        write_text(out, operation, "category", device_type_label(type));
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
    json_write_json(out, "settings_schema", settings_schema_json);
    return operation_emit(operation, failure);
}
