/*
 * json_grammar.h - whether bytes are JSON, to the letter of RFC 8259. Part of json_text.
 * SPDX-License-Identifier: Apache-2.0
 *
 * json-c itself takes more (trailing commas, nan, 01), and what its strict mode refuses differs by
 * version: in 0.18, every byte beyond ASCII.
 */
#ifndef HOST_STUB_JSON_GRAMMAR_H
#define HOST_STUB_JSON_GRAMMAR_H

#include "span.h"

/* Objects and arrays in one another. Nesting of any document we know is below 20. */
#define JSON_GRAMMAR_DEPTH 64

/* Values of one text; ours have some hundreds. Thousands of empty objects are megabytes. */
#define JSON_GRAMMAR_VALUES 16384

/* Those of a recorded reply: 8 MiB of text, as the plugin reads it, hold fewer. */
#define JSON_GRAMMAR_VALUES_LARGE 2000000

/*
 * NULL when the text is one JSON value within these limits; or what is wrong with it, as the end of
 * a sentence: "is not JSON". Then *ret_at is the offset where that shows.
 */
const char *json_grammar_check(struct span text, size_t values_max, size_t *ret_at);

#endif
