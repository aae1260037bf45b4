/*
 * lists.c - the list of hosts, a page of it, and their number.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lists.h"

#include "expected_parts.h"
#include "nac_faults.h"
#include "rows.h"

#include <stdlib.h>

/* Coprime to most numbers of hosts. */
#define ROTATION 17

/* The hosts that match, in the order of the reply. */
struct matching {
    const struct host **items;
    size_t count;
    size_t total; /* of the database */
};

static void reverse(struct matching *matching)
{
    for (size_t i = 0; i < matching->count / 2; i++) {
        const struct host *host = matching->items[i];

        matching->items[i] = matching->items[matching->count - 1 - i];
        matching->items[matching->count - 1 - i] = host;
    }
}

static void rotate(struct matching *matching, size_t by)
{
    const struct host **rotated = must_allocate(matching->count, sizeof(*rotated));

    for (size_t i = 0; i < matching->count; i++)
        rotated[i] = matching->items[(i + by) % matching->count];
    free(matching->items);
    matching->items = rotated;
}

static struct matching find(const struct fortinac *fortinac, const struct list_query *query)
{
    const struct hosts *hosts = &fortinac->hosts;
    struct matching matching = {.items = must_allocate(hosts->count, sizeof(struct host *))};

    for (size_t i = 0; i < hosts->count; i++) {
        const struct host *host = &hosts->items[i];

        if (host->absent)
            continue;
        matching.total++;
        if (filter_matches(query->filter, host))
            matching.items[matching.count++] = host;
    }
    if (fortinac->options.order == ORDER_OTHER || !query->by_id)
        reverse(&matching);
    else if (fortinac->options.order == ORDER_UNSTABLE)
        rotate(&matching, (size_t)fortinac->lists * ROTATION);
    return matching;
}

/* The rows of the reply: from `*ret_first` to before `*ret_end`. */
static void find_page(const struct fortinac *fortinac, const struct list_query *query, size_t count,
                      size_t *ret_first, size_t *ret_end)
{
    bool ignored =
        fortinac->options.paging == PAGING_IGNORED || query->fault == FAULT_RANGE_IGNORED;
    uint64_t start = ignored ? 0 : query->start;
    uint64_t rows = ignored || query->count == 0 ? count : query->count;

    if (fortinac->options.page_cap > 0 && rows > fortinac->options.page_cap)
        rows = fortinac->options.page_cap;
    if (query->fault == FAULT_REPEATED_PAGE && start >= rows)
        start -= rows;
    if (query->fault == NAC_FAULT_SHORT_PAGE)
        rows = rows / 2 + rows % 2;
    *ret_first = start < count ? (size_t)start : count;
    *ret_end = rows < count - *ret_first ? *ret_first + (size_t)rows : count;
}

static void begin(struct text *text, const char *status, const char *message)
{
    text_open(text, '{');
    expected_put(text, "status", status);
    expected_put(text, "errorMessage", message);
}

static void put_totals(const struct fortinac *fortinac, const struct list_query *query,
                       const struct matching *matching, struct text *text)
{
    enum totals totals = fortinac->options.totals;
    size_t more = query->fault == NAC_FAULT_TOTAL_WRONG ? 1 : 0;

    if (totals == TOTALS_NONE)
        return;
    if (totals != TOTALS_TOTAL) {
        text_key(text, "filtered");
        if (totals == TOTALS_NULL && query->filter->count == 0)
            text_literal(text, "null");
        else
            text_integer(text, (int64_t)(matching->count + more));
    }
    text_key(text, "total");
    text_integer(text, (int64_t)(matching->total + more));
}

void lists_put_hosts(struct fortinac *fortinac, const struct list_query *query, struct text *ret)
{
    struct matching matching = find(fortinac, query);
    const struct fortinac_options *options = &fortinac->options;
    bool object;
    size_t first;
    size_t end;

    find_page(fortinac, query, matching.count, &first, &end);
    object = options->single && end - first == 1;
    begin(ret, "success", NULL);
    text_key(ret, options->single ? "result" : "results");
    if (!object)
        text_open(ret, '[');
    for (size_t i = first; i < end; i++)
        rows_put_host(ret, matching.items[i], options);
    if (!object)
        text_close(ret, ']');
    put_totals(fortinac, query, &matching, ret);
    text_close(ret, '}');
    free(matching.items);
    fortinac->lists++;
}

void lists_put_count(const struct fortinac *fortinac, const struct list_query *query,
                     struct text *ret)
{
    struct matching matching = find(fortinac, query);

    begin(ret, "success", NULL);
    text_literal(ret, "\"results\":[]");
    text_key(ret, "filtered");
    if (query->filter->count == 0)
        text_literal(ret, "null");
    else
        text_integer(ret, (int64_t)matching.count);
    text_key(ret, "total");
    text_integer(ret, (int64_t)matching.total);
    text_close(ret, '}');
    free(matching.items);
}

void lists_put_failure(const char *message, struct text *ret)
{
    begin(ret, "failed", message);
    text_literal(ret, "\"results\":[]");
    text_close(ret, '}');
}
