/*
 * unit_list.h - the unit lists of one kind, VDOM by VDOM: requests, answers and rows.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FGT_UNIT_LIST_H
#define FGT_UNIT_LIST_H

#include "unit_table.h"

/* The unit lists of one kind, of all VDOMs. */
struct unit_list {
    struct fgt_run *run;
    const struct unit_kind *kind;
    const char *path;    /* of the kind, or the one of older releases */
    bool not_found;      /* the answer for all VDOMs is 404: there is no such controller */
    bool paged;          /* rows are read in pages */
    bool first;          /* the current rows belong to the first list of their VDOM */
    bool replaced;       /* another member of the cluster than the first has answered */
    uint32_t number;     /* of the current list: pages overlap, VDOMs may repeat a row */
    struct unit_ids ids; /* of the rows read */
    /* The configuration, to complete rows without a serial: */
    struct rest_answer table;
    bool nameless, looked_up;
};

/* One answer, or one page of it. */
struct unit_page {
    const char *vdom;          /* the one requested; NULL = all */
    bool probe;                /* only looks for further rows: failures do not count */
    struct rest_query query;   /* the request; the caller sets `start` and `count` */
    bool not_found;            /* the answer is 404 */
    size_t rows;               /* received, in all envelopes */
    bool follows;              /* its first row must be the last of the page before ... */
    bool shifted;              /* ... but it was another one */
    char last[FGT_ROW_ID_MAX]; /* id of the last row, until then of the page before */
};

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
