/*
 * calls.c - the calls of EMS's API, and what they take.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "calls.h"

#include "access.h"
#include "ems_faults.h"
#include "rows.h"

#include <errno.h>
#include <inttypes.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define CLOUD_PREFIX "/fct/api/public/v1/ems_api"

/* Without `count` (G.2). */
#define DEFAULT_COUNT 50

static void put_key(const struct visit *visit, const char *key)
{
    text_key(&visit->reply->body, key);
}

static void put_number(const struct visit *visit, const char *key, int64_t number)
{
    put_key(visit, key);
    text_integer(&visit->reply->body, number);
}

static void put(const struct visit *visit, const char *key, const char *value)
{
    put_key(visit, key);
    text_string(&visit->reply->body, value);
}

static void open_object(const struct visit *visit, const char *key)
{
    put_key(visit, key);
    text_open(&visit->reply->body, '{');
}

static void close_object(const struct visit *visit)
{
    text_close(&visit->reply->body, '}');
}

/* License, version --------------------------------------------------------------------------- */

/* ems_license, without its seats. */
static void answer_license(struct visit *visit)
{
    visit_begin(visit, 1, NULL);
    open_object(visit, "data");
    put(visit, "sn", EMS_SERIAL);
    put(visit, "hid", "00000000-0000-0000-0000-000000000000-00000000");
    put_key(visit, "is_trial");
    text_boolean(&visit->reply->body, false);
    put_key(visit, "error");
    text_literal(&visit->reply->body, "null");
    close_object(visit);
    close_object(visit);
}

/* ems_version: without `result`. */
static void answer_version(struct visit *visit)
{
    text_open(&visit->reply->body, '{');
    open_object(visit, "data");
    open_object(visit, "System");
    put(visit, "VERSION", ems_version_name(visit->ems));
    close_object(visit);
    close_object(visit);
    close_object(visit);
}

/* The list ----------------------------------------------------------------------------------- */

/* A page of the list (ems_endpoints_index_parameters). */
struct page {
    size_t offset;
    size_t count;
    enum endpoint_order order;
    bool bad; /* a parameter that the call has not got */
};

static bool read_size(const char *value, size_t *ret_size)
{
    char *end = NULL;
    unsigned long long number;

    errno = 0;
    number = strtoull(value, &end, 10);
    *ret_size = (size_t)number;
    return errno == 0 && value[0] >= '0' && value[0] <= '9' && *end == '\0';
}

static bool read_order(const char *value, enum endpoint_order *ret_order)
{
    static const char *const orders[] = {"device", "fctUid", "name"};

    for (size_t i = 0; i < COUNT(orders); i++) {
        if (strcmp(orders[i], value) == 0) {
            *ret_order = (enum endpoint_order)i;
            return true;
        }
    }
    return false;
}

static bool read_parameter(struct page *page, const char *key, const char *value)
{
    if (strcmp(key, "offset") == 0)
        return read_size(value, &page->offset);
    if (strcmp(key, "count") == 0)
        return read_size(value, &page->count) && page->count > 0;
    if (strcmp(key, "order_by") == 0)
        return read_order(value, &page->order);
    return strcmp(key, "order_asc") == 0 && strcmp(value, "true") == 0;
}

struct parameters {
    struct visit *visit;
    struct page *page;
};

static enum MHD_Result take_parameter(void *context, enum MHD_ValueKind kind, const char *key,
                                      const char *value)
{
    const struct parameters *parameters = context;

    (void)kind;
    if (value == NULL || !read_parameter(parameters->page, key, value)) {
        report_violation(visit_report(parameters->visit), "%s with %s=%s", parameters->visit->path,
                         key, value != NULL ? value : "");
        parameters->page->bad = true;
    }
    return MHD_YES;
}

/* G.2: what pages are and what they are not. */
static void limit_page(const struct visit *visit, struct page *page)
{
    uint32_t cap = visit->ems->options.page_cap;

    if (page->order == ENDPOINTS_BY_NAME)
        report_violation(visit_report(visit), "%s by name, which is not unique", visit->path);
    if (visit->ems->options.order_ignored)
        page->order = ENDPOINTS_BY_NAME;
    if (cap > 0 && page->count > cap)
        page->count = cap;
    if (visit->fault == FAULT_REPEATED_PAGE)
        page->offset = page->offset > page->count ? page->offset - page->count : 0;
    if (visit->fault == FAULT_RANGE_IGNORED) {
        page->offset = 0;
        page->count = SIZE_MAX;
    }
    if (visit->fault == EMS_FAULT_SHORT_PAGE && page->count > 1)
        page->count /= 2;
}

static void answer_list(struct visit *visit)
{
    struct endpoints *endpoints = &visit->ems->endpoints;
    struct page page = {.count = DEFAULT_COUNT, .order = ENDPOINTS_BY_NAME};
    struct parameters parameters = {visit, &page};
    size_t total;

    (void)MHD_get_connection_values(visit->request->connection, MHD_GET_ARGUMENT_KIND,
                                    take_parameter, &parameters);
    if (page.bad) {
        visit_refuse(visit, 400, -6, "Invalid parameters.");
        return;
    }
    limit_page(visit, &page);
    if (visit->fault == FAULT_ROW_ADDED || visit->fault == FAULT_ROW_REMOVED)
        endpoints_move(endpoints);
    total = endpoints_sort(endpoints, page.order, &visit->ems->simulator.order);
    visit_begin(visit, 1, NULL);
    open_object(visit, "data");
    put_key(visit, "endpoints");
    text_open(&visit->reply->body, '[');
    for (size_t i = page.offset; i < total && i - page.offset < page.count; i++)
        rows_put(visit->ems, endpoints->sorted[i], &visit->reply->body);
    text_close(&visit->reply->body, ']');
    if (visit->fault != EMS_FAULT_TOTAL_ABSENT)
        put_number(visit, "total", (int64_t)total + (visit->fault == EMS_FAULT_TOTAL_MORE ? 1 : 0));
    close_object(visit);
    close_object(visit);
}

/* Details ------------------------------------------------------------------------------------- */

static uint64_t now_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* More calls in a few seconds than the rate allows; one second of delay on the way is forgiven. */
static void check_pace(const struct visit *visit)
{
    struct ems *ems = visit->ems;
    size_t most = (size_t)ems->options.calls_a_second * (EMS_PACE_WINDOW_S + 1);
    uint64_t now = now_ms();

    if (most < EMS_PACE_CALLS && ems->pace_count >= most &&
        now - ems->pace_ms[(ems->pace_count - most) % EMS_PACE_CALLS] <
            (uint64_t)EMS_PACE_WINDOW_S * 1000)
        report_violation(visit_report(visit), "more than %" PRIu32 " calls a second",
                         ems->options.calls_a_second);
    ems->pace_ms[ems->pace_count++ % EMS_PACE_CALLS] = now;
}

/* Another endpoint than the one that is asked for. */
static const struct endpoint *other_than(const struct visit *visit, const struct endpoint *endpoint)
{
    const struct endpoints *endpoints = &visit->ems->endpoints;

    for (size_t i = 0; i < endpoints->count; i++)
        if (&endpoints->items[i] != endpoint && endpoints->items[i].machine != NULL)
            return &endpoints->items[i];
    return endpoint;
}

static void answer_details(struct visit *visit, uint64_t device_id)
{
    const struct endpoint *endpoint = endpoints_find(&visit->ems->endpoints, device_id);
    bool listed = visit->ems->options.version < EMS_7_2_1;

    check_pace(visit);
    if (endpoint == NULL) {
        visit_refuse(visit, 400, -6, "Device does not exist.");
        return;
    }
    /* G.2: without FortiClient there are no facts about the hardware. */
    if (endpoint->machine == NULL)
        report_violation(visit_report(visit), "details of an endpoint that is not managed");
    if (visit->fault == EMS_FAULT_OTHER_DEVICE)
        endpoint = other_than(visit, endpoint);
    visit_begin(visit, 1, "");
    put_key(visit, "data");
    /* G.0: a list of one before 7.2.1. */
    if (listed) {
        text_open(&visit->reply->body, '{');
        put_key(visit, "endpoints");
        text_open(&visit->reply->body, '[');
    }
    rows_put_details(visit->ems, endpoint, visit->fault != EMS_FAULT_NO_HARDWARE,
                     &visit->reply->body);
    if (listed) {
        text_close(&visit->reply->body, ']');
        put_number(visit, "total", 1);
        close_object(visit);
    }
    close_object(visit);
}

/* Paths --------------------------------------------------------------------------------------- */

static const struct call {
    const char *path;
    void (*answer)(struct visit *visit);
} calls[] = {
    {"/api/v1/license/get", answer_license},
    {"/api/v1/system/consts/get", answer_version},
    {"/api/v1/endpoints/index", answer_list},
};

/* Reads the id between the ends of a path. */
static bool is_of_device(const char *path, const char *start, const char *end, uint64_t *ret_id)
{
    char *rest = NULL;

    if (strncmp(path, start, strlen(start)) != 0)
        return false;
    path += strlen(start);
    errno = 0;
    *ret_id = strtoull(path, &rest, 10);
    return errno == 0 && path[0] >= '0' && path[0] <= '9' && strcmp(rest, end) == 0;
}

/* G.0: the path of 7.2.1, and that before it. Each version knows one. */
static bool answer_device(struct visit *visit)
{
    bool old = visit->ems->options.version < EMS_7_2_1;
    uint64_t id;
    bool is_old = is_of_device(visit->path, "/api/v1/endpoints/", "/get", &id);

    if (!is_old && !is_of_device(visit->path, "/api/v1/endpoints/device/", "/details", &id))
        return false;
    report_url(visit_report(visit),
               is_old ? "/api/v1/endpoints/*/get" : "/api/v1/endpoints/device/*/details");
    if (old != is_old)
        reply_html(visit->reply, 404, "404 Not Found");
    else if (!ems_faults_refuse(visit))
        answer_details(visit, id);
    return true;
}

static void answer_call(struct visit *visit)
{
    if (strcmp(visit->request->method, MHD_HTTP_METHOD_GET) != 0)
        report_violation(visit_report(visit), "%s %s", visit->request->method, visit->path);
    if (!access_allows(visit))
        return;
    if (simulator_denies(&visit->ems->simulator, "endpoints", NULL) &&
        strncmp(visit->path, "/api/v1/endpoints/", 18) == 0) {
        visit_refuse(visit, 403, -5, "Insufficient permission.");
        return;
    }
    for (size_t i = 0; i < COUNT(calls); i++) {
        if (strcmp(calls[i].path, visit->path) == 0) {
            report_url(visit_report(visit), calls[i].path);
            if (!ems_faults_refuse(visit))
                calls[i].answer(visit);
            return;
        }
    }
    if (answer_device(visit))
        return;
    report_violation(visit_report(visit), "unknown path %s %s", visit->request->method,
                     visit->path);
    reply_html(visit->reply, 404, "404 Not Found");
}

/* Below what EMS Cloud puts before the path. */
static void answer_api(struct visit *visit)
{
    static const char prefix[] = CLOUD_PREFIX;
    size_t size = sizeof(prefix) - 1;

    if (visit->ems->options.cloud)
        visit->path = strncmp(visit->path, prefix, size) == 0 ? visit->path + size : "";
    answer_call(visit);
}

void calls_answer(struct simulator *simulator, const struct request *request, struct reply *reply)
{
    struct ems *ems = (struct ems *)simulator; /* it is the first member */
    struct visit visit = {.ems = ems, .request = request, .path = request->path, .reply = reply};
    /* The page for a browser, of which a client may ask whether anything answers. */
    bool is_start = strcmp(request->path, "/") == 0;

    visit.fault = (int)faults_next(&simulator->faults);
    report_credentials(&simulator->report, !is_start);
    if (is_start)
        reply_html(reply, 200, "FortiClient Endpoint Management Server");
    else if (!ems_faults_intercept(visit.fault) && !access_answer(&visit))
        answer_api(&visit);
    ems_faults_spoil(reply, visit.fault);
}
