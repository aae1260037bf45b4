/*
 * put.h - writes a member of a document into a sentence for a person.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_PUT_H
#define HOST_STUB_PUT_H

#include <json-c/json.h>
#include <stdio.h>

/*
 * Writes `before`, a constant, then the member, which is untrusted and passes escape_terminal(): a
 * list as "a, b", an object as "key 1, key 2", a missing or empty one as "none".
 */
void put_member(FILE *stream, const char *before, json_object *object, const char *name);

/* As put_member(), but writes nothing, not even `before`, if the member is missing or empty. */
void put_member_if(FILE *stream, const char *before, json_object *object, const char *name);

/* Writes the texts of a list, which are untrusted too, one per line, each after `before`. */
void put_lines(FILE *stream, const char *before, json_object *list);

#endif
