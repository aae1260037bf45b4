/*
 * document.c - one document that the plugin emitted, checked against the rules of the interface.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "document.h"

#include <string.h>

#include "json_text.h"

/*
 * Returns the kind, which must be the first member, so that a reader of a stream knows it before
 * the rest; NULL = it is not.
 */
static const char *document_kind(json_object *root)
{
    struct json_object_iterator first = json_object_iter_begin(root);
    const struct json_object_iterator end = json_object_iter_end(root);

    if (json_object_iter_equal(&first, &end) ||
        strcmp(json_object_iter_peek_name(&first), "kind") != 0 ||
        !json_object_is_type(json_object_iter_peek_value(&first), json_type_string)) {
        return NULL;
    }
    return json_object_get_string(json_object_iter_peek_value(&first));
}

const char *document_parse(struct document *document, struct span text)
{
    json_object *root = NULL;
    const char *fault;

    if (text.bytes == NULL || text.size == 0) {
        return "is empty";
    }
    if (memchr(text.bytes, '\n', text.size) != NULL ||
        memchr(text.bytes, '\r', text.size) != NULL) {
        return "holds a line break";
    }
    fault = json_text_parse(text, &root, NULL);
    if (fault != NULL) {
        return fault;
    }
    *document = (struct document){text, NULL, root};
    if (!json_object_is_type(root, json_type_object)) {
        fault = "is no JSON object";
    } else if ((document->kind = document_kind(root)) == NULL) {
        fault = "does not begin with its kind";
    }
    if (fault != NULL) {
        document_release(document);
    }
    return fault;
}

void document_release(struct document *document)
{
    json_object_put(document->root);
    document->root = NULL;
}
