/*
 * put.h - writes members of a document into sentences for a person.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_PUT_H
#define HOST_STUB_PUT_H

#include <json-c/json.h>
#include <stdio.h>

/*
 * Writes `format`, a constant, in which {name} stands for the member of that name: a list as "a,
 * b", an object as "key 1, key 2", a missing or empty one as "none". <...> is omitted if the first
 * member in it is missing or empty. Members are untrusted and pass escape_terminal().
 */
void put_members(FILE *stream, const char *format, json_object *object);

/* As put_members(), for each object of a list. */
void put_each(FILE *stream, const char *format, json_object *list);

/*
 * Writes the texts of a list, which are untrusted too, one per line, each after `before`, below a
 * title; nothing for an empty list.
 */
void put_lines(FILE *stream, const char *title, const char *before, json_object *list);

#endif
