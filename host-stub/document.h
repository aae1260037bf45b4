/*
 * document.h - one document that the plugin emitted, checked against the rules of the interface.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_DOCUMENT_H
#define HOST_STUB_DOCUMENT_H

#include <json-c/json.h>

#include "span.h"

struct document {
    struct span text; /* exactly as emitted; belongs to the plugin */
    const char *kind;
    json_object *root; /* to be released with json_object_put() */
};

/*
 * Checks and parses a document. Returns NULL, or what is wrong, as the end of a sentence: "is not
 * JSON". The document is valid as long as `text`.
 */
const char *document_parse(struct document *document, struct span text);

#endif
