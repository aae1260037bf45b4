/*
 * conclude.h - what one run says about one asset: there, moved, not imported, not seen, or unknown.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The rule of hector-integration(7), WHAT MAY BE CONCLUDED, as one pure function. It needs the C
 * library alone (no allocation, no state, any thread), and whatever a host stores, it can be asked:
 * the records below hold the members of the documents that the rule looks at, under their names.
 *
 * All texts are UTF-8, end with NUL and are borrowed for the call. A text that a document left out
 * is NULL. A list is a pointer and a count; a count of 0 makes the pointer unused. Time: linear in
 * the records of `run`, and of the skipped units of `brought` for each skipped unit of `run`.
 *
 *     const struct hector_case question = {.asset = &kept, .brought = &last_run, .run = &this_run};
 *     const struct hector_conclusion answer = hector_conclude(&question);
 *
 *     answer.verdict == HECTOR_NOT_SEEN: count the night. After several a person may retire it.
 */
#ifndef HECTOR_CONCLUDE_H
#define HECTOR_CONCLUDE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* A `scope` document. */
struct hector_scope_record {
    const char *scope;
    const char *const *aliases;
    size_t alias_count;
    const char *state; /* "in"; "outside", "not_chosen" and any other word: not read */
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

/* One sync. */
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

/* An `asset` document; `aliases` are those of its scope, in the run that brought it. */
struct hector_asset_record {
    const char *sync_key, *device_type, *scope;
    const char *const *aliases;
    size_t alias_count;
    bool uncertain; /* the document says "certain": false */
};

/* What is asked. */
struct hector_case {
    const struct hector_asset_record *asset; /* as the host keeps it */
    const struct hector_asset_record *now;   /* as `run` emitted it; NULL = it did not */
    const struct hector_run_record *brought; /* the run that emitted the asset last */
    const struct hector_run_record *run;     /* the run to judge by */
    /* Scopes that a person has exempted: that they stay unread does not protect other assets. */
    const char *const *exempt;
    size_t exempt_count;
};

enum hector_verdict {
    HECTOR_UNKNOWN,      /* nothing may be concluded: keep the asset as it is */
    HECTOR_PRESENT,      /* it is there, in the scope where it was */
    HECTOR_MOVED,        /* it is there, in another scope: that of `now` */
    HECTOR_NOT_IMPORTED, /* it is there, but not to be imported, or not any more */
    HECTOR_NOT_SEEN,     /* it was looked for everywhere: count the nights, a person retires it */
    HECTOR_SCOPE_GONE    /* not seen, and its scope is gone or hidden from the account: ask first */
};

enum hector_because {
    HECTOR_BECAUSE_EMITTED,
    HECTOR_BECAUSE_UNCERTAIN,        /* emitted, but maybe not from its own scope: keep scope, title
                                      * and manager */
    HECTOR_BECAUSE_OTHER_SOURCE,     /* `run` did not read the source that `brought` read */
    HECTOR_BECAUSE_SKIPPED,          /* `subject` is why, as a reason of `skipped` */
    HECTOR_BECAUSE_NO_SUMMARY,       /* the run did not come to its end */
    HECTOR_BECAUSE_SETTINGS,         /* the settings that decide what is listed have changed */
    HECTOR_BECAUSE_SCOPE_INCOMPLETE, /* `subject` is the scope, which is the asset's own */
    HECTOR_BECAUSE_SCOPE_UNREAD,     /* `subject` is the scope: listed, but not read */
    HECTOR_BECAUSE_SCOPES_UNKNOWN,   /* its scope is not listed, but other scopes may be missing */
    HECTOR_BECAUSE_TYPE_INCOMPLETE,  /* `subject` is a scope where it may be now, or NULL */
    HECTOR_BECAUSE_UNNAMED,          /* `subject` of a new unit without a serial: maybe this one */
    HECTOR_BECAUSE_ABSENT            /* looked for everywhere */
};

struct hector_conclusion {
    enum hector_verdict verdict;
    enum hector_because because;
    const char *subject; /* borrowed from the records of `run`; NULL = none */
};

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

/* Scopes of two runs are one when their names and aliases share a name. */
static inline bool hector_is_scope_of(const struct hector_asset_record *asset,
                                      const struct hector_run_record *run, const char *scope)
{
    const struct hector_scope_record *record = hector_scope(run, scope);

    if (hector_is_same(asset->scope, scope) ||
        hector_has(asset->aliases, asset->alias_count, scope)) {
        return true;
    }
    for (size_t i = 0; record != NULL && i < record->alias_count; i++) {
        if (hector_is_same(asset->scope, record->aliases[i]) ||
            hector_has(asset->aliases, asset->alias_count, record->aliases[i])) {
            return true;
        }
    }
    return false;
}

/* What speaks against a conclusion about the asset's own scope; `*ret_gone`: it is not listed. */
static inline struct hector_conclusion hector_judge_scope(const struct hector_case *question,
                                                          bool *ret_gone)
{
    const struct hector_asset_record *asset = question->asset;
    const struct hector_run_record *run = question->run;
    struct hector_conclusion answer = {HECTOR_UNKNOWN, HECTOR_BECAUSE_ABSENT, NULL};
    bool read = false;

    for (size_t i = 0; i < run->coverage_count; i++) {
        const struct hector_coverage_record *coverage = &run->coverages[i];

        if (!hector_is_same(coverage->device_type, asset->device_type) ||
            !hector_is_scope_of(asset, run, coverage->scope)) {
            continue;
        }
        read = true;
        if (!coverage->complete) {
            answer.because = HECTOR_BECAUSE_SCOPE_INCOMPLETE;
            answer.subject = coverage->scope;
            return answer;
        }
    }
    for (size_t i = 0; !read && i < run->scope_count; i++) {
        if (hector_is_scope_of(asset, run, run->scopes[i].scope)) {
            answer.because = HECTOR_BECAUSE_SCOPE_UNREAD;
            answer.subject = run->scopes[i].scope;
            return answer;
        }
    }
    if (!read && !run->scopes_complete) {
        answer.because = HECTOR_BECAUSE_SCOPES_UNKNOWN;
    }
    *ret_gone = !read;
    return answer;
}

/*
 * True when the asset cannot be in a scope of its type that was not read to its end; else
 * `*ret_scope` is one where it may be, or NULL.
 */
static inline bool hector_type_read(const struct hector_case *question, const char **ret_scope)
{
    const struct hector_run_record *run = question->run;
    const char *type = question->asset->device_type;
    bool exempted = false;

    *ret_scope = NULL;
    for (size_t i = 0; i < run->type_count; i++) {
        if (run->types[i].complete && hector_is_same(run->types[i].device_type, type)) {
            return true;
        }
    }
    for (size_t i = 0; i < run->coverage_count; i++) {
        const struct hector_coverage_record *coverage = &run->coverages[i];

        if (coverage->complete || !hector_is_same(coverage->device_type, type)) {
            continue;
        }
        if (!hector_has(question->exempt, question->exempt_count, coverage->scope)) {
            *ret_scope = coverage->scope;
            return false;
        }
        exempted = true;
    }
    /* All that is missing was exempted; a run that ended early does not know what is missing. */
    return exempted && run->scopes_complete;
}

/* A unit without a serial that was not there when the asset was brought; NULL = none. */
static inline const struct hector_skipped_record *
hector_new_unnamed(const struct hector_case *question)
{
    const struct hector_run_record *run = question->run, *brought = question->brought;

    for (size_t i = 0; i < run->skipped_count; i++) {
        const struct hector_skipped_record *unit = &run->skipped[i];
        bool known = false;

        if (!hector_is_same(unit->reason, "serial_unusable") ||
            !hector_is_same(unit->device_type, question->asset->device_type)) {
            continue;
        }
        for (size_t j = 0; j < brought->skipped_count && !known; j++) {
            const struct hector_skipped_record *former = &brought->skipped[j];

            known = hector_is_same(former->reason, unit->reason) &&
                    hector_is_same(former->device_type, unit->device_type) &&
                    hector_is_same(former->scope, unit->scope) &&
                    hector_is_same(former->subject, unit->subject);
        }
        if (!known) {
            return unit;
        }
    }
    return NULL;
}

/* ---- the rule */

/* An asset that the run emitted: a certain one is where it says. */
static inline struct hector_conclusion hector_conclude_emitted(const struct hector_case *question)
{
    struct hector_conclusion answer = {HECTOR_PRESENT, HECTOR_BECAUSE_EMITTED, NULL};

    if (question->now->uncertain) {
        answer.because = HECTOR_BECAUSE_UNCERTAIN;
    } else if (!hector_is_scope_of(question->asset, question->run, question->now->scope)) {
        answer.verdict = HECTOR_MOVED;
    }
    return answer;
}

/* What `run` says about an asset that the host keeps. Never fails. */
static inline struct hector_conclusion hector_conclude(const struct hector_case *question)
{
    const struct hector_run_record *run = question->run;
    struct hector_conclusion answer = {HECTOR_UNKNOWN, HECTOR_BECAUSE_OTHER_SOURCE, NULL};
    const struct hector_skipped_record *unnamed;
    bool gone = false;

    if (question->now != NULL) {
        return hector_conclude_emitted(question);
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
    answer = hector_judge_scope(question, &gone);
    if (answer.because != HECTOR_BECAUSE_ABSENT) {
        return answer;
    }
    if (!hector_type_read(question, &answer.subject)) {
        answer.because = HECTOR_BECAUSE_TYPE_INCOMPLETE;
        return answer;
    }
    unnamed = hector_new_unnamed(question);
    if (unnamed != NULL) {
        answer.because = HECTOR_BECAUSE_UNNAMED;
        answer.subject = unnamed->subject;
        return answer;
    }
    answer.verdict = gone ? HECTOR_SCOPE_GONE : HECTOR_NOT_SEEN;
    return answer;
}
#endif
