/*
 * sink_csv.c - the assets as CSV (RFC 4180), under the words that Hector uses.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>

#include "escape.h"
#include "json_text.h"
#include "sink.h"

/* It has its column already, as the synchronization key. */
#define SINK_CSV_KEY "serial_number"

struct sink_csv {
    struct sink sink;
    struct output *output;
    struct console *console;
    json_object *chosen;    /* ids of attributes; not ours */
    json_object *catalogue; /* of the descriptor */
    bool titled;
    bool failed; /* the run delivered nothing that may be used */
    bool warned; /* of an attribute without a column, once */
};

static const char *sink_csv_id(const struct sink_csv *csv, size_t index)
{
    json_object *id = json_object_array_get_idx(csv->chosen, index);

    if (!json_object_is_type(id, json_type_string) ||
        strcmp(json_object_get_string(id), SINK_CSV_KEY) == 0)
        return NULL;
    return json_object_get_string(id);
}

/* The label under which Hector shows the attribute; one that the catalogue lacks keeps its id. */
static struct span sink_csv_label(const struct sink_csv *csv, const char *id)
{
    const size_t count = json_text_count(csv->catalogue);

    for (size_t i = 0; i < count; i++) {
        json_object *attribute = json_object_array_get_idx(csv->catalogue, i);

        if (json_text_is(attribute, "id", id))
            return json_text_of(attribute, "label");
    }
    return (struct span){id, strlen(id)};
}

static void sink_csv_titles(struct sink_csv *csv)
{
    FILE *stream = csv->output->stream;
    const size_t count = json_text_count(csv->chosen);

    (void)fputs("Category,Maker,Part,Title,Serial Number", stream);
    for (size_t i = 0; i < count; i++) {
        const char *id = sink_csv_id(csv, i);

        if (id != NULL) {
            (void)fputc(',', stream);
            escape_csv(stream, sink_csv_label(csv, id));
        }
    }
    (void)fputs("\r\n", stream);
    csv->titled = true;
}

/* Only a text can be a formula: -70 is a number to a spreadsheet, and shall stay one. */
static void sink_csv_value(FILE *stream, json_object *value)
{
    const struct span text = json_text_value(value);

    if (json_object_is_type(value, json_type_int) || json_object_is_type(value, json_type_double))
        (void)fwrite(text.bytes, 1, text.size, stream);
    else
        escape_csv(stream, text);
}

/* A value that falls out of the table must not do so in silence. */
static void sink_csv_warn(struct sink_csv *csv, json_object *attributes, size_t written)
{
    static const char sentence[] =
        "assets carry attributes that the setting attributes does not name: they have no column";

    if (csv->warned || !json_object_is_type(attributes, json_type_object) ||
        (size_t)json_object_object_length(attributes) <= written)
        return;
    csv->warned = true;
    console_log(csv->console, HECTOR_LOG_WARNING, (struct span){sentence, strlen(sentence)});
}

static void sink_csv_asset(struct sink_csv *csv, json_object *asset)
{
    FILE *stream = csv->output->stream;
    json_object *part = json_text_member(asset, "part");
    json_object *attributes = json_text_member(asset, "attributes");
    const size_t count = json_text_count(csv->chosen);
    size_t written = json_text_member(attributes, SINK_CSV_KEY) != NULL ? 1 : 0;

    if (!csv->titled)
        sink_csv_titles(csv);
    escape_csv(stream, json_text_of(json_text_member(asset, "category"), "label"));
    (void)fputc(',', stream);
    escape_csv(stream, json_text_of(part, "maker"));
    (void)fputc(',', stream);
    escape_csv(stream, json_text_of(part, "model"));
    (void)fputc(',', stream);
    escape_csv(stream, json_text_of(asset, "title"));
    (void)fputc(',', stream);
    escape_csv(stream, json_text_of(asset, "sync_key"));
    for (size_t i = 0; i < count; i++) {
        const char *id = sink_csv_id(csv, i);
        json_object *value = id != NULL ? json_text_member(attributes, id) : NULL;

        if (id != NULL)
            (void)fputc(',', stream);
        if (value != NULL) {
            sink_csv_value(stream, value);
            written++;
        }
    }
    (void)fputs("\r\n", stream);
    sink_csv_warn(csv, attributes, written);
}

/* A table of assets has no place for problems: they go where messages go. */
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

    if (strcmp(document->kind, "descriptor") == 0) {
        json_object_put(csv->catalogue);
        csv->catalogue = json_object_get(json_text_member(document->root, "attributes"));
    } else if (strcmp(document->kind, "asset") == 0)
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
    json_object_put(((struct sink_csv *)sink)->catalogue);
    free(sink);
}

struct sink *sink_csv_new(struct output *output, struct console *console, json_object *settings)
{
    struct sink_csv *csv = calloc(1, sizeof(*csv));

    if (csv == NULL)
        return NULL;
    csv->sink = (struct sink){sink_csv_document, sink_csv_finish, NULL, sink_csv_free};
    csv->output = output;
    csv->console = console;
    csv->chosen = json_text_member(settings, "attributes");
    return &csv->sink; /* analyzer: no leak, it is the first member */
}
