/*
 * describe.c - the operation describe: tabs, fields, attributes and the settings schema.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The three tabs show exactly what Hector's guide shows; what else can be set is the advanced
 * group. tests/guide.tsv maps each sentence of the guide to a place in this document.
 */
#include "attributes.h"
#include "config.h"
#include "json_write.h"
#include "operations.h"

extern const char settings_schema_json[]; /* generated from schemas/fortinet/settings.schema.json */

enum owner { INTEGRATION, HOST };

/* One field of a form. Texts that are NULL or TEXT_COUNT are left out. */
struct field {
    const char *key;
    enum text_id label, help;
    const char *type;
    enum owner owner;
    bool required, read_only, copy_button;
    const char *example;
    const char *default_json;
    const char *extra_json; /* further members, ready: choices, limits, options, locked */
};

static const struct field AUTHENTICATION[] = {
    {.key = "url",
     .label = TEXT_field_url,
     .help = TEXT_help_url,
     .type = "text",
     .required = true,
     .example = "https://1.2.3.4"},
    {.key = "token", .label = TEXT_field_token, .help = TEXT_help_token, .type = "secret"},
    {.key = "egress_address",
     .label = TEXT_field_egress_address,
     .help = TEXT_help_egress_address,
     .type = "text",
     .owner = HOST,
     .read_only = true,
     .copy_button = true},
};

static const struct field DESTINATION[] = {
    {.key = "stockroom",
     .label = TEXT_field_stockroom,
     .help = TEXT_help_destination,
     .type = "reference",
     .owner = HOST},
    {.key = "category",
     .label = TEXT_field_category,
     .help = TEXT_help_destination,
     .type = "reference",
     .owner = HOST},
};

static const struct field SYNCHRONIZATION[] = {
    {.key = "device_types",
     .label = TEXT_field_device_types,
     .help = TEXT_help_device_types,
     .type = "choices",
     .default_json = "[\"firewall\",\"switch\",\"access_point\"]",
     .extra_json = "\"options\":\"device_types\""},
    {.key = "synchronize_categories",
     .label = TEXT_field_synchronize_categories,
     .help = TEXT_help_synchronize_categories,
     .type = "boolean",
     .default_json = "true"},
};

static const struct field FIELDS[] = {
    {.key = "attributes",
     .label = TEXT_field_attributes,
     .help = TEXT_help_attributes,
     .type = "attributes",
     .default_json = "[\"serial_number\"]",
     .extra_json = "\"options\":\"attributes\",\"locked\":[\"serial_number\"]"},
};

static const struct field ADVANCED[] = {
    {.key = "username",
     .label = TEXT_field_username,
     .help = TEXT_help_username,
     .type = "text",
     .example = "hector"},
    {.key = "password", .label = TEXT_field_password, .help = TEXT_help_password, .type = "secret"},
    {.key = "forticloud_user",
     .label = TEXT_field_forticloud_user,
     .help = TEXT_help_forticloud_user,
     .type = "text",
     .example = "12345678-ABCD-1234-ABCD-123456789ABC"},
    {.key = "forticloud_password",
     .label = TEXT_field_forticloud_password,
     .help = TEXT_help_forticloud_password,
     .type = "secret"},
    {.key = "ca_certificate",
     .label = TEXT_field_ca_certificate,
     .help = TEXT_help_ca_certificate,
     .type = "pem"},
    {.key = "pinned_public_key",
     .label = TEXT_field_pinned_public_key,
     .help = TEXT_help_pinned_public_key,
     .type = "text",
     .example = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="},
    {.key = "verify_tls",
     .label = TEXT_field_verify_tls,
     .help = TEXT_help_verify_tls,
     .type = "boolean",
     .default_json = "true"},
    {.key = "source",
     .label = TEXT_field_source,
     .help = TEXT_help_source,
     .type = "choice",
     .default_json = "\"auto\"",
     .extra_json = "\"choices\":[{\"value\":\"auto\",\"label\":\"auto\"},"
                   "{\"value\":\"fortimanager\",\"label\":\"FortiManager\"},"
                   "{\"value\":\"fortigate\",\"label\":\"FortiGate\"}]"},
    {.key = "fallback_url",
     .label = TEXT_field_fallback_url,
     .help = TEXT_help_fallback_url,
     .type = "text",
     .example = "https://1.2.3.5"},
    {.key = "adoms",
     .label = TEXT_field_adoms,
     .help = TEXT_help_adoms,
     .type = "list",
     .extra_json = "\"options\":\"adoms\""},
    {.key = "include",
     .label = TEXT_field_include,
     .help = TEXT_help_include,
     .type = "choices",
     .default_json = "[\"log_only\"]",
     .extra_json = "\"choices\":[{\"value\":\"log_only\",\"label\":\"log_only\"},"
                   "{\"value\":\"unauthorized\",\"label\":\"unauthorized\"},"
                   "{\"value\":\"model\",\"label\":\"model\"}]"},
    {.key = "live_status",
     .label = TEXT_field_live_status,
     .help = TEXT_help_live_status,
     .type = "choice",
     .default_json = "\"when_needed\"",
     .extra_json = "\"choices\":[{\"value\":\"when_needed\",\"label\":\"when_needed\"},"
                   "{\"value\":\"never\",\"label\":\"never\"}]"},
    {.key = "proxy_batch",
     .label = TEXT_field_proxy_batch,
     .help = TEXT_help_proxy_batch,
     .type = "integer",
     .default_json = "20",
     .extra_json = "\"minimum\":1,\"maximum\":50"},
    {.key = "timeout_s",
     .label = TEXT_field_timeout_s,
     .help = TEXT_help_timeout_s,
     .type = "integer",
     .default_json = "60",
     .extra_json = "\"minimum\":5,\"maximum\":600,\"unit\":\"s\""},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void write_text(struct buffer *out, const struct operation *operation, const char *key,
                       enum text_id id)
{
    write_string(out, key, text_template(operation->language, id));
}

static void write_flag(struct buffer *out, const char *key, bool value)
{
    if (value) {
        write_boolean(out, key, true);
    }
}

static void write_fields(struct buffer *out, const struct operation *operation,
                         const struct field *fields, size_t count)
{
    write_array(out, "fields");
    for (size_t i = 0; i < count; i++) {
        const struct field *field = &fields[i];

        write_object(out, NULL);
        write_string(out, "key", field->key);
        write_text(out, operation, "label", field->label);
        write_text(out, operation, "help", field->help);
        write_string(out, "type", field->type);
        write_string(out, "owner", field->owner == HOST ? "host" : "integration");
        write_flag(out, "required", field->required);
        write_flag(out, "read_only", field->read_only);
        write_flag(out, "copy_button", field->copy_button);
        if (field->example != NULL) {
            write_string(out, "example", field->example);
        }
        if (field->default_json != NULL) {
            write_json(out, "default", field->default_json);
        }
        if (field->extra_json != NULL) {
            buffer_append_text(out, ",");
            buffer_append_text(out, field->extra_json);
        }
        write_object_end(out);
    }
    write_array_end(out);
}

static void write_section(struct buffer *out, const struct operation *operation, const char *id,
                          enum text_id label, const struct field *fields, size_t count)
{
    write_object(out, NULL);
    write_string(out, "id", id);
    write_text(out, operation, "label", label);
    write_fields(out, operation, fields, count);
    write_object_end(out);
}

static void open_tab(struct buffer *out, const struct operation *operation, const char *id,
                     enum text_id label)
{
    write_object(out, NULL);
    write_string(out, "id", id);
    write_text(out, operation, "label", label);
    write_array(out, "sections");
}

static void close_tab(struct buffer *out)
{
    write_array_end(out);
    write_object_end(out);
}

static void write_tabs(struct buffer *out, const struct operation *operation)
{
    write_array(out, "tabs");
    open_tab(out, operation, "authentication", TEXT_tab_authentication);
    write_section(out, operation, "authentication", TEXT_tab_authentication, AUTHENTICATION,
                  COUNT(AUTHENTICATION));
    write_array_end(out);
    write_object(out, "action");
    write_string(out, "operation", "validate");
    write_text(out, operation, "label", TEXT_action_validate);
    write_array(out, "unlocks");
    write_string(out, NULL, "options");
    write_string(out, NULL, "fields");
    write_array_end(out);
    write_object_end(out);
    write_object_end(out);

    open_tab(out, operation, "options", TEXT_tab_options);
    write_section(out, operation, "initial_destination", TEXT_section_initial_destination,
                  DESTINATION, COUNT(DESTINATION));
    write_section(out, operation, "synchronization", TEXT_section_synchronization, SYNCHRONIZATION,
                  COUNT(SYNCHRONIZATION));
    close_tab(out);

    open_tab(out, operation, "fields", TEXT_tab_fields);
    write_section(out, operation, "fields", TEXT_tab_fields, FIELDS, COUNT(FIELDS));
    close_tab(out);
    write_array_end(out);

    write_object(out, "advanced");
    write_text(out, operation, "label", TEXT_section_advanced);
    write_boolean(out, "collapsed", true);
    write_fields(out, operation, ADVANCED, COUNT(ADVANCED));
    write_object_end(out);
}

static void write_device_types(struct buffer *out, const struct operation *operation)
{
    write_array(out, "device_types");
    for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
        write_object(out, NULL);
        write_string(out, "id", device_type_id((enum device_type)type));
        write_text(out, operation, "label", device_type_plural((enum device_type)type));
        write_text(out, operation, "category", device_type_label((enum device_type)type));
        write_object_end(out);
    }
    write_array_end(out);
}

/* The guide's table: which fact of a device becomes what in Hector. */
static void write_mapping(struct buffer *out, const struct operation *operation)
{
    static const struct {
        const char *from, *to;
        enum text_id label;
    } rows[] = {{"device_type", "category", TEXT_mapping_category},
                {"model", "part", TEXT_mapping_part},
                {"name", "title", TEXT_mapping_title},
                {"serial_number", "sync_key", TEXT_mapping_sync_key}};

    write_array(out, "mapping");
    for (size_t i = 0; i < COUNT(rows); i++) {
        write_object(out, NULL);
        write_string(out, "from", rows[i].from);
        write_string(out, "to", rows[i].to);
        write_text(out, operation, "label", rows[i].label);
        write_object_end(out);
    }
    write_array_end(out);
}

static void write_attribute(struct buffer *out, const struct operation *operation,
                            enum attribute attribute)
{
    const struct attribute_info *info = attribute_info(attribute);
    bool live = true;

    write_object(out, NULL);
    write_string(out, "id", info->id);
    write_string(out, "label", info->labels[operation->language]);
    attribute_write(out, info);
    for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
        live = live && (info->cost[type] == COST_NO || info->cost[type] == COST_LIVE);
    }
    write_boolean(out, "locked", attribute == ATTRIBUTE_serial_number);
    write_boolean(out, "live", live);
    write_object_end(out);
}

int32_t describe(struct operation *operation, struct json_object *request, int32_t code,
                 struct failure *failure)
{
    struct buffer *out;

    (void)request; /* the language was read from it already */
    if (code != HECTOR_OK) {
        return code;
    }
    out = operation_document(operation, "descriptor");
    write_string(out, "id", "fortinet");
    write_string(out, "version", PACKAGE_VERSION);
    write_string(out, "name", "Fortinet");
    write_string(out, "language", language_code(operation->language));
    write_string(out, "labels_language", "instance");
    write_object(out, "schedule");
    write_string(out, "every", "day");
    write_string(out, "time", "evening");
    write_text(out, operation, "label", TEXT_schedule);
    write_object_end(out);
    write_tabs(out, operation);
    write_device_types(out, operation);
    write_mapping(out, operation);
    write_array(out, "attributes");
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        write_attribute(out, operation, (enum attribute)i);
    }
    write_array_end(out);
    write_json(out, "settings_schema", settings_schema_json);
    return operation_emit(operation, failure);
}
