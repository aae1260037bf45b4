/*
 * outline.c - a descriptor in readable form: tabs, fields, device types, attributes, guides.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "outline.h"

#include "escape.h"
#include "json_text.h"
#include "list.h"
#include "put.h"
#include "table.h"

/*
 * Writes a field, its help and its choices: "url: Url / IP address (text, required, by default x)".
 */
static void outline_field(FILE *stream, json_object *field)
{
    put_members(stream, "    {key}: {label} ({type}< to {reference}>", field);
    (void)fputs(json_text_true(field, "required") ? ", required" : "", stream);
    (void)fputs(json_text_true(field, "read_only") ? ", read only" : "", stream);
    (void)fputs(json_text_true(field, "copy_button") ? ", copy button" : "", stream);
    (void)fputs(json_text_is(field, "owner", "host") ? ", kept by the host" : "", stream);
    put_members(stream,
                "<, from {minimum}><, up to {maximum}><, in {unit}><, by default {default}>"
                "<, always {locked}><, values: options {options}>",
                field);
    put_members(stream, "<; where {setting}>< is {in}>)", json_text_member(field, "visible_if"));
    put_members(stream, "<\n        {help}><\n        Example: {example}>", field);
    put_each(stream, "\n        - {value}: {label}", json_text_member(field, "choices"));
    (void)fputc('\n', stream);
}

static void outline_fields(FILE *stream, json_object *owner)
{
    json_text_foreach(field, json_text_member(owner, "fields")) {
        outline_field(stream, field);
    }
}

static void outline_tab(FILE *stream, json_object *tab)
{
    json_object *action = json_text_member(tab, "action");

    put_members(stream, "\n{label}\n", tab);
    json_text_foreach(section, json_text_member(tab, "sections")) {
        put_members(stream, "  {label}\n", section);
        outline_fields(stream, section);
    }
    if (action != NULL) {
        put_members(stream, "  [{label}] runs {operation} and unlocks {unlocks}\n", action);
    }
}

/* Writes an array of objects as a table. */
static void outline_table(const struct output *output, json_object *array,
                          const struct table_column *columns, size_t count)
{
    struct table table;

    table_init(&table, output, columns, count, false);
    json_text_foreach(row, array) {
        table_add_object(&table, row);
    }
    (void)fputc('\n', output->stream);
    (void)table_finish(&table);
    table_release(&table);
}

/* Writes how to create one of the credentials: steps in the GUI, or lines for the CLI. */
static void outline_guide(FILE *stream, json_object *guide)
{
    json_object *cli = json_text_member(guide, "cli");
    json_object *ipv6 = json_text_member(guide, "cli_ipv6");
    size_t number = 0;

    put_members(stream, "\n{label}\n", guide);
    json_text_foreach(step, json_text_member(guide, "steps")) {
        (void)fprintf(stream, "  %zu. ", ++number);
        (void)escape_terminal(stream, json_text_value(step));
        (void)fputc('\n', stream);
    }
    (void)fputs(json_text_count(cli) > 0 ? "  Or in the CLI:\n" : "", stream);
    put_lines(stream, "    ", cli);
    (void)fputs(json_text_count(ipv6) > 0 ? "  Or, from an IPv6 address:\n" : "", stream);
    put_lines(stream, "    ", ipv6);
}

void outline_write(const struct output *output, json_object *descriptor)
{
    static const struct table_column types[] = {{"Device type", .member = "id"},
                                                {"Label", .member = "label"},
                                                {"Category", .member = "category"}};
    static const struct table_column mapping[] = {
        {"From", .member = "from"}, {"To", .member = "to"}, {"Label", .member = "label"}};
    static const struct table_column attributes[] = {
        {"Attribute", .member = "id"},
        {"Label", .member = "label"},
        {"Type", .member = "type"},
        {"Locked", .member = "locked", .flag = true},
        {"Volatile", .member = "volatile", .flag = true},
        {"Live", .member = "live", .flag = true}};
    json_object *advanced = json_text_member(descriptor, "advanced");
    json_object *credentials = json_text_member(descriptor, "credentials");
    FILE *stream = output->stream;

    put_members(stream, "{name} ({id} {version})\n", descriptor);
    put_members(stream, "{label}\n", json_text_member(descriptor, "schedule"));
    json_text_foreach(tab, json_text_member(descriptor, "tabs")) {
        outline_tab(stream, tab);
    }
    put_members(stream, "\n{label}\n", advanced);
    outline_fields(stream, advanced);
    outline_table(output, json_text_member(descriptor, "device_types"), types, LIST_COUNT(types));
    outline_table(output, json_text_member(descriptor, "mapping"), mapping, LIST_COUNT(mapping));
    outline_table(output, json_text_member(descriptor, "attributes"), attributes,
                  LIST_COUNT(attributes));
    if (json_text_count(credentials) > 0) {
        (void)fputs("\nOne of these credentials is needed\n", stream);
    }
    put_each(stream, "  {id}: {label}<, setting {settings}><, secret {secrets}>, for {systems}\n",
             credentials);
    json_text_foreach(guide, json_text_member(descriptor, "guide")) {
        outline_guide(stream, guide);
    }
}

/* Adds a row for each field of a section whose setting has a list of values. */
static void outline_lists(struct table *table, json_object *section)
{
    json_text_foreach(field, json_text_member(section, "fields")) {
        if (json_text_of(field, "options").size > 0) {
            table_add_object(table, field);
        }
    }
}

void outline_write_lists(const struct output *output, json_object *descriptor)
{
    static const struct table_column columns[] = {
        {"NAME", .member = "options"}, {"Label", .member = "label"}, {"Help", .member = "help"}};
    struct table table;

    table_init(&table, output, columns, LIST_COUNT(columns), false);
    json_text_foreach(tab, json_text_member(descriptor, "tabs")) {
        json_text_foreach(section, json_text_member(tab, "sections")) {
            outline_lists(&table, section);
        }
    }
    outline_lists(&table, json_text_member(descriptor, "advanced"));
    (void)table_finish(&table);
    table_release(&table);
}
