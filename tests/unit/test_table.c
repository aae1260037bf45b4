/*
 * test_table.c - tables read page by page, against a peer whose table changes during the reading.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/fortimanager/table.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "base/utf8.h"
#include "lib/rpc_fixture.h"
#include "lib/tap.h"
#include "json/json_read.h"

#define ROWS_MAX 64
#define ALWAYS   1000000

/* The peer's table. Changes happen before the page of that number is answered, counted from 1 over
 * both passes. */
struct shelf {
    int oids[ROWS_MAX];
    int count;
    size_t row_bytes; /* bytes of padding in a row */
    int large_oid;    /* the oid of a row of 5000 bytes */
    bool ignores_range;
    int cap;          /* the most rows in a page; 0 = as many as requested */
    bool counts_not;  /* `option: count` fails */
    bool named;       /* rows have names, but no oid */
    bool single;      /* a single row comes as an object */
    const char *odd;  /* replaces row 2 */
    const char *page; /* replaces every page */
    int page_code;    /* the code that answers pages */
    int count_lies;   /* the number of counts that are one too high */
    int remove_at, add_at, append_at;
    int empty_at, empty_until; /* empty pages */
    int repeat_from;           /* from this page on, every page is the first again */
    int pages;                 /* answered so far */
};

static void shelf_fill(struct shelf *shelf, int count)
{
    for (int i = 0; i < count; i++) {
        shelf->oids[i] = i + 1;
    }
    shelf->count = count;
}

static void shelf_change(struct shelf *shelf)
{
    if (shelf->pages == shelf->remove_at) {
        memmove(shelf->oids, shelf->oids + 1, sizeof(shelf->oids) - sizeof(shelf->oids[0]));
        shelf->count--;
    }
    if (shelf->pages == shelf->add_at) {
        memmove(shelf->oids + 1, shelf->oids, sizeof(shelf->oids) - sizeof(shelf->oids[0]));
        shelf->oids[0] = 0;
        shelf->count++;
    }
    if (shelf->pages == shelf->append_at) {
        shelf->oids[shelf->count] = 100;
        shelf->count++;
    }
}

static void write_row(const struct shelf *shelf, int oid, struct buffer *body)
{
    size_t padding = oid > 0 && oid == shelf->large_oid ? 5000 : shelf->row_bytes;

    if (oid == 2 && shelf->odd != NULL) {
        buffer_append_text(body, shelf->odd);
        return;
    }
    if (shelf->named) {
        buffer_printf(body, "{\"name\":\"row %d\"", oid);
    } else {
        buffer_printf(body, "{\"oid\":%d", oid);
    }
    if (padding > 0) {
        buffer_append_text(body, ",\"desc\":\"");
        for (size_t i = 0; i < padding; i++) {
            buffer_append_text(body, "x");
        }
        buffer_append_text(body, "\"");
    }
    buffer_append_text(body, "}");
}

static void write_page(struct shelf *shelf, struct json_object *param, struct buffer *body)
{
    struct json_object *range = json_member_array(param, "range");
    int64_t offset = 0, rows = 0;

    shelf->pages++;
    shelf_change(shelf);
    if (shelf->page_code != 0) {
        buffer_printf(body, "{\"status\":{\"code\":%d,\"message\":\"no\"}}", shelf->page_code);
        return;
    }
    (void)json_integer(json_object_array_get_idx(range, 0), &offset);
    (void)json_integer(json_object_array_get_idx(range, 1), &rows);
    if (shelf->ignores_range) {
        offset = 0;
        rows = shelf->count;
    } else if (shelf->repeat_from > 0 && shelf->pages >= shelf->repeat_from) {
        offset = 0;
    } else if (shelf->pages >= shelf->empty_at && shelf->pages <= shelf->empty_until) {
        rows = 0;
    }
    if (shelf->page != NULL) {
        buffer_printf(body, "{\"data\":%s,\"status\":{\"code\":0}}", shelf->page);
        return;
    }
    if (shelf->cap > 0 && rows > shelf->cap) {
        rows = shelf->cap;
    }
    buffer_append_text(body, shelf->single ? "{\"data\":" : "{\"data\":[");
    if (shelf->single && offset >= shelf->count) {
        buffer_append_text(body, "null");
    }
    for (int64_t i = offset; i < offset + rows && i < shelf->count; i++) {
        buffer_append_text(body, i > offset ? "," : "");
        write_row(shelf, shelf->oids[i], body);
    }
    buffer_append_text(body, shelf->single ? "," : "],");
    buffer_append_text(body, "\"status\":{\"code\":0,\"message\":\"OK\"}}");
}

static void write_count(struct shelf *shelf, struct buffer *body)
{
    int count = shelf->count;

    if (shelf->counts_not) {
        buffer_append_text(body, "{\"status\":{\"code\":-3,\"message\":\"no such option\"}}");
        return;
    }
    if (shelf->count_lies > 0) {
        shelf->count_lies--;
        count++;
    }
    buffer_printf(body, "{\"data\":%d,\"status\":{\"code\":0,\"message\":\"OK\"}}", count);
}

static void answer_shelf(void *context, struct json_object *request, struct rpc_answer *ret)
{
    struct json_object *params = json_member_array(request, "params");

    buffer_append_text(&ret->body, "{\"result\":[");
    for (size_t i = 0; i < json_count(params); i++) {
        struct json_object *param = json_object_array_get_idx(params, i);

        buffer_append_text(&ret->body, i > 0 ? "," : "");
        if (json_member(param, "range") != NULL) {
            write_page(context, param, &ret->body);
        } else {
            write_count(context, &ret->body);
        }
    }
    buffer_append_text(&ret->body, "]}");
}

/* One reading, and the rows it returned. */
struct reading {
    struct shelf shelf;
    struct rpc_fixture fixture;
    char taken[1024]; /* "1 2 3 " */
    int rows;
    int stop_at;      /* taking this row fails */
    bool cancel_then; /* or the host cancels */
};

static int32_t take(void *context, struct json_object *row, struct failure *failure)
{
    struct reading *reading = context;
    size_t size = strlen(reading->taken);
    int64_t oid;

    if (json_member_integer(row, "oid", &oid)) {
        (void)snprintf(reading->taken + size, sizeof(reading->taken) - size, "%d ", (int)oid);
    } else {
        (void)snprintf(reading->taken + size, sizeof(reading->taken) - size, "%s ",
                       json_member_text(row, "name"));
    }
    if (++reading->rows == reading->stop_at) {
        reading->fixture.host.cancel = reading->cancel_then;
        return reading->cancel_then ? HECTOR_OK
                                    : fail(&reading->fixture.host.operation, failure,
                                           REASON_internal, NULL, ARGUMENTS("test"));
    }
    return HECTOR_OK;
}

/* Begins with pages of four rows; a test may change the limits. */
static void begin(struct reading *reading, int rows)
{
    *reading = (struct reading){0};
    shelf_fill(&reading->shelf, rows);
    rpc_fixture_begin_answerer(&reading->fixture, answer_shelf, &reading->shelf);
    reading->fixture.host.limits.page_rows = 4;
    reading->fixture.host.limits.page_rows_max = 4;
    CU_ASSERT_EQUAL(rpc_fixture_open(&reading->fixture), HECTOR_OK);
}

static int32_t read_all(struct reading *reading)
{
    static const struct table table = {.fields = "[\"name\"]", .rest = "\"loadsub\":0"};
    struct fmg_run run = {.operation = &reading->fixture.host.operation,
                          .rpc = reading->fixture.rpc};
    int32_t code = fmg_table_read(&run, &table, take, reading, &reading->fixture.host.failure);

    CU_ASSERT_EQUAL(run.table_bytes, 0);
    reading->fixture.rpc = run.rpc;
    rpc_fixture_close(&reading->fixture);
    return code;
}

static void end(struct reading *reading)
{
    rpc_fixture_end(&reading->fixture);
}

/* The range of the `i`-th request: "0,4". */
static const char *range_of(struct reading *reading, size_t i)
{
    static char range[32];
    const char *found = strstr(rpc_record_body(&reading->fixture.record, i), "\"range\":[");

    range[0] = '\0';
    if (found != NULL) {
        found += strlen("\"range\":[");
        utf8_copy(range, sizeof(range), found, strcspn(found, "]"));
    }
    return range;
}

/* ---- tables without changes */

static void test_one_page(void)
{
    struct reading reading;

    begin(&reading, 3);
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(reading.taken, "1 2 3 ");
    CU_ASSERT_EQUAL(reading.fixture.record.count, 1);
    CU_ASSERT_STRING_EQUAL(
        rpc_record_body(&reading.fixture.record, 0),
        "{\"id\":1,\"method\":\"get\",\"params\":[{\"url\":\"/dvmdb/device\",\"option\":[\"count\"]"
        "},{\"url\":\"/dvmdb/device\",\"fields\":[\"name\"],\"range\":[0,4],\"sortings\":[{\"oid\":"
        "1}],\"loadsub\":0},{\"url\":\"/dvmdb/device\",\"option\":[\"count\"]}],\"verbose\":1}");
    CU_ASSERT_EQUAL(reading.fixture.host.operation.repeats, 0);
    CU_ASSERT_EQUAL(progress_rule_of(&reading.fixture.host.progress, "devices").done, 3);
    end(&reading);
}

static void test_several_pages(void)
{
    struct reading reading;

    begin(&reading, 10);
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(reading.taken, "1 2 3 4 5 6 7 8 9 10 ");
    CU_ASSERT_EQUAL(reading.fixture.record.count, 4);
    CU_ASSERT_STRING_EQUAL(range_of(&reading, 0), "0,4");
    CU_ASSERT_STRING_EQUAL(range_of(&reading, 1), "3,4"); /* one row overlaps */
    CU_ASSERT_STRING_EQUAL(range_of(&reading, 2), "6,4");
    CU_ASSERT_STRING_EQUAL(range_of(&reading, 3), "9,4");
    CU_ASSERT_EQUAL(reading.fixture.host.operation.repeats, 0);
    end(&reading);
}

static void test_full_page(void)
{
    struct reading reading;

    begin(&reading, 4);
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(reading.taken, "1 2 3 4 ");
    CU_ASSERT_EQUAL(reading.fixture.record.count, 2);
    end(&reading);
}

static void test_empty_table(void)
{
    struct reading reading;

    begin(&reading, 0);
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(reading.taken, "");
    CU_ASSERT_EQUAL(reading.fixture.record.count, 1);
    end(&reading);
}

static void test_one_row_as_object(void)
{
    struct reading reading;

    begin(&reading, 1);
    reading.shelf.single = true;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(reading.taken, "1 ");
    end(&reading);
}

static void test_rows_without_oid(void)
{
    struct reading reading;

    begin(&reading, 6);
    reading.shelf.named = true;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(reading.taken, "row 1 row 2 row 3 row 4 row 5 row 6 ");
    end(&reading);
}

static void test_not_counted(void)
{
    struct reading reading;

    begin(&reading, 6);
    reading.shelf.counts_not = true;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(reading.taken, "1 2 3 4 5 6 ");
    CU_ASSERT_EQUAL(reading.fixture.record.count, 3);
    CU_ASSERT_STRING_EQUAL(range_of(&reading, 2), "5,4"); /* nothing after the sixth */
    CU_ASSERT_EQUAL(reading.fixture.host.operation.repeats, 0);
    end(&reading);
    /* A single row, as an object. */
    begin(&reading, 1);
    reading.shelf.counts_not = reading.shelf.single = true;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(reading.taken, "1 ");
    CU_ASSERT_EQUAL(reading.fixture.record.count, 2);
    end(&reading);
}

/* A server may return fewer rows than requested: a short page need not be the last. */
static void test_pages_capped(void)
{
    for (int i = 0; i < 6; i++) {
        struct reading reading;

        begin(&reading, 10);
        reading.shelf.cap = 2 + i / 2;
        reading.shelf.counts_not = i % 2 == 1;
        CU_ASSERT_EQUAL(read_all(&reading), HECTOR_OK);
        CU_ASSERT_STRING_EQUAL(reading.taken, "1 2 3 4 5 6 7 8 9 10 ");
        CU_ASSERT_EQUAL(reading.fixture.host.operation.repeats, 0);
        end(&reading);
    }
}

/* Without a count, a page of one row is the whole table only if nothing follows it. */
static void test_pages_of_one_row(void)
{
    for (int rows = 1; rows <= 3; rows++) {
        struct reading reading;

        begin(&reading, rows);
        reading.shelf.cap = 1;
        reading.shelf.counts_not = true;
        CU_ASSERT_EQUAL(read_all(&reading), rows == 1 ? HECTOR_OK : HECTOR_DATA);
        CU_ASSERT_STRING_EQUAL(reading.taken, rows == 1 ? "1 " : "1 2 ");
        if (rows > 1) {
            CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&reading.fixture), "table_changed");
        }
        end(&reading);
    }
}

/* Neither count nor range works: more rows than requested are the whole table. Two rows, the
 * smallest request, prove nothing. */
static void test_range_ignored_not_counted(void)
{
    struct reading two;

    for (int rows = 3; rows <= 10; rows++) {
        for (int most = 4; most <= 8; most += 4) {
            struct reading reading;

            begin(&reading, rows);
            reading.fixture.host.limits.page_rows_max = most;
            reading.shelf.ignores_range = reading.shelf.counts_not = true;
            CU_ASSERT_EQUAL(read_all(&reading), HECTOR_OK);
            CU_ASSERT_EQUAL(reading.rows, rows);
            CU_ASSERT_EQUAL(reading.fixture.host.operation.repeats, 0);
            end(&reading);
        }
    }
    begin(&two, 2);
    two.shelf.ignores_range = two.shelf.counts_not = true;
    CU_ASSERT_EQUAL(read_all(&two), HECTOR_DATA);
    CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&two.fixture), "table_changed");
    end(&two);
}

/* A server that ignores `range`: its one page is the whole table, whatever its size. */
static void test_range_ignored(void)
{
    for (int rows = 2; rows <= 10; rows++) {
        for (int most = 4; most <= 8; most += 4) {
            struct reading reading;

            begin(&reading, rows);
            reading.fixture.host.limits.page_rows_max = most; /* pages may grow: small rows */
            reading.shelf.ignores_range = true;
            CU_ASSERT_EQUAL(read_all(&reading), HECTOR_OK);
            CU_ASSERT_EQUAL(reading.rows, rows);
            CU_ASSERT_EQUAL(reading.fixture.host.operation.repeats, 0);
            end(&reading);
        }
    }
}

/* The server returns the same page each time, and counts more rows than that. */
static void test_range_ignored_and_cut(void)
{
    struct reading reading;

    begin(&reading, 4);
    reading.fixture.host.limits.page_rows_max = 8;
    reading.shelf.ignores_range = true;
    reading.shelf.count_lies = ALWAYS;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_DATA);
    CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&reading.fixture), "table_changed");
    end(&reading);
}

static void test_ignored_range_is_one_page(void)
{
    struct reading reading;

    begin(&reading, 10);
    reading.shelf.ignores_range = true;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(reading.taken, "1 2 3 4 5 6 7 8 9 10 ");
    CU_ASSERT_EQUAL(reading.fixture.record.count, 1);
    end(&reading);
}

/* ---- tables that change */

static void test_row_removed(void)
{
    struct reading reading;

    begin(&reading, 6);
    reading.shelf.remove_at = 2;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(reading.taken, "1 2 3 4 5 6 "); /* no row missed, none twice */
    CU_ASSERT_EQUAL(reading.fixture.host.operation.repeats, 1);
    end(&reading);
}

static void test_row_added(void)
{
    struct reading reading;

    begin(&reading, 6);
    reading.shelf.add_at = 2;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(reading.taken, "1 2 3 4 5 6 0 ");
    CU_ASSERT_EQUAL(reading.fixture.host.operation.repeats, 1);
    end(&reading);
}

static void test_row_appended(void)
{
    struct reading reading;

    begin(&reading, 6);
    reading.shelf.append_at = 2;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(reading.taken, "1 2 3 4 5 6 100 ");
    end(&reading);
}

/* One row comes and one goes: the counts agree, the rows do not. */
static void test_row_replaced(void)
{
    struct reading reading;

    begin(&reading, 6);
    reading.shelf.remove_at = 2;
    reading.shelf.append_at = 2;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(reading.taken, "1 2 3 4 5 6 100 ");
    CU_ASSERT_EQUAL(reading.fixture.host.operation.repeats, 1);
    end(&reading);
}

static void test_count_wrong_once(void)
{
    struct reading reading;

    begin(&reading, 3);
    reading.shelf.count_lies = 1;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(reading.taken, "1 2 3 ");
    CU_ASSERT_EQUAL(reading.fixture.record.count, 2);
    CU_ASSERT_EQUAL(reading.fixture.host.operation.repeats, 1);
    end(&reading);
}

static void test_count_wrong_for_ever(void)
{
    struct reading reading;

    begin(&reading, 3);
    reading.shelf.count_lies = ALWAYS;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_DATA);
    CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&reading.fixture), "table_changed");
    CU_ASSERT_STRING_EQUAL(reading.fixture.host.failure.message,
                           "/dvmdb/device changed while it was read, twice, so units may be "
                           "missing. Run the import again at a time when no device is added or "
                           "removed.");
    CU_ASSERT_STRING_EQUAL(reading.fixture.host.failure.detail,
                           "/dvmdb/device: 3 rows read, counted 4 before and 4 after");
    CU_ASSERT_STRING_EQUAL(reading.taken, "1 2 3 ");  /* rows that were read are kept */
    CU_ASSERT_EQUAL(reading.fixture.record.count, 4); /* each pass requests a fourth row */
    end(&reading);
}

/* Under load FortiManager may return an empty page without an error. */
static void test_empty_page_once(void)
{
    for (int page = 1; page <= 3; page++) {
        struct reading reading;

        begin(&reading, 8);
        reading.shelf.empty_at = page;
        reading.shelf.empty_until = page;
        CU_ASSERT_EQUAL(read_all(&reading), HECTOR_OK);
        CU_ASSERT_STRING_EQUAL(reading.taken, "1 2 3 4 5 6 7 8 ");
        CU_ASSERT_EQUAL(reading.fixture.host.operation.repeats, 1);
        end(&reading);
    }
}

static void test_empty_page_for_ever(void)
{
    struct reading reading;

    begin(&reading, 8);
    reading.shelf.empty_at = 1;
    reading.shelf.empty_until = ALWAYS;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_DATA);
    CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&reading.fixture), "table_changed");
    CU_ASSERT_STRING_EQUAL(reading.taken, "");
    end(&reading);
}

/* Without a count an empty page is not the end: the overlapping row is missing. */
static void test_empty_page_not_counted(void)
{
    struct reading reading;

    begin(&reading, 8);
    reading.shelf.counts_not = true;
    reading.shelf.empty_at = 2;
    reading.shelf.empty_until = 2;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(reading.taken, "1 2 3 4 5 6 7 8 ");
    end(&reading);
}

static void test_repeated_page(void)
{
    struct reading reading;

    begin(&reading, 8);
    reading.shelf.repeat_from = 2;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_DATA);
    CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&reading.fixture), "table_changed");
    CU_ASSERT_STRING_EQUAL(reading.taken, "1 2 3 4 ");
    CU_ASSERT_EQUAL(reading.fixture.record.count, 4); /* bounded */
    end(&reading);
}

/* ---- the size of a page */

static void test_page_too_large(void)
{
    struct reading reading;

    begin(&reading, 7);
    reading.shelf.row_bytes = 1000;
    reading.fixture.host.limits.reply_max_bytes = 4000;
    reading.fixture.host.limits.page_rows = 16;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(reading.taken, "1 2 3 4 5 6 7 ");
    CU_ASSERT_STRING_EQUAL(range_of(&reading, 0), "0,16");
    CU_ASSERT_STRING_EQUAL(range_of(&reading, 1), "0,8");
    CU_ASSERT_STRING_EQUAL(range_of(&reading, 2), "0,4");
    CU_ASSERT_STRING_EQUAL(range_of(&reading, 3), "0,2");
    end(&reading);
}

/* Halving an odd size also ends at two rows, one of which is new. */
static void test_page_of_two_rows(void)
{
    struct reading reading;

    begin(&reading, 7);
    reading.shelf.row_bytes = 1500;
    reading.fixture.host.limits.reply_max_bytes = 4000;
    reading.fixture.host.limits.page_rows = 7;
    reading.fixture.host.limits.page_rows_max = 2;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(reading.taken, "1 2 3 4 5 6 7 ");
    CU_ASSERT_STRING_EQUAL(range_of(&reading, 1), "0,3");
    CU_ASSERT_STRING_EQUAL(range_of(&reading, 2), "0,2");
    end(&reading);
}

static void test_row_too_large(void)
{
    struct reading reading;

    begin(&reading, 7);
    reading.shelf.row_bytes = 5000;
    reading.fixture.host.limits.reply_max_bytes = 4000;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_LIMIT);
    CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&reading.fixture), "reply_too_large");
    CU_ASSERT_STRING_EQUAL(reading.taken, "");
    end(&reading);
    /* The same after earlier rows were read. */
    begin(&reading, 7);
    reading.shelf.large_oid = 5;
    reading.fixture.host.limits.reply_max_bytes = 4000;
    reading.fixture.host.limits.page_rows = reading.fixture.host.limits.page_rows_max = 3;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_LIMIT);
    CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&reading.fixture), "reply_too_large");
    CU_ASSERT_STRING_EQUAL(reading.taken, "1 2 3 4 ");
    end(&reading);
}

static void test_page_grows(void)
{
    struct reading reading;

    begin(&reading, 20);
    reading.fixture.host.limits.page_rows_max = 9;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_OK);
    CU_ASSERT_EQUAL(reading.rows, 20);
    CU_ASSERT_STRING_EQUAL(range_of(&reading, 0), "0,4");
    CU_ASSERT_STRING_EQUAL(range_of(&reading, 1), "3,9");
    CU_ASSERT_STRING_EQUAL(range_of(&reading, 2), "11,9");
    end(&reading);
}

/* Pages have at least two rows, however small a reply should be, because one of them overlaps. */
static void test_page_shrinks(void)
{
    struct reading reading;

    begin(&reading, 6);
    reading.shelf.row_bytes = 1000;
    reading.fixture.host.limits.reply_aim_bytes = 100;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(reading.taken, "1 2 3 4 5 6 ");
    CU_ASSERT_STRING_EQUAL(range_of(&reading, 0), "0,4");
    /* No row fits into 100 bytes: the page keeps its size until one does. */
    CU_ASSERT_STRING_EQUAL(range_of(&reading, 1), "3,4");
    end(&reading);
    begin(&reading, 6);
    reading.shelf.row_bytes = 1000;
    reading.fixture.host.limits.reply_aim_bytes = 1500;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(reading.taken, "1 2 3 4 5 6 ");
    CU_ASSERT_STRING_EQUAL(range_of(&reading, 1), "3,2");
    end(&reading);
}

/* ---- failures */

static void test_refused(void)
{
    struct rpc_param light = {.url = "/sys/status"};
    struct reading reading;

    /* Another URL answers, so the key is valid and the table itself is refused. */
    begin(&reading, 6);
    reading.shelf.page_code = -11;
    CU_ASSERT_EQUAL(fmg_rpc_get(&reading.fixture.rpc, &light, 1, &reading.fixture.host.failure),
                    HECTOR_OK);
    fmg_rpc_release(&light, 1);
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_PERMISSION);
    CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&reading.fixture), "read_refused");
    end(&reading);
    begin(&reading, 6);
    reading.shelf.page_code = -6;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_DATA);
    CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&reading.fixture), "read_failed");
    end(&reading);
}

/* An invalid row may have been a unit, so the table counts as not read. */
static void test_no_rows(void)
{
    static const char *const odd[] = {"null", "\"text\"", "2", "[]", "true"};

    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
        struct reading reading;

        begin(&reading, 3);
        reading.shelf.odd = odd[i];
        CU_ASSERT_EQUAL(read_all(&reading), HECTOR_DATA);
        CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&reading.fixture), "reply_invalid");
        end(&reading);
    }
    for (size_t i = 1; i < 3; i++) {
        struct reading reading;

        begin(&reading, 0);
        reading.shelf.counts_not = true;
        reading.shelf.page = odd[i];
        CU_ASSERT_EQUAL(read_all(&reading), HECTOR_DATA);
        CU_ASSERT_STRING_EQUAL(rpc_fixture_reason(&reading.fixture), "reply_invalid");
        end(&reading);
    }
}

static void test_taking_fails(void)
{
    struct reading reading;

    begin(&reading, 6);
    reading.stop_at = 3;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_INTERNAL);
    CU_ASSERT_STRING_EQUAL(reading.taken, "1 2 3 ");
    CU_ASSERT_EQUAL(reading.fixture.record.count, 1);
    end(&reading);
}

static void test_cancelled(void)
{
    struct reading reading;

    begin(&reading, 6);
    reading.stop_at = 3;
    reading.cancel_then = true;
    CU_ASSERT_EQUAL(read_all(&reading), HECTOR_CANCELLED);
    CU_ASSERT_STRING_EQUAL(reading.taken, "1 2 3 4 "); /* the current page */
    CU_ASSERT_EQUAL(reading.fixture.record.count, 1);
    end(&reading);
}

static CU_TestInfo still_tests[] = {
    {"one page", test_one_page},
    {"several pages", test_several_pages},
    {"a page that is just full", test_full_page},
    {"an empty table", test_empty_table},
    {"one row as an object", test_one_row_as_object},
    {"rows without oid", test_rows_without_oid},
    {"no count", test_not_counted},
    {"pages capped", test_pages_capped},
    {"pages of one row", test_pages_of_one_row},
    {"neither range nor count", test_range_ignored_not_counted},
    {"range ignored", test_range_ignored},
    {"range ignored, and cut", test_range_ignored_and_cut},
    {"an ignored range is one page", test_ignored_range_is_one_page},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo change_tests[] = {
    {"a row removed", test_row_removed},
    {"a row added in front", test_row_added},
    {"a row added behind", test_row_appended},
    {"one row comes, one goes", test_row_replaced},
    {"a wrong count once", test_count_wrong_once},
    {"a wrong count for ever", test_count_wrong_for_ever},
    {"an empty page once", test_empty_page_once},
    {"empty pages for ever", test_empty_page_for_ever},
    {"an empty page, no count", test_empty_page_not_counted},
    {"the same page again", test_repeated_page},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo size_tests[] = {
    {"a page too large is halved", test_page_too_large},
    {"a page of two rows", test_page_of_two_rows},
    {"a row too large", test_row_too_large},
    {"small rows make longer pages", test_page_grows},
    {"large rows make shorter pages", test_page_shrinks},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo end_tests[] = {
    {"refused", test_refused},     {"no rows", test_no_rows}, {"taking fails", test_taking_fails},
    {"cancelled", test_cancelled}, CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {
        {.pName = "still", .pTests = still_tests},
        {.pName = "changing", .pTests = change_tests},
        {.pName = "sizes", .pTests = size_tests},
        {.pName = "ends", .pTests = end_tests},
        CU_SUITE_INFO_NULL,
    };

    return tap_run(suites);
}
