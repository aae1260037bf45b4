/*
 * fortinac.h - the simulated FortiNAC: its options and its state.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Section B is its REST API; G.1 corrects it. Sections and samples in this folder are those of the
 * reference on the sibling APIs.
 */
#ifndef FORTINAC_FORTINAC_H
#define FORTINAC_FORTINAC_H

#include "hosts.h"
#include "simulator.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How a list obeys `start` and `count`; its documented default is everything (B). */
enum paging { PAGING_HONOURED, PAGING_IGNORED };

/* Whether the rows are in the order of `sortKey`. */
enum order {
    ORDER_SORTED,
    ORDER_OTHER,   /* always the same, but another */
    ORDER_UNSTABLE /* another in each reply */
};

/* What a list says of its length (B). */
enum totals {
    TOTALS_TOTAL,    /* `total`: all rows of the database */
    TOTALS_FILTERED, /* and `filtered`: the rows that match */
    TOTALS_NULL,     /* the same, but null without a filter */
    TOTALS_NONE
};

/* What answers at the address. */
enum nac_product {
    PRODUCT_F,        /* FortiNAC-F */
    PRODUCT_XML,      /* FortiNAC 8: XML only */
    PRODUCT_NO_BEARER /* FortiNAC 9: HTTP Basic or a key (G.1) */
};

struct fortinac_options {
    enum nac_product product;
    enum paging paging;
    enum order order;
    enum totals totals;
    uint32_t page_cap;  /* the most rows of a reply, whatever is asked for; 0: none */
    bool iso_times;     /* not milliseconds */
    bool types_as_text; /* of type and state */
    bool single;        /* `result`: of one row, an object */
    uint32_t machines;  /* hosts with an agent */
    uint32_t rogues;    /* hosts without */
    const char *token;
    const char *subnets;     /* the token's Allowed Subnets, comma separated; NULL: any */
    unsigned outside_status; /* HTTP, from outside of them: 401 or 403 */
    const char *filter;      /* that of the client whose inventory is expected; NULL: none */
};

struct fortinac {
    struct simulator simulator; /* first: the server passes a pointer to it */
    struct fortinac_options options;
    struct hosts hosts;
    uint64_t lists; /* that were answered */
};

#endif
