/*
 * conclude.h - what one run says about one asset: there, moved, not imported, not seen, or unknown.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The rule of hector-integration(7), WHAT MAY BE CONCLUDED, as one pure function. It needs the C
 * library alone (no allocation, no state, any thread). However a host stores things, it can ask:
 * the records below hold the members of the documents that the rule looks at, under their names.
 *
 *     const struct hector_case question = {.asset = &kept, .brought = &last_run, .run = &this_run};
 *     const struct hector_conclusion answer = hector_conclude(&question);
 *
 * After a run a host asks for each asset that it keeps of this source, and
 *   PRESENT, MOVED   stores the new document (UNCERTAIN: but for scope, manager and title), the
 *                    scope's aliases, and `run` as the one that brought the asset last;
 *   NOT_IMPORTED     shows the reason; a person decides;
 *   NOT_SEEN         counts the nights in a row; after several, a person may retire the asset;
 *   SCOPE_GONE       asks a person whether the whole scope is gone, or only hidden;
 *   UNKNOWN          leaves the asset and its count of nights as they are.
 * An asset that the host does not keep yet is new.
 *
 * Of each run that brought a kept asset last, a host keeps the record as long as the asset. Such a
 * record goes out of date: scopes are renamed, and the members of a cluster are replaced one by
 * one. So before a host asks, it updates what it keeps of each former run that is of one source
 * with this run, as hector_same_source() says:
 *   - It adds this run's serials to the former run's. This run may know only some of them.
 *   - It gives the scopes that it keeps the name and the aliases that hector_follow_scope() finds:
 *     those of the run, of its skipped units, of its assets, and those that a person exempted. The
 *     new ones replace the former ones. A host that adds them takes two scopes for one as soon as a
 *     name that one of them had once is given to the other.
 *
 * A host needs hector_conclude(), hector_same_source(), hector_follow_scope() and the two functions
 * for names; the others are parts of these.
 *
 * All texts are UTF-8, end with NUL and are borrowed for the call. A text that a document left out
 * is NULL. A list is a pointer and a count; a count of 0 makes the pointer unused. Time: one pass
 * over the records of `run`; besides one over its scopes for each incomplete coverage where scopes
 * are exempt, and one over the skipped units of `brought` for each unit without a serial number.
 */
#ifndef HECTOR_CONCLUDE_H
#define HECTOR_CONCLUDE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/*
 * A `scope` document, of whatever state: what was read of it, the coverages say. Scopes of two runs
 * are one when the name or an alias of the one is an alias of the other; else when the names are
 * equal. So a renamed scope stays the same one, and two that have swapped their names are told
 * apart.
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

/* One sync. Of a run that emitted no such document a list is empty, a text NULL, a flag false. */
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
    bool has_summary; /* the run came to its end */
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

/* What is asked. */
struct hector_case {
    const struct hector_asset_record *asset; /* as the host keeps it, up to date */
    const struct hector_asset_record *now;   /* as `run` emitted it; NULL = it did not */
    const struct hector_run_record *brought; /* the run that emitted the asset last */
    const struct hector_run_record *run;     /* the run to judge by */
    /*
     * Names or aliases of scopes that a person has exempted: that they stay incomplete does not
     * protect the assets of other scopes. Their own assets stay unknown.
     */
    const char *const *exempt;
    size_t exempt_count;
};

enum hector_verdict {
    HECTOR_UNKNOWN,      /* nothing may be concluded: keep the asset as it is */
    HECTOR_PRESENT,      /* it is there, in the scope where it was */
    HECTOR_MOVED,        /* it is there, in another scope or source, which `now` and `run` have */
    HECTOR_NOT_IMPORTED, /* it is there, but is no longer to be imported */
    HECTOR_NOT_SEEN,     /* it was looked for everywhere: count the nights, a person retires it */
    HECTOR_SCOPE_GONE    /* not seen, and its scope is gone or hidden from the account: ask first */
};

enum hector_because {
    HECTOR_BECAUSE_EMITTED,
    HECTOR_BECAUSE_UNCERTAIN,        /* emitted, but maybe not from its own scope: keep scope, title
                                      * and manager */
    HECTOR_BECAUSE_NO_SOURCE,        /* `run` ended before it knew its source: see its error */
    HECTOR_BECAUSE_OTHER_SOURCE,     /* `run` did not read the source that `brought` read */
    HECTOR_BECAUSE_SKIPPED,          /* `subject` is why, as a reason of `skipped` */
    HECTOR_BECAUSE_NO_SUMMARY,       /* the run did not come to its end */
    HECTOR_BECAUSE_SETTINGS,         /* the settings that decide what is listed have changed */
    HECTOR_BECAUSE_TYPE_UNREAD,      /* `run` was not to read its device type */
    HECTOR_BECAUSE_SCOPE_INCOMPLETE, /* `subject` is the scope, which is the asset's own */
    HECTOR_BECAUSE_SCOPE_UNREAD,     /* `subject` is its scope: listed, but not read */
    HECTOR_BECAUSE_SCOPES_UNKNOWN,   /* its scope is not listed, but other scopes may be missing */
    HECTOR_BECAUSE_TYPE_INCOMPLETE,  /* `subject` is a scope where it may be now, or NULL */
    HECTOR_BECAUSE_UNNAMED,          /* `subject` is a new unit without a serial: maybe the asset */
    HECTOR_BECAUSE_ABSENT            /* looked for everywhere */
};

struct hector_conclusion {
    enum hector_verdict verdict;
    enum hector_because because;
    const char *subject; /* borrowed from the records of `run`; NULL = none */
};

/* The names of both for logs and stores: "not_seen", "scope_unread". Static. */
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

/* ---- what the rule is made of */

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

/* Two runs are of one source when they share an id or a serial. */
static inline bool hector_same_source(const struct hector_run_record *a,
                                      const struct hector_run_record *b)
{
    if (hector_is_same(a->source_id, b->source_id)) {
        return true;
    }
    for (size_t i = 0; i < a->source_serial_count; i++) {
        if (hector_has(b->source_serials, b->source_serial_count, a->source_serials[i])) {
            return true;
        }
    }
    return false;
}

/* A name or an alias that two scopes share, other than the name of both. */
static inline bool hector_share_alias(const struct hector_scope_record *a,
                                      const struct hector_scope_record *b)
{
    if (hector_has(b->aliases, b->alias_count, a->scope)) {
        return true;
    }
    for (size_t i = 0; i < a->alias_count; i++) {
        if (hector_is_same(b->scope, a->aliases[i]) ||
            hector_has(b->aliases, b->alias_count, a->aliases[i])) {
            return true;
        }
    }
    return false;
}

/* The `scope` document of that name; NULL = the run has none. */
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

/* The scope of `run` that is one with a scope of another run by an alias; NULL = none. */
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

/* What `run` calls a scope of another run, or would call it. */
static inline const char *hector_scope_name(const struct hector_run_record *run,
                                            const struct hector_scope_record *scope)
{
    const struct hector_scope_record *listed = hector_aliased_scope(run, scope);

    return listed != NULL ? listed->scope : scope->scope;
}

/* What `run` calls the scope where the asset was, or would call it. */
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

/* NOT_SEEN or SCOPE_GONE as far as the asset's own scope is concerned, else why not. */
static inline struct hector_conclusion hector_judge_scope(const struct hector_case *question)
{
    const struct hector_run_record *run = question->run;
    const char *own = hector_own_scope(question);
    const struct hector_scope_record *listed = hector_scope(run, own);
    struct hector_conclusion answer = {HECTOR_UNKNOWN, HECTOR_BECAUSE_ABSENT, NULL};

    for (size_t i = 0; i < run->coverage_count; i++) {
        const struct hector_coverage_record *coverage = &run->coverages[i];

        if (!hector_is_same(coverage->device_type, question->asset->device_type) ||
            !hector_is_same(coverage->scope, own)) {
            continue;
        }
        if (coverage->complete) {
            answer.verdict = HECTOR_NOT_SEEN;
        } else {
            answer.because = HECTOR_BECAUSE_SCOPE_INCOMPLETE;
            answer.subject = coverage->scope;
        }
        return answer;
    }
    if (listed != NULL) {
        answer.because = HECTOR_BECAUSE_SCOPE_UNREAD;
        answer.subject = listed->scope;
    } else if (!run->scopes_complete) {
        answer.because = HECTOR_BECAUSE_SCOPES_UNKNOWN;
    } else {
        answer.verdict = HECTOR_SCOPE_GONE;
    }
    return answer;
}

static inline bool hector_is_exempt(const struct hector_case *question, const char *scope)
{
    const struct hector_scope_record *listed =
        question->exempt_count > 0 ? hector_scope(question->run, scope) : NULL;

    for (size_t i = 0; listed != NULL && i < listed->alias_count; i++) {
        if (hector_has(question->exempt, question->exempt_count, listed->aliases[i])) {
            return true;
        }
    }
    return hector_has(question->exempt, question->exempt_count, scope);
}

/*
 * True when the asset cannot be in a scope of its type that was not read to its end; else
 * `*ret_scope` is one where it may be, or NULL.
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
    /* All that is missing was exempted; a run that ended early does not know what is missing. */
    return exempted && run->scopes_complete;
}

/* Whether the run that brought the asset had this unit without a serial number, too. */
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

/* A unit without a serial number that was not there when the asset was brought; NULL = none. */
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
 * The name and the aliases that `run` has for a scope that the host keeps of a former run of the
 * same source; NULL = it leaves the scope as it is. Borrowed from `run`. Never fails.
 *
 * A scope of the same name that has other aliases is not followed. hector_conclude() takes the two
 * for one while they have the same name, as of a scope that was deleted and made anew; but it may
 * be another one, and the kept scope may come back under its alias.
 */
static inline const struct hector_scope_record *
hector_follow_scope(const struct hector_run_record *run, const struct hector_scope_record *kept)
{
    const struct hector_scope_record *listed = hector_aliased_scope(run, kept);

    return listed == NULL && kept->alias_count == 0 ? hector_scope(run, kept->scope) : listed;
}

/* ---- the rule */

/* An asset that the run emitted: a certain one is where it says. */
static inline struct hector_conclusion hector_conclude_emitted(const struct hector_case *question)
{
    struct hector_conclusion answer = {HECTOR_PRESENT, HECTOR_BECAUSE_EMITTED, NULL};

    if (question->now->uncertain) {
        answer.because = HECTOR_BECAUSE_UNCERTAIN;
    } else if (!hector_same_source(question->run, question->brought) ||
               !hector_is_same(question->now->scope, hector_own_scope(question))) {
        answer.verdict = HECTOR_MOVED;
    }
    return answer;
}

/* What `run` says about an asset that the host keeps. Never fails. */
static inline struct hector_conclusion hector_conclude(const struct hector_case *question)
{
    const struct hector_run_record *run = question->run;
    struct hector_conclusion answer = {HECTOR_UNKNOWN, HECTOR_BECAUSE_OTHER_SOURCE, NULL};
    const struct hector_type_record *type;
    const struct hector_skipped_record *unnamed;

    if (question->now != NULL) {
        return hector_conclude_emitted(question);
    }
    if (run->source_id == NULL) {
        answer.because = HECTOR_BECAUSE_NO_SOURCE;
        return answer;
    }
    if (!hector_same_source(run, question->brought)) {
        return answer;
    }
    for (size_t i = 0; i < run->skipped_count; i++) {
        if (hector_is_same(run->skipped[i].serial, question->asset->sync_key)) {
            answer.verdict = HECTOR_NOT_IMPORTED;
            answer.because = HECTOR_BECAUSE_SKIPPED;
            answer.subject = run->skipped[i].reason;
            return answer;
        }
    }
    if (!run->has_summary) {
        answer.because = HECTOR_BECAUSE_NO_SUMMARY;
        return answer;
    }
    if (!hector_is_same(run->listing_digest, question->brought->listing_digest)) {
        answer.because = HECTOR_BECAUSE_SETTINGS;
        return answer;
    }
    type = hector_type(run, question->asset->device_type);
    if (type == NULL) {
        answer.because = HECTOR_BECAUSE_TYPE_UNREAD;
        return answer;
    }
    answer = hector_judge_scope(question);
    if (answer.verdict == HECTOR_UNKNOWN) {
        return answer;
    }
    if (!hector_type_read(question, type, &answer.subject)) {
        answer.verdict = HECTOR_UNKNOWN;
        answer.because = HECTOR_BECAUSE_TYPE_INCOMPLETE;
        return answer;
    }
    unnamed = hector_new_unnamed(question);
    if (unnamed != NULL) {
        answer.verdict = HECTOR_UNKNOWN;
        answer.because = HECTOR_BECAUSE_UNNAMED;
        answer.subject = unnamed->subject;
    }
    return answer;
}
#endif
