/*
 * state.h - the state of an inventory, for the files of this folder and their tests.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef INVENTORY_STATE_H
#define INVENTORY_STATE_H

#include "base/strmap.h"
#include "base/vector.h"
#include "types.h"

struct coverage {
    enum coverage_state state;
    uint64_t units;
    uint64_t unnamed; /* rows without anything that names a unit */
    /* If it is incomplete: */
    int32_t cause;
    uint32_t retry_after_s;
    enum message_id reason;
    char *message, *detail; /* one allocation, which begins at `message` */
};

struct inventory_scope {
    const char *name;
    char *names; /* the label and each alias, each with its NUL; NULL = not named */
    size_t alias_count;
    enum scope_state state;
    struct coverage coverages[DEVICE_TYPE_COUNT];
};

/*
 * A `skipped` document to emit. Key: "SERIAL\nSCOPE\nSUBJECT", borrowed; the serial may be empty.
 */
struct inventory_skipped {
    enum device_type type;
    enum message_id reason;
    const char *key;
};

/* A deferred record: a packed device; bytes NULL = emitted or superseded. */
struct inventory_deferred {
    char *bytes;
    size_t size;
};

VECTOR_TYPE(scope_list, struct inventory_scope)
VECTOR_TYPE(skipped_list, struct inventory_skipped)
VECTOR_TYPE(deferred_list, struct inventory_deferred)

struct inventory_count {
    uint64_t seen, assets, duplicates;
    uint64_t skipped[MESSAGE_COUNT]; /* by reason */
};

struct inventory {
    struct operation *operation;
    const struct settings *settings;
    bool silent;                    /* counts only, emits nothing: validate */
    int64_t started;                /* Unix seconds */
    inventory_completion *complete; /* NULL = none */
    void *complete_context;
    bool again; /* rows are being read a second time */
    struct strmap serials, prefixes, scope_index;
    struct strmap skipped_keys; /* all rows that are no asset */
    struct skipped_list skipped;
    struct deferred_list deferred;
    size_t deferred_first, deferred_bytes;
    bool all_read[DEVICE_TYPE_COUNT]; /* set at the end: every scope of the type was read */
    struct scope_list scopes;
    size_t text_bytes;    /* memory of the texts of scopes and coverages */
    bool scopes_complete; /* the system has no other scopes */
    bool units_outside;   /* a scope that the account may not read may list units of this run */
    struct inventory_count counts[DEVICE_TYPE_COUNT + 1]; /* the last: OTHER */
    uint64_t problems[MESSAGE_COUNT];
    struct failure worst;              /* worst failure of the incomplete scopes; cause 0 = none */
    bool meta_filled[META_VALUES_MAX]; /* a unit has a value for this field of settings->meta */
};
#endif
