/*
 * coverage.h - the scopes of a run and the coverage status of each (scope, device type).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef COVERAGE_H
#define COVERAGE_H

#include "types.h"

/*
 * Names a scope and sets its state. Each scope that has a coverage, or whose state is not SCOPE_IN,
 * becomes a `scope` document. Naming it again replaces the names. Copies the texts. NO_MEMORY.
 */
int32_t inventory_name_scope(struct inventory *inventory, const struct scope_names *names,
                             enum scope_state state, struct failure *failure);

/* Announces that this run reads a scope for a device type; may be repeated. NO_MEMORY. */
int32_t inventory_expect(struct inventory *inventory, const char *scope, enum device_type type,
                         struct failure *failure);

/* The name of the i-th scope, borrowed; NULL past the end. */
const char *inventory_scope_name(const struct inventory *inventory, size_t i);

/* The status and the number of units of one coverage; NOT_EXPECTED and 0 if there is none. */
enum coverage_state inventory_state(const struct inventory *inventory, const char *scope,
                                    enum device_type type);
uint64_t inventory_units(const struct inventory *inventory, const char *scope,
                         enum device_type type);

/* True if this run reads the scope for the device type. */
bool inventory_expects(const struct inventory *inventory, const char *scope, enum device_type type);

/* Withdraws an expectation: the scope is outside of the account. */
void inventory_withdraw(struct inventory *inventory, const char *scope, enum device_type type);

/* Opens every expected coverage again, and forgets the worst failure. */
void inventory_reopen(struct inventory *inventory);

/*
 * Sets the coverage status of an expected scope: complete if `incomplete` is NULL. The first
 * failure stays. INTERNAL if the scope is not expected; NO_MEMORY.
 */
int32_t inventory_end_scope(struct inventory *inventory, const char *scope, enum device_type type,
                            const struct failure *incomplete, struct failure *failure);

/* Ends every open coverage as incomplete because of `why`. NO_MEMORY. */
int32_t inventory_end_open(struct inventory *inventory, const struct failure *why,
                           struct failure *failure);

/* Whether a run read a device type: at least one scope, and each to its end. True for OTHER. */
bool inventory_type_complete(const struct inventory *inventory, enum device_type type);

/* True if no scope is incomplete or open. */
bool inventory_complete(const struct inventory *inventory);

/* The worst failure of the incomplete scopes, borrowed; NULL = none. */
const struct failure *inventory_worst(const struct inventory *inventory);
void inventory_forget_worst(struct inventory *inventory);

/*
 * Whether one cause is worse than another. One that ends a run is never worse than another, and
 * HECTOR_OK ranks as such.
 */
bool inventory_is_worse(int32_t cause, int32_t other);

/* The coverage of a scope, for the files of this folder; NULL = none, and for OTHER. */
struct coverage *inventory_coverage(const struct inventory *inventory, const char *scope,
                                    enum device_type type);

/*
 * The i-th of all coverages, scope by scope; NULL past the end. Its type is i % DEVICE_TYPE_COUNT.
 */
struct coverage *inventory_coverage_at(const struct inventory *inventory, size_t i);
#endif
