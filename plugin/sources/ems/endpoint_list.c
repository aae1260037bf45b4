/*
 * endpoint_list.c - all endpoints that an EMS lists.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "endpoint_list.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api.h"
#include "columns.h"
#include "host/repeat.h"
#include "result.h"
#include "json/json_read.h"

#define PATH "/api/v1/endpoints/index"

/* One reading of the list. */
struct pass {
    struct ems_run *run;
    struct ems_list *list;
    int32_t number;    /* from 1 */
    const char *order; /* order_by */
    int32_t rows;      /* of a page */
    int64_t offset;
    uint64_t seen;      /* different endpoints */
    uint64_t unread;    /* rows without an id */
    bool counted, same; /* EMS counts them; the number did not change */
    int64_t total;
    bool ended; /* by an empty page */
};

size_t ems_list_bytes(const struct ems_list *list)
{
    return list->all.capacity * sizeof(*list->all.items) + list->rows.capacity +
           strmap_bytes(&list->ids);
}

void ems_list_release(struct ems_list *list)
{
    free(list->all.items);
    strmap_release(&list->ids);
    buffer_release(&list->rows);
    *list = (struct ems_list){.rows = BUFFER(STORE_MAX)};
}

/* ---- a row */

/* Whether EMS says that it does not manage the endpoint; 6.2 writes 0. */
static bool is_unmanaged(struct json_object *row)
{
    return json_member(row, "is_managed") != NULL && !json_member_true(row, "is_managed");
}

/* Keeps what the list says of a managed endpoint: its details may lack it. */
static void pack_row(struct json_object *row, struct buffer *rows)
{
    struct device device = {.type = ENDPOINT};

    columns_read(&ems_columns, ENDPOINT, row, NULL, &device);
    device_pack(&device, rows);
}

/* Adds an endpoint, unless this reading has listed it before. `*seen`: it has not. */
static int32_t add_row(struct pass *pass, struct json_object *row, bool *seen,
                       struct failure *failure)
{
    struct ems_list *list = pass->list;
    struct ems_endpoint endpoint = {.pass = pass->number, .managed = !is_unmanaged(row)};
    char key[24];
    uint32_t *place;
    bool added;

    *seen = false;
    if (!json_member_integer(row, "device_id", &endpoint.id) || endpoint.id < 1) {
        pass->unread++; /* so the list is not complete, however many EMS counts */
        return HECTOR_OK;
    }
    (void)snprintf(key, sizeof(key), "%" PRId64, endpoint.id);
    if (!ems_endpoints_reserve(&list->all) ||
        strmap_put(&list->ids, key, (uint32_t)list->all.count, &place, &added) == NULL) {
        return fail_memory(pass->run->operation, failure);
    }
    if (!added) {
        *seen = list->all.items[*place].pass != pass->number;
        list->all.items[*place].pass = pass->number;
        return HECTOR_OK;
    }
    *seen = true;
    (void)json_member_integer(row, "last_seen", &endpoint.contact);
    endpoint.row = list->rows.size;
    list->all.items[list->all.count++] = endpoint;
    if (endpoint.managed) {
        pack_row(row, &list->rows);
    }
    return fail_buffer(pass->run->operation, failure, &list->rows);
}

/* ---- a page */

static int32_t get_page(struct pass *pass, struct ems_answer *ret, struct failure *failure)
{
    struct buffer url = BUFFER(URL_MAX);
    char number[24];

    buffer_append_text(&url, PATH);
    (void)snprintf(number, sizeof(number), "%" PRId64, pass->offset);
    rest_parameter(&url, "offset", number);
    (void)snprintf(number, sizeof(number), "%" PRId32, pass->rows);
    rest_parameter(&url, "count", number);
    rest_parameter(&url, "order_by", pass->order);
    rest_parameter(&url, "order_asc", "true");
    int32_t code = ems_api_get(&pass->run->session, &url, ret, failure);
    buffer_release(&url);
    return code;
}

/* Gets a page; one that is too large, with pictures of users, is requested in smaller ones. */
static int32_t get_fitting_page(struct pass *pass, struct ems_answer *ret, struct failure *failure)
{
    int32_t code = get_page(pass, ret, failure);

    while (code == HECTOR_LIMIT && failure->reason == REASON_reply_too_large && pass->rows > 1) {
        pass->rows = pass->rows / 2;
        code = get_page(pass, ret, failure);
    }
    return code;
}

/* Notes how many endpoints EMS counts. */
static void note_total(struct pass *pass, struct json_object *data)
{
    int64_t total;

    if (json_member_integer(data, "total", &total) && total >= 0) {
        pass->same = !pass->counted || (pass->same && total == pass->total);
        pass->counted = true;
        pass->total = total;
    }
}

/* Reads one page. `*ret_more`: there may be another one. */
static int32_t read_page(struct pass *pass, bool *ret_more, struct failure *failure)
{
    struct ems_answer answer;
    uint64_t before = pass->seen;
    int32_t code = get_fitting_page(pass, &answer, failure);

    if (code != HECTOR_OK) {
        return code;
    }
    struct json_object *rows = json_member_array(answer.data, "endpoints");
    if (rows == NULL) {
        code = ems_result_invalid(&pass->run->session, PATH,
                                  answer.not_found ? "HTTP 404" : "no list of endpoints", failure);
    }
    note_total(pass, answer.data);
    for (size_t i = 0; code == HECTOR_OK && i < json_count(rows); i++) {
        bool seen;

        code = add_row(pass, json_element(rows, i), &seen, failure);
        pass->seen += seen ? 1 : 0;
    }
    pass->offset += (int64_t)json_count(rows);
    pass->ended = json_count(rows) == 0;
    *ret_more =
        pass->seen > before && !(pass->counted && (uint64_t)pass->offset >= (uint64_t)pass->total);
    ems_api_release(&answer);
    if (code == HECTOR_OK) {
        code = inventory_room(pass->run->inventory, ems_list_bytes(pass->list), failure);
        operation_progress(pass->run->operation, PHASE_endpoints, pass->seen - before,
                           *ret_more && pass->counted ? (uint64_t)(pass->total - pass->offset) : 0);
    }
    return code;
}

/* ---- the list */

static int32_t read_pass(struct pass *pass, struct failure *failure)
{
    bool more = true;
    int32_t code = HECTOR_OK;

    while (code == HECTOR_OK && more) {
        code = read_page(pass, &more, failure);
    }
    return code;
}

/* Whether a reading listed as many endpoints as EMS counts, at its beginning and its end. */
static bool is_whole(const struct pass *pass)
{
    return pass->counted && pass->same && pass->unread == 0 && pass->seen == (uint64_t)pass->total;
}

/*
 * Whether two readings are the whole list together: each had what the other lacked; or EMS does not
 * count its endpoints, and both came to the end of the same ones.
 */
static bool are_whole(const struct pass *first, const struct pass *second, uint64_t count)
{
    if (first->unread > 0 || second->unread > 0) {
        return false;
    }
    return first->counted && second->counted
               ? first->same && second->same && first->total == second->total &&
                     count == (uint64_t)second->total
               : !first->counted && !second->counted && first->ended && second->ended &&
                     first->seen == count && second->seen == count;
}

/* Why endpoints may be missing, though each page was read. */
static void note_incomplete(const struct pass *last, const struct ems_list *list,
                            struct failure *ret)
{
    const struct ems_run *run = last->run;
    char defect[64];

    if (last->unread > 0) {
        (void)snprintf(defect, sizeof(defect), "%" PRIu64 " rows without a device_id",
                       last->unread);
        (void)ems_result_invalid(&run->session, PATH, defect, ret);
    } else {
        (void)fail(run->operation, ret, REASON_ems_list_changed, NULL,
                   ARGUMENTS(run->settings->origin, message_number((int64_t)list->all.count).text,
                             message_number((int64_t)list->total).text));
    }
}

/*
 * Reads the list by device and, if that does not list all, by the unique id of each FortiClient:
 * unmanaged endpoints have no such id, so pages in that order alone may repeat them. All versions
 * whose API is published have both orders. The parameter `management`, which they have too, would
 * leave the unmanaged ones out; but a list that a filter made shorter looks as complete as any,
 * while an order that is not unique shows in the count. What one reading lacks, the other may have.
 */
static int32_t read_passes(struct ems_run *run, struct ems_list *list, struct failure *failure)
{
    static const char *const orders[PASSES_MAX] = {"device", "fctUid"};
    struct pass passes[PASSES_MAX] = {{0}};
    struct failure why = {0};
    int32_t code = HECTOR_OK;

    for (int32_t i = 0; i < PASSES_MAX; i++) {
        struct pass *pass = &passes[i];

        *pass = (struct pass){.run = run,
                              .list = list,
                              .number = i + 1,
                              .order = orders[i],
                              .rows = run->operation->limits->page_rows,
                              .same = true};
        if (i > 0) {
            repeat_reading(run->operation, HECTOR_LOG_INFO,
                           code != HECTOR_OK ? message_slug(why.reason) : "endpoints are missing");
        }
        inventory_read_again(run->inventory, i > 0);
        code = read_pass(pass, &why);
        inventory_read_again(run->inventory, false);
        list->counted = pass->counted;
        list->total = pass->counted ? (uint64_t)pass->total : list->all.count;
        if (code == HECTOR_OK && is_whole(pass)) {
            return HECTOR_OK;
        }
        if (code != HECTOR_OK && code != HECTOR_DATA && code != HECTOR_UNREACHABLE) {
            break;
        }
    }
    if (failure_ends(code, &why) && why.reason != REASON_deadline_passed) {
        return fail_as(failure, &why);
    }
    if (code == HECTOR_OK && are_whole(&passes[0], &passes[1], list->all.count)) {
        return HECTOR_OK;
    }
    if (code == HECTOR_OK) {
        note_incomplete(&passes[PASSES_MAX - 1], list, &why);
    }
    list->incomplete = why;
    return HECTOR_OK;
}

/* Of a list that a second reading completed, only what that one has exists. */
static void drop_former(struct ems_list *list)
{
    int32_t last = 0;
    size_t count = 0, kept = 0;

    for (size_t i = 0; i < list->all.count; i++) {
        last = list->all.items[i].pass > last ? list->all.items[i].pass : last;
    }
    for (size_t i = 0; i < list->all.count; i++) {
        count += list->all.items[i].pass == last ? 1 : 0;
    }
    if (list->incomplete.cause != HECTOR_OK || count != list->total) {
        return;
    }
    for (size_t i = 0; i < list->all.count; i++) {
        if (list->all.items[i].pass == last) {
            list->all.items[kept++] = list->all.items[i];
        }
    }
    list->all.count = kept;
}

/* Counts the unmanaged endpoints as skipped, and keeps the others only. */
static void skip_unmanaged(struct ems_run *run, struct ems_list *list)
{
    const struct inventory_row row = {
        .type = ENDPOINT, .scope = run->scope, .reason = SKIP_unmanaged};
    size_t kept = 0;

    for (size_t i = 0; i < list->all.count; i++) {
        if (list->all.items[i].managed) {
            list->all.items[kept++] = list->all.items[i];
        }
    }
    inventory_count(run->inventory, &row, list->all.count - kept);
    list->all.count = kept;
}

/* The newest contact first; the same order in every run. */
static int compare(const void *a, const void *b)
{
    const struct ems_endpoint *one = a, *other = b;

    if (one->contact != other->contact) {
        return one->contact > other->contact ? -1 : 1;
    }
    return one->id < other->id ? -1 : one->id > other->id;
}

int32_t ems_list_read(struct ems_run *run, struct ems_list *list, struct failure *failure)
{
    int32_t code = read_passes(run, list, failure);

    if (code != HECTOR_OK) {
        return code;
    }
    drop_former(list);
    strmap_release(&list->ids);
    list->count = list->all.count;
    skip_unmanaged(run, list);
    if (list->all.count > 0) {
        qsort(list->all.items, list->all.count, sizeof(*list->all.items), compare);
    }
    return HECTOR_OK;
}
