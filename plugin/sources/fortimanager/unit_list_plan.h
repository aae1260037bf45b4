/*
 * unit_list_plan.h - which tables of switches and access points to request, and how many at once.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An ADOM's table answers for the FortiGates named by `scope member`: All_FortiGate, or a slice of
 * (FortiGate, VDOM) pairs if an ADOM is too large for one answer. Several tables go into one
 * request, up to the target size of a reply. The FortiGates' counters only serve to size the
 * slices.
 */
#ifndef UNIT_LIST_PLAN_H
#define UNIT_LIST_PLAN_H

#include "kinds.h"
#include "run.h"

/* One table to read: an ADOM's units of one type, of all its FortiGates or of some. */
struct unit_list {
    uint32_t adom;
    enum device_type type;
    bool whole;              /* of All_FortiGate */
    bool alone;              /* of one FortiGate, asked once more because it counts units */
    bool databases;          /* of one FortiGate: its device databases are read again */
    size_t first, fgt_count; /* a range of the ADOM's FortiGates; all of them when whole */
    size_t units;            /* expected number of rows */
};

/* Tables for one request. */
struct pack {
    const struct unit_list *unit_lists; /* borrowed; at most PACK_MAX */
    size_t count;
};

/* Takes a pack. Anything but OK ends the plan and is returned. */
typedef int32_t take_pack(void *context, const struct pack *pack, struct failure *failure);

/* How unit lists are packed, and what takes the packs. */
struct unit_list_plan {
    struct fmg_run *run;
    size_t unit_bytes[DEVICE_TYPE_COUNT]; /* size of one row; 0 = this type is not read */
    take_pack *take;
    void *context; /* of `take` */
};

/*
 * Packs the unit lists of all ADOMs, or only of those that have changed since they were read, in
 * the order of ADOMs and FortiGates, after reporting their number to the host. Returns the first
 * code of `take` other than OK.
 */
int32_t fmg_unit_list_plan(const struct unit_list_plan *plan, bool changed_only,
                           struct failure *failure);

/* Like fmg_unit_list_plan(), for the given unit lists. Those that name no VDOM are removed. */
int32_t fmg_unit_list_plan_again(const struct unit_list_plan *plan, struct unit_list *unit_lists,
                                 size_t count, struct failure *failure);

/*
 * Whether a unit list names any VDOM. False for a slice whose VDOMs are all in other ADOMs: it is
 * not requested, because the answer to an empty `scope member` is not documented.
 */
bool fmg_unit_list_names_any(const struct fmg_run *run, const struct unit_list *unit_list);

/* The ADOM of a unit list, and the i-th of its FortiGates; NULL past the last one. */
struct adom *fmg_unit_list_adom(const struct fmg_run *run, const struct unit_list *unit_list);
struct fgt *fmg_unit_list_fgt(const struct fmg_run *run, const struct unit_list *unit_list,
                              size_t i);

/*
 * Adds the query for a table of a unit list to a batch: the URL "/pm/config/adom/NAME" and `table`,
 * then `lead` and the member "scope member". A FortiGate of a slice that reported no VDOM is
 * requested with `root`. Returns the param, valid until the batch is released.
 */
struct rpc_param *fmg_unit_list_add(const struct fmg_run *run, const struct unit_list *unit_list,
                                    const char *table, const char *lead, struct rpc_batch *batch);
#endif
