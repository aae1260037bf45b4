/*
 * types.h - the inventory, and what a source reports to it.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef INVENTORY_TYPES_H
#define INVENTORY_TYPES_H

#include "base/strmap.h"
#include "base/vector.h"
#include "settings/settings.h"

enum severity { SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR };

/* Coverage status of one (scope, device type). */
enum coverage_state {
    COVERAGE_NOT_EXPECTED,
    COVERAGE_OPEN,
    COVERAGE_COMPLETE,
    COVERAGE_INCOMPLETE
};

/* State of a scope; SCOPE_IN if a unit list of it is read, whatever was set. */
enum scope_state { SCOPE_IN, SCOPE_OUTSIDE, SCOPE_NOT_CHOSEN };

/* The names of a scope. */
struct scope_names {
    const char *scope;
    const char *label;          /* for people */
    const char *const *aliases; /* other names of the same scope */
    size_t alias_count;
};

/* One thing that a user should know. Texts that do not apply are NULL. */
struct problem {
    enum severity severity;
    enum message_id reason;
    const char *subject; /* the same from run to run */
    const char *const *arguments;
    const char *scope, *device_type, *sync_key;
};

/* PROBLEM(severity, reason, subject, ARGUMENTS(...)), then members that apply: .scope = scope */
#define PROBLEM(level, id, about, ...)                                                             \
    (&(const struct problem){                                                                      \
        .severity = (level), .reason = (id), .subject = (about), .arguments = __VA_ARGS__})

/* Adds values to a device. Their texts must stay valid until the next call. */
typedef void inventory_completion(void *context, struct device *device);

/* One row of a table that is no asset. */
struct inventory_row {
    enum device_type type;
    const char *scope;      /* scope of the table */
    enum message_id reason; /* why: unauthorized ...; serial_unusable, row_unnamed */
    const char *subject;    /* its name in the table, the same from run to run */
    const char *serial;     /* NULL or "" = no usable one */
};

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
    uint64_t skipped[MESSAGE_COUNT]; /* by reason */
};

/* Sources may set and read the first group; all else is for the files of this folder. */
struct inventory {
    inventory_completion *complete; /* completes each device before it becomes an asset; or NULL */
    void *complete_context;
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
    struct strmap scope_index;  /* also keeps the names of the scopes */
    struct strmap texts;        /* keeps those of the coverages */
    struct strmap skipped_keys; /* all rows that are no asset */
    struct skipped_list skipped;
    struct deferred_list deferred;
    size_t deferred_first, deferred_bytes;
    bool all_read[DEVICE_TYPE_COUNT]; /* set at the end: every scope of the type was read */
    uint64_t problems[MESSAGE_COUNT];
};
#endif
