/*
 * json_grammar.h - checks that bytes are JSON, strictly as in RFC 8259. Part of json_text.
 * SPDX-License-Identifier: Apache-2.0
 *
 * json-c accepts more (trailing commas, nan, 01), and what its strict mode rejects depends on the
 * version: in 0.18, every byte beyond ASCII.
 */
#ifndef HOST_STUB_JSON_GRAMMAR_H
#define HOST_STUB_JSON_GRAMMAR_H

#include "span.h"

/*
 * Checks that the text is one JSON value within these limits. Returns NULL; or what is wrong, as
 * the end of a sentence: "is not JSON". Then *ret_at is the byte offset of the error.
 */
const char *json_grammar_check(struct span text, size_t values_max, size_t *ret_at);

#endif
