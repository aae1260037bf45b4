/*
 * inventory.h - units, scopes, counters and problems of a run, up to the summary.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A source reports here every unit, every skipped row and the coverage status of every (scope,
 * device type). The inventory emits assets, problems, coverages and the summary. It ensures that
 *   - a serial becomes one asset per run, however often it is listed. A connected record is emitted
 *     at once; a disconnected one is deferred, packed, until all scopes have ended, since a
 *     connected one elsewhere is more accurate. Beyond DEFERRED_MAX the oldest are emitted, and
 * earlier if the run needs the memory;
 *   - an asset is not certain if another scope may know its unit better;
 *   - seen = assets + skipped + duplicates, for each device type;
 *   - what was not read is not reported as absent: a scope without a coverage status is incomplete.
 */
#ifndef INVENTORY_H
#define INVENTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strmap.h"
#include "catalogue/device.h"
#include "host/operation.h"
#include "settings/settings.h"

enum severity { SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR };

/* Coverage status of one (scope, device type). */
enum coverage_state {
    COVERAGE_NOT_EXPECTED,
    COVERAGE_OPEN,
    COVERAGE_COMPLETE,
    COVERAGE_INCOMPLETE
};

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

/* State of a scope; SCOPE_IN if a unit list of it is read, whatever was set. */
enum scope_state { SCOPE_IN, SCOPE_OUTSIDE, SCOPE_NOT_CHOSEN };

/* The names of a scope. */
struct scope_names {
    const char *scope;
    const char *label;          /* for people */
    const char *const *aliases; /* other names of the same scope */
    size_t alias_count;
};

struct inventory_scope {
    const char *name;
    char *names; /* the label and each alias, each with its NUL; NULL = not named */
    size_t alias_count;
    enum scope_state state;
    struct coverage coverages[DEVICE_TYPE_COUNT];
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

/* One row of a table that is no asset. */
struct inventory_row {
    enum device_type type;
    const char *scope;      /* scope of the table */
    enum message_id reason; /* why: unauthorized ...; serial_unusable, row_unnamed */
    const char *subject;    /* its name in the table, the same from run to run */
    const char *serial;     /* NULL or "" = no usable one */
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

struct inventory_count {
    uint64_t seen, assets, duplicates;
    uint64_t skipped[MESSAGE_COUNT]; /* by reason */
};

struct inventory {
    struct operation *operation;
    const struct settings *settings;
    bool silent;     /* counts only, emits nothing: validate */
    int64_t started; /* Unix seconds */
    bool again;      /* rows are being read a second time */
    struct strmap serials, prefixes;
    struct strmap skipped_keys; /* all rows that are no asset */
    struct inventory_skipped *skipped;
    size_t skipped_count, skipped_capacity;
    struct inventory_deferred *deferred;
    size_t deferred_count, deferred_capacity, deferred_first, deferred_bytes;
    bool all_read[DEVICE_TYPE_COUNT]; /* set at the end: every scope of the type was read */
    size_t text_bytes;                /* memory of the texts of scopes and coverages */
    struct strmap scope_index;
    bool scopes_complete; /* the system has no other scopes */
    bool units_outside;   /* a scope that the account may not read may list units of this run */
    struct inventory_scope *scopes;
    size_t scope_count, scope_capacity;
    struct inventory_count counts[DEVICE_TYPE_COUNT + 1]; /* the last: OTHER */
    uint64_t problems[MESSAGE_COUNT];
    struct failure worst;              /* worst failure of the incomplete scopes; cause 0 = none */
    bool meta_filled[META_VALUES_MAX]; /* a unit has a value for this field of settings->meta */
};

/*
 * Initializes an empty inventory. It is large: allocate it. `operation` and `settings` must outlive
 * it. `silent`: count only, emit nothing.
 */
void inventory_init(struct inventory *inventory, struct operation *operation,
                    const struct settings *settings, bool silent);
void inventory_release(struct inventory *inventory);

/*
 * Names a scope and sets its state. Each scope that has a coverage, or whose state is not SCOPE_IN,
 * becomes a `scope` document. Naming it again replaces the names. Copies the texts. NO_MEMORY.
 */
int32_t inventory_name_scope(struct inventory *inventory, const struct scope_names *names,
                             enum scope_state state, struct failure *failure);

/* Announces that this run reads a scope for a device type; may be repeated. NO_MEMORY. */
int32_t inventory_expect(struct inventory *inventory, const char *scope, enum device_type type,
                         struct failure *failure);

/* True if this run reads the scope for the device type. */
bool inventory_expects(const struct inventory *inventory, const char *scope, enum device_type type);

/* True if a failure left the scope incomplete. */
bool inventory_incomplete(const struct inventory *inventory, const char *scope,
                          enum device_type type);

/* Withdraws an expectation: the scope is outside of the account. */
void inventory_withdraw(struct inventory *inventory, const char *scope, enum device_type type);

/*
 * Reports one unit, which becomes an asset unless its serial is already known. Copies the device if
 * it is deferred.
 */
int32_t inventory_record(struct inventory *inventory, const struct device *device,
                         struct failure *failure);

/*
 * Reports one row that is no asset. Two kinds become `skipped` documents at the end of the run,
 * unless an asset has the serial: a row with a serial of its own that policy excludes
 * (unauthorized, model_device, pre_provisioned, log_only_excluded), and a unit without a usable
 * serial (serial_unusable, which is also a problem). Rows without a name (row_unnamed) become one
 * problem and one document per scope and type. All others are only counted.
 */
int32_t inventory_skip(struct inventory *inventory, const struct inventory_row *row,
                       struct failure *failure);

/*
 * While `again` is set, rows that the run already knows change no count and raise no problem; new
 * rows count as usual, and a newer record replaces a deferred one.
 */
void inventory_read_again(struct inventory *inventory, bool again);

/*
 * Sets the coverage status of an expected scope: complete if `incomplete` is NULL. The first
 * failure stays. INTERNAL if the scope is not expected; NO_MEMORY.
 */
int32_t inventory_end_scope(struct inventory *inventory, const char *scope, enum device_type type,
                            const struct failure *incomplete, struct failure *failure);

/* Reports a serial whose prefix is not in the model table: one problem per prefix. */
int32_t inventory_unknown_prefix(struct inventory *inventory, const char *serial,
                                 struct failure *failure);

/*
 * Emits a problem. Beyond PROBLEMS_PER_REASON_MAX of one reason they are only counted; one last
 * problem at the end gives their number.
 */
int32_t inventory_problem(struct inventory *inventory, const struct problem *problem,
                          struct failure *failure);

/*
 * Ends a run: emits deferred records, scopes, coverages and the summary. `code` and `failure` are
 * what the source returned. After a cancel, deferred records are dropped and no scope of their
 * types is complete. Returns the code of the whole operation: OK, PARTIAL, or the worst cause, with
 * `failure` filled unless OK.
 */
int32_t inventory_finish(struct inventory *inventory, int32_t code, struct failure *failure);

/*
 * Keeps the memory of a run within STORE_MAX; `beside` is what its source uses, in bytes. Emits the
 * oldest deferred records first; LIMIT (store_full) if that is not enough.
 */
int32_t inventory_room(struct inventory *inventory, size_t beside, struct failure *failure);

/* True if no scope is incomplete or open. */
bool inventory_complete(const struct inventory *inventory);
#endif
