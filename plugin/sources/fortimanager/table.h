/*
 * table.h - reads one device table of FortiManager to the end, or reports why it cannot.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TABLE_H
#define TABLE_H

#include "run.h"

/* Takes one row, borrowed for the call. Anything but OK stops the reading and is returned. */
typedef int32_t table_row(void *context, struct json_object *row, struct failure *failure);

/* The device table of one ADOM, whose count is not the total, or of all ADOMs. */
struct table {
    const char *adom;   /* NULL = all ADOMs */
    bool again;         /* its rows were read before and are counted separately */
    const char *fields; /* JSON array */
    const char *rest;   /* further members, or NULL */
};

/*
 * Reads the table in pages, sorted by oid. `take` sees each distinct row once.
 *
 * `range` is no snapshot: rows may come and go between pages. Each page therefore repeats the last
 * row of the page before, and must begin with that same row. The number of rows read must equal
 * what `option: count` reports before and after, if the server counts. Otherwise the table is read
 * a second time, then fails with DATA (table_changed).
 *
 * A server may send fewer rows than a page asks for. The table ends where the count is reached or,
 * without a count, where a page brings no new row. If the first page has one row, that row is the
 * whole table only if the next page is empty: a server whose pages hold one row fails with DATA. A
 * server ignores `range` if a page is longer than asked for, or if the whole table comes again and
 * matches the count: then one page is the whole table.
 *
 * A page that is too large is halved, down to two rows, one of them new, then fails with LIMIT.
 * Other errors: PERMISSION and DATA from the table's answer (fmg_rpc_fail()), DATA (reply_invalid)
 * for anything but a list of objects.
 *
 * Counts each pass in run->device_readings; run->table_bytes is the memory in use meanwhile.
 */
int32_t fmg_table_read(struct fmg_run *run, const struct table *table, table_row *take,
                       void *context, struct failure *failure);

/* Appends the URL of the device table of one ADOM, or of all ADOMs (NULL). */
void fmg_table_url(const char *adom, struct buffer *out);
#endif
