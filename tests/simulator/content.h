/*
 * content.h - hostile and broken JSON, made from a correct reply.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_CONTENT_H
#define SIMULATOR_CONTENT_H

#include "faults.h"
#include "text.h"

#include <json-c/json.h>

/* Applies a fault to a whole reply. A fault of another kind changes nothing. */
void content_spoil(struct text *reply, enum fault fault);

/* Applies a fault to the `"data": ...` of one param, from `start` to the end of the text. */
void content_spoil_data(struct text *text, size_t start, enum fault fault);

/* Lets `edit` apply a fault to the tree of a reply that is an object or a list. */
typedef void content_edit(struct json_object *body, int fault);
void content_spoil_tree(struct text *reply, content_edit *edit, int fault);

/* The first of a list, as a careless writer gives a list of one; an empty object for none. The
 * caller owns it. */
struct json_object *content_first(struct json_object *list);

#endif
