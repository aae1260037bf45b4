/*
 * records.h - what hector_conclude() looks at, out of documents that json-c has parsed.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The texts in the records belong to the documents, which must outlive them; the lists belong to
 * the caller, who releases them. Both functions end the process when memory runs out.
 */
#ifndef RECORDS_H
#define RECORDS_H

#include <json-c/json.h>

#include "hector/conclude.h"

/* Of a run: an array of its documents, of all kinds, as they were emitted. */
struct hector_run_record records_of_run(struct json_object *run);
void records_release_run(struct hector_run_record *record);

/* Of an `asset` document, to which the host has added the `aliases` of its scope. */
struct hector_asset_record records_of_asset(struct json_object *asset);
void records_release_asset(struct hector_asset_record *record);

/*
 * When two runs, arrays of documents, are of one source, the `source` document of the former gets
 * the serial numbers of the later one, too: a system whose members are replaced one by one stays
 * the same source.
 */
void records_join_source(struct json_object *former, struct json_object *later);

/* A text, or true, of a member; NULL, or false, when the document has no such member. */
const char *records_text(struct json_object *document, const char *member);
bool records_flag(struct json_object *document, const char *member);
#endif
