/*
 * json_fault.h - what is wrong with JSON text, or with a tree that grows from it.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef JSON_FAULT_H
#define JSON_FAULT_H

enum json_fault {
    JSON_OK,
    JSON_SYNTAX,    /* not JSON at all, or broken in the middle */
    JSON_TRUNCATED, /* ended before the value was complete; empty input too */
    JSON_DEPTH,
    JSON_BYTES, /* longer than text_max_bytes */
    JSON_TREE,  /* the tree would pass tree_max_bytes */
    JSON_MEMORY,
};
#endif
