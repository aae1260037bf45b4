/*
 * unit_list.h - the requests for the unit lists of one kind, VDOM by VDOM.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FGT_UNIT_LIST_H
#define FGT_UNIT_LIST_H

#include "unit_rows.h"

/*
 * Reads the unit lists of all VDOMs: their rows into the inventory, and what each VDOM answered
 * into `run->vdoms`. May be repeated: rows that were shown before stay.
 */
int32_t fgt_unit_list_read(struct unit_list *list, struct failure *failure);

/*
 * Ends the coverage of a VDOM; `incomplete` says why it is not complete, or NULL. If the profile
 * lacks the right, the failure names the right, not the refused URL. A doubtful VDOM that is
 * refused is withdrawn: it is no part of this import.
 */
int32_t fgt_unit_list_end_vdom(struct unit_list *list, const struct fgt_vdom *vdom,
                               const struct failure *incomplete, struct failure *failure);

/* Sets and returns PERMISSION (right_missing): the profile of the token lacks the right. */
int32_t fgt_unit_list_fail_right(const struct unit_list *list, struct failure *failure);
#endif
