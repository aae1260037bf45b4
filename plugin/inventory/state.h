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
    const char *message, *detail; /* kept by `texts` */
};

struct inventory_scope {
    const char *name, *label; /* kept by `scope_index`, as the aliases */
    const char *aliases[IDENTITY_SERIALS_MAX];
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
    uint64_t without_entitlement;    /* of the assets */
    uint64_t skipped[MESSAGE_COUNT]; /* by reason */
};

struct inventory {
    struct inventory_extras extras;
    bool scopes_complete; /* the system has no scopes but those named */
    bool units_outside;   /* a scope that the account may not read may list units of this run */
    struct inventory_count counts[DEVICE_TYPE_COUNT + 1]; /* the last: OTHER */
    struct failure worst;              /* worst failure of the incomplete scopes; cause 0 = none */
    bool meta_filled[META_VALUES_MAX]; /* a unit has a value for this field of settings->meta */
    struct scope_list scopes;
    struct strmap serials; /* of all units that were recorded */

    struct operation *operation;
    const struct settings *settings;
    bool silent;     /* counts only, emits nothing: validate */
    int64_t started; /* Unix seconds */
    bool again;      /* rows are being read a second time */
    struct strmap prefixes;
    struct strmap scope_index;     /* also keeps the names of the scopes */
    struct strmap texts;           /* keeps those of the coverages */
    struct strmap skipped_keys;    /* all rows that are no asset */
    struct strmap skipped_serials; /* set at the end: those of `skipped` */
    struct skipped_list skipped;
    struct deferred_list deferred;
    size_t deferred_first, deferred_bytes;
    bool all_read[DEVICE_TYPE_COUNT]; /* set at the end: every scope of the type was read */
    uint64_t problems[MESSAGE_COUNT];
};
#endif
