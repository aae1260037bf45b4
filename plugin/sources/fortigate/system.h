/*
 * system.h - the FortiGate itself: status, VDOMs, what the token may see.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef GATE_SYSTEM_H
#define GATE_SYSTEM_H

#include "gate.h"

/*
 * the first requests. AUTH (gate_token_refused), PERMISSION (gate_refused), DATA
 * (gate_reply_invalid) and what http_exchange() returns. What only the profile would tell stays
 * unknown when that cannot be read.
 */
int32_t gate_system_read(struct gate_run *run, struct failure *reterr);

/* True where the controller of a type is switched off in a VDOM: there are none. */
bool gate_is_off(const struct gate_run *run, enum device_type type, const struct gate_vdom *vdom);

/* Asks once more for the VDOMs. `*ret_changed`: the status names others than at first. */
int32_t gate_vdoms_compare(struct gate_run *run, bool *ret_changed, struct failure *reterr);

/* A VDOM, added if need be; NULL without memory. The pointer is valid until the next addition. */
struct gate_vdom *gate_vdom(struct gate_run *run, const char *name);

/* Sorts the VDOMs and names their scopes, once `scope` is known. False without memory. */
bool gate_name_scopes(struct gate_run *run);

/* "root, shop": sorted, for people and as an attribute. */
void gate_vdom_names(const struct gate_run *run, char *out, size_t capacity);
#endif
