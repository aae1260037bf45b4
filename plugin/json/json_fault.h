/*
 * json_fault.h - faults of JSON text and of the tree that is built from it.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef JSON_FAULT_H
#define JSON_FAULT_H

enum json_fault {
    JSON_OK,
    JSON_SYNTAX,    /* not JSON, or malformed */
    JSON_TRUNCATED, /* ended before the value was complete; also empty input */
    JSON_DEPTH,
    JSON_BYTES, /* text longer than text_max_bytes */
    JSON_TREE,  /* the tree would exceed tree_max_bytes */
    JSON_MEMORY,
    JSON_REFUSED, /* the receiver of the rows took one with an error */
};
#endif
