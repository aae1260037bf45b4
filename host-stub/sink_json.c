/*
 * sink_json.c - the documents as JSON: one per line (NDJSON), or one array of all.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>

#include "escape.h"
#include "json_text.h"
#include "sink.h"

struct sink_json {
    struct sink sink;
    struct output *output;
    bool opened; /* the array has begun */
};

/*
 * Writes a document as emitted. For a terminal, characters that JSON allows but a terminal would
 * interpret are escaped.
 */
static void sink_json_write(const struct sink_json *json, const struct document *document)
{
    if (json->output->terminal)
        escape_json(json->output->stream, document->text);
    else
        (void)fwrite(document->text.bytes, 1, document->text.size, json->output->stream);
}

static int sink_ndjson_document(struct sink *sink, const struct document *document)
{
    struct sink_json *json = (struct sink_json *)sink;

    sink_json_write(json, document);
    (void)fputc('\n', json->output->stream);
    return output_flush(json->output);
}

static int sink_json_document(struct sink *sink, const struct document *document)
{
    struct sink_json *json = (struct sink_json *)sink;

    (void)fputs(json->opened ? ",\n" : "[\n", json->output->stream);
    json->opened = true;
    sink_json_write(json, document);
    return output_status(json->output);
}

static int sink_ndjson_finish(struct sink *sink)
{
    return output_status(((struct sink_json *)sink)->output);
}

static int sink_json_finish(struct sink *sink)
{
    struct sink_json *json = (struct sink_json *)sink;

    (void)fputs(json->opened ? "\n]\n" : "[]\n", json->output->stream);
    return output_status(json->output);
}

/* Writes a document of the stub's own, whose kind "error" no plugin uses. */
static void sink_json_failure(struct sink *sink, const struct hector_error *error)
{
    json_object *root = json_object_new_object();
    struct document document = {.kind = "error", .root = root};
    const struct {
        const char *name, *text;
    } members[] = {{"kind", "error"},
                   {"reason", error->reason},
                   {"field", error->field},
                   {"message", error->message},
                   {"detail", error->detail}};
    bool whole = root != NULL;

    for (size_t i = 0; whole && i < sizeof(members) / sizeof(members[0]); i++) {
        json_object *text = json_object_new_string(members[i].text);

        whole = members[i].text[0] == '\0' ||
                (text != NULL && json_object_object_add(root, members[i].name, text) == 0);
        if (!whole || members[i].text[0] == '\0')
            json_object_put(text);
    }
    document.text = json_text_value(root);
    if (whole && document.text.size > 0)
        (void)sink->document(sink, &document); /* output->error keeps a failure */
    json_object_put(root);
}

static void sink_json_free(struct sink *sink)
{
    free(sink);
}

struct sink *sink_ndjson_new(struct output *output)
{
    struct sink_json *json = calloc(1, sizeof(*json));

    if (json == NULL)
        return NULL;
    json->sink =
        (struct sink){sink_ndjson_document, sink_ndjson_finish, sink_json_failure, sink_json_free};
    json->output = output;
    return &json->sink; /* analyzer: no leak, it is the first member */
}

struct sink *sink_json_new(struct output *output)
{
    struct sink_json *json = calloc(1, sizeof(*json));

    if (json == NULL)
        return NULL;
    json->sink =
        (struct sink){sink_json_document, sink_json_finish, sink_json_failure, sink_json_free};
    json->output = output;
    return &json->sink; /* analyzer: no leak, it is the first member */
}
