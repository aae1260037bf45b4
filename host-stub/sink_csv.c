/*
 * sink_csv.c - the assets as CSV [RFC 4180], with Hector's terms as titles.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "escape.h"
#include "json_text.h"
#include "sink.h"

struct sink_csv {
    struct sink sink;
    struct console *console;
    const struct columns *columns;
    bool titled;
    bool failed; /* the run delivered nothing usable */
    bool warned; /* a warning about an attribute without a column was logged */
};

/* Writes the row of an asset, or the titles (NULL). */
static void sink_csv_row(const struct sink_csv *csv, json_object *asset)
{
    FILE *stream = csv->sink.output->stream;

    for (size_t i = 0; i < csv->columns->count; i++) {
        const struct column *column = &csv->columns->items[i];
        json_object *value = asset != NULL ? columns_value(column, asset) : NULL;
        const struct span text = asset != NULL ? json_text_value(value) : span_of(column->title);

        (void)fputs(i > 0 ? "," : "", stream);
        /* Only a text can be a formula: the number -70 must stay a number in a spreadsheet. */
        if (json_object_is_type(value, json_type_int) ||
            json_object_is_type(value, json_type_double)) {
            (void)fwrite(text.bytes, 1, text.size, stream);
        } else {
            escape_csv(stream, text);
        }
    }
    (void)fputs("\r\n", stream);
}

static void sink_csv_titles(struct sink_csv *csv)
{
    if (!csv->titled) {
        sink_csv_row(csv, NULL);
        csv->titled = true;
    }
}

/*
 * Warns once if an asset has a value without a column. Not for the serial number, which every asset
 * has.
 */
static void sink_csv_warn(struct sink_csv *csv, json_object *attributes)
{
    if (csv->warned || !json_object_is_type(attributes, json_type_object)) {
        return;
    }
    json_object_object_foreach(attributes, name, value) {
        (void)value;
        if (strcmp(name, "serial_number") != 0 && !columns_show(csv->columns, name)) {
            csv->warned = true;
            console_log(
                csv->console, HECTOR_LOG_WARNING,
                span_of("assets carry attributes that were not asked for: they have no column"));
            return;
        }
    }
}

static void sink_csv_document(struct sink *sink, const struct document *document)
{
    struct sink_csv *csv = (struct sink_csv *)sink;

    if (strcmp(document->kind, "asset") == 0) {
        sink_csv_titles(csv);
        sink_csv_row(csv, document->root);
        sink_csv_warn(csv, json_text_member(document->root, "attributes"));
    } else if (strcmp(document->kind, "problem") == 0) {
        /* Logged, because a table of assets has no place for it. */
        console_log(csv->console,
                    json_text_is(document->root, "severity", "error")     ? HECTOR_LOG_ERROR
                    : json_text_is(document->root, "severity", "warning") ? HECTOR_LOG_WARNING
                                                                          : HECTOR_LOG_INFO,
                    json_text_of(document->root, "message"));
    } else if (strcmp(document->kind, "summary") == 0) {
        csv->failed = !json_text_is(document->root, "outcome", "ok") &&
                      !json_text_is(document->root, "outcome", "partial");
    }
}

static void sink_csv_finish(struct sink *sink)
{
    struct sink_csv *csv = (struct sink_csv *)sink;

    if (!csv->failed) {
        sink_csv_titles(csv);
    }
}

struct sink *sink_csv_new(struct output *output, struct console *console,
                          const struct columns *columns)
{
    const struct sink_csv csv = {.sink = {sink_csv_document, sink_csv_finish, NULL, NULL, output},
                                 .console = console,
                                 .columns = columns};

    return sink_new(&csv, sizeof(csv));
}
