/*
 * inventory.h - what a run has seen: serials, scopes, counters and problems, down to the summary.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A source reports every unit, every skipped row and the verdict on every (scope, device type)
 * here; the inventory emits assets, problems, coverages and the summary, and sees to it that
 *   - a serial gives one asset a run, however often it is listed. A connected sighting is emitted
 *     at once; a disconnected one is held, packed, until all scopes have ended, since a connected
 *     one elsewhere is the truer. Beyond HELD_MAX the oldest are emitted, and earlier when the run
 *     has much else to remember;
 *   - an asset whose unit another scope may know better is not certain;
 *   - seen = assets + skipped + duplicates, for each device type;
 *   - nothing unread is told as absent: a scope without a verdict is incomplete.
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

/* How one (scope, device type) ended. */
enum verdict_state { VERDICT_NOT_EXPECTED, VERDICT_OPEN, VERDICT_COMPLETE, VERDICT_INCOMPLETE };

struct verdict {
    enum verdict_state state;
    uint64_t units;
    uint64_t unnamed; /* rows that carry nothing that names a unit */
    /* Of an incomplete one: */
    int32_t cause;
    uint32_t retry_after_s;
    enum text_id reason;
    char *message, *detail; /* one block, which begins at `message` */
};

/* What a scope is when no unit of it is read. */
enum scope_state { SCOPE_IN, SCOPE_OUTSIDE, SCOPE_NOT_CHOSEN };

/* What a scope is called. */
struct scope_names {
    const char *scope;
    const char *label;          /* for people */
    const char *const *aliases; /* other names of the same scope */
    size_t alias_count;
};

struct inventory_scope {
    const char *name;
    char *names; /* the label and each alias, each with its NUL; NULL = not named yet */
    size_t alias_count;
    enum scope_state state;
    struct verdict verdicts[DEVICE_TYPE_COUNT];
};

/* One thing that a person should know. Texts that do not apply are NULL. */
struct problem {
    enum severity severity;
    enum text_id reason;
    const char *subject; /* the same from run to run */
    const char *const *arguments;
    const char *scope, *device_type, *sync_key;
};

/* PROBLEM(severity, reason, subject, ARGUMENTS(...)); then what applies: .scope = scope */
#define PROBLEM(level, id, about, ...)                                                             \
    (&(const struct problem){                                                                      \
        .severity = (level), .reason = (id), .subject = (about), .arguments = __VA_ARGS__})

/* One row that is no asset, as its table has it. */
struct inventory_row {
    enum device_type type;
    const char *scope;   /* of the table that lists it */
    enum text_id reason; /* unauthorized ...; serial_unusable, row_unnamed */
    const char *subject; /* what the table calls it, the same from run to run */
    const char *serial;  /* its own; NULL or "" = none that is usable */
};

/* A `skipped` document to come: "SERIAL\nSCOPE\nSUBJECT"; the serial may be empty. */
struct inventory_skipped {
    enum device_type type;
    enum text_id reason;
    const char *key;
};

/* A packed device; bytes NULL = emitted or superseded. */
struct inventory_held {
    char *bytes;
    size_t size;
};

struct inventory_count {
    uint64_t seen, assets, duplicates;
    uint64_t skipped[TEXT_COUNT]; /* by reason */
};

struct inventory {
    struct operation *operation;
    const struct settings *settings;
    bool silent;     /* counts only, emits nothing: validate */
    int64_t started; /* Unix seconds */
    bool again;      /* rows that were read before are read once more */
    struct strmap serials, prefixes;
    struct strmap skipped_keys; /* of all rows that are no asset, by what they are known by */
    struct inventory_skipped *skipped;
    size_t skipped_count, skipped_capacity;
    struct inventory_held *held;
    size_t held_count, held_capacity, held_first, held_bytes;
    bool all_read[DEVICE_TYPE_COUNT]; /* the run has ended: every scope of the type was read */
    size_t text_bytes;                /* of scopes and verdicts */
    struct strmap scope_index;
    bool scopes_complete; /* the scopes are all there are */
    bool units_outside;   /* a scope that the account may not read may list units of this run */
    struct inventory_scope *scopes;
    size_t scope_count, scope_capacity;
    struct inventory_count counts[DEVICE_TYPE_COUNT + 1]; /* the last: OTHER */
    uint64_t problems[TEXT_COUNT];
    struct failure worst; /* of the incomplete scopes; cause 0 = none */
    /* Ticked attributes, and meta of the settings, that an emitted asset has. */
    bool meta_filled[META_VALUES_MAX]; /* of the settings' custom fields: a unit has a value */
};

/* `inventory` is large: allocate it. Operation and settings must outlive it. */
void inventory_init(struct inventory *inventory, struct operation *operation,
                    const struct settings *settings, bool silent);
void inventory_release(struct inventory *inventory);

/*
 * What a scope is called, and what it is when no unit of it is read: each scope that has a
 * coverage, and each that is listed and not read, becomes a `scope` document. Naming it again
 * replaces the names.
 */
int32_t inventory_name_scope(struct inventory *inventory, const struct scope_names *names,
                             enum scope_state state, struct failure *reterr);

/* A scope that this run will read for a device type. Asking twice is fine. */
int32_t inventory_expect(struct inventory *inventory, const char *scope, enum device_type type,
                         struct failure *reterr);

bool inventory_expects(const struct inventory *inventory, const char *scope, enum device_type type);

/* True for a scope that a failure has left incomplete. */
bool inventory_incomplete(const struct inventory *inventory, const char *scope,
                          enum device_type type);

/* Takes an expectation back: the scope turned out to lie outside of the account. */
void inventory_withdraw(struct inventory *inventory, const char *scope, enum device_type type);

/* One unit that is an asset, unless its serial was there before. */
int32_t inventory_sighting(struct inventory *inventory, const struct device *device,
                           struct failure *reterr);

/*
 * One row that is no asset. A row with a serial of its own that policy leaves out (unauthorized,
 * model_device, pre_provisioned, log_only_excluded) and a unit without a usable serial
 * (serial_unusable, which is a problem, too) become `skipped` documents at the end of the run,
 * unless an asset has the serial. Rows without a name (row_unnamed) become one problem and one
 * document a scope and type. Everything else is counted only.
 */
int32_t inventory_skip(struct inventory *inventory, const struct inventory_row *row,
                       struct failure *reterr);

/*
 * While `again` is set, rows that the run has seen before change no count and raise no problem;
 * what is new counts as ever, and a held sighting takes the newer place.
 */
void inventory_read_again(struct inventory *inventory, bool again);

/* The verdict on an expected scope: complete when `incomplete` is NULL. The first failure stays. */
int32_t inventory_end_scope(struct inventory *inventory, const char *scope, enum device_type type,
                            const struct failure *incomplete, struct failure *reterr);

/* A serial whose prefix the table of models lacks: one problem for each prefix. */
int32_t inventory_unknown_prefix(struct inventory *inventory, const char *serial,
                                 struct failure *reterr);

/*
 * Emits a problem. Beyond PROBLEMS_PER_REASON_MAX of one reason they are only counted, and told
 * by one last problem at the end.
 */
int32_t inventory_problem(struct inventory *inventory, const struct problem *problem,
                          struct failure *reterr);

/*
 * The end of a run: held sightings, coverages, the summary. After a cancel the held sightings are
 * dropped, and no scope of their types is complete. `code` and `failure` are what the
 * source returned. Returns the code of the whole operation: OK, PARTIAL, or the worst cause, with
 * `failure` filled unless OK.
 */
int32_t inventory_finish(struct inventory *inventory, int32_t code, struct failure *failure);

/*
 * Keeps what a run remembers within STORE_MAX: `beside` is what its source remembers. The oldest
 * held sightings give way; LIMIT (store_full) when that is not enough.
 */
int32_t inventory_room(struct inventory *inventory, size_t beside, struct failure *reterr);

/* True when no scope was left incomplete or open. */
bool inventory_complete(const struct inventory *inventory);
#endif
