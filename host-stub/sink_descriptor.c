/*
 * sink_descriptor.c - keeps the descriptor, for the labels of columns.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>

#include "sink.h"

struct sink_descriptor {
    struct sink sink;
    json_object **descriptor; /* belongs to the caller of sink_descriptor_new() */
};

static int sink_descriptor_document(struct sink *sink, const struct document *document)
{
    const struct sink_descriptor *keeper = (struct sink_descriptor *)sink;

    if (strcmp(document->kind, "descriptor") == 0) {
        json_object_put(*keeper->descriptor);
        *keeper->descriptor = json_object_get(document->root);
    }
    return 0;
}

static int sink_descriptor_finish(struct sink *sink)
{
    (void)sink; /* nothing is buffered */
    return 0;
}

static void sink_descriptor_free(struct sink *sink)
{
    free(sink);
}

struct sink *sink_descriptor_new(json_object **ret_descriptor)
{
    struct sink_descriptor *keeper = calloc(1, sizeof(*keeper));

    if (keeper == NULL)
        return NULL;
    keeper->sink =
        (struct sink){sink_descriptor_document, sink_descriptor_finish, NULL, sink_descriptor_free};
    keeper->descriptor = ret_descriptor;
    return &keeper->sink; /* analyzer: no leak, it is the first member */
}
