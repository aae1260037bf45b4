/*
 * document.h - one document as the plugin emitted it, checked against the rules of the border.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_DOCUMENT_H
#define HOST_STUB_DOCUMENT_H

#include <json-c/json.h>

#include "span.h"

struct document {
    struct span text; /* exactly as emitted; the plugin's */
    const char *kind;
    json_object *root;
};

/*
 * Checks and parses a document. Returns NULL, and the document is released by document_release();
 * or what is wrong with it, as the end of a sentence: "is not JSON".
 */
const char *document_parse(struct document *document, struct span text);

void document_release(struct document *document);

#endif
