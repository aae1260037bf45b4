/*
 * system.h - the FortiGate itself: identity, VDOMs, rights of the token.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FGT_SYSTEM_H
#define FGT_SYSTEM_H

#include "run.h"

/*
 * Sends the first requests: status, rights, and coordinates if selected. If the token's profile
 * cannot be read, its rights stay unknown.
 *
 * DATA (not_fortigate, not_fortimanager, gate_too_old), LIMIT (gate_too_many_vdoms) and the errors
 * of fgt_rest_get().
 */
int32_t fgt_system_read(struct fgt_run *run, struct failure *failure);

/* True if the controller of a type is switched off in a VDOM, which then has no such units. */
bool fgt_is_off(const struct fgt_run *run, enum device_type type, const struct fgt_vdom *vdom);

/*
 * Queries the VDOMs again. `run->changed` becomes the name of all scopes if the status names other
 * VDOMs than at first, or cannot be read. Fails only with what ends the run.
 */
int32_t fgt_vdoms_compare(struct fgt_run *run, struct failure *failure);

/*
 * Returns the VDOM `name`, added if new; NULL without memory. The pointer is valid until the next
 * addition.
 */
struct fgt_vdom *fgt_vdom(struct fgt_run *run, const char *name);

/* Returns the VDOM `name`; NULL if there is none, or `name` is NULL. */
struct fgt_vdom *fgt_vdom_by_name(const struct fgt_run *run, const char *name);

/* Sorts the VDOMs and names their scopes. Requires `run->scope`. False without memory. */
bool fgt_name_scopes(struct fgt_run *run);

/* Writes the names, "root, shop", for people and as an attribute; omits those that do not fit. */
void fgt_vdom_names(const struct fgt_run *run, char *out, size_t capacity);
#endif
