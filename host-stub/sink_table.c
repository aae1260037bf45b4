/*
 * sink_table.c - the documents in readable form: steps, options, an outline, tables.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "escape.h"
#include "json_text.h"
#include "list.h"
#include "put.h"
#include "sink.h"
#include "table.h"
#include "terminal.h"

/* Placeholder in CLI text for the address from which the host connects. */
#define SINK_TABLE_ADDRESS "{egress_address}"

struct sink_table {
    struct sink sink;
    const struct columns *columns;
    struct table_column asset_columns[COLUMNS_MAX];
    struct table options, assets, unmatched, coverage, problems;
    bool more_options;
    bool lists_only; /* of a descriptor, show only lists of values */
    uint64_t empty;  /* complete coverages without units */
    uint64_t coverages;
    uint64_t alike;   /* coverages with the same message as the first */
    json_object *why; /* that message */
    json_object *summary;
    json_object *types; /* the counts of the device types in the summary; NULL = there are none */
};

/* ---- a descriptor: tabs, fields, device types, attributes, guides */

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
    size_t number = 0;

    put_members(stream, "\n{label}\n", guide);
    json_text_foreach(step, json_text_member(guide, "steps")) {
        (void)fprintf(stream, "  %zu. ", ++number);
        (void)escape_terminal(stream, json_text_value(step));
        (void)fputc('\n', stream);
    }
    put_lines(stream, "  Or in the CLI:\n", "    ", json_text_member(guide, "cli"));
    put_lines(stream, "  Or, from an IPv6 address:\n", "    ", json_text_member(guide, "cli_ipv6"));
}

static void outline_write(const struct output *output, json_object *descriptor)
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

/* Writes only which settings have a list of values: `options` without NAME. */
static void outline_write_lists(const struct output *output, json_object *descriptor)
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

/* ---- the other documents */

/* Writes what to enter in the appliance's CLI, one line each, so that it can be copied. */
static void sink_table_console(FILE *stream, json_object *lines)
{
    const struct span text = json_text_value(lines);

    /* The address under which the appliance sees this machine is unknown here. */
    put_lines(stream,
              memmem(text.bytes, text.size, SINK_TABLE_ADDRESS, strlen(SINK_TABLE_ADDRESS)) != NULL
                  ? "Enter in the appliance's CLI, with the address that this machine connects "
                    "from in the place of " SINK_TABLE_ADDRESS ":\n"
                  : "Enter in the appliance's CLI:\n",
              "  ", lines);
}

static void sink_table_fill(FILE *stream, size_t width, size_t wanted)
{
    for (; width < wanted; width++) {
        (void)fputc(' ', stream);
    }
}

/* Writes a step at once, because a step may take as long as a time-out. */
static void sink_table_check(struct sink_table *table, json_object *root)
{
    const struct output *output = table->sink.output;
    FILE *stream = output->stream;
    const struct span mark = span_of(json_text_is(root, "status", "passed")    ? "ok"
                                     : json_text_is(root, "status", "failed")  ? "FAILED"
                                     : json_text_is(root, "status", "warning") ? "warning"
                                                                               : "skipped");

    sink_table_fill(stream, terminal_word(stream, mark, output->color), 9);
    sink_table_fill(stream, escape_terminal(stream, json_text_of(root, "step")), 14);
    put_members(stream, " {message}\n", root);
    sink_table_console(stream, json_text_member(root, "console"));
    output_flush(table->sink.output);
}

static void sink_table_asset(struct sink_table *table, json_object *root)
{
    struct span cells[COLUMNS_MAX];

    for (size_t i = 0; i < table->columns->count; i++) {
        cells[i] = json_text_value(columns_value(&table->columns->items[i], root));
    }
    table_add(&table->assets, cells);
}

static void sink_table_coverage(struct sink_table *table, json_object *root)
{
    const bool complete = json_text_true(root, "complete");
    const struct span units = json_text_of(root, "units");
    const struct span cells[] = {json_text_of(root, "scope"), json_text_of(root, "device_type"),
                                 span_of(complete ? "yes" : "NO"), units,
                                 json_text_of(root, "message")};

    if (table->coverages++ == 0) {
        table->why = json_object_get(json_text_member(root, "message"));
    }
    if (table->why != NULL && json_object_equal(table->why, json_text_member(root, "message"))) {
        table->alike++;
    }
    if (complete && span_is(units, "0")) {
        table->empty++;
    } else {
        table_add(&table->coverage, cells);
    }
}

static void sink_table_document(struct sink *sink, const struct document *document)
{
    struct sink_table *table = (struct sink_table *)sink;
    FILE *stream = sink->output->stream;
    const char *kind = document->kind;
    json_object *root = document->root;

    if (strcmp(kind, "asset") == 0) {
        sink_table_asset(table, root);
    } else if (strcmp(kind, "coverage") == 0) {
        sink_table_coverage(table, root);
    } else if (strcmp(kind, "unmatched") == 0) {
        table_add_object(&table->unmatched, root);
    } else if (strcmp(kind, "problem") == 0) {
        table_add_object(&table->problems, root);
    } else if (strcmp(kind, "check") == 0) {
        sink_table_check(table, root);
    } else if (strcmp(kind, "option") == 0) {
        table_add_object(&table->options, root);
    } else if (strcmp(kind, "options_end") == 0) {
        table->more_options = json_text_true(root, "more");
    } else if (strcmp(kind, "source") == 0) {
        put_members(stream, "Source: {system}< {hostname}>< {version}> ({id})\n", root);
    } else if (strcmp(kind, "certificate") == 0) {
        /* Without its PEM, which is not readable; with a line to paste once it was compared. */
        put_members(stream,
                    "Certificate shown by the address:\n"
                    "  subject     {subject}\n"
                    "  issuer      {issuer}\n"
                    "  names       {names}\n"
                    "  not before  {not_before}\n"
                    "  not after   {not_after}\n"
                    "  pin         {pin}\n"
                    "<If it is the appliance's own, trust it by:\n  --set {setting}={pin}\n>",
                    root);
    } else if (strcmp(kind, "descriptor") == 0) {
        (table->lists_only ? outline_write_lists : outline_write)(sink->output, root);
    } else if (strcmp(kind, "summary") == 0) {
        json_object_put(table->summary);
        table->summary = json_object_get(root);
        table->types = json_text_member(root, "device_types");
        if (!json_object_is_type(table->types, json_type_object)) {
            table->types = NULL;
        }
    } /* a later version may define more kinds */
}

/* Writes one line of counts for each device type, and the totals. */
static void sink_table_counts(const struct sink_table *table)
{
    FILE *stream = table->sink.output->stream;

    if (table->types != NULL) {
        json_object_object_foreach(table->types, name, counts) {
            (void)escape_terminal(stream, span_of(name));
            put_members(stream,
                        ": seen {seen}, assets {assets}, duplicates {duplicates}, "
                        "skipped {skipped}<, without entitlement {without_entitlement}>",
                        counts);
            (void)fputs(json_text_true(counts, "complete") ? "\n" : ", NOT COMPLETE\n", stream);
        }
    }
    put_members(stream,
                "Outcome {outcome}, from {started} to {ended}, requests {requests}, "
                "bytes {bytes}\n",
                table->summary);
}

/*
 * Whether the counts are worth showing. If a run failed before it saw a unit, the error and the
 * coverage contain everything.
 */
static bool sink_table_shows(const struct sink_table *table)
{
    if (json_text_is(table->summary, "outcome", "ok") ||
        json_text_is(table->summary, "outcome", "partial")) {
        return true;
    }
    if (table->types == NULL) {
        return false;
    }
    json_object_object_foreach(table->types, name, counts) {
        (void)name;
        if (json_object_get_int64(json_text_member(counts, "seen")) > 0) {
            return true;
        }
    }
    return false;
}

static void sink_table_scopes(struct sink_table *table)
{
    FILE *stream = table->sink.output->stream;

    if (table->alike > 1 && table->alike == table->coverages && !sink_table_shows(table)) {
        (void)fprintf(stream, "%" PRIu64 " lists of units were not read, all for one reason. ",
                      table->alike);
        (void)escape_terminal(stream, json_text_value(table->why));
        (void)fputs("\n\n", stream);
        return;
    }
    if (table_finish(&table->coverage) && table->empty == 0) {
        (void)fputc('\n', stream);
    }
    if (table->empty > 0) {
        (void)fprintf(stream, "Complete, without units: %" PRIu64 " more.\n\n", table->empty);
    }
}

static void sink_table_finish(struct sink *sink)
{
    struct sink_table *table = (struct sink_table *)sink;
    FILE *stream = table->sink.output->stream;

    (void)table_finish(&table->options);
    if (table->more_options) {
        (void)fputs("There are more: --limit and --filter choose which are shown.\n", stream);
    }
    (void)fputs(table_finish(&table->assets) ? "\n" : "", stream);
    (void)fputs(table_finish(&table->unmatched) ? "\n" : "", stream);
    sink_table_scopes(table);
    (void)fputs(table_finish(&table->problems) ? "\n" : "", stream);
    if (sink_table_shows(table)) {
        sink_table_counts(table);
    }
}

static void sink_table_release(struct sink *sink)
{
    struct sink_table *table = (struct sink_table *)sink;

    table_release(&table->options);
    table_release(&table->assets);
    table_release(&table->unmatched);
    table_release(&table->coverage);
    table_release(&table->problems);
    json_object_put(table->summary);
    json_object_put(table->why);
}

struct sink *sink_table_new(struct output *output, const struct columns *columns, bool lists_only)
{
    static const struct table_column options[] = {{"Value", .member = "value"},
                                                  {"Label", .member = "label"},
                                                  {"Description", .member = "description"}};
    static const struct table_column unmatched[] = {
        {"Billed but not seen", .member = "serial_number"},
        {"Type", .member = "device_type"},
        {"Model", .member = "model"},
        {"Status", .member = "status"},
        {"Until", .member = "end_date"},
        {"Known to", .member = "enrichment"}};
    static const struct table_column coverage[] = {{.title = "Scope"},
                                                   {.title = "Type"},
                                                   {"Complete", .painted = true},
                                                   {.title = "Units"},
                                                   {.title = "Why not"}};
    static const struct table_column problems[] = {
        {"Severity", .member = "severity", .painted = true},
        {"Subject", .member = "subject"},
        {"Problem", .member = "message"}};
    struct sink_table *table = malloc(sizeof(*table));

    if (table == NULL) {
        return NULL;
    }
    *table = (struct sink_table){
        .sink = {sink_table_document, sink_table_finish, NULL, sink_table_release, output},
        .columns = columns,
        .lists_only = lists_only};
    for (size_t i = 0; i < columns->count; i++) {
        /* People copy serial numbers: they must not be shortened. */
        table->asset_columns[i] =
            (struct table_column){.title = columns->items[i].title,
                                  .cut = !columns_is(&columns->items[i], "serial_number")};
    }
    table_init(&table->options, output, options, LIST_COUNT(options), false);
    table_init(&table->assets, output, table->asset_columns, columns->count, false);
    table_init(&table->unmatched, output, unmatched, LIST_COUNT(unmatched), true);
    table_init(&table->coverage, output, coverage, LIST_COUNT(coverage), true);
    table_init(&table->problems, output, problems, LIST_COUNT(problems), true);
    return &table->sink;
}
