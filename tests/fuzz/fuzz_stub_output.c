/*
 * fuzz_stub_output.c - documents of a plugin through each format of the stub.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: a letter (n: NDJSON, N: on a terminal; j: JSON, J: on a terminal; c: CSV; T: a table
 * on a narrow terminal; l: a table with the columns that the next line names; else a table), then
 * the documents, one a line.
 */
#include <stdlib.h>
#include <string.h>

#include "host-stub/call.h"
#include "host-stub/columns.h"
#include "host-stub/json_text.h"
#include "host-stub/sink.h"
#include "output_text.h"

static void check_ndjson(const struct output_text *out, size_t documents)
{
    struct fuzz_input text = {out->bytes, out->size}, line;
    size_t lines = 0;

    while (fuzz_line(&text, &line)) {
        struct json_object *document = fuzz_parse(line.at, line.size);

        FUZZ_CHECK(json_object_is_type(document, json_type_object));
        json_object_put(document);
        lines++;
    }
    FUZZ_CHECK(lines == documents);
}

static void check_json(const struct output_text *out, size_t documents)
{
    /* The text ends with a line feed. */
    struct json_object *array = fuzz_parse(out->bytes, out->size - 1);

    FUZZ_CHECK(json_object_is_type(array, json_type_array));
    FUZZ_CHECK(json_object_array_length(array) == documents);
    json_object_put(array);
}

/* Each row has as many columns as the first, and no cell is a formula: a number may be negative.
 * The output of a failed run may have no row. */
static void check_csv(const struct output_text *out)
{
    struct csv csv;
    size_t columns = 0, column = 0, rows = 0;

    FUZZ_CHECK(fuzz_is_utf8(out->bytes, out->size));
    csv_begin(&csv, out->bytes, out->size);
    while (csv_next(&csv)) {
        bool number = csv.cell[0] == '-' && csv.cell[1] != '\0' &&
                      csv.cell[strspn(csv.cell, "-+.0123456789eE")] == '\0';

        FUZZ_CHECK(number || !csv_is_formula(csv.cell));
        FUZZ_CHECK(!csv_is_formula_within(csv.cell));
        column++;
        if (csv.ends_row) {
            columns = rows++ == 0 ? column : columns;
            FUZZ_CHECK(column == columns);
            column = 0;
        }
    }
    FUZZ_CHECK(column == 0);
    csv_end(&csv);
}

/* Chooses the columns of `list`, or without a list the default ones; false when the list is
 * invalid. */
static bool choose(struct columns *columns, enum format format, const char *list,
                   json_object *settings, json_object *descriptor)
{
    const struct arguments arguments = {.format = format, .columns = list};
    struct message message = {""};
    int result = columns_choose(columns, &arguments, settings, descriptor, &message);

    FUZZ_CHECK(memchr(message.text, '\0', sizeof(message.text)) != NULL);
    FUZZ_CHECK((result == 0) == (message.text[0] == '\0'));
    for (size_t i = 0; result == 0 && i < columns->count; i++) {
        FUZZ_CHECK(columns->items[i].title != NULL && columns->items[i].member != NULL);
    }
    FUZZ_CHECK(result == 0 ? columns->count > 0 : list != NULL);
    return result == 0;
}

static json_object *constant(const char *text)
{
    json_object *value = NULL;

    FUZZ_CHECK(json_text_parse((struct span){text, strlen(text)}, JSON_GRAMMAR_VALUES_MAX, &value,
                               NULL) == NULL);
    return value;
}

static size_t feed(struct sink *sink, struct fuzz_input input)
{
    struct fuzz_input line;
    size_t documents = 0;

    while (fuzz_line(&input, &line)) {
        char *text = fuzz_text(line);
        struct document document = {0};

        if (call_parse(&document, (struct span){text, line.size}) == NULL) {
            FUZZ_CHECK(document.kind != NULL);
            sink->document(sink, &document);
            FUZZ_CHECK(output_status(sink->output) == 0);
            json_object_put(document.root);
            documents++;
        } else {
            FUZZ_CHECK(document.root == NULL);
        }
        free(text);
    }
    return documents;
}

static void check_output(unsigned char letter, struct fuzz_input input,
                         const struct columns *columns)
{
    struct output_text out, reported;
    struct output output = {.terminal = letter == 'N' || letter == 'J' || letter == 'T'};
    static const struct secrets none;
    struct console console = {.secrets = &none, .log_level = HECTOR_LOG_DEBUG};
    struct sink *sink;
    size_t documents;

    if (letter == 'T') {
        output.columns = 60;
        output.ellipsis = "...";
    }
    output_text_open(&out);
    output_text_open(&reported);
    output.stream = out.stream;
    console.stream = reported.stream;
    switch (letter) {
    case 'n':
    case 'N': sink = sink_json_new(&output, true); break;
    case 'j':
    case 'J': sink = sink_json_new(&output, false); break;
    case 'c': sink = sink_csv_new(&output, &console, columns); break;
    default: sink = sink_table_new(&output, columns, false); break;
    }
    FUZZ_CHECK(sink != NULL);
    documents = feed(sink, input);
    sink->finish(sink);
    FUZZ_CHECK(output_status(&output) == 0);
    sink_free(sink);
    output_text_close(&out);
    output_text_close(&reported);
    output_text_check_shown(&reported, "\n");
    output_text_check_visible(&reported);
    if (output.terminal) {
        output_text_check_shown(&out, "\n\t");
    }
    switch (letter) {
    case 'n':
    case 'N': check_ndjson(&out, documents); break;
    case 'j':
    case 'J': check_json(&out, documents); break;
    case 'c': check_csv(&out); break;
    default:
        output_text_check_shown(&out, "\n");
        output_text_check_visible(&out);
        break;
    }
    output_text_release(&out);
    output_text_release(&reported);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = {(const char *)data, size}, line;
    unsigned char letter = fuzz_byte(&input);
    json_object *settings = constant("{\"attributes\":[\"serial_number\",\"name\",7]}");
    json_object *descriptor = constant("{\"attributes\":[{\"id\":\"name\",\"label\":\"Name\"}]}");
    struct columns columns;
    char *list = letter == 'l' && fuzz_line(&input, &line) ? fuzz_text(line) : NULL;

    if (choose(&columns, letter == 'c' ? FORMAT_CSV : FORMAT_TABLE, list, settings, descriptor)) {
        check_output(letter, input, &columns);
    }
    free(list);
    json_object_put(descriptor);
    json_object_put(settings);
    return 0;
}
