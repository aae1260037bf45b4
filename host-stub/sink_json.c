/*
 * sink_json.c - the documents as JSON: one per line (NDJSON), or one array of all.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "escape.h"
#include "json_text.h"
#include "list.h"
#include "sink.h"

struct sink_json {
    struct sink sink;
    bool lines;  /* one document per line, no array */
    bool opened; /* the array has begun */
};

/*
 * Writes a document as emitted. For a terminal, characters that JSON allows but a terminal would
 * interpret are escaped.
 */
static void sink_json_document(struct sink *sink, const struct document *document)
{
    struct sink_json *json = (struct sink_json *)sink;
    const struct span text = document->text;
    FILE *stream = sink->output->stream;

    (void)fputs(json->lines ? "" : json->opened ? ",\n" : "[\n", stream);
    json->opened = true;
    if (sink->output->terminal) {
        escape_json(stream, text);
    } else {
        (void)fwrite(text.bytes, 1, text.size, stream);
    }
    if (json->lines) {
        (void)fputc('\n', stream);
        output_flush(sink->output);
    }
}

static void sink_json_finish(struct sink *sink)
{
    const struct sink_json *json = (struct sink_json *)sink;

    if (!json->lines) {
        (void)fputs(json->opened ? "\n]\n" : "[]\n", sink->output->stream);
    }
}

/* Writes a document of the stub's own, whose kind "error" no plugin uses. */
static void sink_json_failure(struct sink *sink, const struct hector_error *error)
{
    const struct {
        const char *name, *text;
    } members[] = {{"kind", "error"},
                   {"reason", error->reason},
                   {"field", error->field},
                   {"message", error->message},
                   {"detail", error->detail}};
    json_object *root = json_object_new_object();
    struct document document = {.kind = "error", .root = root};

    for (size_t i = 0; i < LIST_COUNT(members); i++) {
        if (members[i].text[0] != '\0') {
            json_text_add(root, members[i].name, json_object_new_string(members[i].text));
        }
    }
    document.text = json_text_value(root);
    if (!json_text_lost()) {
        sink->document(sink, &document);
    }
    json_object_put(root);
}

struct sink *sink_json_new(struct output *output, bool lines)
{
    const struct sink_json json = {
        .sink = {sink_json_document, sink_json_finish, sink_json_failure, NULL, output},
        .lines = lines};

    return sink_new(&json, sizeof(json));
}
