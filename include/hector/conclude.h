/*
 * conclude.h - what one run says about one asset: present, moved, not imported, not seen, or
 * unknown.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The rule of hector-integration(7), WHAT MAY BE CONCLUDED, as one pure function. It needs only the
 * C library, allocates nothing and has no state; any thread. It does not depend on how a host
 * stores its data: the records below contain those members of the documents that the rule uses,
 * under the same names.
 *
 *     const struct hector_case question = {.asset = &kept, .brought = &last_run, .run = &this_run};
 *     const struct hector_conclusion answer = hector_conclude(&question);
 *
 * After a run a host calls hector_conclude() for each asset that it keeps of this source, and
 *   PRESENT, MOVED   stores the new document (if UNCERTAIN, except scope, manager and title), the
 *                    aliases of the scope, and `run` as the run that last emitted the asset;
 *   NOT_IMPORTED     shows the reason; a person decides;
 *   NOT_SEEN         counts the nights in a row; after several, a person may retire the asset;
 *   SCOPE_GONE       asks a person whether the whole scope is gone, or only hidden;
 *   UNKNOWN          leaves the asset and its count of nights unchanged.
 * An asset that the host does not keep yet is new.
 *
 * A host keeps the record of each run that last emitted an asset, as long as it keeps the asset.
 * Such a record becomes outdated: scopes are renamed, and the members of a cluster are replaced one
 * by one. So before a host calls hector_conclude(), it updates its records of each former run of
 * the same source, as decided by hector_same_source():
 *   - It adds this run's serials to those of the former run, because this run may know only some of
 *     them.
 *   - It replaces the name and the aliases of each scope that it keeps (of the former run, of its
 *     skipped units, of its assets, and those that a person exempted) by those that
 *     hector_follow_scope() finds. A host that adds them instead confuses two scopes as soon as one
 *     of them gets a former name of the other.
 *
 * A host needs hector_conclude(), hector_same_source(), hector_follow_scope() and the two functions
 * for names; the other functions are parts of these.
 *
 * All texts are UTF-8, end with NUL and are borrowed for the call. A text that a document lacks is
 * NULL. A list is a pointer and a count; with a count of 0 the pointer is not used. Time: one pass
 * over the records of `run`, plus one over its scopes for each incomplete coverage if scopes are
 * exempt, and one over the skipped units of `brought` for each unit without a serial number.
 */
#ifndef HECTOR_CONCLUDE_H
#define HECTOR_CONCLUDE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/*
 * A `scope` document. Whether the scope was read is in the coverages. Scopes of two runs are the
 * same if the name or an alias of one is an alias of the other, or else if their names are equal.
 * So a renamed scope stays the same, and two scopes that swapped names are not confused.
 */
struct hector_scope_record {
    const char *scope;
    const char *const *aliases;
    size_t alias_count;
};

/* A `coverage` document. */
struct hector_coverage_record {
    const char *scope, *device_type;
    bool complete;
};

/* A `skipped` document. */
struct hector_skipped_record {
    const char *device_type, *scope, *reason, *subject;
    const char *serial;
};

/* A member of `summary.device_types`. */
struct hector_type_record {
    const char *device_type;
    bool complete;
};

/* One sync. If the run emitted no such document, a list is empty, a text NULL, a flag false. */
struct hector_run_record {
    const char *source_id; /* `source.id`; NULL = the run ended before it knew its source */
    const char *const *source_serials;
    size_t source_serial_count;
    const char *listing_digest; /* `source.listing_digest` */
    const struct hector_scope_record *scopes;
    size_t scope_count;
    const struct hector_coverage_record *coverages;
    size_t coverage_count;
    const struct hector_skipped_record *skipped;
    size_t skipped_count;
    bool has_summary; /* the run emitted its summary */
    bool scopes_complete;
    const struct hector_type_record *types;
    size_t type_count;
};

/* An `asset` document; `aliases` are those of its scope. */
struct hector_asset_record {
    const char *sync_key, *device_type, *scope;
    const char *const *aliases;
    size_t alias_count;
    bool uncertain; /* the document says "certain": false */
};

/* The question: one asset and the runs to compare. */
struct hector_case {
    const struct hector_asset_record *asset; /* as the host keeps it, up to date */
    const struct hector_asset_record *now;   /* as `run` emitted it; NULL = it did not */
    const struct hector_run_record *brought; /* the run that emitted the asset last */
    const struct hector_run_record *run;     /* the run to draw the conclusion from */
    /*
     * Names or aliases of scopes that a person exempted: if such a scope is incomplete, this does
     * not protect the assets of other scopes. Its own assets stay unknown.
     */
    const char *const *exempt;
    size_t exempt_count;
};

enum hector_verdict {
    HECTOR_UNKNOWN,      /* nothing may be concluded: keep the asset unchanged */
    HECTOR_PRESENT,      /* it exists, in the same scope */
    HECTOR_MOVED,        /* it exists, in another scope or source: see `now` and `run` */
    HECTOR_NOT_IMPORTED, /* it exists, but is no longer to be imported */
    HECTOR_NOT_SEEN,     /* searched everywhere: count the nights, a person retires it */
    HECTOR_SCOPE_GONE    /* not seen, and its scope is gone or hidden from the account: ask first */
};

enum hector_because {
    HECTOR_BECAUSE_EMITTED,
    HECTOR_BECAUSE_UNCERTAIN,    /* emitted, but maybe not from its own scope: keep scope, title and
                                    manager */
    HECTOR_BECAUSE_NO_SOURCE,    /* `run` ended before it knew its source: see its error */
    HECTOR_BECAUSE_OTHER_SOURCE, /* `run` did not read the source that `brought` read */
    HECTOR_BECAUSE_SKIPPED,      /* `subject` is the reason of the `skipped` document */
    HECTOR_BECAUSE_NO_SUMMARY,   /* the run ended without a summary */
    HECTOR_BECAUSE_SETTINGS,     /* the settings that determine what is listed have changed */
    HECTOR_BECAUSE_TYPE_UNREAD,  /* `run` was not asked to read its device type */
    HECTOR_BECAUSE_SCOPE_INCOMPLETE, /* `subject` is the scope, which is the asset's own */
    HECTOR_BECAUSE_SCOPE_UNREAD,     /* `subject` is the asset's scope: listed, but not read */
    HECTOR_BECAUSE_SCOPES_UNKNOWN,   /* its scope is not listed, but other scopes may be missing */
    HECTOR_BECAUSE_TYPE_INCOMPLETE,  /* `subject` is a scope where it may be now, or NULL */
    HECTOR_BECAUSE_UNNAMED, /* `subject` is a new unit without a serial number: maybe the asset */
    HECTOR_BECAUSE_ABSENT   /* searched everywhere */
};

struct hector_conclusion {
    enum hector_verdict verdict;
    enum hector_because because;
    const char *subject; /* borrowed from the records of `run`; NULL = none */
};

/* The names of both enumerations for logs and storage: "not_seen", "scope_unread". Static. */
static inline const char *hector_verdict_name(enum hector_verdict verdict)
{
    static const char *const names[] = {"unknown",      "present",  "moved",
                                        "not_imported", "not_seen", "scope_gone"};

    return names[verdict];
}

static inline const char *hector_because_name(enum hector_because because)
{
    static const char *const names[] = {"emitted",      "uncertain",      "no_source",
                                        "other_source", "skipped",        "no_summary",
                                        "settings",     "type_unread",    "scope_incomplete",
                                        "scope_unread", "scopes_unknown", "type_incomplete",
                                        "unnamed",      "absent"};

    return names[because];
}

/* ---- parts of the rule */

static inline struct hector_conclusion
hector_answer(enum hector_verdict verdict, enum hector_because because, const char *subject)
{
    const struct hector_conclusion conclusion = {verdict, because, subject};

    return conclusion;
}

static inline bool hector_is_same(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static inline bool hector_has(const char *const *list, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++) {
        if (hector_is_same(list[i], text)) {
            return true;
        }
    }
    return false;
}

/* Whether two lists have a text in common. */
static inline bool hector_overlap(const char *const *a, size_t a_count, const char *const *b,
                                  size_t b_count)
{
    for (size_t i = 0; i < a_count; i++) {
        if (hector_has(b, b_count, a[i])) {
            return true;
        }
    }
    return false;
}

/* Whether two runs read the same source: they share an id or a serial. */
static inline bool hector_same_source(const struct hector_run_record *a,
                                      const struct hector_run_record *b)
{
    return hector_is_same(a->source_id, b->source_id) ||
           hector_overlap(a->source_serials, a->source_serial_count, b->source_serials,
                          b->source_serial_count);
}

/* Whether two scopes share a name or an alias, other than equal names. */
static inline bool hector_share_alias(const struct hector_scope_record *a,
                                      const struct hector_scope_record *b)
{
    return hector_has(a->aliases, a->alias_count, b->scope) ||
           hector_has(b->aliases, b->alias_count, a->scope) ||
           hector_overlap(a->aliases, a->alias_count, b->aliases, b->alias_count);
}

/* The `scope` document with this name; NULL = the run has none. */
static inline const struct hector_scope_record *hector_scope(const struct hector_run_record *run,
                                                             const char *scope)
{
    for (size_t i = 0; i < run->scope_count; i++) {
        if (hector_is_same(run->scopes[i].scope, scope)) {
            return &run->scopes[i];
        }
    }
    return NULL;
}

/*
 * The scope of `run` that is the same as a scope of another run because of an alias; NULL = none.
 */
static inline const struct hector_scope_record *
hector_aliased_scope(const struct hector_run_record *run, const struct hector_scope_record *scope)
{
    for (size_t i = 0; i < run->scope_count; i++) {
        if (hector_share_alias(&run->scopes[i], scope)) {
            return &run->scopes[i];
        }
    }
    return NULL;
}

/* The name that `run` uses, or would use, for a scope of another run. */
static inline const char *hector_scope_name(const struct hector_run_record *run,
                                            const struct hector_scope_record *scope)
{
    const struct hector_scope_record *listed = hector_aliased_scope(run, scope);

    return listed != NULL ? listed->scope : scope->scope;
}

/* The name that `run` uses, or would use, for the scope where the asset was. */
static inline const char *hector_own_scope(const struct hector_case *question)
{
    const struct hector_asset_record *asset = question->asset;
    const struct hector_scope_record scope = {asset->scope, asset->aliases, asset->alias_count};

    return hector_scope_name(question->run, &scope);
}

/* The member of `summary.device_types`; NULL = the run has none. */
static inline const struct hector_type_record *hector_type(const struct hector_run_record *run,
                                                           const char *device_type)
{
    for (size_t i = 0; i < run->type_count; i++) {
        if (hector_is_same(run->types[i].device_type, device_type)) {
            return &run->types[i];
        }
    }
    return NULL;
}

/* The verdict by the asset's own scope only: NOT_SEEN or SCOPE_GONE, or UNKNOWN and why. */
static inline struct hector_conclusion hector_judge_scope(const struct hector_case *question)
{
    const struct hector_run_record *run = question->run;
    const char *own = hector_own_scope(question);
    const struct hector_scope_record *listed = hector_scope(run, own);

    for (size_t i = 0; i < run->coverage_count; i++) {
        const struct hector_coverage_record *coverage = &run->coverages[i];

        if (hector_is_same(coverage->device_type, question->asset->device_type) &&
            hector_is_same(coverage->scope, own)) {
            return coverage->complete
                       ? hector_answer(HECTOR_NOT_SEEN, HECTOR_BECAUSE_ABSENT, NULL)
                       : hector_answer(HECTOR_UNKNOWN, HECTOR_BECAUSE_SCOPE_INCOMPLETE,
                                       coverage->scope);
        }
    }
    if (listed != NULL) {
        return hector_answer(HECTOR_UNKNOWN, HECTOR_BECAUSE_SCOPE_UNREAD, listed->scope);
    }
    return run->scopes_complete
               ? hector_answer(HECTOR_SCOPE_GONE, HECTOR_BECAUSE_ABSENT, NULL)
               : hector_answer(HECTOR_UNKNOWN, HECTOR_BECAUSE_SCOPES_UNKNOWN, NULL);
}

static inline bool hector_is_exempt(const struct hector_case *question, const char *scope)
{
    const struct hector_scope_record *listed =
        question->exempt_count > 0 ? hector_scope(question->run, scope) : NULL;

    return hector_has(question->exempt, question->exempt_count, scope) ||
           (listed != NULL && hector_overlap(listed->aliases, listed->alias_count, question->exempt,
                                             question->exempt_count));
}

/*
 * Whether all scopes of the asset's type where it may be were read to the end. If not, `*ret_scope`
 * is an incomplete one, or NULL if none is known.
 */
static inline bool hector_type_read(const struct hector_case *question,
                                    const struct hector_type_record *type, const char **ret_scope)
{
    const struct hector_run_record *run = question->run;
    bool exempted = false;

    *ret_scope = NULL;
    if (type->complete) {
        return true;
    }
    for (size_t i = 0; i < run->coverage_count; i++) {
        const struct hector_coverage_record *coverage = &run->coverages[i];

        if (coverage->complete || !hector_is_same(coverage->device_type, type->device_type)) {
            continue;
        }
        if (!hector_is_exempt(question, coverage->scope)) {
            *ret_scope = coverage->scope;
            return false;
        }
        exempted = true;
    }
    /*
     * All scopes known to be incomplete are exempt. A run that ended early does not know them all.
     */
    return exempted && run->scopes_complete;
}

/* Whether `brought` had this unit without a serial number, too. */
static inline bool hector_was_unnamed(const struct hector_case *question,
                                      const struct hector_skipped_record *unit)
{
    const struct hector_run_record *brought = question->brought;

    for (size_t i = 0; i < brought->skipped_count; i++) {
        const struct hector_skipped_record *former = &brought->skipped[i];
        const struct hector_scope_record *listed, named = {former->scope, NULL, 0};

        if (!hector_is_same(former->reason, unit->reason) ||
            !hector_is_same(former->device_type, unit->device_type) ||
            !hector_is_same(former->subject, unit->subject)) {
            continue;
        }
        listed = hector_scope(brought, former->scope);
        if (hector_is_same(hector_scope_name(question->run, listed != NULL ? listed : &named),
                           unit->scope)) {
            return true;
        }
    }
    return false;
}

/* A unit without a serial number that `brought` did not have; NULL = none. */
static inline const struct hector_skipped_record *
hector_new_unnamed(const struct hector_case *question)
{
    const struct hector_run_record *run = question->run;

    for (size_t i = 0; i < run->skipped_count; i++) {
        const struct hector_skipped_record *unit = &run->skipped[i];

        if (hector_is_same(unit->reason, "serial_unusable") &&
            hector_is_same(unit->device_type, question->asset->device_type) &&
            !hector_was_unnamed(question, unit)) {
            return unit;
        }
    }
    return NULL;
}

/* ---- what a host keeps */

/*
 * The scope of `run`, with its current name and aliases, for a scope that the host keeps from a
 * former run of the same source; NULL = the scope keeps its name and aliases. Borrowed from `run`.
 * Never fails.
 *
 * A scope of the same name but with other aliases is not followed. hector_conclude() treats the two
 * as the same while their names are equal, because the scope may have been deleted and created
 * again; but it may also be another scope, and the kept one may return under its alias.
 */
static inline const struct hector_scope_record *
hector_follow_scope(const struct hector_run_record *run, const struct hector_scope_record *kept)
{
    const struct hector_scope_record *listed = hector_aliased_scope(run, kept);

    return listed == NULL && kept->alias_count == 0 ? hector_scope(run, kept->scope) : listed;
}

/* ---- the rule */

/* The conclusion for an asset that the run emitted. If it is certain, its scope is correct. */
static inline struct hector_conclusion hector_conclude_emitted(const struct hector_case *question)
{
    const bool moved = !hector_same_source(question->run, question->brought) ||
                       !hector_is_same(question->now->scope, hector_own_scope(question));

    if (question->now->uncertain) {
        return hector_answer(HECTOR_PRESENT, HECTOR_BECAUSE_UNCERTAIN, NULL);
    }
    return hector_answer(moved ? HECTOR_MOVED : HECTOR_PRESENT, HECTOR_BECAUSE_EMITTED, NULL);
}

/*
 * What `run` says about an asset that the host keeps. Never fails; `subject` is borrowed from
 * `run`.
 */
static inline struct hector_conclusion hector_conclude(const struct hector_case *question)
{
    const struct hector_run_record *run = question->run;
    const struct hector_asset_record *asset = question->asset;
    const struct hector_type_record *type = hector_type(run, asset->device_type);
    const struct hector_skipped_record *unnamed;
    struct hector_conclusion answer;

    if (question->now != NULL) {
        return hector_conclude_emitted(question);
    }
    if (run->source_id == NULL) {
        return hector_answer(HECTOR_UNKNOWN, HECTOR_BECAUSE_NO_SOURCE, NULL);
    }
    if (!hector_same_source(run, question->brought)) {
        return hector_answer(HECTOR_UNKNOWN, HECTOR_BECAUSE_OTHER_SOURCE, NULL);
    }
    for (size_t i = 0; i < run->skipped_count; i++) {
        if (hector_is_same(run->skipped[i].serial, asset->sync_key)) {
            return hector_answer(HECTOR_NOT_IMPORTED, HECTOR_BECAUSE_SKIPPED,
                                 run->skipped[i].reason);
        }
    }
    if (!run->has_summary) {
        return hector_answer(HECTOR_UNKNOWN, HECTOR_BECAUSE_NO_SUMMARY, NULL);
    }
    if (!hector_is_same(run->listing_digest, question->brought->listing_digest)) {
        return hector_answer(HECTOR_UNKNOWN, HECTOR_BECAUSE_SETTINGS, NULL);
    }
    if (type == NULL) {
        return hector_answer(HECTOR_UNKNOWN, HECTOR_BECAUSE_TYPE_UNREAD, NULL);
    }
    answer = hector_judge_scope(question);
    if (answer.verdict == HECTOR_UNKNOWN) {
        return answer;
    }
    if (!hector_type_read(question, type, &answer.subject)) {
        return hector_answer(HECTOR_UNKNOWN, HECTOR_BECAUSE_TYPE_INCOMPLETE, answer.subject);
    }
    unnamed = hector_new_unnamed(question);
    return unnamed == NULL
               ? answer
               : hector_answer(HECTOR_UNKNOWN, HECTOR_BECAUSE_UNNAMED, unnamed->subject);
}
#endif
