/*
 * asset_management.c - an enrichment: registration, warranty and support by FortiCloud.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "asset_management.h"

#include <inttypes.h>

#include "loading.h"
#include "products.h"
#include "json/json_read.h"
#include "json/json_write.h"

#define NAME    "asset_management"
#define PRODUCT "FortiCloud Asset Management"

/* All serials, as in SQL's LIKE: a bare text would be a prefix. */
#define EVERY_SERIAL "%"

/* The reading of the list, page by page. */
struct pages {
    struct forticloud_api *api;
    struct forticloud_loading *loading; /* NULL: validate */
    uint64_t page, total_pages;         /* from 1; as the first page says */
    uint64_t page_rows;                 /* of the first page */
    uint64_t about;                     /* about how many rows all pages have */
    bool uncounted;                     /* the first page has rows, and no number of pages */
};

/* Asks for the next page. */
static int32_t ask_page(struct pages *pages, struct forticloud_list *ret, struct failure *failure)
{
    struct buffer body = BUFFER(REQUEST_BODY_MAX);

    json_write_object(&body, NULL);
    json_write_string(&body, "serialNumber", EVERY_SERIAL);
    json_write_integer(&body, "pageNumber", (int64_t)++pages->page);
    forticloud_loading_account(pages->api->settings, 0, &body);
    json_write_object_end(&body);
    int32_t code = forticloud_api_call(pages->api, FORTICLOUD_PRODUCTS, &body, ret, failure);
    buffer_release(&body);
    return code;
}

/* Takes the number of pages from the first one. */
static void count_pages(struct pages *pages, const struct forticloud_list *list)
{
    int64_t total = 0;
    bool counted = json_member_integer(list->reply.json, "totalPages", &total) && total >= 0;

    pages->total_pages = total > 0 ? (uint64_t)total : 0;
    pages->page_rows = json_count(list->rows);
    pages->uncounted = !counted && pages->page_rows > 0;
    pages->about =
        pages->total_pages <= INT32_MAX ? pages->total_pages * pages->page_rows : pages->page_rows;
}

static int32_t fail_uncounted(const struct pages *pages, struct failure *failure)
{
    return fail(pages->api->operation, failure, REASON_forticloud_unreadable, "totalPages",
                ARGUMENTS(pages->api->host, PRODUCT));
}

/* Whether the list is another one than that of the first page. */
static bool has_changed(const struct pages *pages, const struct forticloud_list *list)
{
    int64_t total = 0;

    return !json_member_integer(list->reply.json, "totalPages", &total) || total < 0 ||
           (uint64_t)total != pages->total_pages;
}

/*
 * Reads the rows of a page. Without a new serial, where there must be some, the list was not read:
 * such as by a server that ignores which page it was asked for. Nor was it without a number of
 * pages: there may be more.
 */
static int32_t read_page(struct pages *pages, const struct forticloud_list *list,
                         struct failure *failure)
{
    struct operation *operation = pages->api->operation;
    struct forticloud_loading *loading = pages->loading;
    struct forticloud_page page = {0};

    if (pages->page == 1) {
        count_pages(pages, list);
        loading->total = pages->about;
    } else if (has_changed(pages, list)) {
        return fail(operation, failure, REASON_forticloud_list_changed, "totalPages",
                    ARGUMENTS(pages->api->host, PRODUCT));
    }
    enum forticloud_kept kept = forticloud_products_read(loading->records, list->rows, &page);
    if (page.broken > 0) {
        operation_log(operation, HECTOR_LOG_WARNING,
                      "%s: page %" PRIu64 ": %zu rows without a serial", NAME, pages->page,
                      page.broken);
    }
    loading->done += page.added;
    loading->total = loading->total > loading->done ? loading->total : loading->done;
    operation_progress(operation, PHASE_enrichment, page.added, loading->total - loading->done);
    if (kept == FORTICLOUD_KEPT && page.added == 0 && pages->total_pages > 1) {
        return fail(operation, failure, REASON_forticloud_list_changed, "no new serial",
                    ARGUMENTS(pages->api->host, PRODUCT));
    }
    if (kept == FORTICLOUD_KEPT && pages->uncounted) {
        return fail_uncounted(pages, failure);
    }
    return forticloud_loading_keep(loading, kept, failure);
}

static int32_t read_pages(struct forticloud_loading *loading, struct failure *failure)
{
    struct pages pages = {.api = &loading->api, .loading = loading};
    int32_t code;

    do {
        struct forticloud_list list;

        if ((code = ask_page(&pages, &list, failure)) == HECTOR_OK) {
            code = read_page(&pages, &list, failure);
            forticloud_list_release(&list);
        }
    } while (code == HECTOR_OK && pages.page < pages.total_pages);
    return code;
}

static int32_t load(const struct source_call *call, struct enrich_loaded *ret,
                    struct failure *failure)
{
    struct forticloud_loading loading = {
        .call = call, .enrichment = &forticloud_asset_management, .counted = LABEL_label_products};

    return forticloud_loading_run(&loading, &FORTICLOUD_PRODUCTS_OF, read_pages, ret, failure);
}

/* Emits how many products a sync would read: one page is exact, more are about as long. */
static int32_t check(const struct source_call *call, struct failure *failure)
{
    struct forticloud_api api;
    struct pages pages = {.api = &api};
    struct forticloud_list list;
    int32_t code = forticloud_api_open(&api, call, PRODUCT, failure);

    if (code != HECTOR_OK || (code = ask_page(&pages, &list, failure)) != HECTOR_OK) {
        forticloud_api_close(&api);
        return code;
    }
    count_pages(&pages, &list);
    forticloud_list_release(&list);
    forticloud_api_close(&api);
    if (pages.uncounted) {
        return fail_uncounted(&pages, failure);
    }
    const bool exact = pages.total_pages <= 1;
    return check_pass(
        call->operation, CHECK_ENRICHMENT,
        exact ? LABEL_check_products_ok : LABEL_check_products_about,
        ARGUMENTS(PRODUCT,
                  message_number(exact ? (int64_t)pages.page_rows : (int64_t)pages.about).text),
        failure);
}

static bool needed(const struct settings *settings)
{
    return settings->chosen[CHOICE_enrich_asset_management];
}

static bool apply(void *data, struct device *device)
{
    return forticloud_products_apply(data, device);
}

static int32_t report(void *data, const struct source_call *call, struct failure *failure)
{
    return forticloud_products_report(data, NAME, call, failure);
}

#define UNITS (OF(FIREWALL) | OF(SWITCH) | OF(ACCESS_POINT) | OF(MANAGEMENT))

static const struct column ROWS[] = {
    COLUMN_SET(registration_date, UNITS),  COLUMN_SET(warranty_end_date, UNITS),
    COLUMN_SET(support_end_date, UNITS),   COLUMN_SET(support_level, UNITS),
    COLUMN_SET(end_of_repair_date, UNITS), COLUMN_SET(end_of_support_date, UNITS),
    COLUMN_SET(decommissioned, UNITS),
};
static const struct columns SET = COLUMNS(ROWS);
static const struct origin ORIGINS[] = {{&SET, COST_ENRICHMENT}, {NULL, COST_NO}};

const struct enrichment forticloud_asset_management = {
    .name = NAME,
    .product = PRODUCT,
    .origins = ORIGINS,
    .needed = needed,
    .load = load,
    .apply = apply,
    .report = report,
    .check = check,
    .release = forticloud_loading_release,
};
