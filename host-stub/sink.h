/*
 * sink.h - a sink receives the documents of one call: one kind for each output format.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_SINK_H
#define HOST_STUB_SINK_H

#include <stdlib.h>

#include "columns.h"
#include "console.h"
#include "hector/integration.h"
#include "output.h"

/* A document that the plugin emitted, checked against the rules of the interface. */
struct document {
    struct span text; /* exactly as emitted; belongs to the plugin */
    const char *kind;
    json_object *root; /* to be released with json_object_put() */
};

struct sink {
    /* Handles one document, which is borrowed. output_status() says whether that failed. */
    void (*document)(struct sink *sink, const struct document *document);
    /* Writes buffered output after the operation. output_status() says whether that failed. */
    void (*finish)(struct sink *sink);
    /* Shows why the operation failed, if no summary does. NULL = not supported. */
    void (*failure)(struct sink *sink, const struct hector_error *error);
    /* Frees what the sink holds. NULL = nothing. */
    void (*release)(struct sink *sink);
    struct output *output;
};

/* A sink with this content; NULL without memory. */
static inline void *sink_new(const void *content, size_t size)
{
    void *sink = malloc(size);

    return sink != NULL ? memcpy(sink, content, size) : NULL;
}

/* Frees a sink, also without finish(); NULL = nothing. */
static inline void sink_free(struct sink *sink)
{
    if (sink != NULL && sink->release != NULL) {
        sink->release(sink);
    }
    free(sink);
}

/* Each function returns NULL without memory. The arguments are borrowed until the sink is freed. */

/* Writes the documents unchanged: as one array or, with `lines`, one per line, each at once. */
struct sink *sink_json_new(struct output *output, bool lines);

/* Writes a row for each asset. Problems go to the console. */
struct sink *sink_csv_new(struct output *output, struct console *console,
                          const struct columns *columns);

/*
 * Writes the documents in readable form, as aligned tables; `columns` are those of the assets.
 * `lists_only`: of a descriptor, only the settings that have a list of values.
 */
struct sink *sink_table_new(struct output *output, const struct columns *columns, bool lists_only);

/*
 * The exchanges of a sync as a bundle: a folder of that name, which must not be there yet, made
 * when the sync has ended. What names appliances, people and places is replaced in it
 * (anonymise.h). Where it cannot be made, output->error says so at once.
 */
struct sink *sink_record_new(struct output *output, const char *path, const struct secrets *secrets,
                             json_object *settings);

#endif
