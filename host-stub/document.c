/*
 * document.c - one document that the plugin emitted, checked against the rules of the interface.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "document.h"

#include <string.h>

#include "json_text.h"

const char *document_parse(struct document *document, struct span text)
{
    struct json_object_iterator first, end;
    json_object *root = NULL;
    const char *fault;

    if (text.bytes == NULL || text.size == 0) {
        return "is empty";
    }
    if (memchr(text.bytes, '\n', text.size) != NULL ||
        memchr(text.bytes, '\r', text.size) != NULL) {
        return "holds a line break";
    }
    fault = json_text_parse(text, JSON_GRAMMAR_VALUES_MAX, &root, NULL);
    if (fault != NULL) {
        return fault;
    }
    if (!json_object_is_type(root, json_type_object)) {
        json_object_put(root);
        return "is no JSON object";
    }
    /* The kind must be the first member, so that a reader of a stream knows it before the rest. */
    first = json_object_iter_begin(root);
    end = json_object_iter_end(root);
    if (json_object_iter_equal(&first, &end) ||
        strcmp(json_object_iter_peek_name(&first), "kind") != 0 ||
        !json_object_is_type(json_object_iter_peek_value(&first), json_type_string)) {
        json_object_put(root);
        return "does not begin with its kind";
    }
    *document = (struct document){text, json_text_of(root, "kind").bytes, root};
    return NULL;
}
