/*
 * records.c - documents that json-c has parsed: what hector_conclude() looks at, what a host keeps.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "records.h"

#include <stdlib.h>

const char *records_text(struct json_object *document, const char *member)
{
    return json_object_get_string(json_object_object_get(document, member));
}

bool records_flag(struct json_object *document, const char *member)
{
    return json_object_get_boolean(json_object_object_get(document, member)) != 0;
}

static void *list_of(size_t count, size_t size)
{
    void *list = calloc(count + 1, size);

    if (list == NULL) {
        abort();
    }
    return list;
}

/* The texts of a list, which may be missing. */
static const char **texts_of(struct json_object *list, size_t *ret_count)
{
    const char **texts;

    *ret_count = list != NULL ? json_object_array_length(list) : 0;
    texts = list_of(*ret_count, sizeof(*texts));
    for (size_t i = 0; i < *ret_count; i++) {
        texts[i] = json_object_get_string(json_object_array_get_idx(list, i));
    }
    return texts;
}

/* The lists that a record points to, with room for every document. */
struct lists {
    struct hector_scope_record *scopes;
    struct hector_coverage_record *coverages;
    struct hector_skipped_record *skipped;
};

static void take_source(struct hector_run_record *record, struct json_object *source)
{
    record->source_id = records_text(source, "id");
    record->listing_digest = records_text(source, "listing_digest");
    record->source_serials =
        texts_of(json_object_object_get(source, "serials"), &record->source_serial_count);
}

static void take_summary(struct hector_run_record *record, struct json_object *summary)
{
    struct json_object *device_types = json_object_object_get(summary, "device_types");
    struct hector_type_record *types =
        list_of((size_t)json_object_object_length(device_types), sizeof(*types));

    record->has_summary = true;
    record->scopes_complete = records_flag(summary, "scopes_complete");
    record->types = types;
    json_object_object_foreach(device_types, name, type)
    {
        types[record->type_count].device_type = name;
        types[record->type_count++].complete = records_flag(type, "complete");
    }
}

static void take(struct hector_run_record *record, struct lists *lists,
                 struct json_object *document)
{
    const char *kind = records_text(document, "kind");

    if (hector_is_same(kind, "source")) {
        take_source(record, document);
    } else if (hector_is_same(kind, "scope")) {
        struct hector_scope_record *scope = &lists->scopes[record->scope_count++];

        scope->scope = records_text(document, "scope");
        scope->aliases = texts_of(json_object_object_get(document, "aliases"), &scope->alias_count);
    } else if (hector_is_same(kind, "coverage")) {
        lists->coverages[record->coverage_count++] =
            (struct hector_coverage_record){.scope = records_text(document, "scope"),
                                            .device_type = records_text(document, "device_type"),
                                            .complete = records_flag(document, "complete")};
    } else if (hector_is_same(kind, "skipped")) {
        lists->skipped[record->skipped_count++] =
            (struct hector_skipped_record){.device_type = records_text(document, "device_type"),
                                           .scope = records_text(document, "scope"),
                                           .reason = records_text(document, "reason"),
                                           .subject = records_text(document, "subject"),
                                           .serial = records_text(document, "serial")};
    } else if (hector_is_same(kind, "summary")) {
        take_summary(record, document);
    }
}

struct hector_run_record records_of_run(struct json_object *run)
{
    size_t count = json_object_array_length(run);
    struct lists lists = {.scopes = list_of(count, sizeof(*lists.scopes)),
                          .coverages = list_of(count, sizeof(*lists.coverages)),
                          .skipped = list_of(count, sizeof(*lists.skipped))};
    struct hector_run_record record = {
        .scopes = lists.scopes, .coverages = lists.coverages, .skipped = lists.skipped};

    for (size_t i = 0; i < count; i++) {
        take(&record, &lists, json_object_array_get_idx(run, i));
    }
    return record;
}

void records_release_run(struct hector_run_record *record)
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

struct hector_asset_record records_of_asset(struct json_object *asset)
{
    struct hector_asset_record record = {.sync_key = records_text(asset, "sync_key"),
                                         .device_type = records_text(asset, "device_type"),
                                         .scope = records_text(asset, "scope"),
                                         .uncertain =
                                             json_object_object_get(asset, "certain") != NULL &&
                                             !records_flag(asset, "certain")};

    record.aliases = texts_of(json_object_object_get(asset, "aliases"), &record.alias_count);
    return record;
}

void records_release_asset(struct hector_asset_record *record)
{
    free((void *)record->aliases);
    *record = (struct hector_asset_record){.sync_key = NULL};
}

/* ---- what a host keeps */

static void keep(struct json_object *now, struct json_object *kept, const char *member)
{
    json_object_object_add(now, member, json_object_get(json_object_object_get(kept, member)));
}

void records_merge(struct json_object *now, struct json_object *kept, bool uncertain)
{
    static const char *const place[] = {"scope", "aliases", "title", "manager"};
    struct json_object *former = json_object_object_get(kept, "manager"), *manager;

    for (size_t i = 0; i < sizeof(place) / sizeof(place[0]) && uncertain; i++) {
        keep(now, kept, place[i]);
    }
    manager = json_object_object_get(now, "manager");
    if (json_object_object_get(manager, "serials") == NULL &&
        hector_is_same(records_text(manager, "name"), records_text(former, "name"))) {
        keep(now, kept, "manager");
    }
}

void records_add_aliases(struct json_object *run)
{
    struct json_object *aliases = json_object_new_object(), *document;

    for (size_t i = 0; (document = json_object_array_get_idx(run, i)) != NULL; i++) {
        if (hector_is_same(records_text(document, "kind"), "scope")) {
            json_object_object_add(aliases, records_text(document, "scope"),
                                   json_object_get(json_object_object_get(document, "aliases")));
        }
    }
    for (size_t i = 0; (document = json_object_array_get_idx(run, i)) != NULL; i++) {
        const char *scope = records_text(document, "scope");

        if (scope != NULL) {
            json_object_object_add(document, "aliases",
                                   json_object_get(json_object_object_get(aliases, scope)));
        }
    }
    json_object_put(aliases);
}

static void follow_scope(struct json_object *document, const struct hector_run_record *later)
{
    struct hector_asset_record kept = records_of_asset(document);
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
    records_release_asset(&kept);
}

/* A `source` document gets those serial numbers of the later run that it has not. */
static void add_serials(struct json_object *source, const struct hector_run_record *later)
{
    struct json_object *serials = json_object_object_get(source, "serials");
    size_t count;
    const char **known = texts_of(serials, &count);

    for (size_t i = 0; i < later->source_serial_count; i++) {
        if (!hector_has(known, count, later->source_serials[i])) {
            json_object_array_add(serials, json_object_new_string(later->source_serials[i]));
        }
    }
    free((void *)known);
}

void records_follow(struct json_object *former, struct json_object *later)
{
    struct hector_run_record before = records_of_run(former), after = records_of_run(later);
    bool is_same = hector_same_source(&before, &after);
    struct json_object *document;

    records_release_run(&before);
    for (size_t i = 0; is_same && (document = json_object_array_get_idx(former, i)); i++) {
        if (hector_is_same(records_text(document, "kind"), "source")) {
            add_serials(document, &after);
        } else {
            follow_scope(document, &after);
        }
    }
    records_release_run(&after);
}
