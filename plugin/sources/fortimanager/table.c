/*
 * table.c - reads one device table of FortiManager to the end, or reports why it cannot.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "table.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/strmap.h"
#include "envelope.h"
#include "host/repeat.h"
#include "json/json_read.h"

struct reading {
    struct fmg_run *run;
    const struct table *table;
    const char *url;
    table_row *take;
    void *context;
    struct strmap rows; /* by oid (or serial and name): the pass that saw the row last */
    uint32_t pass;

    /* state of the current pass */
    int64_t count_before, count_after;
    int64_t distinct;
    int32_t page_rows;
    char last[32 + NAME_MAX_BYTES]; /* key of the last row */
    bool moved;                     /* the overlapping row did not match, or there is no end */
    bool alone; /* the first page had one row: the next begins after it, not with it */
};

/* The key of a row: its oid, which is always sent, else its serial and name. */
static void row_key(struct json_object *row, char *key, size_t capacity)
{
    const char *name = json_member_text(row, "name"), *serial = json_member_text(row, "sn");
    int64_t oid;

    if (json_member_integer(row, "oid", &oid)) {
        (void)snprintf(key, capacity, "%" PRId64, oid);
    } else {
        (void)snprintf(key, capacity, "%.*s %s", SERIAL_MAX - 8, serial != NULL ? serial : "",
                       name != NULL ? name : "");
    }
}

static int32_t take_row(struct reading *reading, struct json_object *row, struct failure *failure)
{
    uint32_t *pass;
    bool added;

    if (!json_object_is_type(row, json_type_object)) {
        return fmg_envelope_invalid(&reading->run->rpc, reading->url, "a row that is no object",
                                    failure);
    }
    row_key(row, reading->last, sizeof(reading->last));
    if (strmap_put(&reading->rows, reading->last, reading->pass, &pass, &added) == NULL) {
        return fail_memory(reading->run->operation, failure);
    }
    reading->run->table_bytes = strmap_bytes(&reading->rows);
    if (!added && *pass == reading->pass) {
        return HECTOR_OK; /* the overlapping row */
    }
    *pass = reading->pass;
    reading->distinct++;
    return added ? reading->take(reading->context, row, failure) : HECTOR_OK;
}

/* Adjusts the rows per page so that the next page is about as large as intended. */
static void fit_page(struct reading *reading, uint64_t bytes, size_t rows)
{
    const struct limits *limits = reading->run->operation->limits;
    uint64_t fitting = rows > 0 && bytes > 0 ? limits->reply_aim_bytes * rows / bytes : 0;

    if (fitting > 0) {
        reading->page_rows =
            fitting < (uint64_t)limits->page_rows_max ? (int32_t)fitting : limits->page_rows_max;
    }
    if (reading->page_rows < 2) {
        reading->page_rows = 2;
    }
}

/*
 * Whether a page without a new row is the whole table: the server ignores `range` and sends
 * everything again.
 */
static bool is_whole(const struct reading *reading, size_t rows)
{
    return (int64_t)rows >= reading->distinct &&
           (rows > (size_t)reading->page_rows || reading->distinct == reading->count_after);
}

/*
 * Whether a page is the last: it has no new row, or is longer than asked for (the server ignores
 * `range`). A short page is the last only if the count is reached, because a server may limit its
 * pages.
 */
static bool is_last(const struct reading *reading, size_t rows, bool any_new)
{
    size_t asked = (size_t)reading->page_rows;

    return !any_new || rows > asked ||
           (rows < asked && reading->count_after != COUNT_NONE &&
            reading->distinct >= reading->count_after);
}

/*
 * Requests the page at `offset` with the count after it and, for the first page, before it: the
 * answers are params[1], params[2] and params[0].
 */
static int32_t ask_page(struct reading *reading, int64_t offset, struct rpc_param params[static 3],
                        struct failure *failure)
{
    const struct table *table = reading->table;
    size_t skip = offset == 0 ? 0 : 1;
    struct buffer rest = BUFFER(REQUEST_BODY_MAX);
    int32_t code;

    buffer_printf(&rest, "\"range\":[%" PRId64 ",%" PRId32 "],\"sortings\":[{\"oid\":1}]", offset,
                  reading->page_rows);
    if (table->rest != NULL) {
        buffer_printf(&rest, ",%s", table->rest);
    }
    params[0] = (struct rpc_param){.url = reading->url, .rest = RPC_COUNT_OPTION};
    params[2] = params[0];
    params[1] = (struct rpc_param){
        .url = reading->url, .fields = table->fields, .rest = buffer_text(&rest)};
    if ((code = fail_buffer(reading->run->operation, failure, &rest)) == HECTOR_OK) {
        code = fmg_rpc_get(&reading->run->rpc, params + skip, 3 - skip, failure);
    }
    buffer_release(&rest);
    return code != HECTOR_OK ? code : fmg_rpc_table(&reading->run->rpc, &params[1], failure);
}

/* Reads one page from `*offset` on; `*done` if it was the last. */
static int32_t read_page(struct reading *reading, int64_t *offset, bool *done,
                         struct failure *failure)
{
    struct operation *operation = reading->run->operation;
    bool first_page = *offset == 0, shifted = false;
    uint64_t bytes = operation->bytes;
    struct rpc_param params[3];
    char first[sizeof(reading->last)];
    int64_t distinct = reading->distinct;
    int32_t code = ask_page(reading, *offset, params, failure);

    if (code != HECTOR_OK) {
        fmg_rpc_release(params, 3);
        return code;
    }
    if (first_page) {
        reading->count_before = fmg_rpc_count(&params[0]);
    }
    reading->count_after = fmg_rpc_count(&params[2]);
    struct json_object *page = params[1].data;
    size_t rows = json_row_count(page);
    if (!first_page) {
        row_key(json_element(page, 0), first, sizeof(first));
        /* After a single row that is the whole table, the next page must be empty. */
        shifted = reading->alone ? rows > 0 : strcmp(first, reading->last) != 0;
    }
    for (size_t i = 0; code == HECTOR_OK && i < rows; i++) {
        code = take_row(reading, json_row(page, i), failure);
    }
    fmg_rpc_release(params, 3);
    *done = is_last(reading, rows, reading->distinct > distinct);
    if (reading->distinct > distinct || !is_whole(reading, rows)) {
        reading->moved = reading->moved || shifted;
    }
    reading->alone = first_page && rows == 1;
    *offset += reading->alone ? 1 : (int64_t)rows - 1;
    fit_page(reading, operation->bytes - bytes, rows);
    if (first_page && reading->count_after == COUNT_NONE && rows > 2) {
        /* Without a count, only a page longer than asked for reveals that `range` is ignored. */
        reading->page_rows = (int32_t)rows - 1;
    }
    if (reading->distinct > TABLE_ROWS_MAX) {
        reading->moved = *done = true; /* an endless table */
    }
    return code;
}

static int32_t read_pass(struct reading *reading, struct failure *failure)
{
    struct operation *operation = reading->run->operation;
    int64_t offset = 0;
    bool done = false, known;

    reading->run->device_readings++;
    reading->distinct = 0;
    reading->moved = false;
    reading->page_rows = operation->limits->page_rows;
    operation_progress(operation, PHASE_devices, 0, 0);
    while (!done) {
        int64_t distinct = reading->distinct, left;
        int32_t code = operation_check(operation, failure);

        if (code != HECTOR_OK) {
            return code;
        }
        code = read_page(reading, &offset, &done, failure);
        if (code == HECTOR_LIMIT && failure->reason == REASON_reply_too_large &&
            reading->page_rows > 2) {
            /* One row overlaps: a page of one row would make no progress. */
            reading->page_rows = reading->page_rows < 4 ? 2 : reading->page_rows / 2;
            operation_log(operation, HECTOR_LOG_DEBUG, "%s in pages of %" PRId32 " rows: %s",
                          reading->url, reading->page_rows, message_slug(failure->reason));
            continue;
        }
        if (code != HECTOR_OK) {
            return code;
        }
        left = reading->count_after - reading->distinct;
        known = left > 0 && reading->count_after <= TABLE_ROWS_MAX && reading->table->adom == NULL;
        operation_progress(operation, PHASE_devices, (uint64_t)(reading->distinct - distinct),
                           known ? (uint64_t)left : 0);
    }
    return HECTOR_OK;
}

static bool pass_is_sound(const struct reading *reading)
{
    /* No rows and no count: an answer without data looks the same, so try once more. */
    if (reading->distinct == 0 && reading->count_before == COUNT_NONE &&
        reading->pass < PASSES_MAX) {
        return false;
    }
    return !reading->moved &&
           (reading->count_before == COUNT_NONE || reading->count_before == reading->distinct) &&
           (reading->count_after == COUNT_NONE || reading->count_after == reading->distinct);
}

void fmg_table_url(const char *adom, struct buffer *out)
{
    if (adom != NULL) {
        fmg_rpc_path(out, "/dvmdb/adom/", adom, "/device");
    } else {
        buffer_append_text(out, "/dvmdb/device");
    }
}

int32_t fmg_table_read(struct fmg_run *run, const struct table *table, table_row *take,
                       void *context, struct failure *failure)
{
    struct reading reading = {.run = run, .table = table, .take = take, .context = context};
    bool was_again = run->operation->again;
    struct buffer text = BUFFER(FMG_URL_MAX);
    char url[61], counts[160];
    int32_t code;

    fmg_table_url(table->adom, &text);
    if ((code = fail_buffer(run->operation, failure, &text)) != HECTOR_OK) {
        goto out;
    }
    reading.url = buffer_text(&text);
    secrets_hide(&run->operation->secrets, reading.url, url, sizeof(url));
    for (reading.pass = 1;; reading.pass++) {
        run->operation->again = was_again || table->again || reading.pass > 1;
        code = read_pass(&reading, failure);
        run->operation->again = was_again;
        if (code != HECTOR_OK || pass_is_sound(&reading)) {
            break;
        }
        (void)snprintf(counts, sizeof(counts),
                       "%s: %" PRId64 " rows read, counted %" PRId64 " before and %" PRId64
                       " after",
                       url, reading.distinct, reading.count_before, reading.count_after);
        if (reading.pass == PASSES_MAX || reading.distinct > TABLE_ROWS_MAX) {
            code =
                fail(run->operation, failure, REASON_table_changed, counts, ARGUMENTS(reading.url));
            break;
        }
        repeat_reading(run->operation, HECTOR_LOG_INFO, counts);
    }
    strmap_release(&reading.rows);
    run->table_bytes = 0;
out:
    buffer_release(&text);
    return code;
}
