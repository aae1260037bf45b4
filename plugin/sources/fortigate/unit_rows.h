/*
 * unit_rows.h - the rows of a FortiGate's unit list, on their way to the inventory.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FGT_UNIT_ROWS_H
#define FGT_UNIT_ROWS_H

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
    const char *vdom; /* the one requested; NULL = all */
    bool probe;       /* only looks for further rows: failures do not count */
    int64_t start, count;
    struct rest_query query;   /* the request, made of the above */
    bool not_found;            /* the answer is 404 */
    size_t rows;               /* received, in all envelopes */
    bool follows;              /* its first row must be the last of the page before ... */
    bool shifted;              /* ... but it was another one */
    char before[64], last[64]; /* ids of the last rows: of the page before, of this page */
};

/*
 * Passes the rows of one VDOM to the inventory, except those that an earlier list showed, and sets
 * `shifted` and `last` of the page. Ignores rows that are not objects. NO_MEMORY and the errors of
 * the inventory.
 */
int32_t fgt_unit_rows_read(struct unit_list *list, struct unit_page *page,
                           const struct fgt_vdom *vdom, struct json_object *results,
                           struct failure *failure);
#endif
