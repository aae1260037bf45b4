/*
 * table.h - reads one table of FortiManager to the end, or says why not.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TABLE_H
#define TABLE_H

#include "rpc.h"

/* Takes one row; anything but OK stops the reading and is returned. */
typedef int32_t table_row(void *context, struct json_object *row, struct failure *reterr);

struct table {
    const char *url;
    const char *fields; /* JSON array */
    const char *rest;   /* further members, or NULL */
    enum phase phase;   /* that its rows count in */
    bool is_part;       /* of a phase that has other tables: its count is not the total */
    size_t *kept;       /* told how many bytes the reading remembers; NULL = nobody asks */
    uint32_t *passes;   /* counts how often the table is begun; NULL = nobody asks */
};

/*
 * Pages through the table, sorted by oid, each page overlapping the last by one row that must be
 * the same: `range` is no snapshot, and rows may come and go meanwhile. `take` sees each distinct
 * row once. OK only when the rows read are as many as `option: count` says before and after, if it
 * says so; else the table is read once more, and then DATA (table_changed). A server may give fewer
 * rows than a page asks for: the end is where the count is reached, or, without a count, where a
 * page brings nothing new; one row alone is the whole table only if a page behind it is empty, so
 * that a server whose pages hold one row is told as DATA. One that ignores `range` is noticed, by a
 * page longer than asked for, or by the whole table coming again with a count that agrees: its one
 * page is the whole table. A page that is too large is halved, down to two rows, one of them
 * new, then LIMIT. PERMISSION, DATA: what the table answered (rpc_fail()), and DATA (reply_invalid)
 * for what is no list of objects.
 */
int32_t table_read(struct rpc *rpc, const struct table *table, table_row *take, void *context,
                   struct failure *reterr);

/* Calls `take` for each row of an answer: an array, one object, or nothing. */
int32_t table_each(struct json_object *data, table_row *take, void *context,
                   struct failure *reterr);
#endif
