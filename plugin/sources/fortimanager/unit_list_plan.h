/*
 * unit_list_plan.h - which tables of switches and access points to ask for, and how many at once.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An ADOM's table answers for the gates named by `scope member`: All_FortiGate, or a slice of
 * (gate, VDOM) pairs where an ADOM is too large for one answer. Several tables go into one request
 * up to the size aimed at. What gates count only sizes the first slice.
 */
#ifndef UNIT_LIST_PLAN_H
#define UNIT_LIST_PLAN_H

#include "run.h"

#define PACK_MAX ((size_t)32) /* tables in one request */

/* One table to read: an ADOM's units of one type, of all its gates or of some. */
struct unit_list {
    uint32_t adom;
    enum device_type type;
    bool whole;               /* All_FortiGate */
    bool alone;               /* one gate, asked once more for what it counts */
    bool databases;           /* one gate whose device databases are read again: only they count */
    size_t first, gate_count; /* these of the ADOM's gates; all of them when whole */
    size_t units;             /* expected */
};

/* Tables that are asked for together. */
struct pack {
    struct unit_list unit_lists[PACK_MAX];
    size_t count, bytes;
};

/* Takes a pack; anything but OK ends the plan and is returned. */
typedef int32_t take_pack(void *context, struct pack *pack, struct failure *reterr);

/*
 * Calls `take` for all packs, in the order of ADOMs and gates; before the first the host is told
 * how many unit lists are to be read. `unit_bytes`: text of one unit, by type; 0 = this type is not
 * planned.
 */
int32_t unit_list_plan(struct run *run, const size_t unit_bytes[static DEVICE_TYPE_COUNT],
                       take_pack *take, void *context, struct failure *reterr);

/* The same for the ADOMs that have changed since they were read. */
int32_t unit_list_plan_changed(struct run *run, const size_t unit_bytes[static DEVICE_TYPE_COUNT],
                               take_pack *take, void *context, struct failure *reterr);

/* The same for these unit_lists. */
int32_t unit_list_plan_again(struct run *run, const size_t unit_bytes[static DEVICE_TYPE_COUNT],
                             const struct unit_list *unit_lists, size_t count, take_pack *take,
                             void *context, struct failure *reterr);

/* Whether a VDOM lies in an ADOM, as far as its row names one. */
bool vdom_lies_in(const struct gate_vdom *vdom, uint32_t adom);

/*
 * False for a slice all of whose VDOMs are known to lie in other ADOMs: it names nobody, and is not
 * asked for. What an empty `scope member` answers is not documented.
 */
bool unit_list_names_any(const struct run *run, const struct unit_list *unit_list);

/* Appends "/pm/config/adom/NAME" and `table`. */
void unit_list_url(const struct run *run, const struct unit_list *unit_list, const char *table,
                   struct buffer *out);

/*
 * Appends `lead` and the member "scope member". A gate in a slice whose VDOMs nobody told is asked
 * for `root`.
 */
void unit_list_scope(const struct run *run, const struct unit_list *unit_list, const char *lead,
                     struct buffer *out);

/* "/obj/fsp/managed-switch" or "/obj/wireless-controller/wtp". */
const char *unit_list_table(enum device_type type);
#endif
