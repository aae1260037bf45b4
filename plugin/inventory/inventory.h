/*
 * inventory.h - units, scopes, counters and problems of a run, up to the summary.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A source reports here every unit, every skipped row and the coverage status of every (scope,
 * device type). The inventory emits assets, problems, coverages and the summary. It ensures that
 *   - a serial becomes one asset per run, however often it is listed. A connected record is emitted
 *     at once; a disconnected one is deferred, packed, until all scopes have ended, since a
 *     connected one elsewhere is more accurate. Beyond DEFERRED_MAX the oldest are emitted, and
 *     earlier if the run needs the memory;
 *   - an asset is not certain if another scope may know its unit better;
 *   - seen = assets + skipped + duplicates, for each device type;
 *   - what was not read is not reported as absent: a scope without a coverage status is incomplete.
 */
#ifndef INVENTORY_H
#define INVENTORY_H

#include "coverage.h"

/*
 * Returns an empty inventory, which the caller frees; NULL without memory. `operation` and
 * `settings` must outlive it. `silent`: count only, emit nothing.
 */
struct inventory *inventory_new(struct operation *operation, const struct settings *settings,
                                bool silent);
void inventory_free(struct inventory *inventory);

/* Sets what is added to the assets; its context must outlive the run. */
void inventory_set_extras(struct inventory *inventory, const struct inventory_extras *extras);

/* Whether no unit was recorded; rows read, and assets counted, of one device type. */
bool inventory_is_empty(const struct inventory *inventory);
uint64_t inventory_seen(const struct inventory *inventory, enum device_type type);
uint64_t inventory_assets(const struct inventory *inventory, enum device_type type);

/* Whether a unit has a value for the i-th field of settings->meta. */
bool inventory_meta_filled(const struct inventory *inventory, size_t i);

/* Sets whether the system has no scopes but those named; initially false. */
void inventory_set_scopes_complete(struct inventory *inventory, bool complete);

/* Notes that a scope that the account may not read may list units of this run. */
void inventory_set_units_outside(struct inventory *inventory);

/*
 * Emits a problem. Beyond PROBLEMS_PER_REASON_MAX of one reason they are only counted; one last
 * problem at the end gives their number.
 */
int32_t inventory_problem(struct inventory *inventory, const struct problem *problem,
                          struct failure *failure);

/*
 * Reports one unit, which becomes an asset unless its serial is already known; a guessed model as
 * inventory_unknown_prefix() first. Copies the device if it is deferred.
 */
int32_t inventory_record(struct inventory *inventory, const struct device *device,
                         struct failure *failure);

/*
 * Reports one row that is no asset. Two kinds become `skipped` documents at the end of the run,
 * unless an asset has the serial: a row with a serial of its own that policy excludes
 * (unauthorized, model_device, pre_provisioned, log_only_excluded, serial_shared), and a unit
 * without a usable serial (serial_unusable, which is also a problem). Rows without a name
 * (row_unnamed) become one problem and one document per scope and type. All others are only
 * counted.
 */
int32_t inventory_skip(struct inventory *inventory, const struct inventory_row *row,
                       struct failure *failure);

/*
 * Counts rows of one scope and type of which nothing else is kept: skipped for `reason`, or, if
 * that is MESSAGE_NONE, further rows of units that are assets. A source calls it once for rows that
 * it does not read again.
 */
void inventory_count(struct inventory *inventory, const struct inventory_row *row, uint64_t rows);

/*
 * While `again` is set, rows that the run already knows change no count and raise no problem; new
 * rows count as usual, and a newer record replaces a deferred one.
 */
void inventory_read_again(struct inventory *inventory, bool again);

/* Reports a serial whose prefix is not in the model table: one problem per prefix. */
int32_t inventory_unknown_prefix(struct inventory *inventory, const char *serial,
                                 struct failure *failure);

/*
 * For inventory_extras.report: emits an `unmatched` document, unless a row of the run has the
 * serial, or its model is of a device type that is not chosen, was not read to its end, or is none:
 * a cloud service. Errors of operation_emit().
 */
int32_t inventory_unmatched(struct inventory *inventory, const struct unmatched *unmatched,
                            struct failure *failure);

/*
 * Keeps the memory of a run within STORE_MAX; `beside` is what its source uses, in bytes. Emits the
 * oldest deferred records first; LIMIT (store_full) if that is not enough.
 */
int32_t inventory_room(struct inventory *inventory, size_t beside, struct failure *failure);

/*
 * Emits the deferred records until the host cancels, then drops the others. `*code` and `why` are
 * those of the run.
 */
int32_t inventory_end_deferred(struct inventory *inventory, int32_t *code, struct failure *why,
                               struct failure *failure);
#endif
