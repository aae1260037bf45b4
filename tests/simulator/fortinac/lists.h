/*
 * lists.h - the list of hosts, a page of it, and their number.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FORTINAC_LISTS_H
#define FORTINAC_LISTS_H

#include "filter.h"
#include "fortinac.h"
#include "text.h"

/* What a request asks for. */
struct list_query {
    const struct filter *filter;
    uint64_t start;
    uint64_t count; /* 0: everything */
    bool by_id;     /* sortKey=id */
    int fault;
};

/* GET /host (fortinac_host_7.4_docs). */
void lists_put_hosts(struct fortinac *fortinac, const struct list_query *query, struct text *ret);

/* GET /host/count (fortinac_host_count_all_7.4_docs). */
void lists_put_count(const struct fortinac *fortinac, const struct list_query *query,
                     struct text *ret);

/* An error. The body is not recorded; `message` and a status are documented (B). */
void lists_put_failure(const char *message, struct text *ret);

#endif
