/*
 * records.h - documents that json-c has parsed: what hector_conclude() looks at, what a host keeps.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The texts in the records belong to the documents, which must outlive them; the lists belong to
 * the caller, who releases them. The process ends when memory runs out.
 */
#ifndef RECORDS_H
#define RECORDS_H

#include <json-c/json.h>

#include "hector/conclude.h"

/* Of a run: an array of its documents, of all kinds and in any order. */
struct hector_run_record records_of_run(struct json_object *run);
void records_release_run(struct hector_run_record *record);

/* Of an `asset` document, which has the aliases of its scope. */
struct hector_asset_record records_of_asset(struct json_object *asset);
void records_release_asset(struct hector_asset_record *record);

/* Each document that names a scope gets the `aliases` of that scope, so that a host has both. */
void records_add_aliases(struct json_object *run);

/*
 * Brings a former run up to date by a later one as conclude.h says, before a host asks: serial
 * numbers of the source, and names and aliases of scopes in all documents. Runs of two sources
 * leave each other as they are. What points into the former run is void.
 */
void records_follow(struct json_object *former, struct json_object *later);

/*
 * The document `now` of an asset gets what the `kept` one knows and this run does not: place, title
 * and manager when it is uncertain, the serial numbers of the same manager.
 */
void records_merge(struct json_object *now, struct json_object *kept, bool uncertain);

/* A text, or true, of a member; NULL, or false, when the document has no such member. */
const char *records_text(struct json_object *document, const char *member);
bool records_flag(struct json_object *document, const char *member);
#endif
