/*
 * put.h - a member of a document into a sentence for a person.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_PUT_H
#define HOST_STUB_PUT_H

#include <json-c/json.h>
#include <stdio.h>

/*
 * Writes `before`, which is ours, then the member, which is not and goes through escape_terminal():
 * a list as "a, b", an object as "key 1, key 2", nothing as "none".
 */
void put_member(FILE *stream, const char *before, json_object *object, const char *name);

/* The same; but nothing at all, not even `before`, where the member is missing or empty. */
void put_member_if(FILE *stream, const char *before, json_object *object, const char *name);

/* Writes the texts of a list, which come from the plugin, too, one a line, each behind `before`. */
void put_lines(FILE *stream, const char *before, json_object *list);

#endif
