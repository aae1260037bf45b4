/*
 * sink_csv.c - the assets as CSV [RFC 4180], with Hector's terms as titles.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>

#include "escape.h"
#include "json_text.h"
#include "sink.h"

struct sink_csv {
    struct sink sink;
    struct output *output;
    struct console *console;
    const struct columns *columns;
    bool titled;
    bool failed; /* the run delivered nothing usable */
    bool warned; /* a warning about an attribute without a column was logged */
};

static void sink_csv_titles(struct sink_csv *csv)
{
    FILE *stream = csv->output->stream;

    for (size_t i = 0; i < csv->columns->count; i++) {
        const char *title = csv->columns->items[i].title;

        if (i > 0)
            (void)fputc(',', stream);
        escape_csv(stream, (struct span){title, strlen(title)});
    }
    (void)fputs("\r\n", stream);
    csv->titled = true;
}

/*
 * Writes a value. Only a text can be a formula: the number -70 must stay a number in a spreadsheet.
 */
static void sink_csv_value(FILE *stream, json_object *value)
{
    const struct span text = json_text_value(value);

    if (json_object_is_type(value, json_type_int) || json_object_is_type(value, json_type_double))
        (void)fwrite(text.bytes, 1, text.size, stream);
    else
        escape_csv(stream, text);
}

/*
 * Warns once if an asset has a value without a column. Not for the serial number, which every asset
 * has.
 */
static void sink_csv_warn(struct sink_csv *csv, json_object *attributes)
{
    static const char sentence[] = "assets carry attributes that were not asked for: they have no "
                                   "column";
    struct json_object_iterator at;
    struct json_object_iterator end;

    if (csv->warned || !json_object_is_type(attributes, json_type_object))
        return;
    at = json_object_iter_begin(attributes);
    end = json_object_iter_end(attributes);
    for (; !csv->warned && !json_object_iter_equal(&at, &end); json_object_iter_next(&at)) {
        const char *name = json_object_iter_peek_name(&at);

        csv->warned = strcmp(name, "serial_number") != 0 && !columns_show(csv->columns, name);
    }
    if (csv->warned)
        console_log(csv->console, HECTOR_LOG_WARNING, (struct span){sentence, strlen(sentence)});
}

static void sink_csv_asset(struct sink_csv *csv, json_object *asset)
{
    FILE *stream = csv->output->stream;

    if (!csv->titled)
        sink_csv_titles(csv);
    for (size_t i = 0; i < csv->columns->count; i++) {
        if (i > 0)
            (void)fputc(',', stream);
        sink_csv_value(stream, columns_value(&csv->columns->items[i], asset));
    }
    (void)fputs("\r\n", stream);
    sink_csv_warn(csv, json_text_member(asset, "attributes"));
}

/* Logs a problem, because a table of assets has no place for it. */
static void sink_csv_problem(struct sink_csv *csv, json_object *problem)
{
    const struct span message = json_text_of(problem, "message");

    if (json_text_is(problem, "severity", "error"))
        console_log(csv->console, HECTOR_LOG_ERROR, message);
    else if (json_text_is(problem, "severity", "warning"))
        console_log(csv->console, HECTOR_LOG_WARNING, message);
    else
        console_log(csv->console, HECTOR_LOG_INFO, message);
}

static int sink_csv_document(struct sink *sink, const struct document *document)
{
    struct sink_csv *csv = (struct sink_csv *)sink;

    if (strcmp(document->kind, "asset") == 0)
        sink_csv_asset(csv, document->root);
    else if (strcmp(document->kind, "problem") == 0)
        sink_csv_problem(csv, document->root);
    else if (strcmp(document->kind, "summary") == 0)
        csv->failed = !json_text_is(document->root, "outcome", "ok") &&
                      !json_text_is(document->root, "outcome", "partial");
    return output_status(csv->output);
}

static int sink_csv_finish(struct sink *sink)
{
    struct sink_csv *csv = (struct sink_csv *)sink;

    if (!csv->titled && !csv->failed)
        sink_csv_titles(csv);
    return output_status(csv->output);
}

static void sink_csv_free(struct sink *sink)
{
    free(sink);
}

struct sink *sink_csv_new(struct output *output, struct console *console,
                          const struct columns *columns)
{
    struct sink_csv *csv = calloc(1, sizeof(*csv));

    if (csv == NULL)
        return NULL;
    csv->sink = (struct sink){sink_csv_document, sink_csv_finish, NULL, sink_csv_free};
    csv->output = output;
    csv->console = console;
    csv->columns = columns;
    return &csv->sink; /* analyzer: no leak, it is the first member */
}
