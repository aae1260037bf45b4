/*
 * sink.h - where the documents of one call go: one kind of sink for each format.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_SINK_H
#define HOST_STUB_SINK_H

#include "columns.h"
#include "console.h"
#include "document.h"
#include "hector/integration.h"
#include "output.h"

struct sink {
    /* Takes one document, which it only borrows. 0, or -1: it could not be kept or written. */
    int (*document)(struct sink *sink, const struct document *document);
    /* Writes what was held back, once the operation returned. 0 or -1. */
    int (*finish)(struct sink *sink);
    /* Takes why the operation failed, when no summary says so; NULL = it does not show it. */
    void (*failure)(struct sink *sink, const struct hector_error *error);
    /* Frees the sink, finished or not. */
    void (*free)(struct sink *sink);
};

/* Each returns NULL without memory, and borrows what it is given until it is freed. */

/* The documents as they are, one a line, each at once. */
struct sink *sink_ndjson_new(struct output *output);

/* One array of all documents. */
struct sink *sink_json_new(struct output *output);

/* A row for each asset. Problems go to the console. */
struct sink *sink_csv_new(struct output *output, struct console *console,
                          const struct columns *columns);

/*
 * For a person: what the documents say, aligned; `columns` are those of the assets. `lists_only`:
 * of a descriptor, only the settings that have a list of values.
 */
struct sink *sink_table_new(struct output *output, const struct columns *columns, bool lists_only);

/* Writes nothing, but keeps the descriptor, which whoever made the sink puts back. */
struct sink *sink_descriptor_new(json_object **ret_descriptor);

/*
 * The exchanges of a sync as a bundle: a folder of that name, which must not be there yet, made
 * when the sync has ended. What names appliances, people and places is replaced in it
 * (anonymise.h).
 */
struct sink *sink_record_new(struct output *output, const char *path, const struct secrets *secrets,
                             json_object *settings);

#endif
