/*
 * records.h - makes the records of conclude.h from documents parsed by json-c, and updates what a
 * host keeps.
 * SPDX-License-Identifier: Apache-2.0
 *
 * For hosts in C (C11, with json-c) that store each run as an array of its documents. They call:
 *
 *     hector_add_aliases(documents);             once, when the run has ended
 *     hector_update_run(former, documents);      for each run that last emitted a kept asset
 *     hector_run_of(), hector_asset_of()         to get the records for hector_conclude()
 *     hector_find_asset(documents, sync_key)     to find the asset in the new run
 *     hector_merge_asset(now, kept, uncertain);  for an asset that the run emitted
 *
 * The documents MUST conform to schemas/hector. The texts in the records are borrowed from the
 * documents, which must outlive the records; the lists belong to the caller, which releases them.
 * No state; any thread. If memory runs out, these functions abort the process.
 */
#ifndef HECTOR_RECORDS_H
#define HECTOR_RECORDS_H

#include <json-c/json.h>
#include <stdlib.h>

#include "hector/conclude.h"

/* The text of a member; NULL if the document has no such member. */
static inline const char *hector_text(struct json_object *document, const char *member)
{
    return json_object_get_string(json_object_object_get(document, member));
}

/* Whether a member is true; false if the document has no such member. */
static inline bool hector_flag(struct json_object *document, const char *member)
{
    return json_object_get_boolean(json_object_object_get(document, member)) != 0;
}

/* ---- records */

static inline void *hector_list(size_t count, size_t size)
{
    void *list = calloc(count + 1, size);

    if (list == NULL) {
        abort();
    }
    return list;
}

/* The texts of a list (NULL = an empty one). The caller frees the array, not the texts. */
static inline const char **hector_texts(struct json_object *list, size_t *ret_count)
{
    const char **texts;

    *ret_count = list != NULL ? json_object_array_length(list) : 0;
    texts = hector_list(*ret_count, sizeof(*texts));
    for (size_t i = 0; i < *ret_count; i++) {
        texts[i] = json_object_get_string(json_object_array_get_idx(list, i));
    }
    return texts;
}

/* The lists of a run record, each with room for every document. */
struct hector_lists {
    struct hector_scope_record *scopes;
    struct hector_coverage_record *coverages;
    struct hector_skipped_record *skipped;
};

static inline void hector_take_summary(struct hector_run_record *record,
                                       struct json_object *summary)
{
    struct json_object *device_types = json_object_object_get(summary, "device_types");
    struct hector_type_record *types =
        hector_list((size_t)json_object_object_length(device_types), sizeof(*types));

    record->has_summary = true;
    record->scopes_complete = hector_flag(summary, "scopes_complete");
    record->types = types;
    json_object_object_foreach(device_types, name, type) {
        types[record->type_count].device_type = name;
        types[record->type_count++].complete = hector_flag(type, "complete");
    }
}

static inline void hector_take(struct hector_run_record *record, struct hector_lists *lists,
                               struct json_object *document)
{
    const char *kind = hector_text(document, "kind");

    if (hector_is_same(kind, "source")) {
        record->source_id = hector_text(document, "id");
        record->listing_digest = hector_text(document, "listing_digest");
        record->source_serials =
            hector_texts(json_object_object_get(document, "serials"), &record->source_serial_count);
    } else if (hector_is_same(kind, "scope")) {
        struct hector_scope_record *scope = &lists->scopes[record->scope_count++];

        scope->scope = hector_text(document, "scope");
        scope->aliases =
            hector_texts(json_object_object_get(document, "aliases"), &scope->alias_count);
    } else if (hector_is_same(kind, "coverage")) {
        lists->coverages[record->coverage_count++] =
            (struct hector_coverage_record){.scope = hector_text(document, "scope"),
                                            .device_type = hector_text(document, "device_type"),
                                            .complete = hector_flag(document, "complete")};
    } else if (hector_is_same(kind, "skipped")) {
        lists->skipped[record->skipped_count++] =
            (struct hector_skipped_record){.device_type = hector_text(document, "device_type"),
                                           .scope = hector_text(document, "scope"),
                                           .reason = hector_text(document, "reason"),
                                           .subject = hector_text(document, "subject"),
                                           .serial = hector_text(document, "serial")};
    } else if (hector_is_same(kind, "summary")) {
        hector_take_summary(record, document);
    }
}

/*
 * Makes the record of a run from an array of its documents, of all kinds and in any order.
 * hector_release_run() frees it.
 */
static inline struct hector_run_record hector_run_of(struct json_object *run)
{
    size_t count = json_object_array_length(run);
    struct hector_lists lists = {.scopes = hector_list(count, sizeof(*lists.scopes)),
                                 .coverages = hector_list(count, sizeof(*lists.coverages)),
                                 .skipped = hector_list(count, sizeof(*lists.skipped))};
    struct hector_run_record record = {
        .scopes = lists.scopes, .coverages = lists.coverages, .skipped = lists.skipped};

    for (size_t i = 0; i < count; i++) {
        hector_take(&record, &lists, json_object_array_get_idx(run, i));
    }
    return record;
}

static inline void hector_release_run(struct hector_run_record *record)
{
    for (size_t i = 0; i < record->scope_count; i++) {
        free((void *)record->scopes[i].aliases);
    }
    free((void *)record->source_serials);
    free((void *)record->scopes);
    free((void *)record->coverages);
    free((void *)record->skipped);
    free((void *)record->types);
    *record = (struct hector_run_record){.source_id = NULL};
}

/* Finds the `asset` document with this key in an array of documents; NULL = none. Borrowed. */
static inline struct json_object *hector_find_asset(struct json_object *documents,
                                                    const char *sync_key)
{
    struct json_object *document;

    for (size_t i = 0; (document = json_object_array_get_idx(documents, i)) != NULL; i++) {
        if (hector_is_same(hector_text(document, "kind"), "asset") &&
            hector_is_same(hector_text(document, "sync_key"), sync_key)) {
            return document;
        }
    }
    return NULL;
}

/*
 * Makes the record of an `asset` document to which hector_add_aliases() added the aliases of its
 * scope. hector_release_asset() frees it.
 */
static inline struct hector_asset_record hector_asset_of(struct json_object *asset)
{
    struct hector_asset_record record = {.sync_key = hector_text(asset, "sync_key"),
                                         .device_type = hector_text(asset, "device_type"),
                                         .scope = hector_text(asset, "scope"),
                                         .uncertain =
                                             json_object_object_get(asset, "certain") != NULL &&
                                             !hector_flag(asset, "certain")};

    record.aliases = hector_texts(json_object_object_get(asset, "aliases"), &record.alias_count);
    return record;
}

static inline void hector_release_asset(struct hector_asset_record *record)
{
    free((void *)record->aliases);
    *record = (struct hector_asset_record){.sync_key = NULL};
}

/* ---- what a host keeps */

static inline void hector_keep(struct json_object *now, struct json_object *kept,
                               const char *member)
{
    json_object_object_add(now, member, json_object_get(json_object_object_get(kept, member)));
}

/*
 * Replaces in the document `now` of an asset what only the `kept` document knows: scope, aliases,
 * title and manager if the asset is uncertain; the manager if it has the same name but `now` lacks
 * its serial numbers.
 */
static inline void hector_merge_asset(struct json_object *now, struct json_object *kept,
                                      bool uncertain)
{
    static const char *const place[] = {"scope", "aliases", "title", "manager"};
    struct json_object *former = json_object_object_get(kept, "manager"), *manager;

    for (size_t i = 0; i < sizeof(place) / sizeof(place[0]) && uncertain; i++) {
        hector_keep(now, kept, place[i]);
    }
    manager = json_object_object_get(now, "manager");
    if (json_object_object_get(manager, "serials") == NULL &&
        hector_is_same(hector_text(manager, "name"), hector_text(former, "name"))) {
        hector_keep(now, kept, "manager");
    }
}

/* Adds the `aliases` of the scope to each document that names a scope. */
static inline void hector_add_aliases(struct json_object *run)
{
    struct json_object *aliases = json_object_new_object(), *document;

    for (size_t i = 0; (document = json_object_array_get_idx(run, i)) != NULL; i++) {
        if (hector_is_same(hector_text(document, "kind"), "scope")) {
            json_object_object_add(aliases, hector_text(document, "scope"),
                                   json_object_get(json_object_object_get(document, "aliases")));
        }
    }
    for (size_t i = 0; (document = json_object_array_get_idx(run, i)) != NULL; i++) {
        const char *scope = hector_text(document, "scope");

        if (scope != NULL) {
            json_object_object_add(document, "aliases",
                                   json_object_get(json_object_object_get(aliases, scope)));
        }
    }
    json_object_put(aliases);
}

static inline void hector_update_scope(struct json_object *document,
                                       const struct hector_run_record *later)
{
    struct hector_asset_record kept = hector_asset_of(document);
    const struct hector_scope_record scope = {kept.scope, kept.aliases, kept.alias_count};
    const struct hector_scope_record *now = hector_follow_scope(later, &scope);

    if (now != NULL) {
        struct json_object *aliases = json_object_new_array();

        for (size_t i = 0; i < now->alias_count; i++) {
            json_object_array_add(aliases, json_object_new_string(now->aliases[i]));
        }
        json_object_object_add(document, "scope", json_object_new_string(now->scope));
        json_object_object_add(document, "aliases", aliases);
    }
    hector_release_asset(&kept);
}

/* Adds the serial numbers of the later run that a `source` document lacks. */
static inline void hector_add_serials(struct json_object *source,
                                      const struct hector_run_record *later)
{
    struct json_object *serials = json_object_object_get(source, "serials");
    size_t count;
    const char **known = hector_texts(serials, &count);

    for (size_t i = 0; i < later->source_serial_count; i++) {
        if (!hector_has(known, count, later->source_serials[i])) {
            json_object_array_add(serials, json_object_new_string(later->source_serials[i]));
        }
    }
    free((void *)known);
}

/*
 * Updates a former run from a later one, as conclude.h describes, before a host calls
 * hector_conclude(): serial numbers of the source, and names and aliases of scopes in all
 * documents. Does nothing for runs of different sources. Invalidates records of the former run.
 */
static inline void hector_update_run(struct json_object *former, struct json_object *later)
{
    struct hector_run_record before = hector_run_of(former), after = hector_run_of(later);
    bool is_same = hector_same_source(&before, &after);
    struct json_object *document;

    hector_release_run(&before);
    for (size_t i = 0; is_same && (document = json_object_array_get_idx(former, i)); i++) {
        if (hector_is_same(hector_text(document, "kind"), "source")) {
            hector_add_serials(document, &after);
        } else {
            hector_update_scope(document, &after);
        }
    }
    hector_release_run(&after);
}
#endif
